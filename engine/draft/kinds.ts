import type { TextEdit } from '../../schema/types/api.ts'
import type { Profile } from '../../schema/types/profile.ts'
import { plainDecoder } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import { offsetOf } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { testKeys } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { samplesOf } from '../profile/samples.ts'
import { parseEntry, Sequences } from '../telegram/sequence.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { partsOf, readCapture } from '../transport/capture.ts'
import { kindsAt } from './lists.ts'

/** Gives the edits that write into a profile's text, behind each code of its lists that has no kind, the kinds that the samples show; from the end to the beginning. */
export function kindEdits(text: string, profile: CompiledProfile): TextEdit[] {
	const { document, value } = parseDocument(profile.name, text, 'profile')
	const lists = (value as Profile | undefined)?.decoder?.sequence ?? {}
	const telegrams = Object.keys(lists).length === 0 ? [] : unnamedOf(profile)
	const edits = Object.entries(lists).flatMap(([key, entries]) => {
		const own = telegrams.filter(
			(telegram) => telegram.sent?.length === entries.length && new Sequences({ [key]: entries }).name(telegram).kind === 'telegram',
		)
		return entries.flatMap((entry, place) => {
			const kinds = isBare(entry) ? kindsAt(own, place) : []
			if (entry === null || kinds.length === 0) return []
			const offset = offsetOf(document, ['decoder', 'sequence', key, place], 'value')
			return [{ offset, length: JSON.stringify(entry).length, text: JSON.stringify(`${entry} ${kinds.join('|')}`) }]
		})
	})
	return edits.sort((one, other) => other.offset - one.offset)
}

function isBare(entry: string | null): boolean {
	const parsed = entry === null ? '' : parseEntry(entry)
	return typeof parsed !== 'string' && parsed.kinds === undefined
}

/** The telegrams without codes in a profile's samples. */
function unnamedOf(profile: CompiledProfile): Telegram[] {
	return samplesOf(profile).flatMap(({ capture: file }) => {
		const capture = readCapture(file)
		const [parts, keys] = [partsOf(capture), testKeys(capture)]
		const detected = detect(parts, keys)
		if (!detected) return []
		const reader = plainDecoder(detected, keys)
		const decoded = parts.flatMap((part) => [...reader.push(part), ...reader.idle()])
		return decoded.flatMap((item) => ('telegram' in item && item.telegram.sent ? [item.telegram] : []))
	})
}
