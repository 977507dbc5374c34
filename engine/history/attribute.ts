import { QUARTER, type Run, SHARP } from './counter.ts'
import type { Crossings } from './entries.ts'

/** Energies are added up as whole millionths: so a sum has no rest. */
export const UNIT = 1_000_000
/** Part of the usual gap that a reading may be away from an edge: half of it is, at the most, where readings come as usual. */
const NEAR = 0.75

/** The known past of a counter: its runs, and its crossings, in the order of their times. */
export type Known = { runs: readonly Readonly<Run>[]; crossings: Crossings }

/**
 * Edges of bars (seconds since 1970, rising, multiples of a quarter-hour), and how far a reading may be from each at the most, where the meter is usually read so
 * seldom. Closer than a minute it always counts.
 */
export type Edges = { times: readonly number[]; reach: ArrayLike<number> }

/**
 * The part of a counter in each bar. `sums`: in millionths; `isCovered`: something of the bar is known; `isBroken`: something of it is not. `gaps`: energy over
 * an edge at which the counter is not known.
 */
export type Parts = { sums: Float64Array; isCovered: Uint8Array; isBroken: Uint8Array; gaps: { start: number; end: number; sum: number }[] }

/**
 * Gives each bar its part of a counter. Every rise of the counter goes to exactly one bar, or to a gap:
 *
 * - what rose between two edges, to the bar between them;
 * - what rose over one edge or several (a crossing): at an edge, the counter is what the nearer of both readings says, if that is within a minute of it or, where the
 *   meter is usually read so seldom, within 3/4 of its usual gap and the reach of the edge. If this holds for all edges between, the rise
 *   belongs to the one bar that lies between both values; else it is a gap, and the bars it touches are incomplete. A counter that stood still is known throughout;
 * - what rose while a clock showed hours twice, to the bar that has them all, else to a gap;
 * - nothing to what lies between two runs, before the first and behind the last. The bar in which a run begins or ends is incomplete, unless that is its edge. `now`
 *   (seconds since 1970): the bar that goes on is complete as far as it has come, while readings come as usual.
 */
export function attribute({ runs, crossings }: Known, edges: Edges, now: number): Parts {
	const bars = new Bars(edges)
	const [low, high] = [edges.times[0] ?? 0, edges.times.at(-1) ?? 0]
	const first = firstFrom(crossings, low)
	let place = first
	for (const [number, run] of runs.entries()) {
		bars.begin(run.start)
		while (place < crossings.length && crossings.next(place) <= run.start) place++
		// Before the first one that has a part in the bars lie others of this run: what rose between them lies before the bars.
		let isKnown = !(place === first && first > 0 && crossings.next(first - 1) > run.start)
		let [time, value] = [run.start, run.first]
		for (; place < crossings.length; place++) {
			const [at, next, from, to] = [crossings.at(place), crossings.next(place), crossings.from(place), crossings.to(place)]
			if (next > run.at || time > high) break
			// One that contradicts what is before it does not count; what it had shows as a gap.
			if (isKnown && (at < time || from < value)) continue
			if (isKnown) bars.stretch(time, at, value, from)
			bars.cross(crossings.since(place), at, next, rise(from, to), crossings.usual(place))
			time = next
			value = to
			isKnown = true
		}
		if (isKnown && time <= high) bars.stretch(time, run.at, value, run.last)
		const isLast = number === runs.length - 1
		bars.end(run.at, isLast && now - run.at <= Math.max(3 * SHARP, 2 * run.usual) ? now : undefined)
	}
	return bars.parts
}

/** The place of the first crossing that ends at a time or later. */
function firstFrom(crossings: Crossings, time: number): number {
	let [low, high] = [0, crossings.length]
	while (low < high) {
		const middle = (low + high) >> 1
		if (crossings.next(middle) < time) low = middle + 1
		else high = middle
	}
	return low
}

class Bars {
	readonly parts: Parts
	readonly #times: readonly number[]
	readonly #reach: ArrayLike<number>
	/** The bar that was found last. */
	#last = 0

	constructor({ times, reach }: Edges) {
		const count = Math.max(0, times.length - 1)
		this.#times = times
		this.#reach = reach
		this.parts = { sums: new Float64Array(count), isCovered: new Uint8Array(count), isBroken: new Uint8Array(count), gaps: [] }
	}

