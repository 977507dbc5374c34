import type { Code } from './code.ts'
import { identified } from './identity.ts'
import { type Register, registerOf } from './register.ts'
import type { Telegram } from './telegram.ts'
import { siUnit } from './unit.ts'

/** What a profile states about a register that the meter leaves out. */
export type RegisterRule = { scaler?: number; unit?: string; override?: boolean; negate?: { status: string; bit: number } }

/** A rule as it holds for one code: its unit in SI, and the unit that the code implies. */
type Resolved = { rule: RegisterRule; unit: string | undefined; exponent: number; implied: string | undefined }

const NO_RULE: RegisterRule = {}

/**
 * What `decoder.registers` says (keys: full or short OBIS code, or `*`; the more specific wins), and the units that OBIS codes imply.
 * What the meter sent wins, unless the rule says `override`.
 */
export class Rules {
	readonly #rules: Record<string, RegisterRule>
	/** By the code's id: looked up once, not for each telegram. */
	readonly #resolved: (Resolved | undefined)[] = []

	constructor(rules: Record<string, RegisterRule>) {
		this.#rules = rules
	}

	/** Completes the registers of a telegram, in place. */
	complete(registers: readonly Register[]): void {
		for (const register of registers) if (register.isNumber) this.#complete(register, registers)
	}

	#complete(register: Register, all: readonly Register[]): void {
		const { rule, unit, exponent, implied } = this.#resolved[register.code.id] ?? this.#resolve(register.code)
		if (rule.scaler !== undefined && (register.scaler === undefined || rule.override)) register.scaler = rule.scaler
		if (unit !== undefined && (register.unit === undefined || rule.override)) {
			register.unit = unit
			// The number is in the rule's unit (kWh): the SI unit's has three digits more.
			if (register.scaler !== undefined) register.scaler += exponent
		}
		register.unit ??= implied
		if (rule.negate) negate(register, rule.negate, all)
	}

	#resolve(code: Code): Resolved {
		const rule = ruleFor(code, this.#rules)
		const si = rule.unit === undefined ? undefined : siUnit(rule.unit)
		const resolved = { rule, unit: si?.unit, exponent: si?.exponent ?? 0, implied: code.obis?.unit }
		if (code.id >= 0) this.#resolved[code.id] = resolved
		return resolved
	}
}

/** Gives the most specific rule for a code: by its full text, by channel and short code, by short code, else that of `*`. */
export function ruleFor({ text, obis }: Code, rules: Record<string, RegisterRule>): RegisterRule {
	return rules[text] ?? (obis && (rules[`${obis.a}-${obis.b}:${obis.short}`] ?? rules[obis.short])) ?? rules['*'] ?? NO_RULE
}

function negate(register: Register, { status: code, bit }: { status: string; bit: number }, all: readonly Register[]): void {
	const status = all.find((one) => isCalled(one.code, code))?.status
	// Nobody knows the sign: the number is not a value yet.
	if (status === undefined) register.scaler = undefined
	else if ((BigInt(status) >> BigInt(bit)) & 1n) register.raw = -register.raw
}

/** Whether a code is called so, in full, short, or short with its channel. */
function isCalled({ text, obis }: Code, name: string): boolean {
	return text === name || (obis !== undefined && (obis.short === name || `${obis.a}-${obis.b}:${obis.short}` === name))
}

/**
 * Names the values of a telegram without OBIS codes by `decoder.sequence`: for each length of the list, a code (or null) per place.
 * Undefined when no list of that length is described.
 */
export function nameSequence(telegram: Telegram, lists: Record<string, (string | null)[]>): Telegram | undefined {
	const codes = lists[String(telegram.unnamed)]
	if (!codes) return undefined
	const registers = telegram.sequence.flatMap((value, place) => {
		const code = codes[place]
		return code ? [registerOf(code, value)] : []
	})
	return identified({ ...telegram, registers, sequence: [] })
}
