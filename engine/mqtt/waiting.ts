import type { OutMessage } from './message.ts'
import { Queue } from './queue.ts'
import type { Head } from './session/head.ts'

/** How much may wait: messages, and bytes of their payloads and topics. Beyond it, the oldest are dropped. */
export type Limits = { messages: number; bytes: number }

/** A message with its place in the order in which they came. */
export type Numbered = { number: number; message: OutMessage }

/** A message from the outbox to the broker's answer: one object for its whole way. */
export class Outgoing {
	/** The one-based place among those that were sent on its connection, and when that was. */
	place = 0
	since = 0

	constructor(
		readonly number: number,
		readonly message: OutMessage,
		readonly head: Head,
	) {}
}

/** Messages that wait, in the order of their numbers. */
export class Waiting {
	readonly #items = new Queue<Outgoing>()
	#bytes = 0

	/** Counts the messages. */
	get count(): number {
		return this.#items.size
	}

	/** Gives the bytes of their topics and payloads. */
	get bytes(): number {
		return this.#bytes
	}

	/** Adds the newest. */
	push(item: Outgoing): void {
		this.#items.push(item)
		this.#bytes += sizeOf(item)
	}

	/** Takes the oldest. */
	shift(): Outgoing | undefined {
		const item = this.#items.shift()
		if (item) this.#bytes -= sizeOf(item)
		return item
	}

	/** Puts one that was taken back to its place: near the front, with others that were. */
	putBack(item: Outgoing): void {
		let place = 0
		while ((this.#items.at(place)?.number ?? Number.POSITIVE_INFINITY) < item.number) place++
		this.#items.insert(place, item)
		this.#bytes += sizeOf(item)
	}
}

/** Counts the bytes of a message that limits are about. */
export const sizeOf = ({ message: { topic, payload } }: Numbered) => topic.length + payload.length
