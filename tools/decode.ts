import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { hex } from '../engine/bytes/hex.ts'
import { type Decoded, decoderSettings, plainDecoder } from '../engine/decode/decoder.ts'
import { detect } from '../engine/decode/detect.ts'
import { foreignTo } from '../engine/decode/foreign.ts'
import { type ApplicationName, type LinkName, readsMessages } from '../engine/decode/registry.ts'
import { findingText } from '../engine/document/finding.ts'
import { examined, type Unknown } from '../engine/draft/messages.ts'
import { rank, rankText } from '../engine/draft/rank.ts'
import { pathText } from '../engine/draft/values.ts'
import { type ShownTelegram, shownTelegram } from '../engine/explain/shown.ts'
import { decodedOf, explainedParts, type Stage } from '../engine/explain/stages.ts'
import type { Outcome } from '../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../engine/pipeline/translate.ts'
import { isTimezone } from '../engine/profile/checks.ts'
import { builtinProfiles, readLibrary } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { readersOf } from '../engine/profile/readers.ts'
import type { Keys, Telegram } from '../engine/telegram/telegram.ts'
import type { Reason } from '../schema/types/diagnostics.ts'
import type { Decoder } from '../schema/types/profile.ts'
import { type Input, readInput } from './input.ts'
import { type KeyOptions, keysOf } from './keys.ts'
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
			const [{ decodeText }, { stagesText }] = await Promise.all([import('./decode-text.ts'), import('../engine/explain/text.ts')])
			if (stages.length > 0) console.log(stagesText(stages))
			for (const result of results) console.log(decodeText(result, setup.profile))
			if (!setup.profile && results.some((result) => result.ok && 'link' in result)) console.log(await fitting(file, setup.keys))
		}
	}
	const [input] = inputs
	if (!options.json && inputs.length === 1 && input !== undefined) await link(input, options, setup.profile)
	return refused ? 1 : 0
}

/** Says where the same telegram is shown in a browser. */
async function link(file: string, { profile }: DecodeOptions, compiled: CompiledProfile | undefined): Promise<void> {
	const { sayLink, sampleOf } = await import('./page-link.ts')
	const named = compiled && { profile: { name: compiled.name, file: join(compiled.folder, `${compiled.name}.json`) } }
	const isFile = file !== '-' && existsSync(file)
	const sample = isFile ? sampleOf(resolve(file)) : undefined
	if (sample && (!named || named.profile.name === sample.profile?.name)) return await sayLink({ ...sample, words: file })
	const { bytes } = inputOf(file)
	const words = isFile ? file : profile
	await sayLink({ ...named, ...(bytes.length > 0 && { hex: hex(bytes) }), words })
}

/** The bytes of an input; none where it cannot be read, which was said. */
function inputOf(file: string): Pick<Input, 'bytes'> {
	try {
		return readInput(file)
	} catch {
		return { bytes: new Uint8Array(0) }
	}
}

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

/** The output of `decode --json` (design.md, section 6). `detected`: what link layer and application were told by; not in the JSON. */
export type DecodeResult =
	| { file: string; ok: false; reason: Reason; detail: string }
	| DecodedMessages
	| ({ file: string; detected?: string } & ShownTelegram)
/** The values of an adapter's messages by their paths: the first one, and the field that it is guessed to be, with the reason. */
export type DecodedMessages = {
	file: string
	ok: true
	application: 'json' | 'value'
	topic: string | string[]
	telegrams: number
	values: { path: string; value: number | string | boolean; field?: string; expression?: string; sure?: boolean; reason: string }[]
}
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
	const reader = {
		link,
		application,
		...decoderSettings(settings, keys),
		// A recording may have been cut behind the text; a meter's line may not.
		...(!setup.profile && { blockCheck: 'optional' as const }),
	}
	const timezone = options.timezone ?? setup.profile?.document.meter?.timezone
	const told = explainedParts(input.parts, reader, stages)
	const none = told.length > 0 && told.every((item) => !('telegram' in item) && item.kind === 'discarded')
	const why = none ? foreignTo({ link }, input.bytes, (protocol) => readersOf(protocol, readLibrary([builtinProfiles]))) : undefined
	if (why !== undefined) return [{ file, ok: false, reason: 'noise', detail: why }]
	if (told.length === 0) return [{ file, ok: false, reason: 'incomplete', detail: 'the input holds no complete telegram' }]
	return told.map((item) =>
		'telegram' in item
			? { file, ...shownTelegram(link, item.telegram, timezone), ...(detected && { detected: detected.reason }) }
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

function refusal(file: string, item: Exclude<Decoded, { telegram: Telegram }>): DecodeResult {
	const detail = item.kind === 'rejected' ? item.detail : `${item.bytes.length} bytes`
	return { file, ok: false, reason: item.reason, detail }
}
