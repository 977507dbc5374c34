import { type Cursor, cursor, integer, left, note, noted, peek, take, uint } from '../../bytes/cursor.ts'
import { hex, hexBackwards, hexByte, latin1 } from '../../bytes/hex.ts'
import { type Budget, copied, spend } from '../../telegram/budget.ts'
import { mbusClock, mbusDate, mbusLongClock, mbusTime } from '../../telegram/clock.ts'
import { narrowed, shortestFloat } from '../../telegram/number.ts'
import type { Value } from '../../telegram/register.ts'
import { type DataRecord, type Rejected, rejected } from '../../telegram/telegram.ts'
import { type Order, taken } from './order.ts'
import { type Vif, vif } from './vif.ts'

/** DIFE and VIFE of one record (EN 13757-3, 6.3.5 and 6.4.1). */
const MAX_EXTENSIONS = 10

const FUNCTIONS = ['Instantaneous value', 'Maximum value', 'Minimum value', 'Value during error state']

// DIF  E S FF DDDD   E: DIFE follows; S: lowest bit of the storage number; F: function; D: data field
// DIFE E U TT SSSS   U: next bit of the sub-unit; T: next bits of the tariff; S: next bits of the storage number
// VIF  E VVVVVVV     then VIFE E VVVVVVV …, then the value, lowest byte first
/**
 * Reads all data records from the cursor to its end. Refuses (`length`) what ends too early, (`limit`) more than 10 extensions or too many records,
 * (`layout`) data fields and value information that are reserved: where the next record begins is not known behind them. `found` gets those before.
 */
export function records(c: Cursor, budget: Budget, order: Order, found: DataRecord[] = []): DataRecord[] | Rejected {
	while (left(c) > 0) {
		const from = c.at
		const dif = peek(c)
		if (dif === 0x2f) {
			noted(c, 1, () => 'idle filler')
			continue
		}
		if (spend(budget)) break
		const record = dif === 0x0f || dif === 0x1f ? tail(c, budget) : one(c, budget, order)
		if ('kind' in record) return record
		if (c.short) return rejected('length', 'the telegram ends in the middle of a record')
		if (c.notes) note(c, from, describe(record), 'value', [record])
		found.push(record)
	}
	return budget.refused ?? found
}

/** 0F, 1F: the rest is the maker's own; 1F says that another telegram follows. */
function tail(c: Cursor, budget: Budget): DataRecord {
	const more = uint(c, 1) === 0x1f
	const text = hex(copied(budget, take(c, left(c))))
	return { ...BARE, function: more ? 'More records follow' : 'Manufacturer specific', value: { kind: 'text', text } }
}

/** What a record has of which neither a number nor a unit is known. */
export const BARE = { storage: null, tariff: null, device: null, quantity: null, qualifiers: [] }

function one(c: Cursor, budget: Budget, order: Order): DataRecord | Rejected {
	const dif = uint(c, 1)
	if ((dif & 0x0f) === 0x0f || (dif & 0x0f) === 0x08) return rejected('layout', `${hexByte(dif)} is no data field of an answer`)
	let [storage, tariff, device] = [(dif & 0x40) >> 6, 0, 0]
	let extensions = 0
	for (let last = dif; last & 0x80 && !c.short; extensions++) {
		if (extensions === MAX_EXTENSIONS) return rejected('limit', `a record with more than ${MAX_EXTENSIONS} DIFE`)
		last = uint(c, 1)
		storage += (last & 0x0f) * 2 ** (1 + 4 * extensions)
		tariff += ((last & 0x30) >> 4) * 4 ** extensions
		device += ((last & 0x40) >> 6) * 2 ** extensions
	}
	const information = informationOf(c, order)
	if ('kind' in information) return information
	const value = readValue(c, dif & 0x0f, information, budget, order)
	if (value.kind === 'rejected') return value
	return {
		function: FUNCTIONS[(dif & 0x30) >> 4] ?? '',
		storage,
		tariff: extensions > 0 ? tariff : null,
		device: extensions > 0 ? device : null,
		quantity: information.vif.quantity,
		value,
		qualifiers: information.qualifiers,
	}
}

