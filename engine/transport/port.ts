import type { Message } from '../mqtt/message.ts'

/** Events of a port. Times are ms since 1970. */
export type PortEvents = {
	bytes(chunk: Uint8Array, received: number): void
	/** No bytes for the idle time after the last ones. */
	idle(received: number): void
	message(message: Message, received: number): void
	/** `open`, or in words why not; only when it changes. */
	status(text: string): void
	/** A recording starts, or starts again; its meter's times are shifted by `clockShift` ms. */
	restart(clockShift: number): void
}

/** A port that opens, and reopens until it is closed. */
export type Port = { close(): Promise<void> }

/** Milliseconds between attempts to open a port: doubled from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [250, 10_000]

/** Makes a delay that grows with each failure; `reset` it after a success. */
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

/** Passes chunks on, and calls `events.idle` once after `milliseconds` without any. */
export function withIdle(events: PortEvents, milliseconds: number): { bytes(chunk: Uint8Array): void; stop(): void } {
	let timer: NodeJS.Timeout | undefined
	return {
		bytes(chunk) {
			clearTimeout(timer)
			events.bytes(chunk, Date.now())
			timer = setTimeout(() => events.idle(Date.now()), milliseconds).unref()
		},
		stop: () => clearTimeout(timer),
	}
}

/** Passes on only texts that differ from the previous one. */
export function onChange(tell: (text: string) => void): (text: string) => void {
	let last: string | undefined
	return (text) => {
		if (text !== last) tell(text)
		last = text
	}
}
