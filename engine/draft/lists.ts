import type { SequenceList } from '../../schema/types/api.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { codeOf } from '../telegram/code.ts'
import type { Value } from '../telegram/register.ts'
import { demanded, fits, kindOf, parseEntry, Sequences } from '../telegram/sequence.ts'
import type { Sent, Telegram } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'

/** A list of values without codes: the telegrams that carry it, and the kinds at each place. */
export type List = { telegrams: Telegram[]; kinds: string[][] }

/** Lists that are told apart, telegrams of each that are looked at, and places of a list. */
const [MAX_LISTS, MAX_TELEGRAMS, MAX_PLACES] = [10, 30, 300]
/** Characters of a value that are shown. */
const MAX_TEXT = 100
/** Kinds of one place that are named. */
const MAX_KINDS = 4

/** Sorts telegrams without codes into lists: of one length, and at each place values of one sort. */
export function listsIn(telegrams: readonly Telegram[]): List[] {
	const groups: { telegrams: Telegram[]; sorts: string[] }[] = []
	for (const telegram of telegrams) {
		if (!telegram.sent || telegram.sent.length === 0 || telegram.sent.length > MAX_PLACES) continue
		const sorts = telegram.sent.map((sent, place) => sortOf(telegram, sent, place))
		const group = groups.find((one) => one.sorts.length === sorts.length && one.sorts.every((sort, at) => isAlike(sort, sorts[at] ?? '')))
		if (!group && groups.length < MAX_LISTS) groups.push({ telegrams: [telegram], sorts })
		else if (group && group.telegrams.length < MAX_TELEGRAMS) {
			group.telegrams.push(telegram)
			group.sorts = group.sorts.map((sort, at) => (sort === 'null' ? (sorts[at] ?? sort) : sort))
		}
	}
	return groups.map((group) => ({ telegrams: group.telegrams, kinds: group.sorts.map((_, place) => kindsAt(group.telegrams, place)) }))
}

function sortOf({ sequence }: Telegram, { type }: Sent, place: number): string {
	if (type !== 'octets' && type !== 'text') return type
	return sequence[place]?.kind === 'clock' ? 'clock' : 'text'
}

/** An empty place may be any. */
const isAlike = (one: string, other: string) => one === other || one === 'null' || other === 'null'

/** The kinds at a place; texts of several shapes are one. */
export function kindsAt(telegrams: readonly Telegram[], place: number): string[] {
	const kinds = new Set(
		telegrams.flatMap(({ sequence, sent = [] }) => (sequence[place] ? [kindOf(sequence[place], sent[place] as Sent)] : [])),
	)
	const texts = [...kinds].filter((kind) => /^(text|digits|=)/.test(kind))
	return texts.length > 1 ? [...[...kinds].filter((kind) => !texts.includes(kind)), 'text'] : [...kinds]
}

/** Writes an entry of `decoder.sequence`: a code, or none, and the kinds; null where no entry can say what came. */
export function entryOf(code: string | undefined, kinds: readonly string[]): string | null {
	const entry = `${code ?? '-'} ${kinds.slice(0, MAX_KINDS).join('|')}`
	const isOpen = kinds.length === 0 || kinds.length > MAX_KINDS || (kinds.length === 1 && kinds[0] === 'null')
	if (!isOpen && typeof parseEntry(entry) !== 'string') return entry
	return code ?? null
}

/** Whether the telegrams of a list fit one that a profile names. */
export function isNamed({ telegrams, kinds }: List, key: string, entries: (string | null)[]): boolean {
	if (entries.length !== kinds.length) return false
	const sequences = new Sequences({ [key]: entries })
	return telegrams.every((telegram) => sequences.name(telegram).kind === 'telegram')
}

/** Gives a key that a profile's lists do not have yet. */
export function freeKey(length: number, taken: readonly string[]): string {
	let key = `${length}`
	for (let number = 2; taken.includes(key); number++) key = `${length} list ${number}`
	return key
}

