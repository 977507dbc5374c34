import type { Powers as PowersAnswer } from '../../schema/types/api.ts'
import type { Known } from './attribute.ts'
import { timeTexts } from './calendar.ts'
import type { Counter } from './counter.ts'
import type { Disk } from './disk.ts'
import { Crossings } from './entries.ts'
import { join, type Powers } from './powers.ts'
import type { Counters } from './source.ts'
import { DAY, HOUR } from './store.ts'
import type { Track } from './track.ts'

/** The name of a sub-meter's series. */
const SUBMETER = /^submeters\.(.+)\.(volume|energy)$/

/** Names of series that are powers. */
export const POWERS = { minutes: HOUR, quarters: DAY } as const

/** Puts together what is known of a meter's counters between two times, and about one more before: on disk, and in memory where it is newer. */
export function countersOf(disk: Disk, meter: string, track: Track | undefined, from: number, to: number, also = from): Counters {
	const kept = disk.read((store) => [...store.seriesOf(meter).keys()], [])
	const known = (name: string) => knownOf(disk, meter, name, track?.counters.get(name), from, to, also)
	const counters: Counters = { channels: new Map() }
	for (const name of new Set([...kept, ...(track?.counters.keys() ?? [])])) {
		const [, channel, quantity] = SUBMETER.exec(name) ?? []
		if (name === 'energy_import') counters.import = known(name)
		else if (name === 'energy_export') counters.export = known(name)
		else if (channel !== undefined) {
			const found = known(name)
			if (found.runs.length > 0)
				counters.channels.set(channel, { ...counters.channels.get(channel), [quantity as 'volume' | 'energy']: found })
		}
	}
	if (counters.import?.runs.length === 0) counters.import = undefined
	if (counters.export?.runs.length === 0) counters.export = undefined
	return counters
}

function knownOf(disk: Disk, meter: string, name: string, counter: Counter | undefined, from: number, to: number, also: number): Known {
	const { runs, crossings } = disk.read((store) => store.counter(meter, name, from, to, also), undefined) ?? { runs: [], crossings: NONE }
	const fresh = counter?.unsaved()
	const newer = fresh?.runs ?? (counter?.run ? [counter.run] : [])
	const replaced = new Set([...newer, ...(fresh?.dropped ?? [])].map(({ start }) => start))
	return {
		runs: [...runs.filter(({ start }) => !replaced.has(start)), ...newer.filter(({ at, start }) => at >= also && start <= to)],
		crossings: fresh ? crossings.changed(fresh.undone, fresh.crossings) : crossings,
	}
}

const NONE = new Crossings(new ArrayBuffer(0), 0)

/** Gives when the first of a meter's counters that is kept begins (seconds since 1970): infinity where none is. */
export function earliestOf(disk: Disk, meter: string, track: Track | undefined): number {
	const inMemory = [...(track?.counters.values() ?? [])].flatMap((counter) => [...counter.ended, ...(counter.run ? [counter.run] : [])])
	return Math.min(
		disk.read((store) => store.earliest(meter), Number.POSITIVE_INFINITY),
		...inMemory.map(({ start }) => start),
	)
}

/** Gives the powers of a meter between two times, those that are not on disk yet among them. */
export function powersOf(
	disk: Disk,
	meter: string,
	track: Track | undefined,
	kind: keyof typeof POWERS,
	from: number,
	to: number,
	zone: string,
): PowersAnswer[] {
	const found = disk.read((store) => store.powers(meter, kind, from, to, POWERS[kind]), new Map<number, Powers>())
	const open = track?.powers.open
	for (const one of [...(track?.powers[kind] ?? []), open?.[kind === 'minutes' ? 'minute' : 'quarter']]) if (one) join(found, one)
	const textOf = timeTexts(from, to, zone)
	return [...found.values()]
		.filter(({ start }) => start >= from && start < to)
		.sort((one, other) => one.start - other.start)
		.map(({ start, sum, min, max, count }) => ({
			start: textOf(start),
			power: tenths(sum / count),
			min: tenths(min),
			max: tenths(max),
		}))
}

const tenths = (value: number) => Math.round(value * 10) / 10