type Information = { vif: Vif; qualifiers: string[] }

function informationOf(c: Cursor, order: Order): Information | Rejected {
	let byte = uint(c, 1)
	const code = byte & 0x7f
	let known: Vif | undefined
	if (byte === 0xfb || byte === 0xfd) {
		const table = byte === 0xfb ? 'first' : 'second'
		byte = uint(c, 1)
		known = vif(table, byte & 0x7f)
	} else if (code === 0x7c) known = { quantity: textOf(taken(c, uint(c, 1), order)), unit: '', scaler: 0 }
	else known = vif('primary', code)
	const meaning: Vif = known ?? { quantity: 'Reserved', unit: '' }
	const qualifiers: string[] = known ? [] : ['reserved']
	const vifes: number[] = []
	for (let last = byte; last & 0x80 && !c.short; ) {
		if (vifes.length === MAX_EXTENSIONS) return rejected('limit', `a record with more than ${MAX_EXTENSIONS} VIFE`)
		last = uint(c, 1)
		vifes.push(last & 0x7f)
	}
	// Behind the maker's own VIF the extensions are its own, too.
	if (code === 0x7f && byte !== 0xfb && byte !== 0xfd) return { vif: meaning, qualifiers: vifes.map(unnamed) }
	const scale = extend(qualifiers, vifes)
	return { vif: meaning.scaler === undefined ? meaning : { ...meaning, scaler: meaning.scaler + scale }, qualifiers }
}

const unnamed = (vife: number) => `VIFE ${hexByte(vife)}`

/** Adds the names of the extensions of EN 13757-3, table 15, and gives the sum of those that are powers of ten. */
function extend(qualifiers: string[], vifes: number[]): number {
	let scale = 0
	for (let at = 0; at < vifes.length; at++) {
		const code = vifes[at] ?? 0
		const phase = code === 0x7c ? PHASES[vifes[at + 1] ?? 0] : undefined
		if (code === 0x7f) {
			qualifiers.push(...vifes.slice(at).map((one) => (one === 0x7f ? 'manufacturer specific' : unnamed(one))))
			break
		}
		if (code >= 0x70 && code <= 0x77) scale += code - 0x76
		else if (code === 0x7d) scale += 3
		else if (phase !== undefined) {
			qualifiers.push(phase)
			at++
		} else qualifiers.push(NAMED[code] ?? unnamed(code))
	}
	return scale
}

const NAMED: Record<number, string> = { 59: 'positive only', 60: 'negative only', 126: 'future value' }
/** Behind VIFE FC (EN 13757-3:2018, table 17). */
const PHASES: Record<number, string> = {
	1: 'phase 1',
	2: 'phase 2',
	3: 'phase 3',
	4: 'neutral',
	5: 'phases 1 and 2',
	6: 'phases 2 and 3',
	7: 'phases 3 and 1',
	8: 'quadrant 1',
	9: 'quadrant 2',
	10: 'quadrant 3',
	11: 'quadrant 4',
}

/** A text in a value: its last character is the lowest byte. */
const textOf = (bytes: Uint8Array) => latin1(Uint8Array.from(bytes).reverse())

const LENGTHS = [0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6]

function readValue(c: Cursor, field: number, { vif: meaning }: Information, budget: Budget, order: Order): Value | Rejected {
	if (field === 0x0d) return variable(c, meaning, budget, order)
	const bytes = copied(budget, taken(c, LENGTHS[field] ?? 0, order))
	if (field === 0) return { kind: 'none' }
	if (meaning.kind !== undefined && field <= 6 && field !== 5) return time(bytes)
	if (field === 5) return bytes.length < 4 ? { kind: 'none' } : real(bytes, meaning)
	return field < 8 ? number(signed(bytes), meaning) : bcd(bytes, meaning)
}

