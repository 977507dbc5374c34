import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'

/** Parts of a reading whose values are kept one by one, named `submeters.<channel>` and `extra.<key>`. */
const GROUPS = ['submeters', 'extra'] as const

/** The latest of every field of one meter. */
export class State {
	/** The latest value of each field, and the time of its reading. */
	readonly #latest = new Map<string, { value: unknown; time: string }>()
	/** The last reading; only its head, once fields were dropped. */
	#last: Partial<Reading> = {}
	/** Whether the last reading has all fields, and so is the state. */
	#isWhole = false

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
		const { time, issues } = reading
		const parts = Object.entries(reading).filter(([name]) => name in fields)
		const isNew = parts.some(([name]) => !this.#latest.has(name))
		for (const group of GROUPS) for (const key in reading[group]) parts.push([`${group}.${key}`, reading[group]?.[key]])
		for (const [name, value] of parts) this.#latest.set(name, { value, time })
		this.#last = reading
		this.#isWhole = parts.length === this.#latest.size && issues === undefined
		return isNew
	}

	/** Drops the fields that are not wanted. */
	keep(wanted: (name: string) => boolean): void {
		for (const name of this.#latest.keys()) if (!wanted(name)) this.#latest.delete(name)
		this.#isWhole = false
		const { submeters: _submeters, extra: _extra, ...rest } = this.#last
		this.#last = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in fields)))
	}

	/**
	 * Returns the state as it is published: a reading of all fields, and `times` for those that are older than the last reading. It is the last reading
	 * itself where that has them all.
	 */
	message(): object {
		if (this.#isWhole) return this.#last
		const { issues: _issues, ...message }: Record<string, unknown> = this.#last
		const groups: Record<string, Record<string, unknown>> = {}
		const put = (group: string, key: string, value: unknown) => {
			groups[group] ??= {}
			groups[group][key] = value
		}
		for (const [name, { value, time }] of this.#latest) {
			const dot = name.indexOf('.')
			if (dot > 0) put(name.slice(0, dot), name.slice(dot + 1), value)
			else if (!(name in message)) message[name] = value
			if (time !== message.time) put('times', name, time)
		}
		return { ...message, ...groups }
	}
}
