/** The acknowledgement of a message, withheld until all readings of it are safe. */
export type Receipt = {
	/** Waits for one more thing; call the returned function when that is safe. */
	hold(): () => void
}

/** Withheld acknowledgements of one connection. */
export type Receipts = ReturnType<typeof receipts>

type Entry = { messageId: number | undefined; holds: number }

/**
 * Acknowledges messages in the order of their arrival (MQTT 5, 4.6), each when nothing holds it any more. Messages of a lost connection keep their
 * place: one that is delivered again is acknowledged only after the readings of its first delivery are safe.
 */
export function receipts(acknowledge: (messageId: number) => void) {
	const queue: Entry[] = []

	function release(): void {
		const first = queue.findIndex(({ holds }) => holds > 0)
		const free = queue.splice(0, first === -1 ? queue.length : first)
		for (const { messageId } of free) if (messageId !== undefined) acknowledge(messageId)
	}

	return {
		/** Takes a message by its packet identifier. It is held until `done` is called. */
		take(messageId: number): Receipt & { done(): void } {
			const entry: Entry = { messageId, holds: 0 }
			queue.push(entry)
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
		/** Forgets the identifiers of a lost connection: the broker sends its messages again, with other ones. */
		lost(): void {
			for (const entry of queue) entry.messageId = undefined
		},
	}
}
