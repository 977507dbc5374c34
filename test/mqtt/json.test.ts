import * as assert from 'uvu/assert'
import { jsonWriter } from '../../engine/mqtt/json.ts'
import { suite } from '../support/suite.ts'

const test = suite('json')

test('writes what JSON.stringify writes, whatever the values, message after message', () => {
	const texts = [
		'',
		'a',
		'2026-05-04T11:39:21+02:00',
		'x"y',
		'back\\slash',
		'line\nbreak',
		'm³',
		'\u0000',
		'\ud800',
		'😀',
		'a'.repeat(64),
		'b'.repeat(65),
		'é'.repeat(3000),
	]
	const numbers = [
		...[
			0,
			-0,
			1,
			-1,
			9,
			10,
			99,
			100,
			2 ** 31 - 1,
			-(2 ** 31),
			2 ** 32,
			1e15 - 1,
			1e15,
			-1e15,
			1e21,
			2 ** 53,
			0.1,
			0.5,
			-0.5,
			0.001,
			0.05,
			230.1,
		],
		...[
			15338556.2,
			1e-7,
			0.1 + 0.2,
			1 / 3,
			1.0005,
			123456789012.345,
			1234567890123.456,
			0.9999,
			5e-324,
			Number.MAX_VALUE,
			Number.NaN,
			-Infinity,
		],
	]
	const others = [true, false, null, undefined, [], [1, 'a'], {}, { a: 1, b: { c: 'd"' } }]
	const keys = ['schema', 'power_import', 'extra', 'ä"', 'time', 'a.b', 'x', 'y', '1']
	let seed = 7
	const random = (below: number) => {
		seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
		return Math.floor((seed / 2 ** 32) * below)
	}
	const any = () => {
		const kind = random(8)
		if (kind === 0) return (random(2 ** 30) - 2 ** 29) / 10 ** random(6)
		if (kind === 1) return random(1000) / 1000
		return kind < 4 ? numbers[random(numbers.length)] : kind < 7 ? texts[random(texts.length)] : others[random(others.length)]
	}
	const write = jsonWriter()
	assert.is(write({}).toString(), '{}')
	let message: Record<string, unknown> = {}
	for (let round = 0; round < 20_000; round++) {
		// Most keys and values are those of the message before.
		if (random(10) === 0) message = Object.fromEntries(keys.filter(() => random(3) > 0).map((key) => [key, any()]))
		else message = Object.fromEntries(Object.entries(message).map(([key, value]) => [key, random(3) === 0 ? any() : value]))
		assert.is(write(message).toString(), Buffer.from(JSON.stringify(message)).toString())
	}
	for (const number of numbers) assert.is(write({ number }).toString(), JSON.stringify({ number }))
})

test('gives each message bytes of its own', () => {
	const write = jsonWriter()
	const first = write({ a: 1, long: 'x'.repeat(5000) })
	const second = write({ a: 2, long: 'y'.repeat(5000) })
	assert.is(first.toString(), JSON.stringify({ a: 1, long: 'x'.repeat(5000) }))
	assert.is(second.toString(), JSON.stringify({ a: 2, long: 'y'.repeat(5000) }))
})

test.run()
