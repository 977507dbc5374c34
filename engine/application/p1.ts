import { crcArc } from '../bytes/crc.ts'
import { cursor, left, note, take } from '../bytes/cursor.ts'
import { fromLatin1, indexOf, latin1 } from '../bytes/hex.ts'
import type { Blank } from '../telegram/blank.ts'
import { type Budget, copied, spend } from '../telegram/budget.ts'
import { p1Clock, sourced } from '../telegram/clock.ts'
import { byForm } from '../telegram/forms.ts'
import { hexText, idOf, ranked } from '../telegram/identity.ts'
import { parseObis } from '../telegram/obis.ts'
import { type Register, type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import { textValue } from '../telegram/text.ts'
import type { ApplicationSettings } from './application.ts'
import { open } from './cipher.ts'

// /ISk5\2MT382-1000                                      identification
//                                                        empty line
// 1-0:1.8.1(000004.426*kWh)                              code and values, each in parentheses
// 0-1:24.2.1(170102161005W)(00000.107*m3)                time and value of a sub-meter (version 4 on)
// 0-1:24.3.0(121030140000)(00)(60)(1)(0-1:24.2.1)(m3)    the same up to version 3:
// (00024.123)                                            its value may stand on the next line
// !6EEE
/**
 * Reads a P1 telegram (DSMR P1 Companion Standard 2.2 to 5.0.2 and its Belgian, Luxembourg, Austrian, Swedish and Hungarian
 * dialects), `/` to `!`. A value is a number only with its unit, as `00.507*kW`; anything else is text, as sent.
 * A ciphered one is opened first (Luxembourg, Austria, Hungary: general-glo-ciphering; Poland: an identification in clear before it).
 * Rejects (`syntax`) a telegram with a line that is none of these, (`crc`) a ciphered one whose own CRC is wrong; ciphering as `open` does.
 */
export function p1(payload: Uint8Array, settings: ApplicationSettings): Telegram | Rejected {
	if (payload[0] === GENERAL_GLO_CIPHERING) return sealed(payload, 1, settings)
	// Text has no zero byte.
	const header = indexOf(payload, 0) < 0 ? -1 : latin1(payload.subarray(0, 64)).indexOf(CLEAR_HEADER)
	if (header > 0) return sealed(payload, header + CLEAR_HEADER.length - 1, settings)
	if (settings.keys.authentication || settings.authentication === 'required')
		return rejected('tag', 'sent in clear, and an authentication key is configured or authentication required')
	return byForm(settings.forms, payload, settings.budget, telegramOf)
}

const GENERAL_GLO_CIPHERING = 0xdb
/** Behind the identification an empty line and, instead of text, an empty system title (esphome issue 6500). */
const CLEAR_HEADER = '\r\n\r\n\0'

/** A telegram inside general-glo-ciphering, its system title at `at`; what stands before it in clear begins the telegram. */
function sealed(payload: Uint8Array, at: number, settings: ApplicationSettings): Telegram | Rejected {
	const c = cursor(payload, 'the ciphered telegram', settings.explain)
	take(c, at)
	note(c, 0, () => (at === 1 ? 'general-glo-ciphering' : 'identification, in clear'))
	const opened = open(c, settings)
	if (opened.kind === 'rejected') return opened
	if (left(c) > 0) return rejected('layout', `${left(c)} bytes are left over behind the ciphered telegram`)
	const plain = latin1(copied(settings.budget, opened.plaintext))
	const text = plain.startsWith('/') ? plain : at === 1 ? '' : latin1(payload.subarray(0, at)) + plain
	const parts = /^(\/[^!]*!)([0-9A-Fa-f]{4})?\s*$/.exec(text)
	if (!parts?.[1]) {
		return opened.auth === 'verified'
			? rejected('syntax', 'what was ciphered is no P1 telegram')
			: rejected('key', `decrypts to no P1 telegram: wrong key or damaged telegram (system title ${opened.systemTitle})`)
	}
	// Without a tag the telegram's own CRC is all that shows whether the key is right.
	if (parts[2] === undefined ? opened.auth !== 'verified' : Number.parseInt(parts[2], 16) !== crcArc(fromLatin1(parts[1])))
		return rejected('crc', 'the CRC of the telegram that was ciphered is wrong or missing')
	const telegram = byForm(settings.forms, fromLatin1(parts[1]), settings.budget, telegramOf)
	if (telegram.kind === 'rejected') return telegram
	telegram.auth = opened.auth
	telegram.systemTitle = opened.systemTitle
	telegram.invocationCounter = opened.invocationCounter
	return telegram
}

/** Reads a telegram in clear, `/` to `!`. */
function telegramOf(bytes: Uint8Array, budget: Budget, places?: Blank[]): Telegram | Rejected {
	const lines = linesOf(latin1(copied(budget, bytes)))
	if (!/^\/[\x20-\x7e]{3,}$/.test(lines[0]?.text ?? ''))
		return rejected('syntax', 'the telegram does not begin with /XXX and an identification')
	const registers: Register[] = []
	for (let at = 1; at < lines.length; at++) {
		const line = lines[at] as Line
		const { text } = line
		if (text === '' || text === '!') continue
		if (spend(budget)) return budget.refused ?? rejected('limit', 'too many values')
		const register = registerOf(text)
		if (!register) return rejected('syntax', `not a P1 line: ${text.slice(0, 60)}`)
		if (places && line.at >= 0) addPlace(places, register, line)
		registers.push(register)
	}
	if (registers.length === 0) return rejected('layout', 'a telegram without a value')
	const clock = clockOf(registers)
	const meterId = identityOf(registers)
	const telegram: Telegram = { kind: 'telegram', application: 'p1', auth: 'none', registers, sequence: [] }
	if (meterId !== undefined) telegram.meterId = meterId
	if (clock) telegram.clock = sourced(clock, 'meter')
	return telegram
}

/** A line, trimmed. `at`: where it begins in the telegram; -1 where it is put together of two. */
type Line = { text: string; at: number }

/** The lines; one that begins with `(` continues the one before. Lines end with CR LF, LF or CR. */
function linesOf(text: string): Line[] {
	const lines: Line[] = []
	let at = 0
	// To split at CR LF and look for others takes two thirds of the time of splitting at any of them.
	for (const piece of text.split('\r\n')) {
		if (piece.includes('\n') || piece.includes('\r')) for (const line of piece.split(/\n|\r/)) addLine(lines, line, -1)
		else addLine(lines, piece, at)
		at += piece.length + 2
	}
	return lines
}

function addLine(lines: Line[], sent: string, at: number): void {
	const text = sent.trim()
	const last = text.startsWith('(') ? lines.at(-1) : undefined
	if (last) {
		last.text += text
		last.at = -1
	} else lines.push({ text, at: text.length === sent.length ? at : -1 })
}

/** Where a line's number, or the meter's time, stands: both are as long in the next telegram. */
function addPlace(places: Blank[], { obis, value }: Register, { text, at: start }: Line): void {
	const open = text.indexOf('(') + 1
	const at = start + open
	if (value.kind === 'number') {
		const size = text.indexOf('*', open) - open
		const sent = text.slice(open, open + size)
		// Signs, and spaces around it, are as they were or it is another form.
		if (!/^\d+(\.\d+)?$/.test(sent) || size > 15) return
		value.at = at
		places.push({ kind: 'decimal', at, size, point: sent.indexOf('.') })
	} else if (value.kind === 'text' && obis === CLOCK) {
		value.at = at
		places.push({ kind: 'p1', at, size: value.text.length })
	}
}

// 1-0:1.8.1(000004.426*kWh): a code, then values, each in parentheses that hold none
function registerOf(line: string): Register | undefined {
	const open = line.indexOf('(')
	if (open < 0 || !line.endsWith(')')) return undefined
	const code = parseObis(line.slice(0, open))
	// A star in the code is how IEC 62056-21 writes it, not P1.
	if (!code || line.lastIndexOf('*', open) >= 0) return undefined
	const inside = line.slice(open + 1, -1)
	if (!inside.includes('(') && !inside.includes(')')) return { obis: code.text, attribute: 2, value: textValue(inside) }
	const groups = inside.split(')(')
	if (groups.some((group) => group.includes('(') || group.includes(')'))) return undefined
	return groupsOf(code.text, groups)
}

/** A register of several values. */
function groupsOf(obis: string, groups: string[]): Register {
	const [one = '', two = ''] = groups
	const time = p1Clock(one)
	if (groups.length === 2 && time) {
		const value = textValue(two)
		if (value.kind === 'number') return { obis, attribute: 2, value, time }
	}
	// (time)(00)(60)(1)(0-1:24.2.1)(m3)(00024.123): one object, its unit apart from its value.
	const [, , , objects, , unit = '', last = ''] = groups
	if (groups.length === 7 && time && objects === '1') return { obis, attribute: 2, value: textValue(`${last}*${unit}`), time }
	return { obis, attribute: 2, value: { kind: 'list', items: groups } }
}

const CLOCK = '0-0:1.0.0'

function clockOf(registers: Register[]) {
	const value = registers.find(({ obis }) => obis === CLOCK)?.value
	return value?.kind === 'text' ? p1Clock(value.text) : undefined
}

/** Codes of the meter's own id: the logical device name, else the equipment identifier. */
const IDS = ranked(['0-0:42.0.0'], ['0-0:96.1.1'], ['0-0:96.1.0'])

function identityOf(registers: Register[]): string | undefined {
	const id = idOf(registers, IDS)
	return id === undefined ? undefined : hexText(id)
}
