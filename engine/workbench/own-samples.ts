import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { hex } from '../bytes/hex.ts'
import { expectedText, runSample } from '../check/samples.ts'
import { anonymize, type Recording } from '../explain/anonymize.ts'
import { recordingHeader, recordingText } from '../explain/recording.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import { type Replayed, replayLines, replaySample, testKeys } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { isOwnSample, sampleName, samplesOf } from '../profile/samples.ts'
import { exampleTopic } from '../profile/topic.ts'
import type { Keys } from '../telegram/telegram.ts'
import { readCapture } from '../transport/capture.ts'
import { isRefused, type Refused, refused } from './refusal.ts'
import type { Telegrams, WrittenFiles } from './task.ts'

/** Bytes of a recording that is kept as a sample, as the check accepts them. */
const MAX_CAPTURE = 4 * 1024 * 1024
/** The name of who has written a recording. */
const BY = 'the workbench of cii2mqtt'

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
	const lines = await linesOf(profile, telegrams, chosen)
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
		{ file: join(folder, `${name}.expected.json`), text: expectedText(outcomes) },
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
	return isFolder(below) && isOwnSample({ capture: join(below, 'x') }) ? below : beside
}

/**
 * The lines of all telegrams, or of some by their places in the list that `analyse` gives: messages as they came, with a topic that the profile reads where none was
 * told, and the bytes of what came on a line.
 */
async function linesOf(
	profile: CompiledProfile,
	{ lines, keys }: Telegrams,
	chosen: readonly number[] | undefined,
): Promise<CaptureLine[]> {
	const topic = exampleTopic(profile)
	const named = (line: CaptureLine) => ('topic' in line && line.topic === '' ? { ...line, topic } : line)
	if (chosen === undefined) return lines.map(named)
	const wanted = new Set(chosen)
	const replayed = await replayLines(profile, lines, keys)
	const kept = new Map<unknown, CaptureLine>()
	let from = 0
	const isMerged = profile.document.transport.merge !== undefined
	const refusedAlone = new Set<CaptureLine>()
	for (const [n, { outcome, line, isBehind }] of replayed.entries()) {
		const to = lines.indexOf(line, from) + (isBehind ? 0 : 1)
		const isAlone = isMerged && outcome.kind !== 'reading' && isOf(outcome, line)
		// Some messages make one telegram together, and some telegrams stand in one message.
		const took = to > from && !isAlone ? lines.slice(from, to).filter((one) => !refusedAlone.has(one)) : [line]
		// A message that is refused on its own stands among those of a telegram.
		if (isAlone) refusedAlone.add(line)
		else from = Math.max(from, to)
		if (!wanted.has(n)) continue
		const frame = frameOf(replayed, n)
		if ('hex' in line) kept.set(frame, { t: line.t, hex: hex(frame) })
		else for (const one of took) kept.set(one, named(one))
	}
	const [first] = kept.values()
	return [...kept.values()].map((line) => ({ ...line, t: Math.max(0, line.t - (first?.t ?? 0)) }))
}

/** Whether an outcome is of one message alone. */
const isOf = ({ bytes }: Outcome, line: CaptureLine) => 'topic' in line && line.payload === new TextDecoder().decode(bytes)

/** The bytes of telegram `n`. One of several of a frame has none of its own: it stands beside the one that has them. */
function frameOf(replayed: readonly Replayed[], n: number): Uint8Array {
	for (let away = 0; away < replayed.length; away++)
		for (const at of [n - away, n + away]) {
			const bytes = replayed[at]?.outcome.bytes
			if (bytes && bytes.length > 0) return bytes
		}
	return new Uint8Array(0)
}

/** Makes the expected files of the user's own samples, of all or those that are named: what the profile gives now. Refuses a name that is not among them. */
export async function acceptedSamples(profile: CompiledProfile, names: readonly string[] | undefined): Promise<WrittenFiles | Refused> {
	const own = samplesOf(profile).filter(isOwnSample)
	const strange = (names ?? []).find((name) => !own.some((sample) => sampleName(sample) === name))
	if (strange !== undefined || own.length === 0)
		return refused('unknown', 'sample', 'There is no such recording of your own.', {
			hint: 'Those that come with the package are not changed.',
		})
	const files: WrittenFiles['files'] = []
	for (const sample of own) {
		if (names && !names.includes(sampleName(sample))) continue
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
		shared.push({ name: sampleName(sample), header: made.header, capture: recordingText(made), expected: expectedText(outcomes) })
	}
	return shared
}
