import { crcArc } from '../bytes/crc.ts'
import { cursor, type Explain, left, type Note, note, take } from '../bytes/cursor.ts'
import { buffer, fromLatin1, indexOf, latin1, nibble, printable } from '../bytes/hex.ts'
import { type Budget, copied, spend } from '../telegram/budget.ts'
import { bufferRows, isBuffer } from '../telegram/buffer.ts'
import { iecTime, p1Clock, sourced } from '../telegram/clock.ts'
import { type Code, codeEnd, codeIn, codeOf, codeOfGroups } from '../telegram/code.ts'
import { hexText, idOf, ranked } from '../telegram/identity.ts'
import { numberRegister, type ReadValue, type Register, registerAt, registerOf } from '../telegram/register.ts'
import { type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import { implyUnits, joinedLines, latestOf, textValue } from '../telegram/text.ts'
import { TextNotes } from '../telegram/text-notes.ts'
import { unitAt } from '../telegram/unit.ts'
import type { ApplicationSettings } from './application.ts'
import { mustBeSealed, type Opened, open, openUnchecked } from './cipher.ts'

// /ISk5\2MT382-1000                                      identification
//                                                        empty line
// 1-0:1.8.1(000004.426*kWh)                              code and values, each in parentheses
// 0-1:24.2.1(170102161005W)(00000.107*m3)                time and value of a sub-meter (version 4 on)
// 0-1:24.3.0(121030140000)(00)(60)(1)(0-1:24.2.1)(m3)    the same up to version 3:
// (00024.123)                                            its value may stand on the next line
// !6EEE
/**
 * Reads a P1 telegram (DSMR P1 Companion Standard 2.2 to 5.0.2 and its Belgian, Luxembourg, Austrian, Swedish and Hungarian
 * dialects), `/` to `!` and its CRC, where it had one that was right. A value is a number with its unit, as `00.507*kW`, or where its code implies
 * the unit; anything else is text, as sent.
 * A ciphered one is opened first (Luxembourg, Austria, Hungary: general-glo-ciphering; Poland: an identification in clear before it).
 * A line of another kind is left out and named in `unread`; without a CRC it may be damage, and the telegram is rejected (`syntax`). Rejects (`crc`)
 * a ciphered one whose own CRC is wrong; ciphering as `open` does.
 */
export function p1(payload: Uint8Array, settings: ApplicationSettings): Telegram | Rejected {
	if (payload[0] === GENERAL_GLO_CIPHERING) return sealed(payload, 1, settings)
	// Text has no zero byte.
	const header = indexOf(payload, 0) < 0 ? -1 : latin1(payload, 0, Math.min(64, payload.length)).indexOf(CLEAR_HEADER)
	if (header > 0) return sealed(payload, header + CLEAR_HEADER.length - 1, settings)
	return mustBeSealed(settings) ?? telegramOf(payload, settings.budget, hasCrc(payload), inClear(settings.explain, payload))
}

/** The notes of a text, and where they go: `bytes`, which begin `shift` behind the beginning of the text. */
type Explained = { explain: Explain; noted: Note[]; bytes: Uint8Array; shift: number }

const inClear = (explain: Explain | undefined, bytes: Uint8Array): Explained | undefined =>
	explain && { explain, noted: explain('what the frame carries', bytes), bytes, shift: 0 }

const GENERAL_GLO_CIPHERING = 0xdb
/** Behind the identification an empty line and, instead of text, an empty system title (esphome issue 6500). */
const CLEAR_HEADER = '\r\n\r\n\0'

/** A telegram inside general-glo-ciphering, its system title at `at`; what stands before it in clear begins the telegram. */
function sealed(payload: Uint8Array, at: number, settings: ApplicationSettings): Telegram | Rejected {
	const c = cursor(payload, 'the ciphered telegram', settings.explain)
	take(c, at)
	if (c.notes) note(c, 0, at === 1 ? 'general-glo-ciphering' : 'identification, in clear', at === 1 ? 'cipher' : 'application')
	const start = c.at
	const opened = open(c, settings)
	if (opened.kind === 'opened') return openedOf(opened, payload, at, left(c), settings)
	if (opened.reason !== 'tag' || !settings.keys.encryption || !settings.keys.authentication) return opened
	// The tag does not fit. Whether the encryption key is right, the CRC inside tells: the authentication key is individual in Styria.
	c.at = start
	const unchecked = openUnchecked(c, settings)
	if (unchecked.kind === 'rejected') return opened
	const telegram = openedOf(unchecked, payload, at, left(c), settings)
	if (telegram.kind === 'rejected') return opened
	if (settings.published && settings.authentication !== 'required') return telegram
	return rejected('tag', `${opened.detail.replace(/:.*?(?= \()/, ',')}: ${RIGHT_KEY}`)
}

const RIGHT_KEY =
	'the encryption key is right (the CRC of what it decrypts fits), the authentication key is not: set the one of this meter (keys.authentication; the operator has it), or set none and "authentication": "optional" in the profile\'s decoder to read it unverified'

/** The telegram in what was deciphered. */
function openedOf(
	opened: Opened,
	payload: Uint8Array,
	at: number,
	behind: number,
	{ budget, explain }: ApplicationSettings,
): Telegram | Rejected {
	const noted = explain?.('what was ciphered', opened.plaintext)
	if (behind > 0) return rejected('layout', `${behind} bytes are left over behind the ciphered telegram`)
	const plain = latin1(copied(budget, opened.plaintext))
	const text = plain.startsWith('/') ? plain : at === 1 ? '' : latin1(payload, 0, at) + plain
	const parts = /^(\/[^!]*!)([0-9A-Fa-f]{4})?\s*$/.exec(text)
	const isVerified = opened.auth === 'verified'
	if (!parts?.[1]) {
		return isVerified
			? rejected('syntax', 'what was ciphered is no P1 telegram: the keys are right, its tag fits')
			: rejected('key', `decrypts to no P1 telegram: wrong key or damaged telegram (system title ${opened.systemTitle})`)
	}
	// Without a tag the telegram's own CRC is all that shows whether the key is right.
	if (parts[2] === undefined ? !isVerified : Number.parseInt(parts[2], 16) !== crcArc(fromLatin1(parts[1]))) {
		const why = isVerified ? ': the keys are right, its tag fits; the meter made the CRC of another text' : ''
		return rejected('crc', `the CRC of the telegram that was ciphered is wrong or missing${why}`)
	}
	const telegram = telegramOf(
		fromLatin1(parts[1]),
		budget,
		true,
		noted && explain && { explain, noted, bytes: opened.plaintext, shift: text.length - plain.length },
	)
	if (telegram.kind === 'rejected') return telegram
	telegram.auth = opened.auth
	telegram.systemTitle = opened.systemTitle
	telegram.invocationCounter = opened.invocationCounter
	return telegram
}

/** Reads a telegram in clear. `isChecked`: a CRC or a tag shows that it came as the meter sent it; the link layer gives none whose CRC is wrong. */
function telegramOf(bytes: Uint8Array, budget: Budget, isChecked: boolean, explained: Explained | undefined): Telegram | Rejected {
	copied(budget, bytes)
	let notes = explained && new TextNotes(explained.noted, explained.bytes, 0)
	// As a Buffer, from which texts are cut without a view of each.
	const content = buffer(bytes).subarray(0, contentEnd(bytes))
	const text = () => latin1(content)
	let found = linesIn(content, budget, isChecked, notes, explained?.shift)
	// A line that continues the one before it has no code of its own: few meters send such, and their lines are joined first.
	if ('odd' in found && found.odd.length > 0) {
		const joined = joinedLines(text(), isChecked)
		if (joined.length < content.length) {
			notes?.rest()
			const whole = fromLatin1(joined)
			notes = explained && new TextNotes(explained.explain('the same, with each broken line in one', whole), whole)
			found = linesIn(whole, budget, isChecked, notes)
		}
	}
	notes?.rest()
	if ('kind' in found) return found
	const { odd } = found
	if (odd.length > 0 && !isChecked) {
		const refused = rejected('syntax', `not a P1 line: ${odd[0]}`)
		return notes
			? { ...refused, read: { kind: 'telegram', application: 'p1', auth: 'none', registers: found.registers, sequence: [] } }
			: refused
	}
	const before = notes && [...found.registers]
	implyUnits(found.registers, text)
	if (before) notes?.replaced(before, found.registers)
	const registers = latestOf(found.registers)
	if (registers.length === 0) return rejected('layout', 'a telegram without a value')
	const telegram: Telegram = { kind: 'telegram', application: 'p1', auth: 'none', registers, sequence: [] }
	if (odd.length > 0) telegram.unread = odd
	const meterId = idOf(registers, IDS)
	if (meterId !== undefined) telegram.meterId = hexText(meterId)
	const clock = clockOf(registers)
	if (clock) telegram.clock = sourced(clock, 'meter')
	return telegram
}

/** Where the content ends: before `!`, its CRC, and the end of their line, where a telegram has them. */
function contentEnd(bytes: Uint8Array): number {
	let at = bytes.length
	while (at > 0 && isSpace(bytes[at - 1] as number)) at--
	for (let digits = 0; digits < 4 && nibble(bytes[at - 1] ?? 0) >= 0; digits++) at--
	return bytes[at - 1] === BANG ? at - 1 : bytes.length
}

/** Whether a telegram ends with a CRC. */
const hasCrc = (bytes: Uint8Array) => contentEnd(bytes) < bytes.length - 1 && nibble(bytes.at(-1) ?? 0) >= 0

/** The rows of the lines behind the identification, in one pass, and the lines that are none of a code and values. */
function linesIn(
	bytes: Uint8Array,
	budget: Budget,
	isChecked: boolean,
	notes: TextNotes | undefined,
	shift = 0,
): { registers: Register[]; odd: string[] } | Rejected {
	lineAt(bytes, 0)
	const head = bytes.subarray(line.from, line.to)
	// Some meters have bytes in it that are no text: with a CRC they came so.
	if (head[0] !== SLASH || head.length < 4 || !(isChecked || printable(head)))
		return rejected('syntax', 'the telegram does not begin with /XXX and an identification')
	const registers: Register[] = []
	const odd: string[] = []
	for (let at = line.end; at <= bytes.length; at = line.end) {
		const register = lineAt(bytes, at)
		if (line.to === line.from) continue
		if (spend(budget)) return budget.refused ?? rejected('limit', 'too many values')
		const before = registers.length
		if (register) {
			registers.push(register)
			if (isBuffer(register.code)) registers.push(...bufferRows(register))
		} else odd.push(latin1(bytes, line.from, line.to).slice(0, 60))
		if (register) notes?.dataSet(line.from - shift, line.to - shift, registers.slice(before))
		else notes?.odd(line.from - shift, line.to - shift, 'no code with values')
	}
	return { registers, odd }
}

const [BANG, OPEN, CLOSE, STAR, POINT, SLASH, ZERO, LF, CR] = [0x21, 0x28, 0x29, 0x2a, 0x2e, 0x2f, 0x30, 0x0a, 0x0d]
const isBlank = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0b || byte === 0x0c || byte === 0xa0
const isSpace = (byte: number) => isBlank(byte) || byte === LF || byte === CR

/** Where the line that was read last stands without white space around it, and where the next begins: one for all, since a telegram has thirty. */
const line = { from: 0, to: 0, end: 0 }

// 1-0:1.8.1(000004.426*kWh): a code, then values, each in parentheses that hold none
/** Reads the line that begins at `start`, to CR LF, LF or CR, in one pass; undefined where it has no code and values. */
function lineAt(bytes: Uint8Array, start: number): Register | undefined {
	const { length } = bytes
	let at = start
	while (at < length && isBlank(bytes[at] as number)) at++
	line.from = at
	let code = codeIn(bytes, at)
	at = codeEnd.at
	if (bytes[at] === STAR) code = withF(bytes, at + 1, code)
	while (at < length && bytes[at] !== OPEN && (bytes[at] === STAR || isBlank(bytes[at] as number) || isDigit(bytes[at] as number))) at++
	const open = at < length && bytes[at] === OPEN ? at++ : -1
	// The number that begins the first value, if one does.
	let [raw, digits, point] = [0, 0, -1]
	for (; at < length; at++) {
		const digit = (bytes[at] as number) - ZERO
		if (digit >= 0 && digit <= 9) {
			raw = raw * 10 + digit
			digits++
		} else if (digit === POINT - ZERO && point < 0 && digits > 0) point = at
		else break
	}
	const star = at < length && bytes[at] === STAR ? at++ : -1
	let [parentheses, hasStar] = [0, star >= 0]
	for (; at < length; at++) {
		const byte = bytes[at] as number
		if (byte > STAR) continue
		if (byte === CR || byte === LF) break
		if (byte === OPEN || byte === CLOSE) parentheses++
		else if (byte === STAR) hasStar = true
	}
	let to = at
	while (to > line.from && isBlank(bytes[to - 1] as number)) to--
	line.to = to
	line.end = at + (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1)
	if (!code || open < 0 || bytes[to - 1] !== CLOSE) return undefined
	if (parentheses > 1) return severalIn(code, latin1(bytes, open + 1, to - 1), parentheses)
	// Digits and letters may be a number and its unit without the star.
	if (!hasStar && (digits === 0 || digits + (point < 0 ? 0 : 1) === to - 2 - open))
		return registerAt(code, 2, bytes, open + 1, to - 1, text)
	if (star < 0 || digits < 1 || digits > 15 || point === star - 1) return registerOf(code, textValue(latin1(bytes, open + 1, to - 1), code))
	let [from, until] = [star + 1, to - 1]
	while (from < until && isBlank(bytes[from] as number)) from++
	while (until > from && isBlank(bytes[until - 1] as number)) until--
	const { unit, exponent } = unitAt(bytes, from, until)
	return numberRegister(code, raw, exponent + (point < 0 ? 0 : point + 1 - star), unit)
}

const isDigit = (byte: number) => byte >= ZERO && byte <= ZERO + 9

/** The code with the F that is written from `from` on, as IEC 62056-21 writes it: `*255` (Actaris ACE4000). */
function withF(bytes: Uint8Array, from: number, code: Code | undefined): Code | undefined {
	let [f, at] = [0, from]
	while (at < bytes.length && isDigit(bytes[at] as number)) f = 10 * f + (bytes[at++] as number) - ZERO
	const { a = 0, b = 0, c = 0, d = 0, e = 0 } = code?.obis ?? {}
	return code?.obis && at > from && f <= 255 ? codeOfGroups(a, b, c, d, e, f) : undefined
}

const text: ReadValue = (bytes, from, to) => ({ kind: 'text', text: latin1(bytes, from, to) })

/** A register of several values, `inside` its outer parentheses, the first of which is not counted. */
function severalIn(code: Code, inside: string, parentheses: number): Register | undefined {
	const groups = inside.split(')(')
	// Others stand within a value.
	if (parentheses !== 2 * groups.length - 1) return undefined
	const [one = '', two = ''] = groups
	const time = p1Clock(one)
	const timed = (value: string, when = time) => {
		const register = registerOf(code, textValue(value, code))
		register.time = when
		return register
	}
	if (groups.length === 2) {
		const behind = time ? undefined : (p1Clock(two) ?? iecTime(two))
		const register = time ? timed(two) : behind && timed(one, behind)
		if (register?.isNumber) return register
	}
	// (time)(00)(60)(1)(0-1:24.2.1)(m3)(00024.123): one object, its unit apart from its value.
	const [, , , objects, , unit = '', last = ''] = groups
	if (groups.length === 7 && time && objects === '1') return timed(`${last}*${unit}`)
	return registerOf(code, { kind: 'list', items: groups })
}

const CLOCK = codeOf('0-0:1.0.0')

function clockOf(registers: Register[]) {
	const value = registers.find(({ code }) => code === CLOCK)?.value
	return value?.kind === 'text' ? p1Clock(value.text) : undefined
}

/** Codes of the meter's own id: the logical device name, else the equipment identifier. */
const IDS = ranked(['0-0:42.0.0'], ['0-0:96.1.1'], ['0-0:96.1.0'])
