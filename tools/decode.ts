import type { Explain, Note } from '../engine/bytes/cursor.ts'
import { hex } from '../engine/bytes/hex.ts'
import { type Decoded, decoder, decoderSettings, type Decoder as PartDecoder, plainDecoder } from '../engine/decode/decoder.ts'
import { detect } from '../engine/decode/detect.ts'
import { foreignTo } from '../engine/decode/foreign.ts'
import { type ApplicationName, type LinkName, readsMessages } from '../engine/decode/registry.ts'
import { findingText } from '../engine/document/finding.ts'
import { firstFrame, hdlcNotes } from '../engine/link/hdlc.ts'
import type { Outcome } from '../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../engine/pipeline/translate.ts'
import { isTimezone } from '../engine/profile/checks.ts'
import { builtinProfiles, readLibrary } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { readersOf } from '../engine/profile/readers.ts'
import { rank, rankText } from '../engine/setup/rank.ts'
import { mediumName } from '../engine/telegram/medium.ts'
import { scaled } from '../engine/telegram/number.ts'
import { parseObis } from '../engine/telegram/obis.ts'
import type { Register, Value } from '../engine/telegram/register.ts'
import { kindOf } from '../engine/telegram/sequence.ts'
import type { DataRecord, Keys, Sent, Telegram } from '../engine/telegram/telegram.ts'
import { isoTime } from '../engine/telegram/zone.ts'
import type { Reason } from '../schema/types/diagnostics.ts'
import type { Decoder } from '../schema/types/profile.ts'
import { pathText } from './guess-values.ts'
import { type Input, readInput } from './input.ts'
import { type KeyOptions, keysOf } from './keys.ts'
import { examined, type Unknown } from './new-messages.ts'
import { profileOption } from './profile-option.ts'

export type DecodeOptions = KeyOptions & {
	profile?: string
	profiles: string[]
	link?: LinkName
	application?: ApplicationName
	timezone?: string
	json?: boolean
}

/** `cii2mqtt decode`: exit code 0, 1 when something was refused, 2 for options that cannot be used. */
export async function decode(inputs: string[], options: DecodeOptions): Promise<number> {
	const setup = prepare(options)
	if (typeof setup === 'string') {
		console.error(setup)
		return 2
	}
	let refused = false
	for (const file of inputs) {
		const stages: Stage[] = []
		const results = decodeInput(file, options, setup, options.json ? undefined : stages)
		refused ||= results.some(({ ok }) => !ok)
		if (options.json) for (const result of results) console.log(JSON.stringify({ ...result, detected: undefined, kinds: undefined }))
		else {
			const { decodeText, stagesText } = await import('./decode-text.ts')
			if (stages.length > 0) console.log(stagesText(stages))
			for (const result of results) console.log(decodeText(result, setup.profile))
			if (!setup.profile && results.some((result) => result.ok && 'link' in result)) console.log(await fitting(file, setup.keys))
		}
	}
	return refused ? 1 : 0
}

/** Bytes that were read on their own, and what they mean. */
export type Stage = { stage: string; bytes: Uint8Array; notes: Note[] }

/** Says which built-in profiles read an input. */
async function fitting(file: string, keys: Keys): Promise<string> {
	const input = readInput(file)
	const all = { ...input.keys, ...keys }
	const detected = detect(input.parts, all)
	const reader = detected && plainDecoder(detected, all)
	const telegrams = reader ? decodedOf(reader, input.parts).flatMap((item) => ('telegram' in item ? [item.telegram] : [])) : []
	return rankText(
		await rank(telegrams, readLibrary([builtinProfiles]), { ...detected }, async (profile) => {
			const { name } = profile
			const pipeline = readingPipeline({ name, id: name, profile, keys: all, session: 0, seq: 0 })
			const outcomes: Outcome[] = []
			for (const part of input.parts) outcomes.push(...(await pipeline.push(part, Date.now())), ...(await pipeline.idle(Date.now())))
			return outcomes
		}),
	)
}

/** All that a decoder makes of an input, with a silence behind each part. */
const decodedOf = (reader: PartDecoder, parts: Uint8Array[]) => parts.flatMap((part) => [...reader.push(part), ...reader.idle()])

type Setup = { keys: Keys; profile: CompiledProfile | undefined }

