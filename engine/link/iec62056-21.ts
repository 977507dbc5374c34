import type { Note } from '../bytes/cursor.ts'
import { concat, hexByte, latin1 } from '../bytes/hex.ts'
import { framer, type Refusal, type Step } from './framer.ts'
import type { Discarded, Link, LinkSettings } from './link.ts'

const [STX, ETX, ACK, LF, CR, BANG, OPEN, CLOSE, SLASH] = [0x02, 0x03, 0x06, 0x0a, 0x0d, 0x21, 0x28, 0x29, 0x2f]

/**
 * Readouts of IEC 62056-21 (modes A to D; programming-mode reads, too): with or without identification line, with or without STX, ETX and the
 * block check (BCC). The payload is the text from the identification to `!` or ETX, parity bits removed, without STX and ETX.
 * A readout without identification must have a BCC or begin with the meter's address: bytes that begin in mid-line could show another code.
 */
export function iec62056({ blockCheck = 'required' }: LinkSettings = {}): Link {
	let readout = begun()
	return framer((buffer, ended, _delimited, looked) => {
		// How it begins does not change behind the first line.
		if (looked < FIRST_LENGTH && !isBeginning(buffer, 0)) return { drop: beginning(buffer, 1), reason: 'noise' }
		if (looked === 0) readout = begun()
		return scan(buffer, ended, blockCheck === 'optional', readout)
	})
}

/**
 * A readout that begins the buffer, as far as it was looked through: each byte once. `part`: of its beginning, what is looked at; `head`: behind the
 * identification line; `data`: where the data begin.
 */
type Readout = {
	part: 'identification' | 'acknowledgement' | 'blank' | 'data'
	at: number
	head: number
	data: number
	end: End | undefined
}

const begun = (): Readout => ({ part: 'identification', at: 0, head: 0, data: 0, end: undefined })

/**
 * The end of the data, as far as they were looked through (`from`). `slash`: an identification that may begin within them; `opening`: whether one did, or
 * STX; `control`: whether a control character stands behind STX, where none belongs.
 */
type End = {
	kind: 'open' | 'etx' | 'bang' | 'restart'
	at: number
	from: number
	slash: number
	isLast: boolean
	opening: boolean
	control: boolean
}

// /ISk5MT174-0001 CR LF | (06 0 5 0 CR LF)? | STX | 1.8.0(0008048.375*kWh) CR LF … ! CR LF | ETX | BCC
// BCC: all bytes behind STX up to and with ETX, combined by exclusive or. 7 data bits and even (some meters: odd) parity, seen as 8 bits where
// the port reads 8N1.
function scan(buffer: Uint8Array, ended: boolean, unchecked: boolean, readout: Readout): Step {
	if (readout.part !== 'data') lookForData(buffer, readout)
	const { head, data } = readout
	const incomplete = (): Step => (ended ? refuse(buffer, data + 1, buffer.length, 'incomplete') : 'wait')
	if (readout.part !== 'data') return incomplete()
	const framed = code(buffer, data) === STX
	readout.end ??= { kind: 'open', at: 0, from: framed ? data + 1 : data, slash: -1, isLast: false, opening: false, control: false }
	const { end } = readout
	if (end.kind === 'open') lookForEnd(buffer, data, framed, end)
	// STX may stand in anything. What it opened is given up to its end: read without STX it would need no block check.
	if (end.control) {
		const { drop } = refuse(buffer, data + 1, end.kind === 'open' ? buffer.length : end.at, 'noise')
		return { drop, reason: 'noise' }
	}
	if (end.kind === 'restart') return { drop: end.at, reason: 'incomplete' }
	if (end.kind === 'open') return incomplete()
	/** The frame of the first `take` bytes: identification line and content. */
	const frame = (take: number, from: number): Step => ({
		take,
		payload: concat([buffer.subarray(0, head), buffer.subarray(from, end.at)]).map((byte) => byte & 0x7f),
	})
	const fits = (length: number) => isSevenBit(buffer.subarray(0, length))
	// Its STX was lost: what the block check would say, nobody knows.
	if (!framed && !ended && buffer.length === end.at) return 'wait'
	const isEtx = code(buffer, end.at) === ETX
	if (!framed && isEtx) return refuse(buffer, 1, end.at, 'bcc')
	if (!framed) return fits(end.at) ? frame(end.at, data) : refuse(buffer, 1, end.at, 'sum')
	if (isEtx) {
		if (buffer.length < end.at + 2) return incomplete()
		const check = buffer.subarray(data + 1, end.at + 2).reduce((sum, byte) => sum ^ (byte & 0x7f), 0)
		return check === 0 && fits(end.at + 2) ? frame(end.at + 2, data + 1) : refuse(buffer, data + 1, end.at + 2, 'bcc')
	}
	// Behind `!` ETX is due; recordings without it exist (iec-xx-itron-em214), and are read where nobody relies on them.
	if (buffer.length > end.at) return refuse(buffer, data + 1, end.at, 'bcc')
	return ended && unchecked && fits(buffer.length) ? frame(end.at, data + 1) : incomplete()
}

