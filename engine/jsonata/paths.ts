import type { Node } from './allow.ts'
import { type Code, charge, type Frame, nodes, spend } from './code.ts'
import { add, append, isNumber, isSequence, type Sequence, sequence, truth } from './sequence.ts'

/** The code of a path of names, with one wildcard at most; undefined for every other. `whole`: the code that covers them all, for lists on the way. */
export function quickPath(node: Node, steps: Node[], whole: Code): Code | undefined {
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

/** One step of a path on each item of what came before; of the last one a list stays as it is. */
export function step(run: Code, stages: Code[], input: unknown[], frame: Frame, isLast: boolean): Sequence {
	const results: unknown[] = []
	for (const item of input) {
		spend(frame)
		let value = run(item, frame)
		for (const stage of stages) value = stage(value, frame)
		if (value !== undefined) add(results, value)
	}
	const [first] = results
	if (isLast && results.length === 1 && Array.isArray(first) && !isSequence(first)) return first
	const flat = sequence()
	for (const value of results) {
		if (Array.isArray(value) && !('cons' in value)) for (const inner of value) add(flat, inner)
		else add(flat, value)
	}
	charge(frame, flat)
	return flat
}

/** A predicate that is a number: the item at that place, from the end where it is negative. */
export function placed(place: number): Code {
	return (input) => {
		const list = Array.isArray(input) ? input : sequence(input)
		const item: unknown = list[place < 0 ? list.length + place : place]
		return Array.isArray(item) ? item : item === undefined ? sequence() : sequence(item)
	}
}

/** A predicate: the items for which it is true, or whose places it names. */
export function kept(test: Code): Code {
	return (input, frame) => {
		const list = Array.isArray(input) ? input : [input]
		const all = sequence()
		for (let place = 0; place < list.length; place++) {
			spend(frame)
			const found = test(list[place], frame)
			const places = isNumber(found) ? [found] : Array.isArray(found) && found.every(isNumber) ? found : undefined
			if (places === undefined) {
				if (truth(found) === true) add(all, list[place])
			} else
				for (const one of places) {
					const floor = Math.floor(one)
					if ((floor < 0 ? list.length + floor : floor) === place) add(all, list[place])
				}
		}
		return all
	}
}

/** Every value of an object, lists flattened. */
export function wildcard(input: unknown, frame: Frame): unknown {
	let found: unknown = sequence()
	const object: unknown = (input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input
	if (typeof object !== 'object' || object === null) return found
	const inside = Object.values(object)
	charge(frame, inside)
	for (const value of inside) {
		if (Array.isArray(value)) found = append(found, value.flat(Number.POSITIVE_INFINITY))
		else add(found as unknown[], value)
	}
	return found
}

/** Stands for a list on the way: more than one value may come of it. */
const LIST = Symbol('list')

/** What keys of keys lead to; nothing where one is missing, `LIST` where one is a list's. */
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

/** The keys of a path that is nothing else; undefined for every other expression. */
export function keysOf(ast: Node): string[] | undefined {
	const steps = nodes(ast.steps)
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
