import { isDeepStrictEqual } from 'node:util'
import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Sums } from '../transform/totals.ts'
import { formOf, hasForm, type Kept } from './form.ts'
import { type List, merged } from './layout.ts'
import { Made } from './made.ts'
import { Turn } from './turn.ts'

const NO_SUMS: Sums = {}
const NONE: string[] = []
/** Lists that are kept: a meter has two or three, and some more with an issue or without its clock. */
const MANY_LISTS = 8
/** More fields than any meter has: a hundred, and 256 channels. */
const MANY = 600

type Values = Record<string, unknown>
type Latest = Kept & { value: unknown; time: string; received: string }

/**
 * The latest of every field of one meter: the last reading of each list that it sends, which costs little for each reading. They are put together
 * when somebody asks.
 */
export class State {
	#lists: List[] = []
	/** Fields of lists that are no longer kept: older than those of all lists. */
	readonly #older = new Map<string, Latest>()
	/** All fields, with the parts (of a sub-meter) that their last value has. */
	readonly #names = new Map<string, string[]>()
	/** The last reading; only its head, once fields were dropped. */
	#last: Partial<Reading> = {}
	/** The list of the last reading. */
	#now: List | undefined
	#sums: Sums = NO_SUMS
	/** Those that were a part: no sums any more. */
	#parts = NONE
	readonly #made = new Made()
	#count = 0
	#turns = 0
	/** The state, once somebody has asked for it after the last reading. */
	#message: object | undefined

	/** The id of the meter, once there was a reading. */
	get id(): string | undefined {
		return this.#last.id
	}

	/** Changes when lists come more or less often than was believed. */
	get turns(): number {
		return this.#turns
	}

