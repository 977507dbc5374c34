/** A message to publish, QoS 1. */
export type OutMessage = { topic: string; payload: string | Uint8Array; retain: boolean; properties?: Record<string, string> }

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
const MAX_WAITING = 10_000
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[+#\u0000-\u001f]|^$/

/**
 * An outbox before `send`, which resolves when the broker has acknowledged (true) or refused (false) the message, and rejects when the
 * connection was lost: then it is sent again after the next `connected`. `tell` says in words what is lost, once a cause.
 */
export function outbox(send: (message: OutMessage) => Promise<boolean>, tell: (text: string) => void): Outbox {
	const retained = new Map<string, OutMessage>()
	let waiting: OutMessage[] = []
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
		return waiting.shift()
	}

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
		if (inFlight === 0 && waiting.length === 0 && dirty.size === 0) for (const resolve of idle.splice(0)) resolve()
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
		pump()
	}

	/** The connection went while the message was on its way: it goes first once there is another. */
	function lost(message: OutMessage): void {
		inFlight--
		online = false
		if (message.retain) dirty.add(message.topic)
		else waiting.unshift(message)
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
				if (waiting.length > MAX_WAITING) {
					waiting = waiting.slice(waiting.length - MAX_WAITING)
					if (dropped++ === 0) tell(`more than ${MAX_WAITING} readings wait for the broker: the oldest are dropped`)
				}
			}
			pump()
		},
		connected() {
			online = true
			refusedTopics.clear()
			for (const topic of retained.keys()) dirty.add(topic)
			pump()
		},
		disconnected() {
			online = false
		},
		drain(limit) {
			if (inFlight === 0 && waiting.length === 0 && dirty.size === 0) return Promise.resolve()
			return new Promise((resolve) => {
				const timer = setTimeout(resolve, limit)
				idle.push(() => {
					clearTimeout(timer)
					resolve()
				})
			})
		},
		counts: () => ({ waiting: waiting.length, dropped }),
	}
}
