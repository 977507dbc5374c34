/** The acknowledgement of a message, withheld until all readings of it are safe. */
export type Receipt = {
	/** Waits for one more thing; call the returned function when that is safe. */
	hold(): () => void
	/** Runs `work` just before the message is acknowledged. */
	before(work: () => void): void
}

/** Withheld acknowledgements of one connection. */
export type Receipts = {
	/** Takes a message by its packet identifier. It is held until `done` is called. */
	take(messageId: number): Receipt & { done(): void }
	/** Forgets the identifiers of a lost connection: the broker sends its messages again, with other ones. */
	lost(): void
}

type Entry = { messageId: number | undefined; holds: number; work: (() => void)[] }

/**
 * Acknowledges messages in the order of their arrival (MQTT 5, 4.6), each when nothing holds it any more. Messages of a lost connection keep their
 * place: one that is delivered again is acknowledged only after the readings of its first delivery are safe.
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
