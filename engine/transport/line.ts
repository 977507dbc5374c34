import type { Transport } from '../../schema/types/profile.ts'
import type { Line, Session } from './conversation.ts'
import { onChange, type PortEvents } from './port.ts'
import { sessionOf } from './session.ts'

/** Milliseconds between attempts to open a line: doubled from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [250, 10_000]

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

	constructor(settings: Transport, events: PortEvents, open: () => void, line: Pick<Line, 'write' | 'setBaudRate'>) {
		this.status = onChange(events.status)
		this.#events = events
		this.#idle = settings.idle ?? 1000
		this.#open = open
		this.#session = sessionOf(settings, { ...line, answer: (chunk) => this.#answer(chunk), status: this.status })
	}

	/** Begins the conversation on the open line. */
	opened(): void {
		this.status('open')
		this.#session?.begin()
	}

	/** Takes bytes from the line. */
	bytes(chunk: Uint8Array): void {
		if (this.#session) this.#session.bytes(chunk)
		else this.#answer(chunk)
	}

	/** Lets the next failure wait for the shortest time again: the line works. */
	works(): void {
		this.#delay = FIRST_RETRY
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

	#answer(chunk: Uint8Array): void {
		clearTimeout(this.#silence)
		this.#events.bytes(chunk, Date.now())
		this.#silence = setTimeout(() => this.#events.idle(Date.now()), this.#idle).unref()
	}
}
