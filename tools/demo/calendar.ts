import { isoInstant, isoTime } from '../../engine/telegram/zone.ts'

/** The zone in which the simulated meters live. */
export const ZONE = 'Europe/Zurich'

const HOUR = 3_600_000

/** A day by the clocks on the wall: 23, 24 or 25 hours. Times are ms since 1970. `weekday`: 1 is Monday; `number`: counts the days. */
export type Day = { date: string; start: number; end: number; weekday: number; number: number; ofYear: number }

/** Gives the day to which the moments behind an instant belong: midnight begins a day. */
export function dayOf(instant: number): Day {
	const date = isoInstant(instant, ZONE).slice(0, 10)
	const noon = Date.parse(`${date}T12:00:00Z`)
	const next = new Date(noon + 24 * HOUR).toISOString().slice(0, 10)
	const number = Math.floor(noon / (24 * HOUR))
	return {
		date,
		start: localInstant(date, 0),
		end: localInstant(next, 0),
		weekday: new Date(noon).getUTCDay() || 7,
		number,
		ofYear: Math.floor((noon - Date.UTC(Number(date.slice(0, 4)), 0, 1)) / (24 * HOUR)),
	}
}

/** Gives the instant of an hour of a date by the clocks on the wall, hours with their fraction. */
export function localInstant(date: string, hour: number): number {
	const local = new Date(Date.parse(`${date}T00:00:00Z`) + Math.round(hour * 3600) * 1000).toISOString().slice(0, 19)
	return Date.parse(isoTime({ local }, ZONE, 0) ?? `${local}Z`)
}

/** The parts of the meter's clock at an instant. `offset`: minutes east of UTC. */
export type Wall = { local: string; offset: number; isSummer: boolean }

/** Gives what a clock on the wall shows. */
export function wallAt(instant: number): Wall {
	const text = isoInstant(instant, ZONE)
	const offset = (text[19] === '-' ? -1 : 1) * (60 * Number(text.slice(20, 22)) + Number(text.slice(23, 25)))
	return { local: text.slice(0, 19), offset, isSummer: offset > 60 }
}