	/** A run begins: what was before is not known. */
	begin(start: number): void {
		const bar = this.#barOf(start)
		if (this.#times[bar] !== start) this.#break(bar, bar)
	}

	/** A run ends; `now` where it goes on. */
	end(at: number, now: number | undefined): void {
		const bar = this.#barOf(at)
		const isOpen = now !== undefined && now < (this.#times[bar + 1] ?? 0)
		if (!isOpen && this.#times[bar] !== at) this.#break(bar, bar)
	}

	/** Two values with all crossings between them known: none. Where there are edges nevertheless, those are lost. */
	stretch(start: number, end: number, from: number, to: number): void {
		if (Math.floor(end / QUARTER) > Math.floor(start / QUARTER)) {
			this.cross(start, start, end, rise(from, to), 0)
			return
		}
		const bar = this.#barOf(start)
		// A run whose end lies below its crossings is damaged.
		if (to < from) {
			this.#break(bar, bar)
			return
		}
		this.#add(bar, rise(from, to))
		if (end > start) this.#cover(bar, bar)
	}

	/** A rise over edges, or over hours that a clock showed twice. */
	cross(since: number, at: number, next: number, sum: number, usual: number): void {
		const [first, last] = [this.#barOf(since), this.#barOf(next)]
		const end = this.#times[last] === next ? last - 1 : last
		if (sum === 0) {
			this.#cover(first, end)
			return
		}
		// Edges `first + 1` to `last` lie between: at the first ones the counter is `from`, at the last ones `to`.
		let [low, high] = [first + 1, last]
		while (low <= high && this.#sideOf(low, since, at, next, usual) === 'from') low++
		while (high >= low && this.#sideOf(high, since, at, next, usual) === 'to') high--
		if (low > high) {
			this.#add(low - 1, sum)
			this.#cover(first, end)
			return
		}
		this.#cover(first, low - 2)
		this.#cover(high + 1, end)
		this.#break(low - 1, high)
		const isWithin = since < (this.#times.at(-1) ?? 0) && next > (this.#times[0] ?? 0)
		if (isWithin) this.parts.gaps.push({ start: since, end: next, sum })
	}

	/** Which value of a crossing counts at an edge; none where both are too far away. */
	#sideOf(edge: number, since: number, at: number, next: number, usual: number): 'from' | 'to' | undefined {
		const time = this.#times[edge] as number
		if (time === next) return 'to'
		if (since < at) return undefined
		const [before, behind] = [time - at, next - time]
		const near = Math.min(before, behind)
		if (near > SHARP && near > Math.min(NEAR * usual, this.#reach[edge] ?? 0)) return undefined
		return before <= behind ? 'from' : 'to'
	}

	/** The bar that a time is in: its beginning belongs to it. -1 before all, one too many behind them. */
	#barOf(time: number): number {
		const times = this.#times
		// They come in their order: it is the last one, or the one behind it.
		for (let bar = this.#last; bar < this.#last + 2; bar++)
			if ((times[bar] ?? Number.POSITIVE_INFINITY) <= time && time < (times[bar + 1] ?? Number.NEGATIVE_INFINITY)) {
				this.#last = bar
				return bar
			}
		let [low, high] = [0, times.length]
		while (low < high) {
			const middle = (low + high) >> 1
			if ((times[middle] as number) <= time) low = middle + 1
			else high = middle
		}
		this.#last = Math.max(low - 1, 0)
		return low - 1
	}

	#add(bar: number, sum: number): void {
		const { sums } = this.parts
		if (bar >= 0 && bar < sums.length) sums[bar] = (sums[bar] as number) + sum
	}

	#cover(first: number, last: number): void {
		if (first === last) {
			if (first >= 0 && first < this.parts.isCovered.length) this.parts.isCovered[first] = 1
			return
		}
		this.parts.isCovered.fill(1, Math.max(first, 0), Math.max(last + 1, 0))
	}

	#break(first: number, last: number): void {
		this.parts.isBroken.fill(1, Math.max(first, 0), Math.max(last + 1, 0))
	}
}

const rise = (from: number, to: number) => Math.round(to * UNIT) - Math.round(from * UNIT)
