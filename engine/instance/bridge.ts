import { type Finding, findingText } from '../document/finding.ts'
import type { Log } from '../log/log.ts'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'
import { visibleLines } from '../text/visible.ts'

/** Errors of one profile or output that are logged. */
const MAX_LINES = 5

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
		/** Publishes and logs the new status of a profile or an output (`isQuiet`: publishes only); one that is gone is cleared. */
		status(
			kind: 'profile' | 'output',
			name: string,
			status: 'active' | 'rejected' | 'gone',
			errors: (Finding | string)[],
			isQuiet = false,
		): void {
			const thing = `${kind} ${name}`
			if (rejected.delete(thing) && status === 'active' && !isQuiet) log.info(`${thing} is valid again`)
			const shown = isQuiet ? [] : errors.slice(0, MAX_LINES)
			for (const error of shown) log.error(`${thing}: ${typeof error === 'string' ? error : findingText(error)}`)
			if (shown.length > 0 && shown.length < errors.length)
				log.error(`${thing}: and ${errors.length - shown.length} more errors: ${topics[kind](name)} has them`)
			if (status === 'rejected') rejected.add(thing)
			if (status === 'gone') publish(topics[kind](name), '')
			else publish(topics[kind](name), visibleLines(JSON.stringify({ [kind]: name, status, errors })), { contentType: 'application/json' })
		},
	}
}
