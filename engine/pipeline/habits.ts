import type { Code } from '../telegram/code.ts'
import type { Register } from '../telegram/register.ts'
import type { Telegram } from '../telegram/telegram.ts'
import type { Kept } from '../transform/relations.ts'
import type { Usual, UsualClock, UsualPower } from '../transform/unproved.ts'

/** A list that a meter sends: its rows by their hashes, and its clock. */
type List = { rows: number[]; clock?: UsualClock | undefined }

/** The id that a meter says: how many telegrams did, two at most, and another one that some say in a row. */
type Id = { text: string; seen: number; other?: { text: string; seen: number } | undefined }

/**
 * The habits of a meter whose telegrams no tag proves: its lists by the number of their rows, its id, its power, which of its values fit each other.
 * `lead`: of its clock; `doubted`: hashes of the last lists that were not believed.
 */
export type Habits = {
	systemTitle: string
	lists: Record<string, List>
	doubted?: number[] | undefined
	id?: Id | undefined
	lead?: Usual['lead']
	power?: UsualPower | undefined
	kept?: Record<string, Kept> | undefined
}

/** Lists of one meter, and those that wait to be confirmed, at most. */
const [MANY_LISTS, MANY_DOUBTED] = [8, 4]
/** Lists of the same length that a meter may send in turn: behind those the latest is kept alone. */
const MANY_ALIKE = 8
/** Rows that may be strange in a list that is meant to be the same. */
const FEW = 3
/** Telegrams in a row that make another id the meter's, and those that do where only one has said the first. */
const [ANOTHER, SECOND] = [5, 2]

/** The habits before and after a telegram, or why it is not believed. */
export type Seen = { habits: Habits; refusal?: string }

/** Gives what was known of this meter; nothing where another one was meant. */
export function habitsOf(known: Habits | undefined, { systemTitle = '' }: Telegram): Habits {
	return known?.systemTitle === systemTitle ? known : { systemTitle, lists: {} }
}

/** Gives what still holds under a changed profile. */
export function afterChange({ systemTitle, id }: Habits): Habits {
	return { systemTitle, lists: {}, id }
}

/** Names a list by the number of its rows: a letter before it keeps the lists in the order in which they came. */
const listOf = ({ registers, sequence, unread = [] }: Telegram) => `n${registers.length + sequence.length + unread.length}`

/**
 * Holds the rows of a telegram against those that the meter's lists of that length have had: a flipped bit in a code, a scaler or a unit makes a row of
 * another meaning. A list with a new row is believed as soon as a second telegram has it. `stated`: codes that the profile's own sequences have.
 */
export function seeRows(before: Habits, telegram: Telegram, isStated: (code: string) => boolean): Seen {
	const key = listOf(telegram)
	const list = before.lists[key]
	const rows = rowsOf(telegram)
	if (!list) return { habits: withList(before, key, { rows }) }
	const strange = rows.flatMap((row, at) => (list.rows.includes(row) || isEmpty(telegram.registers[at]) ? [] : [at]))
	if (strange.length === 0) return { habits: before }
	const codes = strange.map((at) => telegram.registers[at]?.obis ?? '')
	const isFull = list.rows.length > MANY_ALIKE * rows.length
	const all = { ...list, rows: isFull ? rows : [...list.rows, ...strange.map((at) => rows[at] as number)] }
	// A list that shares little with those is another one, no flipped bit.
	const isOther = strange.length > FEW && 2 * strange.length > rows.length
	if (isOther || codes.every(isStated)) return { habits: withList(before, key, all) }
	const hash = strange.reduce((sum, at) => mix(sum, rows[at] as number), rows.length)
	const doubted = before.doubted ?? []
	if (doubted.includes(hash)) return { habits: { ...withList(before, key, all), doubted: doubted.filter((one) => one !== hash) } }
	const shown = codes.slice(0, 3).join(', ')
	const refusal = `its list has ${shown}${codes.length > 3 ? ', …' : ''}, which this meter's lists of ${rows.length} values never had, and no tag proves it: believed if a second one has it`
	return { habits: { ...before, doubted: [...doubted, hash].slice(-MANY_DOUBTED) }, refusal }
}

