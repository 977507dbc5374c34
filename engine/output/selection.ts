import type { OutputSettings } from '../../schema/types/config.ts'
import { type Field, fields, submeterFields } from '../../schema/types/fields.ts'
import type { ExtraField } from '../../schema/types/profile.ts'
import { scale } from '../transform/functions.ts'

/** The settings of one output in the config. */
export type Choice = Omit<OutputSettings, 'output'>

/** A field as outputs see it. `class`: the quantity, in one word; `every`: seconds between two of its values, where that is not each reading. */
export type ShownField = { name: string; value: unknown; unit: string; obis: string; label: string; class: string; every?: number }

/** A reading or a state, by the names of its values. */
export type Values = Record<string, unknown>

/** The quantity that a unit measures, in one word. */
const CLASSES: Record<string, string> = {
	W: 'power',
	Wh: 'energy',
	var: 'reactive_power',
	varh: 'reactive_energy',
	VA: 'apparent_power',
	V: 'voltage',
	A: 'current',
	Hz: 'frequency',
	'm³': 'volume',
	'm³/h': 'volume_flow_rate',
	'°C': 'temperature',
	s: 'duration',
	h: 'duration',
}
const KILO: (string | undefined)[] = ['W', 'Wh', 'var', 'varh', 'VA']

/** What a profile says of its extra fields, by their names without `extra.`. */
export type Extras = Readonly<Record<string, ExtraField>>

/** Gives a reading or state as an output gets it: the chosen fields, in its units, rounded. The head stays. Gives the same object where nothing changes. */
export function chosen(values: object, choice: Choice, extras: Extras = {}): Values {
	const all = values as Values
	if (choice.fields === undefined && choice.units !== 'kilo' && choice.digits === undefined) return all
	return mapped(all, (name, value) => {
		const field = fields[name]
		if (name === 'submeters')
			return wantedOf(name, value, choice, (one) => mapped(one as Values, (key, part) => inUnits(part, submeterFields[key]?.unit, choice)))
		if (name === 'extra') return wantedOf(name, value, choice, (one, key) => inUnits(one, extras[key]?.unit, choice))
		if (!field) return value
		return wanted(name, choice) ? inUnits(value, field.unit, choice) : undefined
	})
}

function wantedOf(group: string, members: unknown, choice: Choice, make: (member: unknown, key: string) => unknown): Values {
	return mapped(members as Values, (key, member) => (wanted(`${group}.${key}`, choice) ? make(member, key) : undefined))
}

/** Copies an object, with other values; those that become undefined are left out. */
function mapped(values: Values, make: (key: string, value: unknown) => unknown): Values {
	const pairs = Object.entries(values).map(([key, value]) => [key, make(key, value)] as const)
	return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}

function wanted(name: string, { fields: names }: Choice): boolean {
	return names?.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name)) ?? true
}

/** W as kW where asked for, in decimal arithmetic: 1001 is 1.001, not 1.0009999999999999. */
function inUnits(value: unknown, unit: string | undefined, { units, digits }: Choice): unknown {
	if (typeof value !== 'number') return value
	const moved = units === 'kilo' && KILO.includes(unit) ? Number(scale(value, -3)) : value
	return digits === undefined ? moved : rounded(moved, digits)
}

/** Rounded as people do, half away from zero: 230.45 is 230.5, where its binary neighbour would be 230.4. */
function rounded(value: number, digits: number): number {
	const moved = Number(scale(Math.abs(value), digits))
	return Number(scale(Math.sign(value) * Math.round(moved), -digits))
}

const shownUnit = (unit: string, units: Choice['units']) => (units === 'kilo' && KILO.includes(unit) ? `k${unit}` : unit)

/** The meaning of each field, by its name, for readings in these units. */
const meanings = { base: meaningsIn('base'), kilo: meaningsIn('kilo') }

function meaningsIn(units: 'base' | 'kilo'): Map<string, ShownField> {
	return new Map(Object.entries(fields).map(([name, field]) => [name, meaningOf(name, field, units)]))
}

function meaningOf(name: string, { unit, obis, label, kind, class: quantity }: Field, units: Choice['units']): ShownField {
	const measured = quantity ?? (kind === 'number' ? (CLASSES[unit] ?? 'number') : kind)
	return { name, value: undefined, unit: shownUnit(unit, units), obis, label, class: measured }
}

/** Lists the fields of a reading or state as outputs see them, sub-meters and extra ones among them: each value with its meaning. */
export function shownFields(values: Values, { units = 'base' }: Choice, extras: Extras = {}): ShownField[] {
	const shown: ShownField[] = []
	for (const name of Object.keys(values)) {
		const meaning = meanings[units].get(name)
		if (meaning) shown.push({ ...meaning, value: values[name] })
	}
	for (const [channel, submeter] of Object.entries((values.submeters ?? {}) as Record<string, Values>))
		shown.push(...submeterShown(channel, submeter, units))
	for (const [key, value] of Object.entries((values.extra ?? {}) as Values)) {
		const { unit = '', obis = '', label = key, class: quantity } = extras[key] ?? {}
		const kind = typeof value === 'number' ? 'number' : 'text'
		shown.push({ ...meaningOf(`extra.${key}`, { kind, unit, obis, label, ...(quantity && { class: quantity }) }, units), value })
	}
	return shown
}

/** The values of a sub-meter. Where it has several, each is named. */
function submeterShown(channel: string, submeter: Values, units: Choice['units']): ShownField[] {
	const { medium = 'unknown' } = submeter
	const parts = Object.entries(submeter).filter(([name]) => submeterFields[name]?.kind === 'number')
	return parts.map(([name, value]) => {
		const field = submeterFields[name] as Field
		const label = `${String(medium)}, channel ${channel}${parts.length > 1 ? `: ${field.label.toLowerCase()}` : ''}`
		const meaning = meaningOf(`submeters.${channel}.${name}`, { ...field, label }, units)
		return { ...meaning, ...(name === 'volume' && { class: String(medium) }), value }
	})
}

/** Leaves out the fields that are as they were, and brings `before` up to date. Gives undefined when none differs. */
export function changed(values: Values, before: Map<string, unknown>): Values | undefined {
	let some = false
	const kept: Values = {}
	for (const name of Object.keys(values)) {
		const value = values[name]
		if (fields[name] || name === 'submeters' || name === 'extra') {
			const known = typeof value === 'object' ? JSON.stringify(value) : value
			if (before.get(name) === known) continue
			before.set(name, known)
			some = true
		}
		kept[name] = value
	}
	return some ? kept : undefined
}
