import type { Message } from '../mqtt/message.ts'

/** What a port tells. Times are ms since 1970. */
export type PortEvents = {
	bytes(chunk: Uint8Array, received: number): void
	/** Nothing came for the idle time after the last bytes. */
	idle(received: number): void
	message(message: Message, received: number): void
	/** `open`, or in words why not; once a change. */
	status(text: string): void
	/** A recording begins (anew); add this many ms to the meter's times. */
	restart(clockShift: number): void
}

/** An open (or ever again opened) port. */
export type Port = { close(): Promise<void> }

/** Milliseconds between attempts to open a port: doubled from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [250, 10_000]

/** A delay that grows with each failure and starts over after a success. */
export function backoff(): { next(): number; reset(): void } {
	let delay = FIRST_RETRY
	return {
		next() {
			const now = delay
			delay = Math.min(delay * 2, LAST_RETRY)
			return now
		},
		reset() {
			delay = FIRST_RETRY
		},
	}
}

/** Calls `events.idle` once after `milliseconds` without bytes; `bytes` passes chunks on and starts the time anew. */
export function withIdle(events: PortEvents, milliseconds: number): { bytes(chunk: Uint8Array): void; stop(): void } {
	let timer: NodeJS.Timeout | undefined
	return {
		bytes(chunk) {
			clearTimeout(timer)
			events.bytes(chunk, Date.now())
			timer = setTimeout(() => events.idle(Date.now()), milliseconds)
			timer.unref()
		},
		stop() {
			clearTimeout(timer)
		},
	}
}

/** Passes on only texts that differ from the one before. */
export function onChange(tell: (text: string) => void): (text: string) => void {
	let last: string | undefined
	return (text) => {
		if (text !== last) tell(text)
		last = text
	}
}
