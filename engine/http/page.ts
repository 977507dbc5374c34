import type { LoadedConfig } from '../config/config.ts'
import { packageRoot, packageVersion } from '../files/package.ts'
import type { Log } from '../log/log.ts'
import type { Snapshot } from '../meter/snapshot.ts'
import { publicAddress } from '../mqtt/address.ts'
import type { Broker } from '../mqtt/broker.ts'
import type { Connection } from '../mqtt/client.ts'
import { fileRoutes } from './files.ts'
import { health } from './health.ts'
import { history } from './history.ts'
import { openPort } from './listen.ts'
import { httpServer, json } from './server.ts'

/** The dashboard, /health and /metrics. */
export type Page = ReturnType<typeof webPage>

export type PageSettings = {
	config: LoadedConfig
	embedded: Broker | undefined
	connection: Pick<Connection, 'connected' | 'counts'>
	meters: { snapshots(): Snapshot[]; missing(): { name: string; detail: string }[] }
	/** Start of the process, ms since 1970. */
	session: number
	/** The port may give way to the next free one. */
	anyPort?: boolean
	log: Log
}

/** Milliseconds until a port that was taken is tried again. */
const RETRY = 5000
/** Path on which the embedded broker takes WebSockets. */
const BROKER = '/mqtt'

/** Makes the page that `http` of the config asks for. */
export function webPage({ config: { config }, embedded, connection, meters, session, anyPort = false, log }: PageSettings) {
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
			// Most processes are never asked, and their start need not wait for it.
			'/metrics': async () => (await import('./metrics.ts')).metrics(now()),
		},
		...(embedded && { upgrade: { path: BROKER, take: embedded.take } }),
	})
	const { http = {} } = config
	let address: string | undefined
	let retry: NodeJS.Timeout | undefined

	async function openPage(): Promise<void> {
		try {
			address = addressOf(http.host, await openPort(server, http, 8080, anyPort, 'http.port'))
			if (retry) log.info(`the dashboard is on ${address}`)
		} catch (error) {
			if (!retry) log.error(`no dashboard, /health and /metrics: ${(error as Error).message}. The meters are read; it is tried again`)
			retry = setTimeout(() => void openPage(), RETRY).unref()
		}
	}

	return {
		reading: past.add,
		keep: past.keep,
		/** Gives the address to open in a browser, once the port is open. */
		address: () => address,
		/** Opens the port. Where it is taken the log says so, the meters go on, and it is tried again. */
		open: openPage,
		/** Closes the port, or tries it no more. */
		close(): Promise<void> {
			clearTimeout(retry)
			return server.close()
		},
	}
}

function addressOf(host = '127.0.0.1', port: number): string {
	const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
	return `http://${shown}:${port}`
}
