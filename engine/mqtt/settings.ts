import type { Duplex } from 'node:stream'
import { withoutPassword } from './address.ts'
import type { Spool } from './spool.ts'
import type { Limits } from './waiting.ts'

/** The settings of one connection to a broker. */
export type ConnectionSettings = {
	clientId: string
	username?: string
	password?: string | Buffer
	/** Certificates and key in PEM: of the authority that signs the broker's, and of this client. */
	ca?: string | Buffer
	cert?: string | Buffer
	key?: string | Buffer
	/** The name that the broker's certificate must have, where it is not the host's. */
	servername?: string
	will?: { topic: string; payload: string }
	/** Opens a stream to the embedded broker; without it, `url` names the broker. */
	stream?: () => Duplex
	url?: string
	/** How much may wait for the broker, and where it waits on disk. */
	limits?: Partial<Limits>
	spool?: Spool
	/** Milliseconds without a connection after which that is said again, and a new client tries at once: five minutes. */
	rebuildAfter?: number
	/** Milliseconds before the first new attempt: a second. Each further one waits longer. */
	retryAfter?: number
	/** Seconds in which a broker must acknowledge messages and answer to subscriptions: 45. */
	patience?: number
	/** The broker keeps messages for this client while it is away; each is acknowledged only when its receipt is released. */
	session?: true
	/** Called when the connection changes, with the reason in words. */
	status: (connected: boolean, text: string) => void
}

/** Names the broker for messages, without a password. */
export function placeOf({ url, stream }: ConnectionSettings): string {
	return stream ? 'the embedded broker' : withoutPassword(url ?? '')
}
