import { keysOf, pay, payText, type Steps } from './steps.ts'

/**
 * JSONata's values, as its interpreter treats them: sequences, that flatten and unwrap, beside plain arrays, that do not. Everything here throws where
 * the interpreter would, and counts what it walks through.
 */

/** Why an expression has no value, in words for people. */
export class GivesUp extends Error {}

/** Longest sequence, as the interpreter's own guard has it. */
export const MAX_SEQUENCE = 5000
/** Longest text that is made of others, 16 messages of the longest kind. */
const MAX_TEXT = 1 << 20
const TOO_LONG = `a list of more than ${MAX_SEQUENCE} items is made`

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
	if (to.length >= MAX_SEQUENCE) throw new GivesUp(TOO_LONG)
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
export function lookup(input: unknown, key: string, steps: Steps): unknown {
	if (Array.isArray(input)) {
		const found = sequence()
		pay(steps, 2 * input.length)
		for (const item of input) {
			const value = lookup(item, key, steps)
			if (Array.isArray(value)) {
				pay(steps, value.length >> 1)
				for (const inner of value) add(found, inner)
			} else if (value !== undefined) add(found, value)
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
	if (all.length > MAX_SEQUENCE) throw new GivesUp(TOO_LONG)
	return all
}

/** Joins texts: a few characters that are joined to themselves again and again would take all memory. */
export function joined(texts: readonly string[], separator: string, steps: Steps): string {
	let length = 0
	for (const text of texts) length += text.length + separator.length
	if (length > MAX_TEXT) throw new GivesUp(`a text of more than ${MAX_TEXT} characters is made`)
	payText(steps, length)
	return texts.length === 2 && separator === '' ? `${texts[0]}${texts[1]}` : texts.join(separator)
}

/** Tells numbers from all else; gives up at infinite ones. */
export function isNumber(value: unknown): value is number {
	if (typeof value !== 'number' || Number.isNaN(value)) return false
	if (!Number.isFinite(value)) throw new GivesUp('a number is out of range: a division by zero makes one')
	return true
}

/** Gives the truth of a value; undefined for undefined, which conditions take for false. */
export function truth(value: unknown, steps: Steps): boolean | undefined {
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
			if (!Array.isArray(value)) return keysOf(steps, value).length > 0
			pay(steps, value.length)
			return value.length === 1 ? truth(value[0], steps) : value.some((item) => truth(item, steps) === true)
		default:
			return false
	}
}

/** Compares two values deeply. */
export function same(one: unknown, two: unknown, steps: Steps): boolean {
	if (typeof one === 'string' && typeof two === 'string' && one.length === two.length) payText(steps, one.length)
	if (one === two) return true
	if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false
	if (Array.isArray(one) && Array.isArray(two)) {
		if (one.length !== two.length) return false
		for (const [place, item] of one.entries()) {
			pay(steps, 2)
			if (!same(item, two[place], steps)) return false
		}
		return true
	}
	// An array against an object: their own names, `length` among them, decide.
	const [names, others] = [Object.getOwnPropertyNames(one), new Set(Object.getOwnPropertyNames(two))]
	pay(steps, 4 + 8 * (names.length + others.size))
	const value = (of: object, name: string) => (of as Record<string, unknown>)[name]
	return names.length === others.size && names.every((name) => others.has(name) && same(value(one, name), value(two, name), steps))
}

/** Shows a value in a message: the beginning of a text, and what it is for all that is long. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value)
	if (Array.isArray(value)) return 'a list'
	return typeof value === 'object' && value !== null ? 'an object' : value === undefined ? 'nothing' : String(value)
}
