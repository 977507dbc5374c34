import { fields } from '../../schema/types/fields.ts'
import type { Expectation } from '../../schema/types/profile.ts'
import { round15 } from '../bytes/round.ts'

/** A field that was left out, or is doubted, and why. */
export type Issue = { field: string; code: string; detail: string }

/** A profile's expectations, by field; `name*` stands for all that begin so, and the longer name wins. */
export type Expectations = Record<string, Expectation>

/**
 * Why a value is not plausible, or undefined: `range` outside min and max (0 is admitted where `orZero`), `falling` a counter below its last value,
 * `leap` a counter that rose by more than `maxPower` allows since. Only the same meter's counters are compared.
 */
export function implausible(
	name: string,
	value: unknown,
	{ min, max, orZero, rising, maxPower }: Expectation,
	before: number | undefined,
	since: number | undefined,
	received: number,
): { code: string; detail: string } | undefined {
	if (typeof value !== 'number') return undefined
	const unit = () => fields[name]?.unit ?? ''
	if (((min !== undefined && value < min) || (max !== undefined && value > max)) && !(orZero && value === 0)) {
		const limits = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`].filter(Boolean).join(', ')
		return {
			code: 'range',
			detail: `${value} ${unit()} is not plausible (${limits}): wrong scaler? See "expect" in the profile`.replace('  ', ' '),
		}
	}
	if (before === undefined) return undefined
	if (rising && value < before) {
		const detail = `${value} ${unit()} after ${before}: a counter only rises; a meter that was swapped or set back needs a new "reset" in the config`
		return { code: 'falling', detail }
	}
	const allowed = maxPower === undefined || since === undefined ? undefined : maxPower * Math.max((received - since) / 3_600_000, SHORTEST)
	if (allowed !== undefined && value - before > allowed) {
		return {
			code: 'leap',
			detail: `${value - before} ${unit()} more than before, and ${maxPower} W give ${Math.round(allowed)} ${unit()} in that time`,
		}
	}
	return undefined
}

/** Hours: a counter of kilowatt hours steps by 1,000 Wh, and a telegram may be late. */
const SHORTEST = 1

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
 * tenth of it; currents in whole amperes, and small loads, say nothing.
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
	if (size > 1.3 * apparent + 400 * phases || (apparent > 10 * size && apparent > 3000)) {
		return `${round15(power)} W of active power, and voltages times currents give ${Math.round(apparent)} VA: is a scaler wrong?`
	}
	return undefined
}

/** In VA; undefined where one of them is not known. */
const apparentPower = (voltage: unknown, current: unknown) =>
	typeof voltage === 'number' && typeof current === 'number' ? Math.abs(voltage * current) : undefined
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)
