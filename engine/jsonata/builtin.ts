import jsonata from 'jsonata'
import type { Frame } from './code.ts'
import { FUNCTIONS, HIGHER_ORDER } from './language.ts'
import { add, GivesUp, MAX_SEQUENCE, type Sequence, sequence, shown } from './sequence.ts'
import { pay, payDeep } from './steps.ts'
import { search, WRITTEN } from './written.ts'

/**
 * A function of JSONata's, called with the arguments and the value that stands for missing ones (`$string()` takes what it is applied to). It counts what
 * it walks through.
 */
export type Builtin = (args: unknown[], input: unknown, frame: Frame) => unknown

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
			for (const item of more) add(made, item)
			return made.length
		}
		return made
	},
}

const definitionOf = async (name: string) => (await jsonata(`$${name}`).evaluate(undefined)) as Definition

/** Functions that take arguments of these types as they are: no look at their signature is needed. `any`: all but functions. */
const QUICK: Record<string, string[]> = {
	...Object.fromEntries(['abs', 'ceil', 'floor', 'round', 'sqrt'].map((name) => [name, ['number']])),
	...Object.fromEntries(['lowercase', 'uppercase', 'trim', 'length'].map((name) => [name, ['string']])),
	...Object.fromEntries(['boolean', 'exists', 'not', 'type'].map((name) => [name, ['any']])),
	contains: ['string', 'string'],
	lookup: ['object', 'string'],
	substringBefore: ['string', 'string'],
	substringAfter: ['string', 'string'],
}

function fit(values: unknown[], types: string[]): boolean {
	for (let at = 0; at < types.length; at++) {
		const [type, own] = [types[at], typeof values[at]]
		if (type === 'any' ? own === 'function' : own !== type) return false
	}
	return true
}

/** Counts so many steps for each character of the first argument, and some for the call. */
const perCharacter = (steps: number, call: number) => (args: unknown[], frame: Frame) =>
	pay(frame, call + (typeof args[0] === 'string' ? Math.ceil(args[0].length * steps) : 0))

const constant = (steps: number) => (_: unknown[], frame: Frame) => pay(frame, steps)

/** Counts what the library's functions take, by their arguments. All that are not named here walk through a list, which `validated` counts. */
const PRICES: Record<string, (args: unknown[], frame: Frame) => void> = {
	...Object.fromEntries(['abs', 'ceil', 'floor', 'power', 'sqrt', 'type'].map((name) => [name, constant(2)])),
	round: constant(20),
	fromMillis: constant(400),
	...Object.fromEntries(['lowercase', 'uppercase', 'number'].map((name) => [name, perCharacter(0.5, 8)])),
	toMillis: perCharacter(1, 30),
	trim: perCharacter(2, 8),
	string: ([value], frame) => payDeep(frame, value),
	substringBefore: ([text, part], frame) => search(text, part, frame),
	substringAfter: ([text, part], frame) => search(text, part, frame),
}

/** The library's functions by name, with their signatures. */
const library = new Map(
	await Promise.all(
		FUNCTIONS.filter((name) => !HIGHER_ORDER.includes(name)).map(async (name) => [name, await definitionOf(name)] as const),
	),
)

const made = new Map(FUNCTIONS.map((name) => [name, make(name)]))

/** Gives the function of that name; undefined for an unknown one. */
export const builtin = (name: string): Builtin | undefined => made.get(name)

function make(name: string): Builtin {
	const { implementation, signature } = library.get(name) ?? {}
	const written = WRITTEN[name]
	const price = PRICES[name]
	const quick = QUICK[name]
	return (args, input, frame) => {
		try {
			const isQuick = quick?.length === args.length && fit(args, quick)
			const taken = isQuick || !signature ? args : validated(signature, args, input, frame)
			if (written) return written(taken, frame)
			price?.(taken, frame)
			return implementation?.apply(FOCUS, taken)
		} catch (error) {
			throw error instanceof Error ? error : new GivesUp(`$${name}: ${wordsOf(error as LibraryError)}`)
		}
	}
}

/** The arguments as the signature wants them: it looks at each item of a list. */
function validated(signature: NonNullable<Definition['signature']>, args: unknown[], input: unknown, frame: Frame): unknown[] {
	pay(frame, 20)
	for (const one of args) if (Array.isArray(one)) pay(frame, one.length)
	const found = signature.validate(args, input)
	if (Array.isArray(found[0]) && found[0] !== args[0]) pay(frame, found[0].length)
	return found
}

/** The library throws plain objects. */
type LibraryError = { code?: string; value?: unknown; index?: number }

function wordsOf({ code = '', value, index = 1 }: LibraryError): string {
	if (code === 'T0411') return `it is applied to ${shown(value)}, which it does not take`
	if (code.startsWith('T04')) return `argument ${index} is ${shown(value)}, which it does not take`
	return `${shown(value)} ${WORDS[code] ?? `is refused (${code})`}`
}

const WORDS: Record<string, string> = {
	D3001: 'is out of range',
	D3020: 'is less than none',
	D3030: 'is no number',
	D3060: 'has no root',
	D3061: 'has no such power: the result is out of range',
	D3110: 'is no ISO 8601 time',
}

const stringOf = builtin('string') as Builtin

/** Gives the text of a value as `&` joins it; an empty one for nothing. */
export function textOf(value: unknown, frame: Frame): string {
	return typeof value === 'string' ? value : value === undefined ? '' : (stringOf([value], undefined, frame) as string)
}
