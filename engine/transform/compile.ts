import { type Node, ONE_ARGUMENT } from './allow.ts'
import { type Builtin, builtin, type Callback, HIGHER_ORDER } from './builtin.ts'
import {
	add,
	append,
	GivesUp,
	isNumber,
	isSequence,
	lookup,
	MAX_SEQUENCE,
	type Sequence,
	same,
	sequence,
	truth,
	unwrapped,
} from './sequence.ts'

/** Where functions of our own come from; asked only by an expression that calls one. */
type Functions = { readonly functions: Record<string, (...args: never[]) => unknown> }

/** What an expression is evaluated on: functions of our own, `slots` for the values of its variables, and the steps that it may still take. */
type Frame = { root: unknown; ours: Functions; slots: unknown[]; left: number }

/** Compiled code: the value of a node for an input. Throws where the interpreter would. */
type Code = (input: unknown, frame: Frame) => unknown

/** An expression as closures, or what of it the interpreter has to do. */
export type Compiled =
	| {
			run(input: unknown, ours: Functions): unknown
			/** Where it is nothing but keys of keys: those. */
			keys: string[] | undefined
	  }
	| { uncovered: string }

/** Steps of one evaluation: the longest of ours takes 300; what takes more is left to the interpreter, which has a clock. */
const MAX_STEPS = 20_000

class Uncovered extends Error {}
/** What a call in tail position gives (the parser marks those): it is unwrapped nowhere on its way out of the function. */
class Tail {
	readonly value: unknown
	constructor(value: unknown) {
		this.value = value
	}
}
const NO_FUNCTIONS: Functions = { functions: {} }
const unset = Symbol('unset')

/** The names that a block or a function binds, each with its slot. */
type Names = { slots: Map<string, number>; outer: Names | undefined }

/**
 * Turns jsonata's AST into closures that give what its interpreter gives. `bound`: names of values that come with the input, as variables. Running throws
 * whenever the interpreter would throw, and sometimes where it would not: ask the interpreter then. What is not covered is said, in words.
 */
