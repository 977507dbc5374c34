/** Places at the front of a queue that are passed before its array is cut. */
const PASSED = 1000

/** A queue that neither end makes slow: to shift an array of ten thousand for each message is. */
export class Queue<T> {
	/** From `#first` on; those before it are gone. */
	#items: (T | undefined)[] = []
	#first = 0

	get size(): number {
		return this.#items.length - this.#first
	}

	/** Gives the oldest, or the one so many places behind it. */
	at(place = 0): T | undefined {
		return this.#items[this.#first + place]
	}

	/** Adds the newest. */
	push(item: T): void {
		this.#items.push(item)
	}

	/** Takes the oldest. */
	shift(): T | undefined {
		if (this.size === 0) return undefined
		const item = this.#items[this.#first]
		// Nothing keeps its memory until the array is cut.
		this.#items[this.#first++] = undefined
		if (this.#first > PASSED && this.#first > this.#items.length / 2) {
			this.#items = this.#items.slice(this.#first)
			this.#first = 0
		}
		return item
	}

	/** Puts one to a place, counted from the oldest. */
	insert(place: number, item: T): void {
		if (place === 0 && this.#first > 0) this.#items[--this.#first] = item
		else this.#items.splice(this.#first + place, 0, item)
	}

	/** Calls `work` with each, oldest first. */
	each(work: (item: T) => void): void {
		for (let place = this.#first; place < this.#items.length; place++) work(this.#items[place] as T)
	}
}