/** A byte without its parity bit; -1 behind the end. */
const code = (buffer: Uint8Array, at: number) => (at < buffer.length ? (buffer[at] as number) & 0x7f : -1)
const isLetter = (byte: number) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
const isLineEnd = (byte: number) => byte === LF || byte === CR

/** A first line that can only be the first: the address, or the error register, by its short code. */
const FIRST_LINE = /^(0\.0(\.0)?|C\.1(\.0)?|F\.F)\([^()\r\n]*\)/
/** The same, cut short. */
const FIRST_PART = /^[0CF](\.[\d.F]*(\([^()\r\n]*)?)?$/
/** Characters of it that are looked at. */
const FIRST_LENGTH = 80

/** Whether a readout can begin here: with `/` and three letters, or as much of that as is there, with STX, or with a first line at the beginning of a line. */
function isBeginning(buffer: Uint8Array, at: number): boolean {
	if (isOpening(buffer, at)) return true
	const byte = code(buffer, at)
	if ((byte !== 0x30 && byte !== 0x43 && byte !== 0x46) || (at > 0 && code(buffer, at - 1) !== LF)) return false
	const line = latin1(buffer.subarray(at, at + FIRST_LENGTH).map((one) => one & 0x7f))
	return FIRST_LINE.test(line) || FIRST_PART.test(line)
}

/** Whether STX stands here, or an identification: `/` and three letters, or as much of that as is there. */
function isOpening(buffer: Uint8Array, at: number): boolean {
	const byte = code(buffer, at)
	if (byte !== SLASH) return byte === STX
	let letters = at + 1
	while (letters < at + 4 && isLetter(code(buffer, letters))) letters++
	return letters === at + 4 || letters >= buffer.length
}

/** The first place from `from` on where a readout can begin; the end where none can. */
function beginning(buffer: Uint8Array, from: number): number {
	let at = from
	while (at < buffer.length && !isBeginning(buffer, at)) at++
	return at
}

/** Goes on to the end of a line; whether it is there. */
function passLine(buffer: Uint8Array, readout: Readout): boolean {
	while (readout.at < buffer.length) if (code(buffer, readout.at++) === LF) return true
	return false
}

/** Looks for the data behind an identification line, and behind the acknowledgement that an optical head gives back. */
function lookForData(buffer: Uint8Array, readout: Readout): void {
	if (readout.part === 'identification' && code(buffer, 0) !== SLASH) readout.part = 'data'
	if (readout.part === 'identification' && passLine(buffer, readout)) {
		readout.head = readout.data = readout.at
		readout.part = 'acknowledgement'
	}
	if (readout.part === 'acknowledgement' && readout.at < buffer.length)
		if (code(buffer, readout.head) !== ACK || passLine(buffer, readout)) readout.part = 'blank'
	if (readout.part === 'blank') {
		while (isLineEnd(code(buffer, readout.at))) readout.at++
		readout.data = readout.at
		if (readout.at < buffer.length) readout.part = 'data'
	}
}

/**
 * Looks on for the end: ETX, if STX opened the data, an identification (a line to its end, as no unit is: `0.3.0(1000*imp/kWh)`), or the line of a `!`
 * that begins a line or ends one: a heat meter's (iec-de-siemens-2wr5-heat).
 */
function lookForEnd(buffer: Uint8Array, data: number, framed: boolean, end: End): void {
	for (; end.from < buffer.length && end.kind === 'open'; end.from++) {
		const at = end.from
		const byte = code(buffer, at)
		if (framed && byte < 0x20 && !isLineEnd(byte) && (byte !== ETX || end.isLast)) {
			end.control = true
			end.opening ||= byte === STX
		}
		// Another may begin there: what follows is looked at when it does.
		if (end.control && end.opening) return
		if (isIdentified(byte, at, end)) close(end, 'restart', end.slash)
		else if (end.isLast && byte === LF) close(end, 'bang', at + 1)
		else if (framed && byte === ETX && !end.isLast) close(end, 'etx', at)
		else if (byte === SLASH && end.slash < 0 && at > data) end.slash = at
		else if (byte === BANG && (at === data || isBehind(code(buffer, at - 1)))) end.isLast = true
	}
}

function close(end: End, kind: End['kind'], at: number): void {
	end.kind = kind
	end.at = at
}

const isBehind = (byte: number) => byte === LF || byte === CLOSE

/** Whether a byte ends the line of an identification that began at `end.slash`; `/`, three letters, and no parenthesis. */
function isIdentified(byte: number, at: number, end: End): boolean {
	const place = at - end.slash
	if (end.slash < 0) return false
	if (place <= 3 ? !isLetter(byte) : byte === OPEN || byte === CLOSE) end.slash = -1
	else if (place === 3) end.opening = true
	else return place > 3 && isLineEnd(byte) && !end.isLast
	return false
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

/** Gives up what began here and was looked through up to `end`: goes on at an identification or STX inside it (from `from` on), else behind it. */
function refuse(buffer: Uint8Array, from: number, end: number, reason: Discarded['reason']): Refusal {
	let next = from
	while (next < end && !isOpening(buffer, next)) next++
	return { drop: Math.min(next, end), reason, end }
}

/** The bytes as text without parity bits; control characters as their pictures, STX as ␂, so that they can be seen and searched for. */
function pictured(bytes: Uint8Array): string {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('ascii')
	return text.replace(/[^\r\n -\x7f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
}

/** Whether the bytes begin with a data line, or hold STX before one, or an identification. */
export function iecBegins(bytes: Uint8Array): boolean {
	return /^\s*[0-9A-Z][^\s()]*\([^()]*\)|␂[0-9A-Z(]|\/[A-Za-z]{3}[^\r\n]{1,40}\r?\n/.test(pictured(bytes))
}

/** Names the parts of a whole readout: identification, acknowledgement, data, and the block check, and whether that is right. */
export function iecNotes(bytes: Uint8Array): Note[] {
	const notes: Note[] = []
	let data = -1
	for (const { 0: part, index } of pictured(bytes).matchAll(/␂|␃[\s\S]?|[^\r\n␂␃]+|[\r\n]+/g)) {
		if (part === '␂') data = index + 1
		const text = part.startsWith('␃') ? checkText(bytes, data, index) : meaningOf(part)
		const last = notes.at(-1)
		if (last && (text === last.text || /^[\r\n]/.test(part))) last.length += part.length
		else notes.push({ at: index, length: part.length, text })
	}
	return notes
}

/** Says whether the block check behind ETX, at `at`, is that of all from `data` on. */
function checkText(bytes: Uint8Array, data: number, at: number): string {
	if (data < 0 || at + 1 >= bytes.length) return 'ETX: the data end'
	const sum = bytes.subarray(data, at + 1).reduce((all, byte) => all ^ (byte & 0x7f), 0)
	const isRight = sum === ((bytes[at + 1] as number) & 0x7f)
	return `ETX: the data end, and their block check (BCC), ${isRight ? 'right' : `WRONG: these bytes give ${hexByte(sum)}`}`
}

function meaningOf(part: string): string {
	if (part === '␂') return 'STX: the data begin'
	if (part.startsWith('␆')) return 'acknowledgement'
	return part.startsWith('/') ? `identification: ${part.slice(1).trim()}` : 'lines of text'
}
