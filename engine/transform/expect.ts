import { fields } from '../../schema/types/fields.ts'
import type { Expectation } from '../../schema/types/profile.ts'
import { round15 } from '../bytes/round.ts'

/** A field that was left out, or is doubted, and why. */
export type Issue = { field: string; code: string; detail: string }

/** A profile's expectations, by field; `name*` stands for all that begin so, and the longer name wins. */
export type Expectations = Record<string, Expectation>

/** Says why a value is not plausible: outside min and max (0 is admitted where `orZero`); undefined where it is. */
export function implausible(name: string, value: unknown, { min, max, orZero }: Expectation): Omit<Issue, 'field'> | undefined {
	if (typeof value !== 'number' || (orZero && value === 0)) return undefined
	if ((min === undefined || value >= min) && (max === undefined || value <= max)) return undefined
	const limits = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`].filter(Boolean).join(', ')
	const unit = fields[name]?.unit
	return {
		code: 'range',
		detail: `${value}${unit ? ` ${unit}` : ''} is not plausible (${limits}): wrong scaler? See "expect" in the profile`,
	}
}

/** Gives what is expected of a field; undefined for nothing. */
export function ruleFor(name: string, expectations: Expectations): Expectation | undefined {
	if (Object.hasOwn(expectations, name)) return expectations[name]
	let best = ''
	for (const key of Object.keys(expectations)) {
		if (key.endsWith('*') && name.startsWith(key.slice(0, -1)) && key.length > best.length) best = key
	}
	return best === '' ? undefined : expectations[best]
}

type Values = Readonly<Record<string, unknown>>

/**
 * Whether active power fits voltages and currents: in words what does not, or undefined. Power cannot exceed the sum of U · I, and is seldom below a
 * tenth of it; where the house feeds in, phases may flow against each other (panels on all three, a kettle on one: currents have no sign), and only what is
 * left then counts. Currents in whole amperes, and small loads, say nothing.
 */
export function powerMismatch(values: Values): string | undefined {
	const power = numberOf(values.power_net) ?? numberOf(values.power_import)
	if (power === undefined) return undefined
	const one = apparentPower(values.voltage_l1, values.current_l1)
	const two = apparentPower(values.voltage_l2, values.current_l2)
	const three = apparentPower(values.voltage_l3, values.current_l3)
	const phases = (one === undefined ? 0 : 1) + (two === undefined ? 0 : 1) + (three === undefined ? 0 : 1)
	if (phases === 0) return undefined
	const apparent = (one ?? 0) + (two ?? 0) + (three ?? 0)
	const size = Math.abs(power)
	const feeds = (numberOf(values.energy_export) ?? 0) > 0
	const least = feeds ? 2 * Math.max(one ?? 0, two ?? 0, three ?? 0) - apparent : apparent
	if (size > 1.3 * apparent + 400 * phases || (least > 10 * size && least > 3000)) {
		return `${round15(power)} W of active power, and voltages times currents give ${Math.round(apparent)} VA: is a scaler wrong?`
	}
	return undefined
}

/** In VA; undefined where one of them is not known. */
const apparentPower = (voltage: unknown, current: unknown) =>
	typeof voltage === 'number' && typeof current === 'number' ? Math.abs(voltage * current) : undefined
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)
