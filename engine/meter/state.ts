import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'

/** The latest value of a field and the time of its reading. `group`: the part of a reading that holds it, if it does not stand at the top. */
type Entry = { group?: Group; key: string; value: unknown; time: string }

/** Parts of a reading whose values are kept one by one, named `submeters.<channel>` and `extra.<key>`. */
const GROUPS = ['submeters', 'extra'] as const
type Group = (typeof GROUPS)[number]

/** The latest of every field of one meter. */
export class State {
	readonly #latest = new Map<string, Entry>()
	/** The last reading; only its head, once fields were dropped. */
	#last: Partial<Reading> = {}

	/** The id of the meter, once there was a reading. */
	get id(): string | undefined {
		return this.#last.id
	}

	/** Names the harmonized fields seen so far, sorted. */
	names(): string[] {
		return [...this.#latest.keys()].filter((name) => name in fields).sort()
	}

	/** Adds a reading: its fields replace the older ones, the others stay. Returns whether a harmonized field is new. */
	add(reading: Reading): boolean {
		let isNew = false
		for (const [name, value] of Object.entries(reading))
			if (name in fields) isNew = this.#put(name, undefined, name, value, reading.time) || isNew
		for (const group of GROUPS) {
			const inner = reading[group]
			for (const key in inner) this.#put(`${group}.${key}`, group, key, inner[key], reading.time)
		}
		this.#last = reading
		return isNew
	}

	#put(name: string, group: Group | undefined, key: string, value: unknown, time: string): boolean {
		const entry = this.#latest.get(name)
		if (!entry) {
			this.#latest.set(name, { ...(group && { group }), key, value, time })
			return true
		}
		entry.value = value
		entry.time = time
		return false
	}

	/** Drops the fields that are not wanted. */
	keep(wanted: (name: string) => boolean): void {
		for (const name of this.#latest.keys()) if (!wanted(name)) this.#latest.delete(name)
		const head = Object.entries(this.#last).filter(([name]) => !(name in fields) && !(GROUPS as readonly string[]).includes(name))
		this.#last = Object.fromEntries(head)
	}

	/** Returns the state as it is published: a reading of all fields, and `times` for those that are older than the last reading. */
	message(): Record<string, unknown> {
		const message: Record<string, unknown> = { ...this.#last }
		if (message.issues !== undefined) delete message.issues
		const groups: { [group in Group]?: Record<string, unknown> } = {}
		let times: Record<string, string> | undefined
		for (const [name, { group, key, value, time }] of this.#latest) {
			if (group !== undefined) {
				groups[group] ??= {}
				groups[group][key] = value
			} else if (!(name in message)) message[name] = value
			if (time === message.time) continue
			times ??= {}
			times[name] = time
		}
		for (const group of GROUPS) if (groups[group]) message[group] = groups[group]
		if (times) message.times = times
		return message
	}
}
