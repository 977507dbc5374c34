import { crcArc } from '../bytes/crc.ts'
import type { Note } from '../bytes/cursor.ts'
import { indexOf, latin1, nibble } from '../bytes/hex.ts'
import { framer, type Step } from './framer.ts'
import type { Link } from './link.ts'

const [SLASH, BANG, CR, LF, CLOSE, BLANK] = [0x2f, 0x21, 0x0d, 0x0a, 0x29, 0x20]
/** Blanks, and line ends, that are taken with a telegram. */
const MANY_BLANKS = 32

/**
 * P1 telegrams (DSMR P1 Companion Standard 2.2 to 5.0.2): `/…!`, then a CRC from version 4 on. The payload is the text from `/` to `!`, and the CRC.
 * The CRC is compared as a number: p1-nl-nwa-warmtelink prints three digits. Without a CRC the `!` must end its line or the input, and a
 * telegram is refused that says it is of version 4 or later, or ends the input where its meter has sent a CRC before.
 */
export function p1(): Link {
	let sendsCrc = false
	const end: End = { kind: 'open', at: 1, header: 0 }
	return framer((buffer, ended, _delimited, looked) => {
		if (looked === 0) Object.assign(end, { kind: 'open', at: 1, header: 0 })
		const step = scan(buffer, ended, sendsCrc, end)
		if (step !== 'wait' && 'take' in step) sendsCrc ||= step.payload.at(-1) !== BANG
		return step
	})
}

// /ISk5\2MT382-1000 CR LF CR LF  1-0:1.8.1(000004.426*kWh) CR LF …  ! 6EEE CR LF
// CRC-16/ARC over `/` to `!`, both included.
function scan(buffer: Uint8Array, ended: boolean, sendsCrc: boolean, end: End): Step {
	const start = indexOf(buffer, SLASH)
	if (start < 0) return { drop: buffer.length, reason: 'noise' }
	if (start > 0) return { drop: start, reason: 'noise' }

	if (end.kind === 'open') lookOn(buffer, end)
	if (end.kind === 'restart') return { drop: end.at, reason: 'incomplete' }
	if (end.kind === 'open') return ended ? { ...refused(buffer, buffer.length), reason: 'incomplete' } : 'wait'

	let after = end.at + 1
	while (after < end.at + 5 && isHexDigit(buffer[after])) after++
	const last = after
	const digits = last - end.at - 1
	while (buffer[after] === BLANK && after < last + MANY_BLANKS) after++
	while (isLineEnd(buffer[after]) && after < last + 2 * MANY_BLANKS) after++
	if (buffer[after] === undefined && buffer[after - 1] !== LF && !ended) return 'wait'

	const telegram = buffer.subarray(0, end.at + 1)
	// A reader that cuts at the last byte gives no line end (DSMR 2.2).
	const endsLine = buffer[after - 1] === LF || (ended && after === buffer.length && !sendsCrc)
	const intact = digits === 0 ? endsLine && !announcesCrc(telegram) : hexNumber(buffer, end.at + 1, digits) === crcArc(telegram)
	return intact ? { take: after, payload: buffer.subarray(0, last) } : { ...refused(buffer, after), reason: 'crc' }
}

/** Where a telegram ends, or the next begins. While it is open: how far it was looked through, and where its first line ends (0: not there yet). */
type End = { kind: 'open' | 'end' | 'restart'; at: number; header: number }

/**
 * Looks on for the first `!` that begins a line, or stands behind a value (Aidon 6511, as its document prints it); before it a second `/` in the header or
 * at a line's beginning means that the end was lost.
 */
function lookOn(buffer: Uint8Array, end: End): undefined {
	// Each byte is looked at once, in its turn: what stands far behind would be found again for each beginning.
	let from = end.at
	for (let slash = indexOf(buffer, SLASH, from); ; slash = indexOf(buffer, SLASH, from)) {
		const part = slash < 0 ? buffer : buffer.subarray(0, slash)
		for (let bang = indexOf(part, BANG, from); bang >= 0; bang = indexOf(part, BANG, bang + 1))
			if (beginsLine(buffer, bang) || buffer[bang - 1] === CLOSE) return found(end, 'end', bang)
		end.header ||= headerLength(part, end.at)
		if (slash < 0) return found(end, 'open', buffer.length)
		if (end.header === 0 || beginsLine(buffer, slash)) return found(end, 'restart', slash)
		from = slash + 1
	}
}

function found(end: End, kind: End['kind'], at: number): undefined {
	end.kind = kind
	end.at = at
}

const isLineEnd = (byte: number | undefined) => byte === LF || byte === CR
const beginsLine = (buffer: Uint8Array, at: number) => isLineEnd(buffer[at - 1])

/** Where the first line ends, at or after `from`; 0 where it does not. */
function headerLength(buffer: Uint8Array, from: number): number {
	const [one, other] = [indexOf(buffer, CR, from), indexOf(buffer, LF, from)]
	return 1 + (one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other))
}

/** Gives up a telegram that ends at `end`, up to a `/` within it that may begin the next. */
const refused = (buffer: Uint8Array, end: number) => ({ drop: nextSlash(buffer, end), end })

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

/** Says what stands behind `!`, at `at`: the CRC, and whether it is right. */
function endText(bytes: Uint8Array, at: number, digits: string): string {
	if (digits === '') return 'end of the telegram, without a CRC'
	const crc = crcArc(bytes.subarray(0, at + 1))
	const verdict =
		Number.parseInt(digits, 16) === crc ? 'right' : `WRONG: this text gives ${crc.toString(16).toUpperCase().padStart(4, '0')}`
	return `end of the telegram, and its CRC-16: ${digits}, ${verdict}`
}

/** Names the parts of a whole telegram: identification, text and CRC, and whether that is right. */
export function p1Notes(bytes: Uint8Array): Note[] {
	const text = latin1(bytes)
	const [head = ''] = /^[^\r\n]*/.exec(text) ?? []
	const end = /(?:(?<=[\r\n)])|^)!([0-9A-Fa-f]{0,4})(?=\s*$)/.exec(text)
	const behind = end ? end.index + end[0].length : text.length
	return [
		{ at: 0, length: head.length, text: `identification: ${head.slice(1)}` },
		{ at: head.length, length: (end?.index ?? text.length) - head.length, text: 'lines of text' },
		...(end ? [{ at: end.index, length: end[0].length, text: endText(bytes, end.index, end[1] ?? '') }] : []),
		{ at: behind, length: text.length - behind, text: 'end of line' },
	].filter(({ length }) => length > 0)
}
