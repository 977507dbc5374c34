import { basename, dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { concat } from '../engine/bytes/hex.ts'
import { comparable, differ, readExpected } from '../engine/check/samples.ts'
import { foreignTo } from '../engine/decode/foreign.ts'
import { findingText } from '../engine/document/finding.ts'
import type { Discarded } from '../engine/link/link.ts'
import { addressFault, addressOf, withoutPassword } from '../engine/mqtt/address.ts'
import { connect } from '../engine/mqtt/client.ts'
import { topics } from '../engine/mqtt/topics.ts'
import type { Outcome } from '../engine/pipeline/pipeline.ts'
import { feed, testKeys } from '../engine/pipeline/replay.ts'
import { readingPipeline } from '../engine/pipeline/translate.ts'
import { type Library, profileNames } from '../engine/profile/library.ts'
import { compileProfile } from '../engine/profile/profile.ts'
import { readersOf } from '../engine/profile/readers.ts'
import { sampleNames } from '../engine/profile/samples.ts'
import { refusalText } from '../engine/telegram/reasons.ts'
import type { Keys } from '../engine/telegram/telegram.ts'
import { visible } from '../engine/text/visible.ts'
import { type Capture, isSilence, partsOf, readCapture } from '../engine/transport/capture.ts'
import type { Reading } from '../schema/types/reading.ts'
import { type KeyOptions, keysOf } from './keys.ts'
import { profileOption } from './profile-option.ts'
import { injectFaults, type Play } from './replay-faults.ts'

export type ReplayOptions = KeyOptions & {
	profile?: string
	profiles: string[]
	speed: number
	to: string
	expect?: string
	faults?: number
	seed: number
}

/**
 * `cii2mqtt replay`: captures through the whole pipeline. Exit code 0; 1 for a capture that cannot be read, an expectation that is not met
 * a wrong value after a fault, or when no reading comes out; 2 for options; 3 when the broker does not answer.
 */
export async function replay(files: string[], options: ReplayOptions): Promise<number> {
	const keys = keysOf(options)
	if (typeof keys === 'string') {
		console.error(keys)
		return 2
	}
	const { library, name } = profileOption(options.profile, options.profiles)
	const plays: Play[] = []
	for (const file of files) {
		const play = prepare(file, name, library, keys)
		if (typeof play === 'string') {
			console.error(play)
			return /no profile/.test(play) ? 2 : 1
		}
		plays.push(play)
	}
	let wanted: Reading[] | undefined
	try {
		wanted = options.expect === undefined ? undefined : readExpected(options.expect)
	} catch (error) {
		console.error((error as Error).message)
		return 2
	}
	if (options.to !== 'stdout' && !/^(mqtts?|wss?):\/\/./.test(options.to)) {
		console.error(`--to ${withoutPassword(options.to)}: stdout, or a broker as mqtt://localhost:1883`)
		return 2
	}
	const fault = options.to === 'stdout' ? undefined : addressFault(options.to)
	if (fault) {
		console.error(`--to: ${fault.join(': ')}`)
		return 2
	}
	if (options.faults !== undefined) return injectFaults(plays, options.faults, options.seed)
	const sink = await open(options.to)
	if (!sink) return 3
	const readings: Reading[] = []
	const refused: Discarded[] = []
	const times: number[] = []
	const started = performance.now()
	for (const [place, play] of plays.entries()) {
		for (const outcome of await run(play, options.speed, times, (done) => progress(place, plays.length, play.file, done))) {
			if (outcome.kind === 'reading') {
				readings.push(outcome.reading)
				await sink.put(outcome.reading)
			} else if (outcome.kind === 'rejected') console.error(visible(`${play.file}: refused: ${refusalText(outcome)}`))
			else refused.push(outcome)
		}
	}
	await sink.close()
	statistics(readings.length, times, performance.now() - started)
	if (options.expect !== undefined && wanted) return meets(options.expect, wanted, readings)
	if (readings.length > 0) return 0
	for (const text of discardText(refused)) console.error(text)
	for (const { file, capture, profile } of plays) {
		const why = foreignTo(profile.document.decoder, concat(partsOf(capture)), (protocol) => readersOf(protocol, library))
		if (why !== undefined) console.error(`${file}: ${why}`)
	}
	console.error(`no reading came out: ${plays.map(({ file, profile }) => `${profile.name} does not read ${file}`).join(', ')}`)
	return 1
}

function prepare(file: string, name: string | undefined, library: Library, keys: Keys): Play | string {
	let capture: Capture
	try {
		capture = readCapture(file)
	} catch (error) {
		return (error as Error).message
	}
	const found = name ?? sampledBy(file, library)
	if (found === undefined) return `${file}: no profile names its folder under "samples"; name one with --profile`
	const profile = compileProfile(found, library)
	return Array.isArray(profile) ? profile.map(findingText).join('\n') : { file, capture, profile, keys: { ...testKeys(capture), ...keys } }
}

/** The profile whose samples are in the capture's folder. */
function sampledBy(file: string, library: Library): string | undefined {
	const folder = basename(dirname(resolve(file)))
	return profileNames(library).find((name) => {
		const profile = compileProfile(name, library)
		return !Array.isArray(profile) && sampleNames(profile).some((sample) => basename(sample) === folder)
	})
}

/** Plays one capture at `speed` (0: as fast as it goes); `times` takes the milliseconds of each telegram. */
async function run({ capture, profile, keys }: Play, speed: number, times: number[], done: (share: number) => void): Promise<Outcome[]> {
	const pipeline = readingPipeline({ name: profile.name, id: profile.name, profile, keys, session: Date.now(), seq: 0 })
	const outcomes: Outcome[] = []
	const began = Date.now()
	let before = 0
	for (const [place, line] of capture.lines.entries()) {
		// Which messages make one telegram is told by when they came.
		const received = profile.document.transport.merge ? began + line.t : Date.now()
		if (speed > 0 && line.t > before) await sleep((line.t - before) / speed)
		const started = performance.now()
		const silent = isSilence(line, before, profile.document.transport) ? await pipeline.idle(Date.now()) : []
		const now = [...silent, ...(await feed(pipeline, line, received))]
		before = line.t
		const telegrams = now.filter(({ kind }) => kind === 'reading').length
		for (let i = 0; i < telegrams; i++) times.push((performance.now() - started) / telegrams)
		outcomes.push(...now)
		done((place + 1) / capture.lines.length)
	}
	return [...outcomes, ...(await pipeline.idle(Date.now()))]
}

type Sink = { put(reading: Reading): Promise<void>; close(): Promise<void> }

/** Standard output, or a broker; undefined (and said) when the broker does not answer. */
async function open(to: string): Promise<Sink | undefined> {
	if (to === 'stdout') return { put: (reading) => Promise.resolve(console.log(JSON.stringify(reading))), close: () => Promise.resolve() }
	let answered: (reason: string | undefined) => void = () => undefined
	const first = new Promise<string | undefined>((resolve) => {
		answered = resolve
	})
	const status = (up: boolean, text: string) => answered(up ? undefined : text)
	const connection = connect({ ...addressOf(to), clientId: `cii2mqtt-replay-${process.pid}`, status })
	const reason = await first
	if (reason !== undefined) {
		console.error(reason)
		await connection.close()
		return undefined
	}
	// From here on it connects again by itself.
	answered = (text) => text !== undefined && console.error(text)
	const names = topics('cii', 'replay')
	return {
		put: (reading) =>
			new Promise((resolve) => {
				const message = { topic: names.meter(reading.meter, 'reading'), payload: JSON.stringify(reading), retain: false }
				connection.publish({ ...message, settled: () => resolve() })
			}),
		close: () => connection.close(),
	}
}

/** Says for each reason how much of a recording the link layer refused. */
function discardText(all: Discarded[]): string[] {
	return [...new Set(all.map(({ reason }) => reason))].map((reason) => {
		const pieces = all.filter((one) => one.reason === reason)
		const bytes = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0)
		return `refused: ${refusalText({ reason, detail: `${bytes} bytes in ${pieces.length} pieces` })}`
	})
}

function progress(place: number, all: number, file: string, share: number): void {
	if (!process.stderr.isTTY) return
	const width = 30
	const filled = Math.round(((place + share) / all) * width)
	process.stderr.write(`\r\x1b[K[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${place + 1}/${all} ${visible(file)}`)
	if (place + share === all) process.stderr.write('\r\x1b[K')
}

function statistics(count: number, times: number[], milliseconds: number): void {
	const sorted = [...times].sort((one, other) => one - other)
	const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(2)
	console.error(
		`${count} telegrams in ${(milliseconds / 1000).toFixed(2)} s, ${Math.round((count / milliseconds) * 1000)} a second; each p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`,
	)
}

/** Differences that are shown; a wrong scaler may give thousands. */
const SHOWN = 20

function meets(file: string, wanted: Reading[], readings: Reading[]): number {
	const differences = differ(wanted.map(comparable), readings.map(comparable))
	for (const { text } of differences.slice(0, SHOWN)) console.error(visible(`${file}: ${text}`))
	if (differences.length > SHOWN) console.error(`${file}: ${differences.length - SHOWN} more`)
	if (differences.length === 0) console.error(`${file}: as expected`)
	return differences.length === 0 ? 0 : 1
}
