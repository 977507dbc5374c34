import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { LoadedConfig } from '../config/config.ts'
import { type Connection, connect } from '../mqtt/client.ts'
import { DEFAULT_LIMITS, type Limits } from '../mqtt/outbox.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { type Spool, spool } from '../mqtt/spool.ts'
import type { CompiledProfile } from '../profile/profile.ts'

/** How much may wait for the broker, and in which file where the config wants it on disk. */
export function outboxOf(loaded: LoadedConfig, file: string | undefined, tell: (text: string) => void): { limits?: Limits; spool?: Spool } {
	const { messages, bytes, disk = false } = loaded.config.mqtt.outbox ?? {}
	const limits = { messages: messages ?? DEFAULT_LIMITS.messages, bytes: bytes ?? DEFAULT_LIMITS.bytes }
	if (disk && file === undefined) tell('mqtt.outbox.disk needs a stateDir: readings wait in memory only')
	return { limits, ...(disk && file !== undefined && { spool: spool(file, tell) }) }
}

/** The connections that messages come from: the config's broker, or one for each other url that a meter names. */
export function inputs(connection: Connection, clientId: string, ownUrl: () => string | undefined, log: Logger) {
	const others = new Map<string, Connection>()
	let count = 0
	return {
		inputOf(profile: CompiledProfile): Connection {
			const url = profile.document.transport.url
			if (url === undefined || url === ownUrl()) return connection
			const status = (up: boolean, text: string) => (up ? log.info(text) : log.warn(text))
			const found = others.get(url) ?? connect({ clientId: `${clientId}-in${++count}`, url, status })
			others.set(url, found)
			return found
		},
		/** Closes those that no meter names any more. */
		async keep(urls: string[]) {
			for (const [url, other] of [...others]) {
				if (urls.includes(url)) continue
				others.delete(url)
				await other.close()
			}
		},
	}
}

/** What waits for a translator that is away is kept for a week; a thousand telegrams are handed over at once. */
const RAW_SESSION = { expiry: 604_800, receiveMaximum: 1000 }

/**
 * The session in which a translator receives raw telegrams, beside the connection that it publishes by: the broker keeps what comes while the process is
 * away, for this fixed client id.
 */
export function rawSession({ will: _will, ...settings }: ConnectionSettings, stream: (() => Duplex) | undefined, log: Logger): Connection {
	return connect({
		...settings,
		clientId: `${settings.clientId}-raw`,
		session: RAW_SESSION,
		status: (up, text) => (up ? log.info(`raw telegrams: ${text}`) : log.warn(`raw telegrams: ${text}`)),
		...(stream && { stream }),
	})
}
