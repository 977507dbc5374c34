import { createServer, type IncomingMessage, type Server } from 'node:http'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { listen } from '../mqtt/listen.ts'
import { visible, visibleLines } from '../text/visible.ts'

/** The answer of a path. `etag`: the browser asks by it whether its copy is still good. */
export type Answer = { status?: number; type: string; body: string | Buffer; etag?: string }

export type HttpSettings = {
	/** The answer of each path to GET. */
	routes: Record<string, () => Answer | Promise<Answer>>
	/** Public names that browsers may call this server by. */
	names: string[]
	/** Takes over a WebSocket that is asked for on this path. */
	upgrade?: { path: string; take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void }
	/** Where the page may connect besides this server: the broker's address. */
	broker: string | undefined
}

/** Makes an HTTP server that only answers questions; `listen` opens it. */
export function httpServer(settings: HttpSettings) {
	const server = createServer((request, response) => {
		void answer(request, settings)
			.catch((error: Error) => plain(500, error.message))
			.then(({ status = 200, type, body, etag }) => {
				const fresh = etag !== undefined && request.headers['if-none-match'] === etag
				const headers = headersFor(request.headers.host ?? '', settings)
				response.writeHead(fresh ? 304 : status, { ...headers, 'Content-Type': type, ...(etag !== undefined && { ETag: etag }) })
				response.end(fresh || request.method === 'HEAD' ? undefined : body)
			})
	})
	// A question is short.
	server.requestTimeout = 10_000
	server.headersTimeout = 10_000
	server.maxConnections = 200
	const taken = takeUpgrades(server, settings)
	return {
		/** Opens the port and gives its number. Rejects with the system's error when it is taken. */
		listen: (port: number, host: string) => listen(server, port, host),
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve())
				server.closeAllConnections()
				for (const socket of taken) socket.destroy()
			}),
	}
}

async function answer(request: IncomingMessage, { routes, names }: HttpSettings): Promise<Answer> {
	const host = request.headers.host ?? ''
	if (!isOurs(host, names)) return plain(403, `this server is not known as ${visible(host, 80)}: add the name to http.names in the config`)
	if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'only GET is answered here')
	const path = (request.url ?? '/').split('?')[0] ?? '/'
	const route = Object.hasOwn(routes, path) ? routes[path] : undefined
	return route ? await route() : plain(404, `nothing is here; there are ${Object.keys(routes).join(' ')}`)
}

/** The page loads nothing from elsewhere and connects only to this server and the broker; browsers differ on whether 'self' covers WebSockets. */
const headersFor = (host: string, { names, broker = '' }: HttpSettings) => ({
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-cache',
	'Content-Security-Policy': [
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
		`connect-src 'self' ${isOurs(host, names) ? `ws://${host} wss://${host}` : ''} ${broker}`.trim(),
	].join('; '),
})

/** Hands WebSockets over where they are allowed. Returns the sockets that are no longer HTTP: the server forgets them, yet does not end before they do. */
function takeUpgrades(server: Server, { names, upgrade }: HttpSettings): ReadonlySet<Duplex> {
	const taken = new Set<Duplex>()
	server.on('upgrade', (request, socket, head) => {
		taken.add(socket)
		socket.on('close', () => taken.delete(socket))
		socket.on('error', () => socket.destroy())
		const { host = '', origin } = request.headers
		// Any page in the browser may open a WebSocket to us; it cannot hide its origin.
		const allowed = isOurs(host, names) && (origin === undefined || isFrom(origin, host, names))
		if (upgrade && request.url?.split('?')[0] === upgrade.path && allowed) upgrade.take(request, socket, head)
		else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
	})
	return taken
}

/** Makes an answer for people. */
export const plain = (status: number, text: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body: `${visible(text)}\n` })

/** Makes an answer for programs. */
export const json = (value: object, status = 200): Answer => ({
	status,
	type: 'application/json; charset=utf-8',
	body: visibleLines(JSON.stringify(value)),
})

/** Names that cannot be registered in public, and so cannot be pointed at us from outside (RFC 6761, 6762, 8375; .internal: ICANN 2024). */
const LOCAL = /^[\w-]+$|^[\w.-]+\.(localhost|local|lan|home|internal|home\.arpa)$/

/** Whether a Host header names us: a foreign name may be pointed at our address to read us from a foreign page (DNS rebinding). */
function isOurs(header: string, names: string[]): boolean {
	const host = header
		.replace(/:\d+$/, '')
		.replace(/^\[(.*)\]$/, '$1')
		.toLowerCase()
	return isIP(host) !== 0 || LOCAL.test(host) || names.includes(host)
}

/** Whether a page's origin is this server, or one of its public names. */
function isFrom(origin: string, host: string, names: string[]): boolean {
	if (!URL.canParse(origin)) return false
	const url = new URL(origin)
	return url.host === host || names.includes(url.hostname)
}
