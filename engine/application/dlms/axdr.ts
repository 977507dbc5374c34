import { berLength, type Cursor, integer, left, type Note, pass, peek, uint } from '../../bytes/cursor.ts'
import { latin1, printable } from '../../bytes/hex.ts'
import { type Budget, MAX_NODES, refuse, spend, spendBytes } from '../../telegram/budget.ts'
import { codeAt } from '../../telegram/code.ts'
import { shortestFloat } from '../../telegram/number.ts'
import { type Rejected, rejected } from '../../telegram/telegram.ts'
import type { Nodes } from '../nodes.ts'

/** Kinds of A-XDR values (IEC 61334-6; types: DLMS Green Book, 9.5, "Data"). */
export const NULL = 0
export const LIST = 1
export const BOOLEAN = 2
/** An integer: only these have a scaler. */
export const INTEGER = 3
/** An enum or a float. */
export const NUMBER = 4
export const OCTETS = 5
/** Six octets whose first is a medium (0 to 15; printable text begins at 32): an OBIS code. */
export const CODE = 6
export const TEXT = 7
export const UTF8 = 8
export const DATE_TIME = 9

/** Deepest in the corpus: 5 levels. */
const MAX_DEPTH = 16

/** The reading of a value: the cursor, the budget, and the nodes that it goes to. */
type Reading = { c: Cursor; budget: Budget; nodes: Nodes; swapped: boolean }

/**
 * Reads one A-XDR value at the cursor into `nodes`. Refuses (`length`) what ends too early or declares more elements than bytes left,
 * (`depth`, `limit`) what nests too deep or holds too much, (`layout`) unknown tags. `swapped`: 06 09 is read as octets of six, as if it were 09 06.
 */
export function axdr(c: Cursor, budget: Budget, nodes: Nodes, swapped = false): Rejected | undefined {
	tagged({ c, budget, nodes, swapped }, 0)
	if (budget.refused) return budget.refused
	return c.short ? rejected('length', 'the data end in the middle of a value') : undefined
}

function tagged(r: Reading, depth: number): undefined {
	const { c, nodes } = r
	if (!c.notes) return content(r, uint(c, 1), depth)
	const from = c.at
	const place = nodes.count
	// A list is noted before what is in it: its place is kept.
	const noted = c.notes.push({ at: from, length: 0, text: '' }) - 1
	content(r, uint(c, 1), depth)
	const isList = nodes.kinds[place] === LIST
	const text = '  '.repeat(depth) + describe(c.bytes, nodes, place)
	// A code names the value behind it.
	const isValue = !isList && nodes.kinds[place] !== CODE
	const made: Note = { at: from, length: isList ? 2 : c.at - from, text, ...(isValue && { layer: 'value' as const }) }
	c.notes[noted] = made
	if (nodes.notes) nodes.notes[place] = made
}

/** A value in words. */
function describe(bytes: Uint8Array, nodes: Nodes, place: number): string {
	const content = bytes.subarray(nodes.starts[place], nodes.ends[place])
	switch (nodes.kinds[place]) {
		case NULL:
			return 'nothing'
		case LIST:
			return `list of ${nodes.numbers[place]}`
		case BOOLEAN:
			return `boolean: ${content[0] !== 0}`
		case CODE:
			return `octets: OBIS ${codeAt(bytes, nodes.starts[place] as number).text}`
		case OCTETS:
			return `octets${printable(content) ? `: "${latin1(content)}"` : ''}`
		case DATE_TIME:
			return 'date and time'
		case TEXT:
			return `text: "${latin1(content)}"`
		case UTF8:
			return `text: "${new TextDecoder().decode(content)}"`
		default:
			return `number: ${nodes.raw(place)}`
	}
}

/** How a value whose size the tag tells becomes a number: an integer with or without a sign, or a float; others are read later, if at all. */
type Form = 'signed' | 'unsigned' | 'float'
type Fixed = { kind: number; size: number; form: Form | undefined }

const TYPES: [tags: number[], kind: number, size: number, form?: Form][] = [
	[[0x00, 0xff], NULL, 0], // null-data, dont-care
	[[0x03], BOOLEAN, 1, 'unsigned'],
	[[0x0d, 0x0f, 0x1c], INTEGER, 1, 'signed'], // bcd, integer, delta-integer
	[[0x10, 0x1d], INTEGER, 2, 'signed'], // long, delta-long
	[[0x05, 0x1e], INTEGER, 4, 'signed'], // double-long, delta-double-long
	[[0x14], INTEGER, 8, 'signed'], // long64
	[[0x11, 0x1f], INTEGER, 1, 'unsigned'], // unsigned, delta-unsigned
	[[0x12, 0x20], INTEGER, 2, 'unsigned'], // long-unsigned, delta-long-unsigned
	[[0x06, 0x21], INTEGER, 4, 'unsigned'], // double-long-unsigned, delta-double-long-unsigned
	[[0x15], INTEGER, 8, 'unsigned'], // long64-unsigned
	[[0x16], NUMBER, 1, 'unsigned'], // enum
	[[0x17], NUMBER, 4, 'float'], // float32
	[[0x18], NUMBER, 8, 'float'], // float64
	[[0x19], DATE_TIME, 12],
	[[0x1a], OCTETS, 5], // date
	[[0x1b], OCTETS, 4], // time
]
/** The same by tag. */
const FIXED: (Fixed | undefined)[] = new Array(256).fill(undefined)
for (const [tags, kind, size, form] of TYPES) for (const tag of tags) FIXED[tag] = { kind, size, form }

