/** Failed attempts in a window: of one address, and of all together; the window in ms; addresses that are remembered. */
const [EACH, ALL, WINDOW, MAX_ADDRESSES] = [10, 100, 15 * 60_000, 1000]

type Count = { since: number; failed: number }

/** Limits how often a password may be guessed: ten times in a quarter of an hour from one address, a hundred times from everywhere. */
export class Attempts {
	readonly #addresses = new Map<string, Count>()
	#all: Count = { since: Number.NEGATIVE_INFINITY, failed: 0 }

	/** Counts an attempt, before it is known how it ends: many at once count, too. Gives the seconds to wait where it is one too many, else 0. */
	begin(address: string, now = performance.now()): number {
		const one = current(this.#addresses.get(address), now)
		this.#all = current(this.#all, now)
		for (const [count, most] of [[one, EACH] as const, [this.#all, ALL] as const])
			if (count.failed >= most) return Math.max(1, Math.ceil((count.since + WINDOW - now) / 1000))
		one.failed++
		this.#all.failed++
		this.#addresses.delete(address)
		this.#addresses.set(address, one)
		for (const [oldest] of this.#addresses) {
			if (this.#addresses.size <= MAX_ADDRESSES) break
			this.#addresses.delete(oldest)
		}
		return 0
	}

	/** Takes an attempt back that was right, and with `forgives` all of its address: who may only look is not to guess on. */
	succeeded(address: string, forgives: boolean): void {
		const one = this.#addresses.get(address)
		if (forgives) this.#addresses.delete(address)
		else if (one) one.failed = Math.max(0, one.failed - 1)
		this.#all.failed = Math.max(0, this.#all.failed - 1)
	}
}

function current(count: Count | undefined, now: number): Count {
	return count && now < count.since + WINDOW ? count : { since: now, failed: 0 }
}
