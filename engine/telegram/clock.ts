import { fromLatin1 } from '../bytes/hex.ts'

/** What a meter's clock showed. */
export type Clock = {
	/** `YYYY-MM-DDTHH:MM:SS`, local time; always a date that exists. */
	local: string
	/** Minutes east of UTC, where the meter sent it. */
	offset?: number
	/** Daylight saving time, where the meter said so: COSEM status bit 80, P1's `S` and `W`. */
	daylight?: boolean
	/** What the meter says of its own clock: COSEM status bits 01 and 02. */
	quality?: 'invalid' | 'doubtful'
}

/** A clock and whose it is; written out, since a copy that is added to takes V8 1 µs. */
export function sourced(
	{ local, offset, daylight, quality }: Clock,
	source: 'meter' | 'telegram',
): Clock & { source: 'meter' | 'telegram' } {
	const clock: Clock & { source: 'meter' | 'telegram' } = { local, source }
	if (offset !== undefined) clock.offset = offset
	if (daylight !== undefined) clock.daylight = daylight
	if (quality !== undefined) clock.quality = quality
	return clock
}

// YYYY MM DD dow | hh mm ss hundredths | deviation i16 | status      (DLMS Blue Book, 4.1.6.1)
// FF: not specified. Deviation: minutes from local time to UTC, 8000: not specified. Status: 01 invalid, 02 doubtful,
// 80 daylight saving, FF not specified.
/** Reads a COSEM date-time of the 12 octets from `from`; undefined when a part that is needed is not specified or the date does not exist. */
export function cosemClock(octets: Uint8Array, from = 0): Clock | undefined {
	if (octets.length < from + 12) return undefined
	const at = (place: number) => octets[from + place] as number
	const second = at(7)
	const local = localTime(at(0) * 256 + at(1), at(2), at(3), at(5), at(6), second === 0xff ? 0 : second)
	if (local === undefined) return undefined
	const minutes = at(9) * 256 + at(10)
	const deviation = minutes >= 0x8000 ? minutes - 0x10000 : minutes
	const status = at(11)
	const clock: Clock = { local }
	// −120 means UTC+2: UTC = local time + deviation (amsreader issue 809). Offsets beyond ±14 h are no offsets.
	if (deviation !== -0x8000 && Math.abs(deviation) <= 14 * 60) clock.offset = deviation === 0 ? 0 : -deviation
	if (status === 0xff) return clock
	// Only a set bit tells something: E450 and E570 that do not keep it send 00 in summer (ch-lg-e570-vse2026-idle).
	if (status & 0x80) clock.daylight = true
	if (status & 0x01) clock.quality = 'invalid'
	else if (status & 0x02) clock.quality = 'doubtful'
	return clock
}

// minute(0–5) invalid(7) | hour(0–4) century(5–6) summer(7) | day(0–4) year(5–7) | month(0–3) year(4–7)
/** Reads an M-Bus date and time of 4 bytes (EN 13757-3, annex A, type F); undefined when flagged invalid or no such date exists. */
export function mbusClock([minute = 0, hour = 0, day = 0, month = 0]: Uint8Array): Clock | undefined {
	const year = mbusYear(day, month)
	if (minute & 0x80 || year === undefined) return undefined
	// Old meters leave the century at 0: years up to 80 are of this one.
	const century = (hour & 0x60) >> 5
	const full = century === 0 && year <= 80 ? 2000 + year : 1900 + 100 * century + year
	const local = localTime(full, month & 0x0f, day & 0x1f, hour & 0x1f, minute & 0x3f, 0)
	return local === undefined ? undefined : { local, ...((hour & 0x80) !== 0 && { daylight: true }) }
}

// second(0–5) summer(6) | minute(0–5) invalid(7) | hour(0–4) | day(0–4) year(5–7) | month(0–3) year(4–7) | week
/** Reads an M-Bus date and time of 6 bytes (type I), refused as those of 4. */
export function mbusLongClock([second = 0, minute = 0, hour = 0, day = 0, month = 0]: Uint8Array): Clock | undefined {
	const year = mbusYear(day, month)
	if (minute & 0x80 || year === undefined) return undefined
	const local = localTime(2000 + year, month & 0x0f, day & 0x1f, hour & 0x1f, minute & 0x3f, second & 0x3f)
	return local === undefined ? undefined : { local, ...((second & 0x40) !== 0 && { daylight: true }) }
}

