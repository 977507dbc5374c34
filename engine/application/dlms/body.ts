import { hex, latin1, printable } from '../../bytes/hex.ts'
import { type Clock, cosemClock } from '../../telegram/clock.ts'
import { type Code, codeAt } from '../../telegram/code.ts'
import { clockOf } from '../../telegram/identity.ts'
import { numberRegister, numberValue, type ReadValue, type Register, registerAt, type Value } from '../../telegram/register.ts'
import { type Rejected, rejected, type Sent } from '../../telegram/telegram.ts'
import { cosemUnit } from '../../telegram/unit.ts'
import type { Nodes } from '../nodes.ts'
import { BOOLEAN, CODE, DATE_TIME, INTEGER, LIST, NULL, NUMBER, OCTETS, TEXT, UTF8 } from './axdr.ts'

/** The content of a notification's body: registers by OBIS code, values without one, and how those were sent if there is no code at all. */
export type Body = { registers: Register[]; sequence: Value[]; sent?: Sent[]; clock?: Clock }

/** A-XDR values, and the bytes that they were read from. */
export type Data = { nodes: Nodes; bytes: Uint8Array }

/**
 * Reads the body of a push, the value at place 0, in the layouts 1 to 8 and 10 of the field (names: docs in meters/README.md):
 * a push-object list and values by position; structures or arrays of {obis, value[, scaler-unit]}; flat obis, value[, scaler-unit];
 * values only, those of lists inside them in wire order. Rejects (`layout`) what leaves a number without a name beside named ones: a pair may have slipped.
 */
export function body(data: Data): Body | Rejected {
	const { nodes } = data
	if (nodes.kinds[0] !== LIST) return named(data, 0, 1)
	return isPushList(data) ? pushList(data) : named(data, 1, nodes.numbers[0] as number)
}

/** Whether the first value is a list of descriptors, and nothing else. */
function isPushList({ nodes }: Data): boolean {
	if (nodes.numbers[0] === 0 || nodes.kinds[1] !== LIST || nodes.numbers[1] === 0) return false
	const end = nodes.nexts[1] as number
	for (let place = 2; place < end; place = nodes.nexts[place] as number) if (!isDescriptor(nodes, place)) return false
	return true
}

/** {class u16, logical name octets(6), attribute i8, data index u16[, restriction, columns]} (Blue Book, class 40, push_object_list). */
function isDescriptor(nodes: Nodes, place: number): boolean {
	const length = nodes.numbers[place]
	if (nodes.kinds[place] !== LIST || (length !== 4 && length !== 6)) return false
	// Neither of the first three is a list: they follow each other.
	return isNumber(nodes, place + 1) && isSixOctets(nodes, place + 2) && isNumber(nodes, place + 3)
}

const isNumber = ({ kinds }: Nodes, place: number) => kinds[place] === INTEGER || kinds[place] === NUMBER
const isSixOctets = (nodes: Nodes, place: number) =>
	nodes.kinds[place] === CODE || (nodes.kinds[place] === OCTETS && nodes.size(place) === 6)
const codeIn = ({ nodes, bytes }: Data, place: number): Code => codeAt(bytes, nodes.starts[place] as number)

/**
 * Layout 1: value i belongs to descriptor i; descriptor 0 is the list itself. A descriptor of attribute 3 (scaler_unit of a register)
 * states scaler and unit of the same code's value.
 */
function pushList(data: Data): Body | Rejected {
	const { nodes } = data
	const [described, sent] = [nodes.numbers[1] as number, nodes.numbers[0] as number]
	if (sent !== described) return rejected('layout', `the push list describes ${described} objects, and ${sent} values follow`)
	const registers: Register[] = []
	let scalers: Map<Code, ScalerUnit> | undefined
	let descriptor = nodes.nexts[2] as number
	let value = nodes.nexts[1] as number
	for (let item = 1; item < sent; item++) {
		const [classId, attribute] = [Number(nodes.raw(descriptor + 1)), Number(nodes.raw(descriptor + 3))]
		const code = codeIn(data, descriptor + 2)
		const stated = attribute === 3 && isRegisterClass(classId) ? scalerUnit(nodes, value) : undefined
		if (stated) {
			scalers ??= new Map()
			scalers.set(code, stated)
		} else {
			const made = attribute === 1 ? logicalName(data, value, code) : register(data, value, code, attribute, classId === 8)
			registers.push(made)
			if (nodes.notes) nodes.became(made, descriptor, descriptor + 1, descriptor + 2, descriptor + 3)
		}
		descriptor = nodes.nexts[descriptor] as number
		value = nodes.nexts[value] as number
	}
	if (scalers) for (const one of registers) if (one.attribute === 2 && one.isNumber) describe(one, scalers.get(one.code))
	return finish(registers, [])
}

const isRegisterClass = (classId: number) => classId === 3 || classId === 4 || classId === 5

