import { berLength, type Cursor, int, int64, left, peek, take, uint, uint64 } from '../../bytes/cursor.ts'
import { latin1, printable } from '../../bytes/hex.ts'
import type { Blank } from '../../telegram/blank.ts'
import { type Budget, copied, MAX_NODES, spend } from '../../telegram/budget.ts'
import { shortestFloat } from '../../telegram/number.ts'
import { obisText } from '../../telegram/obis.ts'
import { type Rejected, rejected } from '../../telegram/telegram.ts'

/** One A-XDR value (IEC 61334-6; types: DLMS Green Book, 9.5, "Data"). */
export type Data =
	| { type: 'null' }
	| { type: 'list'; items: Data[] }
	| { type: 'boolean'; value: boolean }
	/** Integers, enums and floats; only an `integer` has a scaler. `at`, here and below: where it stands; -1 unless a form is learned. */
	| { type: 'number'; value: number | bigint; integer: boolean; at: number }
	/** `obis`: the code that six of them are, where their first is a medium (0 to 15; printable text begins at 32). */
	| { type: 'octets'; bytes: Uint8Array; obis?: string; at: number }
	| { type: 'text'; text: string }
	| { type: 'date-time'; bytes: Uint8Array; at: number }

/** Deepest in the corpus: 5 levels. */
const MAX_DEPTH = 16

type State = Budget & { swapped: boolean; places?: Blank[] | undefined }

/**
 * Reads one A-XDR value at the cursor. Refuses (`length`) what ends too early or declares more elements than bytes left,
 * (`depth`, `limit`) what nests too deep or holds too much, (`layout`) unknown tags. `swapped`: 06 09 is read as octets of six, as if it were 09 06.
 * `places`: gets those of integers and times.
 */
export function axdr(c: Cursor, spent: Budget, swapped = false, places?: Blank[]): Data | Rejected {
	const budget = Object.assign(spent, { swapped, places })
	const data = tagged(c, 0, budget)
	if (budget.refused) return budget.refused
	return c.short ? rejected('length', 'the data end in the middle of a value') : data
}

/** Whether `axdr` refused. */
export function isRejected(value: Data | Rejected): value is Rejected {
	return 'kind' in value
}

function tagged(c: Cursor, depth: number, budget: State): Data {
	const from = c.at
	// A list is noted before what is in it: its place is kept.
	const place = c.notes?.push({ at: from, length: 0, text: '' })
	const data = content(uint(c, 1), c, depth, budget)
	if (c.notes && place !== undefined)
		c.notes[place - 1] = { at: from, length: data.type === 'list' ? 2 : c.at - from, text: '  '.repeat(depth) + describe(data) }
	return data
}

/** A value in words. */
function describe(data: Data): string {
	switch (data.type) {
		case 'null':
			return 'nothing'
		case 'list':
			return `list of ${data.items.length}`
		case 'octets':
			return data.bytes.length === 6 && (data.bytes[0] ?? 16) <= 15
				? `octets: OBIS ${obisText(data.bytes)}`
				: `octets${printable(data.bytes) ? `: "${latin1(data.bytes)}"` : ''}`
		case 'date-time':
			return 'date and time'
		case 'text':
			return `text: "${data.text}"`
		default:
			return `${data.type}: ${String(data.value)}`
	}
}

