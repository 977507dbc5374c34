import type { Step } from '../../schema/types/api.ts'
import { utcSecond } from '../telegram/time-text.ts'
import { isoInstant, offsetAt } from '../telegram/zone.ts'
import { QUARTER } from './counter.ts'

/** Steps of bars; minutes have powers, and no bars. */
export type BarStep = Exclude<Step, 'minute'>

const DAY = 86_400
/** Most edges of one answer: more than 400 days of quarter-hours. */
const MOST_EDGES = 40_000
/** Seconds that a step has at least. */
const LEAST: Record<Step, number> = {
	minute: 60,
	quarter: QUARTER,
	hour: 3600,
	day: 82_800,
	month: 28 * DAY - 3600,
	year: 365 * DAY - 3600,
}

/**
 * Lists the edges (seconds since 1970) of all bars of a step that have a part between two times, by the clocks of a zone: a day on which these change has 92 or
 * 100 quarter-hours.
 */
export function edgesOf(step: BarStep, from: number, to: number, zone: string): number[] {
	const edges: number[] = []
	const [year, month, day] = dateOf(from, zone)
	const startOf = {
		quarter: (count: number) => midnight(year, month, day + count, zone),
		hour: (count: number) => midnight(year, month, day + count, zone),
		day: (count: number) => midnight(year, month, day + count, zone),
		month: (count: number) => midnight(year, month + count, 1, zone),
		year: (count: number) => midnight(year + count, 0, 1, zone),
	}[step]
	const size = step === 'quarter' || step === 'hour' ? LEAST[step] : Number.POSITIVE_INFINITY
	for (let count = 0; edges.length < MOST_EDGES; count++) {
		const [start, end] = [startOf(count), startOf(count + 1)]
		for (let edge = start; edge < end && edge < start + MOST_EDGES * size; edge += size) {
			if (edge + Math.min(size, end - edge) <= from) continue
			edges.push(edge)
			if (edge >= to) return edges
			if (size === Number.POSITIVE_INFINITY) break
		}
	}
	return edges
}

/** Gives when a day begins in a zone (seconds since 1970): its first moment, where the clocks jump over midnight. */
export function midnight(year: number, month: number, day: number, zone: string): number {
	const wall = Date.UTC(year, month, day) / 1000
	const [before, behind] = [offset(wall - DAY, zone), offset(wall + DAY, zone)]
	const [first] = [wall - before, wall - behind]
		.filter((instant) => instant + offset(instant, zone) === wall)
		.sort((one, other) => one - other)
	return first ?? wall - before
}

/** Gives the year, the month (from 0) and the day of a moment in a zone. */
export function dateOf(instant: number, zone: string): [year: number, month: number, day: number] {
	const date = new Date((instant + offset(instant, zone)) * 1000)
	return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
}

/**
 * Lists what a zone's clocks are ahead of UTC between two times, in seconds, each from when on: two or three spans a year. The changes are found to the
 * quarter-hour: there they are.
 */
export function offsetsIn(from: number, to: number, zone: string): { from: number; offset: number }[] {
	const spans = [{ from, offset: offset(from, zone) }]
	// At midnight in UTC: the same moments are asked for again and again, and are remembered.
	for (let day = from; day < to; day = (Math.floor(day / DAY) + 1) * DAY) {
		const end = Math.min((Math.floor(day / DAY) + 1) * DAY, to)
		const last = spans.at(-1)?.offset ?? 0
		if (offset(end, zone) === last) continue
		let [low, high] = [Math.floor(day / QUARTER), Math.ceil(end / QUARTER)]
		while (high - low > 1) {
			const middle = (low + high) >> 1
			if (offset(middle * QUARTER, zone) === last) low = middle
			else high = middle
		}
		spans.push({ from: high * QUARTER, offset: offset(high * QUARTER, zone) })
	}
	return spans
}

/** Texts that are cheaper one by one. */
const FEW = 20

/** Makes a function that writes the times between two others (seconds since 1970) as ISO 8601 text with the offset of a zone: thousands of them, one after the other. */
export function timeTexts(from: number, to: number, zone: string): (time: number) => string {
	let spans: { from: number; offset: number; text: string }[] = []
	let [place, count] = [0, 0]
	return (time) => {
		if (time < from || time > to || ++count <= FEW) return isoInstant(time * 1000, zone)
		if (spans.length === 0)
			spans = offsetsIn(from, to, zone).map((span) => ({ ...span, text: isoInstant(span.from * 1000, zone).slice(19) }))
		while (place > 0 && (spans[place]?.from ?? 0) > time) place--
		while ((spans[place + 1]?.from ?? Number.POSITIVE_INFINITY) <= time) place++
		const { offset = 0, text = 'Z' } = spans[place] ?? {}
		return utcSecond((time + offset) * 1000) + text
	}
}

const offset = (instant: number, zone: string) => offsetAt(instant * 1000, zone) * 60
