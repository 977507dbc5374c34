import * as assert from 'uvu/assert'
import { Counter, type Shown } from '../../engine/history/counter.ts'
import { at } from '../support/days.ts'
import { suite } from '../support/suite.ts'

const test = suite('history/counter')

const START = at('2026-05-04T10:00:00Z')

/** Takes values: seconds after 10:00, the value, and what else is said of it. */
function counterOf(...values: [after: number, value: number, more?: Partial<Shown>][]): Counter {
	const counter = new Counter()
	for (const [after, value, more] of values) counter.take(shown(after, value, more))
	return counter
}

const shown = (after: number, value: number, more: Partial<Shown> = {}): Shown => ({
	id: 'M1',
	reset: '',
	value,
	time: START + after,
	received: START + after,
	isOwnClock: true,
	isRestart: false,
	...more,
})

const crossed = (counter: Counter) =>
	counter.crossings.map(({ since, at, next, from, to }) => [since - START, at - START, next - START, from, to])

test('keeps the two values around each end of a quarter-hour, and tells when it is past one', () => {
	const counter = new Counter()
	assert.equal(
		[0, 400, 899, 905, 1000, 1799, 1800, 1805].map((after) => counter.take(shown(after, 1000 + after))),
		[false, false, false, true, false, false, true, false],
	)
	assert.equal(crossed(counter), [
		[899, 899, 905, 1899, 1905],
		[1799, 1799, 1800, 2799, 2800],
	])
})

test('makes one crossing of an outage over many quarter-hours', () => {
	assert.equal(crossed(counterOf([0, 100], [10, 101], [50_000, 300], [50_010, 301])), [[10, 10, 50_000, 101, 300]])
})

test('leaves out what is not later than the last value', () => {
	const counter = counterOf([0, 100], [890, 110], [880, 109], [890, 111], [910, 112], [895, 111])
	assert.equal(crossed(counter), [[890, 890, 910, 110, 112]])
	assert.is(counter.run?.last, 112)
})

test('begins a new run with another id, a value that is said to start over, and one that falls', () => {
	for (const next of [
		shown(910, 500, { id: 'M2' }),
		shown(910, 500, { reset: '2026-05-04: new meter' }),
		shown(910, 500, { isRestart: true }),
		shown(910, 5),
	]) {
		const counter = counterOf([0, 100], [890, 110])
		counter.take(next)
		counter.take({ ...next, time: START + 1000, value: next.value + 3, isRestart: false })
		assert.equal(crossed(counter), [])
		assert.equal(
			[...counter.ended, counter.run].map((run) => [run?.start, run?.first, run?.at, run?.last]),
			[
				[START, 100, START + 890, 110],
				[START + 910, next.value, START + 1000, next.value + 3],
			],
		)
	}
})

test('takes a telegram without an id for one of the same meter', () => {
	const counter = counterOf([0, 100, { id: '' }], [10, 101], [20, 102, { id: '' }], [30, 103])
	assert.equal(counter.ended, [])
	assert.is(counter.run?.id, 'M1')
})

test('leaves nothing of runs with one value behind: two meters in turn on one line', () => {
	const counter = new Counter()
	for (let count = 0; count < 100; count++) counter.take(shown(count, count % 2 === 0 ? 100 : 7000, { id: `M${count % 2}` }))
	assert.is(counter.ended.length, 0)
	assert.is(counter.unsaved()?.dropped.length, 99)
})

test('takes a single value back that was too high, also where it ended a crossing that is on disk', () => {
	const counter = counterOf([0, 100], [890, 110], [905, 999])
	counter.take(shown(920, 112, { isRestart: true }))
	assert.equal(counter.ended, [])
	assert.equal(crossed(counter), [[890, 890, 920, 110, 112]])

	const written = counterOf([0, 100], [890, 110], [905, 999])
	written.saved()
	written.take(shown(920, 112))
	assert.equal(written.unsaved()?.undone, [START + 905])
	assert.equal(crossed(written), [[890, 890, 920, 110, 112]])
})

test('takes no value back where the next one is below the one before it as well, or comes from another meter', () => {
	assert.is(counterOf([0, 100], [890, 110], [905, 999], [920, 50, { isRestart: true }]).ended[0]?.last, 999)
	assert.is(counterOf([0, 100], [890, 110], [905, 999], [920, 500, { id: 'M2' }]).ended[0]?.last, 999)
	// A new meter that shows more: a rise that was confirmed is no energy.
	assert.is(counterOf([0, 100], [890, 110], [905, 9000, { isRestart: true }]).ended[0]?.last, 110)
})

test("gives what is counted while a meter's clock shows an hour twice to that hour", () => {
	// At 11:00 the clock is set back to 10:00; it passes 11:00 an hour later.
	const counter = counterOf([0, 158], [3590, 159])
	for (let after = 0; after <= 3590; after += 10) counter.take(shown(after, 160 + after / 10, { received: START + 3600 + after }))
	assert.is(counter.crossings.length, 1)
	counter.take(shown(3605, 525, { received: START + 7205 }))
	assert.equal(crossed(counter).at(-1), [-10, 3590, 3605, 159, 525])
})

test('notices a clock that was set back while nothing was read', () => {
	const counter = counterOf([0, 100], [3590, 159])
	counter.take(shown(3600, 600, { received: START + 3600 + 3600 }))
	assert.equal(crossed(counter).at(-1), [-10, 3590, 3600, 159, 600])
})

test('takes a message that comes late, or much later than it was made, for no clock that was set back', () => {
	assert.equal(crossed(counterOf([0, 100], [600, 110], [100, 101], [610, 111])), [])
	const adapter = { isOwnClock: false }
	assert.equal(
		crossed(
			counterOf([0, 100, adapter], [10, 110, { ...adapter, received: START + 5000 }], [20, 120, { ...adapter, received: START + 5000 }]),
		),
		[],
	)
})

test('notices a computer whose clock is set back, where the meter has none', () => {
	const gateway = { isOwnClock: false }
	const counter = counterOf([0, 100, gateway], [1000, 110, gateway], [300, 111, gateway], [700, 112, gateway], [1010, 113, gateway])
	assert.equal(crossed(counter).at(-1), [300, 1000, 1010, 110, 113])
})

test('learns how often a counter comes, and takes no outage for that', () => {
	const usual = (...gaps: number[]) => {
		let time = 0
		const values = gaps.map((gap): [number, number] => {
			time += gap
			return [time, 1]
		})
		return counterOf([0, 1], ...values).run?.usual
	}
	assert.is(usual(3600, 3600), 3600)
	assert.is(usual(3600), 0)
	assert.is(usual(3600, 3600, 40_000, 40_000), 3600)
	assert.is(usual(60, 60, 900, 900, 900), 900)
	assert.ok((usual(900, 900, ...Array.from({ length: 40 }, () => 60)) ?? 0) < 70)
})

test('holds a month of crossings at the most while the disk is away', () => {
	const counter = new Counter()
	for (let quarter = 0; quarter < 5000; quarter++) counter.take(shown(quarter * 900, quarter))
	assert.is(counter.crossings.length, 3000)
})

test('begins over where it stands when the disk was replaced', () => {
	const counter = counterOf([0, 100], [890, 110], [910, 112])
	counter.restart()
	const { runs, crossings } = counter.unsaved() ?? {}
	assert.equal(crossings, [])
	assert.equal(
		runs?.map(({ start, first, last }) => [start - START, first, last]),
		[[910, 112, 112]],
	)
})

test.run()
