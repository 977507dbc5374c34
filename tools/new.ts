import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSamples, expectedText } from '../engine/check/samples.ts'
import { type Protocol, plainDecoder } from '../engine/decode/decoder.ts'
import { detect } from '../engine/decode/detect.ts'
import { type ApplicationName, readsMessages } from '../engine/decode/registry.ts'
import { findingText } from '../engine/document/finding.ts'
import { parseDocument } from '../engine/document/parse.ts'
import { anonymize } from '../engine/explain/anonymize.ts'
import { packageRoot } from '../engine/files/package.ts'
import { replaySample, testKeys } from '../engine/pipeline/replay.ts'
import { isTimezone } from '../engine/profile/checks.ts'
import { builtinProfiles, isFragment, type Library, profileNames, readLibrary, type Source } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { type Ranked, rank } from '../engine/setup/rank.ts'
import type { Telegram } from '../engine/telegram/telegram.ts'
import { visible } from '../engine/text/visible.ts'
import { type Capture, partsOf, readCapture } from '../engine/transport/capture.ts'
import { fields } from '../schema/types/fields.ts'
import type { Profile } from '../schema/types/profile.ts'
import type { Reading } from '../schema/types/reading.ts'
import { guessScalers } from './guess.ts'
import { type KeyOptions, keysOf } from './keys.ts'
import { examined, unknownLines } from './new-messages.ts'
import { profileText, readmeText, registersText, SCHEMA, sequenceText, transportText, unknownText } from './new-text.ts'
import { zoneOf } from './zone.ts'

export type NewOptions = KeyOptions & { from: string; dir: string; timezone?: string }

/**
 * `cii2mqtt new`: a profile that passes validate, made of a capture: link and application as detected, scalers as guessed with their reasons, the
 * capture as its sample: with the meter's keys an anonymized copy, closed with published test keys. Exit code 0; 1 when the capture holds nothing to begin with, or gives no reading yet; 2 for a name or folder that cannot be used.
 */
export async function create(name: string, { from, dir, timezone, ...options }: NewOptions): Promise<number> {
	const target = targetOf(name, dir)
	const zoneFault =
		timezone === undefined || isTimezone(timezone)
			? undefined
			: `--timezone: "${timezone}" is no timezone; an IANA name such as Europe/Zurich`
	const problem = zoneFault ?? (/^[a-z0-9-]+$/.test(name) ? target.taken : `"${name}" is no name for a profile: a-z, 0-9 and - only`)
	if (problem !== undefined) {
		console.error(problem)
		return 2
	}
	let capture: Capture
	try {
		capture = readCapture(from)
	} catch (error) {
		console.error(visible((error as Error).message))
		return 1
	}
	const keys = keysOf(options)
	if (typeof keys === 'string') {
		console.error(keys)
		return 2
	}
	const withKeys = Object.keys(keys).length > 0
	const sample = withKeys ? anonymize(capture, keys) : capture
	if (typeof sample === 'string') {
		console.error(`${visible(from)}: ${sample}`)
		return 1
	}
	capture = { ...capture, ...sample }
	const library = readLibrary([builtinProfiles])
	const made = capture.lines.some((line) => 'hex' in line)
		? await fromBytes(name, capture, library, timezone)
		: await fromMessages(name, capture, library, timezone)
	if (made === undefined) {
		console.error(`${from}: no telegram could be read, and no adapter's profile fits; "cii2mqtt decode ${from}" says what is in it`)
		return 1
	}
	return write(name, made.text, from, withKeys ? captureText(capture) : undefined, target, made.similar)
}

type Target = { profile: string; samples: string; folder: string; taken?: string }

/** In a checkout: profiles/ and meters/; elsewhere: beside each other in `dir`. */
function targetOf(name: string, dir: string): Target {
	const checkout = existsSync(join(dir, 'profiles', 'common')) && existsSync(join(dir, 'meters'))
	const folder = checkout ? join(dir, 'profiles') : dir
	const target = { profile: join(folder, `${name}.json`), samples: checkout ? join(dir, 'meters', name) : join(dir, name), folder }
	const there = [target.profile, target.samples].find((path) => existsSync(path))
	if (there !== undefined) return { ...target, taken: `${there} exists: choose another name` }
	return existsSync(dir) ? target : { ...target, taken: `there is no folder ${dir}` }
}

/** A built-in profile that reads the capture, and the readings it gives. */
type Similar = { profile: CompiledProfile; readings: Reading[]; score: number } & Partial<Pick<Ranked, 'sure' | 'why'>>
type Made = { text: string; similar: Similar | undefined }

