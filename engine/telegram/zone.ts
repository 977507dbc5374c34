import { cached } from '../bytes/cached.ts'
import type { Clock } from './clock.ts'
import { DAY, pad, utcSecond } from './time-text.ts'

/**
 * Gives the time as ISO 8601 with offset: the sent offset, else the timezone's (an IANA name); undefined when neither is known. The season that P1
 * sends holds, whatever the date: `W` in July is normal time ("Svensk normaltid utan omställning till sommartid", Swedish HAN H1).
 * In the autumn hour that stands twice: what the daylight flag says, else what is nearer to `received` (ms since 1970).
 * In the spring hour that does not exist: standard time, as of a meter that keeps it all year.
 */
export function isoTime(clock: Clock, timezone: string | undefined, received: number): string | undefined {
	const offset = clock.offset ?? (timezone === undefined ? undefined : zoneOf(timezone).offsetOf(clock, received))
	return offset === undefined ? undefined : clock.local + offsetText(offset)
}

/** Writes milliseconds since 1970 as ISO 8601 text with that timezone's offset, to the second; `Z` without a timezone. */
export function isoInstant(instant: number, timezone: string | undefined): string {
	const offset = timezone === undefined ? 0 : zoneOf(timezone).offsetAt(instant)
	return utcSecond(instant + offset * 60_000) + (timezone === undefined ? 'Z' : offsetText(offset))
}

/** Zones change on a quarter of an hour. */
const QUARTER = 900_000

/** A timezone: minutes east of UTC. Intl takes microseconds to tell one. */
class Zone {
	readonly #format: Intl.DateTimeFormat
	readonly #atQuarter = cached(2048, (quarter: number) => this.#intlOffset(quarter * QUARTER))
	/** Offsets of whole days; undefined on or next to a day on which the clocks change. */
	readonly #ofDate = cached(64, (date: string) => this.#dayOffset(Date.parse(`${date}T00:00:00Z`)))

	readonly #ofYear = cached(16, (year: string) => {
		const offsets = [0, 6].map((month) => this.offsetAt(Date.UTC(Number(year), month, 1)))
		return { standard: Math.min(...offsets), summer: Math.max(...offsets) }
	})

	constructor(timezone: string) {
		this.#format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
	}

	/** The offset at an instant. */
	offsetAt(instant: number): number {
		return this.#atQuarter(Math.floor(instant / QUARTER))
	}

	/** The offset of a local time. */
	offsetOf(clock: Clock, received: number): number {
		if (clock.seasonal) return this.#ofSeason(clock)
		return this.#ofDate(clock.local.slice(0, 10)) ?? this.#changing(clock, received)
	}

	/** Standard or summer time of that year; the same where the zone knows no summer time. */
	#ofSeason({ local, daylight }: Clock): number {
		const { standard, summer } = this.#ofYear(local.slice(0, 4))
		return daylight ? summer : standard
	}

	#dayOffset(start: number): number | undefined {
		const [first, ...others] = [-1, 0, 1, 2].map((days) => this.offsetAt(start + days * DAY))
		return others.every((offset) => offset === first) ? first : undefined
	}

	#changing({ local, daylight }: Clock, received: number): number {
		const wall = Date.parse(`${local}Z`)
		const [before, behind] = [this.offsetAt(wall - DAY), this.offsetAt(wall + DAY)]
		// No change of the clock within a day.
		if (before === behind) return before
		const [one, two] = [before, behind].filter((offset) => this.offsetAt(wall - offset * 60_000) === offset)
		if (one === undefined) return Math.min(before, behind)
		if (two === undefined) return one
		if (daylight !== undefined) return daylight ? Math.max(one, two) : Math.min(one, two)
		const distance = (offset: number) => Math.abs(wall - offset * 60_000 - received)
		return distance(one) <= distance(two) ? one : two
	}

	#intlOffset(instant: number): number {
		const name = this.#format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
		const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)
		const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
		return match?.[1] === '-' ? -minutes : minutes
	}
}

const zoneOf = cached(64, (timezone: string) => new Zone(timezone))

const offsetText = cached(64, (minutes: number) => {
	const absolute = Math.abs(minutes)
	return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(absolute / 60))}:${pad(absolute % 60)}`
})

/** Gives the minutes that a timezone's clocks (IANA name) are ahead of UTC at an instant (ms since 1970). Throws a RangeError for an invalid name. */
export const offsetAt = (instant: number, timezone: string): number => zoneOf(timezone).offsetAt(instant)
