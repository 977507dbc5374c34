import { roundSeconds } from './pace.ts'

/** How many times shorter than the usual gap two gaps must be to replace it: a list that comes a little early says nothing. */
const SHORTER = 3

/** Learns how often one of several lists comes that a meter sends in turn: a gap counts when the next one confirms it, so that an outage does not. */
export class Turn {
	#last: number | undefined
	#gap: number | undefined
	#every: number | undefined

	/** Seconds between two of them, as a round number; undefined until three were heard. */
	get every(): number | undefined {
		return this.#every
	}

	/** Takes the time of a reading (ms since 1970). Returns whether it comes more or less often than was believed. */
	heard(at: number): boolean {
		const gap = this.#last === undefined ? undefined : (at - this.#last) / 1000
		this.#last = at
		const before = this.#gap
		this.#gap = gap
		// A clock that was set back tells nothing.
		if (gap === undefined || before === undefined || gap < 0 || before < 0) return false
		const every = roundSeconds(Math.min(gap, before))
		if (this.#every !== undefined && every <= this.#every && every * SHORTER >= this.#every) return false
		this.#every = every
		return true
	}
}
