/**
 * JSONata's values, as its interpreter treats them: sequences, that flatten and unwrap, beside plain arrays, that do not. Everything here throws where
 * the interpreter would, or where it would go on for long; what was thrown says nothing, since the interpreter is asked again then.
 */

/** Why compiled code gave up: the interpreter says what is wrong, or goes on. */
export class GivesUp extends Error {}

/** Longest sequence, as the interpreter's own guard has it. */
export const MAX_SEQUENCE = 5000

/** An array with the interpreter's marks. `sequence`: made by a query; `cons`: written as [ … ]; `outerWrapper`: holds an input that is an array. */
export type Sequence = unknown[] & { sequence?: boolean; keepSingleton?: boolean; outerWrapper?: boolean }

/** Makes a sequence of these items. */
export function sequence(...items: unknown[]): Sequence {
	const made: Sequence = items
	made.sequence = true
	return made
}

/** Adds an item, up to the guard. */
export function add(to: unknown[], item: unknown): void {
	if (to.length >= MAX_SEQUENCE) throw new GivesUp('a sequence is too long')
	to.push(item)
}

export const isSequence = (value: unknown): value is Sequence => Array.isArray(value) && (value as Sequence).sequence === true

/** Unwraps a sequence: gives nothing for an empty one, and the item of a sequence that has one. */
export function unwrapped(value: unknown, keepArray = false): unknown {
	if (!isSequence(value)) return value
	if (keepArray) value.keepSingleton = true
	if (value.length === 0) return undefined
	return value.length === 1 && value.keepSingleton !== true ? value[0] : value
}

/** Gives the value of a key: of an object, or of each object in an array. */
export function lookup(input: unknown, key: string): unknown {
	if (Array.isArray(input)) {
		const found = sequence()
		for (const item of input) {
			const value = lookup(item, key)
			if (Array.isArray(value)) for (const inner of value) add(found, inner)
			else if (value !== undefined) add(found, value)
		}
		return found
	}
	if (input === null || typeof input !== 'object' || !Object.hasOwn(input, key)) return undefined
	return (input as Record<string, unknown>)[key]
}

/** Joins two values to one array. */
export function append(one: unknown, two: unknown): unknown {
	if (one === undefined) return two
	if (two === undefined) return one
	const all = (Array.isArray(one) ? one : [one]).concat(Array.isArray(two) ? two : [two])
	if (all.length > MAX_SEQUENCE) throw new GivesUp('a sequence is too long')
	return all
}

/** Tells numbers from all else; gives up at infinite ones. */
export function isNumber(value: unknown): value is number {
	if (typeof value !== 'number' || Number.isNaN(value)) return false
	if (!Number.isFinite(value)) throw new GivesUp('a number beyond all bounds')
	return true
}

/** Gives the truth of a value; undefined for undefined, which conditions take for false. */
export function truth(value: unknown): boolean | undefined {
	switch (typeof value) {
		case 'boolean':
			return value
		case 'string':
			return value !== ''
		case 'number':
			return isNumber(value) && value !== 0
		case 'undefined':
			return undefined
		case 'object':
			if (value === null) return false
			if (Array.isArray(value)) return value.length === 1 ? truth(value[0]) : value.some((item) => truth(item) === true)
			return Object.keys(value).length > 0
		default:
			return false
	}
}

/** Compares two values deeply. */
export function same(one: unknown, two: unknown): boolean {
	if (one === two) return true
	if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false
	if (Array.isArray(one) && Array.isArray(two)) return one.length === two.length && one.every((item, place) => same(item, two[place]))
	// An array against an object: their own names, `length` among them, decide.
	const [names, others] = [Object.getOwnPropertyNames(one), new Set(Object.getOwnPropertyNames(two))]
	const value = (of: object, name: string) => (of as Record<string, unknown>)[name]
	return names.length === others.size && names.every((name) => others.has(name) && same(value(one, name), value(two, name)))
}
