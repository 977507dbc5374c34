import type { Logger } from 'pino'
import { type Finding, findingText } from '../document/finding.ts'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'
import type { ProfileStatus } from '../profile/last-good.ts'

/** Publishes what the process says of itself, below `cii/bridge/<instance>`. */
export class Bridge {
	readonly #publish: (topic: string, payload: string) => void
	readonly #topics: Topics
	readonly #log: Logger
	readonly #rejected = new Set<string>()
	#info = ''

	constructor(connection: Pick<Connection, 'publish'>, topics: Topics, log: Logger) {
		this.#publish = (topic, payload) => connection.publish({ topic, payload, retain: true })
		this.#topics = topics
		this.#log = log
	}

	/** Publishes whether the process runs. */
	state(state: 'online' | 'offline'): void {
		this.#publish(this.#topics.bridgeState, state)
	}

	/** Publishes version, meters, profiles and outputs if they differ from what was published last. */
	info(info: object): void {
		const payload = JSON.stringify({ schema: 'cii.bridge/1', ...info })
		if (payload !== this.#info) this.#publish(this.#topics.bridgeInfo, payload)
		this.#info = payload
	}

	/** Publishes and logs a profile's new status; one that is gone is cleared. */
	profile(name: string, status: ProfileStatus | 'gone', findings: Finding[]): void {
		for (const finding of status === 'rejected' ? findings : []) this.#log.error(`profile ${name}: ${findingText(finding)}`)
		if (status === 'active' && this.#rejected.has(name)) this.#log.info(`profile ${name} is valid again`)
		if (status === 'rejected') this.#rejected.add(name)
		else this.#rejected.delete(name)
		const payload = status === 'gone' ? '' : JSON.stringify({ profile: name, status, errors: findings })
		this.#publish(this.#topics.profile(name), payload)
	}
}
