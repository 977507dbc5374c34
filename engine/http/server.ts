import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { listen } from '../mqtt/listen.ts'
import { HEADERS } from './headers.ts'
import { Rates } from './rates.ts'

/** Connections in all, and of one address: a family behind a proxy, or one page with its pictures. */
const [CONNECTIONS, EACH] = [300, 100]
/** Milliseconds: for the head of a request, for all of it (a config over a bad line), of silence, and between two looks at them. */
const [HEAD, WHOLE, SILENCE, LOOK] = [10_000, 30_000, 60_000, 2000]

export type ServerSettings = {
	answer: RequestListener
	/** Names what connections and requests of an address are counted by; undefined where they are not. */
	countedAs(address: string | undefined): string | undefined
	/** Decides about a WebSocket that is asked for: takes it over, or gives the status of its refusal. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<number | undefined>
}

/** A server on its port. */
export type Listening = ReturnType<typeof httpServer>

/** Makes an HTTP server that strangers cannot use up: what they hold is counted, and what they do not send is not waited for. */
export function httpServer({ answer, countedAs, upgrade }: ServerSettings) {
	const rates = new Rates()
	const server: Server = createServer(
		{ connectionsCheckingInterval: LOOK, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 },
		(request, response) => {
			const counted = countedAs(request.socket.remoteAddress)
			if (counted === undefined || !rates.exceeds(counted)) return answer(request, response)
			response.writeHead(429, { ...HEADERS, Connection: 'close', 'Retry-After': '5', 'Content-Length': '0' }).end()
		},
	)
	server.requestTimeout = WHOLE
	server.headersTimeout = HEAD
	server.maxConnections = CONNECTIONS
	server.maxHeadersCount = 100
	// An answer that is not read; a stream of events shows life more often.
	server.setTimeout(SILENCE)
	limitEach(server, countedAs)
	const taken = takeUpgrades(server, upgrade)
	server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
		const status = STATUS[error.code ?? ''] ?? '400 Bad Request'
		if (socket.writable && error.code !== 'ECONNRESET') socket.end(`HTTP/1.1 ${status}\r\n${PLAIN}\r\n\r\n`)
		else socket.destroy()
	})
	return {
		/** Opens the port and gives its number. Rejects with the system's error when it is taken. */
		listen: (port: number, host: string) => listen(server, port, host),
		/** Closes the port at once; answers that are under way have so many milliseconds. */
		async close(grace: number): Promise<void> {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()))
			for (const socket of taken) socket.destroy()
			// A connection whose answer has ended is kept for the next question, which will not come.
			const idle = setInterval(() => server.closeIdleConnections(), 50)
			const timer = setTimeout(() => server.closeAllConnections(), grace)
			await closed
			clearTimeout(timer)
			clearInterval(idle)
		},
		/** Ends what is still under way. */
		abort: () => server.closeAllConnections(),
	}
}

const STATUS: Record<string, string> = {
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}
const PLAIN = ['Connection: close', 'Content-Length: 0', ...Object.entries(HEADERS).map(([name, text]) => `${name}: ${text}`)].join('\r\n')

/** Lets no address hold more than its part of the connections. */
function limitEach(server: Server, countedAs: ServerSettings['countedAs']): void {
	const counts = new Map<string, number>()
	server.on('connection', (socket: Socket) => {
		const address = countedAs(socket.remoteAddress)
		if (address === undefined) return
		const count = (counts.get(address) ?? 0) + 1
		if (count > EACH) return void socket.destroy()
		counts.set(address, count)
		socket.on('close', () => {
			const left = (counts.get(address) ?? 1) - 1
			if (left === 0) counts.delete(address)
			else counts.set(address, left)
		})
	})
}

/** Hands WebSockets over where they are allowed. Returns the sockets that are no longer HTTP: the server forgets them, yet does not end before they do. */
function takeUpgrades(server: Server, upgrade: ServerSettings['upgrade']): ReadonlySet<Duplex> {
	const taken = new Set<Duplex>()
	server.on('upgrade', (request, socket, head) => {
		taken.add(socket)
		socket.on('close', () => taken.delete(socket))
		socket.on('error', () => socket.destroy())
		const refuse = (status: number) => socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
		upgrade(request, socket, head).then(
			(status) => void (status !== undefined && refuse(status)),
			() => socket.destroy(),
		)
	})
	return taken
}