function logicalName(data: Data, place: number, code: Code): Register {
	const { nodes, bytes } = data
	if (!isSixOctets(nodes, place)) return register(data, place, code, 1)
	const made = registerAt(code, 1, bytes, nodes.starts[place] as number, nodes.ends[place] as number, codeText)
	if (nodes.notes) nodes.became(made, place)
	return made
}

const codeText: ReadValue = (bytes, from) => ({ kind: 'text', text: codeAt(bytes, from).text })

/** Layouts 2 to 8 and 10: codes stand beside their values, in structures, in pairs, or not at all. `first`: the first of so many values. */
function named(data: Data, first: number, length: number): Body | Rejected {
	const { nodes } = data
	const registers: Register[] = []
	const sequence: Value[] = []
	if (!hasCode(data, first)) return unnamed(data, first)
	let unnamedNumber = false
	let place = first
	for (let item = 0; item < length; item++) {
		const next = nodes.nexts[place] as number
		const entry = nodes.kinds[place] === LIST ? entryOf(data, place) : undefined
		if (entry) registers.push(entry)
		else if (nodes.kinds[place] === CODE) {
			const code = codeIn(data, place)
			if (++item >= length) return rejected('layout', `${code.text} stands last, without a value`)
			const following = item + 1 < length ? scalerUnit(nodes, nodes.nexts[next] as number) : undefined
			registers.push(paired(data, next, code, following))
			place = nodes.nexts[next] as number
			if (following) {
				item++
				place = nodes.nexts[place] as number
			}
			continue
		} else if (nodes.kinds[place] === LIST)
			return rejected('layout', `a structure of ${nodes.numbers[place]} elements that names no register`)
		else {
			sequence.push(sentValue(data, place))
			unnamedNumber ||= isNumber(nodes, place) || nodes.kinds[place] === BOOLEAN
		}
		place = next
	}
	if (unnamedNumber) return rejected('layout', 'a number without an OBIS code stands between named ones')
	return finish(registers, sequence)
}

/** Gives what stands in a body that is refused: the values behind codes as registers, all others by their places. */
export function partOf(data: Data): Pick<Body, 'registers' | 'sequence'> {
	const { nodes } = data
	const [registers, sequence]: [Register[], Value[]] = [[], []]
	for (let place = 0; place < nodes.count; place++) {
		const kind = nodes.kinds[place]
		if (kind === LIST || kind === CODE) continue
		if (nodes.kinds[place - 1] === CODE) registers.push(paired(data, place, codeIn(data, place - 1), undefined))
		else sequence.push(sentValue(data, place))
	}
	return { registers, sequence }
}

/** Whether a code stands anywhere. Layout 8: the first value is the push setup's own name (0-b:25.9.0), which names no value. */
function hasCode(data: Data, first: number): boolean {
	const { nodes } = data
	for (let place = first; place < nodes.count; place++)
		if (nodes.kinds[place] === CODE && !(place === first && isPushSetup(data, place))) return true
	return false
}

/** Values without any code, and how each was sent. Lists inside the list have no place, the values in them have. */
function unnamed(data: Data, first: number): Body {
	const { nodes, bytes } = data
	const sequence: Value[] = []
	const sent: Sent[] = []
	for (let place = first; place < nodes.count; place++) {
		if (nodes.kinds[place] === LIST) continue
		sequence.push(sentValue(data, place))
		sent.push({ type: TYPES[nodes.tags[place] as number] ?? 'octets', bytes: bytes.subarray(nodes.starts[place], nodes.ends[place]) })
	}
	return { registers: [], sequence, sent }
}

/** The types of A-XDR as the kinds of `decoder.sequence` name them, by tag; date and time alone are octets there. */
const TYPES: Record<number, string> = {
	0: 'null',
	255: 'null',
	3: 'bool',
	4: 'bits',
	5: 'i32',
	6: 'u32',
	10: 'text',
	12: 'text',
	13: 'bcd',
	15: 'i8',
	16: 'i16',
	17: 'u8',
	18: 'u16',
	20: 'i64',
	21: 'u64',
	22: 'enum',
	23: 'f32',
	24: 'f64',
	25: 'clock',
	28: 'i8',
	29: 'i16',
	30: 'i32',
	31: 'u8',
	32: 'u16',
	33: 'u32',
}

/** {obis, value}, {obis, value, {scaler, unit}} */
function entryOf(data: Data, place: number): Register | undefined {
	const { nodes } = data
	const length = nodes.numbers[place]
	if ((length !== 2 && length !== 3) || nodes.kinds[place + 1] !== CODE) return undefined
	const value = place + 2
	const stated = length === 3 ? scalerUnit(nodes, nodes.nexts[value] as number) : undefined
	return length === 3 && !stated ? undefined : paired(data, value, codeIn(data, place + 1), stated)
}

/** A value that may be {value, {scaler, unit}} itself (layout 10). */
function paired(data: Data, place: number, code: Code, stated: ScalerUnit | undefined): Register {
	const { nodes } = data
	const own = nodes.kinds[place] === LIST && nodes.numbers[place] === 2 ? scalerUnit(nodes, nodes.nexts[place + 1] as number) : undefined
	const made = register(data, own ? place + 1 : place, code, 2)
	if (made.isNumber) describe(made, own ?? stated)
	if (nodes.notes) noteAround(nodes, made, place, own ? nodes.nexts[place + 1] : stated && nodes.nexts[place])
	return made
}

