import type { Tariff, TariffWindow } from '../../schema/types/config.ts'
import { dateOf, offsetsIn } from './calendar.ts'
import { QUARTER } from './counter.ts'

/** A price per kWh from a time on (seconds since 1970), until the next one; undefined where no tariff says one. */
export type Price = { from: number; price: number | undefined; currency: string | undefined }
export type Direction = 'import' | 'export'

const DAY = 86_400
const DAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa']

/**
 * Lists the prices of a meter between two times, in order, each from when on: neighbours differ. The tariff for the meter with the latest
 * `from` that has come holds; of its windows that state this price, the first that fits. A window past midnight belongs to the day on which it begins.
 */
export function pricesOf(tariffs: readonly Tariff[], meter: string, direction: Direction, from: number, to: number, zone: string): Price[] {
	const ours = tariffs
		.filter(({ meters }) => meters === undefined || meters.includes(meter))
		.sort((one, other) => (one.from < other.from ? -1 : 1))
	const prices: Price[] = []
	if (ours.length === 0) return prices
	const rules = ours.map((tariff) => ({ tariff, begins: dayNumber(tariff.from), priceAt: priceAt(tariff, direction) }))
	const minutes = changesOf(ours)
	const put = (time: number, offset: number) => {
		const wall = time + offset
		const day = Math.floor(wall / DAY)
		const rule = rules.findLast(({ begins }) => begins <= day)
		const price = rule?.priceAt(day, Math.floor((wall - day * DAY) / 60))
		const currency = price === undefined ? undefined : rule?.tariff.currency
		const last = prices.at(-1)
		if (!last || last.price !== price || last.currency !== currency) prices.push({ from: time, price, currency })
	}
	const spans = offsetsIn(from - (from % QUARTER), to, zone)
	for (const [place, { from: start, offset }] of spans.entries()) {
		const end = spans[place + 1]?.from ?? to
		put(start, offset)
		for (let day = Math.floor((start + offset) / DAY); day * DAY - offset < end; day++)
			for (const minute of minutes) {
				const time = day * DAY + minute * 60 - offset
				if (time > start && time < end) put(time, offset)
			}
	}
	return prices
}

/** Lists the minutes of the day at which a price may change, in order. */
function changesOf(tariffs: readonly Tariff[]): number[] {
	const minutes = new Set([0])
	for (const { windows = [] } of tariffs)
		for (const { hours } of windows) {
			const { from, to } = hoursOf(hours)
			minutes.add(from).add(to % 1440)
		}
	return [...minutes].sort((one, other) => one - other)
}

/** Gives the currency of the tariff that holds for a meter at a time. */
export function currencyOf(tariffs: readonly Tariff[], meter: string, time: number, zone: string): string | undefined {
	const today = Date.UTC(...dateOf(time, zone)) / 1000 / DAY
	const ours = tariffs.filter(({ meters, from }) => (meters === undefined || meters.includes(meter)) && dayNumber(from) <= today)
	return ours.sort((one, other) => (one.from < other.from ? -1 : 1)).at(-1)?.currency
}

/** Makes the prices of one tariff: by the day since 1970, and the minute of the day. */
function priceAt(tariff: Tariff, direction: Direction): (day: number, minute: number) => number | undefined {
	const windows = (tariff.windows ?? []).filter((window) => window[direction] !== undefined).map(windowOf)
	const usual = tariff[direction]
	if (windows.length === 0) return () => usual
	return (day, minute) => windows.find(({ fits }) => fits(day, minute))?.window[direction] ?? usual
}

function windowOf(window: TariffWindow) {
	const { from, to } = hoursOf(window.hours)
	const days = window.days === undefined ? undefined : namesOf(window.days, DAYS)
	const months = window.months === undefined ? undefined : namesOf(window.months, MONTHS)
	const isDay = (day: number) => days?.[(day + 4) % 7] ?? true
	const isMonth = (day: number) => months === undefined || months[new Date(day * DAY * 1000).getUTCMonth()] === true
	const fits = (day: number, minute: number): boolean => {
		if (from < to) return minute >= from && minute < to && isDay(day) && isMonth(day)
		if (minute >= from) return isDay(day) && isMonth(day)
		return minute < to && isDay(day - 1) && isMonth(day - 1)
	}
	return { window, fits }
}

const MONTHS = Array.from({ length: 12 }, (_, month) => String(month + 1))

/** Reads `07:00-20:00` as minutes of the day. */
function hoursOf(hours = '00:00-24:00'): { from: number; to: number } {
	const [from = 0, to = 1440] = hours.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
	return { from, to: Math.min(to, 1440) }
}

/** Reads `mo-fr,su` or `10-3`: which of the names it has; from a later to an earlier one it goes round. */
function namesOf(text: string, names: string[]): boolean[] {
	const has = names.map(() => false)
	for (const part of text.split(',')) {
		const [first = '', last = first] = part.split('-')
		const [from, to] = [names.indexOf(first), names.indexOf(last)]
		for (let at = from; from >= 0 && to >= 0; at = (at + 1) % names.length) {
			has[at] = true
			if (at === to) break
		}
	}
	return has
}

const dayNumber = (date: string) => Math.floor(Date.parse(`${date}T00:00:00Z`) / 1000 / DAY)
