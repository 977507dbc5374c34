import { builtin } from './builtin.ts'
import { Calls } from './calls.ts'
import { type Code, charge, type Frame, type Functions, MAX_STEPS, part, Tail, Uncovered, unset } from './code.ts'
import { grouping } from './groups.ts'
import { Names } from './names.ts'
import { list, type Node } from './node.ts'
import { OPERATORS } from './operators.ts'
import { filter, path, wildcard } from './paths.ts'
import { keysOf, quickPath } from './quick-path.ts'
import { append, GivesUp, isNumber, isSequence, lookup, type Sequence, sequence, truth, unwrapped } from './sequence.ts'

/** An expression as closures, or what of it the interpreter has to do. */
export type Compiled =
	| {
			run(input: unknown, passed: Functions): unknown
			/** Where it is nothing but keys of keys: those. */
			keys: string[] | undefined
	  }
	| { uncovered: string }

/**
 * Turns jsonata's AST into closures that give what its interpreter gives. `functions`: the names of those that may come with the values; `bound`: values of
 * variables. Running throws whenever the interpreter would throw, and sometimes where it would not: ask the interpreter then. Says in words what is not
 * covered.
 */
export function compileTree(ast: Node, functions: readonly string[], bound: Record<string, unknown> = {}): Compiled {
	try {
		const names = new Names()
		for (const name of Object.keys(bound)) names.declare(name)
		names.declareBound(ast)
		const run = new Compiler(functions).code(ast, names)
		return { keys: keysOf(ast), run: runnable(run, Object.values(bound), names.count) }
	} catch (error) {
		if (error instanceof Uncovered) return { uncovered: error.message }
		throw error
	}
}

const NO_FUNCTIONS: Functions = { functions: {} }

/** Gives what runs code: with the first slots bound, and the others unset. */
function runnable(code: Code, bound: unknown[], slots: number): (input: unknown, passed: Functions) => unknown {
	const empty = Array.from({ length: slots }, (_, slot) => (slot < bound.length ? bound[slot] : unset))
	// One for all runs: none begins before another has ended.
	const frame: Frame = { root: undefined, passed: NO_FUNCTIONS, slots: [...empty], left: 0 }
	return (input, passed) => {
		frame.root = input
		frame.passed = passed
		frame.left = MAX_STEPS
		for (let slot = 0; slot < empty.length; slot++) frame.slots[slot] = empty[slot]
		return code(Array.isArray(input) && !isSequence(input) ? Object.assign(sequence(input), { outerWrapper: true }) : input, frame)
	}
}

/** Nodes whose value is never a sequence that would have to be unwrapped. */
const NEVER_SEQUENCE = ['string', 'number', 'value', 'binary', 'bind']

class Compiler {
	readonly #calls: Calls

	constructor(functions: readonly string[]) {
		this.#calls = new Calls(this.code, functions)
	}

	/** Gives the code of a node with all that may follow it: predicates, grouping, and the unwrapping of sequences. */
	readonly code = (node: Node, names: Names): Code => {
		const { type, keepArray } = node
		if (node.focus !== undefined || node.index !== undefined || node.tuple !== undefined || node.ancestor !== undefined)
			throw new Uncovered('a step that is bound (@, #, %)')
		let run = this.#bare(node, names)
		for (const predicate of list(node.predicate)) run = then(run, filter(part(predicate, 'expr'), names, this.code))
		if (type !== 'path' && node.group !== undefined) run = then(run, grouping(part(node, 'group'), names, this.code))
		if (NEVER_SEQUENCE.includes(String(type)) && node.value !== '..' && node.predicate === undefined && node.group === undefined) return run
		const inner = run
		const keep = keepArray === true
		return (input, frame) => unwrapped(inner(input, frame), keep)
	}

	#bare(node: Node, names: Names): Code {
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
				return this.#path(node, names)
			case 'wildcard':
				return wildcard
			case 'variable':
				return variable(String(value), names)
			case 'binary':
				return this.#binary(node, names)
			case 'unary':
				return this.#unary(node, names)
			case 'condition':
				return this.#condition(node, names)
			case 'block':
				return this.#block(node, names)
			case 'bind':
				return this.#bind(node, names)
			case 'function':
				return this.#calls.call(node, names)
			case 'lambda': {
				if (node.thunk !== true) throw new Uncovered('a function as a value')
				const run = this.#calls.call(part(node, 'body'), names, true)
				return (input, frame) => new Tail(run(input, frame))
			}
			default:
				throw new Uncovered(`${String(type)} expressions`)
		}
	}

	#path(node: Node, names: Names): Code {
		const whole = path(node, names, this.code)
		return quickPath(node, whole) ?? whole
	}

	#binary(node: Node, names: Names): Code {
		const [one, two] = [this.code(part(node, 'lhs'), names), this.code(part(node, 'rhs'), names)]
		const make = OPERATORS[String(node.value)]
		if (!make) throw new Uncovered(`the operator ${String(node.value)}`)
		return make(one, two)
	}

	#unary(node: Node, names: Names): Code {
		if (node.value === '{') return grouping(node, names, this.code)
		if (node.value === '[') return this.#array(node, names)
		if (node.value !== '-') throw new Uncovered(`the sign ${String(node.value)}`)
		const inner = this.code(part(node, 'expression'), names)
		return (input, frame) => {
			const value = inner(input, frame)
			if (value === undefined) return undefined
			if (!isNumber(value)) throw new GivesUp('no number')
			return -value
		}
	}

	#array(node: Node, names: Names): Code {
		const parts = list(node.expressions).map((one) => ({ run: this.code(one, names), nested: one.value === '[' }))
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

	#condition(node: Node, names: Names): Code {
		const test = this.code(part(node, 'condition'), names)
		const yes = this.code(part(node, 'then'), names)
		const no: Code = node.else === undefined ? () => undefined : this.code(part(node, 'else'), names)
		return (input, frame) => (truth(test(input, frame)) === true ? yes : no)(input, frame)
	}

	#block(node: Node, outer: Names): Code {
		const names = new Names(outer)
		const parts = list(node.expressions)
		for (const one of parts) names.declareBound(one)
		const codes = parts.map((one) => this.code(one, names))
		const slots = names.slots()
		return (input, frame) => {
			for (const slot of slots) frame.slots[slot] = unset
			let value: unknown
			for (const run of codes) value = run(input, frame)
			return value
		}
	}

	#bind(node: Node, names: Names): Code {
		const run = this.code(part(node, 'rhs'), names)
		const slot = names.declare(String(part(node, 'lhs').value))
		return (input, frame) => {
			const value = run(input, frame)
			frame.slots[slot] = value
			return value
		}
	}
}

/** Gives the code of one after the other: the second is applied to what the first gives. */
function then(first: Code, second: Code): Code {
	return (input, frame) => second(first(input, frame), frame)
}

function variable(name: string, names: Names): Code {
	if (name === '') return (input) => ((input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input)
	if (name === '$') return (_, frame) => frame.root
	const slots = names.slotsOf(name)
	if (slots.length === 0) throw new Uncovered(`$${name} as a value`)
	return (_, frame) => {
		for (const slot of slots) if (frame.slots[slot] !== unset) return frame.slots[slot]
		// Not bound yet, here or further out: a function of that name, or nothing.
		if (name in frame.passed.functions || builtin(name)) throw new GivesUp('a function as a value')
		return undefined
	}
}
