import { setTimeout as sleep } from 'node:timers/promises'
import { type Lock, lock } from '../files/lock.ts'
import type { Log } from '../log/log.ts'
import { type ClaimSettings, STAYS_OUT, vacant } from '../mqtt/claim.ts'

/** Milliseconds until a folder that another process uses is looked at again. */
const RETRY = 1000

/** Milliseconds until the other process, which our return has thrown off the broker, is back there and can answer. */
const BACK = 5000

/** What runs for a config. */
type Runner = {
	port: number | undefined
	start(): Promise<void>
	reload(): Promise<void>
	/** `displaced`: another process speaks for this instance now. */
	close(displaced?: boolean): Promise<void>
}

export type AloneSettings<T> = Pick<ClaimSettings, 'connection' | 'topics' | 'instance'> & {
	/** The folder of the state, where there is one. */
	folder: string | undefined
	/** Its own broker knows no other process. */
	embedded: boolean
	/** Makes what runs; it calls `displaced` once when another process has taken over. */
	make(displaced: () => void): T
	/** Ends the waiting, also before there is anything to close. */
	signal?: AbortSignal
	log: Log
}

/** Runs one process of an instance at a time: waits while another one runs, and stands aside for one that took over while this one had no connection. */
export class Alone<T extends Runner> {
	readonly #settings: AloneSettings<T>
	readonly #stop = new AbortController()
	#lock: Lock | undefined
	#runner: T | undefined
	#changing: Promise<void> = Promise.resolve()

	constructor(settings: AloneSettings<T>) {
		this.#settings = settings
		const { signal } = settings
		if (signal?.aborted) this.#stop.abort()
		signal?.addEventListener('abort', this.#abandon)
	}

	/** Taken off its signal at the end: it would hold all that ran as long as the process lives. */
	readonly #abandon = () => this.#stop.abort()

	/** The embedded broker's port, where there is one. */
	get port(): number | undefined {
		return this.#runner?.port
	}

	/** Returns what runs now. */
	get runner(): T | undefined {
		return this.#runner
	}

	/**
	 * Starts, when no other process uses this instance's state or runs as this instance at the broker. Throws an Error when a port cannot be opened; and,
	 * unless it `waits`, when there is another process.
	 */
	async start(waits = true): Promise<void> {
		try {
			await this.#turn(waits)
			if (this.#stop.signal.aborted) return
			this.#runner = this.#settings.make(() => {
				this.#changing = this.#next().catch((error: unknown) => this.#settings.log.error(error, 'the start failed'))
			})
			await this.#runner.start()
		} catch (error) {
			this.#stop.abort()
			await this.#end()
			throw error
		}
	}

	/** Reads profiles and config again. */
	async reload(): Promise<void> {
		await this.#runner?.reload()
	}

	/** Stops everything, or the waiting. */
	async close(): Promise<void> {
		this.#stop.abort()
		await this.#changing
		await this.#end()
	}

	async #end(): Promise<void> {
		this.#settings.signal?.removeEventListener('abort', this.#abandon)
		await this.#runner?.close()
		await this.#lock?.release()
	}

	async #next(): Promise<void> {
		const { instance, log } = this.#settings
		const runner = this.#runner
		this.#runner = undefined
		log.warn(`another process took over as instance "${instance}" while this one had no connection: this one stands aside`)
		await runner?.close(true)
		await sleep(BACK, undefined, { signal: this.#stop.signal }).catch(() => undefined)
		await this.start()
	}

	/** Waits for its turn; where it does not, throws an Error for another process. */
	async #turn(waits: boolean): Promise<void> {
		const { connection, topics, instance, folder, embedded, log } = this.#settings
		const occupied = new AbortController()
		const signal = AbortSignal.any([this.#stop.signal, occupied.signal])
		let why: string | undefined
		const tell = (text: string) => {
			if (waits) return log.warn(text)
			why ??= text.replace(STAYS_OUT, '')
			occupied.abort()
		}
		for (let told = false; folder !== undefined && !this.#lock && !signal.aborted; told = true) {
			if (told) await sleep(RETRY)
			this.#lock = await lock(folder, instance)
			if (!this.#lock && !told)
				tell(
					`another process uses the state of instance "${instance}" in ${folder}${STAYS_OUT}. Give each process its own "instance" or "stateDir" in the config`,
				)
		}
		if (!embedded && !signal.aborted) await vacant({ connection, topics, instance, tell, signal })
		if (why !== undefined) throw new Error(why)
	}
}
