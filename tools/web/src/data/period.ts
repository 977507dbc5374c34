import { date } from '../format.ts'
import { local, midnight } from './zone.ts'

export type Kind = 'day' | 'month' | 'year'
/** A day, month or year by a meter's clock: `from` and `to` in ms, `name` as in the address: `2026-11-28`, `2026-11`, `2026`. */
export type Period = { kind: Kind; name: string; from: number; to: number; timeZone: string | undefined }

/** Gives the period of a kind that holds a time (ms). */
export function periodAt(kind: Kind, time: number, timeZone: string | undefined): Period {
	const [year, month, day] = local(time, timeZone)
	return make(kind, year, month, day, timeZone)
}

/** Gives the period of an address; undefined for an invalid name. */
export function periodNamed(kind: Kind, name: string, timeZone: string | undefined): Period | undefined {
	const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(name) ?? []
	return year === undefined ? undefined : make(kind, Number(year), Number(month), Number(day), timeZone)
}

function make(kind: Kind, year: number, month: number, day: number, timeZone: string | undefined): Period {
	const two = (value: number) => String(value).padStart(2, '0')
	if (kind === 'year')
		return { kind, name: String(year), from: midnight(year, 1, 1, timeZone), to: midnight(year + 1, 1, 1, timeZone), timeZone }
	if (kind === 'month')
		return {
			kind,
			name: `${year}-${two(month)}`,
			from: midnight(year, month, 1, timeZone),
			to: midnight(year, month + 1, 1, timeZone),
			timeZone,
		}
	const [from, to] = [midnight(year, month, day, timeZone), midnight(year, month, day + 1, timeZone)]
	return { kind, name: `${year}-${two(month)}-${two(day)}`, from, to, timeZone }
}

/** Gives the period before (-1) or after. */
export const beside = ({ kind, from, to, timeZone }: Period, step: -1 | 1): Period => periodAt(kind, step < 0 ? from - 1 : to, timeZone)

/** Says a period; `narrow`: for a phone. */
export const periodName = ({ kind, from, timeZone }: Period, narrow = false): string =>
	date(from, kind === 'day' ? (narrow ? 'dayShort' : 'day') : kind === 'month' ? 'month' : 'year', timeZone)

/** A month's short name, without the point that some languages put behind it. */
export const monthOf = (time: number, timeZone: string | undefined): string => date(time, 'monthShort', timeZone).replace(/\.$/, '')

/** Gives where the ticks of its axis stand, and what they say; `narrow`: for a phone. */
export function ticksOf({ kind, from, to, timeZone }: Period, narrow: boolean): { at: number; text: string }[] {
	const ticks: { at: number; text: string }[] = []
	if (kind === 'day') {
		for (let hour = 0; hour <= 24; hour += narrow ? 6 : 3) {
			const at = from + hour * 3_600_000
			const [, , , ms] = local(at, timeZone)
			// On the day the clocks change the hours after it are not where they were.
			const right = at + hour * 3_600_000 - ms
			const time = hour === 0 || hour === 24 ? at : right
			if (time > from && time < to) ticks.push({ at: time, text: date(time, 'time', timeZone) })
		}
		return ticks
	}
	const inside = kind === 'month' ? 'day' : 'month'
	for (let one = periodAt(inside, from, timeZone); one.from < to; one = beside(one, 1)) {
		const [, , day] = local(one.from, timeZone)
		const middle = (one.from + one.to) / 2
		if (inside === 'month') ticks.push({ at: middle, text: narrow ? monthOf(one.from, timeZone).slice(0, 1) : monthOf(one.from, timeZone) })
		else if (!narrow || day % 5 === 0 || day === 1) ticks.push({ at: middle, text: String(day) })
	}
	return ticks
}
