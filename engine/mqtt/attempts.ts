import type { Down } from './reasons.ts'
import type { Version } from './session/packets.ts'
import type { WillForm } from './session/writer.ts'

/** Milliseconds before an attempt at most. */
const LAST_RETRY = 30_000
const [NO_RETAIN, NO_QOS] = [154, 155]

/** How the next connection is tried: when, and in which form. `fixed`: the version is known; `first`: milliseconds before the second attempt, doubled from then on. */
export class Attempts {
	version: Version
	willForm: WillForm = { qos: 1, retain: true }
	readonly #fixed: boolean
	/** The broker has answered once: it speaks this version. */
	#spoken = false
	/** The other version is tried, too, before it is said that there is no connection. */
	#other = true
	readonly #first: number
	#retry: number
	/** The broker has broken the rules, and no connection has lasted since. */
	#faulty = false
	/** Something came of this connection. */
	#useful = false

	constructor(fixed: boolean, first: number) {
		this.#fixed = fixed
		this.#first = first
		this.#retry = first
		this.version = fixed ? 4 : 5
	}

	/** Notes that the broker has let this client in. */
	succeeded(): void {
		this.#spoken = true
		this.#other = true
		this.#useful = false
	}

	/** Notes that something came of this connection. */
	useful(): void {
		this.#useful = true
	}

	/** Notes that this connection has lasted. */
	lasted(): void {
		this.#useful = true
		this.#faulty = false
	}

	/**
	 * Gives the milliseconds until the next attempt; 0 when it is the other version's turn. Soon where something came of the connection, later each time
	 * where nothing did, or where the broker is at fault.
	 */
	failed(reason: Down, answered: boolean): number {
		if (this.#triesOther(reason, answered)) {
			this.#other = false
			this.version = this.version === 5 ? 4 : 5
			return 0
		}
		// The will is what the broker does not take, and it says so by a code of its own (MQTT 5, 3.2.2.2).
		if (reason.kind === 'refused' && reason.code === NO_RETAIN) this.willForm = { ...this.willForm, retain: false }
		if (reason.kind === 'refused' && reason.code === NO_QOS) this.willForm = { ...this.willForm, qos: 0 }
		if (reason.kind === 'fault') this.#faulty = true
		if (this.#useful && !this.#faulty) this.#retry = this.#first
		if (!this.#spoken && !this.#fixed) this.version = 5
		this.#useful = false
		this.#other = true
		// Many clients must not come back at the same moment.
		const wait = this.#retry * (0.8 + 0.2 * Math.random())
		this.#retry = Math.min(this.#retry * 2, LAST_RETRY)
		return wait
	}

	/** A broker that hangs up before it answers may speak only the other version. */
	#triesOther(reason: Down, answered: boolean): boolean {
		if (this.#fixed || answered || !this.#other) return false
		if (reason.kind === 'version') return true
		return !this.#spoken && (reason.kind === 'fault' || (reason.kind === 'closed' && !reason.error))
	}
}
