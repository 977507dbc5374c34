/** Runs reloads one after the other. One that waits stands for all that are asked for meanwhile; one that failed does not stop the next. */
export class Reloads {
	readonly #work: (look: boolean) => Promise<void>
	readonly #failed: (error: unknown) => void
	#last: Promise<void> = Promise.resolve()
	#isQueued = false
	/** Whether the next one looks at the files. */
	#looks = false

	constructor(work: (look: boolean) => Promise<void>, failed: (error: unknown) => void) {
		this.#work = work
		this.#failed = failed
	}

	/** Asks for a reload; `look`: the files of profiles may have changed. Resolves when it is done. */
	ask(look: boolean): Promise<void> {
		this.#looks ||= look
		if (this.#isQueued) return this.#last
		this.#isQueued = true
		this.#last = this.settled().then(() => {
			const looks = this.#looks
			this.#isQueued = false
			this.#looks = false
			return this.#work(looks)
		})
		return this.#last
	}

	/** Asks for one that nobody waits for. */
	start(look: boolean): void {
		void this.ask(look).catch(this.#failed)
	}

	/** Resolves when those that were asked for are done, well or not. */
	settled(): Promise<void> {
		return this.#last.catch(() => undefined)
	}
}
