import type { OutMessage } from '../message.ts'
import type { Answer } from '../outbox.ts'

/** A message that its broker has not acknowledged. */
type Entry = { message: OutMessage; settle: (answer: Answer) => void; fail: (error: Error) => void; number: number; since: number }

/** The messages of one connection that are on their way, by packet identifier. Time is counted in ticks of the caller. */
export class Flight {
	readonly #entries = new Map<number, Entry>()
	readonly #queue: Entry[] = []
	#id = 0
	#number = 0
	/** The newest message that was acknowledged. */
	#newest = 0
	/** When the broker last acknowledged a message, or had none to acknowledge. */
	#progress = 0

	/** Keeps a message until there is room for it. */
	wait(message: OutMessage): Promise<Answer> {
		return new Promise((settle, fail) => this.#queue.push({ message, settle, fail, number: 0, since: 0 }))
	}

	/** Hands those that wait to `transmit`, while fewer than `most` are on their way. It gives an answer where it does not send. */
	fill(most: number, now: number, transmit: (message: OutMessage, id: number) => Answer | undefined): void {
		while (this.#queue.length > 0 && this.#entries.size < most) {
			const entry = this.#queue.shift() as Entry
			const id = this.nextId()
			const answer = transmit(entry.message, id)
			if (answer !== undefined) entry.settle(answer)
			else {
				if (this.#entries.size === 0) this.#progress = now
				entry.number = ++this.#number
				entry.since = now
				this.#entries.set(id, entry)
			}
		}
	}

	/** Gives a packet identifier that no message has. */
	nextId(): number {
		do this.#id = (this.#id % 65_535) + 1
		while (this.#entries.has(this.#id))
		return this.#id
	}

	/** Takes the message that was acknowledged off the list; undefined where none has this identifier. */
	acknowledged(id: number, now: number): Entry | undefined {
		const entry = this.#entries.get(id)
		if (!entry) return undefined
		this.#entries.delete(id)
		this.#newest = Math.max(this.#newest, entry.number)
		this.#progress = now
		return entry
	}

	/**
	 * Says in words what is overdue: nothing was acknowledged for so many ticks, or a message was not whose followers were. A slow broker that answers
	 * one after the other is never overdue.
	 */
	overdue(now: number, patience: number): string | undefined {
		const [oldest] = this.#entries.values()
		if (!oldest) return undefined
		if (now - this.#progress >= patience) return `takes messages and has acknowledged none for ${patience} s`
		const passedOver = oldest.number < this.#newest && now - oldest.since >= patience
		return passedOver ? `has not acknowledged a message on ${oldest.message.topic} for ${patience} s, and others behind it` : undefined
	}

	/** Gives the oldest message on its way. */
	oldest(): OutMessage | undefined {
		const [oldest] = this.#entries.values()
		return oldest?.message
	}

	/** Says whether any message was acknowledged. */
	passed(): boolean {
		return this.#newest > 0
	}

	empty(): boolean {
		return this.#entries.size === 0
	}

	/** Gives all messages back, oldest first: the connection is lost. */
	fail(error: Error): void {
		const all = [...this.#entries.values(), ...this.#queue.splice(0)]
		this.#entries.clear()
		for (const { fail } of all) fail(error)
	}
}
