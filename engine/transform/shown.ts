import { scaled } from '../telegram/number.ts'
import { type Obis, parseObis } from '../telegram/obis.ts'
import type { Submeter } from '../telegram/submeter.ts'
import type { Register, Value } from '../telegram/telegram.ts'
import { isoTime } from '../telegram/zone.ts'

/** What a register shows to expressions. */
export type Shown = number | string | boolean | string[]

/** What the view of a telegram depends on besides the telegram. */
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

/** Whether a code is of a meter behind the meter. */
export const isOfSubmeter = (code: Obis | undefined) => code?.a === 0 && code.b > 0

/** The key in `obis`: `C.D.E` of the present value for medium 1 and 0-0; a code that was sent without A-B as it is (IEC 62056-21). */
export function shortKey({ obis, attribute }: Register, parsed: Obis | undefined): string | undefined {
	if (attribute !== 2) return undefined
	if (!parsed) return /^[0-9A-Z.]+$/.test(obis) ? obis : undefined
	return parsed.f === 255 && (parsed.a === 1 || (parsed.a === 0 && parsed.b === 0)) ? parsed.short : undefined
}

/** A unit that the code cannot have: not a number of what the field is named for. */
export function contradicts(register: Register, parsed: Obis | undefined): { code: string; detail: string } | undefined {
	if (isJoule(register.value))
		return {
			code: 'unit',
			detail: `${register.obis} is sent in joules, where Wh or W is meant: submeters and records have it with its unit`,
		}
	if (register.value.kind !== 'number' || register.value.unit === undefined) return undefined
	// A code of IEC 62056-21 is one of medium 1.
	const implied = (parsed ?? parseObis(`1-0:${register.obis}`))?.unit
	if (implied === undefined || register.value.unit === implied) return undefined
	const unit = register.value.unit === '' ? 'no unit' : `the unit ${register.value.unit.slice(0, 20)}`
	return { code: 'unit', detail: `${register.obis} is sent with ${unit}, where ${implied || 'none'} belongs` }
}

/** Joules stand under the same codes as watt-hours, and an expression sees a bare number. */
export const isJoule = (value: Value) => value.kind === 'number' && (value.unit === 'J' || value.unit === 'J/h')

/** Why an unscaled number is kept from expressions. */
export const unscaled = (key: string) => ({
	code: 'unscaled',
	detail: `the meter sends no scaler or unit for ${key}: state them in decoder.registers`,
})

/** A register's value as expressions see it; undefined for what is empty or unscaled. */
export const shown = ({ value }: Register, context: ScopeContext) => shownValue(value, context)

/** A value as expressions see it; undefined for what is empty or unscaled. */
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

/** The time that stands beside a value, as ISO 8601; undefined for none, or where its zone is not known. */
export const timeOf = (register: Register, context: ScopeContext) =>
	register.time && isoTime(register.time, context.timezone, context.received)

/** The unit of a number. */
export const unitOf = (value: Value) => (value.kind === 'number' ? value.unit : undefined)

/** Sub-meters as the reading has them; undefined when there are none. */
export function submetersShown(submeters: Record<string, Submeter>, context: ScopeContext): Record<string, unknown> | undefined {
	const all: Record<string, unknown> = {}
	let count = 0
	for (const channel in submeters) {
		const { id, medium, volume, energy, time } = submeters[channel] as Submeter
		const at = time && isoTime(time, context.timezone, context.received)
		const shown: Record<string, unknown> = {}
		if (id !== undefined) shown.id = id
		if (medium !== undefined) shown.medium = medium
		if (volume !== undefined) shown.volume = volume
		if (energy !== undefined) shown.energy = energy
		if (at !== undefined) shown.time = at
		all[channel] = shown
		count++
	}
	return count === 0 ? undefined : all
}

/** Sub-meters: registers of A = 0 and B > 0, by B. A channel without an id is unused: its zeros are nobody's. */
export function channelsOf(registers: Register[], context: ScopeContext): Record<string, Record<string, unknown>> {
	const channels: Record<string, Record<string, unknown>> = Object.create(null)
	const doubled = new Set<string>()
	for (const register of registers) {
		if (isJoule(register.value)) continue
		const obis = parseObis(register.obis)
		const value = shown(register, context)
		if (obis?.a !== 0 || obis.b === 0 || obis.f !== 255 || register.attribute !== 2 || value === undefined) continue
		const channel: Record<string, unknown> = channels[obis.b] ?? Object.create(null)
		channels[obis.b] = channel
		// Twice, with different values: neither is given.
		const code = obis.short
		if (doubled.has(`${obis.b} ${code}`) || (code in channel && channel[code] !== value)) {
			doubled.add(`${obis.b} ${code}`)
			delete channel[code]
			delete (channel.times as Record<string, string> | undefined)?.[code]
			continue
		}
		channel[code] = value
		const time = timeOf(register, context)
		if (time !== undefined) channel.times = { ...(channel.times as Record<string, string> | undefined), [obis.short]: time }
	}
	for (const [b, channel] of Object.entries(channels)) if (!ID_CODES.some((code) => isId(channel[code]))) delete channels[b]
	return channels
}

const ID_CODES = ['96.1.0', '96.1.1', '96.1.2']
const isId = (value: unknown) => typeof value === 'string' && value !== '' && value !== '00'
