import type { Note } from '../bytes/cursor.ts'
import { latin1 } from '../bytes/hex.ts'
import { framer, type Step } from './framer.ts'
import type { Discarded, Link, LinkSettings } from './link.ts'

const [SLASH, BANG, CR, LF, STX, ETX, ACK] = [0x2f, 0x21, 0x0d, 0x0a, 0x02, 0x03, 0x06]

/**
 * Readouts of IEC 62056-21 (modes A to D; programming-mode reads, too): with or without identification line, with or without STX, ETX and the
 * block check (BCC). The payload is the text from the identification to `!` or ETX, parity bits removed, without STX and ETX.
 * A readout without identification must have a BCC or begin with the meter's address: bytes that begin in mid-line could show another code.
 */
export function iec62056({ blockCheck = 'required' }: LinkSettings = {}): Link {
	return framer((buffer, ended) => scan(buffer, ended, blockCheck === 'optional'))
}

// /ISk5MT174-0001 CR LF | (06 0 5 0 CR LF)? | STX | 1.8.0(0008048.375*kWh) CR LF … ! CR LF | ETX | BCC
// BCC: all bytes behind STX up to and with ETX, combined by exclusive or. 7 data bits and even parity, seen as 8 bits where the port reads 8N1.
function scan(buffer: Uint8Array, ended: boolean, unchecked: boolean): Step {
	const start = beginning(buffer)
	if (start !== 0) return { drop: start < 0 ? buffer.length : start, reason: 'noise' }
	let [head, data] = [0, 0]
	const incomplete = (): Step => (ended ? refuse(buffer, data + 1, buffer.length, 'incomplete') : 'wait')
	if (seven(buffer[0]) === SLASH) {
		const line = lineEnd(buffer, 0)
		if (line < 0) return incomplete()
		head = data = line
		// An optical head gives back the acknowledgement that was sent.
		if (seven(buffer[data]) === ACK) {
			data = lineEnd(buffer, data)
			if (data < 0) return ended ? refuse(buffer, head + 1, buffer.length, 'incomplete') : 'wait'
		}
		while (seven(buffer[data]) === CR || seven(buffer[data]) === LF) data++
	}
	const framed = seven(buffer[data]) === STX
	const end = contentEnd(buffer, data, framed)
	// STX may stand in anything. What it opened is given up to its end: read without STX it would need no block check.
	const seen = end.kind === 'open' ? buffer.length : end.at
	if (framed && !isText(buffer, data + 1, seen)) return refuse(buffer, data + 1, seen, 'noise')
	if (end.kind === 'restart') return { drop: end.at, reason: 'incomplete' }
	if (end.kind === 'open') return incomplete()
	// Its STX was lost: what the block check would say, nobody knows.
	if (!framed && !ended && buffer.length === end.at) return 'wait'
	if (!framed && seven(buffer[end.at]) === ETX) return refuse(buffer, 1, end.at, 'bcc')
	if (!framed) return evenOrSeven(buffer.subarray(0, end.at)) ? frame(buffer, end.at, data, head, end.at) : refuse(buffer, 1, end.at, 'sum')
	if (end.kind === 'etx') {
		if (buffer.length < end.at + 2) return incomplete()
		const right = blockCheck(buffer, data + 1, end.at + 1) === seven(buffer[end.at + 1]) && evenOrSeven(buffer.subarray(0, end.at + 2))
		return right ? frame(buffer, end.at + 2, data + 1, head, end.at) : refuse(buffer, data + 1, end.at + 2, 'bcc')
	}
	// Behind `!` ETX is due; recordings without it exist (iec-xx-itron-em214), and are read where nobody relies on them.
	if (buffer.length > end.at) return refuse(buffer, data + 1, end.at, 'bcc')
	return ended && unchecked && evenOrSeven(buffer) ? frame(buffer, end.at, data + 1, head, end.at) : incomplete()
}

/** The frame of the first `take` bytes: identification line (up to `head`) and content (`from` to `end`). */
function frame(buffer: Uint8Array, take: number, from: number, head: number, end: number): Step {
	const text = Uint8Array.from(buffer.subarray(0, end), seven)
	const payload = new Uint8Array(head + end - from)
	payload.set(text.subarray(0, head))
	payload.set(text.subarray(from), head)
	return { take, payload }
}

const seven = (byte: number | undefined) => (byte === undefined ? -1 : byte & 0x7f)

/** A readout whose first line can only be the first: the address, or the error register, by its short code. */
const FIRST_LINE = /^(0\.0(\.0)?|C\.1(\.0)?|F\.F)\([^()\r\n]*\)/

