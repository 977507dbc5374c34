import * as assert from 'uvu/assert'
import { attribute, type Parts, UNIT } from '../../engine/history/attribute.ts'
import { edgesOf } from '../../engine/history/calendar.ts'
import { Counter, type Run } from '../../engine/history/counter.ts'
import { crossingBytes, readCrossings } from '../../engine/history/entries.ts'
import { at, random } from '../support/days.ts'
import { suite } from '../support/suite.ts'

const test = suite('history/attribute')
const ZONE = 'Europe/Zurich'

type Value = { time: number; value: number }

/** Gives what is kept of values of one meter, as it would be on disk. */
function keptOf(values: Value[]) {
	const counter = new Counter()
	for (const { time, value } of values)
		counter.take({ id: 'M1', reset: '', value, time, received: time, isOwnClock: true, isRestart: false })
	return keptBy(counter)
}

function keptBy(counter: Counter) {
	return {
		runs: [...counter.ended, ...(counter.run ? [counter.run as Run] : [])],
		crossings: readCrossings(0, [crossingBytes(0, counter.crossings)]).crossings,
	}
}

const LATER = Number.POSITIVE_INFINITY
const evenly = (times: number[], reach: number) => ({ times, reach: times.map(() => reach) })
const total = ({ sums, gaps }: Parts) => sums.reduce((sum, one) => sum + one, 0) + gaps.reduce((sum, gap) => sum + gap.sum, 0)
const amounts = ({ sums, isCovered, isBroken }: Parts) =>
	[...sums].map((sum, bar) => (isCovered[bar] === 0 ? undefined : isBroken[bar] === 1 ? [sum / UNIT] : sum / UNIT))

/** Days of a meter that is read every few seconds, is silent now and then, and stands still now and then. */
function life(seed: number, days: number): Value[] {
	const next = random(seed)
	const values: Value[] = []
	let [time, value] = [at('2026-10-24T10:00:00Z') + Math.floor(next() * 5000), Math.floor(next() * 1e7)]
	const end = time + days * 86_400
	const pace = 1 + Math.floor(next() * 50)
	while (time < end) {
		values.push({ time, value: Math.round(value * 1000) / 1000 })
		const isOutage = next() < 0.0005
		const gap = isOutage ? 600 + Math.floor(next() * 30_000) : 1 + Math.floor(next() * pace)
		time += gap
		if (Math.floor(time / 20_000) % 3 !== 0) value += gap * next() * 0.7
	}
	return values
}

/** The counter at an edge by the values alone, where one is within a minute, or it stood still around it. */
function counterAt(values: Value[], edge: number): number | undefined {
	const behind = values.findIndex(({ time }) => time >= edge)
	const [one, other] = [values[behind - 1], values[behind]]
	if (other?.time === edge) return other.value
	if (!one || !other) return undefined
	if (one.value === other.value) return one.value
	const [before, after] = [edge - one.time, other.time - edge]
	if (Math.min(before, after) > 60) return undefined
	return before <= after ? one.value : other.value
}

test('gives each bar what the values around its edges say, and all of it to bars and gaps', () => {
	let [whole, partial, gaps] = [0, 0, 0]
	for (let seed = 1; seed <= 12; seed++) {
		const values = life(seed, 4)
		const [first, last] = [values[0] as Value, values.at(-1) as Value]
		for (const step of ['quarter', 'hour', 'day'] as const) {
			const times = edgesOf(step, first.time, last.time, ZONE)
			const parts = attribute(keptOf(values), evenly(times, 0), LATER)
			assert.is(total(parts), Math.round(last.value * UNIT) - Math.round(first.value * UNIT), `seed ${seed}, ${step}`)
			for (const bar of parts.sums.keys()) {
				const [from, to] = [counterAt(values, times[bar] as number), counterAt(values, times[bar + 1] as number)]
				const isKnown = from !== undefined && to !== undefined
				assert.is(parts.isCovered[bar] === 1 && parts.isBroken[bar] === 0, isKnown, `seed ${seed}, ${step} ${bar}`)
				if (isKnown) assert.is(parts.sums[bar], Math.round(to * UNIT) - Math.round(from * UNIT), `seed ${seed}, ${step} ${bar}`)
				isKnown ? whole++ : partial++
			}
			for (const { start, end, sum } of parts.gaps) {
				const [from, to] = [start, end].map((time) => values.find((one) => one.time === time)?.value ?? Number.NaN)
				assert.is(sum, Math.round((to ?? 0) * UNIT) - Math.round((from ?? 0) * UNIT))
			}
			gaps += parts.gaps.length
		}
	}
	assert.ok(whole > 3000 && partial > 100 && gaps > 100, `${whole} whole bars, ${partial} others, ${gaps} gaps`)
})

