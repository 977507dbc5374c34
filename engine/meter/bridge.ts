import type { Logger } from 'pino'
import type { ProfileStatus } from '../check/last-good.ts'
import { type Finding, findingText } from '../document/finding.ts'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'

/** Publishes what the process says of itself, below `cii/bridge/<instance>`. */
export function bridgeOf(connection: Pick<Connection, 'publish'>, topics: Topics, log: Logger) {
	const publish = (topic: string, payload: string) => connection.publish({ topic, payload, retain: true })
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
		/** Publishes and logs a profile's new status; one that is gone is cleared. */
		profile(name: string, status: ProfileStatus | 'gone', errors: Finding[]): void {
			if (rejected.delete(name) && status === 'active') log.info(`profile ${name} is valid again`)
			if (status === 'rejected') {
				for (const finding of errors) log.error(`profile ${name}: ${findingText(finding)}`)
				rejected.add(name)
			}
			publish(topics.profile(name), status === 'gone' ? '' : JSON.stringify({ profile: name, status, errors }))
		},
	}
}
