import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import type { Topics } from '../mqtt/topics.ts'
import type { Content, Owner } from './ownership.ts'
import type { Shape } from './shape.ts'

/** Milliseconds in which a broker hands over what it has kept, once it has confirmed a subscription. */
const HANDOVER = 500
/** Bytes of what an instance has published: a town of meters stays below; of the names of other instances, how many. */
const [MAX_BYTES, MAX_NAMES] = [2 * 1024 * 1024, 100_000]
/** Topics, meters, and fields of one announcement that are taken over. */
const [MAX_TOPICS, MAX_METERS, MAX_FIELDS] = [20_000, 5000, 500]

/** What the broker has kept: what this instance has published, and the meters that other instances read. */
export type Recalled = { published: string | undefined; others: ReadonlySet<string> }

/** Asks the broker what it has kept of this instance, for a process without a folder of its own. Waits for the broker as long as it is away. */
export async function recall(connection: Pick<Connection, 'subscribe' | 'unsubscribe'>, topics: Topics): Promise<Recalled> {
	const others = new Set<string>()
	let published: string | undefined
	const onPublished = ({ payload, retain }: InMessage) => {
		if (retain && payload.length <= MAX_BYTES) published ??= new TextDecoder().decode(payload)
	}
	const onInfo = ({ topic, payload }: InMessage) => {
		if (topic === topics.bridgeInfo || payload.length > MAX_BYTES) return
		for (const name of metersOf(new TextDecoder().decode(payload))) if (others.size < MAX_NAMES) others.add(name)
	}
	const infos = `${topics.root}/bridge/+/info`
	await Promise.all([connection.subscribe(infos, onInfo), connection.subscribe(topics.bridgePublished, onPublished)])
	await sleep(HANDOVER, undefined, { ref: false })
	connection.unsubscribe(infos, onInfo)
	connection.unsubscribe(topics.bridgePublished, onPublished)
	return { published, others }
}

function metersOf(text: string): string[] {
	try {
		const { meters } = JSON.parse(text) as { meters: { name: unknown }[] }
		return meters.map(({ name }) => name).filter(isMeter)
	} catch {
		return []
	}
}

/** A meter's name in the config, which is no topic of ours below the root. */
const isMeter = (name: unknown): name is string => typeof name === 'string' && /^(?!(?:bridge|raw)$)[A-Za-z0-9_-]{1,64}$/.test(name)
const isField = (name: unknown) => typeof name === 'string' && /^[\w.]{1,100}$/.test(name)

/**
 * Reads what an earlier process is said to have published. Whoever writes to the broker may have written it: only topics that the outputs of this process
 * could have written count (`shapeOf` gives an output's, undefined for an unknown output), and only so many.
 */
export async function believed(text: string, shapeOf: (output: string) => Promise<Shape | undefined>): Promise<Omit<Content, 'ledger'>> {
	const { meters, owners, announced } = contentOf(text)
	const shapes = new Map<string, Shape | undefined>()
	const kept: [string, Owner][] = []
	for (const [topic, owner] of Object.entries(owners).slice(0, MAX_TOPICS)) {
		const { output, meter, announced: isAnnounced, retain } = { ...(owner as Partial<Owner>) }
		if (typeof output !== 'string' || !(meter === '' || isMeter(meter)) || typeof isAnnounced !== 'boolean' || retain !== true) continue
		if (!shapes.has(output)) shapes.set(output, await shapeOf(output))
		if (shapes.get(output)?.(topic, meter) === true) kept.push([topic, { output, meter, announced: isAnnounced, retain }])
	}
	const names = new Map<string, string[]>()
	for (const [key, fields] of Object.entries(announced).slice(0, MAX_METERS)) {
		const [output = '', meter] = key.split(' ')
		if (shapes.get(output) && isMeter(meter) && Array.isArray(fields)) names.set(key, fields.filter(isField).slice(0, MAX_FIELDS))
	}
	const known = Array.isArray(meters) ? meters.filter(isMeter).slice(0, MAX_METERS) : []
	return { meters: known, owners: Object.fromEntries(kept), announced: Object.fromEntries(names) }
}

/** The parts of the content, whatever they are. */
function contentOf(text: string): { meters: unknown; owners: object; announced: object } {
	try {
		const { ledger, meters, owners, announced } = JSON.parse(text) as Record<string, unknown>
		if (ledger === 1) return { meters, owners: { ...(owners as object) }, announced: { ...(announced as object) } }
	} catch {
		// It is something else: nothing is taken over.
	}
	return { meters: [], owners: {}, announced: {} }
}
