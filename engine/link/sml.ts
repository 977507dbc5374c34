import { crcKermit, crcX25 } from '../bytes/crc.ts'
import type { Note } from '../bytes/cursor.ts'
import { concat, hex, indexOf } from '../bytes/hex.ts'
import { framer, type Step } from './framer.ts'
import type { Discarded, Link } from './link.ts'

const [ESCAPE, VERSION, END] = [0x1b, 0x01, 0x1a]

/**
 * SML transport protocol version 1 (BSI TR-03109-1, annex IV, 8): escape sequences, fill bytes, CRC-16. The payload is the SML file,
 * escapes resolved, fill bytes and all: the file tells where it ends, and some meters count to four (DZG DWS7412) where three are allowed.
 */
export function sml(): Link {
	/** Where the next escape sequence is looked for: none of those before it is open. */
	let from = 8
	return framer((buffer, ended, _delimited, looked) => {
		if (!isBeginning(buffer, 0)) return noise(buffer, ended)
		const end = endOf(buffer, looked > 8 ? from : 8)
		from = end.at
		return scan(buffer, ended, end)
	})
}

// 1B1B1B1B 01010101 | messages | 00 × fill | 1B1B1B1B 1A fill CRC CRC      CRC-16 over all before it, low byte first
// In the messages 1B1B1B1B is sent twice.
function scan(buffer: Uint8Array, ended: boolean, { kind, at }: End): Step {
	if (kind === 'open') return ended ? refuse(buffer, buffer.length, 'incomplete') : 'wait'
	if (kind === 'restart') return { drop: at, reason: 'incomplete' }
	if (kind === 'broken') return refuse(buffer, at, 'syntax')
	return isChecked(buffer, at + 6) ? { take: at + 8, payload: unescaped(buffer.subarray(8, at)) } : refuse(buffer, at + 8, 'crc')
}

/** Gives up what stands before a frame; what can be the first bytes of one is kept. */
function noise(buffer: Uint8Array, ended: boolean): Step {
	const start = beginning(buffer, 1)
	if (start > 0) return { drop: start, reason: 'noise' }
	const kept = ended ? 0 : begun(buffer)
	return kept === buffer.length ? 'wait' : { drop: buffer.length - kept, reason: 'noise' }
}

/** The bytes at the first escape sequence outside the messages; `open`: nothing yet, and how far they were looked through. */
type End = { kind: 'open' | 'end' | 'restart' | 'broken'; at: number }

/** Looks for the end of the messages, at or after `from`. */
function endOf(buffer: Uint8Array, from: number): End {
	for (let at = from; ; ) {
		const found = escapeAt(buffer, at)
		if (found < 0) return { kind: 'open', at: Math.max(at, buffer.length - 3) }
		if (buffer.length < found + 8) return { kind: 'open', at: found }
		const next = buffer[found + 4]
		if (isEscape(buffer, found + 4)) at = found + 8
		else if (next === END) return { kind: 'end', at: found }
		else if (isAll(buffer, found + 4, VERSION)) return { kind: 'restart', at: found }
		// A byte 1B before the sequence belongs to the messages.
		else if (next === ESCAPE) at = found + 1
		else return { kind: 'broken', at: found }
	}
}

/** The messages as they were before their escape sequences were doubled. */
function unescaped(messages: Uint8Array): Uint8Array {
	const parts: Uint8Array[] = []
	let from = 0
	for (let at = escapeAt(messages, 0); at >= 0; at = escapeAt(messages, at)) {
		// Behind the last one a byte 1B may stand.
		if (!isEscape(messages, at + 4)) at++
		else {
			parts.push(messages.subarray(from, at + 4))
			from = at += 8
		}
	}
	return concat([...parts, messages.subarray(from)])
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
const isBeginning = (buffer: Uint8Array, at: number) => isEscape(buffer, at) && isAll(buffer, at + 4, VERSION)

/** The next escape sequence at or after `from`; -1 when there is none. */
function escapeAt(buffer: Uint8Array, from: number): number {
	for (let at = indexOf(buffer, ESCAPE, from); at >= 0; at = indexOf(buffer, ESCAPE, at + 1)) if (isEscape(buffer, at)) return at
	return -1
}

/** Where a transport frame begins, at or after `from`; -1 when nowhere. */
function beginning(buffer: Uint8Array, from: number): number {
	for (let at = escapeAt(buffer, from); at >= 0; at = escapeAt(buffer, at + 1)) if (isBeginning(buffer, at)) return at
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

/** Gives up what began here, and was looked through up to `end`, and looks on from the next beginning. */
function refuse(buffer: Uint8Array, end: number, reason: Discarded['reason']): Step {
	const next = beginning(buffer, 1)
	return { drop: next < 0 ? buffer.length : next, reason, end }
}

/** The checksum of all before `end`, in the order of the line. */
function checksum(bytes: Uint8Array, end: number): string {
	const crc = crcX25(bytes, 0, end)
	return hex(Uint8Array.of(crc & 0xff, crc >> 8))
}

/** Explains the transport's own bytes of a whole frame, and says whether its checksum is right. */
export function smlNotes(bytes: Uint8Array): Note[] {
	const end = bytes.length - 8
	if (end < 8) return []
	const isRight = isChecked(bytes, end + 6)
	return [
		{ at: 0, length: 8, text: 'escape sequence, begin of version 1' },
		{ at: 8, length: end - 8, text: 'messages' },
		{ at: end, length: 5, text: 'escape sequence, end' },
		{ at: end + 5, length: 1, text: `${bytes[end + 5]} fill bytes` },
		{ at: end + 6, length: 2, text: isRight ? 'CRC-16, right' : `CRC-16, WRONG: these bytes give ${checksum(bytes, end + 6)}` },
	]
}
