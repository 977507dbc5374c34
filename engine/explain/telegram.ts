import type { Decoder as DecoderSection } from '../../schema/types/profile.ts'
import type { Layer, Note } from '../bytes/cursor.ts'
import { concat, hex } from '../bytes/hex.ts'
import { type Decoded, type DecoderSettings, decoderSettings } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import { type LinkName, links, readsMessages } from '../decode/registry.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { refusalText } from '../telegram/reasons.ts'
import type { Keys } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import { messageStage } from './message.ts'
import { labelOf, shownTelegram } from './shown.ts'
import { explainedParts, type Stage } from './stages.ts'
import { telegramText } from './text.ts'

/** A piece of bytes that was read on its own: as hex digits, and what parts of it mean, those around others first. */
export type ExplainedStage = { stage: string; hex: string; notes: ShownNote[] }
type ShownNote = Omit<Note, 'of' | 'layer'> & { layer: Layer; rows?: number[] }

/** A telegram byte by byte, and what was read in it, for people. */
export type ExplainedTelegram = { stages: ExplainedStage[]; text: string }

/** Notes of a stage, and stages: a telegram of 64 kB has no more of use. */
const [MAX_NOTES, MAX_STAGES] = [4000, 200]
/** Bytes of all stages: frame, payload and what was ciphered of four of the longest telegrams. */
const MAX_BYTES = 256 * 1024

/**
 * Explains the bytes of one telegram as a meter's profile reads them: each stage of them (frames, what they carry, what was ciphered) with the meaning
 * and the layer of its parts, and the registers in words. Ciphered parts are opened with the keys; the keys themselves never come out.
 */
export function explainTelegram(bytes: Uint8Array, profile: CompiledProfile, keys: Keys): ExplainedTelegram {
	const { decoder: section, meter } = profile.document
	const { link, stages, told } = explainBytes(bytes, section, keys)
	const shown = stages.map((stage) => explainedStage(stage))
	if (readsMessages(section.application)) return { stages: shown, text: visible(new TextDecoder().decode(bytes), bytes.length) }
	if (link === undefined) return { stages: shown, text: 'none of the dialects that are known begins like this' }
	const texts = told.map((item) => {
		if ('telegram' in item) return telegramText(profile.label, shownTelegram(link, item.telegram, meter?.timezone), profile)
		return visible(refusalText({ reason: item.reason, detail: item.kind === 'rejected' ? item.detail : `${item.bytes.length} bytes` }))
	})
	return { stages: shown, text: texts.join('\n\n') || 'these bytes hold no complete telegram' }
}

/** Bytes as a decoder reads them: stage by stage, and what they gave; `link`: by which link layer, undefined where none is known or messages are read. */
export type ExplainedBytes = { link: LinkName | undefined; stages: Stage[]; told: Decoded[] }

/** Explains bytes as a profile's decoder section reads them, with these keys: its notes name what was made of the bytes (`of`). */
export function explainBytes(bytes: Uint8Array, section: DecoderSection, keys: Keys): ExplainedBytes {
	if (readsMessages(section.application)) return { link: undefined, stages: [messageStage(bytes)], told: [] }
	const settings = settingsFor(bytes, section, keys)
	const stages: Stage[] = []
	const told = settings ? explainedParts([opened(bytes, settings)], settings, stages) : []
	if (stages.length === 0) stages.push({ stage: 'bytes', bytes, notes: [] })
	return { link: settings?.link, stages: bounded(stages), told }
}

/** Gives a frame's bytes with the delimiter that opens it: it may be the one that closes the frame before, and not be among them. */
export function opened(bytes: Uint8Array, { link }: Pick<DecoderSettings, 'link'>): Uint8Array {
	const opening = links[link].opening?.(bytes)
	return opening ? concat([opening, bytes]) : bytes
}

/** The first stages: as many, and as many bytes, as are of use. */
function bounded(stages: Stage[]): Stage[] {
	let left = MAX_BYTES
	return stages.slice(0, MAX_STAGES).filter(({ bytes }) => {
		left -= bytes.length
		return left >= 0
	})
}

/** Gives the decoder of a profile; where it leaves link layer or application to the bytes, what these say. Undefined where they say nothing. */
export function settingsFor(bytes: Uint8Array, section: DecoderSection, keys: Keys): DecoderSettings | undefined {
	const stated = section.link === 'auto' ? undefined : section.link
	const rest = decoderSettings(section, keys)
	const detected = stated && section.application ? undefined : detect([bytes], rest.keys)
	const link = stated ?? detected?.link
	const { application = detected?.application } = section
	return link === undefined || application === undefined || readsMessages(application) ? undefined : { ...rest, link, application }
}

/** Shows a stage: its notes in order, those around others first, each with its layer and, by `rows`, what it became. */
export function explainedStage({ stage, bytes, notes }: Stage, rows?: (of: unknown[]) => number[]): ExplainedStage {
	const usual: Layer = /^(frame|HDLC)/.test(stage) ? 'link' : 'application'
	const sorted = notes.slice(0, MAX_NOTES).sort((one, other) => one.at - other.at || other.length - one.length)
	const shown = sorted.map(({ at, length, text, layer = usual, of }) => {
		const found = of && rows ? rows(of) : []
		return { at, length, text: withLabel(text), layer, ...(found.length > 0 && { rows: found }) }
	})
	return { stage, hex: hex(bytes), notes: shown }
}

/** The meaning of bytes, with what the code in it stands for. */
function withLabel(text: string): string {
	const [code = ''] = /\d+-\d+:\d+\.\d+\.\d+/.exec(text) ?? []
	const label = code === '' ? undefined : labelOf(code)
	return visible(label === undefined ? text : `${text} – ${label}`)
}
