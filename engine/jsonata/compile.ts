import { builtin } from './builtin.ts'
import { call } from './calls.ts'
import { bind, type Code, type Compile, type Frame, type Functions, part, Tail, Uncovered, variable, weight } from './code.ts'
import { grouping } from './groups.ts'
import { list, type Node } from './node.ts'
import { OPERATORS } from './operators.ts'
import { filter, path, wildcard } from './paths.ts'
import { keysOf, quickPath } from './quick-path.ts'
import { append, GivesUp, isNumber, isSequence, lookup, type Sequence, sequence, shown, truth, unwrapped } from './sequence.ts'
import { type Budget, begin, end, pay, payList } from './steps.ts'

/** An expression as closures, or the part that cannot be compiled. */
export type Compiled =
	| {
			/** Gives its value, on at most `most` steps of the budget. Throws `GivesUp` with what is wrong, and `Exhausted` when it took too many. */
			run(input: unknown, passed: Functions, budget: Budget, most: number): unknown
			/** Where it is nothing but keys of keys: those. */
			keys: string[] | undefined
	  }
	| { uncovered: string; node: Node }

/**
 * Turns jsonata's AST into closures that give what its interpreter gives. `functions`: the names of those that may come with the values; `bound`: values of
 * variables.
 */
export function compileTree(ast: Node, functions: readonly string[], bound: Record<string, unknown> = {}): Compiled {
	try {
		const code = compiler(functions)(ast)
		const cost = weight(ast)
		const names = Object.keys(bound)
		// One for all runs: none begins before another has ended.
		const frame: Frame = { root: undefined, passed: { functions: {} }, bound: undefined, left: 0, rest: 0, budget: { left: 0 } }
		const run = (input: unknown, passed: Functions, budget: Budget, most: number) => {
			frame.root = input
			frame.passed = passed
			frame.bound = undefined
			begin(frame, budget, most)
			for (const name of names) bind(frame, name, bound[name])
			try {
				pay(frame, cost)
				return code(Array.isArray(input) && !isSequence(input) ? Object.assign(sequence(input), { outerWrapper: true }) : input, frame)
			} finally {
				end(frame, most)
			}
		}
		return { keys: keysOf(ast), run }
	} catch (error) {
		if (error instanceof Uncovered) return { uncovered: error.message, node: error.node }
		throw error
	}
}

/** Nodes whose value is never a sequence that would have to be unwrapped. */
const NEVER_SEQUENCE = ['string', 'number', 'value', 'binary', 'bind']

/** Makes what gives the code of a node with all that may follow it: predicates, grouping, and the unwrapping of sequences. */
function compiler(functions: readonly string[]): Compile {
	const code: Compile = (node) => {
		const { type, keepArray } = node
		if (node.focus !== undefined || node.index !== undefined || node.tuple !== undefined || node.ancestor !== undefined)
			throw new Uncovered('a step that is bound (@, #, %)', node)
		let run = bare(node)
		for (const predicate of list(node.predicate)) run = then(run, filter(part(predicate, 'expr'), code))
		if (type !== 'path' && node.group !== undefined) run = then(run, grouping(part(node, 'group'), code))
		if (NEVER_SEQUENCE.includes(String(type)) && node.predicate === undefined && node.group === undefined) return run
		const inner = run
		const keep = keepArray === true
		return (input, frame) => unwrapped(inner(input, frame), keep)
	}

	function bare(node: Node): Code {
		const type = String(node.type)
		if (type === 'function') return call(node, functions, code)
		if (type === 'lambda') {
			if (node.thunk !== true) throw new Uncovered('a function as a value', node)
			const run = call(part(node, 'body'), functions, code, true)
			return (input, frame) => new Tail(run(input, frame))
		}
		const make = Object.hasOwn(NODES, type) ? NODES[type] : undefined
		if (!make) throw new Uncovered(`${type} expressions`, node)
		return make(node, code)
	}

	return code
}

const constant = ({ value }: Node): Code => {
	return () => value
}

/** Makes the code of a node itself, by its type. */
const NODES: Record<string, (node: Node, code: Compile) => Code> = {
	string: constant,
	number: constant,
	value: constant,
	wildcard: () => wildcard,
	unary,
	path: (node, code) => quickPath(node, path(node, code)),
	name({ value }) {
		const key = String(value)
		return (input, frame) => lookup(input, key, frame)
	},
	variable({ value }) {
		const name = String(value)
		if (name === '') return (input) => ((input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input)
		if (name === '$') return (_, frame) => frame.root
		return (_, frame) => {
			const found = variable(frame, name)
			if (!found && (name in frame.passed.functions || builtin(name))) throw new GivesUp(`$${name} is a function, where a value is needed`)
			return found?.value
		}
	},
	binary(node, code) {
		const [left, right] = [code(part(node, 'lhs')), code(part(node, 'rhs'))]
		const isTrue = (side: Code, input: unknown, frame: Frame) => truth(side(input, frame), frame) === true
		if (node.value === 'and') return (input, frame) => isTrue(left, input, frame) && isTrue(right, input, frame)
		if (node.value === 'or') return (input, frame) => isTrue(left, input, frame) || isTrue(right, input, frame)
		const work = OPERATORS[String(node.value)]
		if (!work) throw new Uncovered(`the operator ${String(node.value)}`, node)
		return (input, frame) => work(left(input, frame), right(input, frame), frame)
	},
	condition(node, code) {
		const test = code(part(node, 'condition'))
		const yes = code(part(node, 'then'))
		const no: Code = node.else === undefined ? () => undefined : code(part(node, 'else'))
		return (input, frame) => (truth(test(input, frame), frame) === true ? yes : no)(input, frame)
	},
	block(node, code) {
		const codes = list(node.expressions).map(code)
		return (input, frame) => {
			const outer = frame.bound
			let value: unknown
			for (const run of codes) value = run(input, frame)
			frame.bound = outer
			return value
		}
	},
	bind(node, code) {
		const run = code(part(node, 'rhs'))
		const name = String(part(node, 'lhs').value)
		return (input, frame) => {
			const value = run(input, frame)
			bind(frame, name, value)
			return value
		}
	},
}

function unary(node: Node, code: Compile): Code {
	if (node.value === '{') return grouping(node, code)
	if (node.value === '[') return array(node, code)
	if (node.value !== '-') throw new Uncovered(`the sign ${String(node.value)}`, node)
	const inner = code(part(node, 'expression'))
	return (input, frame) => {
		const value = inner(input, frame)
		if (value === undefined) return undefined
		if (!isNumber(value)) throw new GivesUp(`- stands before ${shown(value)}, which is no number`)
		return -value
	}
}

function array(node: Node, code: Compile): Code {
	const parts = list(node.expressions).map((one) => ({ run: code(one), nested: one.value === '[' }))
	return (input, frame) => {
		let made: unknown = []
		for (const { run, nested } of parts) {
			const value = run(input, frame)
			if (value === undefined) continue
			if (nested) (made as unknown[]).push(value)
			else made = append(made, value)
			payList(frame, made)
		}
		if (node.consarray === true) Object.defineProperty(made, 'cons', { value: true })
		return made
	}
}

/** Gives the code of one after the other: the second is applied to what the first gives. */
function then(first: Code, second: Code): Code {
	return (input, frame) => second(first(input, frame), frame)
}
