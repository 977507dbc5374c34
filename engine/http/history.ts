import type { Reading } from '../../schema/types/reading.ts'

/** The last hour of a meter, and where its counters stood. `points`: seconds since 1970 and watts, positive from the grid. */
export type Hour = { points: [number, number][]; today: Partial<Record<Counter, Baseline>> }

/** A counter (Wh) at its first telegram of a day; `time`: when that arrived, seconds since 1970. */
export type Baseline = { day: string; time: number; value: number }

/** Keeps what the dashboard shows of the past: a town has many meters, so little is kept of each. */
export type History = {
	/** Takes a reading; `timezone`: the meter's, for the day. */
	add(reading: Reading, timezone: string | undefined): void
	/** Returns the last hour of each meter, by its name. */
	hours(): Record<string, Hour>
	/** Forgets all other meters. */
	keep(meters: string[]): void
}

const HOUR = 3600
/** Seconds between two points at least: 360 an hour are more than a phone's pixels. */
const STEP = 10
const COUNTERS = ['energy_import', 'energy_export'] as const
type Counter = (typeof COUNTERS)[number]

/** Makes a history that knows no meter yet. */
export function history(): History {
	const meters = new Map<string, { times: number[]; powers: number[]; today: Hour['today'] }>()

	return {
		add(reading, timezone) {
			const one = meters.get(reading.meter) ?? { times: [], powers: [], today: {} }
			meters.set(reading.meter, one)
			const time = Date.parse(reading.received) / 1000
			const power = reading.power_net ?? reading.power_import
			const due = time - (one.times.at(-1) ?? 0) >= STEP
			if (power !== undefined && due) {
				const old = one.times.findIndex((value) => value > time - HOUR)
				one.times.splice(0, old === -1 ? one.times.length : old)
				one.powers.splice(0, one.powers.length - one.times.length)
				one.times.push(time)
				one.powers.push(power)
			}
			const day = dayOf(time, timezone)
			for (const name of COUNTERS) {
				const value = reading[name]
				const before = one.today[name]
				// A counter that fell starts over.
				if (value !== undefined && (before?.day !== day || value < before.value)) one.today[name] = { day, time, value }
			}
		},
		hours: () =>
			Object.fromEntries(
				[...meters].map(([name, { times, powers, today }]) => [
					name,
					{ points: times.map((time, place) => [time, powers[place] ?? 0]), today },
				]),
			),
		keep(names) {
			for (const name of [...meters.keys()]) if (!names.includes(name)) meters.delete(name)
		},
	}
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Returns the day in a zone, `2026-11-24`. Making a format is slow: there is one for each zone of the config. */
function dayOf(time: number, timezone: string | undefined): string {
	const key = timezone ?? ''
	const format = formats.get(key) ?? new Intl.DateTimeFormat('en-CA', timezone === undefined ? {} : { timeZone: timezone })
	formats.set(key, format)
	return format.format(time * 1000)
}
