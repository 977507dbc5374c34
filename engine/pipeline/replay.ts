import type { CaptureLine } from '../../schema/types/capture.ts'
import { fromHex } from '../bytes/hex.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { type Capture, isSilence } from '../transport/capture.ts'
import type { Outcome, Pipeline, Soon } from './pipeline.ts'
import { readingPipeline } from './translate.ts'

/** Samples are received at this time: a check gives the same on every day. */
const RECEIVED = Date.UTC(2026, 0, 1)

/** Puts a recording through a profile's pipeline, as fast as it goes, as if it began at `began` (ms since 1970). */
export async function replaySample(profile: CompiledProfile, capture: Capture, began = RECEIVED): Promise<Outcome[]> {
	const pipeline = readingPipeline({ name: profile.name, id: profile.name, profile, keys: testKeys(capture), session: began, seq: 0 })
	const outcomes: Outcome[] = []
	let before = 0
	for (const line of capture.lines) {
		if (isSilence(line, before, profile.document.transport)) outcomes.push(...(await pipeline.idle(began + before)))
		outcomes.push(...(await feed(pipeline, line, began + line.t)))
		before = line.t
	}
	return [...outcomes, ...(await pipeline.idle(began + (capture.lines.at(-1)?.t ?? 0)))]
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
