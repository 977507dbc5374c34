import type { Note } from '../bytes/cursor.ts'
import { concat } from '../bytes/hex.ts'
import { framer, type Step } from './framer.ts'
import type { Discarded, Link, LinkSettings } from './link.ts'

/**
 * Readouts of IEC 62056-21 (modes A to D; programming-mode reads, too): with or without identification line, with or without STX, ETX and the
 * block check (BCC). The payload is the text from the identification to `!` or ETX, parity bits removed, without STX and ETX.
 * A readout without identification must have a BCC or begin with the meter's address: bytes that begin in mid-line could show another code.
 */
export function iec62056({ blockCheck = 'required' }: LinkSettings = {}): Link {
	/** Bytes that were looked at, and left all open. */
	let looked = 0
	return framer((buffer, ended) => {
		// Within a line nothing can be told: to look at all again for each byte takes the square of their number.
		const isOpen = !ended && looked > FIRST_LENGTH && isWithinLine(buffer, looked - 3)
		const step = isOpen ? 'wait' : scan(buffer, ended, blockCheck === 'optional')
		looked = step === 'wait' ? buffer.length : 0
		return step
	})
}

/** Whether no control character but CR stands from here on, and no `/`. */
function isWithinLine(buffer: Uint8Array, from: number): boolean {
	for (let at = from; at < buffer.length; at++) {
		const byte = (buffer[at] as number) & 0x7f
		if ((byte < 0x20 && byte !== 0x0d) || byte === 0x2f) return false
	}
	return true
}

// /ISk5MT174-0001 CR LF | (06 0 5 0 CR LF)? | STX | 1.8.0(0008048.375*kWh) CR LF … ! CR LF | ETX | BCC
// BCC: all bytes behind STX up to and with ETX, combined by exclusive or. 7 data bits and even (some meters: odd) parity, seen as 8 bits where
// the port reads 8N1.
function scan(buffer: Uint8Array, ended: boolean, unchecked: boolean): Step {
	const text = pictured(buffer)
	const start = beginning(text)
	if (start !== 0) return { drop: start < 0 ? buffer.length : start, reason: 'noise' }
	let [head, data] = [0, 0]
	const incomplete = (): Step => (ended ? refuse(text, data + 1, text.length, 'incomplete') : 'wait')
	if (text[0] === '/') {
		head = data = lineEnd(text, 0)
		// An optical head gives back the acknowledgement that was sent.
		const behind = text[data] === '␆' ? lineEnd(text, data) : data
		if (behind === 0) return incomplete()
		data = behind
		while (text[data] === '\r' || text[data] === '\n') data++
	}
	const framed = text[data] === '␂'
	const end = contentEnd(text, data, framed)
	// STX may stand in anything. What it opened is given up to its end: read without STX it would need no block check.
	const seen = end.kind === 'open' ? text.length : end.at
	if (framed && /[^\r\n -\x7f]/.test(text.slice(data + 1, seen))) return refuse(text, data + 1, seen, 'noise')
	if (end.kind === 'restart') return { drop: end.at, reason: 'incomplete' }
	if (end.kind === 'open') return incomplete()
	/** The frame of the first `take` bytes: identification line and content. */
	const frame = (take: number, from: number): Step => ({
		take,
		payload: concat([buffer.subarray(0, head), buffer.subarray(from, end.at)]).map((byte) => byte & 0x7f),
	})
	const fits = (length: number) => isSevenBit(buffer.subarray(0, length))
	// Its STX was lost: what the block check would say, nobody knows.
	if (!framed && !ended && text.length === end.at) return 'wait'
	if (!framed && text[end.at] === '␃') return refuse(text, 1, end.at, 'bcc')
	if (!framed) return fits(end.at) ? frame(end.at, data) : refuse(text, 1, end.at, 'sum')
	if (end.kind === 'etx') {
		if (text.length < end.at + 2) return incomplete()
		const check = buffer.subarray(data + 1, end.at + 2).reduce((sum, byte) => sum ^ (byte & 0x7f), 0)
		return check === 0 && fits(end.at + 2) ? frame(end.at + 2, data + 1) : refuse(text, data + 1, end.at + 2, 'bcc')
	}
	// Behind `!` ETX is due; recordings without it exist (iec-xx-itron-em214), and are read where nobody relies on them.
	if (text.length > end.at) return refuse(text, data + 1, end.at, 'bcc')
	return ended && unchecked && fits(text.length) ? frame(end.at, data + 1) : incomplete()
}

