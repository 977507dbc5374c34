import { concat, fromHex } from '../engine/bytes/hex.ts'
import { comparable } from '../engine/check/samples.ts'
import { links, readsMessages } from '../engine/decode/registry.ts'
import type { Outcome } from '../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../engine/pipeline/translate.ts'
import type { CompiledProfile } from '../engine/profile/profile.ts'
import type { Keys } from '../engine/telegram/telegram.ts'
import { type Capture, isSilence } from '../engine/transport/capture.ts'
import { damage, FAULTS, type Fault, pieces, seeded } from './faults.ts'

type Count = { faults: number; readings: number; wrong: number }

/** One capture and the profile that reads it. */
export type Play = { file: string; capture: Capture; profile: CompiledProfile; keys: Keys }

/**
 * Plays captures with `count` faults, shared out evenly, and compares every reading that comes out with those of the whole capture. Exit code 1 when a
 * capture gives no reading, or a wrong one came through a link that has a checksum of 16 bits or an authentication tag; without one they are only counted.
 */
export async function injectFaults(plays: Play[], count: number, seed: number): Promise<number> {
	const random = seeded(seed)
	const counts = new Map<string, Count>()
	for (const play of plays) {
		if ((await wholeOf(play)).size > 0) continue
		console.error(`${play.file}: ${play.profile.name} makes no reading of it, so faults would show nothing`)
		return 1
	}
	for (let fault = 0; fault < count; fault++) {
		const play = plays[fault % plays.length]
		if (!play) break
		const kind = FAULTS[Math.floor(fault / plays.length) % FAULTS.length] ?? 'flip'
		const wanted = await wholeOf(play)
		const readings = valuesOf(await damaged(play, kind, random))
		const guard = guardOf(play)
		const sum = counts.get(guard) ?? { faults: 0, readings: 0, wrong: 0 }
		counts.set(guard, {
			faults: sum.faults + 1,
			readings: sum.readings + readings.length,
			wrong: sum.wrong + readings.filter((reading) => !wanted.has(reading)).length,
		})
	}
	for (const [guard, { faults, readings, wrong }] of counts)
		console.log(`${guard}: ${faults} faults, ${readings} readings came out, ${wrong} of them wrong`)
	// A checksum of 8 bits lets one fault of 256 through.
	return [...counts].some(([guard, { wrong }]) => guard.endsWith('-16') && wrong > 0) ? 1 : 0
}

/** `!` CR LF */
const BARE_END = '210D0A'
const NO_GUARD = 'no checksum'

/** What guards a capture's telegrams against damage. */
function guardOf({ capture, profile }: Play): string {
	const { link, application } = profile.document.decoder
	// Before version 4 a P1 telegram has no CRC behind its `!`.
	if (link === 'p1' && capture.lines.some((line) => 'hex' in line && line.hex.includes(BARE_END))) return NO_GUARD
	return (!readsMessages(application) && link && link !== 'auto' && links[link].check) || NO_GUARD
}

const whole = new Map<string, Set<string>>()

async function wholeOf(play: Play): Promise<Set<string>> {
	let values = whole.get(play.file)
	if (!values) {
		values = new Set(valuesOf(await through(play, play.capture.lines.map(bytesOf))))
		whole.set(play.file, values)
	}
	return values
}

/** Readings as comparable text. */
function valuesOf(outcomes: Outcome[]): string[] {
	return outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [JSON.stringify(comparable(outcome.reading))] : []))
}

const bytesOf = (line: Play['capture']['lines'][number]) =>
	'hex' in line ? (fromHex(line.hex) ?? new Uint8Array(0)) : new TextEncoder().encode(line.payload)

function damaged(play: Play, fault: Fault, random: (below: number) => number): Promise<Outcome[]> {
	const parts = play.capture.lines.map(bytesOf)
	// Messages, and what only silence divides, stay in their pieces.
	if (play.capture.lines.some((line) => 'topic' in line) || guardOf(play) === NO_GUARD) {
		const victim = random(parts.length)
		return through(
			play,
			parts.map((part, place) => (place === victim ? damage(part, fault, random) : part)),
		)
	}
	return through(play, pieces(damage(concat(parts), fault, random), random))
}

/** A profile that judges each telegram by itself: one that is lost makes the next one's counters leap, and that is no fault of theirs. */
function withoutCounters(profile: CompiledProfile): CompiledProfile {
	const expect = Object.fromEntries(Object.entries(profile.document.expect ?? {}).filter(([, { rising }]) => !rising))
	return { ...profile, document: { ...profile.document, expect } }
}

/** The parts through a fresh pipeline: as messages of the capture's topics, or as bytes. */
async function through({ capture, profile: complete, keys }: Play, parts: Uint8Array[]): Promise<Outcome[]> {
	const profile = withoutCounters(complete)
	const pipeline = readingPipeline({ name: profile.name, id: profile.name, profile, keys, session: 0, seq: 0 })
	const outcomes: Outcome[] = []
	const inPlace = parts.length === capture.lines.length
	let before = 0
	for (const [place, part] of parts.entries()) {
		const line = capture.lines[place]
		if (inPlace && line && isSilence(line, before, profile.document.transport)) outcomes.push(...(await pipeline.idle(0)))
		before = line?.t ?? before
		outcomes.push(
			...(line && 'topic' in line
				? await pipeline.message({ topic: line.topic, payload: part, retain: line.retain === true }, 0)
				: await pipeline.push(part, 0)),
		)
	}
	return [...outcomes, ...(await pipeline.idle(0))]
}
