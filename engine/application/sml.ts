import { crcX25 } from '../bytes/crc.ts'
import { type Cursor, cursor, int, left, note, take, uint } from '../bytes/cursor.ts'
import { hex, latin1, printable } from '../bytes/hex.ts'
import type { Blank } from '../telegram/blank.ts'
import { type Budget, copied, refuse, spend } from '../telegram/budget.ts'
import { type Clock, instantClock, sourced } from '../telegram/clock.ts'
import { byForm } from '../telegram/forms.ts'
import { narrowed } from '../telegram/number.ts'
import { obisText } from '../telegram/obis.ts'
import { type Register, type Rejected, rejected, type Telegram, type Value } from '../telegram/telegram.ts'
import { cosemUnit } from '../telegram/unit.ts'
import { type Application, type ApplicationSettings, noTransfer } from './application.ts'

/** One SML value (BSI TR-03109-1, annex IV, 6): absent is `undefined`. `at`: where its bytes stand. */
type Sml = { octets: Uint8Array; at: number } | { boolean: boolean } | SmlNumber | { list: Item[] }
type SmlNumber = { number: number | bigint; at: number; size: number; signed: boolean }
type Item = Sml | undefined

const [OPEN, CLOSE, GET_LIST, ATTENTION] = [0x0101, 0x0201, 0x0701, 0xff01]

/** Deepest in the corpus: 6. */
const MAX_DEPTH = 16

// message: list of 6: transaction id, group, abort on error, body list of 2 {choice, content}, CRC-16, 00
/**
 * Reads an SML file: its GetList responses become telegrams. Refuses (`crc`) a message whose own checksum is wrong, (`length`, `depth`, `limit`)
 * what ends too early, nests too deep or holds too much, (`layout`) what is no message, (`error`) an attention response.
 */
export const sml: Application = (payload, _transfer, { explain, budget, forms }: ApplicationSettings) => {
	let others: (Telegram | Rejected)[] = []
	const first = byForm(forms, payload, budget, (bytes, spent, places) => {
		const [one, ...more] = file(cursor(bytes, 'the SML file', explain), spent, places)
		// Not when a form is learned of it, from other bytes too.
		if (bytes === payload && !places) others = more
		// Forms are of files with one list of values.
		return places && more.length > 0 ? rejected('layout', 'several lists of values') : (one ?? NO_LIST)
	})
	return { outcomes: others.length === 0 ? [first] : [first, ...others], transfer: noTransfer }
}

const NO_LIST = rejected('layout', 'an SML file without a list of values')

function file(c: Cursor, budget: Budget, places?: Blank[]): (Telegram | Rejected)[] {
	const outcomes: (Telegram | Rejected)[] = []
	while (left(c) > 0) {
		const outcome = message(c, budget, places)
		if (outcome === 'other') continue
		outcomes.push(outcome)
		if (outcome.kind === 'rejected') break
	}
	return outcomes
}

function message(c: Cursor, budget: Budget, places?: Blank[]): Telegram | Rejected | 'other' {
	const from = c.at
	if (uint(c, 1) !== 0x76) return rejected(from === 0 ? 'unknown' : 'layout', 'no SML message where one must begin')
	note(c, from, () => 'message: list of 6')
	const [transaction, , , body] = [item(c, 1, budget), item(c, 1, budget), item(c, 1, budget), item(c, 1, budget)]
	const end = c.at
	const sent = item(c, 1, budget)
	if (budget.refused) return budget.refused
	if (c.short) return rejected('length', 'the SML file ends in the middle of a message')
	if (uint(c, 1) !== 0x00 || !sent || !('number' in sent)) return rejected('layout', 'the SML message does not end as one')
	const crc = crcX25(c.bytes, from, end)
	// The low byte comes first on the line, so the number has its bytes swapped; a leading zero byte is left out by some.
	if (Number(sent.number) !== (((crc & 0xff) << 8) | (crc >> 8))) return rejected('crc', 'the checksum of an SML message is wrong')
	if (places) {
		ignore(places, transaction)
		if (!sent.signed) places.push({ kind: 'check', at: sent.at, size: sent.size, from, to: end })
	}
	const [choice, content] = listOf(body)
	const kind = choice && 'number' in choice ? Number(choice.number) : undefined
	c.notes?.pop()
	note(
		c,
		end,
		() => `checksum of the message (${{ [OPEN]: 'open', [CLOSE]: 'close', [GET_LIST]: 'list of values' }[kind ?? 0] ?? 'other'})`,
	)
	if (kind === GET_LIST) return valuesOf(content, places)
	if (kind === ATTENTION) return rejected('error', `the meter reports an error: ${text(listOf(content)[1])}`)
	if (places) ignore(places, content)
	return kind === OPEN || kind === CLOSE ? 'other' : rejected('unknown', `an SML message of kind ${kind?.toString(16) ?? 'none'}`)
}

