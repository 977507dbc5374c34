import { type Builtin, builtin, type Callback } from './builtin.ts'
import { type Code, type Compile, charge, type Frame, part, spend, Tail, Uncovered, unset } from './code.ts'
import { HIGHER_ORDER, ONE_ARGUMENT } from './language.ts'
import { Names } from './names.ts'
import { list, type Node } from './node.ts'
import { GivesUp } from './sequence.ts'

/** Compiles calls. `passed`: the names of the functions that may come with the values. */
export class Calls {
	readonly #code: Compile
	readonly #passed: ReadonlySet<string>

	constructor(code: Compile, passed: readonly string[]) {
		this.#code = code
		this.#passed = new Set(passed)
	}

	/** Gives the code of a call. `isTail`: the interpreter gives functions in tail position nothing to be applied to. */
	call(node: Node, names: Names, isTail = false): Code {
		const procedure = part(node, 'procedure')
		const name = String(procedure.value)
		if (names.slotsOf(name).length > 0) throw new Uncovered('a call of a variable')
		if (procedure.type !== 'variable' || procedure.predicate !== undefined) throw new Uncovered('a call of something other than a name')
		const args = list(node.arguments)
		const library = builtin(name)
		if (HIGHER_ORDER.includes(name)) return this.#higherOrder(name, library, args, names)
		if (ONE_ARGUMENT.includes(name) && args.length > 1) throw new Uncovered(`$${name} with a picture of the time`)
		const codes = args.map((argument) => this.#code(argument, names))
		const mayBePassed = this.#passed.has(name)
		if (!library && !mayBePassed) throw new Uncovered(`$${name}`)
		return (input, frame) => {
			spend(frame)
			const values = codes.map((argument) => argument(input, frame))
			for (const one of values) charge(frame, one)
			const passed = mayBePassed ? (frame.passed.functions[name] as ((...values: unknown[]) => unknown) | undefined) : undefined
			if (passed) return passed(...values)
			if (!library) throw new GivesUp(`no function ${name}`)
			return library(values, isTail ? null : input)
		}
	}

	#higherOrder(name: string, library: Builtin | undefined, args: Node[], names: Names): Code {
		const [value, callback] = args
		if (!library || !value || !callback || args.length !== 2) throw new Uncovered(`$${name} without its two arguments`)
		const values = this.#code(value, names)
		const make = this.#callback(callback, names)
		return (input, frame) => library([values(input, frame), make(input, frame)], input)
	}

	/** Gives the code of a function that is written as an argument. */
	#callback(node: Node, outer: Names): (input: unknown, frame: Frame) => Callback {
		if (node.type !== 'lambda' || node.thunk === true || node.signature !== undefined)
			throw new Uncovered('a function that is not written where it is used')
		const names = new Names(outer)
		const parameters = list(node.arguments).map((parameter) => names.declare(String(parameter.value)))
		names.declareBound(part(node, 'body'))
		const slots = names.slots()
		const body = this.#code(part(node, 'body'), names)
		return (input, frame) => {
			const callback = (...values: unknown[]) => {
				spend(frame)
				for (const slot of slots) frame.slots[slot] = unset
				parameters.forEach((slot, place) => {
					frame.slots[slot] = values[place]
				})
				const value = body(input, frame)
				return value instanceof Tail ? value.value : value
			}
			return Object.assign(callback, { arity: parameters.length })
		}
	}
}
