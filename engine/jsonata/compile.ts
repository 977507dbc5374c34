import { type Node, ONE_ARGUMENT } from './allow.ts'
import { builtin, type Callback, HIGHER_ORDER } from './builtin.ts'
import { type Code, charge, everyNode, type Frame, type Functions, MAX_STEPS, nodes, spend, Tail, Uncovered } from './code.ts'
import { grouped } from './groups.ts'
import { OPERATORS } from './operators.ts'
import { kept, keysOf, placed, quickPath, step, wildcard } from './paths.ts'
import { append, GivesUp, isNumber, isSequence, lookup, type Sequence, sequence, truth, unwrapped } from './sequence.ts'

/** An expression as closures, or what of it the interpreter has to do. */
export type Compiled =
	| {
			run(input: unknown, ours: Functions): unknown
			/** Where it is nothing but keys of keys: those. */
			keys: string[] | undefined
	  }
	| { uncovered: string }

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
		if (type !== 'path' && node.group !== undefined) run = thenGrouped(run, node.group as Node, names)
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
				return (input, frame) => {
					charge(frame, input)
					return lookup(input, String(value))
				}
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
		return quickPath(node, steps, whole) ?? whole
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

	/** A predicate's code: takes what it is applied to as its input. */
	function filter(predicate: Node, names: Names): Code {
		return predicate.type === 'number' ? placed(Math.floor(Number(predicate.value))) : kept(code(predicate, names))
	}

	function filtered(run: Code, predicate: Node, names: Names): Code {
		const stage = filter(predicate, names)
		return (input, frame) => stage(run(input, frame), frame)
	}

	function thenGrouped(run: Code, group: Node, names: Names): Code {
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
		return grouped(pairs)
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
				charge(frame, made)
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
			for (const one of values) charge(frame, one)
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

/** Functions of scope.ts and of outputs, that come with what an expression is evaluated on. */
const OURS = new Set(['obis', 'scale', 'bit', 'hex', 'localTime', 'level', 'utc'])
/** Those of the library that we replace by bounded ones. */
const REPLACED = new Set(['string', 'join', 'split'])

/** Nodes whose value is never a sequence that would have to be unwrapped. */
const NEVER_SEQUENCE = new Set(['string', 'number', 'value', 'binary', 'bind'])
