import type { OutMessage } from './message.ts'
import type { Spool } from './spool.ts'
/** How much may wait: messages, and bytes of their payloads and topics. Beyond, the oldest go. */
export type Limits = { messages: number; bytes: number }

/** What waits before the MQTT client. */
export type Outbox = {
	/** Sends now or keeps it. Of a retained topic only the latest is kept, and sent anew on every connect. */
	add(message: OutMessage): void
	/** The connection stands: retained messages first, then what waited, oldest first. */
	connected(): void
	disconnected(): void
	/** Resolves when all was acknowledged, or after that many milliseconds. */
	drain(limit: number): Promise<void>
	/** Messages that wait, and that were dropped because too many did. */
	counts(): { waiting: number; dropped: number }
}

/** MQTT.js keeps at most 65,535 ids and overwrites its store beyond: 4,465 of 70,000 were lost in a trial. So few are handed over at once. */
const MAX_IN_FLIGHT = 100
/** A day of one meter's telegrams, one in ten seconds, is 8,640. */
export const DEFAULT_LIMITS: Limits = { messages: 10_000, bytes: 16 * 1024 * 1024 }
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[+#\u0000-\u001f]|^$/

/**
 * An outbox before `send`, which resolves when the broker has acknowledged (true) or refused (false) the message, and rejects when the
 * connection was lost: then it is sent again after the next `connected`. `tell` says in words what is lost, once a cause. With a `disk`, what waits
 * outlives the process.
 */
export function outbox(
	send: (message: OutMessage) => Promise<boolean>,
	tell: (text: string) => void,
	limits: Limits = DEFAULT_LIMITS,
	disk?: Spool,
): Outbox {
	const retained = new Map<string, OutMessage>()
	/** Oldest first. It is taken from at `first`, and cut now and then: to shift ten thousand at each message takes their square. */
	let waiting: OutMessage[] = disk?.load() ?? []
	let first = 0
	/** So many of the oldest were on their way when the connection went. */
	let returned = 0
	let bytes = waiting.reduce((sum, message) => sum + sizeOf(message), 0)
	const dirty = new Set<string>()
	const refusedTopics = new Set<string>()
	let inFlight = 0
	let dropped = 0
	let online = false
	const idle: (() => void)[] = []

	function next(): OutMessage | undefined {
		for (const topic of dirty) {
			dirty.delete(topic)
			return retained.get(topic)
		}
		return shift()
	}

	/** The oldest reading that waits. */
	function shift(): OutMessage | undefined {
		const message = waiting[first]
		if (!message) return undefined
		first++
		returned = Math.max(0, returned - 1)
		bytes -= sizeOf(message)
		if (first > 1000 && first > waiting.length / 2) cut()
		return message
	}

	function cut(): void {
		waiting = waiting.slice(first)
		first = 0
		disk?.rewrite(waiting)
	}

	const count = () => waiting.length - first
	const nothingLeft = () => inFlight === 0 && count() === 0 && dirty.size === 0

	function pump(): void {
		while (online && inFlight < MAX_IN_FLIGHT) {
			const message = next()
			if (!message) break
			inFlight++
			send(message).then(
				(accepted) => settled(message, accepted),
				() => lost(message),
			)
		}
		if (!nothingLeft()) return
		disk?.clear()
		for (const resolve of idle.splice(0)) resolve()
	}

	function settled(message: OutMessage, accepted: boolean): void {
		inFlight--
		// A topic that was cleared is nobody's from now on.
		if (message.retain && message.payload.length === 0 && retained.get(message.topic) === message) retained.delete(message.topic)
		if (!accepted) {
			dropped++
			if (!refusedTopics.has(message.topic))
				tell(`the broker refuses what is published on ${message.topic}: check its access rules and limits`)
			refusedTopics.add(message.topic)
		}
		message.settled?.()
		pump()
	}

	/** The connection went while the message was on its way: it goes first once there is another, behind those that were before it. */
	function lost(message: OutMessage): void {
		inFlight--
		online = false
		if (message.retain) dirty.add(message.topic)
		else {
			cut()
			waiting.splice(returned++, 0, message)
			bytes += sizeOf(message)
			disk?.add(message)
		}
	}

	/** The oldest readings go when too many wait, or too much. */
	function bound(): void {
		while (count() > 1 && (count() > limits.messages || bytes > limits.bytes)) {
			shift()?.settled?.()
			if (dropped++ === 0)
				tell(`more than ${limits.messages} readings or ${limits.bytes} bytes wait for the broker: the oldest are dropped`)
		}
	}

	return {
		add(message) {
			// A broker closes the connection on such a topic, and would again after each reconnect.
			if (ILLEGAL.test(message.topic))
				return tell(`nothing is published on "${message.topic}": a topic has neither + nor # nor control characters`)
			if (message.retain) {
				retained.set(message.topic, message)
				dirty.add(message.topic)
			} else {
				waiting.push(message)
				bytes += sizeOf(message)
				if (!online || inFlight >= MAX_IN_FLIGHT) disk?.add(message)
				bound()
			}
			pump()
		},
		connected() {
			online = true
			returned = 0
			refusedTopics.clear()
			for (const topic of retained.keys()) dirty.add(topic)
			pump()
		},
		disconnected() {
			online = false
		},
		drain(limit) {
			if (nothingLeft()) return Promise.resolve()
			return new Promise((resolve) => {
				const timer = setTimeout(resolve, limit)
				idle.push(() => {
					clearTimeout(timer)
					resolve()
				})
			})
		},
		counts: () => ({ waiting: count(), dropped }),
	}
}

const sizeOf = ({ topic, payload }: OutMessage) => topic.length + payload.length
