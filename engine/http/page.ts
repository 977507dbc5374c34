import type { LoadedConfig } from '../config/config.ts'
import { packageRoot, packageVersion } from '../files/package.ts'
import { publicAddress } from '../mqtt/address.ts'
import type { Broker } from '../mqtt/broker.ts'
import type { Connection } from '../mqtt/client.ts'
import { fileRoutes } from './files.ts'
import { health } from './health.ts'
import { history } from './history.ts'
import { metrics } from './metrics.ts'
import { httpServer, json } from './server.ts'
import type { Snapshot } from './snapshot.ts'

/** The dashboard, /health and /metrics. */
export type Page = ReturnType<typeof webPage>

export type PageSettings = {
	config: LoadedConfig
	embedded: Broker | undefined
	connection: Pick<Connection, 'connected' | 'counts'>
	meters: { snapshots(): Snapshot[]; missing(): { name: string; detail: string }[] }
	/** Start of the process, ms since 1970. */
	session: number
}

/** Path on which the embedded broker takes WebSockets. */
const BROKER = '/mqtt'

/** Makes the page that `http` of the config asks for; `listen` opens it. */
export function webPage({ config: { config }, embedded, connection, meters, session }: PageSettings) {
	const { names = [], broker = config.mqtt.url?.startsWith('ws') ? config.mqtt.url : '' } = config.http ?? {}
	// Whoever opens the page can read it.
	const open = publicAddress(broker)
	const past = history()
	const now = () => ({ connected: connection.connected(), outbox: connection.counts(), meters: meters.snapshots() })
	// The broker's path is relative to the page: a proxy may have put it anywhere.
	const settings = {
		root: config.root ?? 'cii',
		version: packageVersion(),
		broker: embedded ? BROKER.slice(1) : open?.url,
	}
	const since = new Date(session).toISOString()
	const server = httpServer({
		names,
		broker: embedded ? undefined : open?.origin,
		routes: {
			...fileRoutes(new URL('tools/dashboard/', packageRoot)),
			'/settings.json': () => json(settings),
			'/history.json': () => json(past.hours()),
			// A restart does not help a silent meter; it may help when the broker is away.
			'/health': () => json(health(now(), meters.missing(), settings.version, since), connection.connected() ? 200 : 503),
			'/metrics': () => metrics(now()),
		},
		...(embedded && { upgrade: { path: BROKER, take: embedded.take } }),
	})
	return { reading: past.add, keep: past.keep, ...server }
}

/** Returns the address to open in a browser. */
export function pageAddress(host = '127.0.0.1', port: number): string {
	const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
	return `http://${shown}:${port}`
}
