import type { OutputSettings } from '../../schema/types/config.ts'
import { fields } from '../../schema/types/fields.ts'
import { scale } from '../transform/functions.ts'

/** The settings of one output in the config. */
export type Choice = Omit<OutputSettings, 'output'>

/** A field as outputs see it. `class`: the quantity, in one word. */
export type ShownField = { name: string; value: unknown; unit: string; obis: string; label: string; class: string }

type Values = Record<string, unknown>

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
	'1': 'power_factor',
	'm³': 'volume',
}
const KILO: (string | undefined)[] = ['W', 'Wh', 'var', 'varh', 'VA']

/** Gives a reading or state as an output gets it: the chosen fields, in its units, rounded. The head stays. Gives the same object where nothing changes. */
export function chosen(values: object, choice: Choice): Values {
	const all = values as Values
	if (choice.fields === undefined && choice.units !== 'kilo' && choice.digits === undefined) return all
	return mapped(all, (name, value) => {
		const field = fields[name]
		if (name === 'submeters')
			return wantedOf(name, value, choice, (one) => mapped(one as Values, (key, part) => inUnits(part, COUNTED[key], choice)))
		if (name === 'extra') return wantedOf(name, value, choice, (one) => one)
		if (!field) return value
		return wanted(name, choice) ? inUnits(value, field.unit, choice) : undefined
	})
}

/** The units of a sub-meter's values. */
const COUNTED: Record<string, string> = { energy: 'Wh', volume: 'm³' }

function wantedOf(group: string, members: unknown, choice: Choice, make: (member: unknown) => unknown): Values {
	return mapped(members as Values, (key, member) => (wanted(`${group}.${key}`, choice) ? make(member) : undefined))
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
	const all = Object.entries(fields).map(([name, { unit, obis, label, kind }]): [string, ShownField] => {
		const quantity = kind === 'number' ? (CLASSES[unit] ?? 'number') : kind
		return [name, { name, value: undefined, unit: shownUnit(unit, units), obis, label, class: quantity }]
	})
	return new Map(all)
}

/** Lists the harmonized fields and sub-meters of a reading or state as outputs see them: each value with its meaning. */
export function shownFields(values: Values, { units = 'base' }: Choice): ShownField[] {
	const shown: ShownField[] = []
	for (const name of Object.keys(values)) {
		const meaning = meanings[units].get(name)
		if (meaning) shown.push({ ...meaning, value: values[name] })
	}
	for (const [channel, { medium = 'unknown', volume, energy }] of Object.entries((values.submeters ?? {}) as Record<string, Values>)) {
		const label = `${String(medium)}, channel ${channel}`
		const add = (part: string, value: unknown, unit: string, quantity: string) =>
			shown.push({ name: `submeters.${channel}.${part}`, value, unit, obis: '', label, class: quantity })
		if (volume !== undefined) add('volume', volume, 'm³', String(medium))
		else if (energy !== undefined) add('energy', energy, shownUnit('Wh', units), 'energy')
	}
	return shown
}

/** Leaves out the fields that are as they were, and brings `before` up to date. Gives undefined when none differs. */
export function changed(values: Values, before: Map<string, string>): Values | undefined {
	let some = false
	const kept = Object.entries(values).filter(([name, value]) => {
		if (!fields[name] && name !== 'submeters' && name !== 'extra') return true
		const text = JSON.stringify(value)
		if (before.get(name) === text) return false
		before.set(name, text)
		some = true
		return true
	})
	return some ? Object.fromEntries(kept) : undefined
}
