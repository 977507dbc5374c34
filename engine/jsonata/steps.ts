/**
 * The work of expressions is counted in steps, by the length of what they walk: a step is what takes 10 to 50 ns on a computer of 2020, such as one node of
 * an expression, four items of a list that is copied, or 64 characters that are compared. The counts do not depend on how busy the machine is.
 */

/**
 * The work that all expressions of one telegram, or one message of an output, may still take. `cpu`: milliseconds of processor time that the process has
 * used, the last resort where something takes longer than its steps say.
 */
export type Budget = { left: number; readonly cpu?: (() => number) | undefined; since?: number }

/** The steps of an evaluation that runs: those at hand, and those that are left behind them. */
export type Steps = { left: number; rest: number; budget: Budget }

/** Steps after which the processor time is looked at. A built-in profile needs fewer for a telegram. */
const AT_HAND = 4096
/** Milliseconds of processor time: many times what the steps take on a slow computer. */
const MAX_CPU = 5000

/** Why an evaluation was stopped: it would have gone on for too long. */
export class Exhausted extends Error {}

/** Begins to count an evaluation of at most `most` steps. */
export function begin(steps: Steps, budget: Budget, most: number): void {
	const all = budget.left < most ? budget.left : most
	steps.left = all < AT_HAND ? all : AT_HAND
	steps.rest = all - steps.left
	steps.budget = budget
}

/** Ends it: the budget has less left. `most` as it began. */
export function end({ left, rest, budget }: Steps, most: number): void {
	budget.left -= (budget.left < most ? budget.left : most) - rest - left
}

/** Counts steps. Throws `Exhausted` when there are not as many left. */
export function pay(steps: Steps, count: number): void {
	steps.left -= count
	if (steps.left < 0) refill(steps)
}

/** Counts what it takes to copy or look through a list. */
export function payList(steps: Steps, value: unknown): void {
	if (Array.isArray(value)) pay(steps, value.length >> 2)
}

/** Counts what it takes to compare, copy or join texts of so many characters. */
export function payText(steps: Steps, length: number): void {
	pay(steps, length >> 6)
}

/** Counts what it takes to write a value as text: all that is in it, as often as it stands there. */
export function payDeep(steps: Steps, value: unknown): void {
	if (typeof value === 'string') pay(steps, 2 + (value.length >> 3))
	else if (Array.isArray(value)) {
		pay(steps, 8)
		for (const inner of value) payDeep(steps, inner)
	} else if (typeof value === 'object' && value !== null) {
		for (const key of keysOf(steps, value)) {
			pay(steps, 8 + (key.length >> 3))
			payDeep(steps, (value as Record<string, unknown>)[key])
		}
	} else pay(steps, 8)
}

/** Gives the keys of an object, and counts them: an object with thousands of keys is a table for V8, which gathers them each time. */
export function keysOf(steps: Steps, object: object): string[] {
	const keys = Object.keys(object)
	pay(steps, 1 + 5 * keys.length)
	return keys
}

function refill(steps: Steps): void {
	const { budget } = steps
	const { cpu } = budget
	if (cpu) {
		const now = cpu()
		budget.since ??= now
		if (now - budget.since > MAX_CPU) {
			steps.rest = 0
			throw new Exhausted('the processor time is used up')
		}
	}
	const taken = Math.min(Math.max(AT_HAND, -steps.left), steps.rest)
	steps.left += taken
	steps.rest -= taken
	if (steps.left < 0) throw new Exhausted('the steps are used up')
}
