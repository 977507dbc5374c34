import { fields } from '../../schema/types/fields.ts'
import { type Asked, milliseconds, type Span } from './asked.ts'
import type { Last } from './scope.ts'
import type { Values } from './selection.ts'

/** The fields of a meter that are fresh, and the age of its last telegram (ms) up to which they are. */
export type Fresh = { state: Values; until: number }

const GROUPS = ['submeters', 'extra'] as const
const NOTHING_FRESH: Values = {}

/**
 * Gives the fields of a state that are no older than the limit (ms). `age`: of the last telegram, in ms. Those of older telegrams are judged by when these
 * arrived, not by the meter's clock; one that arrived later than the last (the computer's clock was set back) counts as outdated. `slow` fields may lag
 * behind the last telegram.
 */
export function freshState({ reading, state, view, arrivals = {} }: Last, age: number, limit: number, slow: Asked['slow'] = []): Fresh {
	if (age > limit) return { state: NOTHING_FRESH, until: Number.POSITIVE_INFINITY }
	const all = state as Values
	const arrived = Date.parse(reading.received)
	const outdated: string[] = []
	let until = limit
	for (const [name, received] of Object.entries(arrivals)) {
		const lag = arrived - Date.parse(received)
		const span = slowSpan(name, slow)
		const most = span ? milliseconds(span, view.profile.interval) : limit - age
		if (!(lag >= 0 && lag <= most)) outdated.push(name)
		else if (!span) until = Math.min(until, limit - lag)
	}
	return { state: outdated.length === 0 ? all : without(all, outdated), until }
}

function slowSpan(name: string, slow: Asked['slow']): Span | undefined {
	return slow.find(([pattern]) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name))?.[1]
}

/** Copies a state without some fields: of itself, or of a group in it (`submeters.1`). */
function without(state: Values, names: string[]): Values {
	const copy: Values = { ...state }
	for (const name of names) {
		if (name in fields) delete copy[name]
		const group = GROUPS.find((one) => name.startsWith(`${one}.`))
		if (!group || copy[group] === undefined) continue
		const members: Values = { ...(copy[group] as Values) }
		delete members[name.slice(group.length + 1)]
		copy[group] = members
	}
	return copy
}
