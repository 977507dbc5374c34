import { type JSONVisitor, visit } from 'jsonc-parser'
import type { Layer, Note } from '../bytes/cursor.ts'
import { hex, latin1, printable } from '../bytes/hex.ts'
import { type DecoderSettings, decoderSettings } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import { readsMessages } from '../decode/registry.ts'
import { p1Notes } from '../link/p1.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { refusalText } from '../telegram/reasons.ts'
import type { Keys } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import { labelOf, shownTelegram } from './shown.ts'
import { explainedParts, type Stage } from './stages.ts'
import { telegramText } from './text.ts'

/** A piece of bytes that was read on its own: as hex digits, and what parts of it mean, those around others first. */
export type ExplainedStage = { stage: string; hex: string; notes: (Note & { layer: Layer })[] }

/** A telegram byte by byte, and what was read in it, for people. */
export type ExplainedTelegram = { stages: ExplainedStage[]; text: string }

/** Notes of a stage, and stages: a telegram of 64 kB has no more of use. */
const [MAX_NOTES, MAX_STAGES] = [4000, 200]

/**
 * Explains the bytes of one telegram as a meter's profile reads them: each stage of them (frames, what they carry, what was ciphered) with the meaning
 * and the layer of its parts, and the registers in words. Ciphered parts are opened with the keys; the keys themselves never come out.
 */
export function explainTelegram(bytes: Uint8Array, profile: CompiledProfile, keys: Keys): ExplainedTelegram {
	const { decoder: section, meter } = profile.document
	if (readsMessages(section.application)) return explainedMessage(bytes)
	const settings = settingsFor(bytes, section, keys)
	if (!settings) return { stages: [plainStage(bytes)], text: 'none of the dialects that are known begins like this' }
	const stages: Stage[] = []
	const told = explainedParts([bytes], settings, stages)
	const texts = told.map((item) => {
		if ('telegram' in item) return telegramText(profile.label, shownTelegram(settings.link, item.telegram, meter?.timezone), profile)
		return visible(refusalText({ reason: item.reason, detail: item.kind === 'rejected' ? item.detail : `${item.bytes.length} bytes` }))
	})
	const shown = stages.length > 0 ? stages.slice(0, MAX_STAGES).map(explainedStage) : [plainStage(bytes)]
	return { stages: shown, text: texts.join('\n\n') || 'these bytes hold no complete telegram' }
}

type Section = CompiledProfile['document']['decoder']

/** The decoder of a profile; where it leaves link layer or application to the bytes, what these say. */
function settingsFor(bytes: Uint8Array, section: Section, keys: Keys): DecoderSettings | undefined {
	const stated = section.link === 'auto' ? undefined : section.link
	const rest = decoderSettings(section, keys)
	const detected = stated && section.application ? undefined : detect([bytes], rest.keys)
	const link = stated ?? detected?.link
	const { application = detected?.application } = section
	return link === undefined || application === undefined || readsMessages(application) ? undefined : { ...rest, link, application }
}

function explainedStage({ stage, bytes, notes }: Stage): ExplainedStage {
	// The text of a telegram that was ciphered has the lines of one in clear.
	if (stage === 'what was ciphered' && notes.length === 0) notes.push(...p1Notes(bytes))
	const usual: Layer = /^(frame|HDLC)/.test(stage) ? 'link' : 'application'
	const sorted = notes.slice(0, MAX_NOTES).sort((one, other) => one.at - other.at || other.length - one.length)
	return { stage, hex: hex(bytes), notes: sorted.map((note) => ({ ...note, text: withLabel(note.text), layer: note.layer ?? usual })) }
}

const plainStage = (bytes: Uint8Array): ExplainedStage => ({ stage: 'bytes', hex: hex(bytes), notes: [] })

/** The meaning of bytes, with what the code in it stands for. */
function withLabel(text: string): string {
	const [code = ''] = /\d+-\d+:\d+\.\d+\.\d+/.exec(text) ?? []
	const label = code === '' ? undefined : labelOf(code)
	return visible(label === undefined ? text : `${text} – ${label}`)
}

/** An adapter's message: every value of its JSON by its name, or its text. */
function explainedMessage(bytes: Uint8Array): ExplainedTelegram {
	const text = new TextDecoder().decode(bytes)
	const notes: ExplainedStage['notes'] = []
	// Places in the text are places in the bytes only where each character has one.
	if (printable(bytes)) visit(latin1(bytes), valuesOf(notes), { disallowComments: true })
	if (notes.length === 0) notes.push({ at: 0, length: bytes.length, text: visible(text), layer: 'value' })
	return { stages: [{ stage: 'message', hex: hex(bytes), notes }], text: visible(text, bytes.length) }
}

function valuesOf(notes: ExplainedStage['notes']): JSONVisitor {
	let name = ''
	const add = (at: number, length: number, text: string, layer: Layer) => {
		if (notes.length < MAX_NOTES) notes.push({ at, length, text: visible(text), layer })
	}
	return {
		onObjectProperty(property, at, length) {
			name = property
			add(at, length, `the name ${property}`, 'application')
		},
		onLiteralValue: (value, at, length) => add(at, length, `${name === '' ? '' : `${name} = `}${String(value)}`, 'value'),
	}
}
