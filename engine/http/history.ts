import type { Reading } from '../../schema/types/reading.ts'

/** The last hour of a meter, and where its counters stood. `points`: seconds since 1970 and watts, positive from the grid. */
export type Hour = { points: [number, number][]; today: Partial<Record<Counter, Baseline>> }

/** A counter (Wh) at its first telegram of a day; `time`: when that arrived, seconds since 1970. */
export type Baseline = { day: string; time: number; value: number }

const HOUR = 3600
/** Seconds between two points at least: 360 an hour are more than a phone's pixels. */
const STEP = 10
const COUNTERS = ['energy_import', 'energy_export'] as const
type Counter = (typeof COUNTERS)[number]

/** Keeps what the dashboard shows of the past: a town has many meters, so little is kept of each. */
export function history() {
	const meters = new Map<string, { times: number[]; powers: number[]; today: Hour['today']; feeds: boolean }>()

	return {
		/** Takes a reading; `timezone`: the meter's, for the day. */
		add(reading: Reading, timezone: string | undefined): void {
			const one = meters.get(reading.meter) ?? { times: [], powers: [], today: {}, feeds: false }
			meters.set(reading.meter, one)
			const time = Date.parse(reading.received) / 1000
			one.feeds ||= reading.power_export !== undefined
			const power = netOf(reading, one.feeds)
			// A clock that was set back: what lies behind it is not shown.
			if (time < (one.times.at(-1) ?? 0)) one.times.length = one.powers.length = 0
			if (power !== undefined && time - (one.times.at(-1) ?? 0) >= STEP) {
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
		/** Returns the last hour of each meter, by its name. */
		hours(): Record<string, Hour> {
			const hour = (times: number[], powers: number[]) => times.map((time, place): [number, number] => [time, powers[place] ?? 0])
			return Object.fromEntries([...meters].map(([name, { times, powers, today }]) => [name, { points: hour(times, powers), today }]))
		},
		/** Forgets all other meters. */
		keep(names: string[]): void {
			for (const name of [...meters.keys()]) if (!names.includes(name)) meters.delete(name)
		},
	}
}

/** The power of a reading, positive from the grid. What a house draws says nothing while it may feed in, unless it draws. */
function netOf({ power_net, power_import }: Reading, feeds: boolean): number | undefined {
	return power_net ?? (feeds && power_import === 0 ? undefined : power_import)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Returns the day in a zone, `2026-11-24`. Making a format is slow: there is one for each zone of the config. */
function dayOf(time: number, timezone: string | undefined): string {
	const key = timezone ?? ''
	const format = formats.get(key) ?? new Intl.DateTimeFormat('en-CA', timezone === undefined ? {} : { timeZone: timezone })
	formats.set(key, format)
	return format.format(time * 1000)
}
