import * as assert from 'uvu/assert'
import { Deliveries, toldBy } from '../../engine/pipeline/deliveries.ts'
import { memoryShape } from '../../engine/pipeline/memory-shape.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { telegram } from '../support/corpus.ts'
import { blockFrames, hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { notificationsOf } from '../support/fuzz.ts'
import { pipeline } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('deliveries')

const [KEY, AUTH] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const [list = new Uint8Array(0)] = notificationsOf(telegram('ch-lg-e450-vse2026'))
const verified = (counter: number) =>
	Uint8Array.from(blockFrames(sealed(list, KEY, AUTH, hexBytes('4C475A6712345678'), counter)).flatMap((part) => [...part]))
const plain = (watts: number) => p1Telegram('XMX5', [`0-0:96.1.1(4530)`, `1-0:1.7.0(00.${String(watts).padStart(3, '0')}*kW)`])

const NOW = Date.UTC(2026, 10, 28, 12)
const SESSION = new Date(NOW - 60_000).toISOString()

/** Gives a translator a raw message, and says in a word what came of it. */
async function give(under: Pipeline<Outcome>, payload: Uint8Array, properties: Record<string, unknown>): Promise<string> {
	const message = { topic: 'cii/raw/0000/house', payload, retain: false, properties: properties as Record<string, string> }
	const [outcome] = await under.raw(message, NOW)
	return outcome?.kind === 'reading' ? `${outcome.reading.session} ${outcome.reading.seq}` : `${outcome?.kind} ${outcome?.reason}`
}

const keys = { encryption: hexBytes(KEY), authentication: hexBytes(AUTH) }

test('takes the next telegram after bytes of a stranger that leap ahead', async () => {
	const under = pipeline('ekz-e450', keys)
	assert.is(await give(under, verified(1), { session: SESSION, seq: '0' }), `${SESSION} 0`)
	assert.is(await give(under, Uint8Array.of(0x12, 0x34), { session: SESSION, seq: '1000000000000000' }), 'discarded noise')
	for (let seq = 1; seq < 20; seq++)
		assert.is(await give(under, verified(1 + seq), { session: SESSION, seq: String(seq) }), `${SESSION} ${seq}`)
})

test('publishes what a tag proves, whatever is told with it', async () => {
	const under = pipeline('ekz-e450', keys)
	await give(under, verified(1), { session: SESSION, seq: '0' })
	// Somebody on the way changed what was told with the second, and the third has its own.
	assert.match(await give(under, verified(2), { session: SESSION, seq: '9007199254740991' }), /^1970.* \d+$/)
	assert.match(await give(under, verified(3), { session: SESSION, seq: '0' }), / 0$/)
	assert.is(await give(under, verified(3), { session: SESSION, seq: '8' }), 'discarded duplicate')
	let counter = 10
	for (const told of [{ session: 'x', seq: '2' }, { session: SESSION, seq: '-1' }, { seq: '2' }, { session: SESSION, seq: '1e3' }])
		assert.match(await give(under, verified(counter++), told), /^1970.* \d+$/)
})

test('a leap keeps no telegram in clear from coming either, and is not published as a count', async () => {
	const under = pipeline('dsmr', {})
	for (let seq = 0; seq < 3; seq++) assert.is(await give(under, plain(seq), { session: SESSION, seq: String(seq) }), `${SESSION} ${seq}`)
	assert.is(await give(under, plain(666), { session: SESSION, seq: '1000000000000000' }), '1970-01-01T00:00:00.000Z 0')
	assert.is(await give(under, plain(3), { session: SESSION, seq: '3' }), `${SESSION} 3`)
	assert.is(await give(under, plain(3), { session: SESSION, seq: '3' }), 'discarded duplicate')
	assert.is(await give(under, plain(666), { session: SESSION, seq: '1000000000000000' }), 'discarded duplicate')
	// A reader without a broker for a day drops what is oldest: its count goes on from there.
	assert.is(await give(under, plain(4), { session: SESSION, seq: '80000' }), '1970-01-01T00:00:00.000Z 1')
	assert.is(await give(under, plain(5), { session: SESSION, seq: '80001' }), `${SESSION} 80001`)
	assert.is(await give(under, plain(6), { session: SESSION, seq: '80002' }), `${SESSION} 80002`)
})

test('reads what is told as far as it can be true', () => {
	const told = (properties: Record<string, unknown>) => toldBy(properties, NOW)
	const early = '2026-11-28T11:00:00Z'
	assert.equal(told({ received: early, session: early, seq: '7', topic: 'a/b' }), {
		received: Date.parse(early),
		origin: { session: Date.parse(early), seq: 7 },
		topic: 'a/b',
	})
	for (const received of ['9999-01-01T00:00:00Z', '2026-11-28T14:00:00Z', 'x', ['2026-11-28T11:00:00Z', 'x'], 7, undefined])
		assert.is(told({ received }).received, NOW)
	for (const [session, seq] of [
		['2027-01-01T00:00:00Z', '1'],
		[early, '9007199254740993'],
		[early, '1.5'],
		[early, ''],
		[early, ['1', '2']],
		[[early], '1'],
	])
		assert.is(told({ session, seq }).origin, undefined)
	// A property that stands twice comes as a list.
	assert.is(told({ topic: ['a/b', 'c/d'] }).topic, undefined)
})

test('keeps nothing that the next process could not read', async () => {
	for (const told of [
		{ session: '1960-01-01T00:00:00.000Z', seq: '5' },
		{ session: '-271821-04-20T00:00:00.000Z', seq: '0' },
		{ session: SESSION, seq: '9007199254740991' },
		{ session: SESSION, seq: '9007199254740990', received: '0001-01-01T00:00:00.000Z' },
	]) {
		const under = pipeline('ekz-e450', keys)
		assert.match(await give(under, verified(1), told), /^1970-01-01T00:00:00.000Z 0$/)
		assert.ok(memoryShape(JSON.parse(JSON.stringify(under.memory())))?.counter, JSON.stringify(told))
	}
})

test('keeps few sessions and few gaps, and nothing that comes is taken for one that came', () => {
	const before = new Deliveries()
	for (let seq = 0; seq < 100; seq += 2) before.add({ session: 1, seq })
	for (let seq = 68; seq < 110; seq++) assert.is(before.has({ session: 1, seq }), seq < 100 && seq % 2 === 0, `${seq}`)
	for (let seq = 68; seq < 110; seq++) before.add({ session: 1, seq })
	assert.equal(before.export(), [{ session: 1, ranges: [[68, 109]] }])
	for (let seq = 1e12; seq < 1e12 + 1e6; seq += 1e4) before.add({ session: 1, seq })
	assert.not(before.has({ session: 1, seq: 110 }), 'leaps shut out nothing that comes')
	for (let session = 2; session < 1000; session++) before.add({ session, seq: 5 })
	assert.is(before.export().length, 8)
	assert.ok(JSON.stringify(before.export()).length < 2000)
	const again = new Deliveries()
	again.import(JSON.parse(JSON.stringify(before.export())))
	assert.ok(again.has({ session: 999, seq: 5 }))
	assert.not(again.has({ session: 999, seq: 6 }))
	for (const wrong of [undefined, 5, [5], [{ session: 1 }], [{ session: 1, ranges: [[5, 1]] }], { a: 1 }]) again.import(wrong)
	assert.is(again.export().length, 8)
})

test.run()
