import { hex, latin1, printable } from '../../bytes/hex.ts'
import { type Clock, cosemClock } from '../../telegram/clock.ts'
import { clockOf } from '../../telegram/identity.ts'
import { obisText } from '../../telegram/obis.ts'
import { type NumberValue, type Register, type Rejected, rejected, type Value } from '../../telegram/telegram.ts'
import { cosemUnit } from '../../telegram/unit.ts'
import type { Data } from './axdr.ts'

/** What a notification's body says: registers by OBIS code, values without one, and how many those were if there is no code at all. */
export type Body = { registers: Register[]; sequence: Value[]; unnamed?: number; clock?: Clock }

/**
 * Reads the body of a push in the layouts 1 to 8 and 10 of the field (names: docs in meters/README.md):
 * a push-object list and values by position; structures or arrays of {obis, value[, scaler-unit]}; flat obis, value[, scaler-unit];
 * values only. Rejects (`layout`) what leaves a number without a name beside named ones: a pair may have slipped.
 */
export function body(root: Data): Body | Rejected {
	if (root.type !== 'list') return named([root])
	const [first] = root.items
	const descriptors = first?.type === 'list' ? first.items.map(descriptor) : []
	if (descriptors.length > 0 && descriptors.every((entry) => entry !== undefined)) return pushList(descriptors, root.items)
	return named(root.items)
}

type Descriptor = { classId: number; obis: string; attribute: number }

/** {class u16, logical name octets(6), attribute i8, data index u16[, restriction, columns]} (Blue Book, class 40, push_object_list). */
function descriptor(data: Data): Descriptor | undefined {
	if (data.type !== 'list' || (data.items.length !== 4 && data.items.length !== 6)) return undefined
	const [classId, name, attribute] = data.items
	if (classId?.type !== 'number' || name?.type !== 'octets' || name.bytes.length !== 6 || attribute?.type !== 'number') return undefined
	return { classId: Number(classId.value), obis: obisText(name.bytes), attribute: Number(attribute.value) }
}

/**
 * Layout 1: value i belongs to descriptor i; descriptor 0 is the list itself. A descriptor of attribute 3 (scaler_unit of a register)
 * states scaler and unit of the same code's value.
 */
function pushList(descriptors: Descriptor[], items: Data[]): Body | Rejected {
	if (items.length !== descriptors.length) {
		return rejected('layout', `the push list describes ${descriptors.length} objects, and ${items.length} values follow`)
	}
	const registers: Register[] = []
	const scalers = new Map<string, { scaler: number; unit?: string }>()
	descriptors.forEach(({ classId, obis, attribute }, place) => {
		const data = items[place]
		if (place === 0 || !data) return
		const stated = isRegisterClass(classId) && attribute === 3 ? scalerUnit(data) : undefined
		if (stated) scalers.set(obis, stated)
		else registers.push({ obis, attribute, value: attribute === 1 ? logicalName(data) : dataValue(data, obis, classId) })
	})
	return finish(
		registers.map((register) => {
			const stated = scalers.get(register.obis)
			if (!stated || register.attribute !== 2 || register.value.kind !== 'number') return register
			return { ...register, value: describe(register.value, stated) }
		}),
		[],
	)
}

const isRegisterClass = (classId: number) => classId === 3 || classId === 4 || classId === 5

function logicalName(data: Data): Value {
	return data.type === 'octets' && data.bytes.length === 6 ? { kind: 'text', text: obisText(data.bytes) } : dataValue(data)
}

/** Layouts 2 to 8 and 10: codes stand beside their values, in structures, in pairs, or not at all. */
function named(items: Data[]): Body | Rejected {
	const registers: Register[] = []
	const sequence: Value[] = []
	// Layout 8: the first value is the push setup's own name (0-b:25.9.0), and no code follows.
	const bare = isPushSetup(items[0]) && !items.slice(1).some((item) => obisOf(item))
	for (let at = 0; at < items.length; at++) {
		const item = items[at]
		if (!item) continue
		const entry = item.type === 'list' ? entryOf(item.items) : undefined
		const obis = bare ? undefined : obisOf(item)
		if (entry) registers.push(entry)
		else if (obis !== undefined) {
			const value = items[++at]
			if (!value) return rejected('layout', `${obis} stands last, without a value`)
			const following = scalerUnit(items[at + 1])
			if (following) at++
			registers.push(register(obis, value, following))
		} else if (item.type === 'list') return rejected('layout', `a structure of ${item.items.length} elements that names no register`)
		else sequence.push(dataValue(item))
	}
	if (registers.length === 0) return finish([], sequence, items.length)
	if (sequence.some((value) => value.kind === 'number' || value.kind === 'boolean')) {
		return rejected('layout', 'a number without an OBIS code stands between named ones')
	}
	return finish(registers, sequence)
}