/** Notes that the code before a value, and the scaler and unit behind it (`scaler`: their place), are of the same row. */
function noteAround(nodes: Nodes, made: Register, place: number, scaler: number | undefined): void {
	if (nodes.kinds[place - 1] === CODE) nodes.became(made, place - 1)
	if (scaler !== undefined) nodes.became(made, scaler, scaler + 1, scaler + 2)
}

type ScalerUnit = { scaler: number; unit: string }

/** {integer scaler, enum unit} */
function scalerUnit(nodes: Nodes, place: number): ScalerUnit | undefined {
	if (nodes.kinds[place] !== LIST || nodes.numbers[place] !== 2) return undefined
	if (!isNumber(nodes, place + 1) || !isNumber(nodes, place + 2)) return undefined
	const scaler = Number(nodes.raw(place + 1))
	if (Math.abs(scaler) > 127) return undefined
	const unit = nodes.raw(place + 2)
	const si = cosemUnit(Number(unit))
	return { scaler: scaler + (si?.exponent ?? 0), unit: si?.unit ?? `unit ${unit}` }
}

function describe(register: Register, stated: ScalerUnit | undefined): void {
	if (!stated) return
	register.scaler = stated.scaler
	register.unit = stated.unit
}

const isPushSetup = (data: Data, place: number) => data.nodes.kinds[place] === CODE && /^0-\d+:25\.9\.0$/.test(codeIn(data, place).text)

/** The row of a value; octets are a clock where the code or the class says so (`dated`). */
export function register(data: Data, place: number, code: Code, attribute: number, dated = false): Register {
	const { nodes, bytes } = data
	const kind = nodes.kinds[place] as number
	// Floats are sent in their unit, enums have none.
	if (kind === INTEGER || kind === NUMBER) {
		const made = numberRegister(code, nodes.raw(place), kind === INTEGER ? undefined : 0, undefined, attribute)
		if (nodes.notes) nodes.became(made, place)
		return made
	}
	const read = kind === OCTETS && nodes.size(place) === 12 && (dated || code.text.endsWith(':1.0.0')) ? clockValue : (READS[kind] ?? none)
	const made = registerAt(code, attribute, bytes, nodes.starts[place] as number, nodes.ends[place] as number, read)
	if (nodes.notes) nodes.became(made, place)
	return made
}

/** The value at a place. */
function sentValue(data: Data, place: number): Value {
	const value = readAt(data, place)
	if (data.nodes.notes) data.nodes.became(value, place)
	return value
}

function readAt({ nodes, bytes }: Data, place: number): Value {
	const kind = nodes.kinds[place] as number
	if (kind === INTEGER || kind === NUMBER) return numberValue(nodes.raw(place), kind === INTEGER ? undefined : 0, undefined)
	return (READS[kind] ?? none)(bytes, nodes.starts[place] as number, nodes.ends[place] as number)
}

const none: ReadValue = () => ({ kind: 'none' })

const clockValue: ReadValue = (bytes, from, to) => {
	const clock = cosemClock(bytes, from)
	return clock ? { kind: 'clock', clock } : { kind: 'text', text: hex(bytes, from, to) }
}

/** Octets are text when printable (padding NULs removed), a clock where twelve are not, else hex. */
const octetsValue: ReadValue = (bytes, from, to) => {
	const octets = bytes.subarray(from, to)
	if (octets.length === 12 && !printable(octets)) return clockValue(bytes, from, to)
	const unpadded = octets[0] === 0 ? octets : octets.subarray(0, octets.findLastIndex((byte) => byte !== 0) + 1)
	return { kind: 'text', text: printable(unpadded) ? latin1(unpadded) : hex(octets) }
}

/** How values that are not numbers are read. */
const READS: Record<number, ReadValue> = {
	[NULL]: none,
	[BOOLEAN]: (bytes, from) => ({ kind: 'boolean', value: bytes[from] !== 0 }),
	[OCTETS]: octetsValue,
	[CODE]: octetsValue,
	[TEXT]: (bytes, from, to) => ({ kind: 'text', text: latin1(bytes, from, to).replace(/\0+$/, '') }),
	[UTF8]: (bytes, from, to) => ({ kind: 'text', text: new TextDecoder().decode(bytes.subarray(from, to)).replace(/\0+$/, '') }),
	[DATE_TIME]: clockValue,
}

/** The meter's clock: the register 0-x:1.0.0, else the first date without a code. */
function finish(registers: Register[], sequence: Value[]): Body {
	const dated = registers.length > 0 ? sequence.find((value) => value.kind === 'clock') : undefined
	const clock = clockOf(registers) ?? (dated?.kind === 'clock' ? dated.clock : undefined)
	const body: Body = { registers, sequence }
	if (clock) body.clock = clock
	return body
}
