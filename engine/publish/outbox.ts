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
/** More than a day of one telegram in ten seconds. */
const MAX_WAITING = 10_000

/** An outbox before `send`, which resolves when the broker has acknowledged. */
export function outbox(send: (message: OutMessage) => Promise<void>): Outbox {
	const retained = new Map<string, OutMessage>()
	let waiting: OutMessage[] = []
	const dirty = new Set<string>()
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
			send(message).then(settled, () => {
				// Not acknowledged and given up by the client: it goes first once more.
				if (message.retain) dirty.add(message.topic)
				else waiting.unshift(message)
				settled()
			})
		}
		if (inFlight === 0 && waiting.length === 0 && dirty.size === 0) for (const resolve of idle.splice(0)) resolve()
	}

	function settled(): void {
		inFlight--
		pump()
	}

	return {
		add(message) {
			if (message.retain) {
				// An empty payload clears the topic; there is nothing to send anew later.
				retained.set(message.topic, message)
				dirty.add(message.topic)
			} else {
				waiting.push(message)
				if (waiting.length > MAX_WAITING) {
					waiting = waiting.slice(waiting.length - MAX_WAITING)
					dropped++
				}
			}
			pump()
		},
		connected() {
			online = true
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