function prepare(options: DecodeOptions): Setup | string {
	const { profile, profiles, timezone } = options
	const keys = keysOf(options)
	if (typeof keys === 'string') return keys
	if (timezone !== undefined && !isTimezone(timezone)) return `--timezone: "${timezone}" is no timezone; an IANA name such as Europe/Zurich`
	const { library, name } = profileOption(profile, profiles)
	if (name === undefined) return { keys, profile: undefined }
	const compiled = compileProfile(name, library)
	return Array.isArray(compiled) ? compiled.map(findingText).join('\n') : { keys, profile: compiled }
}

/** What `decode --json` prints (design.md, section 6). */
export type DecodeResult =
	| { file: string; ok: false; reason: Reason; detail: string }
	| DecodedMessages
	| {
			file: string
			ok: true
			/** What link layer and application were told by; not in the JSON. */
			detected?: string
			/** The kind of each value without a code; not in the JSON. */
			kinds?: string[]
			link: string
			application: string
			auth: string
			meterId?: string
			time?: string
			localTime?: string
			device?: { medium: string; manufacturer?: string; version?: number; status?: string }
			readings: Record<string, Shown>
			sequence?: Shown[]
			records?: ShownRecord[]
	  }
/** The values of an adapter's messages by their paths: the first one, and the field that it is guessed to be, with the reason. */
export type DecodedMessages = {
	file: string
	ok: true
	application: 'json' | 'value'
	topic: string | string[]
	telegrams: number
	values: { path: string; value: number | string | boolean; field?: string; expression?: string; sure?: boolean; reason: string }[]
}
export type ShownRecord = Omit<DataRecord, 'value' | 'qualifiers'> & Shown & { qualifiers?: string[] }
type Shown = { value: number | string | boolean | string[] | null; unit: string | null; scaled?: false; time?: string }

function decodeInput(file: string, options: DecodeOptions, setup: Setup, stages: Stage[] | undefined): DecodeResult[] {
	let input: Input
	try {
		input = readInput(file)
	} catch (error) {
		return [{ file, ok: false, reason: 'unknown', detail: (error as Error).message }]
	}
	const settings: Decoder = setup.profile?.document.decoder ?? {}
	const { link: profileLink, application: profileApplication } = settings
	if (readsMessages(profileApplication))
		return [
			{
				file,
				ok: false,
				reason: 'unknown',
				detail: `the profile ${setup.profile?.name} reads messages, and decode takes bytes: "cii2mqtt replay" plays a capture of messages`,
			},
		]
	const keys = { ...input.keys, ...setup.keys }
	const stated = {
		link: options.link ?? (profileLink === 'auto' ? undefined : profileLink),
		application: options.application ?? profileApplication,
	}
	const detected = stated.link && stated.application ? undefined : detect(input.parts, keys)
	const link = stated.link ?? detected?.link
	const application = stated.application ?? detected?.application
	if (link === undefined || application === undefined) {
		const unknown = examined(input.messages)
		if (unknown) return [shownMessages(file, unknown)]
		const detail =
			input.messages.length > 0
				? 'its messages hold no JSON object and no plain number'
				: 'neither HDLC, LLC, a P1 telegram nor an APDU was found'
		return [{ file, ok: false, reason: 'unknown', detail }]
	}
	const explain: Explain = (stage, bytes) => {
		const notes: Note[] = []
		stages?.push({ stage, bytes, notes })
		return notes
	}
	const reader = decoder({
		...(stages && { explain }),
		link,
		application,
		...decoderSettings(settings, keys),
		// A recording may have been cut behind the text; a meter's line may not.
		...(!setup.profile && { blockCheck: 'optional' as const }),
	})
	const decoded = decodedOf(reader, input.parts)
	const timezone = options.timezone ?? setup.profile?.document.meter?.timezone
	const told = worthTelling(decoded)
	if (link === 'hdlc') stages?.push(...brokenFrames(input.bytes, told))
	const none = told.length > 0 && told.every((item) => !('telegram' in item) && item.kind === 'discarded')
	const why = none ? foreignTo({ link }, input.bytes, (protocol) => readersOf(protocol, readLibrary([builtinProfiles]))) : undefined
	if (why !== undefined) return [{ file, ok: false, reason: 'noise', detail: why }]
	if (told.length === 0) return [{ file, ok: false, reason: 'incomplete', detail: 'the input holds no complete telegram' }]
	return told.map((item) =>
		'telegram' in item
			? { ...shown(file, link, item.telegram, timezone), ...(detected && { detected: detected.reason }) }
			: refusal(file, item),
	)
}

