import { builtin } from './builtin.ts'
import { bind, type Code, type Compile, type Frame, part, Tail, Uncovered, variable, weight } from './code.ts'
import { HIGHER_ORDER, ONE_ARGUMENT } from './language.ts'
import { isNode, list, type Node } from './node.ts'
import { GivesUp } from './sequence.ts'
import { pay } from './steps.ts'
import type { Callback } from './written.ts'

/** Functions that take a function, and what they are applied to where they have no other argument. */
const OF_INPUT = ['each', 'sift']

/**
 * Gives the code of a call. `passed`: the names of the functions that may come with the values; `isTail`: the interpreter gives functions in tail position
 * nothing to be applied to.
 */
export function call(node: Node, passed: readonly string[], code: Compile, isTail = false): Code {
	const procedure = part(node, 'procedure')
	const name = String(procedure.value)
	if (procedure.type !== 'variable' || procedure.predicate !== undefined) throw new Uncovered('a call of something other than a name', node)
	const args = list(node.arguments)
	const library = builtin(name)
	const mayBePassed = passed.includes(name)
	if (!library && !mayBePassed) throw new Uncovered(`$${name}`, node)
	if (ONE_ARGUMENT.includes(name) && args.length > 1) throw new Uncovered(`$${name} with a picture of the time`, node)
	const isHigher = HIGHER_ORDER.includes(name)
	const ofInput = OF_INPUT.includes(name) && args.length === 1
	if (isHigher && !ofInput && args.length !== 2) throw new Uncovered(`$${name} without its two arguments`, node)
	const codes = args.map((argument, place) => (isHigher && place === args.length - 1 ? callback(argument, code) : code(argument)))
	if (ofInput) codes.unshift((input) => (isTail ? null : input))
	return (input, frame) => {
		pay(frame, 2)
		if (frame.bound !== undefined && variable(frame, name)) throw new GivesUp(`$${name} is a value here, not a function`)
		const values: unknown[] = new Array(codes.length)
		for (let at = 0; at < codes.length; at++) values[at] = (codes[at] as Code)(input, frame)
		const own = mayBePassed ? (frame.passed.functions[name] as ((...values: unknown[]) => unknown) | undefined) : undefined
		if (own) {
			payArguments(frame, values)
			return own(...values)
		}
		if (!library) throw new GivesUp(`there is no $${name} here`)
		return library(values, isTail && !isHigher ? null : input, frame)
	}
}

/** Counts a call of a function that came with the values: it may look through its texts and lists. */
function payArguments(frame: Frame, values: unknown[]): void {
	let steps = 80
	for (let at = 0; at < values.length; at++) {
		const one = values[at]
		if (typeof one === 'string' || Array.isArray(one)) steps += one.length
	}
	pay(frame, steps)
}

/** What the parser makes of the signature of a function: `<n:n>`. */
type Signature = { validate(args: unknown[], input: unknown): unknown[] }

/** Gives the code of a function that is written as an argument. */
function callback(node: Node, code: Compile): (input: unknown, frame: Frame) => Callback {
	if (node.type !== 'lambda' || node.thunk === true) throw new Uncovered('a function that is not written where it is used', node)
	const parameters = list(node.arguments).map(({ value }) => String(value))
	const signature = isNode(node.signature) ? (node.signature as unknown as Signature) : undefined
	const inner = part(node, 'body')
	const [body, cost] = [code(inner), 4 + weight(inner)]
	return (input, frame) => {
		const outer = frame.bound
		const run = (...given: unknown[]) => {
			pay(frame, cost)
			const values = signature ? checked(signature, given, input, frame) : given
			const caller = frame.bound
			frame.bound = outer
			for (const [place, name] of parameters.entries()) bind(frame, name, values[place])
			const value = body(input, frame)
			frame.bound = caller
			return value instanceof Tail ? value.value : value
		}
		return Object.assign(run, { arity: parameters.length })
	}
}

/** The arguments as the signature of a function of the author's wants them. */
function checked(signature: Signature, values: unknown[], input: unknown, frame: Frame): unknown[] {
	pay(frame, 20)
	for (const one of values) if (Array.isArray(one)) pay(frame, one.length)
	try {
		return signature.validate(values, input)
	} catch {
		throw new GivesUp('a function gets an argument that its own signature <…> does not take')
	}
}
