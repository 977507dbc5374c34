/** Seconds of bytes without a frame after which the line's settings are doubted, however rarely the meter sends. */
export const LINE_HINT = 60
/** Milliseconds that a timer may be early. */
const SLACK = 5

/** Tells when a meter has not been heard for too long. One timer looks back: to set one for each reading would take longer than to count it. */
export class Overdue {
	readonly #doubtful: () => void
	readonly #overdue: (limit: number) => void
	#since = 0
	/** Seconds without a reading after which it is overdue. */
	#limit = 0
	#isDoubted = false
	#timer: NodeJS.Timeout | undefined

	/** `doubtful` is called after a minute without a reading, where the limit is longer; `overdue` at the limit, once until the meter is heard again. */
	constructor(doubtful: () => void, overdue: (limit: number) => void) {
		this.#doubtful = doubtful
		this.#overdue = overdue
	}

	/** Waits for the next reading from now on (ms of a clock that never goes back), for so many seconds. */
	heard(now: number, limit: number): void {
		this.#since = now
		if (this.#timer && this.#limit === limit && !this.#isDoubted) return
		this.#limit = limit
		this.#isDoubted = false
		this.#await(Math.min(limit, LINE_HINT))
	}

	/** Waits no longer. */
	stop(): void {
		clearTimeout(this.#timer)
		this.#timer = undefined
	}

	#await(seconds: number): void {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => this.#look(), seconds * 1000).unref()
	}

	#look(): void {
		const isHint = !this.#isDoubted && this.#limit > LINE_HINT
		const silent = (performance.now() - this.#since + SLACK) / 1000
		const due = isHint ? LINE_HINT : this.#limit
		if (silent < due) this.#await(due - silent)
		else if (isHint) {
			this.#isDoubted = true
			this.#await(this.#limit - silent)
			this.#doubtful()
		} else {
			this.stop()
			this.#overdue(this.#limit)
		}
	}
}
