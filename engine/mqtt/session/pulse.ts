/** Seconds without a packet after which a broker may give a client up. */
export const KEEPALIVE = 30
/** Seconds for the answer to a ping: slow brokers were seen to stand still for 20. */
const PING_LIMIT = 25
/** Bytes a second that are a sign of life: a large packet may take long. */
const LIFE = 256

/** Whether the other end of a connection lives. Time is counted in ticks of the caller, one a second. */
export class Pulse {
	#sent = 0
	#heard = 0
	/** When a ping was sent that is not answered. */
	#pinged: number | undefined
	#bytes = 0

	/** Notes that something was sent. */
	sent(now: number): void {
		this.#sent = now
	}

	/** Notes bytes that came. */
	bytes(count: number): void {
		this.#bytes += count
	}

	/** Notes a whole packet; `pong`: the answer to a ping. */
	heard(now: number, pong = false): void {
		this.#heard = now
		if (pong) this.#pinged = undefined
	}

	/** Says what is due: a ping, or nothing; or, in words, that the other end is dead. `deaf`: nothing is read just now. */
	tick(now: number, keepalive: number, deaf: boolean): 'ping' | string | undefined {
		if (this.#bytes > LIFE) this.#heard = now
		this.#bytes = 0
		if (deaf || (this.#pinged !== undefined && this.#heard > this.#pinged)) this.#pinged = undefined
		if (this.#pinged !== undefined) return now - this.#pinged >= PING_LIMIT ? `has not answered for ${PING_LIMIT} s` : undefined
		const quiet = now - Math.min(this.#sent, this.#heard)
		if (quiet < Math.max(1, Math.floor(Math.min(KEEPALIVE, keepalive) / 2))) return undefined
		if (!deaf) this.#pinged = now
		return 'ping'
	}
}
