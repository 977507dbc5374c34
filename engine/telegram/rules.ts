import type { Code } from './code.ts'
import type { Register } from './register.ts'
import { siUnit } from './unit.ts'

/** A profile's statement about a register that the meter leaves out. */
export type RegisterRule = { scaler?: number; unit?: string; override?: boolean; negate?: { status: string; bit: number } }

/** Quantities that a rule may name, with their short codes: those that no unit tells. */
export const QUANTITIES: ReadonlyMap<string, readonly string[]> = new Map([['power_factor', ['13.7.0', '33.7.0', '53.7.0', '73.7.0']]])

/**
 * Gives the rule for a code and the unit that the meter sends with it (SI; else the one that the code implies). The more specific key wins:
 * full code, `A-B:C.D.E`, `C.D.E`, quantity, unit, `*`.
 */
export function ruleFor(code: Code, rules: Record<string, RegisterRule>, sentUnit?: string): RegisterRule | undefined {
	const key = ruleKeyFor(code, rules, sentUnit)
	return key === undefined ? undefined : rules[key]
}

/** Gives the key of that rule. */
export function ruleKeyFor({ text, obis }: Code, rules: Record<string, RegisterRule>, sentUnit?: string): string | undefined {
	const short = obis?.short ?? ''
	const [quantity = ''] = [...QUANTITIES].find(([, codes]) => obis?.a === 1 && codes.includes(short)) ?? []
	const keys = [text, obis ? `${obis.a}-${obis.b}:${short}` : '', short, quantity, sentUnit ?? obis?.unit ?? '', '*']
	return keys.find((candidate) => Object.hasOwn(rules, candidate))
}

/** A rule as it holds for one code: its unit in SI, and the unit that the code implies. */
type Resolved = { rule: RegisterRule; unit: string | undefined; exponent: number; implied: string | undefined }

const NO_RULE: RegisterRule = {}

/**
 * The rules of `decoder.registers` (`ruleFor`), and the units that OBIS codes imply.
 * The meter's own scaler and unit win, unless the rule says `override`.
 */
export class Rules {
	readonly #rules: Record<string, RegisterRule>
	/** By the code's id: looked up once, not for each telegram. */
	readonly #resolved: (Resolved | undefined)[] = []
	/** Whether a rule may hold for what the meter sends in a unit of its own. */
	readonly #byUnit: boolean
	/** Whether the sign of a number may go by a status. */
	readonly #byStatus: boolean

	constructor(rules: Record<string, RegisterRule>) {
		this.#rules = rules
		this.#byUnit = Object.keys(rules).some((key) => !/^[\d*]/.test(key) && !QUANTITIES.has(key))
		this.#byStatus = Object.values(rules).some(({ negate }) => negate !== undefined)
	}

	/** Completes the registers of a telegram, in place. */
	complete(registers: readonly Register[]): void {
		const statusOf = this.#byStatus ? statusesOf(registers) : NO_STATUS
		for (const register of registers) if (register.isNumber) this.#complete(register, statusOf)
	}

	#complete(register: Register, statusOf: StatusOf): void {
		let resolved = this.#resolved[register.code.id] ?? this.#resolve(register.code)
		if (this.#byUnit && register.unit !== undefined && register.unit !== resolved.implied)
			resolved = this.#made(register.code, register.unit)
		const { rule, unit, exponent, implied } = resolved
		if (rule.scaler !== undefined && (register.scaler === undefined || rule.override)) register.scaler = rule.scaler
		if (unit !== undefined && (register.unit === undefined || rule.override)) {
			register.unit = unit
			// The number is in the rule's unit (kWh): the SI unit's has three digits more.
			if (register.scaler !== undefined) register.scaler += exponent
		}
		register.unit ??= implied
		if (rule.negate) negate(register, rule.negate, statusOf)
	}

	#resolve(code: Code): Resolved {
		const resolved = this.#made(code)
		if (code.id >= 0) this.#resolved[code.id] = resolved
		return resolved
	}

	#made(code: Code, sentUnit?: string): Resolved {
		const rule = ruleFor(code, this.#rules, sentUnit) ?? NO_RULE
		const si = rule.unit === undefined ? undefined : siUnit(rule.unit)
		return { rule, unit: si?.unit, exponent: si?.exponent ?? 0, implied: code.obis?.unit }
	}
}

const known = new WeakMap<Record<string, RegisterRule>, Rules>()

/** Gives the rules of a profile: the same for all its meters, so that a town's are looked up in one table. */
export function rulesOf(section: Record<string, RegisterRule>): Rules {
	const rules = known.get(section) ?? new Rules(section)
	known.set(section, rules)
	return rules
}

/** Gives the status that a telegram carries with a code. */
type StatusOf = (code: string) => Register['status']

const NO_STATUS: StatusOf = () => undefined

/** Looks for the status of a code once: all numbers of a telegram may go by it. */
function statusesOf(registers: readonly Register[]): StatusOf {
	let known: Map<string, Register['status']> | undefined
	return (code) => {
		known ??= new Map()
		if (!known.has(code)) known.set(code, registers.find((one) => isCalled(one.code, code))?.status)
		return known.get(code)
	}
}

function negate(register: Register, { status: code, bit }: { status: string; bit: number }, statusOf: StatusOf): void {
	const status = statusOf(code)
	// Nobody knows the sign: the number is not a value yet.
	if (status === undefined) register.scaler = undefined
	else if ((BigInt(status) >> BigInt(bit)) & 1n) register.raw = -register.raw
}

/** Whether a code is called so, in full, short, or short with its channel. */
function isCalled({ text, obis }: Code, name: string): boolean {
	return text === name || (obis !== undefined && (obis.short === name || `${obis.a}-${obis.b}:${obis.short}` === name))
}
