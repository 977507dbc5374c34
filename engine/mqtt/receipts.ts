/** The acknowledgement of one message that came in, withheld until all that was made of it is safe. */
export type Receipt = {
	/** One more thing to wait for; call what it gives when that is safe. */
	hold(): () => void
	/** Runs just before the message is acknowledged. */
	before(work: () => void): void
}

/** Withheld acknowledgements of one connection. */
export type Receipts = {
	/** A message with this packet identifier came in. It is held once: by `done`. */
	take(messageId: number): Receipt & { done(): void }
	/** The connection went: the broker sends anew what was not acknowledged, under other identifiers. */
	lost(): void
}

type Entry = { messageId: number | undefined; holds: number; work: (() => void)[] }

/**
 * Acknowledges in the order in which the messages came (MQTT 5, 4.6), each when nothing of it is waited for any more. What came before a lost
 * connection stays in its place: a message that is delivered again is acknowledged only after what was made of it the first time is safe.
 */
export function receipts(acknowledge: (messageId: number) => void): Receipts {
	const queue: Entry[] = []

	function release(): void {
		while (queue[0]?.holds === 0) {
			const { messageId, work } = queue.shift() as Entry
			for (const one of work) one()
			if (messageId !== undefined) acknowledge(messageId)
		}
	}

	return {
		take(messageId) {
			const entry: Entry = { messageId, holds: 0, work: [] }
			queue.push(entry)
			function hold(): () => void {
				entry.holds++
				let held = true
				return () => {
					if (!held) return
					held = false
					entry.holds--
					release()
				}
			}
			return { hold, before: (work) => void entry.work.push(work), done: hold() }
		},
		lost() {
			for (const entry of queue) entry.messageId = undefined
		},
	}
}
