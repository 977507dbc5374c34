import type { CaptureLine } from '../../schema/types/capture.ts'
import type { Decoder as DecoderSection } from '../../schema/types/profile.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { json } from '../application/json.ts'
import { plainValue } from '../application/value.ts'
import { fromHex } from '../bytes/hex.ts'
import { autoDecoder } from '../decode/auto.ts'
import { type Decoded, type Decoder, decoder, decoderSettings, plainDecoder } from '../decode/decoder.ts'
import { type Detected, detect } from '../decode/detect.ts'
import { readsMessages } from '../decode/registry.ts'
import { type Replayed, replayLines } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import type { Issue } from '../transform/expect.ts'
import type { ScopeContext } from '../transform/shown.ts'
import { isSilence, partsOf } from '../transport/capture.ts'

/** A telegram, or bytes that are none, as a profile takes it, or as its bytes say where there is no profile. */
export type Heard = {
	/** Milliseconds since the beginning, and the topic of the message that completed it. */
	t: number
	topic?: string
	outcome: 'reading' | 'rejected' | 'discarded'
	reason?: string
	detail?: string
	/** Of the frames that it took; empty for a further telegram of the same frame. */
	bytes: Uint8Array
	/** Whether it came as a message of an adapter. */
	isMessage: boolean
	issues: readonly Issue[]
	telegram?: Telegram
	context?: ScopeContext
	reading?: Reading
}

/** Telegrams that are looked at: a capture of 1 MB may hold half a million pieces of noise. */
export const MAX_TELEGRAMS = 2000

/** Puts lines through a profile's pipeline, and gives what became of them: the first 2,000. */
export async function heardBy(profile: CompiledProfile, lines: readonly CaptureLine[], keys: Keys): Promise<Heard[]> {
	const replayed = await replayLines(profile, lines, keys, { most: MAX_TELEGRAMS })
	return fromReplay(replayed, isMessages(profile)).slice(0, MAX_TELEGRAMS)
}

/** Tells whether a profile reads messages of an adapter. */
export const isMessages = ({ document: { decoder } }: CompiledProfile) => readsMessages(decoder.application)

/** Gives outcomes as the workbench lists them. */
function fromReplay(replayed: readonly Replayed[], isMessage: boolean): Heard[] {
	return replayed.map(({ outcome, line }) => {
		const at = placeOf(line)
		const { bytes } = outcome
		if (outcome.kind === 'discarded') return { ...at, outcome: 'discarded', reason: outcome.reason, bytes, isMessage, issues: [] }
		if (outcome.kind === 'rejected') {
			const { reason, detail, issues = [] } = outcome
			return { ...at, outcome: 'rejected', reason, detail, bytes, isMessage, issues }
		}
		const { issues, telegram, context, reading } = outcome
		return { ...at, outcome: 'reading', bytes, isMessage, issues, telegram, context, reading }
	})
}

const placeOf = (line: CaptureLine) => ({ t: line.t, ...('topic' in line && line.topic !== '' && { topic: line.topic.slice(0, 512) }) })

/** What bytes say without a profile: the telegrams, and by what their dialect was told; `why`: why none is known. */
export type Unnamed = { heard: Heard[]; detected?: Detected; why?: string }

/** Reads lines without a profile: bytes by the dialect that they are in, messages as JSON or plain values. The first 2,000 telegrams. */
export function heardPlain(lines: readonly CaptureLine[], keys: Keys): Unnamed {
	const bytes = lines.map(asBytes).filter((line) => 'hex' in line)
	const detected = detect(partsOf({ header: HEADER, lines: bytes }), keys)
	const heard = heardWith(lines, detected && plainDecoder(detected, keys))
	const why = 'none of the dialects that are known begins like these bytes'
	return { heard, ...(detected && { detected }), ...(!detected && bytes.length > 0 && { why }) }
}

/** Reads lines by a profile's decoder section, and nothing else of it: bytes by its dialect, messages as JSON or plain values. */
export function heardAs(section: DecoderSection, lines: readonly CaptureLine[], keys: Keys): Heard[] {
	const { link, application } = section
	if (link === undefined || readsMessages(application)) return heardWith(lines, undefined)
	const settings = decoderSettings(section, keys)
	if (link === 'auto') return heardWith(lines, autoDecoder(settings, application))
	return heardWith(lines, application && decoder({ ...settings, link, application }))
}

/** What a decoder makes of the bytes in lines, and their messages as they are; without a decoder the bytes are none that is known. */
function heardWith(lines: readonly CaptureLine[], reader: Decoder | undefined): Heard[] {
	const heard: Heard[] = []
	const add = (decoded: Decoded[], line: CaptureLine) => heard.push(...decoded.map((item) => fromDecoded(item, line)))
	let last: CaptureLine | undefined
	for (const line of lines.map(asBytes)) {
		if (heard.length >= MAX_TELEGRAMS) break
		if (!('hex' in line)) {
			heard.push(messageOf(line))
			continue
		}
		const chunk = fromHex(line.hex) ?? new Uint8Array(0)
		if (!reader) heard.push({ ...placeOf(line), outcome: 'discarded', reason: 'unknown', bytes: chunk, isMessage: false, issues: [] })
		else {
			if (last && isSilence(line, last.t, {})) add(reader.idle(), last)
			add(reader.push(chunk), line)
		}
		last = line
	}
	if (reader && last) add(reader.idle(), last)
	return heard.slice(0, MAX_TELEGRAMS)
}

const HEADER = { capture: 1, meter: '', source: '', license: '' } as const

/** A message that is hex digits is bytes that somebody sent as text. */
function asBytes(line: CaptureLine): CaptureLine {
	if ('hex' in line || /^\s*[[{"]/.test(line.payload)) return line
	const isBytes = line.payload.trim().length >= LEAST_DIGITS && fromHex(line.payload) !== undefined
	return isBytes ? { t: line.t, hex: line.payload } : line
}

/** Digits of a message that is taken for bytes: a shorter one may be a number or an id. */
const LEAST_DIGITS = 32

function fromDecoded(item: Decoded, line: CaptureLine): Heard {
	const rest = { ...placeOf(line), bytes: item.bytes, isMessage: false, issues: [] }
	if ('telegram' in item) return { ...rest, outcome: 'reading', telegram: item.telegram }
	if (item.kind === 'discarded') return { ...rest, outcome: 'discarded', reason: item.reason }
	return { ...rest, outcome: 'rejected', reason: item.reason, detail: item.detail }
}

/** A message without a profile: its JSON, or its value by the last level of its topic. */
function messageOf(line: Extract<CaptureLine, { topic: string }>): Heard {
	const payload = new TextEncoder().encode(line.payload)
	const rest = { ...placeOf(line), bytes: payload, isMessage: true, issues: [] }
	const telegram = json(payload)
	if (telegram.kind === 'telegram') return { ...rest, outcome: 'reading', telegram }
	const plain = /^\s*[[{]/.test(line.payload) ? telegram : plainValue(payload)
	if ('kind' in plain) return { ...rest, outcome: 'rejected', reason: plain.reason, detail: plain.detail }
	if (plain.value === undefined) return { ...rest, outcome: 'discarded', reason: 'noise' }
	const name = line.topic.split('/').at(-1) || 'value'
	const value = new TextEncoder().encode(JSON.stringify({ [name]: plain.value }))
	const made = json(value)
	return made.kind === 'telegram'
		? { ...rest, bytes: value, outcome: 'reading', telegram: { ...made, application: 'value' } }
		: { ...rest, outcome: 'discarded', reason: made.reason }
}
