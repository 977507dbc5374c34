import { generate } from 'mqtt-packet'
import * as assert from 'uvu/assert'
import { MAX_PACKET } from '../../../engine/mqtt/session/framing.ts'
import { connack, fuzzClient, session } from '../../support/mqtt-fuzz.ts'
import { suite } from '../../support/suite.ts'

const test = suite('session')
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const settle = () => new Promise((resolve) => setImmediate(resolve))
const message = (payload: string | Uint8Array = '{}', topic = 'cii/house/reading') => ({ topic, payload, retain: false })

/** Packets that no broker may send to this client, by what is said of them. */
const WRONG: [hex: string, version: 4 | 5 | 'both', said: RegExp][] = [
	['62 00', 'both', /sends a PUBREL/],
	['62 02 00 01', 'both', /sends a PUBREL/],
	['50 02 00 01', 'both', /sends a PUBREC/],
	['70 02 00 01', 'both', /sends a PUBCOMP/],
	['00 00', 'both', /sends a packet of type 0/],
	['10 00', 'both', /sends a CONNECT/],
	['c0 00', 'both', /sends a PINGREQ/],
	['82 06 0001 0001 61 00', 'both', /sends a SUBSCRIBE/],
	['a2 05 0001 0001 61', 'both', /sends an UNSUBSCRIBE/],
	['f0 00', 'both', /sends an AUTH/],
	['e0 00', 4, /sends a DISCONNECT/],
	['20 02 00 00', 'both', /a second CONNACK/],
	['40 00', 'both', /a PUBACK that is malformed/],
	['40 01 00', 'both', /a PUBACK that is malformed/],
	['40 02 00 00', 'both', /a PUBACK without an id/],
	['40 03 0001 00', 4, /a PUBACK that is malformed/],
	['42 02 00 01', 'both', /a PUBACK with flags/],
	['40 04 0001 00 01', 5, /a PUBACK that is malformed/],
	['40 08 0001 87 04 21 0001 61', 5, /a PUBACK that is malformed/],
	['90 00', 'both', /a SUBACK that is malformed/],
	['90 03 0063 01', 4, /a SUBACK with an answer that nobody asked for/],
	['b0 02 0063', 4, /an UNSUBACK with an answer that nobody asked for/],
	['d0 01 00', 'both', /a PINGRESP with a body/],
	['d1 00', 'both', /a PINGRESP with flags/],
	['30 00', 'both', /a PUBLISH that is malformed/],
	['30 02 00 05', 'both', /a PUBLISH that is malformed/],
	['32 03 0001 61', 'both', /a PUBLISH that is malformed/],
	['32 05 0001 61 0000', 4, /a PUBLISH that is malformed/],
	['34 05 0001 61 0001', 'both', /a PUBLISH with QoS 2/],
	['36 05 0001 61 0001', 'both', /a PUBLISH with QoS 3/],
	['30 03 0001 61', 5, /a PUBLISH that is malformed/],
	['30 05 0001 61 01 7f', 5, /a PUBLISH that is malformed/],
	['30 07 0001 61 03 23 0001', 5, /a PUBLISH that is malformed/],
	['30 06 0001 61 02 0b 00', 5, /a PUBLISH that is malformed/],
	['30 08 0001 61 04 01 00 01 00', 5, /a PUBLISH that is malformed/],
	['30 08 0001 61 05 26 ffff 61', 5, /a PUBLISH that is malformed/],
	['30 ff ff ff ff 01', 'both', /a PUBLISH whose length has more than four bytes/],
	['40 ff ff ff 7f', 'both', /a PUBACK of 268435455 bytes/],
	['d0 81 80 04', 'both', /a PINGRESP of 65537 bytes/],
	['e0 02 8e 05', 5, /a DISCONNECT that is malformed/],
]

test('ends the connection at each packet that a broker must not send, and says which', () => {
	for (const [hex, versions, said] of WRONG)
		for (const version of versions === 'both' ? ([4, 5] as const) : [versions]) {
			const { seen, give } = session(version)
			give(bytes(hex))
			assert.is(seen.down?.kind, 'fault', `${hex}: ${JSON.stringify(seen)}`)
			assert.match(seen.down?.kind === 'fault' ? seen.down.text : '', said, hex)
			give(bytes(hex))
		}
})

