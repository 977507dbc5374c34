import { fields } from '../../schema/types/fields.ts'
import { cached } from '../bytes/cached.ts'
import { round15 } from '../bytes/round.ts'
import { sumOf } from '../telegram/number.ts'

/** How a field is made of others of the same reading, where it has no value of its own. `from`: the targets that it is made of. */
export type Derivation = { kind: 'difference' | 'sum' | 'index'; from: string[] }

/** Highest tariff that the energy counters have a field for. */
const TARIFFS = Array.from({ length: 20 }, (_, at) => at + 1)
const SUMMED = ['energy_import', 'energy_export']

/**
 * Gives how a field can be made of those that `has` knows; undefined where it cannot: `power_net` of import and export, and so of each phase; the energy
 * counters of two tariffs or more (what one tariff counts may be a part: a profile says so where it is all); `tariff_index` of `tariff`.
 */
export function derivationOf(target: string, has: (name: string) => boolean): Derivation | undefined {
	if (target.startsWith('power_net')) {
		const from = [target.replace('net', 'import'), target.replace('net', 'export')]
		return from.every(has) ? { kind: 'difference', from } : undefined
	}
	if (SUMMED.includes(target)) {
		const from = TARIFFS.map((tariff) => `${target}_t${tariff}`).filter(has)
		return from.length > 1 ? { kind: 'sum', from } : undefined
	}
	return target === 'tariff_index' && has('tariff') ? { kind: 'index', from: ['tariff'] } : undefined
}

/** Whether a short code is that of a counter's total, or of one of its tariffs (IEC 62056-61: E is 0 for the total, 1 to 63 for a tariff). */
export const isTariff = (key: string, target: string) =>
	/^\d+\.\d+\.\d{1,2}$/.test(key) && key.slice(0, key.lastIndexOf('.')) === fields[target]?.obis.slice(0, -2)

/** Import minus export, of one telegram only, in decimal arithmetic: 0.3 − 0.1 is 0.2, and 1000000.1 − 1000000 is 0.1. */
export function difference(taken: unknown, given: unknown): number | undefined {
	if (typeof taken !== 'number' || typeof given !== 'number') return undefined
	const net = taken - given
	return Number.isInteger(net) ? net : exactSum([taken, -given])
}

/**
 * Adds up tariffs, exactly; undefined where one may be missing. Meters count their tariffs from 1, or a second set from 11 (Kaifa MA110M); of two sets at
 * once it is not known which is the whole.
 */
export function total(names: string[], values: number[]): number | undefined {
	const first = tariff(names[0])
	if (names.length < 2 || (first !== 1 && first !== 11)) return undefined
	if (!names.every((name, place) => tariff(name) === first + place)) return undefined
	if (first === 1 && names.length > 10) return undefined
	return exactSum(values)
}

/** Adds numbers in decimal arithmetic; undefined where the sum is beyond 2^53. */
export function exactSum(values: number[]): number | undefined {
	const sum = sumOf(values)
	return typeof sum === 'number' ? round15(sum) : undefined
}

const tariff = (name = '') => Number(name.slice(name.lastIndexOf('t') + 1))

/** Gives the number in a tariff's name: 2 of `0002`, `T2` and `tariff 2`; undefined for other names. */
export const tariffIndex = (name: unknown) => (typeof name === 'string' ? indexIn(name) : undefined)

const indexIn = cached(64, (name: string) => {
	const digits = /^(?:t|r|rate|tariff)?\s*0*(\d{1,2})$/i.exec(name)?.[1]
	return digits === undefined ? undefined : Number(digits)
})
