import type { OutputSettings } from '../../schema/types/config.ts'
import { fields } from '../../schema/types/fields.ts'
import { scale } from '../transform/functions.ts'
import type { ShownField } from './messages.ts'

/** The settings of one output in the config. */
export type Choice = Omit<OutputSettings, 'output'>

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
const KILO = ['W', 'Wh', 'var', 'varh', 'VA']

/** Gives a reading or state as an output gets it: the chosen fields, in its units, rounded. The head stays. Gives the same object where nothing changes. */
export function chosen(values: Values, choice: Choice): Values {
	if (choice.fields === undefined && choice.units !== 'kilo' && choice.digits === undefined) return values
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
			if (name === 'submeters') return [[name, submeters(value as Record<string, Values>, choice)]]
			if (name === 'extra')
				return [[name, Object.fromEntries(Object.entries(value as Values).filter(([key]) => wanted(`extra.${key}`, choice)))]]
			const field = fields[name]
			if (!field) return [[name, value]]
			return wanted(name, choice) ? [[name, inUnits(value, field.unit, choice)]] : []
		}),
	)
}

function submeters(all: Record<string, Values>, choice: Choice): Values {
	const kept = Object.entries(all).filter(([channel]) => wanted(`submeters.${channel}`, choice))
	return Object.fromEntries(
		kept.map(([channel, one]) => [
			channel,
			{
				...one,
				...('energy' in one && { energy: inUnits(one.energy, 'Wh', choice) }),
				...('volume' in one && { volume: inUnits(one.volume, 'm³', choice) }),
			},
		]),
	)
}

function wanted(name: string, { fields: names }: Choice): boolean {
	return names?.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name)) ?? true
}

/** W as kW where asked for, in decimal arithmetic: 1001 is 1.001, not 1.0009999999999999. */
function inUnits(value: unknown, unit: string, { units, digits }: Choice): unknown {
	if (typeof value !== 'number') return value
	const moved = units === 'kilo' && KILO.includes(unit) ? Number(scale(value, -3)) : value
	return digits === undefined ? moved : rounded(moved, digits)
}

/** Rounded as people do, half away from zero: 230.45 is 230.5, where its binary neighbour would be 230.4. */
function rounded(value: number, digits: number): number {
	const moved = Number(scale(Math.abs(value), digits))
	return Number(scale(Math.sign(value) * Math.round(moved), -digits))
}

/** The meaning of each field, by its name, for readings in these units. */
const meanings = { base: meaningsIn('base'), kilo: meaningsIn('kilo') }

function meaningsIn(units: 'base' | 'kilo'): Map<string, Omit<ShownField, 'value'>> {
	const all = Object.entries(fields).map(([name, { unit: own, obis, label, kind }]) => {
		const unit = units === 'kilo' && KILO.includes(own) ? `k${own}` : own
		return [name, { name, unit, obis, label, class: kind === 'number' ? (CLASSES[own] ?? 'number') : kind }] as const
	})
	return new Map(all)
}

/** Lists the harmonized fields and sub-meters of a reading or state as outputs see them: each value with its meaning. */
export function shownFields(values: Values, { units }: Choice): ShownField[] {
	const known = units === 'kilo' ? meanings.kilo : meanings.base
	const own: ShownField[] = []
	for (const name of Object.keys(values)) {
		const meaning = known.get(name)
		if (!meaning) continue
		const { unit, obis, label } = meaning
		own.push({ name, value: values[name], unit, obis, label, class: meaning.class })
	}
	const counted = Object.entries((values.submeters ?? {}) as Record<string, Values>).flatMap(
		([channel, { medium = 'unknown', volume, energy }]) => {
			const value = volume ?? energy
			if (value === undefined) return []
			const unit = volume !== undefined ? 'm³' : units === 'kilo' ? 'kWh' : 'Wh'
			const name = `submeters.${channel}.${volume === undefined ? 'energy' : 'volume'}`
			return [
				{
					name,
					value,
					unit,
					obis: '',
					label: `${String(medium)}, channel ${channel}`,
					class: volume === undefined ? 'energy' : String(medium),
				},
			]
		},
	)
	return [...own, ...counted]
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
