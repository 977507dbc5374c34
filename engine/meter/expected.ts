import type { Log } from '../log/log.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { intervalOf } from '../transport/session.ts'
import { Overdue } from './overdue.ts'
import { Pace } from './pace.ts'

export type ExpectedSettings = {
	profile: CompiledProfile
	/** The config says how often the meter sends. */
	isStated: boolean
	/** Whether somebody has to hear of a silence: a translator's reader does. */
	isWatched: boolean
	/** Called after a minute without a reading where the limit is longer, and at the limit (s). */
	doubtful(): void
	overdue(limit: number): void
	log: Log
}

/** Seconds that an adapter may take for its second message: three minutes. */
const FIRST_GAP = 180

/** Expects a meter's readings: learns how often they come, and tells when one is overdue. */
export class Expected {
	readonly #settings: ExpectedSettings
	readonly #overdue: Overdue
	readonly #pace = new Pace()
	#profile: CompiledProfile
	/** Seconds between two readings, as the profile says. */
	#stated: number
	#interval: number

	/** Begins to wait for the first reading. */
	constructor(settings: ExpectedSettings) {
		const { profile, doubtful, overdue } = settings
		this.#settings = settings
		this.#overdue = new Overdue(doubtful, overdue)
		this.#profile = profile
		this.#stated = intervalOf(profile.document)
		this.#interval = this.#stated
		this.#wait(performance.now())
	}

	/** Gives the seconds between two readings, as stated and as they arrive. */
	get interval(): number {
		return this.#interval
	}

	/** Goes on with another profile, and waits from now on. */
	swap(profile: CompiledProfile): void {
		this.#profile = profile
		this.#stated = intervalOf(profile.document)
		this.#interval = this.#pace.interval(this.#stated)
		this.#wait(performance.now())
	}

	/** Takes a reading. The time since the last one counts: an adapter may send less often than its profile says. */
	heard(): void {
		const now = performance.now()
		this.#pace.heard(now / 1000)
		const before = this.#interval
		this.#interval = this.#pace.interval(this.#stated)
		if (this.#interval !== before && this.#settings.isWatched) this.#tell(before)
		this.#wait(now)
	}

	/** Waits no longer. */
	close(): void {
		this.#overdue.stop()
	}

	#tell(before: number): void {
		const hint = this.#interval > before ? ': "interval" of the meter in the config says so from the start' : ''
		const text = `readings are expected every ${this.#interval} s, as they arrive, no longer every ${before} s${hint}`
		this.#settings.log.info({ cause: 'pace' }, text)
	}

	/** A reading is overdue after three intervals. */
	#wait(now: number): void {
		const { isStated, isWatched } = this.#settings
		if (!isWatched) return
		// How often an adapter sends is its owner's choice: the first gap is waited for, unless the config says how long it is.
		const isOpen = this.#pace.begun && !this.#pace.known && !isStated && this.#profile.document.transport.kind === 'mqtt'
		this.#overdue.heard(now, Math.max(3 * this.#interval, isOpen ? FIRST_GAP : 0))
	}
}