/** {obis, value}, {obis, value, {scaler, unit}} */
function entryOf(items: Data[]): Register | undefined {
	const [name, value, unit] = items
	const obis = name && obisOf(name)
	if (obis === undefined || !value || items.length > 3) return undefined
	const stated = unit && scalerUnit(unit)
	return unit && !stated ? undefined : register(obis, value, stated)
}

/** A value that may be {value, {scaler, unit}} itself (layout 10). */
function register(obis: string, data: Data, stated: ScalerUnit | undefined): Register {
	const pair = data.type === 'list' && data.items.length === 2 ? data.items : undefined
	const own = pair && scalerUnit(pair[1])
	const value = dataValue(own && pair?.[0] ? pair[0] : data, obis)
	const known = own ?? stated
	return { obis, attribute: 2, value: known && value.kind === 'number' ? describe(value, known) : value }
}

type ScalerUnit = { scaler: number; unit?: string }

/** {integer scaler, enum unit} */
function scalerUnit(data: Data | undefined): ScalerUnit | undefined {
	if (data?.type !== 'list' || data.items.length !== 2) return undefined
	const scaler = data.items[0]
	const unit = data.items[1]
	if (scaler?.type !== 'number' || unit?.type !== 'number' || Math.abs(Number(scaler.value)) > 127) return undefined
	const si = cosemUnit(Number(unit.value))
	return { scaler: Number(scaler.value) + (si?.exponent ?? 0), unit: si?.unit ?? `unit ${unit.value}` }
}

function describe(value: NumberValue, { scaler, unit }: ScalerUnit): NumberValue {
	const described: NumberValue = { kind: 'number', raw: value.raw, scaler }
	if (unit !== undefined) described.unit = unit
	if (value.at !== undefined) described.at = value.at
	return described
}

/** The OBIS code that octets are. */
const obisOf = (data: Data): string | undefined => (data.type === 'octets' ? data.obis : undefined)

function isPushSetup(data: Data | undefined): boolean {
	return data?.type === 'octets' && /^0-\d+:25\.9\.0$/.test(data.obis ?? '')
}

/** One value; octets are a clock where the code or class says so, else text when printable (padding NULs removed), else hex. */
export function dataValue(data: Data, obis?: string, classId?: number): Value {
	switch (data.type) {
		case 'number':
			// Floats are sent in their unit, enums have none.
			return numberValue(data.value, data.integer ? undefined : 0, data.at)
		case 'boolean':
			return { kind: 'boolean', value: data.value }
		case 'text':
			return { kind: 'text', text: data.text.replace(/\0+$/, '') }
		case 'date-time':
			return clockValue(data.bytes, data.at)
		case 'octets': {
			if (data.bytes.length === 12 && (classId === 8 || obis?.endsWith(':1.0.0') === true || !printable(data.bytes)))
				return clockValue(data.bytes, data.at)
			const unpadded = data.bytes[0] === 0 ? data.bytes : data.bytes.subarray(0, data.bytes.findLastIndex((byte) => byte !== 0) + 1)
			return { kind: 'text', text: printable(unpadded) ? latin1(unpadded) : hex(data.bytes) }
		}
		default:
			return { kind: 'none' }
	}
}

function numberValue(raw: number | bigint, scaler: number | undefined, at: number): NumberValue {
	const value: NumberValue = { kind: 'number', raw }
	if (scaler !== undefined) value.scaler = scaler
	if (at >= 0) value.at = at
	return value
}

function clockValue(bytes: Uint8Array, at: number): Value {
	const clock = cosemClock(bytes)
	if (!clock) return { kind: 'text', text: hex(bytes) }
	return at < 0 ? { kind: 'clock', clock } : { kind: 'clock', clock, at }
}

/** The meter's clock: the register 0-x:1.0.0, else the first unlabelled date. */
function finish(registers: Register[], sequence: Value[], unnamed?: number): Body {
	const dated = registers.length > 0 ? sequence.find((value) => value.kind === 'clock') : undefined
	const clock = clockOf(registers) ?? (dated?.kind === 'clock' ? dated.clock : undefined)
	const body: Body = { registers, sequence }
	if (unnamed !== undefined) body.unnamed = unnamed
	if (clock) body.clock = clock
	return body
}
