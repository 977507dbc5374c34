import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import type { Topics } from '../mqtt/topics.ts'

/** Milliseconds in which a broker hands over what it has kept, once it has confirmed a subscription. */
const HANDOVER = 500

/** What the broker has kept: what this instance has published, and the meters that other instances read. */
export type Recalled = { published: string | undefined; others: ReadonlySet<string> }

/** Asks the broker what it has kept of this instance, for a process without a folder of its own. Waits for the broker as long as it is away. */
export async function recall(connection: Pick<Connection, 'subscribe' | 'unsubscribe'>, topics: Topics): Promise<Recalled> {
	const others = new Set<string>()
	let published: string | undefined
	const onPublished = ({ payload, retain }: InMessage) => {
		if (retain) published ??= new TextDecoder().decode(payload)
	}
	const onInfo = ({ topic, payload }: InMessage) => {
		if (topic !== topics.bridgeInfo) for (const name of metersOf(new TextDecoder().decode(payload))) others.add(name)
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
		const { meters } = JSON.parse(text) as { meters: { name: string }[] }
		return meters.map(({ name }) => name)
	} catch {
		return []
	}
}
