import { children, isNode, type Node } from './node.ts'
import type { Steps } from './steps.ts'

/** Functions that come with the values; asked for only by an expression that calls one. */
export type Functions = { readonly functions: Record<string, (...args: never[]) => unknown> }

/** A variable that is bound, and those that were bound before it. */
export type Variable = { name: string; value: unknown; outer: Variable | undefined }

/** An evaluation that runs: its input, the functions that came with it, the variable that was bound last, and the steps that it may still take. */
export type Frame = Steps & { root: unknown; passed: Functions; bound: Variable | undefined }

/** Compiled code: the value of a node for an input. Throws `GivesUp` where it cannot give one. */
export type Code = (input: unknown, frame: Frame) => unknown

/** Makes code of a node. */
export type Compile = (node: Node) => Code

/** Thrown for a part that cannot be compiled, with the node; the message names it. */
export class Uncovered extends Error {
	readonly node: Node
	constructor(message: string, node: Node) {
		super(message)
		this.node = node
	}
}

/** The result of a call in tail position (the parser marks those): it is unwrapped nowhere on its way out of the function. */
export class Tail {
	readonly value: unknown
	constructor(value: unknown) {
		this.value = value
	}
}

/** Binds a variable, up to the end of the block or function. */
export function bind(frame: Frame, name: string, value: unknown): void {
	frame.left -= 2
	frame.bound = { name, value, outer: frame.bound }
}

/** Finds the variable that a name means here; undefined where none is bound. */
export function variable(frame: Frame, name: string): Variable | undefined {
	let found = frame.bound
	let hops = 0
	while (found !== undefined && found.name !== name) {
		found = found.outer
		hops++
	}
	frame.left -= hops >> 3
	return found
}

/** Gives the steps that a node takes for itself: one for each node in it. All that is done again and again counts them each time. */
export function weight(node: Node): number {
	return children(node).reduce((sum, child) => sum + weight(child), 1)
}

/** Gives the node under a key. Throws `Uncovered` where the parser put none. */
export function part(node: Node, key: string): Node {
	const inner = node[key]
	if (!isNode(inner)) throw new Uncovered(`${String(node.type)} without ${key}`, node)
	return inner
}
