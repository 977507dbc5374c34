/** A telegram of which something is not safe with the broker yet. */
export type Unsafe = {
	/** Waits for one more message of it; `settled` is called when the broker has that, or it was given up. */
	hold(): void
	readonly settled: () => void
	/** Waits for none of them any more. */
	release(): void
}

/** Telegrams of one meter in their order: each ends when all that came of it, and of those before it, is safe. */
export class UnsafeTelegrams {
	readonly #queue: { open: number; keep: () => void; done: () => void }[] = []

	/** Begins a telegram. It ends, by `keep` and then `done`, when it is settled as often as it was held, and once more by whoever has begun it. */
	begin(keep: () => void, done: () => void): Unsafe {
		const one = { open: 1, keep, done }
		this.#queue.push(one)
		const left = (open: number) => {
			one.open = open
			if (open <= 0) this.#end()
		}
		return { hold: () => void one.open++, settled: () => left(one.open - 1), release: () => left(0) }
	}

	#end(): void {
		while ((this.#queue[0]?.open ?? 1) <= 0) {
			const first = this.#queue.shift()
			first?.keep()
			first?.done()
		}
	}
}
