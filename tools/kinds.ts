import { writeFileSync } from 'node:fs'
import { samplesOf } from '../engine/check/samples.ts'
import { plainDecoder } from '../engine/decode/decoder.ts'
import { detect } from '../engine/decode/detect.ts'
import { offsetOf } from '../engine/document/finding.ts'
import { parseDocument } from '../engine/document/parse.ts'
import { MAX_FILE, readRegular } from '../engine/files/regular.ts'
import { testKeys } from '../engine/pipeline/replay.ts'
import type { CompiledProfile } from '../engine/profile/profile.ts'
import { kindOf, parseEntry, Sequences } from '../engine/telegram/sequence.ts'
import type { Sent, Telegram } from '../engine/telegram/telegram.ts'
import { partsOf, readCapture } from '../engine/transport/capture.ts'
import type { Profile } from '../schema/types/profile.ts'

/** Writes into a profile's file, behind each code of its lists that has no kind, the kinds that the samples show. Gives how many it wrote. */
export function writeKinds(file: string, profile: CompiledProfile): number {
	const { document, value } = parseDocument(file, readRegular(file, MAX_FILE), 'profile')
	const lists = (value as Profile | undefined)?.decoder?.sequence ?? {}
	const telegrams = Object.keys(lists).length === 0 ? [] : unnamedOf(profile)
	const written = Object.entries(lists).flatMap(([key, entries]) => {
		const own = telegrams.filter(
			(telegram) => telegram.sent?.length === entries.length && new Sequences({ [key]: entries }).name(telegram).kind === 'telegram',
		)
		return entries.flatMap((entry, place) => {
			const kinds = isBare(entry) ? shownAt(own, place) : []
			if (entry === null || kinds.length === 0) return []
			return [{ at: offsetOf(document, ['decoder', 'sequence', key, place], 'value'), entry, text: `${entry} ${kinds.join('|')}` }]
		})
	})
	let { text } = document
	// From the end, so that the places before stay.
	for (const { at, entry, text: complete } of written.sort((one, other) => other.at - one.at))
		text = text.slice(0, at) + JSON.stringify(complete) + text.slice(at + JSON.stringify(entry).length)
	if (written.length > 0) writeFileSync(file, text)
	return written.length
}

function isBare(entry: string | null): boolean {
	const parsed = entry === null ? '' : parseEntry(entry)
	return typeof parsed !== 'string' && parsed.kinds === undefined
}

/** The kinds at a place; texts of several shapes are one. */
function shownAt(telegrams: readonly Telegram[], place: number): string[] {
	const kinds = new Set(
		telegrams.flatMap(({ sequence, sent = [] }) => (sequence[place] ? [kindOf(sequence[place], sent[place] as Sent)] : [])),
	)
	const texts = [...kinds].filter((kind) => /^(text|digits|=)/.test(kind))
	return texts.length > 1 ? [...[...kinds].filter((kind) => !texts.includes(kind)), 'text'] : [...kinds]
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