/** 0, C, F */
const FIRST_CHARACTERS = [0x30, 0x43, 0x46]
/** The same, cut short. */
const FIRST_PART = /^[0CF](\.[\d.F]*(\([^()\r\n]*)?)?$/

/** Where a readout can begin: at `/` and three letters, at STX, or with a first line at the beginning of a line; -1 for nowhere. */
function beginning(buffer: Uint8Array): number {
	for (let at = 0; at < buffer.length; at++) {
		const byte = seven(buffer[at])
		if (byte === STX || isIdentification(buffer, at)) return at
		if (!FIRST_CHARACTERS.includes(byte) || (at > 0 && seven(buffer[at - 1]) !== LF)) continue
		const line = latin1(Uint8Array.from(buffer.subarray(at, at + 80), seven))
		if (FIRST_LINE.test(line) || FIRST_PART.test(line)) return at
	}
	return -1
}

/** `/` and three letters, or as much of that as is there. */
function isIdentification(buffer: Uint8Array, at: number): boolean {
	return seven(buffer[at]) === SLASH && [1, 2, 3].every((next) => buffer[at + next] === undefined || isLetter(buffer[at + next]))
}

const isLetter = (byte: number | undefined) => /[A-Za-z]/.test(String.fromCharCode(seven(byte)))

/** Behind the line that begins at `from`; -1 when its end has not come. */
function lineEnd(buffer: Uint8Array, from: number): number {
	for (let at = from; at < buffer.length; at++) if (seven(buffer[at]) === LF) return at + 1
	return -1
}

/** Printable characters and line ends only. */
function isText(buffer: Uint8Array, from: number, end: number): boolean {
	for (let at = from; at < end; at++) {
		const byte = seven(buffer[at])
		if (byte < 0x20 && byte !== CR && byte !== LF) return false
	}
	return true
}

type End = { kind: 'bang' | 'etx' | 'restart'; at: number } | { kind: 'open' }

/** Where the content ends: at ETX, or behind the line that `!` begins or ends; a new identification before it means that the end was lost. */
function contentEnd(buffer: Uint8Array, from: number, framed: boolean): End {
	for (let at = from; at < buffer.length; at++) {
		const byte = seven(buffer[at])
		const lineStart = at === from || seven(buffer[at - 1]) === LF
		if (framed && byte === ETX) return { kind: 'etx', at }
		// No value holds a `/` before three letters.
		if (at > from && buffer.length > at + 3 && isIdentification(buffer, at)) return { kind: 'restart', at }
		// A heat meter ends its last line with it (iec-de-siemens-2wr5-heat).
		if (byte === BANG && (lineStart || seven(buffer[at - 1]) === 0x29)) {
			const end = lineEnd(buffer, at)
			if (end < 0) return { kind: 'open' }
			return framed && seven(buffer[end]) === ETX ? { kind: 'etx', at: end } : { kind: 'bang', at: end }
		}
	}
	return { kind: 'open' }
}

function blockCheck(buffer: Uint8Array, from: number, end: number): number {
	let check = 0
	for (let at = from; at < end; at++) check ^= seven(buffer[at])
	return check
}

/** Seven-bit bytes, or all of even parity. */
function evenOrSeven(bytes: Uint8Array): boolean {
	return bytes.every((byte) => byte < 0x80) || bytes.every(isEven)
}

function isEven(byte: number): boolean {
	let bits = byte
	bits ^= bits >> 4
	bits ^= bits >> 2
	bits ^= bits >> 1
	return (bits & 1) === 0
}

/** Gives up what began here: goes on at an identification or STX inside it (from `from` on), else behind it. */
function refuse(buffer: Uint8Array, from: number, end: number, reason: Discarded['reason']): Step {
	for (let at = from; at < end; at++) {
		if (isIdentification(buffer, at) || seven(buffer[at]) === STX) return { drop: at, reason }
	}
	return { drop: end, reason }
}

/** The bytes as text; control characters as their pictures, STX as ␂, so that they can be seen and searched for. */
function pictured(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => {
		const code = seven(byte)
		return String.fromCharCode(code < 0x20 && code !== CR && code !== LF ? 0x2400 + code : code)
	}).join('')
}

/** Whether the bytes begin with a data line, or hold STX before one, or an identification. */
export function iecBegins(bytes: Uint8Array): boolean {
	return /^\s*[0-9A-Z][^\s()]*\([^()]*\)|␂[0-9A-Z(]|\/[A-Za-z]{3}[^\r\n]{1,40}\r?\n/.test(pictured(bytes))
}

/** Names the lines of a whole readout. */
export function iecNotes(bytes: Uint8Array): Note[] {
	return [...pictured(bytes).matchAll(/␂|␃[\s\S]?|[^\r\n␂␃]+|[\r\n]+/g)].map(({ 0: part, index }) => ({
		at: index,
		length: part.length,
		text: meaningOf(part),
	}))
}

function meaningOf(part: string): string {
	if (part === '␂') return 'STX: the data begin'
	if (part.startsWith('␃')) return 'ETX: the data end, and their block check (BCC), right'
	if (/^[\r\n]/.test(part)) return 'end of line'
	if (part.startsWith('/')) return `identification: ${part.slice(1)}`
	return part === '!' ? 'end of the readout' : part
}