function shownMessages(file: string, { layout, telegrams, guesses }: Unknown): DecodedMessages {
	const values = guesses.map(({ path, values: all, field, expression, sure, reason }) => ({
		path: pathText(path),
		value: [...all.values()][0] ?? '',
		...(field !== undefined && { field, expression, sure }),
		reason,
	}))
	return { file, ok: true, application: layout.application, topic: layout.transport.topic ?? '', telegrams, values }
}

/** Noise around telegrams is no telegram; alone it is the answer. */
function worthTelling(decoded: Decoded[]): Decoded[] {
	const loud = decoded.filter((item) => 'telegram' in item || item.reason !== 'noise')
	return loud.length > 0 ? loud : decoded.slice(0, 1)
}

/** Frames whose checksum is wrong, part by part: where each lies in the input, what was sent and what the bytes give. */
function brokenFrames(input: Uint8Array, decoded: Decoded[]): Stage[] {
	const stages: Stage[] = []
	let from = 0
	for (const item of decoded) {
		if ('telegram' in item || item.kind !== 'discarded' || !/^[fh]cs$/.test(item.reason)) continue
		const at = Buffer.from(input.buffer, input.byteOffset, input.length).indexOf(item.bytes, from)
		const frame = at < 0 ? undefined : firstFrame(input, at)
		if (!frame) continue
		stages.push({ stage: `HDLC, refused frame at byte ${frame.at} of the input`, bytes: frame.bytes, notes: hdlcNotes(frame.bytes) })
		from = at + item.bytes.length
	}
	return stages
}

function refusal(file: string, item: Exclude<Decoded, { telegram: Telegram }>): DecodeResult {
	const detail = item.kind === 'rejected' ? item.detail : `${item.bytes.length} bytes`
	return { file, ok: false, reason: item.reason, detail }
}

function shown(file: string, link: string, telegram: Telegram, timezone: string | undefined): DecodeResult {
	const readings: Record<string, Shown> = {}
	for (const register of telegram.registers) {
		let key = register.obis
		for (let repeat = 2; key in readings; repeat++) key = `${register.obis}#${repeat}`
		readings[key] = shownRegister(register, timezone)
	}
	const time = telegram.clock && isoTime(telegram.clock, timezone, Date.now())
	return {
		file,
		ok: true,
		link,
		application: telegram.application,
		auth: telegram.auth,
		...(telegram.meterId !== undefined && { meterId: telegram.meterId }),
		...(time !== undefined && { time }),
		...(telegram.clock && { localTime: telegram.clock.local }),
		...(telegram.device && { device: shownDevice(telegram.device) }),
		readings,
		...(telegram.records && { records: telegram.records.map((record) => shownRecord(record, timezone)) }),
		...(telegram.sent && { kinds: telegram.sequence.map((value, place) => kindOf(value, telegram.sent?.[place] as Sent)) }),
		...(telegram.sequence.length > 0 && { sequence: telegram.sequence.map((value) => shownValue(value, timezone)) }),
	}
}

function shownRegister({ obis, value, time }: Register, timezone: string | undefined): Shown {
	const entry = shownValue(value, timezone)
	const at = time && (isoTime(time, timezone, Date.now()) ?? time.local)
	const parsed = parseObis(obis)
	if (value.kind === 'number' && entry.unit === null && parsed) entry.unit = parsed.unit ?? null
	return at === undefined ? entry : { ...entry, time: at }
}

function shownDevice({ medium, status, ...rest }: NonNullable<Telegram['device']>) {
	return { medium: mediumName(medium), ...rest, ...(status !== undefined && { status: hex(Uint8Array.of(status)) }) }
}

function shownRecord({ value, qualifiers, ...rest }: DataRecord, timezone: string | undefined): ShownRecord {
	return { ...rest, ...shownValue(value, timezone), ...(qualifiers.length > 0 && { qualifiers }) }
}

function shownValue(value: Value, timezone: string | undefined): Shown {
	switch (value.kind) {
		case 'number': {
			const number = { value: scaled(value), unit: value.unit ?? null }
			return value.scaler === undefined ? { ...number, scaled: false } : number
		}
		case 'text':
			return { value: value.text, unit: null }
		case 'boolean':
			return { value: value.value, unit: null }
		case 'list':
			return { value: value.items, unit: null }
		case 'clock':
			return { value: isoTime(value.clock, timezone, Date.now()) ?? value.clock.local, unit: null }
		case 'none':
			return { value: null, unit: null }
	}
}