/** Reads an M-Bus date of 2 bytes (type G) as `YYYY-MM-DD`; undefined for a day that does not exist. */
export function mbusDate([day = 0, month = 0]: Uint8Array): string | undefined {
	const year = mbusYear(day, month)
	return year === undefined ? undefined : localTime((year > 80 ? 1900 : 2000) + year, month & 0x0f, day & 0x1f, 0, 0, 0)?.slice(0, 10)
}

/** Seven bits of two bytes; 127 stands for every year, 100 to 126 for none. */
function mbusYear(day: number, month: number): number | undefined {
	const year = ((day & 0xe0) >> 5) | ((month & 0xf0) >> 1)
	return year > 99 ? undefined : year
}

/** The clock at an instant (seconds since 1970), `offset` minutes east of UTC; undefined beyond the years 1990 to 2200. */
export function instantClock(seconds: number, offset: number): Clock | undefined {
	const instant = (seconds + 60 * offset) * 1000
	if (!(instant >= FIRST && instant < LAST)) return undefined
	return { local: utcSecond(instant), offset }
}

const [FIRST, LAST] = [Date.UTC(1990, 0, 1), Date.UTC(2201, 0, 1)]

/** Reads P1's `YYMMDDhhmmss` with `S` (summer), `W` (winter) or neither (DSMR 2.2, 3.0). */
export function p1Clock(text: string): Clock | undefined {
	return text.length === 12 || text.length === 13 ? p1ClockAt(fromLatin1(text), 0, text.length) : undefined
}

/** The same of the 12 or 13 characters at `at`. */
export function p1ClockAt(bytes: Uint8Array, at: number, length: number): Clock | undefined {
	const season = length === 12 ? 0 : (bytes[at + 12] as number)
	if (length !== 12 && season !== SUMMER && season !== WINTER) return undefined
	// What is no digit makes a part that is no number, and so no date.
	const [year, month, day] = [2000 + twoDigits(bytes, at), twoDigits(bytes, at + 2), twoDigits(bytes, at + 4)]
	const local = localTime(year, month, day, twoDigits(bytes, at + 6), twoDigits(bytes, at + 8), twoDigits(bytes, at + 10))
	if (local === undefined) return undefined
	return season === 0 ? { local } : { local, daylight: season === SUMMER }
}

const [SUMMER, WINTER] = [0x53, 0x57]

function twoDigits(bytes: Uint8Array, at: number): number {
	const [tens, ones] = [(bytes[at] as number) - 0x30, (bytes[at + 1] as number) - 0x30]
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN
}

/** Reads the time of an IEC 62056-21 value: `YYMMDDhhmm[ss]`, or `YY-MM-DD hh:mm[:ss]`, `YYYY-MM-DD&hh:mm:ss` and the like. */
export function iecTime(text: string): Clock | undefined {
	const match =
		/^(?:20)?(\d\d)[-.](\d\d)[-.](\d\d)[ &,](\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(text)
	if (!match) return undefined
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0))
	const local = localTime(2000 + year, month, day, hour, minute, second)
	return local === undefined ? undefined : { local }
}

/**
 * Reads date and time of IEC 62056-21, which stand in two registers: `24-03-21` or `240321`, `21:10:29` or `211029`. A digit before them tells
 * the season (annex A: 0 standard time, 1 summer time).
 */
export function iecClock(date: string, time: string): Clock | undefined {
	const [day, hour] = [date, time].map((text) => /^([01])?(\d\d)[-.:]?(\d\d)[-.:]?(\d\d)$/.exec(text))
	if (!day || !hour) return undefined
	const local = localTime(2000 + Number(day[2]), Number(day[3]), Number(day[4]), Number(hour[2]), Number(hour[3]), Number(hour[4]))
	return local === undefined ? undefined : { local, ...((day[1] === '1' || hour[1] === '1') && { daylight: true }) }
}

