import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { listen } from '../mqtt/listen.ts'
import type { Request } from '../output/replies.ts'
import type { Answered } from '../output/reply.ts'
import { requestOf } from '../output/request.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { type Door, MAX_CONNECTIONS, MAX_REQUEST } from './door.ts'
import type { Sockets } from './websocket.ts'

/** Milliseconds: for the head of a request, for all of it, of silence, and between two looks at them. */
const [HEAD, WHOLE, SILENCE, LOOK] = [5000, 10_000, 60_000, 2000]
/** Headers of a request that expressions see. */
const SEEN = ['authorization', 'content-type', 'user-agent', 'x-api-version']

export type HttpSettings = {
	host: string
	port: number
	answer(request: Request & { method: string; path: string }): Soon<Answered>
	refuse(reason: string): void
	/** Takes WebSockets over, where there are any. */
	sockets: Sockets
}

/** Makes the HTTP server of one device: without a password, since the device has none; strangers cannot use it up. */
export function httpDoor({ host, port, answer, refuse, sockets }: HttpSettings): Door {
	const server: Server = createServer(
		{
			connectionsCheckingInterval: LOOK,
			keepAliveTimeout: 30_000,
			maxHeaderSize: MAX_REQUEST,
			headersTimeout: HEAD,
			requestTimeout: WHOLE,
		},
		(request, response) => {
			respond(request, response, answer, refuse).catch(() => request.destroy())
		},
	)
	server.maxConnections = MAX_CONNECTIONS
	server.maxHeadersCount = 50
	server.setTimeout(SILENCE)
	server.on('drop', () => refuse('connections'))
	server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
		if (error.code !== 'ECONNRESET') refuse(REASONS[error.code ?? ''] ?? 'request')
		const status = STATUS[error.code ?? ''] ?? '400 Bad Request'
		if (socket.writable && error.code !== 'ECONNRESET') socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
		else socket.destroy()
	})
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		socket.on('error', () => socket.destroy())
		const status = sockets.take(request, socket, head)
		if (status !== undefined) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
	})
	return {
		label: `port ${port}`,
		open: () => listen(server, port, host),
		async close() {
			sockets.close()
			const closed = new Promise<void>((resolve) => server.close(() => resolve()))
			server.closeAllConnections()
			await closed
		},
	}
}

const STATUS: Record<string, string> = {
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}
const REASONS: Record<string, string> = { HPE_HEADER_OVERFLOW: 'size', ERR_HTTP_REQUEST_TIMEOUT: 'slow' }

async function respond(
	request: IncomingMessage,
	response: ServerResponse,
	answer: HttpSettings['answer'],
	refuse: HttpSettings['refuse'],
): Promise<void> {
	const { method = 'GET', url = '/' } = request
	const text = await bodyText(request)
	if (text === undefined) {
		refuse('size')
		return void response.writeHead(413, { Connection: 'close', 'Content-Length': '0' }).end()
	}
	const headers = Object.fromEntries(
		SEEN.flatMap((name) => (typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [])),
	)
	const { reply } = await answer(requestOf(method, url, headers, text))
	const { status, type, text: body } = reply ?? { status: 503, type: 'text/plain', text: '' }
	response.writeHead(status, {
		...(body !== '' && { 'Content-Type': type }),
		'Content-Length': Buffer.byteLength(body),
		'Cache-Control': 'no-store',
		'X-Content-Type-Options': 'nosniff',
	})
	response.end(method === 'HEAD' ? undefined : body)
}

/** Reads the body of a request; undefined for one that is too long. */
async function bodyText(request: IncomingMessage): Promise<string | undefined> {
	const { headers } = request
	if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return ''
	if (Number(headers['content-length']) > MAX_REQUEST) return undefined
	const chunks: Buffer[] = []
	let length = 0
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length
		if (length > MAX_REQUEST) return undefined
		chunks.push(chunk)
	}
	return Buffer.concat(chunks).toString('utf8')
}