/** Of what nothing is made, the contents may change. */
function ignore(places: Blank[], one: Item): void {
	if (!one || 'boolean' in one) return
	if ('list' in one) for (const inner of one.list) ignore(places, inner)
	else places.push({ kind: 'ignored', at: one.at, size: 'number' in one ? one.size : one.octets.length })
}

// list of 7: client id, server id, list name, sensor time, values, signature, gateway time
function valuesOf(content: Item, places?: Blank[]): Telegram | Rejected {
	const parts = listOf(content)
	const [, server, , time, values, signature, gateway] = parts
	if (parts.length !== 7 || !server || !('octets' in server) || !values || !('list' in values))
		return rejected('layout', 'an SML list of another structure')
	const registers: Register[] = []
	for (const entry of values.list) {
		const register = registerOf(listOf(entry), places)
		if (!register) return rejected('layout', 'an SML list entry of another structure')
		registers.push(register)
	}
	if (registers.length === 0) return rejected('layout', 'an SML list without values')
	if (places) {
		ignore(places, signature)
		ignore(places, gateway)
		clockPlace(places, time)
	}
	const clock = clockOf(listOf(time))
	const telegram: Telegram = { kind: 'telegram', application: 'sml', auth: 'none', registers, sequence: [], meterId: hex(server.octets) }
	if (clock) telegram.clock = sourced(clock, 'telegram')
	return telegram
}

// list of 7: object name[6], status, time, unit, scaler, value, signature
function registerOf(parts: Item[], places?: Blank[]): Register | undefined {
	if (parts.length !== 7) return undefined
	const [name, status, time, unit, scaler, sent] = parts
	if (!name || !('octets' in name) || name.octets.length !== 6) return undefined
	const value = readValue(sent, unit, scaler)
	if (!value) return undefined
	const clock = time && clockOf(listOf(time))
	if (places && sent && 'number' in sent && value.kind === 'number') {
		value.at = sent.at
		places.push({ kind: sent.signed ? 'signed' : 'unsigned', at: sent.at, size: sent.size })
	}
	if (places && isCount(time)) ignore(places, listOf(time)[1])
	const register: Register = { obis: obisText(name.octets), attribute: 2, value }
	if (status && 'number' in status) register.status = status.number
	if (clock) register.time = clock
	return register
}

function readValue(sent: Item, unit: Item, scaler: Item): Value | undefined {
	if (!sent) return { kind: 'none' }
	if ('octets' in sent) return { kind: 'text', text: text(sent) }
	if ('boolean' in sent) return { kind: 'boolean', value: sent.boolean }
	if ('list' in sent) return { kind: 'none' }
	const si = unit && 'number' in unit ? cosemUnit(Number(unit.number)) : undefined
	// Without a scaler the number is the value (SML 1.04, 4.3.2.8).
	if (scaler && (!('number' in scaler) || Math.abs(Number(scaler.number)) > 128)) return undefined
	const exponent = (scaler && 'number' in scaler ? Number(scaler.number) : 0) + (si?.exponent ?? 0)
	const known = unit && 'number' in unit ? (si?.unit ?? `unit ${unit.number}`) : undefined
	return known === undefined
		? { kind: 'number', raw: sent.number, scaler: exponent }
		: { kind: 'number', raw: sent.number, scaler: exponent, unit: known }
}

const text = (value: Item) =>
	!value || !('octets' in value) ? 'nothing' : printable(value.octets) ? latin1(value.octets) : hex(value.octets)
const listOf = (value: Item): Item[] => (value && 'list' in value ? value.list : [])

// list of 2 {choice, value}: 1 seconds since some start, 2 seconds since 1970, 3 list of 3 {seconds since 1970, offset, summer offset: minutes}
function clockOf([choice, value]: Item[]): Clock | undefined {
	if (!choice || !('number' in choice) || !value) return undefined
	if (Number(choice.number) === 2 && 'number' in value) return instantClock(Number(value.number), 0)
	const [seconds, offset, summer] = listOf(value)
	if (Number(choice.number) !== 3 || !seconds || !('number' in seconds)) return undefined
	const minutes = [offset, summer].reduce((sum, part) => sum + (part && 'number' in part ? Number(part.number) : 0), 0)
	return Math.abs(minutes) > 14 * 60 ? undefined : instantClock(Number(seconds.number), minutes)
}