/** A local time as text, `2026-05-04T11:39:21` or with a space; fractions of a second are cut. Undefined for anything else. */
export function textClock(text: string): Clock | undefined {
	const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/.exec(text.trim())
	if (!match) return undefined
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0))
	const local = localTime(year, month, day, hour, minute, second)
	return local === undefined ? undefined : { local }
}

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
	if (days.size >= MANY_DATES) days.clear()
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
	if (offsetTexts.size < MANY_SECONDS) offsetTexts.set(minutes, text)
	return text
}

const DAY = 86_400_000
const YEAR_10000 = Date.UTC(10_000, 0, 1) / DAY
/** Dates that were asked for: today's, and those of recordings and clocks that are off. */
const dates = new Map<number, string>()
const MANY_DATES = 64

function dateText(day: number): string {
	const known = dates.get(day)
	if (known !== undefined) return known
	const text = new Date(day * DAY).toISOString().slice(0, 11)
	if (dates.size >= MANY_DATES) dates.clear()
	dates.set(day, text)
	return text
}

/** Milliseconds since 1970 as ISO 8601 text in UTC, `2026-05-04T09:39:22.412Z`: what Date gives, in an eighth of the time (measured). */
export function utcText(instant: number): string {
	const day = Math.floor(instant / DAY)
	// Other years have other lengths.
	if (!(day >= 0 && day < YEAR_10000)) return new Date(instant).toISOString()
	const second = Math.floor(instant / 1000)
	return secondText(second) + (FRACTIONS[Math.floor(instant - second * 1000)] as string)
}

/** The same to the second, without `Z`. */
function utcSecond(instant: number): string {
	return instant >= 0 && instant < YEAR_10000 * DAY ? secondText(Math.floor(instant / 1000)) : new Date(instant).toISOString().slice(0, 19)
}

/** `.000Z` to `.999Z` */
const FRACTIONS = Array.from({ length: 1000 }, (_, thousandths) => `.${String(thousandths).padStart(3, '0')}Z`)
/** Seconds that were asked for: a town's telegrams share this one, in UTC and in local time. */
const secondTexts = new Map<number, string>()
const MANY_SECONDS = 64

/** Seconds since 1970 as `2026-05-04T09:39:22`. */
function secondText(second: number): string {
	const known = secondTexts.get(second)
	if (known !== undefined) return known
	const day = Math.floor((second * 1000) / DAY)
	const rest = second - (day * DAY) / 1000
	const text = dateText(day) + timeText(rest)
	if (secondTexts.size >= MANY_SECONDS) secondTexts.clear()
	secondTexts.set(second, text)
	return text
}

/** The text of a local time, or undefined where no such date and time exist (year 0, month 13, 30 February, 24:00). */
function localTime(year: number, month: number, day: number, hour: number, minute: number, second: number): string | undefined {
	if (!(year >= 1990 && year <= 2200 && hour <= 23 && minute <= 59 && second <= 59)) return undefined
	if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) return undefined
	return dayText(year, month, day) + timeText(3600 * hour + 60 * minute + second)
}

/** Days and times of day that were written before: V8 takes 0.2 µs to put a time together, and a fifth to look it up (measured). */
const [days, times] = [new Map<number, string>(), new Map<number, string>()]
const MANY_TIMES = 1024

/** `2026-05-04T` */
function dayText(year: number, month: number, day: number): string {
	const key = (year * 16 + month) * 32 + day
	const known = days.get(key)
	if (known !== undefined) return known
	const text = `${year}-${pad(month)}-${pad(day)}T`
	if (days.size >= MANY_DATES) days.clear()
	days.set(key, text)
	return text
}

/** Seconds since midnight as `11:39:21`. */
function timeText(second: number): string {
	const known = times.get(second)
	if (known !== undefined) return known
	const text = `${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`
	if (times.size >= MANY_TIMES) times.clear()
	times.set(second, text)
	return text
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysOf(year: number, month: number): number {
	const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
	return (DAYS[month - 1] ?? 0) + (leap ? 1 : 0)
}

const PADDED = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const pad = (value: number) => PADDED[value] ?? String(value)
