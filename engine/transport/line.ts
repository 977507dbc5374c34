import { type Converse, type Line, onChange, type PortEvents, type Session, type Transport } from './port.ts'
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

	/** Takes bytes from the line: it works, and the next failure waits for the shortest time again. */
	bytes(chunk: Uint8Array): void {
		this.#delay = FIRST_RETRY
		if (this.#session) this.#session.bytes(chunk)
		else this.#answer(chunk)
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

/** Says in words why a line cannot be used, and what to do, by the first remedy that the error's code or text fits. */
export function reasonOf({ code, message }: NodeJS.ErrnoException, place: string, remedies: [cause: RegExp, text: string][]): string {
	const [, text] = remedies.find(([cause]) => cause.test(`${code} ${message}`)) ?? []
	return text ?? `${place}: ${message}`
}
