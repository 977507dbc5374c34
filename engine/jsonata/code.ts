import type { Node } from './allow.ts'
import { GivesUp } from './sequence.ts'

/** Where functions of our own come from; asked only by an expression that calls one. */
export type Functions = { readonly functions: Record<string, (...args: never[]) => unknown> }

/** What an expression is evaluated on: functions of our own, `slots` for the values of its variables, and the steps that it may still take. */
export type Frame = { root: unknown; ours: Functions; slots: unknown[]; left: number }

/** Compiled code: the value of a node for an input. Throws where the interpreter would. */
export type Code = (input: unknown, frame: Frame) => unknown

/** Steps of one evaluation: what takes more is left to the interpreter, which has a clock. */
export const MAX_STEPS = 20_000

/** What the compiler leaves to the interpreter, in words. */
export class Uncovered extends Error {}
/** What a call in tail position gives (the parser marks those): it is unwrapped nowhere on its way out of the function. */
export class Tail {
	readonly value: unknown
	constructor(value: unknown) {
		this.value = value
	}
}

/** Counts a step; gives up when there were too many. */
export function spend(frame: Frame): void {
	if (--frame.left < 0) throw new GivesUp('too many steps')
}

/**
 * Counts the steps that a value costs whoever walks through it: a call that sums 16,000 numbers is one step and 16,000 (4,000 such calls took a
 * second before this was counted).
 */
export function charge(frame: Frame, value: unknown): void {
	if (Array.isArray(value)) frame.left -= value.length >> 3
	if (frame.left < 0) throw new GivesUp('too many steps')
}

/** A list of nodes in the AST; empty where there is none. */
export const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])

/** Every node in a value of the AST, not below them. */
export function everyNode(value: unknown): Node[] {
	if (Array.isArray(value)) return value.flatMap(everyNode)
	if (typeof value !== 'object' || value === null) return []
	return typeof (value as Node).type === 'string' ? [value as Node] : Object.values(value).flatMap(everyNode)
}
