import { mbus } from '../../application/mbus/mbus.ts'
import type { Note } from '../../bytes/cursor.ts'
import { fromHex, fromLatin1, hexBackwards, latin1 } from '../../bytes/hex.ts'
import { mbusNotes } from '../../link/mbus.ts'
import { newBudget } from '../../telegram/budget.ts'
import type { DataRecord } from '../../telegram/telegram.ts'
import type { OpenFrame } from './frames.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** Where an id stands in what a frame carries, and how it is written. */
type Place = { at: number; length: number; as: 'bcd' | 'binary' | 'text' | 'opaque' }

/** Quantities that name the meter, its owner or its place; makers name some themselves. */
const NAMING = /fabrication|identification|customer|\bcust|serial|ser\.|password|access code|\bid\b|owner/i
/** An id among texts of other quantities. */
const LIKE_ID = /^(?:[A-Z]{3}\d{8,}|\d{8,})$/

/** Takes note of the ids of a frame of the wired M-Bus. */
export function mbusIds({ payload }: OpenFrame, ids: Pseudonyms): void {
	rewritten(payload, ids)
}

/** Gives the frame with its ids replaced: identification number, fabrication number, customer and location, as digits, number or text. */
export function mbusFrame({ bytes, payload }: OpenFrame, ids: Pseudonyms): Uint8Array {
	const made = Uint8Array.from(bytes)
	const changed = rewritten(payload, ids)
	// The CI field stays: no id ends with it.
	const head = changed.subarray(0, 1)
	made.set(head, made.length - 2 - payload.length)
	made.set(ids.bytes(changed.subarray(1)), made.length - 1 - payload.length)
	repairSums(made)
	return made
}

/** Makes the checksums of one or several frames right: each the sum of all from its control field on. */
export function repairSums(bytes: Uint8Array): void {
	let start = 0
	for (const { at, text } of mbusNotes(bytes)) {
		if (text.startsWith('control field')) start = at
		if (text.startsWith('checksum')) bytes[at] = bytes.subarray(start, at).reduce((sum, byte) => (sum + byte) & 0xff, 0)
	}
}

function rewritten(payload: Uint8Array, ids: Pseudonyms): Uint8Array {
	const made = Uint8Array.from(payload)
	const isBackwards = ((payload[0] ?? 0) & 0x04) !== 0 && payload[0] !== 0x7c
	for (const { at, length, as } of placesIn(payload)) {
		// The lowest byte first, as in mode 1.
		const value = payload.slice(at, at + length)
		if (isBackwards) value.reverse()
		const other = otherOf(value, as, ids)
		made.set(isBackwards ? other.reverse() : other, at)
	}
	return made
}

function otherOf(value: Uint8Array, as: Place['as'], ids: Pseudonyms): Uint8Array {
	const back = (bytes: Uint8Array) => Uint8Array.from(bytes).reverse()
	if (as === 'opaque') return ids.octets(value)
	if (as === 'text') return back(fromLatin1(ids.text(latin1(back(value)))))
	if (as === 'bcd') return back(fromHex(ids.text(hexBackwards(value))) ?? value)
	const number = BigInt(`0x${hexBackwards(value)}`)
	// A negative one is no id.
	if (number < 100n || number >= 2n ** BigInt(8 * value.length - 1)) return value
	return back(
		fromHex(
			BigInt(ids.text(String(number)))
				.toString(16)
				.padStart(2 * value.length, '0'),
		) ?? value,
	)
}

function placesIn(payload: Uint8Array): Place[] {
	const lists: Note[][] = []
	const explain = () => {
		const list: Note[] = []
		lists.push(list)
		return list
	}
	const telegram = mbus(payload, { keys: {}, authentication: 'optional', budget: newBudget(), explain })
	if (telegram.kind !== 'telegram') return []
	const notes = lists[0] ?? []
	const header = notes.flatMap(({ at, length, text }): Place[] => (text.startsWith('identification') ? [{ at, length, as: 'bcd' }] : []))
	const values = notes.filter(({ layer }) => layer === 'value')
	// The counters of the fixed structure have no information fields, and are no ids.
	const isFixed = ((payload[0] ?? 0) & ~0x04) === 0x73
	const records = isFixed ? [] : (telegram.records ?? [])
	return [...header, ...records.flatMap((record, place) => placeOf(payload, record, values[place]))]
}

/** The place of a record's value, where it is an id. */
function placeOf(payload: Uint8Array, { quantity, qualifiers, value }: DataRecord, found: Note | undefined): Place[] {
	if (!found || (payload[found.at] ?? 0) % 16 === 0x0f) return []
	const isNaming = NAMING.test([quantity ?? '', ...qualifiers].join(' '))
	if (!isNaming && !(value.kind === 'text' && LIKE_ID.test(value.text))) return []
	const end = found.at + found.length
	let at = valueStart(payload, found.at)
	const field = (payload[found.at] ?? 0) & 0x0f
	let as: Place['as'] = field === 5 ? 'opaque' : field < 8 ? 'binary' : 'bcd'
	if (field === 0x0d) {
		const kind = payload[at++] ?? 0
		as = kind < 0xc0 ? 'text' : kind < 0xe0 ? 'bcd' : end - at > 8 ? 'opaque' : 'binary'
	}
	return end > at ? [{ at, length: end - at, as }] : []
}

/** Where the value of a record begins: behind DIF, DIFE, VIF, its text and VIFE. */
function valueStart(payload: Uint8Array, from: number): number {
	let at = from
	while ((payload[at++] ?? 0) & 0x80);
	const vif = payload[at++] ?? 0
	if ((vif & 0x7f) === 0x7c) at += 1 + (payload[at] ?? 0)
	if (vif & 0x80) while ((payload[at++] ?? 0) & 0x80);
	return at
}

/** Names the ids of the M-Bus in a telegram's records for a comparison: values under these names may differ. */
export const isNamed = ({ quantity, qualifiers, value }: DataRecord) =>
	NAMING.test([quantity ?? '', ...qualifiers].join(' ')) || value.kind === 'text'