	/** Tells how many seconds apart the values of a field usually are, where the meter sends lists in turn; undefined as long as that is not known. */
	every(name: string): number | undefined {
		if (this.#lists.length < 2) return undefined
		const whole = name.startsWith('submeters.') ? name.slice(0, name.lastIndexOf('.')) : name
		const gaps = this.#lists.flatMap(({ form, turn }) => (form.kept.some((kept) => kept.name === whole) ? (turn.every ?? []) : []))
		return gaps.length > 0 ? Math.min(...gaps) : undefined
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
		const isSummed = sums !== this.#sums && this.#sum(sums)
		if (this.#parts.length > 0) this.#dropParts(reading)
		let list: List | undefined
		for (const one of this.#lists) {
			if (!hasForm(reading, one.form)) continue
			list = one
			break
		}
		const [isNew, isOther] = [list === undefined, list !== this.#now]
		list ??= { form: formOf(reading), reading, count: 0, turn: new Turn() }
		if (list.turn.heard(Date.parse(reading.received)) && this.#lists.length > 1) this.#turns++
		list.reading = reading
		list.count = ++this.#count
		this.#last = reading
		this.#now = list
		this.#made.take(list.form.traits, list.count)
		this.#message = undefined
		// All fields of a list that is known are; its sub-meters may have parts that those of the list before it had not.
		const hasMore = isNew ? this.#hasMore(list.form.kept) : isOther && this.#hasMore(list.form.submeters)
		if (isNew) this.#begin(list)
		return hasMore || isSummed
	}

	/** Takes other sums; tells whether they differ. */
	#sum(sums: Sums): boolean {
		const differs = !isDeepStrictEqual(sums, this.#sums)
		this.#sums = sums
		this.#parts = Object.keys(sums).filter((name) => sums[name]?.length === 0)
		return differs
	}

	/** Drops what was the sum of some parts only; a reading that has the field knows better. */
	#dropParts(reading: Reading): void {
		const gone = this.#parts.filter((name) => !(name in reading) && this.#names.has(name))
		if (gone.length > 0) this.#drop((name) => gone.includes(name))
	}

	/** Begins a list. */
	#begin(list: List): void {
		if (this.#names.size > MANY) this.#bound(list)
		if (this.#lists.length >= MANY_LISTS) this.#fold(this.#lists.reduce((one, other) => (one.count < other.count ? one : other)))
		this.#lists.push(list)
	}

	/** Tells whether one of a list's fields is new, or has parts (a sub-meter's) that its value before did not have. */
	#hasMore(fields: Kept[]): boolean {
		let hasMore = false
		for (const { name, parts } of fields) {
			const known = this.#names.get(name)
			hasMore ||= !known || parts.some((part) => !known.includes(part))
			this.#names.set(name, parts)
		}
		return hasMore
	}

	/** Ends a list: its fields stay. It must be the one whose last reading is the oldest. */
	#fold(list: List): void {
		const { time, received } = list.reading
		for (const kept of list.form.kept) this.#older.set(kept.name, { ...kept, value: valueIn(list, kept), time, received })
		this.#lists = this.#lists.filter((one) => one !== list)
	}

	/** The lists, the one with the last reading first. */
	#latestFirst(): List[] {
		return this.#lists.length === 1 ? this.#lists : [...this.#lists].sort((one, other) => other.count - one.count)
	}

	/** Forgets sub-meters, the first ones first, where there are more fields than any meter has: a profile may name channels as the meter does. */
	#bound({ form: { kept } }: List): void {
		for (const one of this.#latestFirst().reverse()) this.#fold(one)
		const stays = new Set(kept.map(({ name }) => name))
		for (const name of this.#older.keys()) {
			if (this.#names.size <= MANY) return
			if (!name.startsWith('submeters.') || stays.has(name)) continue
			this.#older.delete(name)
			this.#names.delete(name)
		}
	}

	/** Drops the fields that are not wanted. */
	keep(wanted: (name: string) => boolean): void {
		this.#drop((name) => !wanted(name))
		const { submeters: _submeters, extra: _extra, issues: _issues, ...rest } = this.#last
		this.#last = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in fields)))
		this.#now = undefined
		this.#message = undefined
	}

	#drop(isUnwanted: (name: string) => boolean): void {
		for (const one of this.#latestFirst().reverse()) this.#fold(one)
		for (const name of this.#names.keys()) {
			if (!isUnwanted(name)) continue
			this.#older.delete(name)
			this.#names.delete(name)
		}
	}

	/** Returns all fields that were seen, the outdated among them. */
	known(): object {
		return this.#made.outdated(this.#count).length === 0 ? this.message() : this.#merged(NONE)
	}

	/**
	 * Returns the state as it is published: a reading of all fields, and `times` for those that are older than the last reading. It is the last reading
	 * itself where that has them all. A value that was made of others is left out once those are newer.
	 */
	message(): object {
		this.#message ??= this.#merged(this.#made.outdated(this.#count))
		return this.#message
	}

	/** Returns when each field arrived that the last reading does not have (ISO 8601). */
	arrivals(): Record<string, string> {
		const arrivals: Record<string, string> = {}
		const seen = new Set<string>()
		for (const { form, reading } of this.#latestFirst()) {
			for (const { name } of form.kept) {
				if (reading !== this.#last && !seen.has(name)) arrivals[name] = reading.received
				seen.add(name)
			}
		}
		for (const { name, received } of this.#older.values()) if (!seen.has(name)) arrivals[name] = received
		return arrivals
	}

	#merged(outdated: string[]): object {
		const last = this.#last
		if (this.#now?.form.kept.length === this.#names.size && last.issues === undefined) return last
		const message: Values = this.#now ? merged(this.#latestFirst(), outdated) : { ...last }
		if (this.#older.size > 0) this.#addOlder(message, outdated)
		return message
	}

	#addOlder(message: Values, outdated: string[]): void {
		const copied = new Set<string>()
		const groupIn = (group: string): Values => {
			if (!copied.has(group)) message[group] = { ...(message[group] as Values | undefined) }
			copied.add(group)
			return message[group] as Values
		}
		for (const { name, group, key, value, time } of this.#older.values()) {
			const values = group ? groupIn(group) : message
			if (key in values || outdated.includes(name)) continue
			values[key] = value
			if (time !== message.time) groupIn('times')[name] = time
		}
	}
}

/** Gives the last value of a field of a list. */
function valueIn({ reading }: List, { group, key }: Kept): unknown {
	return ((group ? reading[group] : reading) as Values)[key]
}
