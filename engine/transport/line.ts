import { setImmediate } from 'node:timers/promises'
import { type Converse, type Line, onChange, type PortEvents, type Session, type Transport } from './port.ts'
import { sessionOf } from './session.ts'

/** Milliseconds between attempts to open a line: doubled from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [250, 10_000]

/** Bytes that are worked on at once: a bridge at line speed gives 64 KiB and more, and other meters have their turn between. */
const SLICE = 4 * 1024
/** Bytes that are read of a line in so many milliseconds: 28 times as many as come at 115,200 Bd. Whoever sends more waits, and leaves the machine to the others. */
const [MOST, WINDOW] = [32 * 1024, 100]
/** Chunks that may wait for their turn before nothing more is read. */
const MANY_WAITING = 16

/** A stream whose bytes can wait. */
type Pausable = { pause(): unknown; resume(): unknown }

/** The part that serial ports and TCP bridges share: bytes and silences, the conversation, and opening again after a failure. */
export class LineReader {
	/** Tells the state of the line: `open`, or why not. */
	readonly status: (text: string) => void
	closed = false
	readonly #events: PortEvents
	readonly #idle: number
	readonly #open: () => void
	readonly #session: Session | undefined
	#silence: NodeJS.Timeout | undefined
	#reopening: NodeJS.Timeout | undefined
	#delay = FIRST_RETRY
	/** Chunks that are worked on, and the one behind which the next waits. */
	#waiting = 0
	#before: Promise<void> | undefined
	/** The stream that nothing is read of meanwhile, and the timer for its end. */
	#paused: Pausable | undefined
	#rest: NodeJS.Timeout | undefined
	/** Bytes that were read in this window of time, and when it began. */
	#read = 0
	#since = 0

	constructor(
		settings: Transport,
		events: PortEvents,
		open: () => void,
		line: Pick<Line, 'write' | 'setBaudRate'>,
		converse: Converse = (whole) => sessionOf(settings, whole),
	) {
		this.status = onChange(events.status)
		this.#events = events
		this.#idle = settings.idle ?? 1000
		this.#open = open
		this.#session = converse({ ...line, answer: (chunk) => this.#answer(chunk), status: this.status })
	}

	/** Begins the conversation on the open line. */
	opened(): void {
		this.status('open')
		this.#session?.begin()
	}

	/**
	 * Takes bytes from the line: it works, and the next failure waits for the shortest time again. Whoever sends more than can be worked on waits, and so
	 * do his bytes: no more is read of the stream meanwhile.
	 */
	bytes(chunk: Uint8Array, stream: Pausable): void {
		this.#delay = FIRST_RETRY
		this.#waiting++
		const now = performance.now()
		if (now - this.#since > WINDOW) {
			this.#since = now
			this.#read = 0
		}
		this.#read += chunk.length
		if (this.#waiting > MANY_WAITING || chunk.length >= SLICE || this.#read > MOST) {
			stream.pause()
			this.#paused = stream
		}
		const worked = this.#before === undefined ? this.#slices(chunk) : this.#before.then(() => this.#slices(chunk))
		this.#before = worked
		if (worked === undefined) this.#worked(worked)
		else this.#awaitWorked(worked)
	}

	/** Works on a chunk, in slices. */
	#slices(chunk: Uint8Array): Promise<void> | undefined {
		return chunk.length < SLICE ? this.#take(chunk) : inTurn(chunk, (slice) => this.#take(slice))
	}

	#take(slice: Uint8Array): Promise<void> | undefined {
		return this.#session ? this.#session.bytes(slice) : this.#answer(slice)
	}

	#awaitWorked(worked: Promise<void>): void {
		const done = () => this.#worked(worked)
		worked.then(done, done)
	}

	/** Reads on when nothing waits any more. */
	#worked(worked: Promise<void> | undefined): void {
		this.#waiting--
		if (this.#before === worked) this.#before = undefined
		if (this.#waiting > 0 || !this.#paused) return
		const rest = this.#read > MOST ? this.#since + WINDOW * (this.#read / MOST) - performance.now() : 0
		clearTimeout(this.#rest)
		if (rest <= 0) this.#resume()
		else this.#rest = setTimeout(() => this.#resume(), rest).unref()
	}

	#resume(): void {
		this.#paused?.resume()
		this.#paused = undefined
	}

	/** Says why the line is gone, and opens it again after a while, unless it was closed. */
	lost(reason: string): void {
		this.#session?.end()
		if (this.closed) return
		this.status(reason)
		clearTimeout(this.#reopening)
		this.#reopening = setTimeout(this.#open, this.#delay)
		this.#delay = Math.min(this.#delay * 2, LAST_RETRY)
	}

	/** Stops reading and opening. */
	close(): void {
		this.closed = true
		clearTimeout(this.#reopening)
		clearTimeout(this.#silence)
		this.#session?.end()
	}

	#answer(chunk: Uint8Array): Promise<void> | undefined {
		const worked = this.#events.bytes(chunk, Date.now())
		this.#awaitSilence()
		return worked
	}

	/** Tells the silence behind the last bytes; none is told while some of them still wait. */
	#awaitSilence(): void {
		if (this.closed) return
		if (this.#silence) this.#silence.refresh()
		else this.#silence = setTimeout(() => this.#silent(), this.#idle).unref()
	}

	#silent(): void {
		if (this.#waiting > 0 || this.#paused) this.#awaitSilence()
		else this.#events.idle(Date.now())
	}
}

/** Gives a chunk in slices; between two of them all else has its turn. */
async function inTurn(chunk: Uint8Array, take: (slice: Uint8Array) => Promise<void> | undefined): Promise<void> {
	for (let at = 0; at < chunk.length; at += SLICE) {
		await take(chunk.subarray(at, at + SLICE))
		await setImmediate()
	}
}

/** Says in words why a line cannot be used, and what to do, by the first remedy that the error's code or text fits. */
export function reasonOf({ code, message }: NodeJS.ErrnoException, place: string, remedies: [cause: RegExp, text: string][]): string {
	const [, text] = remedies.find(([cause]) => cause.test(`${code} ${message}`)) ?? []
	return text ?? `${place}: ${message}`
}
