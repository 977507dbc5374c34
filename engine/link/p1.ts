import { crcArc } from '../bytes/crc.ts'
import type { Note } from '../bytes/cursor.ts'
import { indexOf, latin1, nibble } from '../bytes/hex.ts'
import { framer, type Step } from './framer.ts'
import type { Link } from './link.ts'

const [SLASH, BANG, CR, LF, CLOSE, BLANK] = [0x2f, 0x21, 0x0d, 0x0a, 0x29, 0x20]

/**
 * P1 telegrams (DSMR P1 Companion Standard 2.2 to 5.0.2): `/…!`, then a CRC from version 4 on. The payload is the text from `/` to `!`, and the CRC.
 * The CRC is compared as a number: p1-nl-nwa-warmtelink prints three digits. Without a CRC the `!` must end its line or the input, and a
 * telegram is refused that says it is of version 4 or later, or ends the input where its meter has sent a CRC before.
 */
export function p1(): Link {
	let sendsCrc = false
	return framer((buffer, ended) => {
		const step = scan(buffer, ended, sendsCrc)
		if (step !== 'wait' && 'take' in step) sendsCrc ||= step.payload.at(-1) !== BANG
		return step
	})
}

// /ISk5\2MT382-1000 CR LF CR LF  1-0:1.8.1(000004.426*kWh) CR LF …  ! 6EEE CR LF
// CRC-16/ARC over `/` to `!`, both included.
function scan(buffer: Uint8Array, ended: boolean, sendsCrc: boolean): Step {
	const start = indexOf(buffer, SLASH)
	if (start < 0) return { drop: buffer.length, reason: 'noise' }
	if (start > 0) return { drop: start, reason: 'noise' }

	const end = telegramEnd(buffer)
	if (end.kind === 'restart') return { drop: end.at, reason: 'incomplete' }
	if (end.kind === 'open') return ended ? { drop: nextSlash(buffer, buffer.length), reason: 'incomplete' } : 'wait'

	let after = end.at + 1
	while (after < end.at + 5 && isHexDigit(buffer[after])) after++
	const last = after
	const digits = last - end.at - 1
	while (buffer[after] === BLANK) after++
	while (buffer[after] === CR || buffer[after] === LF) after++
	if (buffer[after] === undefined && buffer[after - 1] !== LF && !ended) return 'wait'

	const telegram = buffer.subarray(0, end.at + 1)
	// A reader that cuts at the last byte gives no line end (DSMR 2.2).
	const endsLine = buffer[after - 1] === LF || (ended && after === buffer.length && !sendsCrc)
	const intact = digits === 0 ? endsLine && !announcesCrc(telegram) : hexNumber(buffer, end.at + 1, digits) === crcArc(telegram)
	return intact ? { take: after, payload: buffer.subarray(0, last) } : { drop: nextSlash(buffer, after), reason: 'crc' }
}

/** The first `!` that begins a line, or stands behind a value (Aidon 6511, as its document prints it); before it a second `/` in the header or at a line's beginning means that the end was lost. */
function telegramEnd(buffer: Uint8Array): { kind: 'end' | 'restart'; at: number } | { kind: 'open' } {
	let end = indexOf(buffer, BANG, 1)
	while (end >= 0 && !beginsLine(buffer, end) && buffer[end - 1] !== CLOSE) end = indexOf(buffer, BANG, end + 1)
	const limit = end < 0 ? buffer.length : end
	const header = headerLength(buffer, limit)
	for (let slash = indexOf(buffer, SLASH, 1); slash >= 0 && slash < limit; slash = indexOf(buffer, SLASH, slash + 1))
		if (slash < header || beginsLine(buffer, slash)) return { kind: 'restart', at: slash }
	return end < 0 ? { kind: 'open' } : { kind: 'end', at: end }
}

const isLineEnd = (byte: number | undefined) => byte === LF || byte === CR
const beginsLine = (buffer: Uint8Array, at: number) => isLineEnd(buffer[at - 1])

/** Where the first line ends, up to a limit. */
function headerLength(buffer: Uint8Array, limit: number): number {
	let at = 1
	while (at < limit && !isLineEnd(buffer[at - 1])) at++
	return at
}

/** Where to look for the next telegram: a `/` with three letters (the maker's) inside the broken one, else its end. */
function nextSlash(buffer: Uint8Array, end: number): number {
	for (let next = indexOf(buffer, SLASH, 1); next > 0 && next < end; next = indexOf(buffer, SLASH, next + 1)) {
		if (isLetter(buffer[next + 1]) && isLetter(buffer[next + 2]) && isLetter(buffer[next + 3])) return next
	}
	return end
}

const isLetter = (byte = 0) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
const isHexDigit = (byte = 0) => nibble(byte) >= 0

/** The number that hex digits are. */
function hexNumber(buffer: Uint8Array, at: number, digits: number): number {
	let number = 0
	for (let next = at; next < at + digits; next++) number = number * 16 + nibble(buffer[next] as number)
	return number
}

/** DSMR 4 and later state their version (1-3:0.2.8) or eMUCS's (0-0:96.1.4), and always carry a CRC. */
function announcesCrc(telegram: Uint8Array): boolean {
	const text = latin1(telegram)
	return /1-3:0\.2\.8\([4-9]/.test(text) || text.includes('0-0:96.1.4(')
}

/** Names the lines of a whole telegram; the bytes are those of a frame that `p1` gave. */
export function p1Notes(bytes: Uint8Array): Note[] {
	const notes: Note[] = []
	const text = latin1(bytes)
	for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
		const crc = line.length > 1 ? `end of the telegram, and its CRC-16: ${line.slice(1)}, right` : 'end of the telegram, without a CRC'
		const meaning = line.startsWith('/') ? `identification: ${line.slice(1)}` : line.startsWith('!') ? crc : line
		notes.push({ at: index, length: line.length, text: meaning })
	}
	for (const { 0: ends, index } of text.matchAll(/[\r\n]+/g)) notes.push({ at: index, length: ends.length, text: 'end of line' })
	return notes
}
