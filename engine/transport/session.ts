import type { Transport } from '../../schema/types/profile.ts'
import { request } from './request.ts'
import { signOn } from './sign-on.ts'

/** What a conversation needs of the line. */
export type Line = {
	write(bytes: Uint8Array): void
	/** Changes the speed; undefined where the line has none (TCP): then the meter is asked to stay at the speed it has. */
	setBaudRate: ((baudRate: number) => void) | undefined
	/** Bytes that are the meter's answer. */
	answer(chunk: Uint8Array): void
	status(text: string): void
}

/** A conversation with a meter that waits to be asked, from `begin` to `end`. */
export type Session = { begin(): void; bytes(chunk: Uint8Array): void; end(): void }

/** The conversation that the settings ask for; undefined where the meter speaks by itself. */
export function sessionOf(settings: Transport, line: Line): Session | undefined {
	if (settings.signOn) return signOn(settings, settings.signOn, line)
	return settings.request && request(settings.request, line)
}

/** Seconds that a readout takes at most: a long one of 10 kB at 2400 Bd. */
const READOUT = 60

/**
 * Seconds between two telegrams: what the profile states, or how often the meter is asked if that is seldomer; 20 where neither says it (push lists come
 * every 5 to 10 s).
 */
export function intervalOf({ interval, transport: { signOn: asked, request: sent } }: { interval?: number; transport: Transport }): number {
	const every = asked ? (asked.interval ?? 60) + READOUT : sent ? (sent.interval ?? 60) : undefined
	return every === undefined ? (interval ?? 20) : Math.max(interval ?? 0, every)
}
