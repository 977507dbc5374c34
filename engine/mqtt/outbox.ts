import type { OutMessage } from './message.ts'
import { Queue } from './queue.ts'
import { Heads } from './session/head.ts'
import type { Spool } from './spool.ts'
import { type Limits, Outgoing, Waiting } from './waiting.ts'
import { within } from './within.ts'

/** MQTT has 65,535 packet identifiers; what is on its way may come twice after a lost connection. */
const MAX_IN_FLIGHT = 100
/** A day of one meter's telegrams, one in ten seconds, is 8,640. */
const DEFAULT_LIMITS: Limits = { messages: 10_000, bytes: 16 * 1024 * 1024 }
/** Milliseconds until a broker that takes nothing just now is asked again: doubled from the first to the last. */
const [FIRST_PAUSE, LAST_PAUSE] = [1000, 60_000]

/** A broker's answer to a message. `later`: it cannot take it now, for a reason that passes. */
export type Answer = 'accepted' | 'refused' | 'later'

/** The way to the broker. */
export type Way = {
	/** Says whether it takes one more message now; when it does again it says so by `refill`. */
	hasRoom(): boolean
	/** Sends a message. Gives the answer where there is one at once; otherwise it comes by `answered`, or the message is given back by `disconnected`. */
	publish(item: Outgoing): Answer | undefined
}

/** The latest message of a retained topic. */
type Retained = { item: Outgoing; isDue: boolean }

/** Messages that wait for the broker, oldest first; of a retained topic only the latest, which is sent again on every connect. */
export class Outbox {
	readonly #way: Way
	readonly #tell: (text: string) => void
	readonly #limits: Limits
	readonly #disk: Spool | undefined
	readonly #retained = new Map<string, Retained>()
	/** Those of them that are to be sent, and some that are no more. */
	readonly #due = new Queue<Retained>()
	/** Numbers on disk of the messages that clear a topic. */
	readonly #clearing = new Map<string, number>()
	readonly #waiting = new Waiting()
	readonly #heads = new Heads()
	#next = 1
	#isRetainedNext = false
	#inFlight = 0
	/** How many may be in flight: one after a pause, to see whether the broker takes it. */
	#most = MAX_IN_FLIGHT
	#dropped = 0
	#postponed = 0
	#online = false
	/** Messages are sent just now: what is added meanwhile is sent in its turn. */
	#isPumping = false
	/** Runs while the broker takes nothing. */
	#pause: NodeJS.Timeout | undefined
	#nextPause = FIRST_PAUSE
	readonly #refusedTopics = new Set<string>()
	readonly #idle: (() => void)[] = []