function content(r: Reading, tag: number, depth: number): undefined {
	const { c, budget, nodes } = r
	if (budget.refused || c.short || spend(budget)) return
	nodes.tags[nodes.count] = tag
	if (r.swapped && tag === 0x06 && peek(c) === 0x09 && peek(c, 1) <= 15) return swappedCode(r)
	const fixed = FIXED[tag]
	if (fixed) return number(r, fixed)
	switch (tag) {
		case 0x01: // array
		case 0x02: // structure
			return list(r, depth)
		case 0x04: // bit-string: length in bits
			return placed(r, OCTETS, Math.ceil(berLength(c) / 8))
		case 0x09:
			return octets(r, OCTETS)
		case 0x0a: // visible-string
			return octets(r, TEXT)
		case 0x0c: // utf8-string
			return octets(r, UTF8)
		case 0x13:
			return compactArray(r, depth)
		default:
			refuse(budget, rejected('layout', `unknown data type ${tag.toString(16).padStart(2, '0')} at byte ${c.at - 1} of the APDU`))
	}
}

/** A value of so many bytes whose content is read later, if at all. */
function placed({ c, nodes }: Reading, kind: number, size: number): undefined {
	const from = pass(c, size)
	nodes.add(kind, from, c.at, 0)
}

/** Octets or text behind their length. */
function octets(r: Reading, kind: number): undefined {
	const { c } = r
	const size = berLength(c)
	const isCode = kind === OCTETS && size === 6 && peek(c) <= 15 && left(c) >= 6
	spendBytes(r.budget, Math.min(size, left(c)))
	placed(r, isCode ? CODE : kind, size)
}

function swappedCode(r: Reading): undefined {
	pass(r.c, 1)
	placed(r, left(r.c) >= 6 ? CODE : OCTETS, 6)
}

/** A value whose size its tag tells. */
function number(r: Reading, { kind, size, form }: Fixed): undefined {
	const { c, nodes } = r
	const from = c.at
	if (form === undefined) placed(r, kind, size)
	else if (form !== 'float') nodes.addInteger(kind, from, from + size, integer(c, size, form === 'signed'))
	else {
		pass(c, size)
		if (c.short) return
		const view = new DataView(c.bytes.buffer, c.bytes.byteOffset + from, size)
		const value = size === 4 ? shortestFloat(view.getFloat32(0)) : view.getFloat64(0)
		nodes.add(Number.isFinite(value) ? kind : NULL, from, c.at, value)
	}
}

function list(r: Reading, depth: number): undefined {
	const { c, budget, nodes } = r
	if (depth >= MAX_DEPTH) return tooDeep(budget)
	const length = berLength(c)
	if (length > left(c)) return refuse(budget, rejected('length', `a list of ${length} elements in ${left(c)} bytes`))
	const place = nodes.add(LIST, c.at, c.at, length)
	for (let item = 0; item < length && !c.short && !budget.refused; item++) tagged(r, depth + 1)
	nodes.close(place, length, c.at)
}

const tooDeep = (budget: Budget) => refuse(budget, rejected('depth', `data nested deeper than ${MAX_DEPTH} levels`))

// 13 | type description | length of contents | contents: elements without their tags
// A type description is a tag; 01: array, u16 count and one description; 02: structure, count and that many descriptions.
function compactArray(r: Reading, depth: number): undefined {
	const { c, budget, nodes } = r
	const shape = shapeOf(r, depth)
	if (budget.refused) return
	const end = berLength(c) + c.at
	if (end > c.bytes.length) return refuse(budget, rejected('length', 'a compact array longer than the telegram'))
	const place = nodes.add(LIST, c.at, c.at, 0)
	let length = 0
	while (c.at < end && !c.short && !budget.refused) {
		const before = c.at
		shaped(r, shape, depth + 1)
		length++
		// An element of no bytes would fill the memory without end (gurux.dlms.java pull 35).
		if (c.at === before) return refuse(budget, rejected('limit', 'a compact array of empty elements'))
	}
	if (c.at !== end) return refuse(budget, rejected('length', 'a compact array whose elements do not end with it'))
	nodes.close(place, length, c.at)
}

/** The form of the elements of a compact array. An array has one inner form `times` over. */
type Shape = { tag: number; inner: Shape[]; times: number }

function shapeOf(r: Reading, depth: number): Shape {
	const { c, budget } = r
	const tag = uint(c, 1)
	const inner: Shape[] = []
	if (depth >= MAX_DEPTH) tooDeep(budget)
	let times = 1
	if (spend(budget)) return { tag, inner, times }
	if (tag === 0x01) {
		times = uint(c, 2)
		inner.push(shapeOf(r, depth + 1))
		if (times > MAX_NODES) refuse(budget, rejected('limit', `an array of ${times} elements`))
	} else if (tag === 0x02) {
		const length = uint(c, 1)
		for (let item = 0; item < length && !c.short && !budget.refused; item++) inner.push(shapeOf(r, depth + 1))
	}
	return { tag, inner, times }
}

function shaped(r: Reading, shape: Shape, depth: number): undefined {
	const { c, budget, nodes } = r
	if (shape.tag !== 0x01 && shape.tag !== 0x02) return content(r, shape.tag, depth)
	if (depth >= MAX_DEPTH) return tooDeep(budget)
	if (spend(budget)) return
	const length = shape.inner.length * shape.times
	const place = nodes.add(LIST, c.at, c.at, length)
	for (let item = 0; item < length && !c.short && !budget.refused; item++)
		shaped(r, shape.inner[item % shape.inner.length] as Shape, depth + 1)
	nodes.close(place, length, c.at)
}
