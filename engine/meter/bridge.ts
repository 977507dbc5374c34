import { type Finding, findingText } from '../document/finding.ts'
import type { Log } from '../log/log.ts'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'
import { visibleLines } from '../text/visible.ts'

/** Publishes what the process says of itself, below `cii/bridge/<instance>`. */
export function bridgeOf(connection: Pick<Connection, 'publish'>, topics: Topics, log: Log) {
	const publish = (topic: string, payload: string, more = {}) => connection.publish({ topic, payload, retain: true, ...more })
	const rejected = new Set<string>()
	let published = ''
	return {
		/** Publishes whether the process runs. */
		state: (state: 'online' | 'offline') => publish(topics.bridgeState, state),
		/** Publishes version, meters, profiles and outputs if they differ from what was published last. */
		info(info: object): void {
			const payload = JSON.stringify({ schema: 'cii.bridge/1', ...info })
			if (payload !== published) publish(topics.bridgeInfo, payload)
			published = payload
		},
		/** Publishes and logs the new status of a profile or an output; one that is gone is cleared. */
		status(kind: 'profile' | 'output', name: string, status: 'active' | 'rejected' | 'gone', errors: (Finding | string)[]): void {
			const thing = `${kind} ${name}`
			if (rejected.delete(thing) && status === 'active') log.info(`${thing} is valid again`)
			for (const error of errors) log.error(`${thing}: ${typeof error === 'string' ? error : findingText(error)}`)
			if (status === 'rejected') rejected.add(thing)
			if (status === 'gone') publish(topics[kind](name), '')
			else publish(topics[kind](name), visibleLines(JSON.stringify({ [kind]: name, status, errors })), { contentType: 'application/json' })
		},
	}
}
