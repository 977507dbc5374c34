import { builtin, type Callback } from './builtin.ts'
import { bind, type Code, type Compile, charge, type Frame, part, spend, Tail, Uncovered, variable } from './code.ts'
import { HIGHER_ORDER, ONE_ARGUMENT } from './language.ts'
import { list, type Node } from './node.ts'
import { GivesUp } from './sequence.ts'

/**
 * Gives the code of a call. `passed`: the names of the functions that may come with the values; `isTail`: the interpreter gives functions in tail position
 * nothing to be applied to.
 */
export function call(node: Node, passed: readonly string[], code: Compile, isTail = false): Code {
	const procedure = part(node, 'procedure')
	const name = String(procedure.value)
	if (procedure.type !== 'variable' || procedure.predicate !== undefined) throw new Uncovered('a call of something other than a name')
	const args = list(node.arguments)
	const library = builtin(name)
	const mayBePassed = passed.includes(name)
	if (!library && !mayBePassed) throw new Uncovered(`$${name}`)
	if (ONE_ARGUMENT.includes(name) && args.length > 1) throw new Uncovered(`$${name} with a picture of the time`)
	const isHigher = HIGHER_ORDER.includes(name)
	if (isHigher && args.length !== 2) throw new Uncovered(`$${name} without its two arguments`)
	const codes = args.map((argument, place) => (isHigher && place === 1 ? callback(argument, code) : code(argument)))
	return (input, frame) => {
		spend(frame)
		if (variable(frame, name)) throw new GivesUp('a call of a variable')
		const values = codes.map((argument) => argument(input, frame))
		for (const one of values) charge(frame, one)
		const own = mayBePassed ? (frame.passed.functions[name] as ((...values: unknown[]) => unknown) | undefined) : undefined
		if (own) return own(...values)
		if (!library) throw new GivesUp(`no function ${name}`)
		return library(values, isTail && !isHigher ? null : input)
	}
}

/** Gives the code of a function that is written as an argument. */
function callback(node: Node, code: Compile): (input: unknown, frame: Frame) => Callback {
	if (node.type !== 'lambda' || node.thunk === true || node.signature !== undefined)
		throw new Uncovered('a function that is not written where it is used')
	const parameters = list(node.arguments).map(({ value }) => String(value))
	const body = code(part(node, 'body'))
	return (input, frame) => {
		const outer = frame.bound
		const run = (...values: unknown[]) => {
			spend(frame)
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
