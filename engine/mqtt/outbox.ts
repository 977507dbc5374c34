import { isLegalText, isTopic } from './legal.ts'
import type { OutMessage } from './message.ts'
import type { Spool } from './spool.ts'
import { type Limits, type Numbered, Waiting } from './waiting.ts'
import { within } from './within.ts'

/** MQTT has 65,535 packet identifiers; what is on its way may come twice after a lost connection. */
const MAX_IN_FLIGHT = 100
/** A day of one meter's telegrams, one in ten seconds, is 8,640. */
const DEFAULT_LIMITS: Limits = { messages: 10_000, bytes: 16 * 1024 * 1024 }
/** Milliseconds until a broker that takes nothing just now is asked again: doubled from the first to the last. */
const [FIRST_PAUSE, LAST_PAUSE] = [1000, 60_000]

/** A broker's answer to a message. `later`: it cannot take it now, for a reason that passes. */
export type Answer = 'accepted' | 'refused' | 'later'

/** Messages that wait for the broker, oldest first; of a retained topic only the latest, which is sent again on every connect. */
export class Outbox {
	readonly #send: (message: OutMessage) => Promise<Answer>
	readonly #tell: (text: string) => void
	readonly #limits: Limits
	readonly #disk: Spool | undefined
	readonly #retained = new Map<string, OutMessage>()
	/** Retained topics that are to be sent. */
	readonly #dirty = new Set<string>()
	/** Numbers on disk of the messages that clear a topic. */
	readonly #clearing = new Map<string, number>()
	readonly #waiting = new Waiting()
	#next = 1
	#isRetainedNext = false
	#inFlight = 0
	/** How many may be in flight: one after a pause, to see whether the broker takes it. */
	#most = MAX_IN_FLIGHT
	#dropped = 0
	#postponed = 0
	#online = false
	/** Counts the connections: what was sent by an earlier one says nothing about this one. */
	#connections = 0
	/** Runs while the broker takes nothing. */
	#pause: NodeJS.Timeout | undefined
	#nextPause = FIRST_PAUSE
	readonly #refusedTopics = new Set<string>()
	readonly #idle: (() => void)[] = []

	/**
	 * `send` resolves to the broker's answer; what it takes `later` is sent again after a pause. It rejects when the connection is lost: the message is
	 * sent again after the next `connected`. `tell` gets in words what is lost, once a cause. Messages are on `disk` until the broker has answered, and so
	 * outlive the process; one that `settled` waits for is safe only then, too: a power cut may take the last second of what is on disk.
	 */
	constructor(send: (message: OutMessage) => Promise<Answer>, tell: (text: string) => void, limits: Partial<Limits> = {}, disk?: Spool) {
		this.#send = send
		this.#tell = tell
		this.#limits = { ...DEFAULT_LIMITS, ...limits }
		this.#disk = disk
		for (const item of disk?.load(this.#limits) ?? []) {
			if (item.message.retain) this.#keep(item.message, item.number)
			else this.#waiting.push(item)
		}
		this.#dropOldest()
	}

	/** Sends a message now, or keeps it until there is a connection. */
	add(message: OutMessage): void {
		const { payload, retain } = message
		const fault = faultOf(message)
		if (fault !== undefined) {
			this.#tell(fault)
			message.settled?.(false)
			return
		}
		if (retain) this.#keep(message, payload.length === 0 ? this.#disk?.add(message) : undefined)
		else {
			this.#waiting.push({ number: this.#disk?.add(message) ?? this.#next++, message })
			this.#dropOldest()
		}
		this.#pump()
	}

	/** Sends what waits. */
	connected(): void {
		this.#online = true
		this.#connections++
		this.#resume()
		this.#most = MAX_IN_FLIGHT
		this.#nextPause = FIRST_PAUSE
		this.#isRetainedNext = false
		this.#refusedTopics.clear()
		for (const [topic, { once }] of this.#retained) {
			// It holds for the connection on which it was said: meanwhile another process may have claimed an instance.
			if (once) this.#retained.delete(topic)
			else this.#dirty.add(topic)
		}
		this.#pump()
	}

	/** Keeps all messages from now on. */
	disconnected(): void {
		this.#online = false
		this.#resume()
	}

	/** Resolves when the broker has answered to all messages, or takes no more, or after `limit` milliseconds; then all that waits is on disk. */
	async drain(limit: number): Promise<void> {
		if (!this.#empty())
			await within(limit, (done) => {
				this.#idle.push(done)
				// In a pause, each gets a last try.
				this.#resume()
				this.#most = MAX_IN_FLIGHT
				this.#pump()
			})
		this.#disk?.flush()
	}

	/** Counts the messages that wait, those that were dropped or refused, and how often the broker has put one off. */
	counts(): { waiting: number; dropped: number; postponed: number } {
		return { waiting: this.#waiting.count, dropped: this.#dropped, postponed: this.#postponed }
	}

	/** Keeps the latest message of a retained topic; `number`: of one that clears it, on disk, for the next process has no reason to clear it again. */
	#keep(message: OutMessage, number: number | undefined): void {
		const { topic } = message
		this.#cleared(topic)
		if (number !== undefined) this.#clearing.set(topic, number)
		this.#retained.set(topic, message)
		this.#dirty.add(topic)
	}

	/** Forgets on disk that a topic is to be cleared. */
	#cleared(topic: string): void {
		const number = this.#clearing.get(topic)
		if (number === undefined) return
		this.#clearing.delete(topic)
		this.#disk?.done(number)
	}

	#empty(): boolean {
		return this.#inFlight === 0 && this.#waiting.count === 0 && this.#dirty.size === 0
	}

