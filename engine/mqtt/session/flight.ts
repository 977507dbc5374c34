import type { Outgoing } from '../waiting.ts'

/** The messages of one connection that are on their way, by packet identifier. Time is counted in ticks of the caller. */
export class Flight {
	readonly #sent = new Map<number, Outgoing>()
	#id = 0
	#places = 0
	/** The newest message that was acknowledged. */
	#newest = 0
	/** When the broker last acknowledged a message, or had none to acknowledge. */
	#progress = 0

	get size(): number {
		return this.#sent.size
	}

	/** Notes that a message is on its way. */
	add(id: number, item: Outgoing, now: number): void {
		if (this.#sent.size === 0) this.#progress = now
		item.place = ++this.#places
		item.since = now
		this.#sent.set(id, item)
	}

	/** Gives a packet identifier that no message has. */
	nextId(): number {
		do this.#id = (this.#id % 65_535) + 1
		while (this.#sent.has(this.#id))
		return this.#id
	}

	/** Takes the message that was acknowledged off the list; undefined where none has this identifier. */
	acknowledged(id: number, now: number): Outgoing | undefined {
		const item = this.#sent.get(id)
		if (!item) return undefined
		this.#sent.delete(id)
		this.#newest = Math.max(this.#newest, item.place)
		this.#progress = now
		return item
	}

	/**
	 * Says in words what is overdue: nothing was acknowledged for so many ticks, or a message was not whose followers were. A slow broker that answers
	 * one after the other is never overdue.
	 */
	overdue(now: number, patience: number): string | undefined {
		const [oldest] = this.#sent.values()
		if (!oldest) return undefined
		if (now - this.#progress >= patience) return `takes messages and has acknowledged none for ${patience} s`
		const passedOver = oldest.place < this.#newest && now - oldest.since >= patience
		return passedOver ? `has not acknowledged a message on ${oldest.message.topic} for ${patience} s, and others behind it` : undefined
	}

	/** Says whether any message was acknowledged. */
	passed(): boolean {
		return this.#newest > 0
	}

	/** Gives all messages back, oldest first: the connection is lost. */
	lost(): Outgoing[] {
		const all = [...this.#sent.values()]
		this.#sent.clear()
		return all
	}
}
