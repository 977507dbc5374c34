import { openThread } from '../files/thread.ts'
import { type Refused, refused } from './refusal.ts'
import type { Answer, Question, Said } from './task.ts'

/** Milliseconds that an answer may take, that the thread may take to begin, and that it waits for another question. */
const [LIMIT, BEGIN, LINGER] = [5000, 30_000, 60_000]
/** Times as long may take what is asked once, and not at each keystroke: a draft tries all profiles, and a small computer is slow. */
const PATIENT = 6
/** Questions that wait. */
const MOST = 8
/** Starts in a row that come to nothing. */
const MAX_STARTS = 3
/** Megabytes of the thread's heap: a library, the recordings of one profile, and what is told about them. */
const MEMORY = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 }

/** What answers questions: a thread, or what stands in for one in tests. */
export type Answering = {
	on(event: 'message', listener: (said: Said) => void): unknown
	on(event: 'messageerror' | 'error', listener: (error: Error) => void): unknown
	on(event: 'exit', listener: () => void): unknown
	postMessage(question: Question): void
	terminate(): unknown
	unref(): void
}

export type ThreadSettings = {
	/** Milliseconds that an answer to a keystroke may take, and that the thread waits for another question. */
	limit?: number | undefined
	linger?: number | undefined
	/** Opens the thread. */
	open?: (() => Answering) | undefined
}

/** A question, and who waits for its answer. */
type Asked = { question: Question; tab: string | undefined; tell: (answer: Answer) => void }

/**
 * Asks a thread of its own, one question after the other. What takes too long, or too much memory, is answered with a refusal and costs the thread; the next question
 * gets another. The thread ends when nobody asks for a while.
 */
export class Thread {
	readonly #settings: ThreadSettings
	#worker: Answering | undefined
	#isReady = false
	#current: Asked | undefined
	readonly #waiting: Asked[] = []
	#timer: NodeJS.Timeout | undefined
	#starts = 0
	#isClosed = false

	constructor(settings: ThreadSettings = {}) {
		this.#settings = settings
	}

	/** Whether a thread lives. */
	get isAlive(): boolean {
		return this.#worker !== undefined
	}

	/** Asks a question. A newer one of the same `tab` takes the place of one that waits, which is refused; so is one too many. */
	ask(question: Question, tab?: string): Promise<Answer> {
		return new Promise((tell) => {
			if (this.#isClosed) return tell(ENDED)
			const asked = { question, tab, tell }
			const before = tab === undefined ? -1 : this.#waiting.findIndex((one) => one.tab === tab)
			if (before >= 0) {
				this.#waiting.splice(before, 1, asked)[0]?.tell(REPLACED)
			} else if (this.#waiting.length >= MOST) return tell(FULL)
			else this.#waiting.push(asked)
			this.#next()
		})
	}

	/** Ends the thread; what waits is refused. */
	close(): void {
		this.#isClosed = true
		this.#end()
		for (const { tell } of [...(this.#current ? [this.#current] : []), ...this.#waiting.splice(0)]) tell(ENDED)
		this.#current = undefined
	}

	#next(): void {
		if (this.#current) return
		if (!this.#worker) this.#start()
		if (!this.#worker || !this.#isReady) return
		const { limit = LIMIT, linger = LINGER } = this.#settings
		this.#current = this.#waiting.shift()
		if (this.#current) {
			this.#worker.postMessage(this.#current.question)
			const most = this.#current.question.work.kind === 'analyse' ? limit : PATIENT * limit
			this.#after(most, () => this.#lost(tooLong(most)))
		} else this.#after(linger, () => this.#end())
	}

	#start(): void {
		let worker: Answering
		try {
			worker = (this.#settings.open ?? open)()
		} catch (error) {
			this.#lost(broken((error as Error).message))
			return
		}
		this.#worker = worker
		this.#isReady = false
		worker.unref()
		worker.on('message', (said: Said) => worker === this.#worker && this.#said(said))
		worker.on('messageerror', (error: Error) => worker === this.#worker && this.#lost(broken(error.message)))
		worker.on('error', (error: NodeJS.ErrnoException) => worker === this.#worker && this.#lost(causeOf(error)))
		worker.on('exit', () => worker === this.#worker && this.#lost(broken('it ended')))
		this.#after(BEGIN, () => this.#lost(broken('it does not begin')))
	}

	#said(said: Said): void {
		clearTimeout(this.#timer)
		if (said.kind === 'ready') this.#isReady = true
		else {
			this.#starts = 0
			const asked = this.#current
			this.#current = undefined
			asked?.tell(said.answer)
		}
		this.#next()
	}

	/** Gives up the thread: the question that it had is refused, and so are all when none can be had. */
	#lost(why: Refused): void {
		const wasReady = this.#isReady
		this.#end()
		const asked = this.#current
		this.#current = undefined
		asked?.tell(why)
		if (!wasReady && ++this.#starts >= MAX_STARTS) {
			this.#starts = 0
			for (const { tell } of this.#waiting.splice(0)) tell(why)
		}
		if (this.#waiting.length > 0) this.#next()
	}

	#end(): void {
		clearTimeout(this.#timer)
		const worker = this.#worker
		this.#worker = undefined
		this.#isReady = false
		// One that waits for a disk that does not answer does not end: nobody waits for it.
		void worker?.terminate()
	}

	#after(milliseconds: number, work: () => void): void {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(work, milliseconds).unref()
	}
}

const open = () => openThread(import.meta.url, 'worker', { resourceLimits: MEMORY, name: 'workbench' })

const ENDED = refused('unavailable', 'workbench-ended', 'The program ends, or takes over another config.', {
	hint: 'Try again in a moment.',
})
const REPLACED = refused('busy', 'workbench-replaced', 'A newer question of this window took its place.')
const FULL = refused('busy', 'workbench-busy', 'Too many ask at this moment.', { hint: 'Try again in some seconds.' })

const tooLong = (limit: number) =>
	refused('invalid', 'workbench-time', `This took longer than ${limit / 1000} s, and was stopped.`, {
		hint: 'A simpler expression, or fewer and shorter telegrams: nothing that a meter sends takes so long.',
		params: { seconds: limit / 1000 },
	})

const broken = (why: string) =>
	refused('unavailable', 'workbench-failed', `The workbench's thread failed: ${why}.`, {
		hint: 'Try again. If it happens again, please report it.',
	})

function causeOf({ code, message }: NodeJS.ErrnoException): Refused {
	if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return broken(message)
	const { maxOldGenerationSizeMb: most } = MEMORY
	return refused('invalid', 'workbench-memory', `This needs more than ${most} MB of memory, and was stopped.`, {
		hint: 'A simpler expression, or fewer and shorter telegrams.',
		params: { most },
	})
}
