import { flag, list, number, object, optional, type Shape, table, text, whole } from '../bytes/shape.ts'
import type { Kept } from '../transform/relations.ts'
import { MAX_STEP, type Total } from '../transform/total.ts'
import type { Totals } from '../transform/totals.ts'
import type { UsualClock } from '../transform/unproved.ts'
import type { Counter } from './counter.ts'
import type { KeptDeliveries } from './deliveries.ts'
import type { Habits } from './habits.ts'
import type { Memory } from './memory.ts'

/** The latest instant that a Date can have. */
const END_OF_TIME = 8.64e15
/** More than any meter has: what is written must be read again. */
const MANY = 10_000
/** Ids, and names with ids in them, may have any character. */
const anyText = text(/^.{0,100000}$/s)
const NAME = /^.{1,100000}$/s
const step = whole(1, MAX_STEP)
const value = number(-Number.MAX_VALUE, Number.MAX_VALUE)
const moment = { at: number(-END_OF_TIME, END_OF_TIME), time: anyText }

const counter = object<Counter>({
	systemTitle: text(/^[0-9A-F]{16}$/),
	last: whole(-1, 0xffff_ffff),
	pending: optional(whole(0, 0xffff_ffff)),
})

const count = whole(0, Number.MAX_SAFE_INTEGER)
const held = object<NonNullable<Total['held']>>({ ...moment, value, step, agree: count, apart: count, rises: flag })
const shown = object<NonNullable<Total['before']>>({ ...moment, value, step })
const total = object<Total>({ ...moment, value, step, alone: optional(count), held: optional(held), before: optional(shown) })

const totals = object<Totals>({
	id: optional(anyText),
	values: table(NAME, total, MANY),
	sums: optional(table(NAME, list(anyText, MANY), MANY)),
})

/** Accepts the first and the last count of a range. */
const range = (content: unknown): [number, number] | undefined => {
	const [first, last, ...more] = list(count, 2)(content) ?? []
	return first !== undefined && last !== undefined && first <= last && more.length === 0 ? [first, last] : undefined
}
const session = object<KeptDeliveries[number]>({ session: whole(0, END_OF_TIME), ranges: list(range, 16) })

/** Exactly three numbers. */
const three: Shape<Kept> = (content) => {
	const found = list(value, 3)(content)
	return found?.length === 3 ? (found as Kept) : undefined
}
const named = { text: anyText, seen: count }
const clock = object<UsualClock>({ ahead: value, time: value, at: value, quality: optional(anyText), held: optional(value) })

/** Accepts the habits of a meter whose telegrams no tag proves. */
export const habitsShape = object<Habits>({
	systemTitle: anyText,
	lists: table(NAME, object<Habits['lists'][string]>({ rows: list(value, MANY), clock: optional(clock) }), MANY),
	doubted: optional(list(value, MANY)),
	id: optional(object<NonNullable<Habits['id']>>({ ...named, other: optional(object(named)) })),
	lead: optional(object<NonNullable<Habits['lead']>>({ by: value, at: value })),
	power: optional(object<NonNullable<Habits['power']>>({ last: value, at: value, peak: value, amperes: optional(value) })),
	kept: optional(table(NAME, three, MANY)),
})

/** Accepts what is known of a meter's telegrams as it is kept on disk: a wrong number would shut the meter out, or let wrong values through. */
export const memoryShape = object<Memory>({
	counter: optional(counter),
	totals: optional(totals),
	habits: optional(habitsShape),
	proved: optional(count),
	keys: optional(text(/^[0-9a-f]{16}$/)),
	delivered: optional(list(session, 8)),
})
