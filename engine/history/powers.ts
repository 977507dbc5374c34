import type { Reading } from '../../schema/types/reading.ts'
import { QUARTER } from './counter.ts'

/** The power (W, positive from the grid) of a minute or a quarter-hour that began at `start` (seconds since 1970): the sum, least and most of `count` readings. */
export type Powers = { start: number; sum: number; min: number; max: number; count: number }

/** Minutes that wait for the disk: a day. */
const MOST_WAITING = 1440
const MINUTE = 60

/** Gathers the power of one meter by minutes and by quarter-hours: what its readings say, for the eye. No energy is made of it. */
export class PowerLog {
	#feeds = false
	#minute: Powers | undefined
	#quarter: Powers | undefined
	/** Ended, and not on disk yet. */
	minutes: Powers[] = []
	quarters: Powers[] = []

	/** Goes on within a quarter-hour that an earlier process began. */
	constructor(quarter?: Powers) {
		this.#quarter = quarter
	}

	/** The minute and the quarter-hour that are not over yet. */
	get open(): { minute: Readonly<Powers> | undefined; quarter: Readonly<Powers> | undefined } {
		return { minute: this.#minute, quarter: this.#quarter }
	}

	/** Takes a reading's power at a time (seconds since 1970); one of a minute before the last one is left out. */
	take(reading: Reading, time: number): void {
		this.#feeds ||= reading.power_export !== undefined
		const power = netOf(reading, this.#feeds)
		if (power === undefined) return
		const minute = this.#minute
		if (minute && time < minute.start) return
		if (minute && time < minute.start + MINUTE) add(minute, power)
		else {
			if (minute) this.#end(minute)
			this.#minute = begun(time - (time % MINUTE), power)
		}
		const quarter = this.#quarter
		if (quarter && time >= quarter.start && time < quarter.start + QUARTER) add(quarter, power)
		else {
			if (quarter && quarter.start < time) this.quarters.push(quarter)
			if (this.quarters.length > MOST_WAITING) this.quarters.shift()
			this.#quarter = begun(time - (time % QUARTER), power)
		}
	}

	/** Ends the minute and the quarter-hour, as the process does. */
	end(): void {
		if (this.#minute) this.#end(this.#minute)
		this.#minute = undefined
	}

	/** Takes note that all is on disk. */
	saved(): void {
		this.minutes = []
		this.quarters = []
	}

	#end(minute: Powers): void {
		this.minutes.push(minute)
		if (this.minutes.length > MOST_WAITING) this.minutes.shift()
	}
}

/** Puts the minutes of the last quarter-hour together; undefined without one. */
export function quarterOf(minutes: readonly Powers[]): Powers | undefined {
	const last = minutes.at(-1)
	if (!last) return undefined
	const start = last.start - (last.start % QUARTER)
	const found = new Map<number, Powers>()
	for (const minute of minutes) if (minute.start >= start) join(found, { ...minute, start })
	return found.get(start)
}

const begun = (start: number, power: number): Powers => ({ start, sum: power, min: power, max: power, count: 1 })

function add(to: Powers, power: number): void {
	to.sum += power
	to.count++
	if (power < to.min) to.min = power
	if (power > to.max) to.max = power
}

/** Puts the powers of one time together. */
export function join(found: Map<number, Powers>, one: Powers): void {
	const known = found.get(one.start)
	if (!known) found.set(one.start, { ...one })
	else {
		const { start, sum, min, max, count } = one
		found.set(start, {
			start,
			sum: known.sum + sum,
			min: Math.min(known.min, min),
			max: Math.max(known.max, max),
			count: known.count + count,
		})
	}
}

/** Gives the power of a reading, positive from the grid. An import of 0 says nothing about a house that may feed in. */
function netOf({ power_net, power_import }: Reading, feeds: boolean): number | undefined {
	return power_net ?? (feeds && power_import === 0 ? undefined : power_import)
}
