/** Evaluations that pass by for each one that took too many steps, and those that are tolerated. */
const PENALTY = 31
const PATIENCE = 2 * PENALTY

/**
 * Leaves out the expressions that take too many steps again and again, so that the others go on: after three times, an expression is tried again with every
 * 32nd telegram. It counts telegrams, not time: a busy machine changes nothing.
 */
export class Suspensions {
	/** By name; none for an expression that keeps its bounds. */
	readonly #debts = new Map<string, number>()

	/** Whether any expression took too many steps lately. */
	get any(): boolean {
		return this.#debts.size > 0
	}

	/** Tells whether an expression is left out this time. */
	skips(name: string): boolean {
		const debt = this.#debts.get(name) ?? 0
		if (debt > PATIENCE) this.#debts.set(name, debt - 1)
		return debt > PATIENCE
	}

	/** Notes how an evaluation ended: `tooLong`, when it took too many steps. */
	took(name: string, tooLong: boolean): void {
		const debt = this.#debts.get(name) ?? 0
		if (tooLong) this.#debts.set(name, debt + PENALTY)
		else if (debt > 1) this.#debts.set(name, debt - 1)
		else this.#debts.delete(name)
	}
}

/** Why an expression is left out, and what to do. */
export const SUSPENDED = `it took too many steps three times, and is tried again with every ${PENALTY + 1}nd telegram. Make it shorter, or split it`