/** Built-in profiles that read the capture, those first that score highest. */
async function similarTo(capture: Capture, library: Library, score: (readings: Reading[], faults: number) => number): Promise<Similar[]> {
	const found: Similar[] = []
	for (const name of profileNames(library)) {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile) || readsMessages(profile.document.decoder.application) !== capture.lines.some((line) => 'topic' in line))
			continue
		const outcomes = (await replaySample(profile, capture)).filter((outcome) => outcome.kind === 'reading')
		const readings = outcomes.map(({ reading }) => reading)
		const value = score(
			readings,
			outcomes.reduce((sum, { issues }) => sum + issues.length, 0),
		)
		if (value > 0) found.push({ profile, readings, score: value })
	}
	return found.sort((one, other) => other.score - one.score)
}

const valuesOf = (reading: Reading | undefined) => Object.entries({ ...reading }).filter(([field]) => field in fields)

/**
 * An adapter's messages: a child of the profile that reads most of them, or a draft of guesses where none reads what they say. Where several read as much, and give other values, nothing in
 * the messages tells the unit: the one with the smaller values is taken, and the others are named.
 */
async function fromMessages(name: string, capture: Capture, library: Library, timezone: string | undefined): Promise<Made | undefined> {
	const all = await similarTo(
		capture,
		library,
		(readings, faults) => readings.reduce((sum, reading) => sum + valuesOf(reading).length, 0) - faults,
	)
	const best = all.filter(({ score }) => score === all[0]?.score)
	const size = ({ readings }: Similar) =>
		readings.reduce(
			(sum, reading) => sum + valuesOf(reading).reduce((inner, [, value]) => inner + (typeof value === 'number' ? Math.abs(value) : 0), 0),
			0,
		)
	const [similar, ...others] = best.sort((one, other) => size(one) - size(other))
	const unknown = examined(capture.lines.flatMap((line) => ('topic' in line ? [line] : [])))
	const guessed = unknown?.guesses.filter(({ field }) => field !== undefined).length ?? 0
	const known = new Set(similar?.readings.flatMap((reading) => valuesOf(reading).map(([field]) => field))).size
	if (unknown && (!similar || 2 * known < guessed))
		return { text: profileText(name, capture.header.meter, unknownLines(unknown, timezone)), similar }
	if (!similar) return undefined
	const zone = similar.profile.document.meter?.timezone
	const doubts = others.map(
		(other) => `  // CHECK IT: ${other.profile.name} reads them too, with other values${differences(other, similar.readings)}.`,
	)
	const lines = [
		`  // ${similar.profile.name} reads these messages; say here what differs.`,
		...doubts,
		...(timezone === undefined && zone !== undefined
			? [`  // Its times are those of ${zone}: state "meter": { "timezone": … } for another place.`]
			: []),
		...(timezone === undefined ? [] : [`  "meter": { "timezone": ${JSON.stringify(timezone)} },`]),
		`  "extends": "${similar.profile.name}",`,
	]
	return { text: profileText(name, capture.header.meter, lines), similar }
}

/** The fragment to begin with: the one that states the application itself. */
function parentOf(application: ApplicationName, library: Library): string | undefined {
	const states = ({ file, text }: Source) => (parseDocument(file, text, 'profile').value as Profile | undefined)?.decoder?.application
	return [...library.sources.values()].find((source) => isFragment(source.name) && states(source) === application)?.name
}

async function fromBytes(name: string, capture: Capture, library: Library, timezone: string | undefined): Promise<Made | undefined> {
	const parts = partsOf(capture)
	const detected = detect(parts, testKeys(capture))
	const telegrams = detected ? telegramsOf(parts, detected, capture) : []
	if (!detected || telegrams.length === 0) return undefined
	const { link, application, reason } = detected
	const guesses = guessScalers(telegrams)
	const zone = zoneOf(parts, telegrams, timezone)
	if (zone.assumed) console.error(`timezone ${zone.timezone} is ${zone.because}; if it stands elsewhere, say so: --timezone Europe/Vienna`)
	const lines = [
		`  "extends": "${parentOf(application, library) ?? 'common/obis'}",`,
		`  // ${zone.assumed ? 'CHECK IT: the' : 'The'} zone of the meter's local time: ${zone.because}.`,
		`  "meter": { "timezone": "${zone.timezone}" },`,
		`  "transport": ${transportText(capture)},`,
		'  "decoder": {',
		...sequenceText(telegrams),
		`    // Detected: ${reason}.`,
		`    "link": "${link}", "application": "${application}"${guesses.length > 0 ? ',' : ''}`,
		...registersText(guesses),
		'  },',
		...unknownText(telegrams),
	]
	const text = profileText(name, capture.header.meter, lines)
	const mine = await readingsOf(name, text, capture, library)
	const equal = (readings: Reading[]) =>
		mine.reduce(
			(sum, reading, place) =>
				sum + valuesOf(reading).filter(([field, value]) => ({ ...readings[place] })[field as keyof Reading] === value).length,
			0,
		)
	const ranked = await rank(telegrams, library, detected, (profile) => replaySample(profile, capture))
	// Values without codes give nothing to compare yet: the profile that names them is what to look at.
	const [similar] =
		mine.length === 0 ? ranked : ranked.map((one) => ({ ...one, score: equal(one.readings) })).sort((one, other) => other.score - one.score)
	return { text, similar: similar && similar.score > 0 ? similar : undefined }
}

