import type { Guess } from '../../schema/types/api.ts'
import { type Library, profileNames } from '../profile/library.ts'
import { decoderOf } from '../profile/readers.ts'
import { parseEntry } from '../telegram/sequence.ts'
import { type Asked, guessed, rowsWhere } from './asked.ts'
import { entryOf, freeKey, isNamed, type List, listsIn } from './lists.ts'
import { type PlaceGuess, placeGuesses } from './places.ts'

/** Guesses codes for lists of values without them: whole lists that the profile does not name yet, and open places of those that it names. */
export function listGuesses(asked: Asked): Guess[] {
	const stated = Object.entries(asked.document.decoder?.sequence ?? {})
	const taken = stated.map(([key]) => key)
	return listsIn(asked.telegrams).flatMap((list) => {
		const own = stated.find(([key, entries]) => isNamed(list, key, entries))
		if (own) return openGuesses(asked, list, ...own)
		const key = freeKey(list.kinds.length, taken)
		taken.push(key)
		return wholeGuesses(asked, list, key)
	})
}

/** The rows of the places of a list, where the telegram that is shown has values without codes. */
const placeRows = (asked: Asked, places: readonly number[]) =>
	rowsWhere(asked, (key) => places.some((place) => key === `value ${place + 1}`))

/** The whole list: as a known profile names it, as its values show it, and with what is likely besides. */
function wholeGuesses(asked: Asked, list: List, key: string): Guess[] {
	const guesses = placeGuesses(list)
	const sure = guesses.filter((one) => one.sure)
	const count = list.kinds.length
	const entries = (codes: readonly PlaceGuess[]) =>
		list.kinds.map((kinds, place) => entryOf(codes.find((one) => one.place === place)?.code, kinds))
	const made = (codes: readonly PlaceGuess[], isSure: boolean) =>
		guessed(asked, {
			kind: 'sequence',
			title: `"${key}": ${codes.length} of ${count} values named`,
			params: { key, named: codes.length, count },
			reason: reasonOf(list, codes),
			sure: isSure,
			rows: placeRows(asked, [...list.kinds.keys()]),
			changes: [{ path: ['decoder', 'sequence', key], value: entries(codes) }],
		})
	return [...knownGuess(asked, list, key), made(sure, true), ...(guesses.length > sure.length ? [made(guesses, false)] : [])]
}

function reasonOf({ telegrams }: List, codes: readonly PlaceGuess[]): string {
	const came = `the kinds of ${telegrams.length} ${telegrams.length === 1 ? 'telegram' : 'telegrams'}`
	return [came, ...codes.map(({ place, code, reason }) => `${place + 1}: ${code}, ${reason}`)].join('; ')
}

/** Places that the profile leaves open. */
function openGuesses(asked: Asked, list: List, key: string, entries: readonly (string | null)[]): Guess[] {
	const isStatedHere = asked.own.decoder?.sequence?.[key] !== undefined
	const codes = new Set(entries.map(codeOf))
	const open = placeGuesses(list).filter(({ place, code }) => codeOf(entries[place] ?? null) === undefined && !codes.has(code))
	return open.map(({ place, code, reason, sure }) => {
		const entry = entryOf(code, list.kinds[place] ?? [])
		const changed = entries.map((one, at) => (at === place ? entry : one))
		return guessed(asked, {
			kind: 'sequence',
			title: `"${key}", value ${place + 1}: ${code}`,
			params: { key, place: place + 1, code },
			reason,
			sure,
			rows: placeRows(asked, [place]),
			changes: [
				isStatedHere ? { path: ['decoder', 'sequence', key, place], value: entry } : { path: ['decoder', 'sequence', key], value: changed },
			],
		})
	})
}

function codeOf(entry: string | null): string | undefined {
	const parsed = entry === null ? {} : parseEntry(entry)
	return typeof parsed === 'string' ? undefined : parsed.code
}

/** A list of a known profile, and the profiles that have it. */
type Known = { entries: (string | null)[]; profiles: string[] }

/** The lists of known profiles by their length; of a library that is read again they are read again. */
const known = new WeakMap<Library, Map<number, Known[]>>()

function knownLists(library: Library): Map<number, Known[]> {
	const lists = known.get(library) ?? new Map<number, Known[]>()
	if (known.has(library)) return lists
	for (const name of profileNames(library)) {
		for (const entries of Object.values(decoderOf(name, library)?.sequence ?? {})) {
			const same = lists.get(entries.length)?.find((one) => one.entries.join() === entries.join())
			if (same) same.profiles.push(name)
			else lists.set(entries.length, [...(lists.get(entries.length) ?? []), { entries, profiles: [name] }])
		}
	}
	known.set(library, lists)
	return lists
}

/** The list as other profiles name it, if its values fit theirs; sure where it says its own name, and all who know it agree. */
function knownGuess(asked: Asked, list: List, key: string): Guess[] {
	const { library, chain } = asked
	const lists = library ? (knownLists(library).get(list.kinds.length) ?? []) : []
	const fitting = lists
		.map(({ entries, profiles }) => ({ entries, profiles: profiles.filter((name) => !chain.includes(name)) }))
		.filter(({ entries, profiles }) => profiles.length > 0 && isNamed(list, key, entries))
	return fitting.slice(0, 3).map(({ entries, profiles }) => {
		const names = `${profiles.slice(0, 3).join(', ')}${profiles.length > 3 ? ' …' : ''}`
		const says = entries.some((entry) => entry?.includes(' ='))
		return guessed(asked, {
			kind: 'sequence',
			title: `"${key}" as in ${names}`,
			params: { key, profile: profiles[0] ?? '' },
			reason: `${says ? 'name and ' : ''}kinds of the list of ${list.kinds.length} fit`,
			sure: says && fitting.length === 1,
			rows: placeRows(asked, [...list.kinds.keys()]),
			changes: [{ path: ['decoder', 'sequence', key], value: entries }],
		})
	})
}