	/**
	 * What the broker takes `later` is sent again after a pause, and what a lost connection gives back after the next `connected`. `tell` gets in words
	 * what is lost, once a cause. Messages are on `disk` until the broker has answered, and so outlive the process; one that `settled` waits for is safe
	 * only then, too: a power cut may take the last second of what is on disk.
	 */
	constructor(way: Way, tell: (text: string) => void, limits: Partial<Limits> = {}, disk?: Spool) {
		this.#way = way
		this.#tell = tell
		this.#limits = { ...DEFAULT_LIMITS, ...limits }
		this.#disk = disk
		for (const { number, message } of disk?.load(this.#limits) ?? []) {
			const head = this.#heads.of(message)
			if (head.fault !== undefined) disk?.done(number)
			else if (message.retain) this.#keep(new Outgoing(0, message, head), number)
			else this.#waiting.push(new Outgoing(number, message, head))
		}
		this.#dropOldest()
	}

	/** Sends a message now, or keeps it until there is a connection. */
	add(message: OutMessage): void {
		const { payload, retain } = message
		const head = this.#heads.of(message)
		if (head.fault !== undefined) {
			this.#tell(head.fault)
			message.settled?.(false)
			return
		}
		if (retain) this.#keep(new Outgoing(0, message, head), payload.length === 0 ? this.#disk?.add(message) : undefined)
		else {
			this.#waiting.push(new Outgoing(this.#disk?.add(message) ?? this.#next++, message, head))
			this.#dropOldest()
		}
		this.refill()
	}

	/** Sends what waits. */
	connected(): void {
		this.#online = true
		this.#resume()
		this.#most = MAX_IN_FLIGHT
		this.#nextPause = FIRST_PAUSE
		this.#isRetainedNext = false
		this.#refusedTopics.clear()
		for (const [topic, one] of this.#retained) {
			if (!one.item.message.once) this.#makeDue(one)
			else {
				// It holds for the connection on which it was said: meanwhile another process may have claimed an instance.
				this.#retained.delete(topic)
				one.isDue = false
			}
		}
		this.refill()
	}

	/** Keeps all messages from now on, and those that have got no answer. */
	disconnected(unanswered: Outgoing[]): void {
		this.#online = false
		this.#resume()
		this.#inFlight -= unanswered.length
		for (const item of unanswered.reverse()) this.#hold(item)
	}

	/** Resolves when the broker has answered to all messages, or takes no more, or after `limit` milliseconds; then all that waits is on disk. */
	async drain(limit: number): Promise<void> {
		if (!this.#empty())
			await within(limit, (done) => {
				this.#idle.push(done)
				// In a pause, each gets a last try.
				this.#resume()
				this.#most = MAX_IN_FLIGHT
				this.refill()
			})
		this.#disk?.flush()
	}

	/** Takes the broker's answer to a message; `refill` sends the next one. */
	answered(item: Outgoing, answer: Answer): void {
		this.#inFlight--
		if (answer === 'later') this.#postpone(item)
		else this.#settled(item, answer === 'accepted')
	}

	/** Sends as many messages as may be on their way. */
	refill(): void {
		if (this.#isPumping) return
		this.#isPumping = true
		try {
			while (this.#online && !this.#pause && this.#inFlight < this.#most && this.#way.hasRoom()) {
				const item = this.#take()
				if (!item) break
				this.#inFlight++
				const answer = this.#way.publish(item)
				if (answer !== undefined) this.answered(item, answer)
			}
		} finally {
			this.#isPumping = false
		}
		if (this.#idle.length > 0 && (this.#empty() || (this.#pause && this.#inFlight === 0)))
			for (const resolve of this.#idle.splice(0)) resolve()
	}

	/** Counts the messages that wait, those that were dropped or refused, and how often the broker has put one off. */
	counts(): { waiting: number; dropped: number; postponed: number } {
		return { waiting: this.#waiting.count, dropped: this.#dropped, postponed: this.#postponed }
	}

	/** Keeps the latest message of a retained topic; `number`: of one that clears it, on disk, for the next process has no reason to clear it again. */
	#keep(item: Outgoing, number: number | undefined): void {
		const { topic } = item.message
		this.#cleared(topic)
		if (number !== undefined) this.#clearing.set(topic, number)
		const one = this.#retained.get(topic) ?? { item, isDue: false }
		one.item = item
		this.#retained.set(topic, one)
		this.#makeDue(one)
	}

	#makeDue(one: Retained): void {
		if (!one.isDue) this.#due.push(one)
		one.isDue = true
	}

	/** Forgets on disk that a topic is to be cleared. */
	#cleared(topic: string): void {
		const number = this.#clearing.get(topic)
		if (number === undefined) return
		this.#clearing.delete(topic)
		this.#disk?.done(number)
	}

	#empty(): boolean {
		return this.#inFlight === 0 && this.#waiting.count === 0 && this.#due.size === 0
	}

	/** Takes from both in turn: neither do a hundred thousand announcements hold up readings, nor readings a state. */
	#take(): Outgoing | undefined {
		this.#isRetainedNext = !this.#isRetainedNext
		return this.#isRetainedNext ? (this.#takeRetained() ?? this.#waiting.shift()) : (this.#waiting.shift() ?? this.#takeRetained())
	}

	#takeRetained(): Outgoing | undefined {
		for (let one = this.#due.shift(); one; one = this.#due.shift()) {
			if (!one.isDue) continue
			one.isDue = false
			return one.item
		}
		return undefined
	}

	/** Waits before anything more is sent: the broker would not take it either. */
	#postpone(item: Outgoing): void {
		this.#hold(item)
		this.#postponed++
		this.#most = 1
		if (this.#online && !this.#pause) {
			this.#pause = setTimeout(() => {
				this.#resume()
				this.refill()
			}, this.#nextPause)
			this.#nextPause = Math.min(this.#nextPause * 2, LAST_PAUSE)
		}
	}

	#resume(): void {
		clearTimeout(this.#pause)
		this.#pause = undefined
	}

	#settled({ number, message }: Outgoing, accepted: boolean): void {
		const { topic, retain, payload, once = false } = message
		if (accepted && !this.#pause) {
			this.#nextPause = FIRST_PAUSE
			this.#most = MAX_IN_FLIGHT
		}
		// An empty payload clears the topic: it is not sent again on the next connect.
		if (retain && (once || payload.length === 0) && this.#retained.get(topic)?.item.message === message) {
			this.#retained.delete(topic)
			if (payload.length === 0) this.#cleared(topic)
		}
		if (!retain) this.#disk?.done(number)
		if (!accepted) {
			this.#dropped++
			if (!this.#refusedTopics.has(topic)) this.#tell(`the broker refuses messages on ${topic}: check its access rules and limits`)
			this.#refusedTopics.add(topic)
		}
		message.settled?.(accepted)
	}

	/** Puts a message that the broker has not taken back before all that came after it. */
	#hold(item: Outgoing): void {
		if (!item.message.retain) this.#waiting.putBack(item)
		else {
			const latest = this.#retained.get(item.message.topic)
			if (latest) this.#makeDue(latest)
		}
	}

	/** Drops the oldest messages while the limits are exceeded; the newest stays. */
	#dropOldest(): void {
		const { messages, bytes } = this.#limits
		while (this.#waiting.count > 1 && (this.#waiting.count > messages || this.#waiting.bytes > bytes)) {
			const { number, message } = this.#waiting.shift() as Outgoing
			this.#disk?.done(number)
			message.settled?.(false)
			if (this.#dropped++ === 0) this.#tell(`more than ${messages} readings or ${bytes} bytes wait for the broker: the oldest are dropped`)
		}
	}
}
