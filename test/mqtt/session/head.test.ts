import { generate } from 'mqtt-packet'
import * as assert from 'uvu/assert'
import { Head, Heads } from '../../../engine/mqtt/session/head.ts'
import { Writer } from '../../../engine/mqtt/session/writer.ts'
import { suite } from '../../support/suite.ts'

const test = suite('head')

test('is shared by the messages of a topic while their properties say the same, and is right when they change', () => {
	const heads = new Heads()
	const properties = { schema: 'cii.reading/1', profile: 'dsmr@1.0.0' }
	const message = { topic: 'cii/house/reading', contentType: 'application/json', properties }
	const first = heads.of(message)
	assert.is(heads.of(message), first)
	assert.is(heads.of({ ...message, properties: { ...properties } }), first, 'said again')
	const others = [
		{ ...message, properties: { ...properties, profile: 'dsmr@1.0.1' } },
		{ ...message, properties: { schema: properties.schema } },
		{ ...message, properties: { ...properties, more: '' } },
		{ ...message, contentType: 'text/plain' },
		{ topic: message.topic, properties },
		{ topic: message.topic },
		message,
	]
	for (const other of others) {
		const head = heads.of(other)
		assert.equal(
			{
				topic: head.topic,
				...(head.properties && { properties: head.properties }),
				...(head.contentType && { contentType: head.contentType }),
			},
			other,
		)
		for (const version of [4, 5] as const) assert.ok(head.bytes(version).equals(new Head(other).bytes(version)))
	}
	assert.is(heads.size, 1)
})

test('keeps no more heads than it may, and none that a broker would hang up on', () => {
	const heads = new Heads(100)
	for (let at = 0; at < 1000; at++) heads.of({ topic: `cii/m${at}/reading` })
	assert.ok(heads.size <= 100)
	const before = heads.size
	assert.match(heads.of({ topic: 'cii/+' }).fault ?? '', 'nothing is published on "cii/+"')
	assert.match(heads.of({ topic: 'cii/a', properties: { a: 'x\u0000' } }).fault ?? '', 'contain control characters')
	assert.match(heads.of({ topic: 'cii/a', properties: { a: 'x'.repeat(40_000), b: 'ö'.repeat(20_000) } }).fault ?? '', 'are too long')
	// A topic that is good does not make properties good, nor the other way round.
	assert.is(heads.of({ topic: 'cii/m999/reading' }).fault, undefined)
	assert.match(heads.of({ topic: 'cii/m999/reading', properties: { a: '\u0007' } }).fault ?? '', 'contain control characters')
	assert.is(heads.size, before)
})

test('makes the packets that mqtt-packet makes, in one memory that is used again', async () => {
	const texts = ['', 'a', 'ö', 'x'.repeat(200), '€'.repeat(6000)]
	for (const version of [4, 5] as const)
		for (const isFree of [true, false]) {
			const written: Buffer[] = []
			const writer = new Writer(version, (bytes) => {
				written.push(isFree ? Buffer.from(bytes) : bytes)
				return isFree
			})
			const wanted: Buffer[] = []
			for (const topic of ['a', 'cii/hö/reading', `cii/${'x'.repeat(300)}`])
				for (const text of texts)
					for (const payload of [text, Buffer.from(text.repeat(20))])
						for (const contentType of [undefined, 'application/json'])
							for (const properties of [undefined, {}, { seq: '7', name: text }])
								for (const id of [0, 1, 65_535]) {
									const retain = text === 'a'
									writer.publish(new Head({ topic, contentType, properties }), payload, retain, id, 1e9)
									const said = {
										...(contentType !== undefined && { payloadFormatIndicator: true, contentType }),
										...(properties?.seq !== undefined && { userProperties: properties }),
									}
									const qos = id > 0 ? 1 : 0
									const packet = { cmd: 'publish', topic, payload, qos, retain, dup: false, messageId: id, properties: said } as const
									wanted.push(generate(packet, { protocolVersion: version }))
									if (wanted.length % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
								}
			writer.flush()
			assert.ok(Buffer.concat(written).equals(Buffer.concat(wanted)), `MQTT ${version}`)
		}
})

test.run()
