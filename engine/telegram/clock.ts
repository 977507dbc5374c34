import { localTime, utcSecond } from './time-text.ts'

/** The time on a meter's clock. */
export type Clock = {
	/** `YYYY-MM-DDTHH:MM:SS`, local time; always a date that exists. */
	local: string
	/** Minutes east of UTC, where the meter sent it. */
	offset?: number
	/** Daylight saving time, where the meter said so: COSEM status bit 80, P1's `S` and `W`. */
	daylight?: boolean
	/** `daylight` is always sent and tells the offset, whatever the date: P1's `S` and `W`. Swedish and Finnish meters send `W` in July. */
	seasonal?: true
	/** The meter's own verdict on its clock: COSEM status bits 01 and 02. */
	quality?: 'invalid' | 'doubtful'
}

/** Adds whose a clock is; written out, since V8 is slow to add to a copy. */
export function sourced(
	{ local, offset, daylight, seasonal, quality }: Clock,
	source: 'meter' | 'telegram',
): Clock & { source: 'meter' | 'telegram' } {
	const clock: Clock & { source: 'meter' | 'telegram' } = { local, source }
	if (offset !== undefined) clock.offset = offset
	if (daylight !== undefined) clock.daylight = daylight
	if (seasonal) clock.seasonal = true
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

/** Reads an M-Bus time of day of 3 bytes (type J) as `hh:mm:ss`; undefined for one that does not exist. */
export function mbusTime([second = 0, minute = 0, hour = 0]: Uint8Array): string | undefined {
	return localTime(2000, 1, 1, hour & 0x1f, minute & 0x3f, second & 0x3f)?.slice(11)
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
	const season = text[12]
	if (text.length !== 12 && (text.length !== 13 || (season !== 'S' && season !== 'W'))) return undefined
	// Anything but a digit makes NaN of a part, and no date.
	const at = (place: number) => twoDigits(text, place)
	const local = localTime(2000 + at(0), at(2), at(4), at(6), at(8), at(10))
	if (local === undefined) return undefined
	return season === undefined ? { local } : { local, daylight: season === 'S', seasonal: true }
}

function twoDigits(text: string, at: number): number {
	const [tens, ones] = [text.charCodeAt(at) - 0x30, text.charCodeAt(at + 1) - 0x30]
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN
}

/** Reads the time of an IEC 62056-21 value: `YYMMDDhhmm[ss]`, or `YY-MM-DD hh:mm[:ss]`, `YYYY-MM-DD&hh:mm:ss` and the like. */
export function iecTime(text: string): Clock | undefined {
	return (
		clockOf(/^(?:20)?(\d\d)[-.](\d\d)[-.](\d\d)[ &,](\d\d):(\d\d)(?::(\d\d))?$/.exec(text), 2000) ??
		clockOf(/^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(text), 2000)
	)
}

/**
 * Reads date and time of IEC 62056-21, which stand in two registers: `24-03-21` or `240321`, `21:10:29` or `211029`. A digit before them tells
 * the season (annex A: 0 standard time, 1 summer time).
 */
export function iecClock(date: string, time: string): Clock | undefined {
	// One text of both: each half is six digits behind the season's.
	const match = /^([01])?(\d\d)[-.:]?(\d\d)[-.:]?(\d\d) ([01])?(\d\d)[-.:]?(\d\d)[-.:]?(\d\d)$/.exec(`${date} ${time}`)
	const [, dateSeason, year = '', month = '', day = '', timeSeason, ...rest] = match ?? []
	const clock = clockOf(match && ['', year, month, day, ...rest], 2000)
	if (clock && (dateSeason === '1' || timeSeason === '1')) clock.daylight = true
	return clock
}

/** A local time as text, `2026-05-04T11:39:21` or with a space; fractions of a second are cut. Undefined for anything else. */
export function textClock(text: string): Clock | undefined {
	return clockOf(/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/.exec(text.trim()), 0)
}

/** The clock of year, month, day, hour, minute and second, as an expression found them; undefined where it did not, or no such time exists. */
function clockOf(match: RegExpExecArray | string[] | null, century: number): Clock | undefined {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? []).slice(1).map((part) => Number(part ?? 0))
	const local = match ? localTime(century + year, month, day, hour, minute, second) : undefined
	return local === undefined ? undefined : { local }
}