export function compileTree(ast: Node, bound: Record<string, unknown> = {}): Compiled {
	let slots = 0
	const initial: unknown[] = []
	const global: Names = { slots: new Map(), outer: undefined }
	for (const [name, value] of Object.entries(bound)) {
		initial.push(value)
		global.slots.set(name, slots++)
	}

	function declare(names: Names, name: string): number {
		const known = names.slots.get(name)
		if (known !== undefined) return known
		names.slots.set(name, slots)
		return slots++
	}

	/** The code of a node, with what may follow each: predicates, grouping, and the unwrapping of sequences. */
	function code(node: Node, names: Names): Code {
		const { type, keepArray } = node
		if (node.focus !== undefined || node.index !== undefined || node.tuple !== undefined || node.ancestor !== undefined)
			throw new Uncovered('a step that is bound (@, #, %)')
		let run = bare(node, names)
		for (const predicate of nodes(node.predicate)) run = filtered(run, predicate.expr as Node, names)
		if (type !== 'path' && node.group !== undefined) run = grouped(run, node.group as Node, names)
		if (NEVER_SEQUENCE.has(String(type)) && node.value !== '..' && node.predicate === undefined && node.group === undefined) return run
		const inner = run
		const keep = keepArray === true
		return (input, frame) => unwrapped(inner(input, frame), keep)
	}

	function bare(node: Node, names: Names): Code {
		const { type, value } = node
		switch (type) {
			case 'string':
			case 'number':
			case 'value':
				return () => value
			case 'name':
				return (input) => lookup(input, String(value))
			case 'path':
				return path(node, names)
			case 'wildcard':
				return wildcard
			case 'variable':
				return variable(String(value), names)
			case 'binary':
				return binary(node, names)
			case 'unary':
				return unary(node, names)
			case 'condition':
				return condition(node, names)
			case 'block':
				return block(node, names)
			case 'bind':
				return bind(node, names)
			case 'function':
				return call(node, names)
			case 'lambda':
				if (node.thunk === true) {
					const run = call(node.body as Node, names, true)
					return (input, frame) => new Tail(run(input, frame))
				}
				throw new Uncovered('a function as a value')
			default:
				throw new Uncovered(`${String(type)} expressions`)
		}
	}

	function path(node: Node, names: Names): Code {
		const steps = nodes(node.steps)
		if (node.tuple === true || steps.some((step) => step.type === 'sort' || step.tuple !== undefined))
			throw new Uncovered('sorted or bound paths (^, @, #, %)')
		const whole = wholePath(node, steps, names)
		const wild = steps.findIndex(({ type }) => type === 'wildcard')
		if (
			wild > 0 &&
			isPlain(
				node,
				steps.filter((_, place) => place !== wild),
			) &&
			isBare(steps[wild])
		)
			return oneOf(steps, wild, whole)
		if (!isPlain(node, steps)) return whole
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

	function wholePath(node: Node, steps: Node[], names: Names): Code {
		const codes = steps.map((step) => code(step, names))
		const stages = steps.map((step) =>
			nodes(step.stages).map(({ type, expr }) => {
				if (type !== 'filter') throw new Uncovered('numbered steps (#)')
				return filter(expr as Node, names)
			}),
		)
		const last = steps.length - 1
		const group = node.group === undefined ? undefined : grouping(node.group as Node, names)
		const fromVariable = steps[0]?.type === 'variable'
		const constructed = steps[0]?.consarray === true
		return (input, frame) => {
			let values: Sequence = Array.isArray(input) && !fromVariable ? input : sequence(input)
			let result: Sequence | undefined
			for (let place = 0; place <= last; place++) {
				const run = codes[place] as Code
				result =
					place === 0 && constructed ? (run(values, frame) as Sequence) : step(run, stages[place] ?? [], values, frame, place === last)
				if (result === undefined || result.length === 0) break
				values = result
			}
			if (node.keepSingletonArray === true) {
				if (result === undefined) throw new GivesUp('nothing to keep as a list')
				if (Array.isArray(result) && 'cons' in result && result.sequence !== true) result = sequence(result)
				result.keepSingleton = true
			}
			return group ? group(result, frame) : result
		}
	}

	function step(run: Code, stages: Code[], input: unknown[], frame: Frame, isLast: boolean): Sequence {
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
		return flat
	}

	/** A predicate's code: takes what it is applied to as its input. */
	function filter(predicate: Node, names: Names): Code {
		if (predicate.type === 'number') {
			const place = Math.floor(Number(predicate.value))
			return (input) => {
				const list = Array.isArray(input) ? input : sequence(input)
				const item: unknown = list[place < 0 ? list.length + place : place]
				return Array.isArray(item) ? item : item === undefined ? sequence() : sequence(item)
			}
		}
		const test = code(predicate, names)
		return (input, frame) => {
			const list = Array.isArray(input) ? input : [input]
			const kept = sequence()
			for (let place = 0; place < list.length; place++) {
				spend(frame)
				const found = test(list[place], frame)
				const places = isNumber(found) ? [found] : Array.isArray(found) && found.every(isNumber) ? found : undefined
				if (places === undefined) {
					if (truth(found) === true) add(kept, list[place])
				} else
					for (const one of places) {
						const floor = Math.floor(one)
						if ((floor < 0 ? list.length + floor : floor) === place) add(kept, list[place])
					}
			}
			return kept
		}
	}

	function filtered(run: Code, predicate: Node, names: Names): Code {
		const stage = filter(predicate, names)
		return (input, frame) => stage(run(input, frame), frame)
	}

	function grouped(run: Code, group: Node, names: Names): Code {
		const make = grouping(group, names)
		return (input, frame) => make(run(input, frame), frame)
	}

	/** { key: value, … }: an object of the input, or of the groups that its items form by their keys. */
	function grouping(node: Node, names: Names): Code {
		const pairs = (node.lhs as [Node, Node][]).map(([key, value]) => ({
			key: code(key, names),
			value: code(value, names),
			text: key.type === 'string' ? String(key.value) : undefined,
		}))
		const fixed = pairs.every(({ text }) => text !== undefined) && new Set(pairs.map(({ text }) => text)).size === pairs.length
		for (const { text } of pairs) if (text?.startsWith('_jsonata_')) throw new Uncovered('a key that JSONata keeps for itself')
		return (input, frame) => {
			const made: Record<string, unknown> = Object.create(null)
			if (fixed && !Array.isArray(input)) {
				for (const { text, value } of pairs) {
					const found = value(input, frame)
					if (found !== undefined) made[text as string] = found
				}
				return made
			}
			const items = Array.isArray(input) ? input : [input]
			// The interpreter adds an item to the empty list itself: in a list of the data all others see it.
			if (items.length === 0 && !isSequence(items)) throw new GivesUp('groups of nothing')
			const groups = new Map<string, { data: unknown; place: number }>()
			for (const item of items.length > 0 ? items : [undefined])
				pairs.forEach(({ key }, place) => {
					spend(frame)
					const name = key(item, frame)
					if (name === undefined) return
					if (typeof name !== 'string' || name.startsWith('_jsonata_')) throw new GivesUp('a key that is none')
					const group = groups.get(name)
					if (!group) groups.set(name, { data: item, place })
					else if (group.place === place) group.data = append(group.data, item)
					else throw new GivesUp('two pairs of one key')
				})
			// Numbers as keys come first, in an object and so here.
			const order = Object.keys(Object.fromEntries([...groups.keys()].map((name) => [name, 0])))
			for (const name of order) {
				const { data, place } = groups.get(name) ?? { data: undefined, place: 0 }
				const found = pairs[place]?.value(data, frame)
				if (found !== undefined) made[name] = found
			}
			return made
		}
	}

	function variable(name: string, names: Names): Code {
		if (name === '') return (input) => ((input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input)
		if (name === '$') return (_, frame) => frame.root
		const candidates: number[] = []
		for (let one: Names | undefined = names; one; one = one.outer) {
			const slot = one.slots.get(name)
			if (slot !== undefined) candidates.push(slot)
		}
		if (candidates.length === 0) throw new Uncovered(`$${name} as a value`)
		return (_, frame) => {
			for (const slot of candidates) if (frame.slots[slot] !== unset) return frame.slots[slot]
			// Not bound yet, here or further out: a function of that name, or nothing.
			if (name in frame.ours.functions || builtin(name)) throw new GivesUp('a function as a value')
			return undefined
		}
	}

	function binary(node: Node, names: Names): Code {
		const [one, two] = [code(node.lhs as Node, names), code(node.rhs as Node, names)]
		const make = OPERATORS[String(node.value)]
		if (!make) throw new Uncovered(`the operator ${String(node.value)}`)
		return make(one, two)
	}

	function unary(node: Node, names: Names): Code {
		if (node.value === '-') {
			const inner = code(node.expression as Node, names)
			return (input, frame) => {
				const value = inner(input, frame)
				if (value === undefined) return undefined
				if (!isNumber(value)) throw new GivesUp('no number')
				return -value
			}
		}
		if (node.value === '{') return grouping(node, names)
		if (node.value !== '[') throw new Uncovered(`the sign ${String(node.value)}`)
		const parts = nodes(node.expressions).map((part) => ({ run: code(part, names), nested: part.value === '[' }))
		return (input, frame) => {
			let made: unknown = []
			for (const { run, nested } of parts) {
				const value = run(input, frame)
				if (value === undefined) continue
				if (nested) (made as unknown[]).push(value)
				else made = append(made, value)
				// Joining copies: it counts as the steps that it costs.
				frame.left -= (made as unknown[]).length >> 4
			}
			if (node.consarray === true) Object.defineProperty(made, 'cons', { value: true })
			return made
		}
	}

	function condition(node: Node, names: Names): Code {
		const test = code(node.condition as Node, names)
		const yes = code(node.then as Node, names)
		const no: Code = node.else === undefined ? () => undefined : code(node.else as Node, names)
		return (input, frame) => (truth(test(input, frame)) === true ? yes : no)(input, frame)
	}

	function block(node: Node, outer: Names): Code {
		const names: Names = { slots: new Map(), outer }
		const parts = nodes(node.expressions)
		for (const part of parts) declareBound(part, names)
		const codes = parts.map((part) => code(part, names))
		const own = [...names.slots.values()]
		return (input, frame) => {
			for (const slot of own) frame.slots[slot] = unset
			let value: unknown
			for (const run of codes) value = run(input, frame)
			return value
		}
	}

	/** Every name that is bound in this block itself, however deep in an expression. */
	function declareBound(node: Node, names: Names): void {
		if (node.type === 'bind') declare(names, String((node.lhs as Node).value))
		if (node.type === 'block' || (node.type === 'lambda' && node.thunk !== true)) return
		for (const [key, value] of Object.entries(node)) if (key !== 'value') for (const inner of everyNode(value)) declareBound(inner, names)
	}

	function bind(node: Node, names: Names): Code {
		const run = code(node.rhs as Node, names)
		const slot = declare(names, String((node.lhs as Node).value))
		return (input, frame) => {
			const value = run(input, frame)
			frame.slots[slot] = value
			return value
		}
	}

	/** `tail`: in tail position the interpreter gives functions nothing to be applied to. */
	function call(node: Node, names: Names, tail = false): Code {
		const procedure = node.procedure as Node
		const name = String(procedure.value)
		for (let one: Names | undefined = names; one; one = one.outer) if (one.slots.has(name)) throw new Uncovered('a call of a variable')
		if (procedure.type !== 'variable' || procedure.predicate !== undefined) throw new Uncovered('a call of what is no name')
		const given = nodes(node.arguments)
		const library = builtin(name)
		if (HIGHER_ORDER.includes(name)) {
			const [value, callback] = given
			if (!library || !value || !callback || given.length !== 2) throw new Uncovered(`$${name} without its two arguments`)
			const [list, make] = [code(value, names), callbackOf(callback, names)]
			return (input, frame) => library([list(input, frame), make(input, frame)], input)
		}
		if (ONE_ARGUMENT.includes(name) && given.length > 1) throw new Uncovered(`$${name} with a picture of the time`)
		const args = given.map((argument) => code(argument, names))
		const mayBeOurs = OURS.has(name) || REPLACED.has(name)
		if (!library && !mayBeOurs) throw new Uncovered(`$${name}`)
		return (input, frame) => {
			spend(frame)
			const values = args.map((argument) => argument(input, frame))
			const ours = mayBeOurs ? (frame.ours.functions[name] as ((...values: unknown[]) => unknown) | undefined) : undefined
			if (ours) return ours(...values)
			if (!library) throw new GivesUp(`no function ${name}`)
			return library(values, tail ? null : input)
		}
	}

	/** A function as an argument: written there, or the name of one of the library's. */
	function callbackOf(node: Node, outer: Names): (input: unknown, frame: Frame) => Callback {
		if (node.type !== 'lambda' || node.thunk === true || node.signature !== undefined)
			throw new Uncovered('a function that is not written where it is used')
		const names: Names = { slots: new Map(), outer }
		const parameters = nodes(node.arguments).map((parameter) => declare(names, String(parameter.value)))
		declareBound(node.body as Node, names)
		const own = [...names.slots.values()]
		const body = code(node.body as Node, names)
		return (input, frame) => {
			const callback = (...values: unknown[]) => {
				spend(frame)
				for (const slot of own) frame.slots[slot] = unset
				parameters.forEach((slot, place) => {
					frame.slots[slot] = values[place]
				})
				const value = body(input, frame)
				return value instanceof Tail ? value.value : value
			}
			return Object.assign(callback, { arity: parameters.length })
		}
	}

	try {
		declareBound(ast, global)
		const run = code(ast, global)
		const empty = [...initial, ...Array.from({ length: slots - initial.length }, () => unset)]
		// One for all runs: none begins before another has ended, and a town's telegrams have a hundred each.
		const frame: Frame = { root: undefined, ours: NO_FUNCTIONS, slots: [...empty], left: 0 }
		return {
			keys: keysOf(ast),
			run(input, ours) {
				frame.root = input
				frame.ours = ours
				frame.left = MAX_STEPS
				for (let slot = 0; slot < empty.length; slot++) frame.slots[slot] = empty[slot]
				return run(Array.isArray(input) && !isSequence(input) ? Object.assign(sequence(input), { outerWrapper: true }) : input, frame)
			},
		}
	} catch (error) {
		if (error instanceof Uncovered) return { uncovered: error.message }
		throw error
	}
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
function keysOf(ast: Node): string[] | undefined {
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

/** Functions of scope.ts and of outputs, that come with what an expression is evaluated on. */
const OURS = new Set(['obis', 'scale', 'bit', 'hex', 'localTime', 'level', 'utc'])
/** Those of the library that we replace by bounded ones. */
const REPLACED = new Set(['string', 'join', 'split'])

/** Nodes whose value is never a sequence that would have to be unwrapped. */
const NEVER_SEQUENCE = new Set(['string', 'number', 'value', 'binary', 'bind'])

function spend(frame: Frame): void {
	if (--frame.left < 0) throw new GivesUp('too many steps')
}

function wildcard(input: unknown): unknown {
	let found: unknown = sequence()
	const object: unknown = (input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input
	if (typeof object !== 'object' || object === null) return found
	for (const value of Object.values(object)) {
		if (Array.isArray(value)) found = append(found, value.flat(Number.POSITIVE_INFINITY))
		else add(found as unknown[], value)
	}
	return found
}

/** Both sides are numbers, or one is missing. */
function numeric(work: (one: number, two: number) => number) {
	return (left: Code, right: Code): Code =>
		(input, frame) => {
			const [one, two] = [left(input, frame), right(input, frame)]
			if ((one !== undefined && !isNumber(one)) || (two !== undefined && !isNumber(two))) throw new GivesUp('no number')
			return one === undefined || two === undefined ? undefined : work(one, two)
		}
}

/** Both sides are numbers, or both texts, or one is missing. */
function ordered(work: (one: number | string, two: number | string) => boolean) {
	const comparable = (value: unknown) => value === undefined || typeof value === 'number' || typeof value === 'string'
	return (left: Code, right: Code): Code =>
		(input, frame) => {
			const [one, two] = [left(input, frame), right(input, frame)]
			if (!comparable(one) || !comparable(two)) throw new GivesUp('neither number nor text')
			if (one === undefined || two === undefined) return undefined
			if (typeof one !== typeof two) throw new GivesUp('a number against a text')
			return work(one as number, two as number)
		}
}

const stringOf = builtin('string') as Builtin
const textOf = (value: unknown) => (typeof value === 'string' ? value : value === undefined ? '' : (stringOf([value], undefined) as string))

const OPERATORS: Record<string, (left: Code, right: Code) => Code> = {
	'+': numeric((one, two) => one + two),
	'-': numeric((one, two) => one - two),
	'*': numeric((one, two) => one * two),
	'/': numeric((one, two) => one / two),
	'%': numeric((one, two) => one % two),
	'<': ordered((one, two) => one < two),
	'<=': ordered((one, two) => one <= two),
	'>': ordered((one, two) => one > two),
	'>=': ordered((one, two) => one >= two),
	'=': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		return one !== undefined && two !== undefined && same(one, two)
	},
	'!=': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		return one !== undefined && two !== undefined && !same(one, two)
	},
	'&': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		return textOf(one) + textOf(two)
	},
	and: (left, right) => (input, frame) => truth(left(input, frame)) === true && truth(right(input, frame)) === true,
	or: (left, right) => (input, frame) => truth(left(input, frame)) === true || truth(right(input, frame)) === true,
	in: (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		if (one === undefined || two === undefined) return false
		return (Array.isArray(two) ? two : [two]).some((item) => item === one)
	},
	'..': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		if ((one !== undefined && !Number.isInteger(one)) || (two !== undefined && !Number.isInteger(two))) throw new GivesUp('no integers')
		if (one === undefined || two === undefined || (one as number) > (two as number)) return undefined
		const size = (two as number) - (one as number) + 1
		if (size > MAX_SEQUENCE) throw new GivesUp('a sequence is too long')
		return sequence(...Array.from({ length: size }, (_, place) => (one as number) + place))
	},
}

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])

/** Every node in a value of the AST, not below them. */
function everyNode(value: unknown): Node[] {
	if (Array.isArray(value)) return value.flatMap(everyNode)
	if (typeof value !== 'object' || value === null) return []
	return typeof (value as Node).type === 'string' ? [value as Node] : Object.values(value).flatMap(everyNode)
}
