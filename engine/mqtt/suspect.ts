import type { OutMessage } from './message.ts'

/** Connections in a row that break at one message before each message is sent alone, and before that one is dropped. */
const [ALONE, DROPPED] = [3, 6]

/**
 * Finds a message at which a broker hangs up each time, as some do where one is too large for them: all others would wait behind it for good. It is only
 * dropped where the broker has acknowledged others on each of these connections: one that hangs up at everything is itself at fault.
 */
export class Suspect {
	#message: OutMessage | undefined
	#times = 0

	/** Notes a connection that its other end has closed: the oldest message on its way, and whether others were acknowledged. Says whether it is dropped. */
	broke(oldest: OutMessage | undefined, othersPassed: boolean): boolean {
		if (!this.#isSame(oldest) || !othersPassed) this.#times = 0
		this.#message = oldest
		if (oldest && othersPassed) this.#times++
		return this.#times === DROPPED
	}

	/** Whether messages go out one by one, so that it shows which one it is. */
	alone(): boolean {
		return this.#times >= ALONE
	}

	/** Whether this message is dropped. */
	is(message: OutMessage): boolean {
		return this.#times >= DROPPED && this.#isSame(message)
	}

	/** Forgets it: a connection has lasted. */
	clear(): void {
		this.#message = undefined
		this.#times = 0
	}

	/** A retained message is replaced by the next one of its topic. */
	#isSame(message: OutMessage | undefined): boolean {
		const suspect = this.#message
		return message === suspect || (message?.retain === true && suspect?.retain === true && message.topic === suspect.topic)
	}
}
