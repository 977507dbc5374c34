import type { Worker } from 'node:worker_threads'
import type { Finding } from '../document/finding.ts'
import { openThread } from '../files/thread.ts'
import type { Known, Task, Told } from './task.ts'

/** Milliseconds that the check of one profile may take: a hundred times what the longest does. Nothing within the bounds comes near. */
const LIMIT = 60_000
/** Milliseconds that the thread waits for another task: who edits a profile saves again soon. */
const LINGER = 3000
/** Starts in a row that come to nothing. */
const MAX_STARTS = 3
/** Megabytes of the thread's heap: a library of 100 MB, whose texts are read when used, and one profile. */
const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }

export type CheckerSettings = {
	/** Makes the task as it is now. */
	task(): Task
	/** Gets what the check tells, `failed` when no thread can be had. */
	tell(told: Told | { kind: 'failed'; reason: string }): void
	/** Milliseconds that one profile may take. */
	limit?: number
	/** Opens the thread. */
	open?(): Worker
}

/**
 * Checks profiles in a thread of its own, which lives as long as there is something to check. A thread that crashes or does not come to an end costs the profile that
 * it was at, and another goes on.
 */
export class Checker {
	readonly #settings: CheckerSettings
	#worker: Worker | undefined
	#timer: NodeJS.Timeout | undefined
	/** The profile that is being checked. */
	#at: { name: string; file: string; own: Known } | undefined
	#starts = 0
	#isBusy = false
	/** The thread is done with what is in use. */
	#isUsedDone = false
	/** The thread has begun with the rest, and gives way: it cannot take that back (setpriority(2)). */
	#givesWay = false

	constructor(settings: CheckerSettings) {
		this.#settings = settings
	}

	/** Starts the thread, as a task will follow in a moment. */
	warm(): void {
		this.#worker ??= this.#start()
		if (!this.#isBusy) this.#rest()
	}

	/** Begins the task as it is now, in place of one that runs. */
	run(): void {
		this.#starts = 0
		this.#run()
	}

	/** Ends the thread. */
	close(): void {
		clearTimeout(this.#timer)
		const worker = this.#worker
		this.#worker = undefined
		this.#isBusy = false
		this.#givesWay = false
		this.#at = undefined
		// One that waits for a disk that does not answer does not end: nobody waits for it.
		void worker?.terminate()
	}

	#run(): void {
		if (this.#givesWay) this.close()
		this.#isBusy = true
		this.#isUsedDone = false
		this.#at = undefined
		this.#worker ??= this.#start()
		this.#worker.postMessage(this.#settings.task())
		this.#watch()
	}

	#start(): Worker {
		const worker = (this.#settings.open ?? open)()
		worker.unref()
		worker.on('message', (told: Told) => worker === this.#worker && this.#told(told))
		worker.on('error', (error: Error) => worker === this.#worker && this.#lost(reasonOf(error)))
		worker.on('exit', () => worker === this.#worker && this.#lost('it ended'))
		return worker
	}

	#told(told: Told): void {
		this.#starts = 0
		this.#at = told.kind === 'begins' ? told : undefined
		this.#givesWay ||= this.#isUsedDone && told.kind === 'begins'
		this.#isUsedDone ||= told.kind === 'used'
		if (told.kind !== 'done') this.#watch()
		else if (this.#givesWay) this.close()
		else {
			this.#isBusy = false
			this.#rest()
		}
		this.#settings.tell(told)
	}

	/** Ends the thread after a while without work. */
	#rest(): void {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => this.close(), LINGER).unref()
	}

	#watch(): void {
		const { limit = LIMIT } = this.#settings
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => this.#lost(`it took longer than ${limit / 1000} s`), limit).unref()
	}

	/** Says what the lost thread was at, which is not tried again as it is, and goes on with the rest. */
	#lost(reason: string): void {
		const [at, isBusy] = [this.#at, this.#isBusy]
		this.close()
		if (!isBusy) return
		if (at) {
			const { name, file, own: known } = at
			const finding: Finding = {
				file,
				line: 1,
				column: 1,
				code: 'profile/check',
				severity: 'error',
				message: `the check of this profile and its samples had to be stopped: ${reason}`,
				hint: 'it is checked again when its file changes: fewer or shorter samples, simpler expressions',
			}
			this.#settings.tell({ kind: 'checked', result: { name, known, files: [file], findings: [finding] } })
		} else if (++this.#starts >= MAX_STARTS) {
			this.#settings.tell({ kind: 'failed', reason })
			return
		}
		this.#run()
	}
}

const open = () => openThread(import.meta.url, 'worker', { resourceLimits: MEMORY, name: 'profiles' })

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
	return code === 'ERR_WORKER_OUT_OF_MEMORY' ? `it needs more than ${MEMORY.maxOldGenerationSizeMb} MB` : message
}