test('gives a message back whose acknowledgement has a reason that there is not', () => {
	const { send, seen, give } = session(5)
	send(message())
	give(bytes('40 03 0001 01'))
	assert.equal(seen.down, { kind: 'fault', text: 'sends a PUBACK with reason 1' })
	assert.equal([seen.answers, seen.unanswered], [[], ['{}']])
})

test('takes nothing before the CONNACK, and no CONNACK that is wrong', () => {
	for (const hex of ['40 02 00 01', '30 04 0001 61 00', 'd0 00', 'e0 01 8e', '20 00', '20 01 00', '20 02 02 00', '20 03 00 00 05'])
		for (const version of [4, 5] as const) assert.is(session(version, bytes(hex)).seen.down?.kind, 'fault', hex)
	// A maximum of 0, a text that may not stand there, one number twice.
	for (const properties of ['03 21 0000', '05 27 00000000', '02 24 02', '06 21 0005 21 0005', '05 02 00000001'])
		assert.is(
			session(5, bytes(`20 ${(2 + properties.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0')} 00 00 ${properties}`)).seen.down
				?.kind,
			'fault',
			properties,
		)
	assert.equal(session(5, bytes('20 02 00 00')).seen.down, { kind: 'version' }, 'an answer in 3.1.1')
	assert.equal(session(5, bytes('20 03 00 84 00')).seen.down, { kind: 'version' })
	assert.equal(session(4, bytes('20 02 00 01')).seen.down, { kind: 'version' })
	assert.equal(session(4, bytes('20 02 00 05')).seen.down, { kind: 'refused', code: 5 })
	assert.equal(session(5, bytes('20 03 00 97 00')).seen.down, { kind: 'refused', code: 151 })
})

test('reads whole packets however they are cut', () => {
	for (const version of [4, 5] as const) {
		const properties = version === 5 && { properties: { userProperties: { seq: '7' }, subscriptionIdentifier: 3 } }
		const one = generate(
			{ cmd: 'publish', topic: 'a/ö', payload: 'x'.repeat(300), qos: 1, dup: false, retain: true, messageId: 500, ...properties },
			{ protocolVersion: version },
		)
		const all = Buffer.concat([one, bytes('d000'), one])
		for (let cut = 0; cut <= all.length; cut++) {
			const { seen, give } = session(version)
			give(all.subarray(0, cut))
			give(all.subarray(cut))
			assert.equal([seen.topics, seen.down], [['a/ö', 'a/ö'], undefined])
		}
	}
})

test('passes over a message that is too large, acknowledges it and reads on', async () => {
	for (const version of [4, 5] as const) {
		const { seen, give, received } = session(version)
		const length = 100_000_000
		const before = process.memoryUsage().arrayBuffers
		give(
			Buffer.concat([
				bytes('32'),
				Buffer.from([(length & 127) | 128, ((length >> 7) & 127) | 128, ((length >> 14) & 127) | 128, length >> 21]),
				bytes('0004 62696761 1234'),
			]),
		)
		const piece = Buffer.alloc(64 * 1024)
		let left = length - 8
		for (; left > piece.length; left -= piece.length) give(piece)
		const held = process.memoryUsage().arrayBuffers - before
		give(
			Buffer.concat([
				piece.subarray(0, left),
				generate({ cmd: 'publish', topic: 'next', payload: '', qos: 0, dup: false, retain: false }, { protocolVersion: version }),
			]),
		)
		assert.equal([seen.skipped, seen.topics, seen.down], [['biga'], ['next'], undefined])
		assert.ok(held < MAX_PACKET, `${held} bytes are held`)
		await settle()
		await settle()
		assert.ok(Buffer.concat(received).includes(bytes('40021234')), 'acknowledged')
	}
})

test('takes no message whose topic no broker passes on, nor one with a mass of properties, and goes on', () => {
	const { seen, give } = session(5)
	for (const topic of ['a/+', '#', 'a\u0000'])
		give(Buffer.concat([Buffer.from([0x30, 3 + topic.length]), Buffer.from([0, topic.length]), Buffer.from(topic), Buffer.from([0])]))
	give(
		generate(
			{
				cmd: 'publish',
				topic: 'many',
				payload: '',
				qos: 1,
				dup: false,
				retain: false,
				messageId: 7,
				properties: { userProperties: Object.fromEntries(Array.from({ length: 9000 }, (_, at) => [`n${at}`, 'v'])) },
			},
			{ protocolVersion: 5 },
		),
	)
	give(bytes('d000'))
	assert.equal([seen.skipped.length, seen.topics, seen.down], [4, [], undefined])
})

