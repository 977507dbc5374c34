import type { Frame } from './code.ts'
import { add, GivesUp, joined, lookup, type Sequence, sequence, shown, truth } from './sequence.ts'
import { keysOf, pay } from './steps.ts'

/** Functions that take a function; the second argument is called with as many of (value, key or place, whole) as it has parameters. */
export type Callback = ((...args: unknown[]) => unknown) & { arity: number }

/** A function of JSONata's that is written here, called with arguments that fit its signature. */
type Written = (args: unknown[], frame: Frame) => unknown

/** `a` of a signature: any other value becomes an array of one. */
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** Calls back for a value under a key, or in a place. */
const call = (callback: unknown, value: unknown, key: unknown, whole: unknown) => {
	const { arity } = callback as Callback
	return (callback as Callback)(...[value, key, whole].slice(0, Math.max(arity, 1)))
}

function entriesOf(object: unknown, frame: Frame): [string, unknown][] {
	if (typeof object !== 'object' || object === null || Array.isArray(object))
		throw new GivesUp(`$each and $sift take an object, not ${shown(object)}`)
	return keysOf(frame, object).map((key) => [key, (object as Record<string, unknown>)[key]])
}

/** Gives what the callback gives for each of these entries of `whole`. */
function called(entries: Iterable<[unknown, unknown]>, callback: unknown, whole: unknown): Sequence {
	const made = sequence()
	for (const [key, item] of entries) {
		const value = call(callback, item, key, whole)
		if (value !== undefined) add(made, value)
	}
	return made
}

/** Gives those entries of `whole` for which the callback gives something true. */
const passing = <T>(entries: Iterable<[T, unknown]>, callback: unknown, whole: unknown, frame: Frame) =>
	[...entries].filter(([key, item]) => truth(call(callback, item, key, whole), frame) === true)

/** Counts the search for a part of a text: at the worst, the part is compared at each place. */
export function search(text: unknown, part: unknown, frame: Frame): void {
	if (typeof text !== 'string' || typeof part !== 'string') return
	pay(frame, 4 + Math.ceil((text.length * Math.min(part.length + 1, text.length)) / 32))
}

/** The characters of a text, as JSONata counts them: one outside the basic plane is one. Undefined where none is outside. */
function charactersOf(text: string, frame: Frame): string[] | undefined {
	pay(frame, 4 + (text.length >> 4))
	if (!/[\uD800-\uDFFF]/.test(text)) return undefined
	pay(frame, text.length)
	return [...text]
}

function keysIn(value: unknown, frame: Frame): Sequence {
	const found = sequence()
	if (typeof value !== 'object' || value === null) return found
	if (!Array.isArray(value)) {
		for (const key of keysOf(frame, value)) add(found, key)
		return found
	}
	const all: Record<string, true> = Object.create(null)
	pay(frame, 4 * value.length)
	for (const item of value) for (const key of keysIn(item, frame)) all[key as string] = true
	return keysIn(all, frame)
}

/**
 * The functions that call functions, those that the library makes wait, and those whose work its arguments do not show. They give up at arguments that they
 * do not take.
 */
export const WRITTEN: Record<string, Written> = {
	map: ([list, callback]) => (list === undefined ? undefined : called(listOf(list).entries(), callback, listOf(list))),
	each: ([object, callback], frame) => (object === undefined ? sequence() : called(entriesOf(object, frame), callback, object)),
	filter([list, callback], frame) {
		if (list === undefined) return undefined
		const made = sequence()
		for (const [, item] of passing(listOf(list).entries(), callback, listOf(list), frame)) add(made, item)
		return made
	},
	sift([object, callback], frame) {
		const kept = object === undefined ? [] : passing(entriesOf(object, frame), callback, object, frame)
		pay(frame, 4 * kept.length)
		return kept.length > 0 ? Object.assign(Object.create(null), Object.fromEntries(kept)) : undefined
	},
	exists: ([value]) => value !== undefined,
	boolean: ([value], frame) => truth(value, frame),
	not([value], frame) {
		const is = truth(value, frame)
		return value === undefined ? undefined : !is
	},
	keys: ([value], frame) => keysIn(value, frame),
	lookup([value, key], frame) {
		pay(frame, 2 + (String(key).length >> 2))
		return lookup(value, String(key), frame)
	},
	merge([list], frame) {
		if (list === undefined) return undefined
		const made: Record<string, unknown> = Object.create(null)
		for (const object of list as object[])
			for (const key of keysOf(frame, object)) {
				pay(frame, 4)
				made[key] = (object as Record<string, unknown>)[key]
			}
		return made
	},
	length: ([text], frame) => (typeof text === 'string' ? (charactersOf(text, frame) ?? text).length : undefined),
	substring([text, start, length], frame) {
		if (typeof text !== 'string') return undefined
		const characters = charactersOf(text, frame) ?? text
		const from = characters.length + Number(start) < 0 ? 0 : Number(start)
		if (length !== undefined && Number(length) <= 0) return ''
		const end = length === undefined ? undefined : from >= 0 ? from + Number(length) : characters.length + from + Number(length)
		const part = characters.slice(from, end)
		return typeof part === 'string' ? part : part.join('')
	},
	contains([text, part], frame) {
		if (text === undefined || part === undefined) return undefined
		if (typeof part !== 'string') throw new GivesUp(`$contains: ${shown(part)} is no text`)
		search(text, part, frame)
		return String(text).includes(part)
	},
	split([text, separator, limit], frame) {
		if (text === undefined) return undefined
		if (typeof separator !== 'string' || (limit !== undefined && !(Number(limit) >= 0)))
			throw new GivesUp('$split: a text is needed between the parts, and a limit from 0')
		search(text, separator, frame)
		pay(frame, String(text).length)
		return String(text).split(separator, limit === undefined ? undefined : Math.floor(Number(limit)))
	},
	join([texts, separator = ''], frame) {
		return texts === undefined ? undefined : joined(texts as string[], String(separator), frame)
	},
}
