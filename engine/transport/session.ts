import type { Transport } from '../../schema/types/profile.ts'
import type { Line, Session } from './conversation.ts'
import { request } from './request.ts'
import { SignOnSession } from './sign-on.ts'

/** Makes the conversation of a meter that waits to be asked; undefined for a meter that sends by itself. */
export function sessionOf(settings: Transport, line: Line): Session | undefined {
	if (settings.signOn) return new SignOnSession(settings, settings.signOn, line)
	return settings.request && request(settings.request, line)
}

/** Seconds that a readout of 10 kB takes at 2400 Bd. */
const READOUT = 60

/** Gives the seconds between two telegrams: the longer of the profile's interval and the polling interval; 20 without both (push lists come every 5 to 10 s). */
export function intervalOf({ interval, transport: { signOn: asked, request: sent } }: { interval?: number; transport: Transport }): number {
	const every = asked ? (asked.interval ?? 60) + READOUT : sent ? (sent.interval ?? 60) : undefined
	return every === undefined ? (interval ?? 20) : Math.max(interval ?? 0, every)
}
