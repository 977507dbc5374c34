import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { hex } from '../bytes/hex.ts'
import { expectedText, runSample, type Sample, samplesOf } from '../check/samples.ts'
import { anonymize, type Recording } from '../explain/anonymize.ts'
import { recordingHeader, recordingText } from '../explain/recording.ts'
import { packageRoot } from '../files/package.ts'
import { replayLines, replaySample, testKeys } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { readCapture } from '../transport/capture.ts'
import { isRefused, type Refused, refused } from './refusal.ts'
import type { Telegrams, WrittenFiles } from './task.ts'

/** Bytes of a recording that is kept as a sample, as the check accepts them. */
const MAX_CAPTURE = 4 * 1024 * 1024
/** The name of who has written a recording. */
const BY = 'the workbench of cii2mqtt'

const builtinMeters = fileURLToPath(new URL('meters/', packageRoot))

/** Tells a recording that does not come with the package. */
export const isOwnSample = ({ capture }: Sample) => !capture.startsWith(builtinMeters)

/**
 * Makes the two files of a new sample, of all or some of the telegrams: expected is what the profile gives. What names a household is replaced where they are of a
 * meter that runs, or somebody gave its keys. Refuses a name that is taken, and telegrams that give no reading.
 */
export async function newSample(
	profile: CompiledProfile,
	name: string,
	telegrams: Telegrams,
	chosen: readonly number[] | undefined,
): Promise<WrittenFiles | Refused> {
	const folder = folderOf(profile)
	if (isRefused(folder)) return folder
	const file = join(folder, `${name}.capture.jsonl`)
	if (statSync(file, { throwIfNoEntry: false }))
		return refused('conflict', 'sample-taken', `There is a recording "${name}" already.`, {
			hint: 'Choose another name.',
			params: { name },
		})
	const { title = profile.name, transport } = profile.document
	const header = telegrams.header ?? recordingHeader(transport, title, BY)
	const lines = chosen === undefined ? telegrams.lines : await linesOf(profile, telegrams, chosen)
	// What was sent without a cipher names a household, too. Where such cannot be searched for ids, it stays as it was pasted; for a contribution it is refused.
	const { isPrivate, keys } = telegrams
	const isOwn = isPrivate || telegrams.header === undefined
	const wanted = isOwn ? anonymize({ header, lines }, keys, undefined, await namesIn(profile, lines, keys)) : { header, lines }
	const made = typeof wanted === 'string' && !isPrivate ? { header, lines } : wanted
	if (typeof made === 'string')
		return refused('invalid', 'sample-private', `The recording would name the household, and cannot be anonymized: ${made}.`)
	const outcomes = await replaySample(profile, made)
	if (!outcomes.some(({ kind }) => kind === 'reading'))
		return refused('invalid', 'sample-silent', 'These telegrams give no reading by this profile, so nothing can be expected of them.')
	const text = recordingText(made)
	if (text.length > MAX_CAPTURE)
		return refused('invalid', 'sample-long', `The recording is longer than ${MAX_CAPTURE / 1024 / 1024} MB.`, {
			hint: 'Choose fewer telegrams.',
		})
	const files = [
		{ file, text },
		{ file: file.replace('.capture.jsonl', '.expected.json'), text: expectedText(outcomes) },
	]
	return { files, ...(made.header.note !== undefined && { note: made.header.note }) }
}

/** The folder where the check finds the samples of a profile of the user. */
function folderOf(profile: CompiledProfile): string | Refused {
	const { name, folder, sampled, document } = profile
	const stated = document.samples ?? []
	if (!sampled.includes(name) && !stated.includes(name))
		return refused('conflict', 'samples-elsewhere', `The profile names other folders of recordings: ${stated.join(', ')}.`, {
			hint: `Add "${name}" to its "samples" first.`,
			params: { name },
		})
	const [beside, below] = [join(folder, name), join(folder, '..', 'meters', name)]
	const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
	const used = samplesOf(profile).find(isOwnSample)?.capture
	if (used?.startsWith(join(beside, '/')) || used?.startsWith(join(below, '/'))) return used.startsWith(join(beside, '/')) ? beside : below
	return isFolder(below) && join(below, '/') !== join(builtinMeters, name, '/') ? below : beside
}

