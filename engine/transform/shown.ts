import { scaled } from '../telegram/number.ts'
import type { Register, Value } from '../telegram/register.ts'
import type { Submeter } from '../telegram/submeter.ts'
import { isoTime } from '../telegram/zone.ts'

/** A register's value as expressions see it. */
export type Shown = number | string | boolean | string[]

/** The context of a view, besides the telegram. */
export type ScopeContext = {
	/** IANA name of the meter's zone. */
	timezone: string | undefined
	/** When the bytes arrived, ms since 1970. */
	received: number
	/** Named levels of the MQTT topic. */
	topic: Record<string, string>
	/** Which channel B a short code means: `decoder.channel`. */
	channel: Record<string, number>
}

/** Whether a number has a unit that its code cannot have. Joules stand under the same codes as watt-hours, and an expression sees a bare number. */
export function hasWrongUnit({ unit, code }: Register): boolean {
	if (unit === undefined) return false
	return unit === 'J' || unit === 'J/h' || (code.unit !== undefined && code.unit !== unit)
}

/** Says which unit a number has that its code cannot have; undefined for one that it can. */
export function contradicts(register: Register): { code: string; detail: string } | undefined {
	if (!register.isNumber || !hasWrongUnit(register)) return undefined
	const { unit = '', code } = register
	if (unit === 'J' || unit === 'J/h')
		return {
			code: 'unit',
			detail: `${code.text} is sent in joules, where Wh or W is meant: submeters and records have it with its unit`,
		}
	const sent = unit === '' ? 'no unit' : `the unit ${unit.slice(0, 20)}`
	return { code: 'unit', detail: `${code.text} is sent with ${sent}, where ${code.unit || 'none'} belongs` }
}

/** Says why an unscaled number is kept from expressions. */
export const unscaled = (key: string) => ({
	code: 'unscaled',
	detail: `the meter sends no scaler or unit for ${key}: state them in decoder.registers`,
})

/** Gives a value as expressions see it; undefined for what is empty or unscaled. */
export function shownValue(value: Value, context: ScopeContext): Shown | undefined {
	switch (value.kind) {
		case 'number':
			return value.scaler === undefined ? undefined : scaled(value)
		case 'text':
			return value.text
		case 'boolean':
			return value.value
		case 'clock':
			return isoTime(value.clock, context.timezone, context.received) ?? value.clock.local
		case 'list':
			return value.items
		case 'none':
			return undefined
	}
}

/** Gives the time that stands beside a value, as ISO 8601; undefined for none, or where its zone is not known. */
export const timeOf = (register: Register, context: ScopeContext) =>
	register.time && isoTime(register.time, context.timezone, context.received)

/** A sub-meter as the reading has it. */
export type SubmeterShown = Omit<Submeter, 'time'> & { time?: string }

/** Gives sub-meters as the reading has them; undefined when there are none. */
export function submetersShown(submeters: Record<string, Submeter>, context: ScopeContext): Record<string, SubmeterShown> | undefined {
	let all: Record<string, SubmeterShown> | undefined
	for (const channel in submeters) {
		const { time, ...values } = submeters[channel] as Submeter
		const at = time && isoTime(time, context.timezone, context.received)
		const shown: SubmeterShown = values
		if (at !== undefined) shown.time = at
		all ??= {}
		all[channel] = shown
	}
	return all
}

/** Gives the registers of sub-meters (A = 0, B > 0), by B. A channel without an id is unused: its zeros are no values. */
export function channelsOf(registers: readonly Register[], context: ScopeContext): Record<string, Record<string, unknown>> {
	const channels: Record<string, Record<string, unknown>> = Object.create(null)
	const doubled = new Set<string>()
	for (const register of registers) {
		const { obis, isSubmeter } = register.code
		if (!obis || !isSubmeter || obis.f !== 255 || register.attribute !== 2) continue
		if (register.isNumber && (register.unit === 'J' || register.unit === 'J/h')) continue
		const value = shownValue(register.value, context)
		if (value === undefined) continue
		const channel: Record<string, unknown> = channels[obis.b] ?? Object.create(null)
		channels[obis.b] = channel
		const key = obis.short
		const times = channel.times as Record<string, string> | undefined
		// Twice, with different values: neither is given.
		if (doubled.has(`${obis.b} ${key}`) || (key in channel && channel[key] !== value)) {
			doubled.add(`${obis.b} ${key}`)
			delete channel[key]
			delete times?.[key]
			continue
		}
		channel[key] = value
		const time = timeOf(register, context)
		if (time !== undefined) channel.times = Object.assign(times ?? {}, { [key]: time })
	}
	for (const [b, channel] of Object.entries(channels)) if (!ID_CODES.some((code) => isId(channel[code]))) delete channels[b]
	return channels
}

const ID_CODES = ['96.1.0', '96.1.1', '96.1.2']
const isId = (value: unknown) => typeof value === 'string' && value !== '' && value !== '00'