function content(tag: number, c: Cursor, depth: number, budget: State): Data {
	if (budget.refused || c.short) return { type: 'null' }
	if (spend(budget)) return { type: 'null' }
	switch (tag) {
		case 0x00: // null-data
		case 0xff: // dont-care
			return { type: 'null' }
		case 0x01: // array
		case 0x02: // structure
			return list(c, depth, budget)
		case 0x03:
			return { type: 'boolean', value: uint(c, 1) !== 0 }
		case 0x04: // bit-string: length in bits
			return { type: 'octets', bytes: take(c, Math.ceil(berLength(c) / 8)), at: -1 }
		case 0x09:
			return octets(c, budget)
		case 0x0a: // visible-string
		case 0x0c: // utf8-string
			return { type: 'text', text: textOf(tag, copied(budget, take(c, berLength(c)))) }
		case 0x0d: // bcd
		case 0x0f: // integer
		case 0x1c: // delta-integer
			return signed(c, 1, budget)
		case 0x10: // long
		case 0x1d: // delta-long
			return signed(c, 2, budget)
		case 0x05: // double-long
		case 0x1e: // delta-double-long
			return signed(c, 4, budget)
		case 0x14: // long64
			return long(int64(c), placeOf(c, 'signed', 8, budget))
		case 0x16: // enum
			return { type: 'number', value: uint(c, 1), integer: false, at: placeOf(c, 'unsigned', 1, budget) }
		case 0x11: // unsigned
		case 0x1f: // delta-unsigned
			return unsigned(c, 1, budget)
		case 0x12: // long-unsigned
		case 0x20: // delta-long-unsigned
			return unsigned(c, 2, budget)
		case 0x06: // double-long-unsigned
			if (budget.swapped && peek(c) === 0x09 && peek(c, 1) <= 15) {
				take(c, 1)
				return codeOf(take(c, 6))
			}
			return unsigned(c, 4, budget)
		case 0x21: // delta-double-long-unsigned
			return unsigned(c, 4, budget)
		case 0x15: // long64-unsigned
			return long(uint64(c), placeOf(c, 'unsigned', 8, budget))
		case 0x17: // float32
			return float(c, 4)
		case 0x18: // float64
			return float(c, 8)
		case 0x19:
			return { type: 'date-time', bytes: take(c, 12), at: placeOf(c, 'cosem', 12, budget) }
		case 0x1a: // date
			return { type: 'octets', bytes: take(c, 5), at: -1 }
		case 0x1b: // time
			return { type: 'octets', bytes: take(c, 4), at: -1 }
		case 0x13:
			return compactArray(c, depth, budget)
		default:
			return denied(budget, rejected('layout', `unknown data type ${tag.toString(16).padStart(2, '0')} at byte ${c.at - 1} of the APDU`))
	}
}

const codeOf = (bytes: Uint8Array): Data =>
	bytes.length === 6 ? { type: 'octets', bytes, obis: obisText(bytes), at: -1 } : { type: 'octets', bytes, at: -1 }

/** Codes that were read before, by their text: half of what a telegram holds is one of these, and nothing has to be made for it. */
const codes = new Map<string, Data>()
/** A town's meters send a few hundred. */
const MANY = 4096

function octets(c: Cursor, budget: State): Data {
	const length = berLength(c)
	const first = peek(c)
	if (length !== 6 || first > 15 || left(c) < 6) {
		const bytes = copied(budget, take(c, length))
		return { type: 'octets', bytes, at: length === 12 ? placeOf(c, 'cosem', 12, budget) : -1 }
	}
	const obis = obisText(c.bytes, c.at)
	const known = codes.get(obis)
	if (known) {
		budget.bytes += 6
		c.at += 6
		return known
	}
	const data: Data = { type: 'octets', bytes: Uint8Array.from(copied(budget, take(c, 6))), obis, at: -1 }
	if (codes.size < MANY) codes.set(obis, data)
	return data
}

const textOf = (tag: number, bytes: Uint8Array) => (tag === 0x0c ? new TextDecoder().decode(bytes) : latin1(bytes))

function list(c: Cursor, depth: number, budget: State): Data {
	if (depth >= MAX_DEPTH) return denied(budget, rejected('depth', `data nested deeper than ${MAX_DEPTH} levels`))
	const count = berLength(c)
	if (count > left(c)) return denied(budget, rejected('length', `a list of ${count} elements in ${left(c)} bytes`))
	const items: Data[] = []
	for (let i = 0; i < count && !c.short && !budget.refused; i++) items.push(tagged(c, depth + 1, budget))
	return { type: 'list', items }
}

