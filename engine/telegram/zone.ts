import type { Clock } from './clock.ts'
import { DAY, pad, utcSecond } from './time-text.ts'

/**
 * The time as ISO 8601 with offset: the sent offset, else the timezone's (an IANA name); undefined when neither is known.
 * In the autumn hour that stands twice: what the daylight flag says, else what is nearer to `received` (ms since 1970).
 * In the spring hour that does not exist: standard time, as of a meter that keeps it all year.
 */
export function isoTime(clock: Clock, timezone: string | undefined, received: number): string | undefined {
	const offset = clock.offset ?? (timezone === undefined ? undefined : zoneOffset(clock, timezone, received))
	return offset === undefined ? undefined : clock.local + offsetText(offset)
}

/** Milliseconds since 1970 of an instant as ISO 8601 text with that timezone's offset, to the second; `Z` without a timezone. */
export function isoInstant(instant: number, timezone: string | undefined): string {
	const offset = timezone === undefined ? 0 : offsetAt(instant, timezone)
	return utcSecond(instant + offset * 60_000) + (timezone === undefined ? 'Z' : offsetText(offset))
}

/** Dates of a zone, and offsets, that are kept. */
const MANY = 64

/** Offsets of whole days, by zone and date; undefined of days on which, or next to which, the clocks change. */
const dayOffsets = new Map<string, Map<string, number | undefined>>()

/** Whether a time is the same instant whenever it arrives: no change of the clock is near. */
export function isSettled(clock: Clock, timezone: string | undefined): boolean {
	return clock.offset !== undefined || timezone === undefined || dayOffsetOf(clock.local, timezone) !== undefined
}

function zoneOffset(clock: Clock, timezone: string, received: number): number {
	return dayOffsetOf(clock.local, timezone) ?? changingOffset(clock, timezone, received)
}

/** The date and zone that were asked for last: one meter's telegrams are of one day. */
let last: { date: string; timezone: string; offset: number | undefined } = { date: '', timezone: '', offset: undefined }

/** The offset of a local time's whole day. */
function dayOffsetOf(local: string, timezone: string): number | undefined {
	if (timezone !== last.timezone || !local.startsWith(last.date)) {
		const date = local.slice(0, 10)
		last = { date, timezone, offset: offsetOfDate(date, timezone) }
	}
	return last.offset
}

function offsetOfDate(date: string, timezone: string): number | undefined {
	let days = dayOffsets.get(timezone)
	if (!days) {
		days = new Map()
		dayOffsets.set(timezone, days)
	}
	const known = days.get(date)
	if (known !== undefined || days.has(date)) return known
	const offset = dayOffset(Date.parse(`${date}T00:00:00Z`), timezone)
	if (days.size >= MANY) days.clear()
	days.set(date, offset)
	return offset
}

function dayOffset(start: number, timezone: string): number | undefined {
	const [first, ...others] = [-1, 0, 1, 2].map((days) => offsetAt(start + days * DAY, timezone))
	return others.every((offset) => offset === first) ? first : undefined
}

function changingOffset(clock: Clock, timezone: string, received: number): number {
	const wall = Date.parse(`${clock.local}Z`)
	const [before, behind] = [offsetAt(wall - DAY, timezone), offsetAt(wall + DAY, timezone)]
	// No change of the clock within a day.
	if (before === behind) return before
	const fitting = [before, behind].filter((offset) => offsetAt(wall - offset * 60_000, timezone) === offset)
	const [one, two] = fitting
	if (one === undefined) return Math.min(before, behind)
	if (two === undefined) return one
	if (clock.daylight !== undefined) return clock.daylight ? Math.max(one, two) : Math.min(one, two)
	const distance = (offset: number) => Math.abs(wall - offset * 60_000 - received)
	return distance(one) <= distance(two) ? one : two
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** Offsets by zone and quarter of an hour: zones change on such, and Intl takes 3.5 µs to tell (measured). */
const offsets = new Map<string, Map<number, number>>()
const QUARTER = 900_000
/** Quarters that are kept of a zone: two days are 192. */
const MANY_QUARTERS = 2048

/** Minutes east of UTC at an instant. */
function offsetAt(instant: number, timezone: string): number {
	const quarter = Math.floor(instant / QUARTER)
	let known = offsets.get(timezone)
	if (!known) {
		known = new Map()
		offsets.set(timezone, known)
	}
	const found = known.get(quarter)
	if (found !== undefined) return found
	const offset = intlOffset(quarter * QUARTER, timezone)
	if (known.size >= MANY_QUARTERS) known.clear()
	known.set(quarter, offset)
	return offset
}

function intlOffset(instant: number, timezone: string): number {
	let format = formats.get(timezone)
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
		formats.set(timezone, format)
	}
	const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
	const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)
	const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
	return match?.[1] === '-' ? -minutes : minutes
}

/** Offsets that were written before: a country has two. */
const offsetTexts = new Map<number, string>()

function offsetText(minutes: number): string {
	const known = offsetTexts.get(minutes)
	if (known !== undefined) return known
	const absolute = Math.abs(minutes)
	const text = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(absolute / 60))}:${pad(absolute % 60)}`
	if (offsetTexts.size < MANY) offsetTexts.set(minutes, text)
	return text
}
