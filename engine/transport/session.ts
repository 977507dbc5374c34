import type { Transport } from '../../schema/types/profile.ts'
import type { Line, Session } from './conversation.ts'
import { request } from './request.ts'
import { SignOnSession } from './sign-on.ts'

/** The conversation that the settings ask for; undefined where the meter speaks by itself. */
export function sessionOf(settings: Transport, line: Line): Session | undefined {
	if (settings.signOn) return new SignOnSession(settings, settings.signOn, line)
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
