import type { Bar, Powers, Sum } from '../api/types.ts'
import type { BarShape } from './amounts.ts'
import type { Curve } from './curve.ts'

/** A bar of several meters together, and the names of those that it lacks. */
export type HouseBar = BarShape & { without: string[] }

type Point = { time: number; power: number }

/**
 * Adds up the power of several meters. A meter that is read seldom keeps its power for up to `gap` seconds; at a time of which a meter knows nothing, the sum is of the others, and
 * `without` names it. Meters that tell no power at all have no part. `size`: seconds of one entry.
 */
export function houseCurve(meters: { name: string; gap: number; powers: Powers[] | undefined }[], size: number): Curve {
	const known = meters
		.map(({ name, gap, powers = [] }) => ({ name, gap: Math.max(gap, size * 2.5), points: pointsOf(powers), next: 0 }))
		.filter(({ points }) => points.length > 0)
	const times = [...new Set(known.flatMap(({ points }) => points.map(({ time }) => time)))].sort((one, other) => one - other)
	const without = new Map<number, string[]>()
	const curve: Curve = { times: [], powers: [], without }
	for (const time of times) {
		let sum = 0
		const lacking: string[] = []
		for (const one of known) {
			while ((one.points[one.next]?.time ?? Number.POSITIVE_INFINITY) <= time) one.next++
			const [last, next] = [one.points[one.next - 1], one.points[one.next]]
			const isKnown = last && (last.time === time || (next?.time ?? time) - last.time <= one.gap)
			if (isKnown && time - last.time <= one.gap) sum += last.power
			else lacking.push(one.name)
		}
		const [middle, before] = [time + size / 2, curve.times.at(-1)]
		if (before !== undefined && middle - before > size * 2.5) {
			curve.times.push(before + size / 2)
			curve.powers.push(null)
		}
		curve.times.push(middle)
		curve.powers.push(sum)
		if (lacking.length > 0) without.set(middle, lacking)
	}
	return curve
}

const pointsOf = (powers: Powers[]): Point[] =>
	powers
		.flatMap(({ start, power }) => (typeof power === 'number' ? [{ time: Date.parse(start) / 1000, power }] : []))
		.sort((one, other) => one.time - other.time)

/** Adds up bars of several meters, each with the names of the meters that know nothing of it. Those that know no bar at all have no part. */
export function houseBars(meters: { name: string; bars: Bar[] }[]): HouseBar[] {
	const known = meters.filter(({ bars }) => bars.length > 0)
	const found = new Map<number, HouseBar>()
	for (const { name, bars } of known)
		for (const { start, end, import: up, export: down } of bars) {
			const at = Date.parse(start)
			const without = known.map((one) => one.name)
			const bar = found.get(at) ?? { start: at, end: Date.parse(end), up: undefined, down: undefined, without }
			if (up !== undefined) bar.up = (bar.up ?? 0) + up
			if (down !== undefined) bar.down = (bar.down ?? 0) + down
			bar.without = bar.without.filter((one) => one !== name)
			found.set(at, bar)
		}
	return [...found.values()].sort((one, other) => one.start - other.start)
}

/**
 * Adds up the sums of several meters, and names those that know none. A direction that a meter does not count adds nothing; costs are added where all that have a sum have a cost in one
 * currency.
 */
export function houseSum(meters: { name: string; sum: Sum | undefined }[]): { sum: Sum | undefined; without: string[] } {
	const known = meters.flatMap(({ sum }) => (sum && (sum.energy_import !== undefined || sum.energy_export !== undefined) ? [sum] : []))
	const without = meters.filter(({ sum }) => sum === undefined || !known.includes(sum)).map(({ name }) => name)
	const [first] = known
	if (!first) return { sum: undefined, without }
	const sum: Sum = { from: first.from, complete: known.every(({ complete }) => complete) }
	for (const name of ['energy_import', 'energy_export'] as const) {
		const values = known.flatMap((one) => one[name] ?? [])
		if (values.length > 0) sum[name] = values.reduce((total, value) => total + value, 0)
	}
	const { currency } = first
	if (currency !== undefined && known.every((one) => one.currency === currency && one.cost !== undefined)) {
		sum.currency = currency
		for (const name of ['cost', 'revenue'] as const) {
			const values = known.flatMap((one) => one[name] ?? [])
			if (values.length > 0) sum[name] = values.reduce((total, value) => total + value, 0)
		}
	}
	return { sum, without }
}
