import { crcKermit, crcX25 } from '../bytes/crc.ts'
import type { Note } from '../bytes/cursor.ts'
import { concat, indexOf } from '../bytes/hex.ts'
import { framer, type Scan, type Step } from './framer.ts'
import type { Discarded, Link } from './link.ts'

const [ESCAPE, VERSION, END] = [0x1b, 0x01, 0x1a]

/**
 * SML transport protocol version 1 (BSI TR-03109-1, annex IV, 8): escape sequences, fill bytes, CRC-16. The payload is the SML file,
 * escapes resolved, fill bytes and all: the file tells where it ends, and some meters count to four (DZG DWS7412) where three are allowed.
 */
export function sml(): Link {
	return framer(scan)
}

// 1B1B1B1B 01010101 | messages | 00 × fill | 1B1B1B1B 1A fill CRC CRC      CRC-16 over all before it, low byte first
// In the messages 1B1B1B1B is sent twice.
const scan: Scan = (buffer, ended) => {
	const start = beginning(buffer, 0)
	if (start > 0) return { drop: start, reason: 'noise' }
	if (start < 0) {
		const kept = ended ? 0 : begun(buffer)
		return kept === buffer.length ? 'wait' : { drop: buffer.length - kept, reason: 'noise' }
	}
	const parts: Uint8Array[] = []
	let from = 8
	for (let at = 8; ; ) {
		at = escapeAt(buffer, at)
		if (at < 0 || buffer.length < at + 8) return ended ? refuse(buffer, 'incomplete') : 'wait'
		const next = buffer[at + 4]
		if (isEscape(buffer, at + 4)) {
			parts.push(buffer.subarray(from, at + 4))
			from = at += 8
		} else if (next === END) {
			if (!isChecked(buffer, at + 6)) return refuse(buffer, 'crc')
			return { take: at + 8, payload: concat([...parts, buffer.subarray(from, at)]) }
		} else if (isAll(buffer, at + 4, VERSION)) {
			return { drop: at, reason: 'incomplete' }
		} else if (next === ESCAPE) {
			// A byte 1B before the sequence belongs to the messages.
			at++
		} else return refuse(buffer, 'syntax')
	}
}

/**
 * Whether the checksum at `end` is that of all before it. Some meters compute another one, CRC-16/KERMIT, and send its high byte first (Holley DTZ541,
 * volkszaehler/libsml issue 75).
 */
function isChecked(buffer: Uint8Array, end: number): boolean {
	const [one, two] = [buffer[end] ?? 0, buffer[end + 1] ?? 0]
	return crcX25(buffer, 0, end) === (one | (two << 8)) || crcKermit(buffer, 0, end) === ((one << 8) | two)
}

const isAll = (buffer: Uint8Array, at: number, value: number) =>
	buffer[at] === value && buffer[at + 1] === value && buffer[at + 2] === value && buffer[at + 3] === value
const isEscape = (buffer: Uint8Array, at: number) => isAll(buffer, at, ESCAPE)

/** The next escape sequence at or after `from`; -1 when there is none. */
function escapeAt(buffer: Uint8Array, from: number): number {
	for (let at = indexOf(buffer, ESCAPE, from); at >= 0; at = indexOf(buffer, ESCAPE, at + 1)) if (isEscape(buffer, at)) return at
	return -1
}

/** Where a transport frame begins, at or after `from`; -1 when nowhere. */
function beginning(buffer: Uint8Array, from: number): number {
	for (let at = escapeAt(buffer, from); at >= 0; at = escapeAt(buffer, at + 1)) if (isAll(buffer, at + 4, VERSION)) return at
	return -1
}

/** How many bytes at the end can be the first of a beginning. */
function begun(buffer: Uint8Array): number {
	for (let size = Math.min(7, buffer.length); size > 0; size--) {
		const tail = buffer.subarray(buffer.length - size)
		if (tail.every((byte, at) => byte === (at < 4 ? ESCAPE : VERSION))) return size
	}
	return 0
}

/** Gives up what began here and looks on from the next beginning. */
function refuse(buffer: Uint8Array, reason: Discarded['reason']): Step {
	const next = beginning(buffer, 1)
	return { drop: next < 0 ? buffer.length : next, reason }
}

/** Explains the transport's own bytes of a whole frame. */
export function smlNotes(bytes: Uint8Array): Note[] {
	const end = bytes.length - 8
	return [
		{ at: 0, length: 8, text: 'escape sequence, begin of version 1' },
		{ at: 8, length: end - 8, text: 'messages' },
		{ at: end, length: 5, text: 'escape sequence, end' },
		{ at: end + 5, length: 1, text: `${bytes[end + 5]} fill bytes` },
		{ at: end + 6, length: 2, text: 'CRC-16, right' },
	]
}
