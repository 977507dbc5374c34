import * as assert from 'uvu/assert'
import { difference, exactSum } from '../../engine/transform/derived.ts'
import { boundedTexts, scale } from '../../engine/transform/functions.ts'
import { confirmation, judgeTotal, stepOf, type Total } from '../../engine/transform/total.ts'
import { Counting, type Totals } from '../../engine/transform/totals.ts'
import { suite } from '../support/suite.ts'

const test = suite('total')

const POWER = 60_000
/** What becomes of values, ten seconds apart: the value, or why it is withheld. */
function judged(values: number[], { every = 10_000, confirm }: { every?: number; confirm?: string } = {}): (number | string)[] {
	let total: Total | undefined
	return values.map((value, place) => {
		const { next, problem, instead } = judgeTotal(
			total,
			value,
			{ at: place * every, time: '' },
			{ power: POWER, ...confirmation(confirm), unit: 'Wh' },
		)
		total = next
		return problem?.code ?? (instead === undefined ? value : `${value} instead of ${instead}`)
	})
}

test('lets a counter rise by what the connection can carry in the time, and the step in which it counts', () => {
	assert.equal(judged([1000, 1000, 1001, 1167, 1335]), [1000, 1000, 1001, 1167, 'leap'], '60 kW give 166.7 Wh in ten seconds')
	assert.equal(judged([7000, 8000, 9000]), [7000, 8000, 9000], 'a counter of whole kilowatt hours')
	assert.equal(judged([7000, 9000, 11_000]), [7000, 'leap', 'leap'])
	assert.equal(judged([1001, 70_000], { every: 3_600_000 }), [1001, 'leap'])
	assert.equal(judged([1001, 61_000], { every: 3_600_000 }), [1001, 61_000])
})

test('takes values that contradict the last one when enough of them follow from each other and rise', () => {
	assert.equal(judged([9000, 1, 2, 3, 4, 5, 6]), [9000, 'falling', 'falling', 'falling', 'falling', '5 instead of 9000', 6])
	assert.equal(judged([9001, 0, 0, 0, 0, 0, 0, 0, 9002]), [9001, ...Array(7).fill('falling'), 9002], 'zeros do not rise')
	assert.equal(judged([9001, 1, 2, 9002, 3, 4, 5]), [9001, 'falling', 'falling', 9002, 'falling', 'falling', 'falling'])
	assert.equal(judged([9001, 1, 2, 80_000, 3, 4, 5]).at(-1), '5 instead of 9001', 'one of seven may stand apart')
	assert.equal(judged([9001, 1, 2, 3, 4], { confirm: '2 of 2' }), [9001, 'falling', '2 instead of 9001', 3, 4])
	const still = judged([9001, ...Array(60).fill(500)])
	assert.is(still.indexOf('500 instead of 9001'), 50, 'a meter that stands still needs ten times as many')
})

test('does not stay at a single wrong value above zeros, and never falls to zeros from one that was shown often', () => {
	const [first, spike] = [judged([9001, ...Array(60).fill(0)]), judged([0, 0, 0, 0, 0, 0, 1_000_000, ...Array(60).fill(0)])]
	assert.is(first.indexOf('0 instead of 9001'), 50)
	assert.equal(first.slice(51), Array(10).fill(0))
	assert.is(spike.indexOf('0 instead of 1000000'), 56, 'zero has any step, so that one passes')
	assert.equal(judged([...Array(5).fill(9001), ...Array(200).fill(0), 9001]), [...Array(5).fill(9001), ...Array(200).fill('falling'), 9001])
})

test('knows the step of a counter by its values', () => {
	assert.equal(
		[123_456, 123_450, 123_000, 5_000_000, 0.5].map((value) => stepOf(value, 1_000_000)),
		[1, 10, 1000, 1_000_000, 1],
	)
	assert.is(stepOf(5_000_000, 100), 100)
})

test('keeps no more counters than any meter has, whatever ids come', () => {
	let totals: Totals | undefined
	for (let at = 0; at < 1000; at++) {
		const counting = new Counting(totals, 'x', { at, time: '' })
		counting.judge(`submeters.1.volume ${at}`, 5, { power: 1, ...confirmation(), unit: 'm³' })
		totals = counting.count()
	}
	assert.is(Object.keys(totals?.values ?? {}).length, 200)
})

test('lets a counter rise by what its own time carries: gas is read once an hour, and sent every second', () => {
	const hour = 3_600_000
	const gas = { power: 100, ...confirmation(), unit: 'm³' }
	let totals: Totals = { values: {} }
	const sent = (at: number, value: number) => {
		const counting = new Counting(totals, 'x', { at, time: new Date(at).toISOString() })
		const problem = counting.judge('submeters.1.volume gas', value, gas, false, new Date(Math.floor(at / hour) * hour).toISOString())
		totals = counting.count()
		return problem?.code
	}
	for (let at = 10 * hour; at < 10 * hour + 4000; at += 1000) assert.is(sent(at, 1234.567), undefined)
	assert.is(sent(11 * hour - 1000, 1234.567), undefined)
	assert.is(sent(11 * hour, 1240.912), undefined)
	assert.is(sent(11 * hour + 1000, 1247.257), 'leap')
})

test('goes on where the clock was set back and the meter has none', () => {
	const at = (place: number) => 10_000_000 + 10_000 * place - (place > 3 ? 3_600_000 : 0)
	let total: Total | undefined
	for (const [place, value] of [1001, 1008, 1015, 1022, 1029, 1036].entries()) {
		const moment = { at: at(place), time: new Date(at(place)).toISOString() }
		const { next, problem } = judgeTotal(total, value, moment, { power: POWER, ...confirmation(), unit: 'Wh' })
		assert.is(problem, undefined, `${value}`)
		total = next
	}
})

test('adds and subtracts decimals as decimals', () => {
	assert.is(difference(1000000.1, 1000000), 0.1)
	assert.is(difference(0.3, 0.1), 0.2)
	assert.is(difference(0.1, 0.3), -0.2)
	assert.is(exactSum([0.1, 0.2]), 0.3)
	assert.is(exactSum([1e-7, 0.2]), 0.2000001)
	assert.is(exactSum([123456789012.345, 0.001]), 123456789012.346)
	assert.is(exactSum([2 ** 53 - 1, 2]), undefined)
	assert.is(scale('0.30000000000000004', 3), 300.00000000000006)
	assert.is(scale(1234567890123456, 0), 1234567890123456)
	assert.is(scale('12345678901234567', 0), '12345678901234567')
	// A number gives what its decimal text gives.
	const numbers = [0, -0, 0.1, -0.001, 0.443, 999.999, 1e15, 1e11 + 0.001, 123456789012.345, 0.0005, 4294967.295]
	for (const number of numbers) for (const power of [-30, -3, 0, 3, 12, 30]) assert.is(scale(number, power), scale(String(number), power))
	assert.is(boundedTexts.string(1234567890123456), '1234567890123456')
})

test.run()