/** The telegram that is shown, and the keys of its rows. */
export type ShownRows = { telegram: Telegram; rows: readonly string[] }

/**
 * Lists what telegrams send without codes: the lists that the profile names, place by place with what came there, and those that it does not name yet. The telegrams are
 * as the meter alone tells them.
 */
export function sequencesOf(telegrams: readonly Telegram[], profile?: CompiledProfile, shown?: ShownRows): SequenceList[] {
	const stated = Object.entries(profile?.document.decoder.sequence ?? {})
	// The one that is shown comes first: its rows are named.
	const lists = listsIn(shown ? [shown.telegram, ...telegrams] : telegrams)
	const left = new Set(lists)
	const take = (fits: (list: List) => boolean, most = MAX_LISTS) => {
		const taken = [...left].filter(fits).slice(0, most)
		for (const list of taken) left.delete(list)
		return joined(taken)
	}
	// A list that fits is that of its key; what fits none is held against the one of its length.
	const fitting = new Map(stated.map(([key, entries]) => [key, take((list) => isNamed(list, key, entries))]))
	const found = stated.map(([key, entries]): SequenceList => {
		const list = fitting.get(key) ?? take(({ kinds }) => kinds.length === entries.length, 1)
		return { key, stated: true, places: entries.map((entry, place) => placeOf(entry, place, list, shown)) }
	})
	const keys = stated.map(([key]) => key)
	for (const { kinds, telegrams: own } of left) {
		const key = freeKey(kinds.length, keys)
		keys.push(key)
		found.push({ key, places: kinds.map((kind, place) => ({ kind: kind.join('|') || 'null', ...rowOf(undefined, place, own, shown) })) })
	}
	return found
}

/** Lists in one, with the kinds of all. */
function joined(lists: readonly List[]): List | undefined {
	const [first] = lists
	if (!first) return undefined
	const telegrams = lists.flatMap((list) => list.telegrams)
	return { telegrams, kinds: first.kinds.map((_, place) => kindsAt(telegrams, place)) }
}

type Place = SequenceList['places'][number]

function placeOf(entry: string | null, place: number, list: List | undefined, shown: ShownRows | undefined): Place {
	const parsed = entry === null ? {} : parseEntry(entry)
	const { code, kinds: wanted } = typeof parsed === 'string' ? {} : parsed
	const kinds = wanted ?? (code === undefined ? [] : demanded(codeOf(code)))
	const isRight = list?.telegrams.every(({ sequence, sent = [] }) => {
		const [value, own] = [sequence[place], sent[place]]
		return kinds.length === 0 || (value !== undefined && own !== undefined && kinds.some((kind) => fits(kind, value, own)))
	})
	return {
		kind: list?.kinds[place]?.join('|') || wanted?.join('|') || 'null',
		...(code !== undefined && { code }),
		...(entry !== null && { entry }),
		...(isRight !== undefined && { fits: isRight }),
		...rowOf(code, place, list?.telegrams ?? [], shown),
	}
}

/** The row and the value of a place, where the telegram that is shown carries the list. */
function rowOf(
	code: string | undefined,
	place: number,
	telegrams: readonly Telegram[],
	shown: ShownRows | undefined,
): Pick<Place, 'row' | 'value'> {
	if (!shown || !telegrams.includes(shown.telegram)) return {}
	const row = shown.rows.findIndex((key) => key === `value ${place + 1}` || (code !== undefined && key === code))
	const value = sentText(shown.telegram.sequence[place])
	return { ...(row >= 0 && { row }), ...(value !== undefined && { value }) }
}

/** Shows a value as it was sent; undefined for an empty one. */
function sentText(value: Value | undefined): string | undefined {
	if (value?.kind === 'number') return String(value.raw)
	if (value?.kind === 'boolean') return String(value.value)
	if (value?.kind === 'clock') return value.clock.local
	return value?.kind === 'text' ? visible(value.text, MAX_TEXT) : undefined
}
