import jsonata from 'jsonata'
import { add, GivesUp, MAX_SEQUENCE, type Sequence, sequence, truth } from './sequence.ts'

/** A function of JSONata's, called with the arguments and the value that stands for missing ones (`$string()` takes what it is applied to). */
export type Builtin = (args: unknown[], input: unknown) => unknown

/** How the library keeps its functions: `$sum` as an expression gives this. */
type Definition = {
	implementation: (this: unknown, ...args: unknown[]) => unknown
	signature?: { validate(args: unknown[], context: unknown): unknown[] }
}

/** Functions whose implementation is plain code without promises. The others are written below. */
const PLAIN = [
	...['abs', 'append', 'average', 'boolean', 'ceil', 'count', 'exists', 'floor', 'fromMillis', 'join', 'keys', 'length', 'lookup'],
	...['lowercase', 'max', 'merge', 'min', 'not', 'number', 'power', 'reverse', 'round', 'spread', 'sqrt', 'string', 'substring'],
	...['substringAfter', 'substringBefore', 'sum', 'toMillis', 'trim', 'type', 'uppercase', 'zip', 'distinct'],
]

/** Stands for `this` in the library's functions. */
const FOCUS = {
	options: { sequence: MAX_SEQUENCE },
	createSequence(...items: unknown[]): Sequence {
		const made = sequence(...items)
		made.push = (...more: unknown[]) => {
			for (const item of more) {
				if (made.length >= MAX_SEQUENCE) throw new GivesUp('a sequence is too long')
				made[made.length] = item
			}
			return made.length
		}
		return made
	},
}

/** Functions that take a function; the second argument is called with as many of (value, key or place, whole) as it has parameters. */
export type Callback = ((...args: unknown[]) => unknown) & { arity: number }

const definitionOf = async (name: string) => (await jsonata(`$${name}`).evaluate(undefined)) as Definition

/** `a` of a signature: any other value becomes an array of one. */
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const call = (callback: Callback, value: unknown, key: unknown, whole: unknown) =>
	callback.arity >= 3 ? callback(value, key, whole) : callback.arity === 2 ? callback(value, key) : callback(value)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The arguments as the signature of a function of the library wants them. */
const checked = (name: string, args: unknown[], input: unknown) => library.get(name)?.signature?.validate(args, input) ?? args

/** The functions that call functions, and those that the library makes wait. They give up at arguments that they do not take. */
const WRITTEN: Record<string, Builtin> = {
	map: ([list, callback]) => {
		if (list === undefined) return undefined
		const made = sequence()
		listOf(list).forEach((item, place, whole) => {
			const value = call(callback as Callback, item, place, whole)
			if (value !== undefined) add(made, value)
		})
		return made
	},
	filter: ([list, callback]) => {
		if (list === undefined) return undefined
		const made = sequence()
		listOf(list).forEach((item, place, whole) => {
			if (truth(call(callback as Callback, item, place, whole)) === true) add(made, item)
		})
		return made
	},
	each: ([object, callback]) => {
		if (object === undefined) return sequence()
		if (!isObject(object)) throw new GivesUp('no object')
		const made = sequence()
		for (const [key, item] of Object.entries(object)) {
			const value = call(callback as Callback, item, key, object)
			if (value !== undefined) add(made, value)
		}
		return made
	},
	sift: ([object, callback]) => {
		if (object === undefined) return undefined
		if (!isObject(object)) throw new GivesUp('no object')
		const made: Record<string, unknown> = Object.create(null)
		for (const [key, item] of Object.entries(object)) if (truth(call(callback as Callback, item, key, object)) === true) made[key] = item
		return Object.keys(made).length > 0 ? made : undefined
	},
	contains: (args, input) => {
		const [text, part] = checked('contains', args, input)
		if (text === undefined) return undefined
		if (typeof part !== 'string') throw new GivesUp('a missing text')
		return String(text).includes(part)
	},
	split: (args, input) => {
		const [text, separator, limit] = checked('split', args, input)
		if (text === undefined) return undefined
		if (typeof separator !== 'string' || (limit !== undefined && !(Number(limit) >= 0)))
			throw new GivesUp('a missing text, or less than none')
		return String(text).split(separator, limit === undefined ? undefined : Math.floor(Number(limit)))
	},
}

/** Arguments that need no look at the signature: a number, or a text, where the function asks for nothing else. */
const QUICK: Record<string, (args: unknown[]) => boolean> = {
	...Object.fromEntries(
		['abs', 'ceil', 'floor', 'round', 'sqrt'].map((name) => [name, ([n, ...rest]) => typeof n === 'number' && rest.length === 0]),
	),
	...Object.fromEntries(
		['lowercase', 'uppercase', 'trim', 'length'].map((name) => [name, ([s, ...rest]) => typeof s === 'string' && rest.length === 0]),
	),
	exists: (args) => args.length === 1 && typeof args[0] !== 'function',
	not: (args) => args.length === 1 && typeof args[0] !== 'function',
	type: (args) => args.length === 1 && typeof args[0] !== 'function',
	lookup: (args) => args.length === 2 && typeof args[0] === 'object' && typeof args[1] === 'string',
	substringBefore: (args) => args.length === 2 && typeof args[0] === 'string' && typeof args[1] === 'string',
	substringAfter: (args) => args.length === 2 && typeof args[0] === 'string' && typeof args[1] === 'string',
}

const library = new Map(await Promise.all([...PLAIN, 'contains', 'split'].map(async (name) => [name, await definitionOf(name)] as const)))

/** Gives the function of that name; undefined where the compiler has none. Its errors are the library's own, or `GivesUp`. */
export function builtin(name: string): Builtin | undefined {
	const written = WRITTEN[name]
	if (written) return written
	const definition = library.get(name)
	if (!definition) return undefined
	const { implementation, signature } = definition
	const quick = QUICK[name]
	return (args, input) => {
		const fitting = quick?.(args) === true || !signature ? args : signature.validate(args, input)
		return implementation.apply(FOCUS, fitting)
	}
}
