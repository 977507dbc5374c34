import type { Duplex } from 'node:stream'
import type { IClientOptions } from 'mqtt'
import { withoutPassword } from './address.ts'
import type { Spool } from './spool.ts'
import type { Limits } from './waiting.ts'

/** The settings of one connection to a broker. */
export type ConnectionSettings = Pick<IClientOptions, 'username' | 'password' | 'ca' | 'cert' | 'key' | 'servername'> & {
	clientId: string
	will?: { topic: string; payload: string }
	/** Opens a stream to the embedded broker; without it, `url` names the broker. */
	stream?: () => Duplex
	url?: string
	/** How much may wait for the broker, and where it waits on disk. */
	limits?: Partial<Limits>
	spool?: Spool
	/** Milliseconds without a connection after which a new client replaces this one: five minutes. */
	rebuildAfter?: number
	/** The broker keeps messages for this client while it is away; each is acknowledged only when its receipt is released. */
	session?: true
	/** Called when the connection changes, with the reason in words. */
	status: (connected: boolean, text: string) => void
}

/** The broker keeps a week of messages (s) for a session, and hands over a thousand at once. */
const SESSION = { sessionExpiryInterval: 604_800, receiveMaximum: 1000 }

/** Names the broker for messages, without a password. */
export function placeOf({ url, stream }: ConnectionSettings): string {
	return stream ? 'the embedded broker' : withoutPassword(url ?? '')
}

/** Gives the options of MQTT.js. `retry`: milliseconds before the next attempt. */
export function clientOptions(settings: ConnectionSettings, protocolVersion: 4 | 5, retry: number): IClientOptions {
	const { will, session, stream, url, limits, spool, rebuildAfter, status, ...more } = settings
	return {
		...more,
		protocolVersion,
		clean: session === undefined,
		...(session && protocolVersion === 5 && { properties: SESSION }),
		keepalive: 30,
		connectTimeout: 10_000,
		reconnectPeriod: retry,
		reconnectOnConnackError: true,
		resubscribe: false,
		queueQoSZero: false,
		rejectUnauthorized: true,
		...(will && { will: { ...will, payload: Buffer.from(will.payload), qos: 1 as const, retain: true } }),
	}
}
