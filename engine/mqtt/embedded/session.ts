import { IN_FLIGHT, QUEUE, SOFT_BACKLOG } from './limits.ts'
import { type Message, publishPacket } from './packets.ts'

/** Where a session's packets go while its client is connected. */
export type Outlet = { send(bytes: Buffer): void; backlog(): number; end(): void }

type Kept = { message: Message; id: number; again: boolean }

/** What a client has asked for, and what waits for it: for as long as it is connected, or longer (`persistent`). */
export class Session {
	readonly key: string
	/** It is this process's own. */
	readonly own: boolean
	readonly persistent: boolean
	/** Filters, with the QoS that was granted. */
	readonly filters = new Map<string, number>()
	/** How many of them have wildcards. */
	wildFilters = 0
	/** Messages of QoS 2 that the client has begun. */
	readonly begun = new Set<number>()
	/** When its client was last connected (ms of a clock that never goes back). */
	awaySince = performance.now()
	outlet: Outlet | undefined
	readonly #retained: (topic: string) => Message | undefined
	/** Retained topics that are still to be sent, with their QoS: the value that holds then. */
	readonly #due = new Map<string, number>()
	/** Messages of QoS 1 of a persistent session that are still to be sent, oldest first; and those that are sent and not acknowledged, by their id. */
	#waiting = new Set<Kept>()
	readonly #sent = new Map<number, Kept>()
	#bytes = 0
	#lastId = 0

	constructor(key: string, own: boolean, persistent: boolean, retained: (topic: string) => Message | undefined) {
		this.key = key
		this.own = own
		this.persistent = persistent
		this.#retained = retained
	}

	/** Passes on a message, or keeps it. Returns whether older ones had to go for it. */
	deliver(message: Message, qos: number): boolean {
		if (qos === 0 || !this.persistent) {
			this.outlet?.send(publishPacket(message, qos, false, qos > 0 ? this.#nextId() : 0))
			return false
		}
		// A part of a larger buffer would keep all of it.
		const payload = Buffer.from(message.payload)
		this.#waiting.add({ message: { ...message, payload }, id: 0, again: false })
		this.#bytes += sizeOf(message)
		const lost = this.#dropOldest()
		this.pump()
		return lost
	}

	/** Sends the retained messages of these topics, as fast as the client reads. */
	feed(topics: Iterable<string>, qos: number): void {
		for (const topic of topics) this.#due.set(topic, qos)
		this.pump()
	}

	/** Sends what waits, as long as the client reads and acknowledges. */
	pump(): void {
		const outlet = this.outlet
		if (!outlet || (this.#due.size === 0 && this.#waiting.size === 0)) return
		for (const [topic, qos] of this.#due) {
			if (outlet.backlog() > SOFT_BACKLOG) return
			this.#due.delete(topic)
			const message = this.#retained(topic)
			if (message) outlet.send(publishPacket(message, qos, true, qos > 0 ? this.#nextId() : 0))
		}
		for (const kept of this.#waiting) {
			if (outlet.backlog() > SOFT_BACKLOG || this.#sent.size >= IN_FLIGHT) return
			this.#waiting.delete(kept)
			kept.id = this.#nextId()
			this.#sent.set(kept.id, kept)
			outlet.send(publishPacket(kept.message, 1, false, kept.id, kept.again))
		}
	}

	/** Takes the client's acknowledgement. */
	acknowledged(id: number): void {
		const kept = this.#sent.get(id)
		if (!kept) return
		this.#sent.delete(id)
		this.#bytes -= sizeOf(kept.message)
		this.pump()
	}

	/** Keeps what is not acknowledged for the client's next connection. */
	away(): void {
		this.outlet = undefined
		this.awaySince = performance.now()
		this.#due.clear()
		for (const kept of this.#sent.values()) kept.again = true
		this.#waiting = new Set([...this.#sent.values(), ...this.#waiting])
		this.#sent.clear()
	}

	#nextId(): number {
		do this.#lastId = (this.#lastId % 65_535) + 1
		while (this.#sent.has(this.#lastId))
		return this.#lastId
	}

	#dropOldest(): boolean {
		let lost = false
		for (const kept of this.#waiting) {
			if (this.#waiting.size + this.#sent.size <= QUEUE.messages && this.#bytes <= QUEUE.bytes) break
			this.#waiting.delete(kept)
			this.#bytes -= sizeOf(kept.message)
			lost = true
		}
		return lost
	}
}

const sizeOf = ({ topic, payload }: Message) => topic.length + payload.length
