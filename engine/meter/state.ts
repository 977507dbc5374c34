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
		let [count, isNew] = [0, false]
		for (const [name, value] of Object.entries(reading)) {
			if (!(name in fields)) continue
			count++
			isNew = this.#put(name, value, time) || isNew
		}
		for (const group of GROUPS) {
			for (const key in reading[group]) {
				count++
				this.#put(`${group}.${key}`, reading[group]?.[key], time)
			}
		}
		this.#last = reading
		this.#isWhole = count === this.#latest.size && issues === undefined
		return isNew
	}

	#put(name: string, value: unknown, time: string): boolean {
		const entry = this.#latest.get(name)
		if (!entry) {
			this.#latest.set(name, { value, time })
			return true
		}
		entry.value = value
		entry.time = time
		return false
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
		const message: Record<string, unknown> = { ...this.#last }
		if (message.issues !== undefined) delete message.issues
		const parts: Record<string, Record<string, unknown>> = {}
		for (const [name, { value, time }] of this.#latest) {
			const dot = name.indexOf('.')
			if (dot > 0) part(parts, name.slice(0, dot))[name.slice(dot + 1)] = value
			else if (!(name in message)) message[name] = value
			if (time !== message.time) part(parts, 'times')[name] = time
		}
		return Object.assign(message, parts)
	}
}

function part(parts: Record<string, Record<string, unknown>>, name: string): Record<string, unknown> {
	parts[name] ??= {}
	return parts[name]
}
