import type { OutMessage } from './message.ts'

/** How much may wait: messages, and bytes of their payloads and topics. Beyond it, the oldest are dropped. */
export type Limits = { messages: number; bytes: number }

/** A message with its place in the order in which they came. */
export type Numbered = { number: number; message: OutMessage }

/** Messages that wait, in the order of their numbers. */
export class Waiting {
	/** From `#first` on: to shift an array of ten thousand for each message is slow. */
	#items: Numbered[] = []
	#first = 0
	#bytes = 0

	/** Counts the messages. */
	get count(): number {
		return this.#items.length - this.#first
	}

	/** Gives the bytes of their topics and payloads. */
	get bytes(): number {
		return this.#bytes
	}

	/** Adds the newest. */
	push(item: Numbered): void {
		this.#items.push(item)
		this.#bytes += sizeOf(item)
	}

	/** Takes the oldest. */
	shift(): Numbered | undefined {
		const item = this.#items[this.#first]
		if (!item) return undefined
		this.#first++
		this.#bytes -= sizeOf(item)
		if (this.#first > 1000 && this.#first > this.#items.length / 2) {
			this.#items = this.#items.slice(this.#first)
			this.#first = 0
		}
		return item
	}

	/** Puts one that was taken back to its place: near the front, with others that were. */
	putBack(item: Numbered): void {
		let place = this.#first
		while ((this.#items[place]?.number ?? Number.POSITIVE_INFINITY) < item.number) place++
		if (place === this.#first && place > 0) this.#items[--this.#first] = item
		else this.#items.splice(place, 0, item)
		this.#bytes += sizeOf(item)
	}
}

/** Counts the bytes of a message that limits are about. */
export const sizeOf = ({ message: { topic, payload } }: Numbered) => topic.length + payload.length
