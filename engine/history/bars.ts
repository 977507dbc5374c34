import type { Bar, Gap } from '../../schema/types/api.ts'
import { attribute, type Edges, type Known, type Parts, UNIT } from './attribute.ts'
import { type BarStep, timeTexts } from './calendar.ts'
import { costOf } from './cost.ts'
import { QUARTER, SHARP } from './counter.ts'
import type { Source } from './source.ts'

/** Seconds that a reading may be away from the edges of bars, where the meter is usually read so seldom: a fifth of a quarter-hour, a sixth of an hour, half an hour, half a day. */
const REACH: Record<BarStep, number> = { quarter: 180, hour: 600, day: 1800, month: 43_200, year: 43_200 }
/** A counter that steps by more (Wh) tells no power of a quarter-hour: it would be off by 40 W for each 10 Wh. */
const COARSEST = 10

/** Bars, and the gaps over their edges. `currency`: of their costs. */
export type Bars = { bars: Bar[]; gaps: Gap[]; currency: string | undefined }

/**
 * Makes the bars between edges (seconds since 1970). Sums of bars and gaps are the difference of the counter. `complete`: import and export of the whole bar are
 * known and, where it has a cost, that of all of it; of the bar that goes on, as far as it has come. A sub-meter's part says for itself where it is not complete.
 * `isBrief`: without peaks and costs, for which all crossings between are needed; for the energy those about the edges are enough.
 */
export function barsOf(source: Source, step: BarStep, times: readonly number[], isBrief = false): Bars {
	const { counters, zone, now } = source
	const edges: Edges = { times, reach: new Uint32Array(times.length).fill(REACH[step]) }
	const partsOf = (known: Known | undefined) => known && attribute(known, edges, now)
	const [taken, given] = [partsOf(counters.import), partsOf(counters.export)]
	const channels = [...counters.channels].map(([channel, { volume, energy }]) => ({
		channel,
		volume: partsOf(volume),
		energy: partsOf(energy),
	}))
	const main = [taken, given].filter((parts) => parts !== undefined)
	// A meter that counts nothing itself, but for others.
	const telling = main.length > 0 ? main : channels.flatMap(({ volume, energy }) => [volume, energy].filter((parts) => parts !== undefined))
	const costs = costOf(isBrief ? { ...source, tariffs: [] } : source, edges, REACH.hour)
	const peaks = isBrief || step === 'quarter' ? undefined : peaksOf(counters.import, times)
	const textOf = timeTexts(times[0] ?? 0, times.at(-1) ?? 0, zone)
	const texts = times.map(textOf)
	const bars: Bar[] = []
	for (let at = 0; at < times.length - 1; at++) {
		const bar: Bar = { start: texts[at] ?? '', end: texts[at + 1] ?? '', complete: false }
		bar.complete = telling.length > 0 && telling.every((parts) => isWhole(parts, at)) && !costs.isPartial[at]
		set(bar, 'import', amountOf(taken, at))
		set(bar, 'export', amountOf(given, at))
		const found = Object.fromEntries(channels.flatMap(({ channel, volume, energy }) => channelEntry(channel, volume, energy, at)))
		if (Object.keys(found).length > 0) bar.channels = found
		const peak = peaks?.[at]
		if (peak) Object.assign(bar, { peak: peak.power, peakAt: textOf(peak.start) })
		set(bar, 'cost', costs.import[at])
		set(bar, 'revenue', costs.export[at])
		bars.push(bar)
	}
	return { bars, gaps: gapsOf(taken, given, channels, textOf), currency: costs.currency }
}

function set<Name extends 'import' | 'export' | 'cost' | 'revenue'>(bar: Bar, name: Name, value: number | undefined): void {
	if (value !== undefined) bar[name] = value
}

const isWhole = ({ isCovered, isBroken }: Parts, at: number) => isCovered[at] === 1 && isBroken[at] === 0

/** Gives a bar's part of a counter; undefined where nothing of it is known. */
const amountOf = (parts: Parts | undefined, at: number) => (parts?.isCovered[at] === 1 ? (parts.sums[at] ?? 0) / UNIT : undefined)

type Channel = NonNullable<Bar['channels']>[string]

function channelEntry(channel: string, volume: Parts | undefined, energy: Parts | undefined, at: number): [string, Channel][] {
	const entry: Channel = {}
	for (const [name, parts] of [
		['volume', volume],
		['energy', energy],
	] as const) {
		const value = amountOf(parts, at)
		if (!parts || value === undefined) continue
		entry[name] = value
		if (!isWhole(parts, at)) entry.complete = false
	}
	return Object.keys(entry).length > 0 ? [[channel, entry]] : []
}

/** The gaps of all counters; those of one time stand together. */
function gapsOf(
	taken: Parts | undefined,
	given: Parts | undefined,
	channels: { channel: string; volume?: Parts | undefined; energy?: Parts | undefined }[],
	textOf: (time: number) => string,
): Gap[] {
	const found = new Map<string, { start: number; gap: Gap }>()
	const collect = (parts: Parts | undefined, put: (gap: Gap, value: number) => void) => {
		for (const { start, end, sum } of parts?.gaps ?? []) {
			const one = found.get(`${start} ${end}`) ?? { start, gap: { start: textOf(start), end: textOf(end) } }
			found.set(`${start} ${end}`, one)
			put(one.gap, sum / UNIT)
		}
	}
	collect(taken, (gap, value) => {
		gap.import = (gap.import ?? 0) + value
	})
	collect(given, (gap, value) => {
		gap.export = (gap.export ?? 0) + value
	})
	for (const { channel, volume, energy } of channels)
		for (const [name, parts] of [
			['volume', volume],
			['energy', energy],
		] as const)
			collect(parts, (gap, value) => {
				gap.channels ??= {}
				gap.channels[channel] = { ...gap.channels[channel], [name]: value }
			})
	return [...found.values()].sort((one, other) => one.start - other.start).map(({ gap }) => gap)
}

/** The quarter-hour of each bar with the most energy from the grid, of those that are known to the minute at both ends and are over. */
function peaksOf(known: Known | undefined, times: readonly number[]): ({ power: number; start: number } | undefined)[] {
	const [from, to] = [times[0], times.at(-1)]
	if (!known || from === undefined || to === undefined || stepOf(known) > COARSEST) return []
	const quarters = Array.from({ length: Math.floor((to - from) / QUARTER) + 1 }, (_, at) => from + at * QUARTER)
	const parts = attribute(known, { times: quarters, reach: new Uint32Array(quarters.length).fill(SHARP) }, Number.POSITIVE_INFINITY)
	const peaks: ({ power: number; start: number } | undefined)[] = []
	let bar = 0
	for (const [at, start] of quarters.entries()) {
		while (start >= (times[bar + 1] ?? Number.POSITIVE_INFINITY)) bar++
		if (!isWhole(parts, at)) continue
		const power = ((parts.sums[at] ?? 0) / UNIT) * (3600 / QUARTER)
		if (power > (peaks[bar]?.power ?? -1)) peaks[bar] = { power, start }
	}
	return peaks
}

/** The power of ten (Wh) in which a counter steps, by all its values. */
function stepOf({ runs, crossings }: Known): number {
	let step = 1000
	const look = (value: number) => {
		while (step > 1 && value % step !== 0) step /= 10
	}
	for (const { first, last } of runs) for (const value of [first, last]) look(value)
	for (let place = 0; place < crossings.length && step > 1; place++) {
		look(crossings.from(place))
		look(crossings.to(place))
	}
	return step
}
