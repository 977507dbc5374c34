import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { Meter } from '../../engine/meter/meter.ts'
import { Translator } from '../../engine/meter/translator.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { Receipts } from '../../engine/mqtt/receipts.ts'
import { formerShard, shard } from '../../engine/mqtt/shards.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import type { Memory } from '../../engine/pipeline/memory.ts'
import { fleetMeter } from '../../tools/bench/fleet-meters.ts'
import { connectionTo } from '../support/connection.ts'
import { builtin } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('translator')
const names = topics('cii', 'main')
const log = pino({ enabled: false })
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
/** A meter that sends ciphered telegrams, with counters. */
const { name, profile, keys, telegram } = fleetMeter(0)
const key = (use: 'encryption' | 'authentication') => Uint8Array.from(Buffer.from(keys?.[use] ?? '', 'hex'))

/** A translator with one meter, whose messages are numbered and acknowledged by hand. */
async function translating() {
	const sent: OutMessage[] = []
	const acknowledged: number[] = []
	const remembered: Memory[] = []
	const input = connectionTo([])
	const output = connectionTo(sent)
	const pending = new Receipts((id) => acknowledged.push(id))
	const translator = new Translator({ connect: () => input, topics: names, instance: 'main', session: 0, output, log })
	new Meter({
		role: 'translate',
		raw: translator,
		readers: () => [],
		topics: names,
		output,
		outputs: { reading: () => [], expect: () => undefined },
		entry: { name, profile },
		profile: builtin(profile),
		keys: { encryption: key('encryption'), authentication: key('authentication') },
		session: 0,
		seq: 0,
		memory: {},
		remember: (memory) => remembered.push(memory),
		inputOf: () => input,
		log,
		onReading: () => undefined,
	})
	await translator.settle(new Set([shard(name)]), [])
	function give(messageId: number, payload: Uint8Array, topic = names.raw(name), properties = {}): void {
		const receipt = pending.take(messageId)
		input.give({ topic, payload, retain: false, properties, receipt }, names.rawShard(topic.split('/')[2] ?? ''))
		receipt.release()
	}
	const refused = () => JSON.parse(String(sent.filter(({ topic }) => topic === names.bridgeDiagnostics()).at(-1)?.payload)).rejected
	const readings = () => sent.filter(({ topic }) => topic.endsWith('/reading'))
	return { translator, give, refused, readings, acknowledged, remembered }
}

test('acknowledges a telegram, and keeps its counter, only when its reading and those before it are safe', async () => {
	const { give, readings, acknowledged, remembered } = await translating()
	give(1, telegram(1))
	give(2, telegram(2))
	await settle()
	assert.equal([readings().length, acknowledged, remembered.length], [2, [], 0])
	readings()[1]?.settled?.(true)
	await settle()
	assert.equal([acknowledged, remembered.length], [[], 0], 'the one before is not safe yet')
	readings()[0]?.settled?.(true)
	await settle()
	assert.equal([acknowledged, remembered.length], [[1, 2], 2])
	assert.ok((remembered[0]?.counter?.last ?? 0) < (remembered[1]?.counter?.last ?? 0))
})

test('acknowledges at once what gives no reading, and hands over no more than 100 at once', async () => {
	const { give, readings, acknowledged } = await translating()
	give(1, Uint8Array.of(1, 2, 3))
	await settle()
	assert.equal(acknowledged, [1])
	for (let n = 0; n < 150; n++) give(n + 2, telegram(n))
	await settle()
	assert.is(readings().length, 100)
	for (const one of readings()) one.settled?.(true)
	await settle()
	assert.equal([readings().length, acknowledged.length], [150, 101])
})

test('takes nothing while paused, and keeps what comes after its stop with the broker', async () => {
	const { translator, give, readings, acknowledged } = await translating()
	translator.pause()
	give(1, telegram(1))
	await settle()
	assert.is(readings().length, 0)
	await translator.settle(new Set([shard(name)]), [])
	readings()[0]?.settled?.(true)
	await settle()
	assert.equal(acknowledged, [1])
	translator.stop()
	give(2, telegram(2))
	await settle()
	assert.equal([readings().length, acknowledged], [1, [1]])
})

test('reads a meter by the topics of today and of version 0.2 as one, and leaves to others what comes by shards that several receive', async () => {
	const { give, refused, readings, acknowledged } = await translating()
	const told = (seq: number) => ({ received: '2026-11-28T08:00:00Z', session: '2026-11-28T07:00:00Z', seq: String(seq) })
	const former = names.formerRaw(name)
	give(1, telegram(1), former, told(1))
	give(2, telegram(2), names.raw(name), told(2))
	give(3, telegram(2), former, told(2))
	await settle()
	assert.equal(
		readings().map(({ payload }) => JSON.parse(String(payload)).seq),
		[1, 2],
	)
	// Of the same shard in version 0.2, and of another one now.
	const others = Array.from({ length: 100_000 }, (_, place) => `other${place}`)
	const foreign = others.find((one) => formerShard(one) === formerShard(name) && shard(one) !== shard(name)) ?? ''
	give(4, telegram(3), names.formerRaw(foreign))
	for (const one of readings()) one.settled?.(true)
	await settle()
	assert.equal(acknowledged, [1, 2, 3, 4])
	assert.is(readings().length, 2)
	const beside = others.find((one) => shard(one) !== shard(name)) ?? ''
	give(5, telegram(3), `cii/raw/${shard(name)}/${beside}`)
	await new Promise((resolve) => setTimeout(resolve, 1100))
	assert.equal(refused(), { shard: 1 })
})

test.run()
