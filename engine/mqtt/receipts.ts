/** The acknowledgement of a message, withheld until all readings of it are safe. */
export type Receipt = {
	/** Waits for one more thing; call the returned function when that is safe. */
	hold(): () => void
}

/** Withheld acknowledgements of one connection. */
export type Receipts = ReturnType<typeof receipts>

type Entry = { messageId: number | undefined; holds: number; bytes: number }

/** Messages, and bytes of them, that are held before no more should come. A session hands over a thousand at once. */
const [MANY, MUCH] = [2000, 32 * 1024 * 1024]

/**
 * Acknowledges messages in the order of their arrival (MQTT 5, 4.6), each when nothing holds it any more. Messages of a lost connection keep their
 * place: one that is delivered again is acknowledged only after the readings of its first delivery are safe. `full` is told when too much is held, and
 * when that is over: a broker may hand over more than it was asked for, again after each reconnect.
 */
export function receipts(acknowledge: (messageId: number) => void, full: (full: boolean) => void = () => undefined) {
	const queue: Entry[] = []
	let bytes = 0
	let wasFull = false

	/** Tells when too much is held, and when half of it is gone. */
	function look(): void {
		const share = wasFull ? 0.5 : 1
		const isFull = queue.length >= MANY * share || bytes >= MUCH * share
		if (isFull !== wasFull) full(isFull)
		wasFull = isFull
	}

	function release(): void {
		const first = queue.findIndex(({ holds }) => holds > 0)
		const free = queue.splice(0, first === -1 ? queue.length : first)
		for (const one of free) {
			bytes -= one.bytes
			if (one.messageId !== undefined) acknowledge(one.messageId)
		}
		look()
	}

	return {
		/** Takes a message by its packet identifier. It is held until `done` is called. */
		take(messageId: number, size = 0): Receipt & { done(): void } {
			const entry: Entry = { messageId, holds: 0, bytes: size }
			queue.push(entry)
			bytes += size
			look()
			function hold(): () => void {
				let held = 1
				entry.holds++
				return () => {
					entry.holds -= held
					held = 0
					release()
				}
			}
			return { hold, done: hold() }
		},
		/** Whether so much is held that no more should come. */
		full: () => wasFull,
		/** Forgets the identifiers of a lost connection: the broker sends its messages again, with other ones. */
		lost(): void {
			for (const entry of queue) entry.messageId = undefined
		},
	}
}
