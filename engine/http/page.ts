import type { LoadedConfig } from '../config/config.ts'
import { packageRoot, packageVersion } from '../files/package.ts'
import type { Broker } from '../mqtt/broker.ts'
import type { Connection } from '../mqtt/client.ts'
import { fileRoutes } from './files.ts'
import { health } from './health.ts'
import { history } from './history.ts'
import { metrics } from './metrics.ts'
import { type Answer, httpServer, json } from './server.ts'
import type { Snapshot } from './snapshot.ts'

/** The dashboard, /health and /metrics. */
export type Page = ReturnType<typeof webPage>

export type PageSettings = {
	config: LoadedConfig
	embedded: Broker | undefined
	connection: Connection
	meters: { snapshots(): Snapshot[]; missing(): { name: string; detail: string }[] }
	/** Start of the process, ms since 1970. */
	session: number
}

/** Path on which the embedded broker takes WebSockets. */
const BROKER = '/mqtt'

/** Makes the page that `http` of the config asks for; `listen` opens it. */
export function webPage({ config: { config }, embedded, connection, meters, session }: PageSettings) {
	const { names = [], broker } = config.http ?? {}
	const past = history()
	const now = () => ({ connected: connection.connected(), outbox: connection.counts(), meters: meters.snapshots() })
	// The broker's path is relative to the page: a proxy may have put it anywhere.
	const settings = {
		root: config.root ?? 'cii',
		version: packageVersion(),
		broker: embedded ? BROKER.slice(1) : (broker ?? webSocketUrl(config.mqtt.url)),
	}
	const since = new Date(session).toISOString()

	function healthAnswer(): Answer {
		const found = health({ ...now(), version: settings.version, since, missing: meters.missing() })
		// A restart does not help a silent meter; it may help when the broker is away.
		return json(found, found.broker.connected ? 200 : 503)
	}

	const server = httpServer({
		names,
		broker: embedded ? undefined : settings.broker,
		routes: {
			...fileRoutes(new URL('tools/dashboard/', packageRoot)),
			'/settings.json': () => json(settings),
			'/history.json': () => json(past.hours()),
			'/health': healthAnswer,
			'/metrics': () => metrics(now()),
		},
		...(embedded && { upgrade: { path: BROKER, take: embedded.take } }),
	})
	return { reading: past.add, keep: past.keep, ...server }
}

/** Returns the broker's own address where a browser can use it. */
const webSocketUrl = (url: string | undefined) => (url?.startsWith('ws') ? url : undefined)

/** Returns the address to open in a browser. */
export function pageAddress(host = '127.0.0.1', port: number): string {
	const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
	return `http://${shown}:${port}`
}
