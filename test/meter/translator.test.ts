import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { Meter } from '../../engine/meter/meter.ts'
import { Translator } from '../../engine/meter/translator.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { Receipts } from '../../engine/mqtt/receipts.ts'
import { shard, topics } from '../../engine/mqtt/topics.ts'
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
		outputs: { reading: () => [] },
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
	function give(messageId: number, payload: Uint8Array, meter = name): void {
		const receipt = pending.take(messageId)
		input.give({ topic: names.raw(meter), payload, retain: false, properties: {}, receipt }, names.rawShard(shard(name)))
		receipt.release()
	}
	const readings = () => sent.filter(({ topic }) => topic.endsWith('/reading'))
	return { translator, give, readings, acknowledged, remembered }
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

test.run()
