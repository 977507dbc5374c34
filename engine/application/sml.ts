import { crcKermit, crcX25 } from '../bytes/crc.ts'
import { type Cursor, cursor, integer, type Layer, left, note, noted, pass, peek, uint } from '../bytes/cursor.ts'
import { hex, latin1, printable } from '../bytes/hex.ts'
import { type Budget, refuse, spend, spendBytes } from '../telegram/budget.ts'
import { type Clock, instantClock, sourced } from '../telegram/clock.ts'
import { codeAt } from '../telegram/code.ts'
import { numberRegister, type ReadValue, type Register, registerAt } from '../telegram/register.ts'
import { type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import { cosemUnit } from '../telegram/unit.ts'
import { type Application, type ApplicationSettings, noTransfer } from './application.ts'
import { Nodes } from './nodes.ts'

/** Kinds of SML values (BSI TR-03109-1, annex IV, 6). */
const [ABSENT, OCTETS, BOOLEAN, NUMBER, LIST] = [0, 1, 2, 3, 4]
const [OPEN, CLOSE, GET_LIST, ATTENTION] = [0x0101, 0x0201, 0x0701, 0xff01]

/** Deepest in the corpus: 6. */
const MAX_DEPTH = 16

/** One for all: a message is read into it, and its registers out of it, before the next. */
const nodes = new Nodes()

// message: list of 6: transaction id, group, abort on error, body list of 2 {choice, content}, CRC-16, 00
/**
 * Reads an SML file: its GetList responses become telegrams. Refuses (`crc`) a message whose own checksum is wrong, (`length`, `depth`, `limit`)
 * what ends too early, nests too deep or holds too much, (`layout`) what is no message, (`error`) an attention response.
 */
export const sml: Application = (payload, _transfer, { explain, budget }: ApplicationSettings) => {
	const c = cursor(payload, 'the SML file', explain)
	const outcomes: (Telegram | Rejected)[] = []
	while (left(c) > 0) {
		if (c.at > 0 && peek(c) === 0x00) {
			noted(c, 1, () => 'fill byte')
			continue
		}
		const outcome = message(c, budget)
		if (outcome === 'other') continue
		outcomes.push(outcome)
		if (outcome.kind === 'rejected') break
	}
	return { outcomes: outcomes.length > 0 ? outcomes : [rejected('layout', 'an SML file without a list of values')], transfer: noTransfer }
}

function message(c: Cursor, budget: Budget): Telegram | Rejected | 'other' {
	const from = c.at
	if (uint(c, 1) !== 0x76) return rejected(from === 0 ? 'unknown' : 'layout', 'no SML message where one must begin')
	if (c.notes) note(c, from, 'message: list of 6')
	nodes.clear(c.notes !== undefined)
	for (let part = 0; part < 3; part++) item(c, 1, budget)
	const body = nodes.count
	item(c, 1, budget)
	const end = c.at
	const sent = nodes.count
	item(c, 1, budget)
	if (budget.refused) return budget.refused
	if (c.short) return rejected('length', 'the SML file ends in the middle of a message')
	if (uint(c, 1) !== 0x00 || nodes.kinds[sent] !== NUMBER) return rejected('layout', 'the SML message does not end as one')
	if (!isChecked(c.bytes, from, end, nodes.numbers[sent] as number)) return rejected('crc', 'the checksum of an SML message is wrong')
	const choice = part(body, 0)
	const content = part(body, 1)
	const kind = numberAt(choice)
	c.notes?.pop()
	if (c.notes) note(c, end, `checksum of the message (${NAMES[kind ?? 0] ?? 'other'})`)
	if (kind === GET_LIST) return valuesOf(c.bytes, content)
	if (kind === ATTENTION) return rejected('error', `the meter reports an error: ${textAt(c.bytes, part(content, 1))}`)
	return kind === OPEN || kind === CLOSE ? 'other' : rejected('unknown', `an SML message of kind ${kind?.toString(16) ?? 'none'}`)
}

/**
 * Whether a message has this checksum. The low byte of X-25 comes first on the line, so the number has its bytes swapped; a leading zero byte is left
 * out by some. Some compute CRC-16/KERMIT (Holley DTZ541).
 */
function isChecked(bytes: Uint8Array, from: number, to: number, sent: number): boolean {
	const crc = crcX25(bytes, from, to)
	return sent === (((crc & 0xff) << 8) | (crc >> 8)) || sent === crcKermit(bytes, from, to)
}

const NAMES: Record<number, string> = { [OPEN]: 'open', [CLOSE]: 'close', [GET_LIST]: 'list of values' }

/** The place of a part of a list; -1 where there is no such list, or no such part. */
function part(list: number, index: number): number {
	if (lengthAt(list) <= index) return -1
	let place = list + 1
	for (let next = 0; next < index; next++) place = nodes.nexts[place] as number
	return place
}

const lengthAt = (place: number) => (place >= 0 && nodes.kinds[place] === LIST ? (nodes.numbers[place] as number) : 0)
const kindAt = (place: number) => (place >= 0 ? (nodes.kinds[place] as number) : ABSENT)
const numberAt = (place: number) => (kindAt(place) === NUMBER ? nodes.numbers[place] : undefined)

// list of 7: client id, server id, list name, sensor time, values, signature, gateway time
function valuesOf(bytes: Uint8Array, content: number): Telegram | Rejected {
	const server = part(content, 1)
	const values = part(content, 4)
	if (lengthAt(content) !== 7 || kindAt(server) !== OCTETS || kindAt(values) !== LIST)
		return rejected('layout', 'an SML list of another structure')
	const registers: Register[] = []
	const end = nodes.nexts[values] as number
	for (let entry = values + 1; entry < end; entry = nodes.nexts[entry] as number) {
		const register = entryAt(bytes, entry)
		if (!register) {
			const refused = rejected('layout', 'an SML list entry of another structure')
			return nodes.notes ? { ...refused, read: { kind: 'telegram', application: 'sml', auth: 'none', registers, sequence: [] } } : refused
		}
		registers.push(register)
	}
	if (registers.length === 0) return rejected('layout', 'an SML list without values')
	const clock = clockAt(part(content, 3))
	const meterId = hex(bytes, nodes.starts[server], nodes.ends[server])
	const telegram: Telegram = { kind: 'telegram', application: 'sml', auth: 'none', registers, sequence: [], meterId }
	if (clock) telegram.clock = sourced(clock, 'telegram')
	return telegram
}

// list of 7: object name[6], status, time, unit, scaler, value, signature
function entryAt(bytes: Uint8Array, entry: number): Register | undefined {
	const name = entry + 1
	if (lengthAt(entry) !== 7 || nodes.kinds[name] !== OCTETS || nodes.size(name) !== 6) return undefined
	const status = nodes.nexts[name] as number
	const time = nodes.nexts[status] as number
	const unit = nodes.nexts[time] as number
	const scaler = nodes.nexts[unit] as number
	const value = nodes.nexts[scaler] as number
	const code = codeAt(bytes, nodes.starts[name] as number)
	const kind = nodes.kinds[value] as number
	let register: Register
	if (kind === NUMBER) {
		// Without a scaler the number is the value (SML 1.04, 4.3.2.8).
		const power = nodes.kinds[scaler] === ABSENT ? 0 : numberAt(scaler)
		if (power === undefined || Math.abs(power) > 128) return undefined
		const known = numberAt(unit)
		const si = known === undefined ? undefined : cosemUnit(known)
		const name = known === undefined ? undefined : (si?.unit ?? `unit ${nodes.raw(unit)}`)
		register = numberRegister(code, nodes.raw(value), power + (si?.exponent ?? 0), name)
	} else register = registerAt(code, 2, bytes, nodes.starts[value] as number, nodes.ends[value] as number, READS[kind] ?? none)
	if (nodes.notes) nodes.became(register, entry, name, status, time, unit, scaler, value, nodes.nexts[value] as number)
	if (nodes.kinds[status] === NUMBER) register.status = nodes.raw(status)
	if (nodes.kinds[time] === LIST) register.time = clockAt(time)
	return register
}

const none: ReadValue = () => ({ kind: 'none' })
const READS: Record<number, ReadValue> = {
	[OCTETS]: (bytes, from, to) => ({ kind: 'text', text: octetsText(bytes.subarray(from, to)) }),
	[BOOLEAN]: (bytes, from) => ({ kind: 'boolean', value: bytes[from] !== 0 }),
}

const octetsText = (octets: Uint8Array) => (printable(octets) ? latin1(octets) : hex(octets))
const textAt = (bytes: Uint8Array, place: number) =>
	kindAt(place) === OCTETS ? octetsText(bytes.subarray(nodes.starts[place], nodes.ends[place])) : 'nothing'

// list of 2 {choice, value}: 1 seconds since some start, 2 seconds since 1970, 3 list of 3 {seconds since 1970, offset, summer offset: minutes}
function clockAt(place: number): Clock | undefined {
	const choice = numberAt(part(place, 0))
	const value = part(place, 1)
	if (choice === 2 && kindAt(value) === NUMBER) return instantClock(nodes.numbers[value] as number, 0)
	const seconds = numberAt(part(value, 0))
	if (choice !== 3 || seconds === undefined) return undefined
	const minutes = (numberAt(part(value, 1)) ?? 0) + (numberAt(part(value, 2)) ?? 0)
	return Math.abs(minutes) > 14 * 60 ? undefined : instantClock(seconds, minutes)
}

// TL byte: E TTT LLLL   E: another TL byte follows; T: 0 octets, 4 boolean, 5 signed, 6 unsigned, 7 list; L: bytes with TL, elements of a list
function item(c: Cursor, depth: number, budget: Budget): undefined {
	if (budget.refused || c.short || spend(budget)) return
	const from = c.at
	let byte = uint(c, 1)
	const type = (byte & 0x70) >> 4
	let length = byte & 0x0f
	let heads = 1
	while (byte & 0x80 && !c.short) {
		byte = uint(c, 1)
		if (++heads > 4 || byte & 0x70) return refuse(budget, rejected('layout', 'a broken length field of SML'))
		length = length * 16 + (byte & 0x0f)
	}
	if (type === 7) return list(c, from, length, depth, budget)
	const size = length - heads
	if (size < 0) return refuse(budget, rejected('layout', 'an SML value that is shorter than its own length field'))
	if (type === 0) octets(c, from, size, heads, budget)
	else if (type === 4 && size === 1) {
		const place = nodes.add(BOOLEAN, c.at, c.at + 1, uint(c, 1))
		if (c.notes) noteAt(c, place, from, `boolean: ${nodes.numbers[place] !== 0}`, 'value')
	} else if ((type !== 5 && type !== 6) || size < 1 || size > 8)
		refuse(budget, rejected('layout', `an SML value of type ${type} and ${size} bytes`))
	else if (size > left(c)) pass(c, size)
	else {
		// Of 3 bytes too (sml-dzg-dwsb20-2th-3byte).
		const number = integer(c, size, type === 5)
		const place = nodes.addInteger(NUMBER, c.at - size, c.at, number)
		if (c.notes) noteAt(c, place, from, `${type === 5 ? 'signed' : 'unsigned'}: ${number}`, 'value')
	}
}

function octets(c: Cursor, from: number, size: number, heads: number, budget: Budget): undefined {
	const { bytes } = c
	const start = pass(c, size)
	const isAbsent = size === 0 && heads === 1
	if (!isAbsent) spendBytes(budget, c.at - start)
	const place = nodes.add(isAbsent ? ABSENT : OCTETS, start, isAbsent ? start : c.at, 0)
	if (c.notes) noteAt(c, place, from, octetsNote(bytes.subarray(start, c.at)), c.at > start ? 'value' : undefined)
}

/** Notes what the bytes of the value at a place mean. */
function noteAt(c: Cursor, place: number, from: number, text: string, layer?: Layer): void {
	note(c, from, text, layer)
	const made = c.notes?.at(-1)
	if (made && nodes.notes) nodes.notes[place] = made
}

function octetsNote(bytes: Uint8Array): string {
	if (bytes.length === 0) return 'nothing'
	if (bytes.length === 6 && !printable(bytes)) return `octets: OBIS ${codeAt(bytes, 0).text}`
	return `octets${printable(bytes) ? `: "${latin1(bytes)}"` : ''}`
}

function list(c: Cursor, from: number, length: number, depth: number, budget: Budget): undefined {
	if (depth >= MAX_DEPTH) return refuse(budget, rejected('depth', `values nested deeper than ${MAX_DEPTH} levels`))
	if (length > left(c)) return refuse(budget, rejected('length', `a list of ${length} elements in ${left(c)} bytes`))
	const place = nodes.add(LIST, c.at, c.at, length)
	if (c.notes) noteAt(c, place, from, `list of ${length}`)
	for (let next = 0; next < length && !budget.refused && !c.short; next++) item(c, depth + 1, budget)
	nodes.close(place, length, c.at)
}