test('reads no more while its own words are not taken', async () => {
	const { stream, give, seen } = session(4, undefined, true)
	const many = Buffer.concat(Array.from({ length: 10_000 }, () => bytes('32 05 0001 61 0001')))
	for (let round = 0; round < 100 && !stream.isPaused(); round++) {
		give(many)
		await settle()
	}
	assert.ok(stream.isPaused() && seen.topics.length < 400_000, `${seen.topics.length} messages`)
	assert.ok(stream.writableLength < 2e6)
	stream.destroy()
})

test('keeps to the limits that MQTT 5 announces', async () => {
	const { one, send, seen, give, received } = session(5, connack(5, { receiveMaximum: 2, maximumPacketSize: 60, topicAliasMaximum: 5 }))
	await settle()
	const sent = () => Buffer.concat(received).toString('latin1')
	send(...['one', 'two', 'three', 'x'.repeat(60)].map((payload) => message(payload)))
	await settle()
	assert.ok(sent().includes('two') && !sent().includes('three'), 'two are on their way')
	give(bytes('40 02 0001'))
	await settle()
	assert.ok(sent().includes('three'))
	give(bytes('40 02 0002 40 04 0003 97 00'))
	await settle()
	assert.equal(seen.answers, ['accepted', 'accepted', 'later', 'refused'])
	assert.equal(seen.skipped, ['cii/house/reading'])
	assert.ok(!sent().includes('xxx'))

	const poor = session(5, connack(5, { maximumQoS: 0, retainAvailable: false }))
	await settle()
	poor.send({ ...message('state'), retain: true })
	assert.equal(poor.seen.answers, ['accepted'])
	await settle()
	assert.is(Buffer.concat(poor.received).subarray(-27)[0], 0x30, 'neither QoS 1 nor retained')
	one.close()
	poor.one.close()
})

test('says what is overdue, and is patient with who is slow', async () => {
	const tick = ({ one }: ReturnType<typeof session>, times: number) => {
		for (let second = 0; second < times; second++) one.tick()
	}
	const silent = session(4)
	silent.send(message())
	for (let second = 0; second < 50 && !silent.seen.down; second++) {
		tick(silent, 1)
		silent.give(bytes('d000'))
	}
	assert.equal(silent.seen.down, { kind: 'fault', text: 'takes messages and has acknowledged none for 45 s' })

	// One after the other, each after 40 s.
	const slow = session(4)
	for (let id = 1; id <= 5; id++) slow.send(message())
	for (let id = 1; id <= 5; id++) {
		for (let part = 0; part < 4; part++) {
			tick(slow, 10)
			slow.give(bytes('d000'))
		}
		slow.give(bytes(`40 02 000${id}`))
	}
	assert.is(slow.seen.down, undefined)

	// All but the first.
	const leaky = session(4)
	leaky.send(message())
	for (let second = 2; second < 60 && !leaky.seen.down; second++) {
		leaky.send(message())
		tick(leaky, 1)
		leaky.give(bytes(`40 02 00${second.toString(16).padStart(2, '0')}`))
	}
	assert.match(
		leaky.seen.down?.kind === 'fault' ? leaky.seen.down.text : '',
		/has not acknowledged a message on cii.house.reading for 45 s, and others behind it/,
	)

	const deaf = session(4)
	tick(deaf, 41)
	assert.equal(deaf.seen.down, { kind: 'fault', text: 'has not answered for 25 s' })
	const mute = session(5)
	mute.one.subscribe([{ filter: 'tele/#', answered: () => undefined }], 1)
	for (let second = 0; second < 50 && !mute.seen.down; second++) {
		tick(mute, 1)
		mute.give(bytes('d000'))
	}
	assert.equal(mute.seen.down, { kind: 'fault', text: 'has not answered to a subscription for 45 s' })
	await settle()
})

test('stands 5,000 mutated packets', async () => {
	const report = await fuzzClient(5000, 7)
	assert.ok(report.sessions > 1000 && report.messages > 50, JSON.stringify(report))
})

test.run()
