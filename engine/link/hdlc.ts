import { cached } from '../bytes/cached.ts'
import { crcX25 } from '../bytes/crc.ts'
import type { Note } from '../bytes/cursor.ts'
import { hex, indexOf } from '../bytes/hex.ts'
import { framer, type Scan, type Step } from './framer.ts'
import type { Discarded, Link } from './link.ts'

const FLAG = 0x7e
/** Flags that may stand before a frame; of more, all but the last are noise: to count them again for each byte takes the square of their number. */
const MANY_FLAGS = 32

/**
 * HDLC frames, format type 3 (ISO/IEC 13239; IEC 62056-46, 6.4): flags, header check (HCS), frame check (FCS), segmentation.
 * The payload keeps its LLC header (E6 E7 00): only the application sees where a unit ends and the next begins.
 * A frame may share its opening flag with the one before; flags between frames are fill. Nothing is escaped: 7E may occur inside.
 */
export function hdlc(): Link {
	return framer(scan)
}

// 7E | 1010 S LLL  LLLLLLLL | dst… src… | ctl | HCS HCS | information… | FCS FCS | 7E
// L: 11-bit length of all between the flags; S: another segment follows; an address ends with the byte whose lowest bit is 1.
// HCS and FCS: CRC-16/X-25, low byte first; a frame without information has no HCS.
const scan: Scan = (buffer, ended, delimited) => {
	const shared = delimited && isFormat(buffer[0])
	const flag = shared ? -1 : indexOf(buffer, FLAG)
	if (!shared && flag < 0) return { drop: buffer.length, reason: 'noise' }
	if (flag > 0) return { drop: flag, reason: 'noise' }
	let start = flag + 1
	while (buffer[start] === FLAG) start++
	if (start > MANY_FLAGS) return { drop: start - 1, reason: 'noise' }

	const incomplete: Step = ended ? refuse(buffer, start, 'incomplete') : 'wait'
	if (buffer.length < start + 2) return ended ? refuse(buffer, start, 'noise') : 'wait'
	if (!isFormat(buffer[start])) return refuse(buffer, start, 'noise')
	const length = ((byte(buffer, start) & 0x07) << 8) | byte(buffer, start + 1)

	const destination = addressEnd(buffer, start + 2)
	const source = destination === undefined ? undefined : addressEnd(buffer, destination)
	if (source === -1) return refuse(buffer, start, 'hcs')
	if (source === undefined || buffer.length < source + 3) return incomplete
	const header = source + 1 - start
	if (length < header + 2) return refuse(buffer, start, 'length')
	const bare = length === header + 2
	if (!bare && !checks(buffer, start, header)) return refuse(buffer, start, 'hcs')

	const end = start + length
	if (buffer.length < end + 1) return incomplete
	if (buffer[end] !== FLAG) return refuse(buffer, start, 'length')
	if (!checks(buffer, start, length - 2)) {
		const inner = indexOf(buffer, FLAG, start)
		return inner < end ? refuse(buffer, start, 'fcs', end + 1) : { drop: end + 1, reason: 'fcs', delimited: true }
	}
	const payload = bare ? buffer.subarray(0, 0) : buffer.subarray(start + header + 2, end - 2)
	return {
		take: end + 1,
		payload,
		source: addressText(buffer, start + 2, source),
		more: (byte(buffer, start) & 0x08) !== 0,
		// The LLC header opens a unit, so a segment that has it continues nothing.
		first: payload[0] === 0xe6 && payload[2] === 0x00,
	}
}

const isFormat = (value: number | undefined) => value !== undefined && (value & 0xf0) === 0xa0
const byte = (buffer: Uint8Array, at: number) => buffer[at] ?? 0

/** Where the address at `at` ends; undefined when its bytes are not all here, -1 when it is longer than 4 bytes. */
function addressEnd(buffer: Uint8Array, at: number): number | undefined {
	if (at < 0) return -1
	for (let end = at; end < at + 4; end++) {
		const value = buffer[end]
		if (value === undefined) return undefined
		if (value & 1) return end + 1
	}
	return -1
}

