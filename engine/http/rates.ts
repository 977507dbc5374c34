/** Requests of one address: so many at once, and so many a second; and addresses that are remembered. */
const [BURST, SECOND, MAX_ADDRESSES] = [300, 50, 1000]

/** Limits how many requests one address may make: a page asks for ten when it opens, and then for one now and then. */
export class Rates {
	readonly #addresses = new Map<string, { credit: number; at: number }>()

	/** Counts a request. Tells whether it is one too many. */
	exceeds(address: string, now = performance.now()): boolean {
		const { credit = BURST, at = now } = this.#addresses.get(address) ?? {}
		const left = Math.min(BURST, credit + ((now - at) / 1000) * SECOND)
		const isTooMany = left < 1
		this.#addresses.delete(address)
		this.#addresses.set(address, { credit: isTooMany ? left : left - 1, at: now })
		for (const [oldest] of this.#addresses) {
			if (this.#addresses.size <= MAX_ADDRESSES) break
			this.#addresses.delete(oldest)
		}
		return isTooMany
	}
}
