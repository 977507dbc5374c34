import type { Code } from './code.ts'
import { list, type Node } from './node.ts'
import { isSequence } from './sequence.ts'

/** Gives the code of a path of names, with one wildcard at most; undefined for every other. `whole`: the code that covers them all, for lists on the way. */
export function quickPath(node: Node, whole: Code): Code | undefined {
	const steps = list(node.steps)
	const wild = steps.findIndex(({ type }) => type === 'wildcard')
	if (wild > 0) {
		const names = steps.filter((_, place) => place !== wild)
		return isPlain(node, names) && isBare(steps[wild]) ? oneOf(steps, wild, whole) : undefined
	}
	if (!isPlain(node, steps)) return undefined
	const keys = steps.map((step) => String(step.value))
	const [one, two] = keys as [string, string]
	// Nine of ten expressions of profiles are a key of a key: no list stands on the way, and nothing is made.
	if (keys.length === 2)
		return (input, frame) => {
			if (typeof input !== 'object' || input === null) return undefined
			if (Array.isArray(input)) return whole(input, frame)
			const inner = (input as Record<string, unknown>)[one]
			if (typeof inner !== 'object' || inner === null) return undefined
			if (Array.isArray(inner)) return whole(input, frame)
			const value = (inner as Record<string, unknown>)[two]
			return isSequence(value) ? whole(input, frame) : value
		}
	return (input, frame) => {
		let value = input
		for (const key of keys) {
			if (value === null || typeof value !== 'object') return undefined
			if (Array.isArray(value)) return whole(input, frame)
			value = (value as Record<string, unknown>)[key]
		}
		return isSequence(value) ? whole(input, frame) : value
	}
}

/** A path with one wildcard, `json.*.Pi`: most often it fits once, and then nothing has to be gathered. */
function oneOf(steps: Node[], wild: number, whole: Code): Code {
	const before = steps.slice(0, wild).map((step) => String(step.value))
	const behind = steps.slice(wild + 1).map((step) => String(step.value))
	return (input, frame) => {
		const holder = followed(input, before)
		if (holder === LIST) return whole(input, frame)
		if (typeof holder !== 'object' || holder === null) return undefined
		let only: unknown
		for (const key of Object.keys(holder)) {
			const inner = (holder as Record<string, unknown>)[key]
			const value = Array.isArray(inner) ? LIST : followed(inner, behind)
			if (value === undefined) continue
			if (value === LIST || only !== undefined || Array.isArray(value)) return whole(input, frame)
			only = value
		}
		return only
	}
}

/** Stands for a list on the way: more than one value may come of it. */
const LIST = Symbol('list')

/** Follows keys of keys; gives nothing where one is missing, and `LIST` where a list stands on the way. */
function followed(input: unknown, keys: string[]): unknown {
	let value = input
	for (const key of keys) {
		if (typeof value !== 'object' || value === null) return undefined
		if (Array.isArray(value)) return LIST
		value = (value as Record<string, unknown>)[key]
	}
	return Array.isArray(value) ? LIST : value
}

const isBare = (step: Node | undefined) => step?.stages === undefined && step?.keepArray === undefined && step?.predicate === undefined

/** Gives the keys of a path that is nothing else; undefined for every other expression. */
export function keysOf(ast: Node): string[] | undefined {
	const steps = list(ast.steps)
	return ast.type === 'path' && ast.predicate === undefined && ast.keepArray === undefined && isPlain(ast, steps)
		? steps.map(({ value }) => String(value))
		: undefined
}

/** Whether a path is names alone, none of which every object has without being given it. */
function isPlain(path: Node, steps: Node[]): boolean {
	const names = steps.every(
		({ type, value, stages, keepArray, predicate }) =>
			type === 'name' && stages === undefined && keepArray === undefined && predicate === undefined && !(String(value) in Object.prototype),
	)
	return names && path.keepSingletonArray !== true && path.group === undefined
}