/** Holds the id of a telegram against the one that the meter with this system title has said: another one is believed when several in a row say it. */
export function seeId(before: Habits, id: string): Seen {
	const known = before.id
	if (!known || known.text === id)
		return { habits: known?.seen === 2 && !known.other ? before : { ...before, id: { text: id, seen: known ? 2 : 1 } } }
	const seen = known.other?.text === id ? known.other.seen + 1 : 1
	if (seen >= (known.seen < 2 ? SECOND : ANOTHER)) return { habits: { ...before, id: { text: id, seen: 2 } } }
	const refusal = `a telegram of meter ${id.slice(0, 64)}: the one with this system title has always been ${known.text.slice(0, 64)}, and no tag proves it`
	return { habits: { ...before, id: { ...known, other: { text: id, seen } } }, refusal }
}

/** Gives what is usual for a telegram's list. */
export function usualOf({ lists, lead, power, kept }: Habits, telegram: Telegram): Usual {
	return { clock: lists[listOf(telegram)]?.clock, lead, power, kept }
}

/** Adds what a telegram has shown. */
export function withUsual(habits: Habits, telegram: Telegram, { clock, lead, power, kept }: Usual): Habits {
	const key = listOf(telegram)
	const list = habits.lists[key]
	return { ...(list ? withList(habits, key, { ...list, clock }) : habits), lead, power, kept }
}

function withList(habits: Habits, key: string, list: List): Habits {
	const { [key]: _before, ...others } = habits.lists
	const kept = Object.entries(others).slice(1 - MANY_LISTS)
	return { ...habits, lists: { ...Object.fromEntries(kept), [key]: list } }
}

/** The hash of each row of a telegram: its code, which of several of that code it is, and what its number means. */
function rowsOf({ registers, application }: Telegram): number[] {
	// The text of P1 has the point where the number has it: how many digits stand behind it is no habit.
	const isText = application === 'p1'
	const rows: number[] = []
	for (const register of registers) {
		let hash = hashOf(register, isText)
		while (rows.includes(hash)) hash = mix(hash, 1)
		rows.push(hash)
	}
	return rows
}

/** The hashes of codes, which are the same objects for all telegrams. */
const hashes = new WeakMap<Code, number>()

function hashOf(register: Register, isText: boolean): number {
	const { code, attribute, isNumber, scaler, unit } = register
	let hash = hashes.get(code)
	if (hash === undefined) {
		hash = textHash(code.text)
		hashes.set(code, hash)
	}
	// What a meter behind the meter is does not change from telegram to telegram.
	if (code.isSubmeter && NAMES.test(code.text)) return mix(hash, textHash(nameIn(register)))
	if (!isNumber) return mix(hash, attribute)
	return mix(mix(hash, attribute + 256 * (isText || scaler === undefined ? 128 : scaler)), textHash(unit ?? ''))
}

/** Whether a row has no value: which quantities a meter leaves open for a while is no habit. */
const isEmpty = (register: Register | undefined) => register !== undefined && !register.isNumber && register.value.kind === 'none'

/** Codes under which a meter behind the meter says its type and its id. */
const NAMES = /^0-\d+:(?:24\.1|96\.1)\.\d+$/

const nameIn = ({ value }: Register) => (value.kind === 'text' ? value.text : value.kind === 'number' ? String(value.raw) : value.kind)

/** FNV-1a, 32 bits. */
function textHash(text: string): number {
	let hash = 0x811c9dc5
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
	return hash >>> 0
}

const mix = (one: number, other: number) => (Math.imul(one, 31) + Math.imul(other ^ 0x811c9dc5, 0x01000193)) >>> 0
