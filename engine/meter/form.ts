import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { type Trait, traitsOf } from './made.ts'

/** Parts of a reading whose values are kept one by one, named `submeters.<channel>` and `extra.<key>`. */
export const GROUPS = ['submeters', 'extra'] as const

/** A value that the state keeps: a field of the reading itself (`group` undefined), or one of a group in it. `parts`: of a sub-meter, by their names. */
export type Kept = { name: string; group: (typeof GROUPS)[number] | undefined; key: string; parts: string[] }

/** The keys of a list that a meter sends. Equal lists of all meters have one form. */
export type Form = {
	/** Differs from that of every other form. */
	id: number
	/** Of the reading, then of its sub-meters and its extra values, in their order. */
	keys: string[]
	own: string[]
	kept: Kept[]
	/** Those of them that are sub-meters. */
	submeters: Kept[]
	traits: Trait[]
}

/** Forms that are kept: a town has some hundred. */
const MANY = 2000
/** Stands behind the parts of a sub-meter. */
const END = ''
const NO_PARTS: string[] = []

const forms = new Map<string, Form>()
let count = 0

/** Tells whether a reading has this form. */
export function hasForm(reading: Reading, { keys }: Form): boolean {
	let at = 0
	for (const key in reading) if (keys[at++] !== key) return false
	const { submeters, extra } = reading
	for (const channel in submeters) {
		if (keys[at++] !== channel) return false
		for (const part in submeters[channel]) if (keys[at++] !== part) return false
		if (keys[at++] !== END) return false
	}
	for (const key in extra) if (keys[at++] !== key) return false
	return at === keys.length
}

/** Gives the form of a reading. */
export function formOf(reading: Reading): Form {
	const { submeters = {}, extra = {} } = reading
	const parts = Object.entries(submeters).flatMap(([channel, submeter]) => [channel, ...Object.keys(submeter), END])
	const own = Object.keys(reading)
	const keys = [...own, ...parts, ...Object.keys(extra)]
	const text = JSON.stringify(keys)
	const known = forms.get(text)
	if (known) return known
	if (forms.size >= MANY) forms.clear()
	const kept: Kept[] = [
		...own.filter((name) => name in fields).map((name) => ({ name, group: undefined, key: name, parts: NO_PARTS })),
		...GROUPS.flatMap((group) =>
			Object.entries(reading[group] ?? {}).map(([key, value]) => ({ name: `${group}.${key}`, group, key, parts: partsOf(value) })),
		),
	]
	const form = {
		id: count++,
		keys,
		own,
		kept,
		submeters: kept.filter(({ group }) => group === 'submeters'),
		traits: traitsOf((name) => own.includes(name)),
	}
	forms.set(text, form)
	return form
}

const partsOf = (value: unknown) => (typeof value === 'object' ? Object.keys(value ?? {}) : NO_PARTS)