	#pump(): void {
		while (this.#online && !this.#pause && this.#inFlight < this.#most) {
			const item = this.#take()
			if (!item) break
			this.#inFlight++
			const connection = this.#connections
			this.#send(item.message).then(
				(answer) => (answer === 'later' ? this.#postpone(item) : this.#answered(item, answer === 'accepted')),
				() => {
					if (connection === this.#connections) this.#online = false
					this.#putBack(item)
					this.#pump()
				},
			)
		}
		if (this.#empty() || (this.#pause && this.#inFlight === 0)) for (const resolve of this.#idle.splice(0)) resolve()
	}

	/** Takes from both in turn: neither do a hundred thousand announcements hold up readings, nor readings a state. */
	#take(): Numbered | undefined {
		this.#isRetainedNext = !this.#isRetainedNext
		return this.#isRetainedNext ? (this.#takeRetained() ?? this.#waiting.shift()) : (this.#waiting.shift() ?? this.#takeRetained())
	}

	#takeRetained(): Numbered | undefined {
		for (const topic of this.#dirty) {
			this.#dirty.delete(topic)
			const message = this.#retained.get(topic)
			if (message) return { number: 0, message }
		}
		return undefined
	}

	/** Waits before anything more is sent: the broker would not take it either. */
	#postpone(item: Numbered): void {
		this.#putBack(item)
		this.#postponed++
		this.#most = 1
		if (this.#online && !this.#pause) {
			this.#pause = setTimeout(() => {
				this.#resume()
				this.#pump()
			}, this.#nextPause)
			this.#nextPause = Math.min(this.#nextPause * 2, LAST_PAUSE)
		}
		this.#pump()
	}

	#resume(): void {
		clearTimeout(this.#pause)
		this.#pause = undefined
	}

	#answered({ number, message }: Numbered, accepted: boolean): void {
		const { topic, retain, payload, settled, once = false } = message
		this.#inFlight--
		if (accepted && !this.#pause) {
			this.#nextPause = FIRST_PAUSE
			this.#most = MAX_IN_FLIGHT
		}
		// An empty payload clears the topic: it is not sent again on the next connect.
		if (retain && (once || payload.length === 0) && this.#retained.get(topic) === message) {
			this.#retained.delete(topic)
			if (payload.length === 0) this.#cleared(topic)
		}
		if (!retain) this.#disk?.done(number)
		if (!accepted) {
			this.#dropped++
			if (!this.#refusedTopics.has(topic)) this.#tell(`the broker refuses messages on ${topic}: check its access rules and limits`)
			this.#refusedTopics.add(topic)
		}
		settled?.(accepted)
		this.#pump()
	}

	/** Puts a message that the broker has not taken back before all that came after it. */
	#putBack(item: Numbered): void {
		this.#inFlight--
		if (item.message.retain) this.#dirty.add(item.message.topic)
		else this.#waiting.putBack(item)
	}

	/** Drops the oldest messages while the limits are exceeded; the newest stays. */
	#dropOldest(): void {
		const { messages, bytes } = this.#limits
		while (this.#waiting.count > 1 && (this.#waiting.count > messages || this.#waiting.bytes > bytes)) {
			const { number, message } = this.#waiting.shift() as Numbered
			this.#disk?.done(number)
			message.settled?.(false)
			if (this.#dropped++ === 0) this.#tell(`more than ${messages} readings or ${bytes} bytes wait for the broker: the oldest are dropped`)
		}
	}
}

/** Says why a broker would close the connection for a message, again after each reconnect. */
function faultOf({ topic, properties, contentType }: OutMessage): string | undefined {
	if (!isTopic(topic))
		return `nothing is published on "${topic}": a topic must not contain +, # or control characters, nor be longer than a broker takes`
	const texts = [...Object.values(properties ?? {}), contentType ?? '']
	if (texts.every(isLegalText)) return undefined
	return `a message on ${topic} is not published: its properties contain control characters`
}
