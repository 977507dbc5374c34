import type { Memory } from '../pipeline/memory.ts'

/** A telegram of which something is not safe with the broker yet. */
export class UnsafeTelegram {
	/** What is known after it, where that is new. */
	readonly memory: Memory | undefined
	readonly done: () => void
	/** Readings of it, and those that are not safe; one more while it is worked on. */
	readings = 0
	open = 1
	/** Call it when the broker has a reading, or it was given up. */
	readonly settled: () => void

	constructor(memory: Memory | undefined, done: () => void, ended: () => void) {
		this.memory = memory
		this.done = done
		this.settled = () => {
			if (--this.open <= 0) ended()
		}
	}

	/** Waits for one more reading. */
	hold(): void {
		this.readings++
		this.open++
	}

	/** Waits for no reading any more. */
	release(): void {
		this.open = 1
		this.settled()
	}
}

/**
 * Telegrams of one meter in their order: each ends when all that came of it, and of those before it, is safe. One that is delivered again must not be a replay:
 * its counter is kept only then.
 */
export class UnsafeTelegrams {
	readonly #keep: (memory: Memory, readings: number) => void
	readonly #queue: UnsafeTelegram[] = []

	constructor(keep: (memory: Memory, readings: number) => void) {
		this.#keep = keep
	}

	/** Begins a telegram; `done` is called when it has ended. Call `settled` for each reading that it was held for, and once more when it is worked on. */
	begin(memory: Memory | undefined, done: () => void): UnsafeTelegram {
		const telegram = new UnsafeTelegram(memory, done, this.#ended)
		this.#queue.push(telegram)
		return telegram
	}

	readonly #ended = (): void => {
		while ((this.#queue[0]?.open ?? 1) <= 0) {
			const { memory, readings, done } = this.#queue.shift() as UnsafeTelegram
			if (memory) this.#keep(memory, readings)
			done()
		}
	}
}
