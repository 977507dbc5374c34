import { clock } from './live.ts'
import { type Language, language, say, sayIf } from './words/words.ts'

/** Between a number and its unit: they stay on one line. */
const SPACE = '\u00a0'

/** The language with the region that the browser names for it, or Switzerland's: numbers and dates follow the region. */
function locale(): string {
	const own = navigator.languages.find((tag) => tag.slice(0, 2) === language.value && tag.length > 3)
	return own ?? `${language.value}-CH`
}

/** Formats are slow to make: each is made once per language. At most 60 are kept. */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()
function formatOf<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: (locale: string) => Format): Format {
	const tag = locale()
	const name = `${tag} ${key}`
	const known = made.get(name)
	if (known) return known as Format
	if (made.size >= 60) made.clear()
	const format = make(tag)
	made.set(name, format)
	return format
}

/** Writes a number with a fixed count of decimals, so that its digits keep their places; the unit stays with it. */
export function number(value: number, decimals = 0, unit = ''): string {
	const format = formatOf(
		`n${decimals}`,
		(tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: 'always' }),
	)
	const text = format.format(Object.is(value, -0) || Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value).replace('-', '−')
	return unit === '' ? text : `${text}${SPACE}${unit}`
}

/** Writes a number with as many decimals as it has, three at most. */
export function plain(value: number, unit = ''): string {
	const format = formatOf('p', (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 3, useGrouping: 'always' }))
	return `${format.format(value).replace('-', '−')}${unit === '' ? '' : SPACE + unit}`
}

/** A power in its parts: W below 10 kW, kW above. `value` in W, its sign is left away. */
export function powerParts(value: number): { digits: string; unit: string } {
	const size = Math.abs(value)
	return size < 9999.5 ? { digits: number(size), unit: 'W' } : { digits: number(size / 1000, 2), unit: 'kW' }
}

/** Writes a power in W or kW, without its sign. */
export function power(value: number): string {
	const { digits, unit } = powerParts(value)
	return `${digits}${SPACE}${unit}`
}

/** Writes the peak of a quarter-hour as tariffs count it: kW with two places. `value` in W. */
export const peak = (value: number): string => number(value / 1000, 2, 'kW')

/** Writes a counter of Wh as kWh with three places. */
export const counter = (value: number): string => number(value / 1000, 3, 'kWh')

/** Writes an amount of energy (Wh) as people compare it: `12.3 kWh`, `1'204 kWh`, `0.04 kWh`. */
export function energy(value: number): string {
	const kilo = value / 1000
	return number(kilo, Math.abs(kilo) < 10 ? 2 : Math.abs(kilo) < 1000 ? 1 : 0, 'kWh')
}

/** Writes an amount of money. */
export function money(value: number, currency: string): string {
	const format = formatOf(`m${currency}`, (tag) => new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'code' }))
	return format.format(value).replace('-', '−')
}

/** Writes a share as percent. */
export const percent = (share: number): string => number(share * 100, 0, '%')

type DateStyle = 'time' | 'seconds' | 'day' | 'dayShort' | 'date' | 'month' | 'monthShort' | 'year' | 'weekday' | 'moment'
const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
	seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
	day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	dayShort: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
	date: { day: 'numeric', month: 'long', year: 'numeric' },
	month: { month: 'long', year: 'numeric' },
	monthShort: { month: 'short' },
	year: { year: 'numeric' },
	weekday: { weekday: 'short', day: 'numeric' },
	moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
}

/** Writes a time (ISO, ms or Date) in a style, by the time zone of the meter or the browser's. A text that is no time stays as it is. */
export function date(value: string | number | Date, style: DateStyle, timeZone?: string): string {
	const moment = new Date(value)
	if (Number.isNaN(moment.getTime())) return String(value)
	const format = formatOf(`d${style} ${timeZone}`, (tag) => new Intl.DateTimeFormat(tag, { ...STYLES[style], ...zoned(timeZone) }))
	return format.format(moment)
}

/** The zone as `Intl` wants it; one that this browser does not know is left away. */
function zoned(timeZone: string | undefined): { timeZone?: string } {
	if (timeZone === undefined) return {}
	try {
		new Intl.DateTimeFormat('en', { timeZone })
		return { timeZone }
	} catch {
		return {}
	}
}

/** Writes a time of today as hours and minutes, one of another day with its day. */
export function when(value: string | number, timeZone?: string): string {
	const sameDay = date(value, 'date', timeZone) === date(clock.value, 'date', timeZone)
	return date(value, sameDay ? 'time' : 'moment', timeZone)
}

const AGES: [limit: number, size: number, unit: string][] = [
	[120, 1, 's'],
	[120 * 60, 60, 'min'],
	[48 * 3600, 3600, 'h'],
	[Number.POSITIVE_INFINITY, 86_400, 'd'],
]
const DAYS: Record<Language, string> = { de: 'd', fr: 'j', it: 'g', en: 'd' }

/** Writes how long ago a time is, by the server's clock: `3 s ago`. Moves on each second. */
export function ago(value: string | number): string {
	const seconds = Math.max(0, Math.round((clock.value - new Date(value).getTime()) / 1000))
	if (seconds < 1) return say('now.just')
	return say('now.ago', { age: span(seconds) })
}

/** Writes a duration of so many seconds by its largest unit: `90 s`, `12 min`. */
export function span(seconds: number): string {
	const [, size, unit] = AGES.find(([limit]) => seconds < limit) ?? [0, 1, 's']
	return number(Math.floor(seconds / size), 0, unit === 'd' ? DAYS[language.value] : unit)
}

const QUANTITIES = [
	'reactive_power',
	'apparent_power',
	'reactive_energy',
	'apparent_energy',
	'power_factor',
	'phase_angle',
	'power',
	'energy',
	'voltage',
	'current',
	'frequency',
	'tariff',
]

/** Says a field's name in words: `reactive_power_import_l1` → “Reactive power drawn L1”; the label, where there are no words for it. */
export function fieldName(name: string, label?: string): string {
	const quantity = QUANTITIES.find((one) => name === one || name.startsWith(`${one}_`))
	if (quantity === undefined) return label ?? name
	const parts = name
		.slice(quantity.length + 1)
		.split('_')
		.filter(Boolean)
	const tail = parts.map((part) =>
		/^t\d+$/.test(part) ? say('part.tariff', { tariff: part.slice(1) }) : (sayIf(`part.${part}`) ?? part.toUpperCase()),
	)
	return [sayIf(`quantity.${quantity}`) ?? quantity, ...tail].join(' ')
}
