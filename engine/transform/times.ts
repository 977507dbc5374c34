import type { Reading } from '../../schema/types/reading.ts'
import type { Plain } from '../jsonata/expression.ts'
import { shown } from '../jsonata/sequence.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { instantOf } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import type { Issue } from './expect.ts'
import { parseTime } from './misfit.ts'
import type { Unproved } from './unproved.ts'

/** What times are read and judged by. */
export type TimesContext = {
	/** IANA name of the meter's zone. */
	timezone: string | undefined
	/** When the bytes arrived, ms since 1970. */
	received: number
	/** Milliseconds to add to every time that the meter gave: recordings that are shown as of today. */
	clockShift: number
	/** Whether the telegram arrived just now, so that the meter's clock can be compared with the time of arrival: recordings are of any time. */
	live: boolean
	/** The judge of a telegram whose tag cannot be checked. */
	unproved?: Unproved | undefined
}

/** The times of a reading. */
export type Times = Pick<Reading, 'time' | 'time_source' | 'meter_time' | 'time_quality'>

/** Whether an adapter sent it, not the meter itself. */
export const isAdapted = ({ application }: Telegram) => application === 'json' || application === 'value'

/** Gives the profile's `time`, else the meter's or the notification's clock, else when the bytes arrived. */
export function timeOf(telegram: Telegram, given: Plain | undefined, context: TimesContext, issues: Issue[]): Times {
	const { timezone, clockShift } = context
	const own = given === undefined ? undefined : parseTime(given)
	// An adapter's message has the adapter's time.
	const source = isAdapted(telegram) ? 'telegram' : 'meter'
	if (own !== undefined) return { time: isoInstant(own + clockShift, timezone), time_source: source }
	if (given !== undefined)
		issues.push({
			field: 'time',
			code: 'type',
			detail: `${shown(given)} is no time with an offset: $localTime reads one without`,
		})
	const decoded = telegram.clock && isoTime(telegram.clock, timezone, context.received)
	if (telegram.clock && decoded !== undefined) {
		const time = clockShift === 0 ? decoded : isoInstant(Date.parse(decoded) + clockShift, timezone)
		return { time, time_source: telegram.clock.source }
	}
	if (telegram.clock)
		issues.push({ field: 'time', code: 'timezone', detail: 'the meter sends local time, and the profile states no meter.timezone' })
	return { time: isoInstant(context.received, timezone), time_source: 'gateway' }
}

/**
 * Holds the meter's clock against the time of arrival: one that is too far off stands beside (`meter_time`); one that leaps, in a telegram that no tag
 * proves, is left out until a second one confirms it.
 */
export function heldAgainstArrival(
	times: Times,
	quality: Times['time_quality'],
	drift: number,
	{ live, received, timezone, unproved }: TimesContext,
	issues: Issue[],
): Times {
	if (times.time_source === 'gateway') return times
	const shown = quality ? { ...times, time_quality: quality } : times
	if (!live) return shown
	const time = instantOf(times.time)
	const off = time - received
	if (unproved && !unproved.believesTime(time, received, quality)) {
		const detail = `the meter's clock says ${times.time}, which does not follow from its times before, and no tag proves it: the time of arrival stands instead until a second telegram confirms it`
		issues.push({ field: 'time', code: 'clock', detail })
		return { time: isoInstant(received, timezone), time_source: 'gateway' }
	}
	if (Math.abs(off) <= drift) return shown
	const detail = `the meter's clock says ${times.time}, ${shownTime(Math.abs(off))} ${off > 0 ? 'after' : 'before'} the telegram arrived: the time of arrival stands instead ("time" in "expect" is the limit)`
	issues.push({ field: 'time', code: 'clock', detail })
	return { ...shown, time: isoInstant(received, timezone), time_source: 'gateway', meter_time: times.time }
}

const UNITS = [
	[86_400_000, 'days'],
	[3_600_000, 'hours'],
	[60_000, 'minutes'],
	[1000, 'seconds'],
] as const

/** Shows a length of time (ms) in its largest unit. */
function shownTime(time: number): string {
	const [size, unit] = UNITS.find(([least]) => time >= 2 * least) ?? UNITS[3]
	return `${Math.round(time / size)} ${unit}`
}