test('adds up to the same, whatever part is asked for', () => {
	const values = life(99, 3)
	const kept = keptOf(values)
	const times = edgesOf('quarter', values[0]?.time ?? 0, values.at(-1)?.time ?? 0, ZONE)
	const all = attribute(kept, evenly(times, 180), LATER)
	for (let bar = 0; bar + 10 < times.length; bar += 7) {
		const part = attribute(kept, evenly(times.slice(bar, bar + 11), 180), LATER)
		assert.equal([...part.sums], [...all.sums.slice(bar, bar + 10)])
		assert.equal([...part.isCovered], [...all.isCovered.slice(bar, bar + 10)])
		assert.equal([...part.isBroken], [...all.isBroken.slice(bar, bar + 10)])
	}
})

/** A meter read every so many seconds from a time on, which counts a Wh each 10 s (360 W). */
const regular = (start: number, pace: number, count: number): Value[] =>
	Array.from({ length: count }, (_, place) => ({ time: start + place * pace, value: 1000 + (place * pace) / 10 }))

test('takes the value of a list that comes a few seconds past the hour for that hour, and knows no quarter-hours of it', () => {
	const kept = keptOf(regular(at('2026-05-04T00:00:10Z'), 3600, 10))
	const hours = attribute(kept, evenly(edgesOf('hour', at('2026-05-04T02:00:00Z'), at('2026-05-04T05:00:00Z'), 'UTC'), 600), LATER)
	assert.equal(amounts(hours), [360, 360, 360])
	const quarters = attribute(kept, evenly(edgesOf('quarter', at('2026-05-04T02:00:00Z'), at('2026-05-04T03:00:00Z'), 'UTC'), 180), LATER)
	assert.equal(amounts(quarters), [[0], undefined, undefined, undefined])
	assert.equal(
		quarters.gaps.map(({ start, end, sum }) => [start, end, sum / UNIT]),
		[[at('2026-05-04T02:00:10Z'), at('2026-05-04T03:00:10Z'), 360]],
	)
})

test('gives hours of a meter that is read every 15 minutes at odd times, and says that its quarter-hours are not known', () => {
	const kept = keptOf(regular(at('2026-05-04T00:07:00Z'), 900, 30))
	const hours = attribute(kept, evenly(edgesOf('hour', at('2026-05-04T02:00:00Z'), at('2026-05-04T05:00:00Z'), 'UTC'), 600), LATER)
	assert.equal(amounts(hours), [360, 360, 360])
	const quarters = attribute(kept, evenly(edgesOf('quarter', at('2026-05-04T02:00:00Z'), at('2026-05-04T03:00:00Z'), 'UTC'), 180), LATER)
	assert.equal(amounts(quarters), [undefined, undefined, undefined, undefined])
	assert.is(quarters.gaps.length, 5)
})

