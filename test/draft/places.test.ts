import * as assert from 'uvu/assert'
import { listsIn } from '../../engine/draft/lists.ts'
import { type PlaceGuess, placeGuesses } from '../../engine/draft/places.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { suite } from '../support/suite.ts'

const test = suite('places')

/** Telegrams of one list: the numbers of each, and their type. */
function guessed(type: string, rows: number[][]): string[] {
	const telegrams = rows.map(
		(row): Telegram => ({
			kind: 'telegram',
			application: 'dlms',
			auth: 'none',
			registers: [],
			sequence: row.map((raw) => ({ kind: 'number', raw })),
			sent: row.map(() => ({ type, bytes: new Uint8Array(4) })),
		}),
	)
	return listsIn(telegrams).flatMap((list) => placeGuesses(list).map(text))
}
const text = ({ place, code, sure }: PlaceGuess) => `${place + 1} ${code.slice(4)} ${sure ? 'sure' : 'assumed'}`

/** Watts of each phase, as a list: power, the other direction, currents in mA, voltages in 0.1 V. */
const loaded = (...watts: number[]) => [
	watts.reduce((sum, one) => sum + one, 0),
	0,
	...watts.map((one) => Math.round((one / 230) * 1000)),
	2304,
	2299,
	2311,
]

test('is sure of currents by the power that they make in several telegrams; its direction is assumed', () => {
	const rows = [loaded(100, 800, 250), loaded(2000, 30, 700), loaded(500, 900, 20)]
	assert.equal(guessed('u32', rows), [
		'1 1.7.0 assumed',
		'2 2.7.0 assumed',
		'3 31.7.0 sure',
		'4 51.7.0 sure',
		'5 71.7.0 sure',
		'6 32.7.0 sure',
		'7 52.7.0 sure',
		'8 72.7.0 sure',
	])
	assert.equal(guessed('u32', rows.slice(0, 1)).slice(2, 5), ['3 31.7.0 assumed', '4 51.7.0 assumed', '5 71.7.0 assumed'])
})

test('is sure of no counters that look like a load, or pass by a voltage', () => {
	const counters = (n: number) => [3_036_000 + 1000 * n, 230_000 + 100 * n, 13_200 + 2 * n]
	const rows = Array.from({ length: 10 }, (_, n) => counters(n))
	assert.equal(
		guessed('u32', rows).filter((line) => line.endsWith('sure')),
		[],
	)
	const currents = Array.from({ length: 3 }, (_, n) => [2300 + 7 * ((n * 2) % 3), 17, 4])
	assert.equal(
		guessed('u16', currents).filter((line) => line.endsWith('sure')),
		[],
		'a current of 23 A, three times',
	)
})

test('takes numbers that fit nothing for nothing', () => {
	assert.equal(guessed('u32', [[5], [6]]), [])
	assert.equal(
		guessed('u32', [
			[1200, 1, 2, 3],
			[1100, 1, 2, 3],
		]),
		[],
	)
	assert.equal(guessed('u32', [[2300, 17, 4]]), [], 'one number near 230 is no voltage yet')
	assert.equal(guessed('u16', [[2300, 17, 4]]), ['1 32.7.0 assumed'])
})

test('tells counters by their rise, and the total by the sum of its tariffs', () => {
	const rows = [
		[300_500, 200_300, 100_200, 12, 7, 5],
		[300_600, 200_400, 100_200, 12, 7, 5],
	]
	assert.equal(guessed('u32', rows), [
		'1 1.8.0 assumed',
		'2 1.8.1 assumed',
		'3 1.8.2 assumed',
		'4 2.8.0 assumed',
		'5 2.8.1 assumed',
		'6 2.8.2 assumed',
	])
	assert.equal(
		guessed('u32', [
			[300_500, 0],
			[300_600, 0],
		]),
		['1 1.8.0 assumed', '2 2.8.0 assumed'],
	)
})

test.run()
