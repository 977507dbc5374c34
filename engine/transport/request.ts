import type { Request } from '../../schema/types/profile.ts'
import { fromHex } from '../bytes/hex.ts'
import type { Line, Session } from './conversation.ts'

/** Milliseconds between two messages of one request: a wired M-Bus meter answers within 11 bit times and 50 ms (EN 13757-2, 5.7.2), 330 ms at 300 Bd. */
const PAUSE = 500

/** Sends the messages of a request every `interval` seconds, one after the other, and passes on the answers. */
export function request({ hex, interval = 60 }: Request, line: Line): Session {
	let timer: NodeJS.Timeout | undefined

	function send(place: number): void {
		const text = hex[place]
		if (text !== undefined) line.write(fromHex(text) ?? new Uint8Array(0))
		const last = place >= hex.length - 1
		timer = setTimeout(() => send(last ? 0 : place + 1), last ? interval * 1000 : PAUSE)
		timer.unref()
	}

	return {
		begin() {
			clearTimeout(timer)
			send(0)
		},
		bytes: line.answer,
		end: () => clearTimeout(timer),
	}
}
