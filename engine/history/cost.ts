import { attribute, type Edges, type Known, UNIT } from './attribute.ts'
import { currencyOf, type Direction, type Price, pricesOf } from './prices.ts'
import type { Source } from './source.ts'

/** The cost and revenue of each bar; undefined where a part of it has no price. `isPartial`: a part of the energy is not known to be of one price. */
export type Costs = { import: (number | undefined)[]; export: (number | undefined)[]; isPartial: boolean[]; currency: string | undefined }

/** Digits of a cost behind the point. */
const DIGITS = 10_000

/**
 * Reckons cost and revenue of bars: the counter is parted where the price changes, so that what was used at one price is one difference. `reach`: seconds that
 * a reading may be away from a change of the price. A gap over one has no cost, and the bar's is not complete. All are of one currency: that of
 * the tariff that holds at the end.
 */
export function costOf(source: Source, edges: Edges, reach: number): Costs {
	const { meter, tariffs, zone, counters, now } = source
	const [from, to] = [edges.times[0], edges.times.at(-1)]
	const costs: Costs = { import: [], export: [], isPartial: [], currency: undefined }
	if (from === undefined || to === undefined || tariffs.length === 0) return costs
	costs.currency = currencyOf(tariffs, meter, Math.min(to - 1, now), zone)
	for (const direction of ['import', 'export'] as const) {
		const known = counters[direction]
		if (known) reckon(known, pricesOf(tariffs, meter, direction, from, to, zone), direction, edges, reach, now, costs)
	}
	if (costs.import.length === 0 && costs.export.length === 0) costs.currency = undefined
	return costs
}

function reckon(known: Known, prices: Price[], direction: Direction, edges: Edges, reach: number, now: number, costs: Costs): void {
	if (!prices.some(({ price, currency }) => price !== undefined && currency === costs.currency)) return
	const finer = withChanges(edges, prices, reach)
	const parts = attribute(known, finer, now)
	let [bar, change] = [0, 0]
	const sums: (number | undefined)[] = []
	const unpriced = new Set<number>()
	for (const [at, time] of finer.times.entries()) {
		while (time >= (edges.times[bar + 1] ?? Number.POSITIVE_INFINITY)) bar++
		while (time >= (prices[change + 1]?.from ?? Number.POSITIVE_INFINITY)) change++
		if (at === finer.times.length - 1) break
		const isUnknown = parts.isBroken[at] === 1 || parts.isCovered[at] !== 1
		const wh = (parts.sums[at] ?? 0) / UNIT
		const { price, currency } = prices[change] ?? {}
		const hasPrice = price !== undefined && currency === costs.currency
		if (hasPrice && isUnknown && time <= now) costs.isPartial[bar] = true
		if (hasPrice && parts.isCovered[at] === 1) sums[bar] = (sums[bar] ?? 0) + (wh / 1000) * price
		if (!hasPrice && wh !== 0) unpriced.add(bar)
	}
	costs[direction] = Array.from(sums, (sum, at) => (sum === undefined || unpriced.has(at) ? undefined : Math.round(sum * DIGITS) / DIGITS))
}

/** The edges of bars, and those at which the price changes. */
function withChanges({ times, reach }: Edges, prices: Price[], near: number): Edges {
	const found = new Map(times.map((time, at) => [time, reach[at] ?? 0]))
	const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0]
	for (const { from } of prices.slice(1)) if (from > first && from < last) found.set(from, Math.min(found.get(from) ?? near, near))
	const all = [...found].sort(([one], [other]) => one - other)
	return { times: all.map(([time]) => time), reach: all.map(([, near]) => near) }
}
