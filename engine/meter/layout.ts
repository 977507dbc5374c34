import type { Reading } from '../../schema/types/reading.ts'
import { type Form, GROUPS } from './form.ts'
import type { Turn } from './turn.ts'

type Values = Record<string, unknown>

/** A list of a meter: its form, its last reading, the count of that among all readings, and how often it comes. */
export type List = { readonly form: Form; reading: Reading; count: number; readonly turn: Turn }

/**
 * How the last readings of several lists make one state. V8 copies an object faster than it adds keys, so the keys stand there already. `from`: the
 * place of the list that a field comes from; `times`: the fields that are older than the last reading.
 */
type Layout = {
	blank: Values
	fields: { key: string; from: number }[]
	groups: { group: (typeof GROUPS)[number]; from: number[] }[]
	blankTimes: Values
	times: { name: string; from: number }[]
}

/** Layouts that are kept: each list of a meter may come last. */
const MANY = 2000

const layouts = new Map<string, Layout>()

/** Merges the last readings of lists, the latest first, without what is `outdated`. */
export function merged(lists: List[], outdated: string[]): Values {
	const layout = layoutOf(lists, outdated)
	const message = { ...layout.blank }
	const readings = lists.map(({ reading }) => reading as unknown as Values)
	for (const { key, from } of layout.fields) message[key] = readings[from]?.[key]
	for (const { group, from } of layout.groups) {
		const [only, ...others] = from.map((at) => readings[at]?.[group])
		message[group] = others.length === 0 ? only : Object.assign({}, ...others.reverse(), only)
	}
	if (layout.times.length === 0) return message
	const times = { ...layout.blankTimes }
	for (const { name, from } of layout.times) times[name] = timeIn(lists[from]?.reading, lists[0]?.reading)
	message.times = times
	return message
}

/**
 * Gives the time of a list by the clock of the last reading: where only one of them has the meter's, the time between their arrivals counts, so that a meter's
 * clock that is a minute off makes no value a minute older.
 */
function timeIn(reading: Reading | undefined, last: Reading | undefined): string | undefined {
	if (!reading || !last || (reading.time_source === 'gateway') === (last.time_source === 'gateway')) return reading?.time
	return new Date(Date.parse(last.time) - (Date.parse(last.received) - Date.parse(reading.received))).toISOString()
}

function layoutOf(lists: List[], outdated: string[]): Layout {
	const [last] = lists
	const isOlder = lists.map(({ reading }) => reading.time !== last?.reading.time)
	let key = outdated.join()
	for (const [at, { form }] of lists.entries()) key += isOlder[at] ? ` ${form.id}` : `=${form.id}`
	const known = layouts.get(key)
	if (known) return known
	if (layouts.size >= MANY) layouts.clear()
	const layout = made(
		lists.map(({ form }) => form),
		isOlder,
		outdated,
	)
	layouts.set(key, layout)
	return layout
}

function made(forms: Form[], isOlder: boolean[], outdated: string[]): Layout {
	const isGroup = (key: string) => GROUPS.some((group) => group === key)
	const head = forms[0]?.own.filter((key) => key !== 'issues' && !isGroup(key)) ?? []
	const fields = head.map((key) => ({ key, from: 0 }))
	const times: Layout['times'] = []
	const seen = new Set<string>(outdated)
	for (const [from, { kept }] of forms.entries()) {
		for (const { name, group, key } of kept) {
			if (seen.has(name)) continue
			seen.add(name)
			if (!group && from > 0) fields.push({ key, from })
			if (isOlder[from]) times.push({ name, from })
		}
	}
	const groups = GROUPS.map((group) => ({ group, from: [...forms.keys()].filter((at) => forms[at]?.own.includes(group)) }))
	const present = groups.filter(({ from }) => from.length > 0)
	const keys = [...fields.map(({ key }) => key), ...present.map(({ group }) => group), ...(times.length > 0 ? ['times'] : [])]
	return { blank: blankOf(keys), fields, groups: present, blankTimes: blankOf(times.map(({ name }) => name)), times }
}

const blankOf = (keys: string[]): Values => Object.fromEntries(keys.map((key) => [key, undefined]))