/** What a profile that is not written yet reads. */
async function readingsOf(name: string, text: string, capture: Capture, library: Library): Promise<Reading[]> {
	const sources = new Map([...library.sources, [name, { name, file: `${name}.json`, folder: '', text }]])
	const profile = compileProfile(name, { ...library, sources })
	if (Array.isArray(profile))
		throw new Error(`what was made is no valid profile, please report this: ${profile.map(findingText).join('; ')}`)
	return (await replaySample(profile, capture)).flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
}

function telegramsOf(parts: Uint8Array[], protocol: Protocol, capture: Capture): Telegram[] {
	const reader = plainDecoder(protocol, testKeys(capture))
	return parts.flatMap((part) => [...reader.push(part), ...reader.idle()]).flatMap((item) => ('telegram' in item ? [item.telegram] : []))
}

const captureText = ({ header, lines }: Capture) => `${[header, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`

/** Writes the profile and its sample: a copy of the capture, or another text. */
async function write(
	name: string,
	text: string,
	from: string,
	sample: string | undefined,
	target: Target,
	similar: Similar | undefined,
): Promise<number> {
	const schema = relative(target.folder, fileURLToPath(new URL('schema/profile.schema.json', packageRoot)))
	const capture = join(target.samples, basename(from).endsWith('.capture.jsonl') ? basename(from) : `${name}.capture.jsonl`)
	try {
		mkdirSync(target.samples, { recursive: true })
		if (sample === undefined) copyFileSync(from, capture)
		else writeFileSync(capture, sample)
		writeFileSync(target.profile, text.replace(SCHEMA, schema))
	} catch (error) {
		rmSync(target.samples, { recursive: true, force: true })
		console.error(`nothing is written: ${(error as Error).message}`)
		return 2
	}
	const profile = compileProfile(
		name,
		readLibrary(target.folder === builtinProfiles ? [builtinProfiles] : [builtinProfiles, target.folder]),
	)
	if (Array.isArray(profile))
		throw new Error(`what was made is no valid profile, please report this: ${profile.map(findingText).join('; ')}`)
	const outcomes = await replaySample(profile, readCapture(capture))
	writeFileSync(capture.replace('.capture.jsonl', '.expected.json'), expectedText(outcomes))
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	writeFileSync(join(target.samples, 'README.md'), readmeText(name, profile))
	for (const finding of await checkSamples(profile)) console.error(findingText(finding))
	const like = similar && `${similar.profile.name}${similar.why ? ` (${similar.sure}: ${similar.why.join('; ')})` : ''}`
	if (readings.length === 0) {
		if (similar) console.error(visible(`${like} reads it: use it, or extend it`))
		console.error(`${target.profile}: its capture gives no reading yet; name the values in it ("cii2mqtt decode ${capture}" shows them)`)
		return 1
	}
	console.log(
		`${target.profile}: ${readings.length} reading${readings.length === 1 ? '' : 's'} of its capture; look at the guesses in it, and at ${target.samples}/`,
	)
	if (similar) console.log(visible(`most similar: ${like}${differences(similar, readings)}`))
	return 0
}

/** The fields in which a similar profile's first reading differs, as words to go on with. */
function differences({ readings }: Similar, rows: Reading[]): string {
	const [mine, theirs] = [{ ...rows[0] } as Record<string, unknown>, { ...readings[0] } as Record<string, unknown>]
	const differing = Object.keys(fields).filter((field) => mine[field] !== theirs[field])
	const shown = differing
		.slice(0, 8)
		.map((field) => `${field} ${String(mine[field] ?? 'absent')}, there ${String(theirs[field] ?? 'absent')}`)
	return differing.length === 0 ? ': it gives the same' : `; ${shown.join('; ')}${differing.length > 8 ? ' …' : ''}`
}
