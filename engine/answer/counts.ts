import type { Asked as AskedCounts } from '../../schema/types/diagnostics.ts'
import type { Answered } from '../output/reply.ts'

/** Reasons that are counted one by one: they are ours, and few. */
const MAX_REASONS = 20

/** Counts what becomes of the requests to one device. */
export class Counts {
	#answered = 0
	#unavailable = 0
	readonly #refused: Record<string, number> = {}

	/** Counts one request. */
	take({ kind, reason = 'request' }: Pick<Answered, 'kind' | 'reason'>): void {
		if (kind === 'answered') this.#answered++
		else if (kind === 'unavailable') this.#unavailable++
		else this.refuse(reason)
	}

	/** Counts a request or connection that was refused. */
	refuse(reason: string): void {
		const key = reason in this.#refused || Object.keys(this.#refused).length < MAX_REASONS ? reason : 'other'
		this.#refused[key] = (this.#refused[key] ?? 0) + 1
	}

	/** Returns all counts, as diagnostics have them. */
	message(): AskedCounts {
		return { answered: this.#answered, unavailable: this.#unavailable, refused: { ...this.#refused } }
	}
}
