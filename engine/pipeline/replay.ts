import type { CaptureLine } from '../../schema/types/capture.ts'
import { fromHex } from '../bytes/hex.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { exampleTopic } from '../profile/topic.ts'
import type { Keys } from '../telegram/telegram.ts'
import { type Capture, isSilence } from '../transport/capture.ts'
import type { Outcome, Pipeline, Soon } from './pipeline.ts'
import { readingPipeline } from './translate.ts'

/** Samples are received at this time: a check gives the same on every day. */
const RECEIVED = Date.UTC(2026, 0, 1)

/** Puts a recording through a profile's pipeline, as fast as it goes, as if it began at `began` (ms since 1970). */
export async function replaySample(profile: CompiledProfile, capture: Capture, began = RECEIVED): Promise<Outcome[]> {
	return (await replayLines(profile, capture.lines, testKeys(capture), { began })).map(({ outcome }) => outcome)
}

/** An outcome of a recording, and the line that completed it; `isBehind`: the line only ended what came before, and begins the next itself. */
export type Replayed = { outcome: Outcome; line: CaptureLine; isBehind?: true }

/**
 * Puts lines of a recording through a profile's pipeline with these keys, as if it began at `began` (ms since 1970). A message without a topic comes on one that
 * the profile reads. Ends early once it has `most` outcomes.
 */
export async function replayLines(
	profile: CompiledProfile,
	lines: readonly CaptureLine[],
	keys: Keys,
	{ began = RECEIVED, most = Number.POSITIVE_INFINITY }: { began?: number; most?: number } = {},
): Promise<Replayed[]> {
	const pipeline = readingPipeline({ name: profile.name, id: profile.name, profile, keys, session: began, seq: 0 })
	const replayed: Replayed[] = []
	const topic = exampleTopic(profile)
	const add = (outcomes: Outcome[], line: CaptureLine, behind = 0) => {
		for (const [at, outcome] of outcomes.entries()) replayed.push({ outcome, line, ...(at < behind && { isBehind: true }) })
	}
	let last: CaptureLine | undefined
	for (const line of lines) {
		const before = last?.t ?? 0
		if (isSilence(line, before, profile.document.transport)) add(await pipeline.idle(began + before), last ?? line)
		const outcomes = await feed(pipeline, 'topic' in line && line.topic === '' ? { ...line, topic } : line, began + line.t)
		// A message that begins a window has completed none; else the last of several is its own.
		const hasBegun = pipeline.window()?.since === began + line.t
		add(outcomes, line, profile.document.transport.merge ? outcomes.length - (hasBegun ? 0 : 1) : 0)
		last = line
		if (replayed.length >= most) return replayed
	}
	if (last) add(await pipeline.idle(began + last.t), last)
	return replayed
}

/** Gives a pipeline one line of a capture, received at that time (ms since 1970). */
export function feed(pipeline: Pipeline<Outcome>, line: CaptureLine, received: number): Soon<Outcome[]> {
	if ('hex' in line) return pipeline.push(fromHex(line.hex) ?? new Uint8Array(0), received)
	const payload = new TextEncoder().encode(line.payload)
	return pipeline.message({ topic: line.topic, payload, retain: line.retain === true }, received)
}

/** The keys that a capture's source published for testing. */
export function testKeys({ header }: Capture): Keys {
	const [encryption, authentication] = [fromHex(header.testKeys?.encryption ?? ''), fromHex(header.testKeys?.authentication ?? '')]
	return { ...(encryption?.length && { encryption }), ...(authentication?.length && { authentication }) }
}