test('makes no bar of values that are farther from its edges than they may be, at any pace', () => {
	let whole = 0
	for (let seed = 1; seed <= 20; seed++) {
		const next = random(seed)
		const pace = [60, 150, 300, 900, 3600, 86_400][seed % 6] as number
		const values: Value[] = []
		let [time, value] = [at('2026-03-20T00:00:00Z') + Math.floor(next() * pace), 0]
		for (let count = 0; count < 600; count++) {
			values.push({ time, value })
			const gap = next() < 0.02 ? pace * (2 + Math.floor(next() * 10)) : Math.ceil(pace * (0.8 + 0.4 * next()))
			time += gap
			value += Math.ceil(gap * next())
		}
		for (const [step, reach] of [
			['quarter', 180],
			['hour', 600],
			['day', 1800],
			['month', 43_200],
		] as const) {
			const times = edgesOf(step, values[0]?.time ?? 0, time, ZONE)
			// More quarter-hours than one answer has.
			if ((times.at(-1) ?? 0) < (values.at(-1)?.time ?? 0)) continue
			const parts = attribute(keptOf(values), evenly(times, reach), LATER)
			assert.is(total(parts), ((values.at(-1)?.value ?? 0) - (values[0]?.value ?? 0)) * UNIT)
			for (const bar of parts.sums.keys()) {
				if (parts.isCovered[bar] === 0 || parts.isBroken[bar] === 1) continue
				whole++
				const near = [times[bar], times[bar + 1]].map((edge = 0) =>
					values.filter((one) => Math.abs(one.time - edge) <= Math.max(60, reach)),
				)
				const isSaid = near[0]?.some((one) => near[1]?.some((other) => (other.value - one.value) * UNIT === parts.sums[bar]))
				assert.ok(isSaid, `pace ${pace}, ${step} ${bar}`)
			}
		}
	}
	assert.ok(whole > 2000, `${whole} whole bars`)
})

test('takes no outage for a pace: what was used over midnight meanwhile is a gap, and a day with an outage within is exact', () => {
	const isRead = (time: number) =>
		!(time > at('2026-05-04T23:50:00Z') && time < at('2026-05-05T00:20:00Z')) &&
		!(time > at('2026-05-05T06:00:00Z') && time < at('2026-05-05T18:00:00Z'))
	const values = regular(at('2026-05-04T00:00:00Z'), 10, 3 * 8640).filter(({ time }) => isRead(time))
	const parts = attribute(
		keptOf(values),
		evenly(edgesOf('day', at('2026-05-04T00:00:00Z'), at('2026-05-06T12:00:00Z'), 'UTC'), 1800),
		LATER,
	)
	assert.equal(amounts(parts), [[8580], [8520], [8639]])
	assert.equal(
		parts.gaps.map(({ start, end, sum }) => [start, end, sum / UNIT]),
		[[at('2026-05-04T23:50:00Z'), at('2026-05-05T00:20:00Z'), 180]],
	)
	const hours = attribute(
		keptOf(values),
		evenly(edgesOf('hour', at('2026-05-05T01:00:00Z'), at('2026-05-05T22:00:00Z'), 'UTC'), 600),
		LATER,
	)
	assert.is(amounts(hours).filter((amount) => amount === 360).length, 9)
	assert.is(hours.gaps.length, 1)
})

test('adds nothing up over the end of a run', () => {
	const counter = new Counter()
	const take = (id: string, time: string, value: number) =>
		counter.take({ id, reset: '', value, time: at(time), received: at(time), isOwnClock: true, isRestart: false })
	take('old', '2026-05-04T00:00:00Z', 5000)
	take('old', '2026-05-04T10:00:00Z', 5400)
	take('new', '2026-05-04T11:00:00Z', 7)
	take('new', '2026-05-05T00:00:00Z', 107)
	take('new', '2026-05-06T00:00:00Z', 307)
	const kept = keptBy(counter)
	const days = edgesOf('day', at('2026-05-04T00:00:00Z'), at('2026-05-06T00:00:00Z'), 'UTC')
	assert.equal(amounts(attribute(kept, evenly(days, 1800), LATER)), [[500], 200])
	const hours = attribute(kept, evenly(edgesOf('hour', at('2026-05-04T09:00:00Z'), at('2026-05-04T12:00:00Z'), 'UTC'), 600), LATER)
	assert.equal(amounts(hours), [undefined, undefined, undefined])
})

test.run()
