import type { OutMessage } from './message.ts'
import type { Spool } from './spool.ts'
import { within } from './within.ts'

/** How much may wait: messages, and bytes of their payloads and topics. Beyond it, the oldest are dropped. */
export type Limits = { messages: number; bytes: number }

/** MQTT.js has 65,535 packet identifiers, and loses messages beyond them. */
const MAX_IN_FLIGHT = 100
/** A day of one meter's telegrams, one in ten seconds, is 8,640. */
const DEFAULT_LIMITS: Limits = { messages: 10_000, bytes: 16 * 1024 * 1024 }
/** Milliseconds until a broker that takes nothing just now is asked again: doubled from the first to the last. */
const [FIRST_PAUSE, LAST_PAUSE] = [1000, 60_000]
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[+#\u0000-\u001f]|^$/

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
	#isRetainedNext = false
	/** Oldest first, from `#first` on: to shift an array of ten thousand for each message is slow. */
	#waiting: OutMessage[]
	#first = 0
	/** How many of the oldest were in flight when the connection was lost. */
	#returned = 0
	/** Size of the messages that wait. */
	#bytes: number
	#inFlight = 0
	#dropped = 0
	#online = false
	/** Runs while the broker takes nothing. */
	#pause: NodeJS.Timeout | undefined
	#nextPause = FIRST_PAUSE
	readonly #refusedTopics = new Set<string>()
	readonly #idle: (() => void)[] = []

	/**
	 * `send` resolves to the broker's answer; what it takes `later` is sent again after a pause. It rejects when the connection is lost: the message is
	 * sent again after the next `connected`. `tell` gets in words what is lost, once a cause. Messages on `disk` outlive the process.
	 */
	constructor(send: (message: OutMessage) => Promise<Answer>, tell: (text: string) => void, limits: Partial<Limits> = {}, disk?: Spool) {
		this.#send = send
		this.#tell = tell
		this.#limits = { ...DEFAULT_LIMITS, ...limits }
		this.#disk = disk
		this.#waiting = disk?.load() ?? []
		this.#bytes = this.#waiting.reduce((sum, message) => sum + sizeOf(message), 0)
	}

	/** Sends a message now, or keeps it until there is a connection. */
	add(message: OutMessage): void {
		const { topic, retain } = message
		// A broker would close the connection for such a topic, again after each reconnect.
		if (ILLEGAL.test(topic)) {
			this.#tell(`nothing is published on "${topic}": a topic must not contain +, # or control characters`)
			return
		}
		if (retain) {
			this.#retained.set(topic, message)
			this.#dirty.add(topic)
		} else {
			this.#waiting.push(message)
			this.#bytes += sizeOf(message)
			if (!this.#online || this.#inFlight >= MAX_IN_FLIGHT) this.#disk?.add(message)
			this.#dropOldest()
		}
		this.#pump()
	}

	/** Sends what waits. */
	connected(): void {
		this.#online = true
		this.#returned = 0
		this.#resume()
		this.#nextPause = FIRST_PAUSE
		this.#isRetainedNext = false
		this.#refusedTopics.clear()
		for (const topic of this.#retained.keys()) this.#dirty.add(topic)
		this.#pump()
	}

	/** Keeps all messages from now on. */
	disconnected(): void {
		this.#online = false
		this.#resume()
	}

	/** Resolves when the broker has answered to all messages, or after `limit` milliseconds. */
	drain(limit: number): Promise<void> {
		return this.#empty() ? Promise.resolve() : within(limit, (done) => this.#idle.push(done))
	}

	/** Counts the messages that wait, and those that were dropped or refused. */
	counts(): { waiting: number; dropped: number } {
		return { waiting: this.#count(), dropped: this.#dropped }
	}

	#count(): number {
		return this.#waiting.length - this.#first
	}

	#empty(): boolean {
		return this.#inFlight === 0 && this.#count() === 0 && this.#dirty.size === 0
	}

	#pump(): void {
		while (this.#online && !this.#pause && this.#inFlight < MAX_IN_FLIGHT) {
			const message = this.#next()
			if (!message) break
			this.#inFlight++
			this.#send(message).then(
				(answer) => (answer === 'later' ? this.#postpone(message) : this.#answered(message, answer === 'accepted')),
				() => {
					this.#online = false
					this.#putBack(message)
				},
			)
		}
		if (!this.#empty()) return
		this.#disk?.clear()
		for (const resolve of this.#idle.splice(0)) resolve()
	}

	/** Takes from both in turn: neither do a hundred thousand announcements hold up readings, nor readings a state. */
	#next(): OutMessage | undefined {
		this.#isRetainedNext = !this.#isRetainedNext
		return this.#isRetainedNext ? (this.#nextRetained() ?? this.#shift()) : (this.#shift() ?? this.#nextRetained())
	}

	#nextRetained(): OutMessage | undefined {
		for (const topic of this.#dirty) {
			this.#dirty.delete(topic)
			return this.#retained.get(topic)
		}
		return undefined
	}

	/** Takes the oldest message that waits. */
	#shift(): OutMessage | undefined {
		const message = this.#waiting[this.#first]
		if (!message) return undefined
		this.#first++
		this.#returned = Math.max(0, this.#returned - 1)
		this.#bytes -= sizeOf(message)
		if (this.#first > 1000 && this.#first > this.#waiting.length / 2) this.#cut()
		return message
	}

	#cut(): void {
		this.#waiting = this.#waiting.slice(this.#first)
		this.#first = 0
		this.#disk?.rewrite(this.#waiting)
	}

	/** Waits before anything more is sent: the broker would not take it either. */
	#postpone(message: OutMessage): void {
		this.#putBack(message)
		if (!this.#online || this.#pause) return
		this.#pause = setTimeout(() => {
			this.#resume()
			this.#returned = 0
			this.#pump()
		}, this.#nextPause)
		this.#nextPause = Math.min(this.#nextPause * 2, LAST_PAUSE)
	}

	#resume(): void {
		clearTimeout(this.#pause)
		this.#pause = undefined
	}

	#answered(message: OutMessage, accepted: boolean): void {
		const { topic, retain, payload, settled } = message
		this.#inFlight--
		if (accepted && !this.#pause) this.#nextPause = FIRST_PAUSE
		// An empty payload clears the topic: it is not sent again on the next connect.
		if (retain && payload.length === 0 && this.#retained.get(topic) === message) this.#retained.delete(topic)
		if (!accepted) {
			this.#dropped++
			if (!this.#refusedTopics.has(topic)) this.#tell(`the broker refuses messages on ${topic}: check its access rules and limits`)
			this.#refusedTopics.add(topic)
		}
		settled?.(accepted)
		this.#pump()
	}

	/** Puts a message that the broker has not taken back before all that wait, behind those that returned before it. */
	#putBack(message: OutMessage): void {
		this.#inFlight--
		if (message.retain) this.#dirty.add(message.topic)
		else {
			this.#cut()
			this.#waiting.splice(this.#returned++, 0, message)
			this.#bytes += sizeOf(message)
			this.#disk?.add(message)
		}
	}

	/** Drops the oldest messages while the limits are exceeded; the newest stays. */
	#dropOldest(): void {
		const { messages, bytes } = this.#limits
		while (this.#count() > 1 && (this.#count() > messages || this.#bytes > bytes)) {
			this.#shift()?.settled?.(false)
			if (this.#dropped++ === 0) this.#tell(`more than ${messages} readings or ${bytes} bytes wait for the broker: the oldest are dropped`)
		}
	}
}

const sizeOf = ({ topic, payload }: OutMessage) => topic.length + payload.length