/** Types G, J, F and I, told apart by their length. */
function time(bytes: Uint8Array): Value {
	if (bytes.length < 4) {
		const text = bytes.length === 2 ? mbusDate(bytes) : bytes.length === 3 ? mbusTime(bytes) : undefined
		return text === undefined ? { kind: 'none' } : { kind: 'text', text }
	}
	const clock = bytes.length === 4 ? mbusClock(bytes) : bytes.length === 6 ? mbusLongClock(bytes) : undefined
	return clock ? { kind: 'clock', clock } : { kind: 'none' }
}

function number(raw: number | bigint, { unit, scaler, factor = 1 }: Vif): Value {
	const value = typeof raw === 'bigint' ? raw * BigInt(factor) : raw * factor
	return { kind: 'number', raw: value, ...(scaler !== undefined && { scaler, unit }) }
}

function real(bytes: Uint8Array, meaning: Vif): Value {
	const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true)
	return Number.isFinite(value) ? number(shortestFloat(value), meaning) : { kind: 'none' }
}

/** Two's complement, lowest byte first (type B). */
const signed = (bytes: Uint8Array) => integer(cursor(Uint8Array.from(bytes).reverse()), bytes.length, true)

/** Type A, lowest digits first; F as the highest digit is a minus. Other digits above 9 are how displays show errors: no number. */
function bcd(bytes: Uint8Array, meaning: Vif): Value {
	const digits = hexBackwards(bytes)
	const decimal = digits.replace(/^F/, '-')
	return /^-?\d+$/.test(decimal) ? number(narrowed(BigInt(decimal)), meaning) : { kind: 'text', text: digits }
}

// LVAR 00–BF: text of so many characters; C0–C9, D0–D9: positive and negative BCD of so many bytes; E0–EF: binary of so many bytes;
// F0–F4: binary of 16, 20, 24, 28, 32 bytes (4 × (LVAR − EC)); F5: 48, F6: 64     (EN 13757-3, 6.3.4)
function variable(c: Cursor, meaning: Vif, budget: Budget, order: Order): Value | Rejected {
	const length = uint(c, 1)
	if (length < 0xc0) return { kind: 'text', text: textOf(copied(budget, taken(c, length, order))) }
	if (length <= 0xc9) return bcd(copied(budget, taken(c, length - 0xc0, order)), meaning)
	if (length >= 0xd0 && length <= 0xd9) {
		const value = bcd(copied(budget, taken(c, length - 0xd0, order)), meaning)
		return value.kind === 'number' ? { ...value, raw: -value.raw } : value
	}
	const size = length >= 0xe0 && length <= 0xef ? length - 0xe0 : length >= 0xf0 && length <= 0xf4 ? 4 * (length - 0xec) : BIG[length]
	if (size === undefined) return rejected('layout', `${hexByte(length)} is a reserved length of a value`)
	const bytes = copied(budget, taken(c, size, order))
	return size > 0 && size <= 8 ? number(signed(bytes), meaning) : { kind: 'text', text: hexBackwards(bytes) }
}

const BIG: Record<number, number> = { 245: 48, 246: 64 }

/** Says in words what a record measures, and its value. */
export function describe({ function: name, quantity, storage, tariff, device, qualifiers, value }: DataRecord): string {
	const of = [storage ? `storage ${storage}` : '', tariff ? `tariff ${tariff}` : '', device ? `device ${device}` : '', ...qualifiers]
	const what = [quantity === null ? name : `${name}: ${quantity}`, ...of.filter((part) => part !== '')].join(', ')
	return `${what}: ${shownAs(value)}`
}

function shownAs(value: Value): string {
	if (value.kind === 'number') return `${value.raw}${value.scaler ? ` × 10^${value.scaler}` : ''} ${value.unit ?? '(unscaled)'}`.trim()
	if (value.kind === 'clock') return value.clock.local
	return value.kind === 'text' ? value.text : 'nothing'
}
