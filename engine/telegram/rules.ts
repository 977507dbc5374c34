import { identified } from './identity.ts'
import { impliedUnit, parseObis, shortCode } from './obis.ts'
import type { NumberValue, Register, Telegram } from './telegram.ts'
import { siUnit } from './unit.ts'

/** What a profile states about a register that the meter leaves out. */
export type RegisterRule = { scaler?: number; unit?: string; override?: boolean; negate?: { status: string; bit: number } }

/**
 * Completes a telegram by `decoder.registers` (keys: full or short OBIS code, or `*`; the more specific wins) and by the units
 * that OBIS codes imply. What the meter sent wins, unless the rule says `override`.
 */
export function applyRules(telegram: Telegram, rules: Record<string, RegisterRule>): Telegram {
	return { ...telegram, registers: telegram.registers.map((register) => complete(register, rules, telegram.registers)) }
}

function complete(register: Register, rules: Record<string, RegisterRule>, all: Register[]): Register {
	if (register.value.kind !== 'number') return register
	const obis = parseObis(register.obis)
	const rule =
		rules[register.obis] ??
		(obis && rules[`${obis.a}-${obis.b}:${shortCode(obis)}`]) ??
		(obis && rules[shortCode(obis)]) ??
		rules['*'] ??
		{}
	const value: NumberValue = { ...register.value }
	const si = rule.unit === undefined ? undefined : siUnit(rule.unit)
	if (rule.scaler !== undefined && (value.scaler === undefined || rule.override)) value.scaler = rule.scaler
	if (si && (value.unit === undefined || rule.override)) {
		value.unit = si.unit
		// The number is in the rule's unit (kWh): the SI unit's has three digits more.
		if (value.scaler !== undefined) value.scaler += si.exponent
	}
	const implied = obis && impliedUnit(obis)
	if (value.unit === undefined && implied !== undefined) value.unit = implied
	if (rule.negate) {
		const status = statusOf(rule.negate.status, all)
		// Nobody knows the sign: the number is not a value yet.
		if (status === undefined) delete value.scaler
		else if ((BigInt(status) >> BigInt(rule.negate.bit)) & 1n) value.raw = -value.raw
	}
	return { ...register, value }
}

/** The status word of a register by its full or short code. */
function statusOf(code: string, all: Register[]): number | bigint | undefined {
	const found = all.find(({ obis }) => {
		const parsed = parseObis(obis)
		return obis === code || (parsed && (shortCode(parsed) === code || `${parsed.a}-${parsed.b}:${shortCode(parsed)}` === code))
	})
	return found?.status
}

/**
 * Names the values of a telegram without OBIS codes by `decoder.sequence`: for each length of the list, a code (or null) per place.
 * Undefined when no list of that length is described.
 */
export function nameSequence(telegram: Telegram, lists: Record<string, (string | null)[]>): Telegram | undefined {
	const codes = lists[String(telegram.unnamed)]
	if (!codes) return undefined
	const registers = telegram.sequence.flatMap((value, place): Register[] => {
		const obis = codes[place]
		return obis ? [{ obis, attribute: 2, value }] : []
	})
	return identified({ ...telegram, registers, sequence: [] })
}