/** Where the list's time stands: seconds, alone or with their offset; those since some start are no time. */
function clockPlace(places: Blank[], time: Item): void {
	const [, value] = listOf(time)
	if (isCount(time)) {
		ignore(places, value)
		return
	}
	const seconds = value && 'list' in value ? value.list[0] : value
	const offset = clockOf(listOf(time))?.offset
	if (offset !== undefined && seconds && 'number' in seconds && !seconds.signed)
		places.push({ kind: 'seconds', at: seconds.at, size: seconds.size, offset })
}

/** Whether a time is a count of seconds since some start. */
function isCount(time: Item): boolean {
	const [choice] = listOf(time)
	return choice !== undefined && 'number' in choice && Number(choice.number) === 1
}

// TL byte: E TTT LLLL   E: another TL byte follows; T: 0 octets, 4 boolean, 5 signed, 6 unsigned, 7 list; L: bytes with TL, elements of a list
function item(c: Cursor, depth: number, budget: Budget): Item {
	if (budget.refused || c.short) return undefined
	if (spend(budget)) return undefined
	const from = c.at
	let byte = uint(c, 1)
	const type = (byte & 0x70) >> 4
	let length = byte & 0x0f
	let heads = 1
	while (byte & 0x80 && !c.short) {
		byte = uint(c, 1)
		if (++heads > 4 || byte & 0x70) return refuse(budget, rejected('layout', 'a length field of SML that is none'))
		length = length * 16 + (byte & 0x0f)
	}
	if (type === 7) return list(c, length, depth, budget)
	const size = length - heads
	if (size < 0) return refuse(budget, rejected('layout', 'an SML value that is shorter than its own length field'))
	if (type === 0) {
		if (size === 0 && heads === 1) {
			note(c, from, () => 'nothing')
			return undefined
		}
		const bytes = copied(budget, take(c, size))
		note(c, from, () => octetsText(bytes))
		return { octets: bytes, at: c.at - size }
	}
	if (type === 4 && size === 1) return { boolean: uint(c, 1) !== 0 }
	if ((type !== 5 && type !== 6) || size < 1 || size > 8)
		return refuse(budget, rejected('layout', `an SML value of type ${type} and ${size} bytes`))
	if (size > left(c)) {
		take(c, size)
		return undefined
	}
	const number = integer(c, size, type === 5)
	note(c, from, () => `${type === 5 ? 'signed' : 'unsigned'}: ${number}`)
	return { number, at: c.at - size, size, signed: type === 5 }
}

function octetsText(bytes: Uint8Array): string {
	if (bytes.length === 0) return 'nothing'
	if (bytes.length === 6 && !printable(bytes)) return `octets: OBIS ${obisText(bytes)}`
	return `octets${printable(bytes) ? `: "${latin1(bytes)}"` : ''}`
}

function list(c: Cursor, length: number, depth: number, budget: Budget): Item {
	if (depth >= MAX_DEPTH) return refuse(budget, rejected('depth', `values nested deeper than ${MAX_DEPTH} levels`))
	if (length > left(c)) return refuse(budget, rejected('length', `a list of ${length} elements in ${left(c)} bytes`))
	note(c, c.at - 1, () => `list of ${length}`)
	const items: Item[] = []
	for (let at = 0; at < length && !budget.refused && !c.short; at++) items.push(item(c, depth + 1, budget))
	return { list: items }
}

/** Big-endian, of 1 to 8 bytes at the cursor: 3 bytes too (sml-dzg-dwsb20-2th-3byte). */
function integer(c: Cursor, size: number, signed: boolean): number | bigint {
	const { bytes, at } = c
	const negative = signed && ((bytes[at] ?? 0) & 0x80) !== 0
	if (size <= 6) return signed ? int(c, size) : uint(c, size)
	// Counters are sent in 8 bytes, and few need them: the upper ones of the others are 00, or FF.
	let plain = true
	for (let next = at; next <= at + size - 7; next++) if (bytes[next] !== (negative ? 0xff : 0)) plain = false
	if (plain && ((bytes[at + size - 6] ?? 0) & 0x80) === (negative ? 0x80 : 0)) {
		c.at += size - 6
		return negative ? int(c, 6) : uint(c, 6)
	}
	let value = 0n
	for (const byte of take(c, size)) value = (value << 8n) | BigInt(byte)
	return narrowed(signed ? BigInt.asIntN(8 * size, value) : value)
}