// 13 | type description | length of contents | contents: elements without their tags
// A type description is a tag; 01: array, u16 count and one description; 02: structure, count and that many descriptions.
function compactArray(c: Cursor, depth: number, budget: State): Data {
	const shape = shapeOf(c, depth, budget)
	if (budget.refused) return { type: 'null' }
	const end = berLength(c) + c.at
	if (end > c.bytes.length) return denied(budget, rejected('length', 'a compact array longer than the telegram'))
	const items: Data[] = []
	while (c.at < end && !c.short && !budget.refused) {
		const before = c.at
		items.push(shaped(shape, c, depth + 1, budget))
		// An element of no bytes would fill the memory without end (gurux.dlms.java pull 35).
		if (c.at === before) return denied(budget, rejected('limit', 'a compact array of empty elements'))
	}
	if (c.at !== end) return denied(budget, rejected('length', 'a compact array whose elements do not end with it'))
	return { type: 'list', items }
}

type Shape = { tag: number; inner: Shape[] }

function shapeOf(c: Cursor, depth: number, budget: State): Shape {
	const tag = uint(c, 1)
	const inner: Shape[] = []
	if (depth >= MAX_DEPTH) denied(budget, rejected('depth', `data nested deeper than ${MAX_DEPTH} levels`))
	if (spend(budget)) return { tag, inner }
	if (tag === 0x01) {
		const count = uint(c, 2)
		const element = shapeOf(c, depth + 1, budget)
		if (count > MAX_NODES) denied(budget, rejected('limit', `an array of ${count} elements`))
		else for (let i = 0; i < count; i++) inner.push(element)
	} else if (tag === 0x02) {
		const count = uint(c, 1)
		for (let i = 0; i < count && !c.short && !budget.refused; i++) inner.push(shapeOf(c, depth + 1, budget))
	}
	return { tag, inner }
}

function shaped(shape: Shape, c: Cursor, depth: number, budget: State): Data {
	if (shape.tag !== 0x01 && shape.tag !== 0x02) return content(shape.tag, c, depth, budget)
	if (depth >= MAX_DEPTH) return denied(budget, rejected('depth', `data nested deeper than ${MAX_DEPTH} levels`))
	if (spend(budget)) return { type: 'null' }
	const items: Data[] = []
	for (const inner of shape.inner) {
		if (c.short || budget.refused) break
		items.push(shaped(inner, c, depth + 1, budget))
	}
	return { type: 'list', items }
}

const signed = (c: Cursor, size: number, budget: State): Data => number(int(c, size), placeOf(c, 'signed', size, budget))
const unsigned = (c: Cursor, size: number, budget: State): Data => number(uint(c, size), placeOf(c, 'unsigned', size, budget))
const number = (value: number, at: number): Data => ({ type: 'number', value, integer: true, at })
const long = (value: bigint, at: number): Data => ({ type: 'number', value: fits(value) ? Number(value) : value, integer: true, at })

/** Where the value stood that was just read. */
function placeOf(c: Cursor, kind: 'signed' | 'unsigned' | 'cosem', size: number, { places }: State): number {
	if (!places) return -1
	places.push({ kind, at: c.at - size, size })
	return c.at - size
}

const fits = (value: bigint) => value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER

function float(c: Cursor, size: 4 | 8): Data {
	const bytes = take(c, size)
	if (bytes.length < size) return { type: 'null' }
	const view = new DataView(bytes.buffer, bytes.byteOffset, size)
	const value = size === 4 ? shortestFloat(view.getFloat32(0)) : view.getFloat64(0)
	return Number.isFinite(value) ? { type: 'number', value, integer: false, at: -1 } : { type: 'null' }
}

/** A refusal in place of a value. */
function denied(budget: State, refused: Rejected): Data {
	budget.refused ??= refused
	return { type: 'null' }
}
