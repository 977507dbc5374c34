import type { Note } from '../bytes/cursor.ts'
import { hex, hexByte } from '../bytes/hex.ts'
import { framer, type Scan, type Step } from './framer.ts'
import type { Discarded, Link } from './link.ts'

const [START, SHORT, STOP] = [0x68, 0x10, 0x16]

/**
 * Wired M-Bus (EN 13757-2): long, control and short frames, checksum of 8 bits. The payload begins with the CI field; behind the CI
 * fields 00 to 1F of the DLMS transport (EN 13757-1, 5.7) it is the APDU, segments joined in their order, with or without STSAP and DTSAP.
 * Short frames carry nothing; the single character E5 is noise here.
 */
export function mbus(): Link {
	/** Bytes of STSAP and DTSAP in the segment that began: each segment of one APDU has as many (synthetic-at-no-tsap has none). */
	let taps = 2
	return framer((buffer, ended, delimited, looked) => {
		const step = scan(buffer, ended, delimited, looked)
		if (step === 'wait' || 'drop' in step) return step
		const ci = step.payload[0] ?? 0xff
		if (ci > 0x1f) return step
		const index = ci & 0x0f
		if (index === 0) taps = APDU_TAGS.includes(step.payload[1] ?? -1) ? 0 : 2
		return { ...step, payload: step.payload.subarray(1 + taps), index, first: index === 0, more: (ci & 0x10) === 0 }
	})
}

/** data-notification, general-glo-ciphering, general-block-transfer: no service access point of a meter has such a number. */
const APDU_TAGS = [0x0f, 0xdb, 0xe0]

// 68 | L | L | 68 | C A CI data… | CS | 16     long (L > 3) and control (L = 3); L counts C to the last data byte, CS is their sum
// 10 | C A | CS | 16                           short
const scan: Scan = (buffer, ended) => {
	const start = beginning(buffer, 0)
	if (start > 0) return { drop: start, reason: 'noise' }
	const incomplete: Step = ended ? refuse(buffer, 'incomplete') : 'wait'
	if (buffer[0] === SHORT) {
		if (buffer.length < 5) return ended ? refuse(buffer, 'noise') : 'wait'
		return isWhole(buffer, 1, 2) ? { take: 5, payload: buffer.subarray(0, 0), source: address(buffer, 2) } : refuse(buffer, 'noise')
	}
	if (buffer.length < 4) return ended ? refuse(buffer, 'noise') : 'wait'
	if (buffer[3] !== START) return refuse(buffer, 'noise')
	const length = buffer[1] === 1 ? 257 : (buffer[1] ?? 0)
	if (buffer[1] !== buffer[2] || length < 3) return refuse(buffer, 'length')
	if (buffer.length < length + 6) return incomplete
	if (buffer[length + 5] !== STOP) return refuse(buffer, 'length')
	if (!isWhole(buffer, 4, length)) return refuse(buffer, 'sum', length + 6)
	return { take: length + 6, payload: buffer.subarray(6, length + 4), source: address(buffer, 5) }
}

const address = (buffer: Uint8Array, at: number) => hex(buffer, at, at + 1)

/** Whether checksum and stop byte stand behind `length` bytes from `start`. */
function isWhole(buffer: Uint8Array, start: number, length: number): boolean {
	return sum(buffer, start, length) === buffer[start + length] && buffer[start + length + 1] === STOP
}

function sum(buffer: Uint8Array, start: number, length: number): number {
	let total = 0
	for (let at = start; at < start + length; at++) total = (total + (buffer[at] ?? 0)) & 0xff
	return total
}

/** Where a frame may begin, at or after `from`; the end where none does. */
function beginning(buffer: Uint8Array, from: number): number {
	let at = from
	while (at < buffer.length && buffer[at] !== START && buffer[at] !== SHORT) at++
	return at
}

/** Gives up what would begin here, and end at `end` if all of it is here, and looks on from the next start byte. */
function refuse(buffer: Uint8Array, reason: Discarded['reason'], end = 0): Step {
	return { drop: beginning(buffer, 1), reason, end }
}

/** Gives the bytes of the long frame that begins these, by its own length. */
export const mbusLength = (bytes: Uint8Array) => 6 + (bytes[1] === 1 ? 257 : (bytes[1] ?? 0))

/** Explains the parts of one or several whole frames. */
export function mbusNotes(bytes: Uint8Array): Note[] {
	const notes: Note[] = []
	for (let at = 0; at < bytes.length; ) {
		const short = bytes[at] === SHORT
		const head = short ? 1 : 4
		const length = short ? 2 : bytes[at + 1] === 1 ? 257 : (bytes[at + 1] ?? 0)
		const add = (from: number, size: number, text: string) => notes.push({ at: at + from, length: size, text })
		add(0, head, short ? 'start of a short frame' : `start of a long frame of ${length} bytes`)
		add(head, 1, 'control field (C)')
		add(head + 1, 1, `address ${bytes[at + head + 1]} (A)`)
		if (!short) add(head + 2, 1, `control information ${hex(bytes.subarray(at + 6, at + 7))} (CI)`)
		if (!short && length > 3) add(head + 3, length - 3, 'data')
		const right = sum(bytes, at + head, length)
		add(head + length, 1, `checksum, ${bytes[at + head + length] === right ? 'right' : `WRONG: these bytes give ${hexByte(right)}`}`)
		add(head + length + 1, 1, 'stop')
		at += head + length + 2
	}
	return notes
}
