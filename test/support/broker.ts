import mqtt, { type MqttClient } from 'mqtt'
import { deadline } from './pace.ts'

/** A message that a client of the tests received. */
export type Seen = { topic: string; payload: string; retain: boolean; properties: Record<string, string> }

/** A client that keeps what it sees; `until` waits for messages that fit, 15 s of a free machine at most. */
export type Watcher = {
	client: MqttClient
	seen: Seen[]
	until(fits: (seen: Seen[]) => boolean, what: string): Promise<void>
	close(): Promise<void>
}

/** Connects and subscribes; rejects when the broker refuses. */
export async function watchTopics(url: string, filter: string | string[], options: mqtt.IClientOptions = {}): Promise<Watcher> {
	const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options })
	const seen: Seen[] = []
	let look = () => {}
	client.on('message', (topic, payload, packet) => {
		seen.push({
			topic,
			payload: payload.toString(),
			retain: packet.retain,
			properties: { ...(packet.properties?.userProperties as Record<string, string>) },
		})
		look()
	})
	await client.subscribeAsync(filter, { qos: 1 })
	return {
		client,
		seen,
		until: (fits, what) =>
			new Promise((resolve, reject) => {
				const cancel = deadline(15_000, () => {
					const newest = seen.slice(-5).map(({ topic, payload }) => `${topic} ${payload.slice(0, 200)}`)
					reject(new Error(`waited in vain for ${what}; seen: ${newest.join('\n')}`))
				})
				look = () => {
					if (!fits(seen)) return
					cancel()
					look = () => {}
					resolve()
				}
				look()
			}),
		close: () => client.endAsync(true),
	}
}

/** Readings among what was seen, parsed. */
export const readings = (seen: Seen[], meter: string) =>
	seen.filter(({ topic }) => topic === `cii/${meter}/reading`).map(({ payload }) => JSON.parse(payload))
