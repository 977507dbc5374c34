import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'

/** The latest of every field, and the time of each. */
export type State = { values: Map<string, { value: unknown; time: string }>; head: Partial<Reading> }

/** Nothing known yet. */
export const emptyState: State = { values: new Map(), head: {} }

/** Adds a reading: its fields replace the older ones; what it does not carry stays, with the time it had. */
export function merge(state: State, reading: Reading): State {
	const values = new Map(state.values)
	const head: Record<string, unknown> = {}
	for (const [name, value] of Object.entries(reading)) {
		if (name in fields) values.set(name, { value, time: reading.time })
		else if (name === 'submeters' || name === 'extra') {
			for (const [key, inner] of Object.entries(value as object)) values.set(`${name}.${key}`, { value: inner, time: reading.time })
		} else if (name !== 'issues') head[name] = value
	}
	return { values, head }
}

/** The state without the fields that are no longer given. */
export function keep({ values, head }: State, wanted: (name: string) => boolean): State {
	return { values: new Map([...values].filter(([name]) => wanted(name))), head }
}

/** The state as it is published: a reading of all fields, and `times` for those that are older than the last telegram. */
export function stateMessage({ values, head }: State): Record<string, unknown> {
	const message: Record<string, unknown> = { ...head }
	const groups: Record<string, Record<string, unknown>> = { submeters: {}, extra: {} }
	const times: Record<string, string> = {}
	for (const [name, { value, time }] of values) {
		const [group = '', key = ''] = name.split(/\.(.*)/)
		const inner = groups[group]
		if (inner) inner[key] = value
		else message[name] = value
		if (time !== head.time) times[name] = time
	}
	for (const [name, inner] of [...Object.entries(groups), ['times', times] as const])
		if (Object.keys(inner).length > 0) message[name] = inner
	return message
}