/** The lines of some telegrams, by their places in the list that `analyse` gives: messages as they came, and the bytes of what came on a line. */
async function linesOf(profile: CompiledProfile, { lines, keys }: Telegrams, chosen: readonly number[]): Promise<CaptureLine[]> {
	const wanted = new Set(chosen)
	const kept: CaptureLine[] = []
	let from = 0
	for (const [n, { outcome, line }] of (await replayLines(profile, lines, keys)).entries()) {
		const to = lines.indexOf(line, from)
		// Some messages make one telegram together.
		if (wanted.has(n) && 'hex' in line) kept.push({ t: line.t, hex: hex(outcome.bytes) })
		else if (wanted.has(n)) kept.push(...lines.slice(from, to + 1))
		from = Math.max(from, to + 1)
	}
	const [first] = kept
	return kept.map((line) => ({ ...line, t: Math.max(0, line.t - (first?.t ?? 0)) }))
}

/** Makes the expected files of the user's own samples anew, of all or those that are named: what the profile gives now. */
export async function acceptedSamples(profile: CompiledProfile, names: readonly string[] | undefined): Promise<WrittenFiles | Refused> {
	const own = samplesOf(profile).filter(isOwnSample)
	const strange = (names ?? []).find((name) => !own.some((sample) => nameOf(sample) === name))
	if (strange !== undefined || own.length === 0)
		return refused('unknown', 'sample', 'There is no such recording of your own.', {
			hint: 'Those that come with the package are not changed.',
		})
	const files: WrittenFiles['files'] = []
	for (const sample of own) {
		if (names && !names.includes(nameOf(sample))) continue
		const { expected, outcomes } = await runSample(profile, sample)
		files.push({ file: expected, text: expectedText(outcomes) })
	}
	return { files }
}

/** What names meters in messages, as the profile reads them: the ids of readings and their sub-meters, and the level of the topic by which devices differ. */
async function namesIn(profile: CompiledProfile, lines: CaptureLine[], keys: Keys): Promise<string[]> {
	const { identity, topic } = profile.document.transport
	const messages = lines.flatMap((line) => ('topic' in line ? [line] : []))
	if (messages.length === 0) return []
	const levels = [topic ?? []].flat().map((pattern) => pattern.split('/').indexOf(`+${identity}`))
	const devices = messages.flatMap((message) => levels.flatMap((level) => message.topic.split('/')[level] ?? []))
	const outcomes = (await replayLines(profile, lines, keys)).map(({ outcome }) => outcome)
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	const ids = readings.flatMap(({ id, submeters = {} }) => [id, ...Object.values(submeters).map((one) => one.id)])
	return [...new Set([...devices, ...ids].filter((name) => typeof name === 'string'))]
}

/** Gives the name of a recording, by which the page knows it. */
export const nameOf = ({ capture }: Sample) => basename(capture, '.capture.jsonl')

/** The recordings of a profile's own samples as they may be shared, each with what is expected of it. Ids are the same in all of them. */
export async function sharedSamples(
	profile: CompiledProfile,
	salt: string,
): Promise<{ name: string; header: CaptureHeader; capture: string; expected: string }[] | Refused> {
	const shared = []
	for (const sample of samplesOf(profile).filter(isOwnSample)) {
		const capture = readCapture(sample.capture, MAX_CAPTURE)
		const names = await namesIn(profile, capture.lines, testKeys(capture))
		const made: Recording | string = anonymize(capture, testKeys(capture), salt, names)
		if (typeof made === 'string')
			return refused('invalid', 'zip-private', `${basename(sample.capture)} may name the household, and cannot be anonymized: ${made}.`, {
				hint: 'Take it out of the samples, or download the profile alone.',
			})
		const outcomes = await replaySample(profile, made)
		shared.push({ name: nameOf(sample), header: made.header, capture: recordingText(made), expected: expectedText(outcomes) })
	}
	return shared
}
