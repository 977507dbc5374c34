import { setImmediate } from 'node:timers/promises'
import type { HeardAdapter } from '../../schema/types/api.ts'
import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { parseConfig } from '../config/config.ts'
import { applyMeter } from '../config/meter-profile.ts'
import { contradiction } from '../draft/rank.ts'
import { topicPatterns } from '../mqtt/filter.ts'
import type { Message } from '../mqtt/message.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import { readingPipeline } from '../pipeline/translate.ts'
import { type Library, profileNames } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { readsBroker } from '../profile/readers.ts'
import { freeName, suggestedName } from './proposals.ts'

/** A message that was heard, and when: ms since 1970. */
export type HeardMessage = Message & { received: number }

/** Messages of one device that are read. */
const READ = 60
/** Devices of one profile that are told apart. */
const DEVICES = 50

/** Gives the profiles that read messages of a broker. */
export function adapterProfiles(library: Library): CompiledProfile[] {
	const names = profileNames(library).filter((name) => readsBroker(name, library))
	return names.flatMap((name) => {
		const profile = compileProfile(name, library)
		return !Array.isArray(profile) && profile.document.transport.kind === 'mqtt' ? [profile] : []
	})
}

/** Gives the filters of their topics, each once. */
export function filtersOf(profiles: readonly CompiledProfile[]): string[] {
	const all = profiles.flatMap(({ document: { transport } }) =>
		topicPatterns(transport.topic, transport.levels).map(({ filter }) => filter),
	)
	return [...new Set(all)]
}

type Candidate = Omit<HeardAdapter, 'name'> & { score: number; size: number }

/**
 * Finds the adapters in messages: each profile whose topic fits reads them, one device after the other. For each device, those profiles stay that read most
 * of it. `topic`: a filter that a person named; where no profile's own topic gives a reading, each reads what came there.
 */
export async function adaptersIn(
	messages: readonly HeardMessage[],
	profiles: readonly CompiledProfile[],
	taken: readonly string[],
	topic?: string,
): Promise<HeardAdapter[]> {
	const found: Candidate[] = []
	for (const profile of profiles) found.push(...(await readBy(profile, messages, {})))
	if (found.length === 0 && topic !== undefined) for (const profile of profiles) found.push(...(await readBy(profile, messages, { topic })))
	const best = new Map<string, number>()
	const place = (one: Candidate) => `${one.device ?? ''} ${one.topic}`
	for (const one of found) best.set(place(one), Math.max(best.get(place(one)) ?? 0, one.score))
	const kept = found.filter((one) => one.score === best.get(place(one)))
	// Where several read as much with other values, nothing tells the unit: the smaller values first.
	kept.sort((one, other) => other.score - one.score || one.size - other.size)
	const names = [...taken]
	return kept.map(({ score: _score, size: _size, ...one }) => {
		const name = freeName(suggestedName(one.reading ?? {}, []), names)
		if (!kept.some((other) => other !== one && place(other as Candidate) === place(one as Candidate))) names.push(name)
		return { ...one, reading: { ...one.reading, meter: name }, name }
	})
}

/** Reads messages with a profile, one device after the other. */
async function readBy(profile: CompiledProfile, messages: readonly HeardMessage[], over: Record<string, unknown>): Promise<Candidate[]> {
	const laid = laidOver(profile, over)
	if (!laid) return []
	const { topic, levels, identity } = laid.document.transport
	const patterns = topicPatterns(topic, levels)
	const devices = new Map<string | undefined, HeardMessage[]>()
	for (const message of messages) {
		const found = patterns.map((pattern) => pattern.match(message.topic)).find((match) => match !== undefined)
		if (!found) continue
		const device = identity === undefined ? undefined : found[identity]
		const list = devices.get(device)
		if (list) list.push(message)
		else if (devices.size < DEVICES) devices.set(device, [message])
	}
	const all: Candidate[] = []
	for (const [device, theirs] of devices) {
		await setImmediate()
		const transport = { ...over, ...(identity !== undefined && device !== undefined && { levels: { [identity]: device } }) }
		const pinned = laidOver(profile, transport)
		const read = pinned && (await fullestReading(pinned, theirs.slice(-READ)))
		if (!read) continue
		const { reading, score } = read
		all.push({
			profile: profile.name,
			title: profile.document.title ?? profile.name,
			...(device !== undefined && { device }),
			topic: theirs[0]?.topic ?? '',
			messages: theirs.length,
			transport,
			reading: { ...reading },
			score,
			size: sizeOf(reading),
		})
	}
	return all
}

function laidOver(profile: CompiledProfile, transport: Record<string, unknown>): CompiledProfile | undefined {
	if (Object.keys(transport).length === 0) return profile
	const entry = { name: 'meter', profile: profile.name, transport }
	const config = parseConfig('heard.json', JSON.stringify({ mqtt: { url: 'mqtt://localhost' }, meters: [entry] }))
	const laid = Array.isArray(config) ? config : applyMeter(profile, entry, 0, config)
	return Array.isArray(laid) ? undefined : laid
}

async function fullestReading(
	profile: CompiledProfile,
	messages: HeardMessage[],
): Promise<{ reading: Reading; score: number } | undefined> {
	const [first] = messages
	if (!first) return undefined
	const pipeline = readingPipeline({ name: 'meter', id: 'meter', profile, keys: {}, session: first.received, seq: 0 })
	const outcomes: Outcome[] = []
	for (const message of messages) outcomes.push(...(await pipeline.message(message, message.received)))
	outcomes.push(...(await pipeline.idle(messages.at(-1)?.received ?? first.received)))
	const readings = outcomes.flatMap((outcome) =>
		outcome.kind === 'reading' ? [{ reading: outcome.reading, faults: outcome.issues.length }] : [],
	)
	if (readings.some(({ reading }) => contradiction(reading) !== undefined)) return undefined
	const scored = readings.map(({ reading, faults }) => ({ reading, score: valuesOf(reading).length - faults }))
	const most = Math.max(0, ...scored.map(({ score }) => score))
	return most > 0 ? scored.findLast(({ score }) => score === most) : undefined
}

const valuesOf = (reading: Reading) => Object.entries({ ...reading }).filter(([field]) => field in fields)
const sizeOf = (reading: Reading) =>
	valuesOf(reading).reduce((sum, [, value]) => sum + (typeof value === 'number' ? Math.abs(value) : 0), 0)
