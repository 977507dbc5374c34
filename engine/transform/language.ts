import type { ExpressionFault } from '../jsonata/allow.ts'
import { compile, type Expression } from '../jsonata/expression.ts'
import type { Language } from '../jsonata/language.ts'
import { type Uses, usesOf } from './uses.ts'

/** The language of a profile's expressions. The longest of the built-in profiles has 18 parts; comparing objects three deep is still bounded. */
export const TELEGRAM: Language = {
	names: ['obis', 'registers', 'times', 'channels', 'submeters', 'records', 'json', 'topic', 'id', 'time', 'received'],
	functions: ['bit', 'hex', 'localTime', 'obis', 'scale', 'string', 'join', 'split'],
	size: { nodes: 400, depth: 24, constructors: 3, joins: 8 },
	steps: 500_000,
	result: { lists: false, text: 1024, texts: 16_384, parts: 500 },
	hints: {
		reference: 'profiles/REFERENCE.md',
		clock: '"received" is when the bytes arrived',
		times: 'times are ISO 8601; $localTime reads local ones',
		size: 'split it into several fields',
	},
}

/** An expression that gives a field of the reading, with the parts of a telegram that it asks for. */
export type FieldExpression = Expression & Uses

/** The expressions in use, by their text: a tree takes 16 kB, and profiles share most of their expressions. */
const inUse = new Map<string, WeakRef<FieldExpression>>()
/** Texts that are kept before those are dropped whose expressions are no longer used. */
const MANY_TEXTS = 5000

/** Compiles the expression of a field, or says what is wrong with it. Gives the same one for the same text while it is in use. */
export function compileField(text: string): FieldExpression | ExpressionFault[] {
	const known = inUse.get(text)?.deref()
	if (known) return known
	const expression = compile(text, TELEGRAM)
	if (Array.isArray(expression)) return expression
	const made = { ...expression, ...usesOf(expression.ast) }
	if (inUse.size >= MANY_TEXTS) for (const [old, reference] of inUse) if (!reference.deref()) inUse.delete(old)
	inUse.set(text, new WeakRef(made))
	return made
}
