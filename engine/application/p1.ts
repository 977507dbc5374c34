import { fromHex, latin1, printable } from '../bytes/hex.ts'
import { p1Clock } from '../telegram/clock.ts'
import { decimal } from '../telegram/number.ts'
import { parseObis } from '../telegram/obis.ts'
import { type Register, type Rejected, rejected, type Telegram, type Value } from '../telegram/telegram.ts'
import { siUnit } from '../telegram/unit.ts'

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
 * Rejects (`syntax`) a telegram with a line that is none of these.
 */
export function p1(payload: Uint8Array): Telegram | Rejected {
	const lines = joinContinued(latin1(payload).split(/\r\n|\n|\r/))
	if (!/^\/[\x20-\x7e]{3,}$/.test(lines[0] ?? '')) return rejected('syntax', 'the telegram does not begin with /XXX and an identification')
	const registers: Register[] = []
	for (const line of lines.slice(1)) {
		if (line === '' || line === '!') continue
		const register = registerOf(line)
		if (!register) return rejected('syntax', `not a P1 line: ${line.slice(0, 60)}`)
		registers.push(register)
	}
	if (registers.length === 0) return rejected('layout', 'a telegram without a value')
	const clock = clockOf(registers)
	const meterId = identityOf(registers)
	return {
		kind: 'telegram',
		application: 'p1',
		auth: 'none',
		registers,
		sequence: [],
		...(meterId !== undefined && { meterId }),
		...(clock && { clock: { ...clock, source: 'meter' as const } }),
	}
}

/** A line that begins with `(` continues the one before. */
function joinContinued(lines: string[]): string[] {
	const joined: string[] = []
	for (const line of lines.map((text) => text.trim())) {
		if (line.startsWith('(') && joined.length > 0) joined[joined.length - 1] += line
		else joined.push(line)
	}
	return joined
}

function registerOf(line: string): Register | undefined {
	const match = /^([\d.:*-]+)((?:\([^()]*\))+)$/.exec(line)
	const obis = match?.[1] === undefined ? undefined : parseObis(match[1])
	if (!obis || match?.[2] === undefined) return undefined
	const groups = match[2].slice(1, -1).split(')(')
	const code = `${obis.a}-${obis.b}:${obis.c}.${obis.d}.${obis.e}${obis.f === 255 ? '' : `*${obis.f}`}`
	const [one = '', two = ''] = groups
	if (groups.length === 1) return { obis: code, attribute: 2, value: single(one) }
	const time = p1Clock(one)
	if (groups.length === 2 && time) {
		const value = single(two)
		if (value.kind === 'number') return { obis: code, attribute: 2, value, time }
	}
	// (time)(00)(60)(1)(0-1:24.2.1)(m3)(00024.123): one object, its unit apart from its value.
	const [, , , objects, , unit = '', last = ''] = groups
	if (groups.length === 7 && time && objects === '1') return { obis: code, attribute: 2, value: single(`${last}*${unit}`), time }
	return { obis: code, attribute: 2, value: { kind: 'list', items: groups } }
}

function single(text: string): Value {
	const star = text.indexOf('*')
	const number = star < 0 ? undefined : decimal(text.slice(0, star))
	if (!number) return { kind: 'text', text }
	const { unit, exponent } = siUnit(text.slice(star + 1))
	return { kind: 'number', raw: number.raw, scaler: number.scaler + exponent, unit }
}

function clockOf(registers: Register[]) {
	const value = registers.find(({ obis }) => obis === '0-0:1.0.0')?.value
	return value?.kind === 'text' ? p1Clock(value.text) : undefined
}

/** The meter's own id: the logical device name, else the equipment identifier. */
function identityOf(registers: Register[]): string | undefined {
	for (const code of ['0-0:42.0.0', '0-0:96.1.1', '0-0:96.1.0']) {
		const value = registers.find(({ obis }) => obis === code)?.value
		if (value?.kind === 'text' && value.text !== '') return hexText(value.text)
	}
	return undefined
}

/** P1 writes texts as hex digits (DSMR 5.0.2, 6.4, "octet-string"): their characters when all are printable, else as sent. */
function hexText(text: string): string {
	const bytes = fromHex(text)
	return bytes && printable(bytes) ? latin1(bytes) : text
}
