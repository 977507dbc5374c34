import { fromHex } from '../bytes/hex.ts'
import type { Line, Session, Transport } from './port.ts'
import { SignOnSession } from './sign-on.ts'

/** Milliseconds between two messages of one request: a wired M-Bus meter answers within 11 bit times and 50 ms (EN 13757-2, 5.7.2), 330 ms at 300 Bd. */
const PAUSE = 500
/** Seconds that a readout of 10 kB takes at 2400 Bd. */
const READOUT = 60

/** Makes the conversation of a meter that waits to be asked; undefined for a meter that sends by itself. */
export function sessionOf(settings: Transport, line: Line): Session | undefined {
	if (settings.signOn) return new SignOnSession(settings, settings.signOn, line)
	const { hex, interval } = settings.request ?? {}
	return hex && requests(hex, interval, line)
}

/** Sends the messages of a request every `interval` seconds, one after the other, and passes on the answers. */
function requests(hex: string[], interval = 60, line: Line): Session {
	let timer: NodeJS.Timeout | undefined

	function send(place: number): void {
		const text = hex[place]
		if (text !== undefined) line.write(fromHex(text) ?? new Uint8Array(0))
		const last = place >= hex.length - 1
		timer = setTimeout(() => send(last ? 0 : place + 1), last ? interval * 1000 : PAUSE).unref()
	}

	const end = () => clearTimeout(timer)
	return {
		begin() {
			end()
			send(0)
		},
		bytes: line.answer,
		end,
	}
}

/** Gives the seconds between two telegrams: the longer of the profile's interval and the polling interval; 20 without both (push lists come every 5 to 10 s). */
export function intervalOf({ interval, transport: { signOn: asked, request: sent } }: { interval?: number; transport: Transport }): number {
	const every = asked ? (asked.interval ?? 60) + READOUT : sent ? (sent.interval ?? 60) : undefined
	return every === undefined ? (interval ?? 20) : Math.max(interval ?? 0, every)
}
