import type { CaptureLine } from '../../schema/types/capture.ts'
import type { Transport } from '../../schema/types/profile.ts'
import { json } from '../application/json.ts'
import { plainValue } from '../application/value.ts'
import { accept } from '../pipeline/accept.ts'
import { Merge } from '../pipeline/merge.ts'
import type { CompiledProfile } from '../profile/profile.ts'

export type AdapterMessage = Extract<CaptureLine, { topic: string }>

/** How an adapter's messages are read: transport and application of a profile, and what was left aside. */
export type Layout = { transport: Transport & { kind: 'mqtt' }; application: 'json' | 'value'; aside: string[]; ignore: string[] }

const utf8 = new TextEncoder()

/** Tells how messages of an unknown adapter make telegrams; undefined where none holds JSON or a plain number. Retained ones say nothing. */
export function layoutOf(messages: AdapterMessage[]): Layout | undefined {
	const live = messages.filter(({ retain }) => retain !== true)
	const kinds = new Map<string, 'json' | 'number'>()
	for (const { topic, payload } of live) {
		const kind = kindOf(payload)
		if (kind && !(kind === 'number' && kinds.get(topic) === 'json')) kinds.set(topic, kind)
	}
	const topicsOf = (kind: string) => [...kinds].filter(([, found]) => found === kind).map(([topic]) => topic)
	const ofJson = topicsOf('json')
	const topics = ofJson.length > 0 ? ofJson : topicsOf('number')
	if (topics.length === 0) return undefined
	const aside = [...new Set(messages.map(({ topic }) => topic))].filter((topic) => !topics.includes(topic))
	const ignore = [...new Set(live.filter(({ topic }) => aside.includes(topic)).map(({ payload }) => payload))].filter((text) =>
		/^[A-Za-z]{2,12}$/.test(text),
	)
	const application = ofJson.length > 0 ? 'json' : 'value'
	if (application === 'json' && alike(live, topics)) return { transport: { kind: 'mqtt', ...devices(topics) }, application, aside, ignore }
	const { topic, by, identity } = named(topics)
	const merge = { ...(by !== undefined && { by }), window: windowOf(live.filter((message) => topics.includes(message.topic))) }
	return { transport: { kind: 'mqtt', topic, ...(identity !== undefined && { identity }), merge }, application, aside, ignore }
}

function kindOf(payload: string): 'json' | 'number' | undefined {
	if (json(utf8.encode(payload)).kind === 'telegram') return 'json'
	const plain = plainValue(utf8.encode(payload))
	return 'value' in plain && typeof plain.value === 'number' ? 'number' : undefined
}

/** Whether each message is a telegram: one topic, or several with the same keys. An object that is one value (`{"value": …}`) is none. */
function alike(messages: AdapterMessage[], [first, ...others]: string[]): boolean {
	const keys = (topic = '') =>
		Object.keys(JSON.parse(messages.find((one) => one.topic === topic && kindOf(one.payload) === 'json')?.payload ?? '{}'))
	const own = keys(first)
	if (own.length <= 4 && own.some((key) => /^(value|val|v|state)$/i.test(key))) return false
	return others.every((topic) => keys(topic).filter((key) => own.includes(key)).length * 2 > own.length)
}

/** One topic; of several devices the level that tells them apart. */
function devices(topics: string[]): Pick<Transport, 'topic' | 'identity'> {
	const own = ownLevel(topics)
	const all = own === undefined ? topics : topics.map((topic) => replaced(topic, [own], ['device']))
	const [first = '', ...rest] = [...new Set(all)]
	const identity = own === undefined ? {} : { identity: 'device' }
	const level = sameLength(all) ? varying(all) : []
	if (level.length === 1) return { topic: replaced(first, level, [own === undefined ? 'device' : 'name']), identity: 'device' }
	return { topic: rest.length === 0 ? first : [first, ...rest], ...identity }
}

/** The level, not the last, in which all topics have the same name of a device: another household's has another. */
function ownLevel(topics: string[]): number | undefined {
	const all = topics.map((topic) => topic.split('/'))
	const [first = []] = all
	const found = first.findIndex((level, place) => place < first.length - 1 && isDevice(level) && all.every((one) => one[place] === level))
	return found < 0 ? undefined : found
}

const sameLength = (topics: string[]) => new Set(topics.map((topic) => topic.split('/').length)).size === 1

/** The topics of values, by the levels that differ: a pattern for each number of levels. */
function named(topics: string[]): { topic: string | [string, ...string[]]; by?: string; identity?: string } {
	const places = sameLength(topics) ? varying(topics) : []
	const differing = places.length > 1 ? places.find((place) => topics.every((topic) => isDevice(topic.split('/')[place] ?? ''))) : undefined
	const device = differing ?? ownLevel(topics)
	if (device !== undefined) {
		const rest = named([...new Set(topics.map((topic) => replaced(topic, [device], ['device'])))])
		return { ...rest, identity: 'device' }
	}
	const byLength = new Map<number, string[]>()
	for (const topic of topics) byLength.set(topic.split('/').length, [...(byLength.get(topic.split('/').length) ?? []), topic])
	const groups = [...byLength.values()]
	const most = Math.max(...groups.map((group) => (group.length > 1 ? varying(group).length : 0)))
	const names = most <= 1 ? ['name'] : ['group', 'name', 'part', 'detail'].slice(0, most)
	const patterns = groups.map((group) => {
		const levels = group.length > 1 ? varying(group) : []
		return levels.length > names.length ? (group[0] ?? '') : replaced(group[0] ?? '', levels, names)
	})
	const [first = '', ...rest] = patterns
	return { topic: rest.length === 0 ? first : [first, ...rest], ...(most > 0 && { by: names.join('/') }) }
}

/** Whether a level looks like a device's own name: longer than a phase or a quantity, with digits in it. */
const isDevice = (level: string) => level.length >= 6 && /\d.*\d/.test(level)

/** The places of levels that differ between topics of one length. */
function varying(topics: string[]): number[] {
	const all = topics.map((topic) => topic.split('/'))
	return (all[0] ?? []).flatMap((level, place) => (all.every((one) => one[place] === level) ? [] : [place]))
}

const replaced = (topic: string, places: number[], names: string[]) =>
	topic
		.split('/')
		.map((level, place) => (places.includes(place) ? `+${names[places.indexOf(place)]}` : level))
		.join('/')

/** A third of the time after which the fastest topic comes again: 50 to 1000 ms. */
function windowOf(messages: AdapterMessage[]): number {
	const last = new Map<string, number>()
	let shortest = Number.POSITIVE_INFINITY
	for (const { topic, t } of messages) {
		const gap = t - (last.get(topic) ?? Number.NEGATIVE_INFINITY)
		if (gap > 0) shortest = Math.min(shortest, gap)
		last.set(topic, t)
	}
	return Math.round(Math.min(1000, Math.max(50, shortest / 3)))
}

/** What the messages hold when they are read so: a tree of values for each telegram. */
export function telegramsOf(messages: AdapterMessage[], { transport, application, ignore }: Layout): { t: number; json: unknown }[] {
	const document = { transport, decoder: { application, ignore } } as CompiledProfile['document']
	const [merge, accepted] = [new Merge(document), accept(document)]
	const telegrams = messages.flatMap((message) => {
		const payload = utf8.encode(message.payload)
		const place = accepted.admit({ topic: message.topic, payload, retain: message.retain === true })
		return 'kind' in place ? [] : merge.take(payload, place, message.t, undefined)
	})
	return [...telegrams, ...merge.end()].flatMap((item) => ('kind' in item ? [] : [{ t: item.received, json: item.telegram.json }]))
}