/** The bytes as text without parity bits; control characters as their pictures, STX as ␂, so that they can be seen and searched for. */
function pictured(bytes: Uint8Array): string {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('ascii')
	return text.replace(/[^\r\n -\x7f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
}

/** STX, or an identification: `/` and three letters, or as much of that as is there. */
const OPENING = /␂|\/(?:[A-Za-z]{3}|[A-Za-z]{0,2}$)/g
/** The same, or a character that may begin a readout's first line. */
const BEGINNING = /␂|\/(?:[A-Za-z]{3}|[A-Za-z]{0,2}$)|(?<=^|\n)[0CF]/g
/** A first line that can only be the first: the address, or the error register, by its short code. */
const FIRST_LINE = /^(0\.0(\.0)?|C\.1(\.0)?|F\.F)\([^()\r\n]*\)/
/** The same, cut short. */
const FIRST_PART = /^[0CF](\.[\d.F]*(\([^()\r\n]*)?)?$/
/** Characters of it that are looked at. */
const FIRST_LENGTH = 80

/** Where a readout can begin: at `/` and three letters, at STX, or with a first line at the beginning of a line; -1 for nowhere. */
function beginning(text: string): number {
	BEGINNING.lastIndex = 0
	for (let found = BEGINNING.exec(text); found; found = BEGINNING.exec(text)) {
		const line = text.slice(found.index, found.index + FIRST_LENGTH)
		if (/^[␂/]/.test(line) || FIRST_LINE.test(line) || FIRST_PART.test(line)) return found.index
	}
	return -1
}

/** Behind the line that begins at `from`; 0 when its end has not come. */
const lineEnd = (text: string, from: number) => text.indexOf('\n', from) + 1

type End = { kind: 'bang' | 'etx' | 'restart'; at: number } | { kind: 'open' }

/**
 * ETX, an identification (a line to its end, as no unit is: `0.3.0(1000*imp/kWh)`), or a `!` that begins a line or ends one: a heat meter's
 * (iec-de-siemens-2wr5-heat).
 */
const ENDING = /␃|(?!^)\/[A-Za-z]{3}[^()\r\n]*[\r\n]|(?<=^|[\n)])!/
/** The same of a readout without STX. */
const BARE_ENDING = /(?!^)\/[A-Za-z]{3}[^()\r\n]*[\r\n]|(?<=^|[\n)])!/

/** Where the content ends: at ETX, or behind the line of `!`; a new identification before it means that the end was lost. */
function contentEnd(text: string, from: number, framed: boolean): End {
	const found = (framed ? ENDING : BARE_ENDING).exec(text.slice(from))
	if (!found) return { kind: 'open' }
	const at = from + found.index
	if (found[0] === '␃') return { kind: 'etx', at }
	if (found[0] !== '!') return { kind: 'restart', at }
	const end = lineEnd(text, at)
	if (end === 0) return { kind: 'open' }
	return { kind: framed && text[end] === '␃' ? 'etx' : 'bang', at: end }
}

/** Seven-bit bytes, or all of even or all of odd parity. */
function isSevenBit(bytes: Uint8Array): boolean {
	return bytes.every((byte) => byte < 0x80) || bytes.every(isEven) || !bytes.some(isEven)
}

function isEven(byte: number): boolean {
	let bits = byte
	bits ^= bits >> 4
	bits ^= bits >> 2
	bits ^= bits >> 1
	return (bits & 1) === 0
}

/** Gives up what began here: goes on at an identification or STX inside it (from `from` on), else behind it. */
function refuse(text: string, from: number, end: number, reason: Discarded['reason']): Step {
	OPENING.lastIndex = from
	const next = OPENING.exec(text)
	return { drop: next && next.index < end ? next.index : end, reason }
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
