import { isNode, type Node } from './node.ts'
import { GivesUp } from './sequence.ts'

/** Functions that come with the values; asked for only by an expression that calls one. */
export type Functions = { readonly functions: Record<string, (...args: never[]) => unknown> }

/** A variable that is bound, and those that were bound before it. */
export type Variable = { name: string; value: unknown; outer: Variable | undefined }

/** An evaluation that runs: its input, the functions that came with it, the variable that was bound last, and the steps that it may still take. */
export type Frame = { root: unknown; passed: Functions; bound: Variable | undefined; left: number }

/** Compiled code: the value of a node for an input. Throws where the interpreter would. */
export type Code = (input: unknown, frame: Frame) => unknown

/** Makes code of a node. */
export type Compile = (node: Node) => Code

/** Steps of one evaluation. The interpreter, which has a clock, does what takes more. */
export const MAX_STEPS = 20_000

/** Thrown for a part that the compiler leaves to the interpreter; the message names it. */
export class Uncovered extends Error {}

/** The result of a call in tail position (the parser marks those): it is unwrapped nowhere on its way out of the function. */
export class Tail {
	readonly value: unknown
	constructor(value: unknown) {
		this.value = value
	}
}

/** Binds a variable, up to the end of the block or function. */
export function bind(frame: Frame, name: string, value: unknown): void {
	frame.bound = { name, value, outer: frame.bound }
}

/** Finds the variable that a name means here; undefined where none is bound. */
export function variable({ bound }: Frame, name: string): Variable | undefined {
	let found = bound
	while (found !== undefined && found.name !== name) found = found.outer
	return found
}

/** Counts a step; gives up when there were too many. */
export function spend(frame: Frame): void {
	if (--frame.left < 0) throw new GivesUp('too many steps')
}

/** Counts what it costs to walk through a value: a call that sums 16,000 numbers is one step and 2,000 more. */
export function charge(frame: Frame, value: unknown): void {
	if (Array.isArray(value)) frame.left -= value.length >> 3
	if (frame.left < 0) throw new GivesUp('too many steps')
}

/** Gives the node under a key. Throws `Uncovered` where the parser put none. */
export function part(node: Node, key: string): Node {
	const inner = node[key]
	if (!isNode(inner)) throw new Uncovered(`${String(node.type)} without ${key}`)
	return inner
}
