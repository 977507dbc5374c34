/** Limits how often something is published, whoever makes us do so: `burst` times at once, then once in `pause` milliseconds. */
export class RateLimit {
	readonly #pause: number
	readonly #later: () => void
	readonly #burst: number
	/** How many times it may be done now. */
	#credit: number
	#since = performance.now()
	#timer: NodeJS.Timeout | undefined

	/** `later` is called once when it may be done again, after it was asked for too early. */
	constructor(pause: number, later: () => void, burst = 1) {
		this.#pause = pause
		this.#later = later
		this.#burst = burst
		this.#credit = burst
	}

	/** Tells whether it may be done now, and counts that it is. */
	may(): boolean {
		if (this.#timer) return false
		const now = performance.now()
		this.#credit = Math.min(this.#burst, this.#credit + (now - this.#since) / this.#pause)
		this.#since = now
		if (this.#credit >= 1) {
			this.#credit--
			return true
		}
		this.#timer = setTimeout(
			() => {
				this.#timer = undefined
				this.#later()
			},
			Math.ceil((1 - this.#credit) * this.#pause),
		).unref()
		return false
	}

	/** Ends the wait. Tells whether it was asked for and is not done. */
	stop(): boolean {
		const isDue = this.#timer !== undefined
		clearTimeout(this.#timer)
		this.#timer = undefined
		return isDue
	}
}
