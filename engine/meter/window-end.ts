import type { Window } from '../pipeline/pipeline.ts'

/** Tells when the window of a telegram that comes in several messages is over. */
export class WindowEnd {
	readonly #over: () => void
	#since: number | undefined
	#timer: NodeJS.Timeout | undefined

	constructor(over: () => void) {
		this.#over = over
	}

	/** Waits for the end of this window, and no longer for that of another. */
	await(open: Window | undefined): void {
		if (open?.since === this.#since) return
		this.#since = open?.since
		clearTimeout(this.#timer)
		this.#timer = open && setTimeout(this.#over, open.length)
	}
}
