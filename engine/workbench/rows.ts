import type { RegisterRow } from '../../schema/types/api.ts'
import { isObject } from '../document/merge.ts'
import { jsonPath, type Step } from '../explain/message.ts'
import { labelOf, shownValue as shownEntry } from '../explain/shown.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { NumberValue, Register, Value } from '../telegram/register.ts'
import { ruleKeyFor } from '../telegram/rules.ts'
import { kindOf } from '../telegram/sequence.ts'
import type { DataRecord, Telegram } from '../telegram/telegram.ts'
import { isoTime } from '../telegram/zone.ts'
import type { Scope } from '../transform/scope.ts'

/** Rows of a telegram: the reader of bytes takes at most 4,096 values, and nobody reads more than these. */
const MAX_ROWS = 1000
/** Characters of a text. */
const MAX_TEXT = 2000

/** The rows of a telegram, and the place of each by what it was made of: a register, value or record, or the path of a value in a message. */
export type Rows = { rows: RegisterRow[]; places: Map<unknown, number> }

/** What rows are made of: the telegram, the same as the meter alone tells it (without the profile's rules), the view of expressions, and the profile. */
export type Told = { telegram: Telegram; sent: Telegram | undefined; scope: Scope; profile: CompiledProfile | undefined }

/** Lists all that a telegram carries, in wire order: registers, values without a code, data records, values of a message. */
export function rowsOf(told: Told): Rows {
	const { telegram, profile } = told
	const rows: RegisterRow[] = []
	const places = new Map<unknown, number>()
	const add = (of: unknown, row: RegisterRow) => {
		if (rows.length >= MAX_ROWS) return
		places.set(of, rows.length)
		rows.push(row)
	}
	const timezone = profile?.document.meter?.timezone
	for (const [at, register] of telegram.registers.entries()) add(register, registerRow(register, told.sent?.registers[at], told, timezone))
	for (const [at, value] of telegram.sequence.entries()) {
		const sent = telegram.sent?.[at]
		add(value, { key: `value ${at + 1}`, ...valueParts(value, timezone), ...(sent && { kind: kindOf(value, sent) }), fields: [] })
	}
	for (const [at, record] of (telegram.records ?? []).entries()) add(record, recordRow(record, at, timezone))
	for (const [steps, value] of leavesOf(telegram.json)) {
		const key = jsonPath(steps)
		add(key, { key, value: cut(value), fields: [] })
	}
	return { rows, places }
}

function registerRow(register: Register, sent: Register | undefined, { scope, profile }: Told, timezone: string | undefined): RegisterRow {
	const { code, attribute, obis, value } = register
	const key = attribute === 2 ? obis : `${obis}/${attribute}`
	const label = labelOf(obis)
	const time = register.time && (isoTime(register.time, timezone, Date.now()) ?? register.time.local)
	const why = scope.withheld.get(key) ?? (code.key === undefined ? undefined : scope.withheld.get(code.key))
	return {
		key,
		...(label !== undefined && { label }),
		...valueParts(value, timezone),
		...(value.kind === 'number' && ruled(value, register, sent, profile)),
		...(time !== undefined && { time }),
		...(why && { note: why.detail }),
		fields: [],
	}
}

/** Who stated the scaler of a number, and the rule of the profile that completed it. */
function ruled(
	value: NumberValue,
	{ code, unit, scaler, raw }: Register,
	sent: Register | undefined,
	profile: CompiledProfile | undefined,
): Partial<RegisterRow> {
	const rules = profile?.document.decoder.registers ?? {}
	// The unit that the code implies is no unit that was sent.
	const stated = sent?.unit === code.obis?.unit ? undefined : sent?.unit
	const key = ruleKeyFor(code, rules, stated)
	const rule = key === undefined ? undefined : rules[key]
	const byProfile = rule?.scaler !== undefined && (sent?.scaler === undefined || rule.override === true)
	const scalerFrom = value.scaler === undefined ? 'none' : byProfile ? 'profile' : 'meter'
	const isChanged = sent !== undefined && (sent.scaler !== scaler || sent.unit !== unit || sent.raw !== raw)
	if (key === undefined || !isChanged) return { scalerFrom }
	const path = ['decoder', 'registers', key]
	const origin = profile?.origin(path)
	return { scalerFrom, rule: { path, ...(origin && { file: origin.file, line: origin.line }) } }
}

function recordRow(
	{ value, quantity, function: kind, storage, tariff, device, qualifiers }: DataRecord,
	at: number,
	timezone: string | undefined,
): RegisterRow {
	const words = [quantity ?? kind, ...(quantity === null || kind === 'Instantaneous value' ? [] : [kind.toLowerCase()])]
	if (storage) words.push(`storage ${storage}`)
	if (tariff) words.push(`tariff ${tariff}`)
	if (device) words.push(`device ${device}`)
	const scalerFrom = value.kind !== 'number' ? undefined : value.scaler === undefined ? 'none' : 'meter'
	return {
		key: `record ${at + 1}`,
		label: [...words, ...qualifiers].join(', '),
		...valueParts(value, timezone),
		...(scalerFrom && { scalerFrom }),
		fields: [],
	}
}

/** A value as a row has it: the number as it was sent, its scaler and its unit; without a scaler it is withheld. */
function valueParts(value: Value, timezone: string | undefined): Pick<RegisterRow, 'value' | 'raw' | 'unit' | 'scaler'> {
	if (value.kind !== 'number') return { value: cut(shownEntry(value, timezone).value) }
	const { raw, scaler, unit } = value
	return {
		value: scaler === undefined ? null : cut(shownEntry(value, timezone).value),
		raw: String(raw),
		...(unit !== undefined && { unit: unit.slice(0, 40) }),
		...(scaler !== undefined && { scaler }),
	}
}

function cut(value: unknown): RegisterRow['value'] {
	if (typeof value === 'string') return value.slice(0, MAX_TEXT)
	if (Array.isArray(value)) return value.slice(0, 100).map((item) => String(item).slice(0, 200))
	return typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** The values of a message by their way, in its order: objects and lists are looked into. */
function* leavesOf(value: unknown, steps: Step[] = []): Generator<[Step[], unknown]> {
	if (Array.isArray(value)) for (const [at, inner] of value.entries()) yield* leavesOf(inner, [...steps, at])
	else if (isObject(value)) for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...steps, name])
	else if (steps.length > 0) yield [steps, value]
}
