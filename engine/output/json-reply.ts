import type { Plain } from '../jsonata/expression.ts'

/** Decimal places by the keys of numbers, or the beginnings or ends of keys (with *). */
export type Decimals = readonly (readonly [pattern: string, digits: number])[]

/** Writes a value as JSON, with the numbers of some keys rounded to so many decimal places, all of them written: `0.0`. */
export function jsonReply(value: Plain, decimals: Decimals, key = ''): string {
	if (decimals.length === 0) return JSON.stringify(value)
	if (typeof value === 'number') {
		const digits = decimals.find(([pattern]) => fits(key, pattern))?.[1]
		return digits === undefined ? JSON.stringify(value) : fixed(value, digits)
	}
	if (typeof value !== 'object') return JSON.stringify(value)
	if (Array.isArray(value)) return `[${value.map((one) => jsonReply(one, decimals, key)).join()}]`
	return `{${Object.entries(value)
		.map(([name, one]) => `${JSON.stringify(name)}:${jsonReply(one, decimals, name)}`)
		.join()}}`
}

/** Half away from zero as people round, and no zero with a sign. */
function fixed(value: number, digits: number): string {
	const size = Math.abs(value)
	if (size < 1e-6) return (0).toFixed(digits)
	if (size >= 1e15) return JSON.stringify(value)
	const text = (Math.sign(value) * Number(`${Math.round(Number(`${size}e${digits}`))}e-${digits}`)).toFixed(digits)
	return Number(text) === 0 ? text.replace('-', '') : text
}

function fits(key: string, pattern: string): boolean {
	if (pattern.startsWith('*')) return key.endsWith(pattern.slice(1))
	return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern
}
