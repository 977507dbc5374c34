import { type Code, isLimit } from './code.ts'
import { meterDecimal } from './number.ts'
import { type Register, registerOf, type Value } from './register.ts'
import { isKnownUnit, siUnit } from './unit.ts'

/**
 * Reads a value as meters write it: `00.507*kW` is a number in its unit (its SI unit, where that is known), blanks around both or not; without a
 * unit it is text, as sent. `234.5V` without the star is a number where the unit is the one that the code implies, or can be no hex digit.
 */
export function textValue(text: string, code?: Code): Value {
	const star = text.indexOf('*')
	const bare = star < 0 ? bareUnit(text, code) : star
	const number = bare < 0 ? undefined : meterDecimal(text.slice(0, bare).trim())
	if (!number) return { kind: 'text', text }
	const { unit, exponent } = siUnit(text.slice(star < 0 ? bare : star + 1).trim())
	return { kind: 'number', raw: number.raw, scaler: number.scaler + exponent, unit }
}

/** Where a unit begins that stands without its star; -1 where none does. `170102161005W` is a time. */
function bareUnit(text: string, code: Code | undefined): number {
	const [, number, unit = ''] = /^(\s*[+-]?\d+(?:[.,]\d+)?)\s*([A-Za-z][\w³/]{0,7})\s*$/.exec(text) ?? []
	if (number === undefined || !isKnownUnit(unit) || /^\s*\d{12}[SW]\s*$/.test(text)) return -1
	return siUnit(unit).unit === code?.unit || /[^0-9A-Fa-f]/.test(unit) ? number.length : -1
}

/** Units whose prefix a meter chooses, and how they are written. */
const PREFIXED: Record<string, RegExp> = { power: /^[kMG]?(W|var|VA)$/i, energy: /^[kMG]?(Wh|varh|VAh)$/i }

/**
 * Makes numbers of those that were sent without a unit where their code implies one, in place: power factors, 32.7.0(234.5). Powers and energies have
 * the prefix that all others of the telegram (`text`) have (Luxembourg: 3.7.0(00.007) beside kW), one with as many digits behind its point among them;
 * without such they stay text: W or kW is not told.
 */
export function implyUnits(registers: Register[], text: () => string): void {
	// Once for all: a telegram may have as many values without a unit as with one.
	let known: Map<RegExp, Written> | undefined
	for (let at = 0; at < registers.length; at++) {
		const { code, isNumber } = registers[at] as Register
		if (isNumber || code.unit === undefined || isLimit(code)) continue
		const { value, time } = registers[at] as Register
		if (value.kind !== 'text') continue
		const number = meterDecimal(value.text.trim())
		if (!number) continue
		const { unit } = code
		const pattern = Object.values(PREFIXED).find((one) => one.test(unit))
		let exponent: number | undefined = 0
		if (pattern) {
			known ??= new Map()
			const written = known.get(pattern) ?? writtenIn(text(), pattern)
			known.set(pattern, written)
			exponent = written.digits.has(-number.scaler) ? written.exponent : undefined
		}
		if (exponent === undefined) continue
		const register = registerOf(code, { kind: 'number', raw: number.raw, scaler: number.scaler + exponent, unit: code.unit })
		register.time = time
		registers[at] = register
	}
}

/** How a telegram writes the units of a quantity: the power of ten of its prefix, if all have the same, and how many digits stand behind points. */
type Written = { exponent: number | undefined; digits: ReadonlySet<number> }

/** Gives how a telegram writes the units that a pattern fits. */
function writtenIn(text: string, pattern: RegExp): Written {
	const exponents = new Set<number>()
	const digits = new Set<number>()
	for (const [, fraction = '', unit = ''] of text.matchAll(/(?<!\(\d{11})\d(?:[.,](\d+))?\s*(?:\*\s*)?([A-Za-z]+)\s*\)/g)) {
		if (!pattern.test(unit)) continue
		exponents.add(siUnit(unit).exponent)
		digits.add(fraction.length)
	}
	return { exponent: exponents.size === 1 ? [...exponents][0] : undefined, digits }
}

/**
 * Of values under one code that all have a time, gives the latest only: 24 hourly values of a gas meter (Actaris ACE4000). Those of one time stay all:
 * which counts is not known.
 */
export function latestOf(registers: Register[]): Register[] {
	// Most telegrams have one value with a time, if any.
	let times = 0
	for (const { time } of registers) if (time) times++
	if (times < 2) return registers
	const timed = new Map<Code, Register[]>()
	for (const register of registers) {
		if (timed.size === 0 && !register.time) continue
		const same = timed.get(register.code)
		if (same) same.push(register)
		else if (register.time) timed.set(register.code, [register])
	}
	const older = new Set<Register>()
	for (const same of timed.values()) {
		if (same.length < 2 || same.some(({ time }) => !time)) continue
		const last = same.map(orderOf).reduce((one, other) => (one > other ? one : other))
		for (const register of same) if (orderOf(register) < last) older.add(register)
	}
	return older.size === 0 ? registers : registers.filter((register) => !older.has(register))
}

/** Local times in their order: in the hour that stands twice, summer time comes first. */
const orderOf = ({ time }: Register) => `${time?.local}${time?.daylight ? '' : '~'}`

/** The end of a line before a parenthesis that opens the next, and white space before that; white space elsewhere is kept. */
const CONTINUED = /(?:(?<![ \t\v\f\xa0])[ \t\v\f\xa0]+)?(?:\r\n|\n|\r)[ \t\v\f\xa0]*(?=\()/g
/** A text that is broken over lines has at least as many characters: what is shorter may be two values of which the middle was lost. */
const BROKEN_TEXT = 32

/** Joins lines of a P1 telegram of which one continues the other: a parenthesis that opens the next, or a long text (or, with a CRC, any value) that is broken. */
export function joinedLines(text: string, isChecked: boolean): string {
	return text.replaceAll(CONTINUED, '').replaceAll(/\([^()]*\)/g, (value) => {
		const joined = value.replaceAll(/(?:(?<![ \t])[ \t]+)?[\r\n]+[ \t]*/g, '')
		return isChecked || (joined.length > BROKEN_TEXT && !joined.includes('*')) ? joined : value
	})
}
