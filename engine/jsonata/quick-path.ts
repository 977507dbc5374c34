import type { Code } from './code.ts'
import { list, type Node } from './node.ts'
import { pay, type Steps } from './steps.ts'

/** The names of a path; undefined stands for `*`, any name. */
type Names = (string | undefined)[]

/** Gives the code of a path that is names and `*` alone, where one value comes of it, and for all else the code of the `whole`. */
export function quickPath(node: Node, whole: Code): Code {
	const names = namesOf(node)
	if (!names) return whole
	return (input, frame) => {
		const value = followed(input, names, 0, frame)
		return value === MANY ? whole(input, frame) : value
	}
}

/** Stands for a list on the way: more than one value may come of it. */
const MANY = Symbol('many')

/** Follows names from a place on; gives nothing where one is missing, and `MANY` where more than one value may be meant. */
function followed(input: unknown, names: Names, from: number, steps: Steps): unknown {
	let value = input
	for (let at = from; at < names.length; at++) {
		if (typeof value !== 'object' || value === null) return undefined
		if (Array.isArray(value)) return MANY
		const name = names[at]
		if (name === undefined) return only(value, names, at + 1, steps)
		value = (value as Record<string, unknown>)[name]
	}
	return Array.isArray(value) ? MANY : value
}

/** Follows names in each value of an object: most often they are there once, and then nothing has to be gathered. */
function only(object: object, names: Names, from: number, steps: Steps): unknown {
	let found: unknown
	pay(steps, 1)
	// The names of what JSON gave are its own.
	for (const key in object) {
		pay(steps, 5)
		const value = followed((object as Record<string, unknown>)[key], names, from, steps)
		if (value === undefined) continue
		if (value === MANY || found !== undefined) return MANY
		found = value
	}
	return found
}

/** Gives the names of a path that is nothing else (`*` apart), none of which every object has without being given it. */
function namesOf(ast: Node): Names | undefined {
	const isPlain = (node: Node) =>
		['stages', 'predicate', 'group', 'keepArray', 'keepSingletonArray'].every((key) => node[key] === undefined)
	const isName = ({ type, value }: Node) => type === 'wildcard' || (type === 'name' && !(String(value) in Object.prototype))
	const steps = list(ast.steps)
	if (ast.type !== 'path' || ![ast, ...steps].every(isPlain) || !steps.every(isName)) return undefined
	return steps.map(({ type, value }) => (type === 'name' ? String(value) : undefined))
}

/** Gives the keys of a path that is names alone; undefined for every other expression. */
export function keysOf(ast: Node): string[] | undefined {
	const names = namesOf(ast)
	return names?.every((name) => name !== undefined) ? names : undefined
}
