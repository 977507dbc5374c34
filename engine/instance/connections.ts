import { randomBytes } from 'node:crypto'
import type { LoadedConfig } from '../config/config.ts'
import type { CurrentConfig } from '../config/current.ts'
import { ownedBy } from '../config/mqtt.ts'
import { causeOf, type Log } from '../log/log.ts'
import { type Broker, broker } from '../mqtt/broker.ts'
import { type Connection, connect } from '../mqtt/client.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { Spool } from '../mqtt/spool.ts'
import type { CompiledProfile } from '../profile/profile.ts'

/** Reads how much may wait for the broker, and opens the file for it where the config wants it on disk. `tell` says what is missing for that. */
export function outboxOf(
	loaded: LoadedConfig,
	file: string | undefined,
	tell: (text: string) => void,
): Pick<ConnectionSettings, 'limits' | 'spool'> {
	const { disk = false, ...limits } = loaded.config.mqtt.outbox ?? {}
	if (disk && file === undefined) tell('mqtt.outbox.disk needs a stateDir: readings wait in memory only')
	return { limits, ...(disk && file !== undefined && { spool: new Spool(file, tell) }) }
}

/** Returns the connections that messages come from; one is opened for each url other than the config's own (`ownUrl`). */
export function inputs(connection: Connection, clientId: string, ownUrl: () => string | undefined, log: Log) {
	const others = new Map<string, Connection>()
	let count = 0
	// Another process of that name may read there too, for a broker of its own: without a session, a name is only a name.
	const session = randomBytes(3).toString('hex')
	return {
		/** Returns the config's broker, or the connection to the url that a profile names, opened where it is the first for it. */
		of({ document }: CompiledProfile): Connection {
			const { url } = document.transport
			if (url === undefined || url === ownUrl()) return connection
			const status = (up: boolean, text: string) => log[up ? 'info' : 'warn']({ cause: causeOf(text), changes: true }, text)
			const found = others.get(url) ?? connect({ clientId: `${clientId}-in${++count}-${session}`, url, status })
			others.set(url, found)
			return found
		},
		/** Counts what the config's broker has not taken yet, and what all brokers did that they must not. */
		counts(): ReturnType<Connection['counts']> {
			const all = [connection, ...others.values()].map((one) => one.counts())
			const sum = (name: 'faults' | 'skipped') => all.reduce((total, { [name]: each }) => total + each, 0)
			return { ...connection.counts(), faults: sum('faults'), skipped: sum('skipped') }
		},
		/** Closes those that no meter names any more. */
		async keep(urls: string[]): Promise<void> {
			const left = [...others].filter(([url]) => !urls.includes(url))
			for (const [url] of left) others.delete(url)
			// Together: brokers that do not let go take their time.
			await Promise.all(left.map(([, other]) => other.close()))
		},
	}
}

/**
 * Opens the session in which a translator receives raw telegrams, beside the connection that it publishes by: the broker keeps what arrives while the
 * process is away, for this fixed client id, whichever worker has the part of the shards that it is for.
 */
export function rawSession({ will: _will, ...settings }: ConnectionSettings, part: number | undefined, log: Log): Connection {
	return connect({
		...settings,
		clientId: `${settings.clientId}-raw${part === undefined ? '' : `-${part}`}`,
		session: true,
		status: (up, text) => log[up ? 'info' : 'warn']({ cause: `raw ${causeOf(text)}`, changes: true }, `raw telegrams: ${text}`),
	})
}

/** Makes the embedded broker, on which strangers write nothing that is this process's own by the config as it holds then. */
export function embeddedBroker(config: CurrentConfig, log: Log): Broker {
	let [loaded, owns] = [config.loaded, ownedBy(config.loaded, config.topics)]
	return broker({
		owns(topic) {
			if (loaded !== config.loaded) [loaded, owns] = [config.loaded, ownedBy(config.loaded, config.topics)]
			return owns(topic)
		},
		tell: (cause, text) => log.warn({ cause }, text),
	})
}
