import { isDeepStrictEqual } from 'node:util'
import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { derivationOf } from '../transform/derived.ts'
import type { Sums } from '../transform/totals.ts'

/** Parts of a reading whose values are kept one by one, named `submeters.<channel>` and `extra.<key>`. */
const GROUPS = ['submeters', 'extra'] as const

const NO_SUMS: Sums = {}
const NONE: ReadonlySet<string> = new Set()
/** Fields that are made of others of the moment. */
const MADE = ['power_net', 'power_net_l1', 'power_net_l2', 'power_net_l3', 'tariff_index']

/** More fields than any meter has: a hundred, and 256 channels. */
const MANY = 600

/** Whether a value is new, or has parts (a sub-meter's) that the one before did not have. */
const isLarger = (value: unknown, before: { value: unknown } | undefined) =>
	before === undefined || (typeof value === 'object' && Object.keys(value ?? {}).some((part) => !(part in (before.value as object))))

/**
 * A power that was made of others of its reading: those, the count of the last reading that had it, and the most readings between one that had it and the
 * next.
 */
type Made = { from: string[]; seen: number; gap: number }

/** How much longer than ever a made value may be absent where its parts are absent, too. */
const PATIENCE = 3

/** The latest of every field of one meter. */
export class State {
	/** The latest value of each field, and the time of its reading. */
	readonly #latest = new Map<string, { value: unknown; time: string }>()
	/** The last reading; only its head, once fields were dropped. */
	#last: Partial<Reading> = {}
	/** Whether the last reading has all fields, and so is the state. */
	#isWhole = false
	#sums: Sums = NO_SUMS
	readonly #made = new Map<string, Made>()
	/** Made values whose parts are newer, or that no reading has had for long: nobody knows what they would be now. */
	readonly #outdated = new Set<string>()
	#count = 0

	/** The id of the meter, once there was a reading. */
	get id(): string | undefined {
		return this.#last.id
	}

	/** Tells of which fields a field is the sum; nothing for any other field. */
	sumOf(name: string): { sum?: string[] } {
		const sum = this.#sums[name]
		return sum && sum.length > 0 ? { sum } : {}
	}

	/**
	 * Adds a reading: its fields replace the older ones, the others stay. `sums`: the fields that are sums; a sum that the meter's other tariffs have
	 * proved to be a part is dropped. Returns whether a field is new, or a sum of others.
	 */
	add(reading: Reading, sums: Sums = NO_SUMS): boolean {
		const { time, issues } = reading
		const parts = Object.entries(reading).filter(([name]) => name in fields)
		for (const group of GROUPS) for (const key in reading[group]) parts.push([`${group}.${key}`, reading[group]?.[key]])
		const isNew =
			parts.some(([name, value]) => isLarger(value, this.#latest.get(name))) ||
			(sums !== this.#sums && !isDeepStrictEqual(sums, this.#sums))
		this.#sums = sums
		for (const name in sums) if (sums[name]?.length === 0) this.#latest.delete(name)
		for (const [name, value] of parts) this.#latest.set(name, { value, time })
		this.#bound()
		this.#last = reading
		this.#isWhole = parts.length === this.#latest.size && issues === undefined
		this.#age(reading as unknown as Record<string, unknown>)
		return isNew
	}

	/** Notes which values are made of others of their reading, and which of those are outdated. */
	#age(reading: Record<string, unknown>): void {
		this.#count++
		const has = (name: string) => reading[name] !== undefined
		for (const name of MADE) {
			const made = this.#made.get(name)
			const derivation = has(name) ? derivationOf(name, has) : undefined
			if (derivation)
				this.#made.set(name, { from: derivation.from, seen: this.#count, gap: made ? Math.max(made.gap, this.#count - made.seen - 1) : 0 })
			else if (has(name)) this.#made.delete(name)
			const late = made && !has(name) ? this.#count - made.seen : 0
			// Where lists come in turn, one has the parts and another only some of them.
			if (made && late > (made.from.some(has) ? made.gap : PATIENCE * (made.gap + 1))) this.#outdated.add(name)
			else if (late === 0) this.#outdated.delete(name)
		}
	}

	/** Forgets sub-meters, the first ones first, where there are more fields than any meter has: a profile may name channels as the meter does. */
	#bound(): void {
		if (this.#latest.size <= MANY) return
		for (const name of this.#latest.keys()) if (this.#latest.size > MANY && name.startsWith('submeters.')) this.#latest.delete(name)
	}

	/** Drops the fields that are not wanted. */
	keep(wanted: (name: string) => boolean): void {
		for (const name of this.#latest.keys()) if (!wanted(name)) this.#latest.delete(name)
		this.#isWhole = false
		const { submeters: _submeters, extra: _extra, ...rest } = this.#last
		this.#last = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in fields)))
	}

	/** Returns all fields that were seen, the outdated among them. */
	known(): object {
		return this.#outdated.size === 0 ? this.message() : this.#message(NONE)
	}

	/**
	 * Returns the state as it is published: a reading of all fields, and `times` for those that are older than the last reading. It is the last reading
	 * itself where that has them all. A value that was made of others is left out once those are newer.
	 */
	message(): object {
		return this.#message(this.#outdated)
	}

	#message(outdated: ReadonlySet<string>): object {
		if (this.#isWhole) return this.#last
		const { issues: _issues, ...message }: Record<string, unknown> = this.#last
		const groups: Record<string, Record<string, unknown>> = {}
		const put = (group: string, key: string, value: unknown) => {
			groups[group] ??= {}
			groups[group][key] = value
		}
		for (const [name, { value, time }] of this.#latest) {
			if (outdated.has(name)) continue
			const dot = name.indexOf('.')
			if (dot > 0) put(name.slice(0, dot), name.slice(dot + 1), value)
			else if (!(name in message)) message[name] = value
			if (time !== message.time) put('times', name, time)
		}
		return { ...message, ...groups }
	}
}
