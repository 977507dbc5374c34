import { decimal } from './number.ts'
import type { Value } from './register.ts'
import { siUnit } from './unit.ts'

/** Reads a value as meters write it: `00.507*kW` is a number in its unit (its SI unit, where that is known); without a unit it is text, as sent. */
export function textValue(text: string): Value {
	const star = text.indexOf('*')
	const number = star < 0 ? undefined : decimal(text.slice(0, star).trim())
	if (!number) return { kind: 'text', text }
	const { unit, exponent } = siUnit(text.slice(star + 1))
	return { kind: 'number', raw: number.raw, scaler: number.scaler + exponent, unit }
}
