import { berLength, cursor } from '../bytes/cursor.ts'
import { framer, type Scan } from './framer.ts'
import type { Link } from './link.ts'

/**
 * No link layer. A ciphered APDU (general-glo-ciphering) ends where its length says, and so does one behind a clear P1 identification;
 * anything else is one APDU from silence to silence.
 */
export function raw(): Link {
	return framer(scan)
}

// DB | 08 system title[8] | BER length | …
// /EGM5G35 CR LF CR LF | 00 | BER length | …     (esphome issue 6500: an empty system title, no tag)
const scan: Scan = (buffer, ended) => {
	const sealed = buffer[0] === 0xdb ? 1 : headerEnd(buffer)
	if (sealed < 0) return ended ? { take: buffer.length, payload: buffer } : 'wait'
	const at = sealed + 1 + (buffer[sealed] ?? 0)
	const size = lengthAt(buffer, at)
	if (size === undefined) return ended ? { take: buffer.length, payload: buffer } : 'wait'
	const end = at + size
	if (buffer.length < end) return ended ? { drop: buffer.length, reason: 'incomplete' } : 'wait'
	return { take: end, payload: buffer.subarray(0, end) }
}

/** Behind a P1 identification and its empty line, where a ciphered part without a system title follows; -1 elsewhere. */
export function headerEnd(buffer: Uint8Array): number {
	if (buffer[0] !== 0x2f) return -1
	for (let at = 4; at < Math.min(buffer.length, 64); at++) {
		if (buffer[at] === 0x0a && buffer[at - 1] === 0x0d && buffer[at - 2] === 0x0a) return buffer[at + 1] === 0x00 ? at + 1 : -1
	}
	return -1
}

/** Bytes of a BER length and of what it announces; undefined when it is not all here, or none. */
function lengthAt(buffer: Uint8Array, at: number): number | undefined {
	const c = cursor(buffer)
	c.at = at
	const size = berLength(c)
	return c.short ? undefined : c.at - at + size
}
