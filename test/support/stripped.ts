import { type Decoded, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { readsMessages } from '../../engine/decode/registry.ts'
import type { AdapterMessage } from '../../engine/draft/layout.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, type Library, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import { samplesOf } from '../../engine/profile/samples.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import type { Profile } from '../../schema/types/profile.ts'

/** One recording of a shipped profile: its telegrams as the meter alone tells them, or its messages. */
export type Recording = { file: string; telegrams: Telegram[]; messages: AdapterMessage[]; parts: Uint8Array[] }

export const library: Library = readLibrary([builtinProfiles])

/** The shipped profiles with their recordings, those of one capture once. */
export function shipped(): { profile: CompiledProfile; recordings: Recording[] }[] {
	return profileNames(library).flatMap((name) => {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(`${name} is not valid`)
		const recordings = samplesOf(profile).map(({ capture }) => recordingOf(profile, capture))
		return recordings.length === 0 ? [] : [{ profile, recordings }]
	})
}

function recordingOf({ document: { decoder: section } }: CompiledProfile, file: string): Recording {
	const capture = readCapture(file)
	const messages = capture.lines.flatMap((line) => ('topic' in line ? [line] : []))
	if (readsMessages(section.application)) return { file, telegrams: [], messages, parts: [] }
	const [parts, keys] = [partsOf(capture), testKeys(capture)]
	const detected = detect(parts, keys)
	const link = section.link === 'auto' || section.link === undefined ? detected?.link : section.link
	const application = section.application ?? detected?.application
	if (!link || !application) return { file, telegrams: [], messages: [], parts }
	const { registers: _registers, sequence: _sequence, ...rest } = section
	const reader = decoder({ link, application, ...decoderSettings(rest, keys) })
	const decoded: Decoded[] = parts.flatMap((part) => [...reader.push(part), ...reader.idle()])
	return { file, telegrams: decoded.flatMap((item) => ('telegram' in item ? [item.telegram] : [])), messages: [], parts }
}

/** The text of a profile that stands alone: a shipped one with its parents, changed. */
export function aloneText({ document, name }: CompiledProfile, change: (profile: Profile) => void): string {
	const whole = structuredClone(document) as Profile
	change(whole)
	return `${JSON.stringify({ ...whole, profile: name, samples: undefined }, undefined, '\t')}\n`
}

/** Compiles a text in the place of a shipped profile. */
export function compiled(name: string, text: string): CompiledProfile {
	const sources = new Map([...library.sources, [name, { name, file: `${name}.json`, folder: builtinProfiles, text }]])
	const profile = compileProfile(name, { ...library, sources })
	if (Array.isArray(profile)) throw new Error(`${name}: ${profile.map(({ message }) => message).join('; ')}\n${text}`)
	return profile
}
