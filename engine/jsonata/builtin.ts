import jsonata from 'jsonata'
import { FUNCTIONS, HIGHER_ORDER } from './language.ts'
import { add, GivesUp, MAX_SEQUENCE, type Sequence, sequence, truth } from './sequence.ts'

/** A function of JSONata's, called with the arguments and the value that stands for missing ones (`$string()` takes what it is applied to). */
export type Builtin = (args: unknown[], input: unknown) => unknown

/** How the library keeps its functions: `$sum` as an expression gives this. */
type Definition = {
	implementation: (this: unknown, ...args: unknown[]) => unknown
	signature?: { validate(args: unknown[], context: unknown): unknown[] }
}

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

/** Calls back for a value under a key, or in a place. */
const call = (callback: unknown, value: unknown, key: unknown, whole: unknown) => {
	const { arity } = callback as Callback
	return (callback as Callback)(...[value, key, whole].slice(0, Math.max(arity, 1)))
}

function entriesOf(object: unknown): [string, unknown][] {
	if (typeof object !== 'object' || object === null || Array.isArray(object)) throw new GivesUp('no object')
	return Object.entries(object)
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
const passing = <T>(entries: Iterable<[T, unknown]>, callback: unknown, whole: unknown) =>
	[...entries].filter(([key, item]) => truth(call(callback, item, key, whole)) === true)

/** The arguments as the signature of a function of the library wants them. */
const checked = (name: string, args: unknown[], input: unknown) => library.get(name)?.signature?.validate(args, input) ?? args

/** The functions that call functions, and those that the library makes wait. They give up at arguments that they do not take. */
const WRITTEN: Record<string, Builtin> = {
	map: ([list, callback]) => (list === undefined ? undefined : called(listOf(list).entries(), callback, listOf(list))),
	each: ([object, callback]) => (object === undefined ? sequence() : called(entriesOf(object), callback, object)),
	filter([list, callback]) {
		if (list === undefined) return undefined
		const made = sequence()
		for (const [, item] of passing(listOf(list).entries(), callback, listOf(list))) add(made, item)
		return made
	},
	sift([object, callback]) {
		const kept = object === undefined ? [] : passing(entriesOf(object), callback, object)
		return kept.length > 0 ? Object.assign(Object.create(null), Object.fromEntries(kept)) : undefined
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

/** Functions that take arguments of these types as they are: no look at their signature is needed. `any`: all but functions. */
const QUICK: Record<string, string[]> = {
	...Object.fromEntries(['abs', 'ceil', 'floor', 'round', 'sqrt'].map((name) => [name, ['number']])),
	...Object.fromEntries(['lowercase', 'uppercase', 'trim', 'length'].map((name) => [name, ['string']])),
	...Object.fromEntries(['exists', 'not', 'type'].map((name) => [name, ['any']])),
	lookup: ['object', 'string'],
	substringBefore: ['string', 'string'],
	substringAfter: ['string', 'string'],
}

const fits = (value: unknown, type: string | undefined) => (type === 'any' ? typeof value !== 'function' : typeof value === type)

/** Functions whose implementation is plain code without promises, and the signatures of those that are written above. */
const library = new Map(
	await Promise.all(
		FUNCTIONS.filter((name) => !HIGHER_ORDER.includes(name)).map(async (name) => [name, await definitionOf(name)] as const),
	),
)

/** Gives the function of that name; undefined where the compiler has none. Its errors are the library's own, or `GivesUp`. */
export function builtin(name: string): Builtin | undefined {
	const written = WRITTEN[name]
	if (written) return written
	const definition = library.get(name)
	if (!definition) return undefined
	const { implementation, signature } = definition
	const quick = QUICK[name]
	return (args, input) => {
		const isQuick = quick?.length === args.length && args.every((value, place) => fits(value, quick[place]))
		return implementation.apply(FOCUS, isQuick || !signature ? args : signature.validate(args, input))
	}
}