/** Up to four bytes as hex, by their number with a 1 before it: a line has few addresses. */
const address = cached(256, (key: number) => key.toString(16).slice(1).toUpperCase())

/** The addresses of a frame as text. */
function addressText(buffer: Uint8Array, from: number, to: number): string {
	if (to - from > 4) return hex(buffer, from, to)
	let key = 1
	for (let at = from; at < to; at++) key = key * 256 + byte(buffer, at)
	return address(key)
}

/** Whether the two bytes after `length` bytes from `start` are their checksum. */
function checks(buffer: Uint8Array, start: number, length: number): boolean {
	const end = start + length
	return crcX25(buffer, start, end) === (byte(buffer, end) | (byte(buffer, end + 1) << 8))
}

/** Gives up the frame that would begin at `start`, and end at `end` if all of it is here, and goes on at the next flag, which may open another. */
function refuse(buffer: Uint8Array, start: number, reason: Discarded['reason'], end = 0): Step {
	const next = indexOf(buffer, FLAG, start)
	return { drop: next < 0 ? buffer.length : Math.max(next, 1), reason, end }
}

/** Gives the flag that a frame has shared with the one before it; undefined for bytes that begin otherwise. */
export const hdlcOpening = (bytes: Uint8Array) => (isFormat(bytes[0]) ? Uint8Array.of(FLAG) : undefined)

/** Explains the parts of one or several whole frames, and which checksums are wrong; stops where the bytes end. */
export function hdlcNotes(bytes: Uint8Array): Note[] {
	const notes: Note[] = []
	const add = (at: number, length: number, text: string) => notes.push({ at, length, text })
	for (let at = 0; at < bytes.length; ) {
		if (bytes[at] === FLAG) {
			add(at, 1, 'flag')
			at++
			continue
		}
		const length = ((byte(bytes, at) & 0x07) << 8) | byte(bytes, at + 1)
		const destination = addressEnd(bytes, at + 2) ?? -1
		const source = addressEnd(bytes, destination) ?? -1
		if (length === 0 || source < 0 || at + length > bytes.length) return notes
		add(at, 2, `format type 3, ${length} bytes${byte(bytes, at) & 0x08 ? ', another segment follows' : ''}`)
		add(at + 2, destination - at - 2, 'destination address')
		add(destination, source - destination, 'source address')
		add(source, 1, 'control field')
		if (source + 3 < at + length) {
			add(source + 1, 2, `header check sequence (HCS), ${verdict(bytes, at, source + 1 - at)}`)
			add(source + 3, at + length - 2 - source - 3, 'information')
		}
		add(at + length - 2, 2, `frame check sequence (FCS), ${verdict(bytes, at, length - 2)}`)
		at += length
	}
	return notes
}

/** The frame, with its flags, that begins at or after `from`, whatever its checksums are; undefined when none lies wholly in the bytes. */
export function firstFrame(bytes: Uint8Array, from: number): { at: number; bytes: Uint8Array } | undefined {
	// Its opening flag may be the closing one of the frame before.
	for (let flag = indexOf(bytes, FLAG, Math.max(0, from - 1)); flag >= 0; flag = indexOf(bytes, FLAG, flag + 1)) {
		if (!isFormat(bytes[flag + 1])) continue
		const end = flag + 1 + (((byte(bytes, flag + 1) & 0x07) << 8) | byte(bytes, flag + 2))
		if (bytes[end] === FLAG) return { at: flag, bytes: bytes.subarray(flag, end + 1) }
	}
	return undefined
}

/** Whether a checksum is right; else what it would have to be, in the order of the line. */
function verdict(bytes: Uint8Array, start: number, length: number): string {
	if (checks(bytes, start, length)) return 'right'
	const crc = crcX25(bytes, start, start + length)
	return `WRONG: these bytes give ${hex(Uint8Array.of(crc & 0xff, crc >> 8))}`
}
