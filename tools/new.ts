import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSamples, expectedText } from '../engine/check/samples.ts'
import { findingText } from '../engine/document/finding.ts'
import { differences, recordedDraft, type Similar } from '../engine/draft/from-recording.ts'
import { readmeText, SCHEMA } from '../engine/draft/text.ts'
import { anonymize } from '../engine/explain/anonymize.ts'
import type { Pasted } from '../engine/explain/pasted.ts'
import { headerOf, recordingText } from '../engine/explain/recording.ts'
import { packageRoot } from '../engine/files/package.ts'
import { replaySample } from '../engine/pipeline/replay.ts'
import { isTimezone } from '../engine/profile/checks.ts'
import { builtinProfiles, readLibrary } from '../engine/profile/library.ts'
import { compileProfile } from '../engine/profile/profile.ts'
import { visible } from '../engine/text/visible.ts'
import { type Capture, MAX_READ, readCapture } from '../engine/transport/capture.ts'
import { readPasted } from './input.ts'
import { type KeyOptions, keysOf } from './keys.ts'
import { sayLink } from './page-link.ts'

export type NewOptions = KeyOptions & { from: string; dir: string; timezone?: string }

/**
 * `cii2mqtt new`: a profile that passes validate, made of a capture, or of what `decode` takes (hex, base64, text, JSON): link and application as detected, scalers as guessed with their reasons, the
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
	let pasted: Pasted
	try {
		pasted = readPasted(from, MAX_READ)
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
	let capture = recordingOf(pasted)
	const sample = withKeys ? anonymize(capture, keys) : capture
	if (typeof sample === 'string') {
		console.error(`${visible(from)}: ${sample}`)
		return 1
	}
	capture = { ...capture, ...sample }
	const library = readLibrary([builtinProfiles])
	const made = await recordedDraft(name, capture, library, timezone)
	if (made === undefined) {
		console.error(`${from}: no telegram could be read, and no adapter's profile fits; "cii2mqtt decode ${from}" says what is in it`)
		return 1
	}
	if (typeof made === 'string') {
		console.error(`${visible(from)}: ${made}`)
		return 1
	}
	if (made.zone?.assumed)
		console.error(`timezone ${made.zone.timezone} is ${made.zone.because}; if it stands elsewhere, say so: --timezone Europe/Vienna`)
	return write(name, made.text, from, withKeys || !pasted.header ? recordingText(capture) : undefined, target, made.similar[0])
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

/** What was pasted as a recording, with a header where it has none. */
const recordingOf = ({ header, lines }: Pasted): Capture => ({
	header: header ?? headerOf(lines, 'cii2mqtt new'),
	lines,
})

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
	const looked = { profile: { name, file: target.profile }, sample: basename(capture, '.capture.jsonl'), words: target.profile }
	const like = similar && `${similar.profile.name}${similar.why ? ` (${similar.sure}: ${similar.why.join('; ')})` : ''}`
	if (readings.length === 0) {
		if (similar) console.error(visible(`${like} reads it: use it, or extend it`))
		await sayLink(looked)
		console.error(`${target.profile}: its capture gives no reading yet; name the values in it ("cii2mqtt decode ${capture}" shows them)`)
		return 1
	}
	console.log(
		`${target.profile}: ${readings.length} reading${readings.length === 1 ? '' : 's'} of its capture; look at the guesses in it, and at ${target.samples}/`,
	)
	if (similar) console.log(visible(`most similar: ${like}${differences(similar, readings)}`))
	await sayLink(looked)
	return 0
}
