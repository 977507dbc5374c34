import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket, WebSocketServer } from 'ws'
import type { Request } from '../output/replies.ts'
import type { Answered } from '../output/reply.ts'
import { bodyOf } from '../output/request.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { MAX_REQUEST } from './door.ts'

/** Clients of one device. */
const MAX_CLIENTS = 100
/** Bytes that wait for a client before it is cut: one that does not read. */
const MAX_WAITING = 65_536
/** Milliseconds between two looks whether clients still live. */
const LOOK = 30_000
/** Messages that a client may send in a second. */
const MAX_RATE = 50

export type SocketsSettings = {
	/** Where WebSockets are opened; undefined where there are none. */
	path(): string | undefined
	answer(request: Request): Soon<Answered>
	refuse(reason: string): void
}

type Client = { socket: WebSocket; isAlive: boolean; last: Request | undefined; second: number; sent: number }

/** The WebSockets of one device. */
export class Sockets {
	readonly #settings: SocketsSettings
	readonly #clients = new Set<Client>()
	#server: WebSocketServer | undefined
	#timer: NodeJS.Timeout | undefined

	constructor(settings: SocketsSettings) {
		this.#settings = settings
	}

	/** Loads what speaks the protocol. To be called before a client can come. */
	async prepare(): Promise<void> {
		const { WebSocketServer } = await import('ws')
		this.#server ??= new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST, perMessageDeflate: false, clientTracking: false })
	}

	/** Takes a connection over that asks for a WebSocket, or gives the status of its refusal. */
	take(request: IncomingMessage, socket: Duplex, head: Buffer): string | undefined {
		const { path, refuse } = this.#settings
		const { origin, host } = request.headers
		const reject = (reason: string, status: string) => {
			refuse(reason)
			return status
		}
		if (!this.#server || path() === undefined || request.url?.split('?')[0] !== path()) return reject('path', '404 Not Found')
		// A page of elsewhere could read the values of a house otherwise.
		if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== host) return reject('origin', '403 Forbidden')
		if (this.#clients.size >= MAX_CLIENTS) return reject('connections', '503 Service Unavailable')
		this.#server.handleUpgrade(request, socket, head, (opened) => this.#begin(opened))
		return undefined
	}

	/** Tells whether anybody would hear a message. */
	get isHeard(): boolean {
		return this.#clients.size > 0
	}

	/** Sends each client what `make` gives for it (its last request, if it has sent one). */
	notify(make: (last: Request | undefined) => Soon<string | undefined>): void {
		for (const client of this.#clients) {
			const text = make(client.last)
			if (text instanceof Promise) text.then((later) => this.#send(client, later)).catch(() => client.socket.terminate())
			else this.#send(client, text)
		}
	}

	/** Ends all of them. */
	close(): void {
		clearInterval(this.#timer)
		this.#timer = undefined
		for (const { socket } of this.#clients) socket.terminate()
		this.#clients.clear()
	}

	#begin(socket: WebSocket): void {
		const client: Client = { socket, isAlive: true, last: undefined, second: 0, sent: 0 }
		this.#clients.add(client)
		this.#timer ??= setInterval(() => this.#look(), LOOK).unref()
		socket.on('close', () => this.#clients.delete(client))
		socket.on('error', () => {
			this.#settings.refuse('request')
			socket.terminate()
		})
		socket.on('pong', () => {
			client.isAlive = true
		})
		socket.on('message', (data) => {
			this.#answer(client, data).catch(() => socket.terminate())
		})
	}

	async #answer(client: Client, data: RawData): Promise<void> {
		// What came with the message that ended it is not looked at.
		if (client.socket.readyState !== client.socket.OPEN) return
		const second = Math.floor(performance.now() / 1000)
		client.sent = client.second === second ? client.sent + 1 : 1
		client.second = second
		if (client.sent > MAX_RATE) {
			this.#settings.refuse('rate')
			client.socket.terminate()
			return
		}
		const text = String(data)
		const body = bodyOf(text)
		const request: Request = { text, ...(body !== undefined && { body }) }
		const { reply, kind } = await this.#settings.answer(request)
		if (kind !== 'refused') client.last = request
		this.#send(client, reply?.text)
	}

	#send({ socket }: Client, text: string | undefined): void {
		if (text === undefined || text === '' || socket.readyState !== socket.OPEN) return
		if (socket.bufferedAmount > MAX_WAITING) {
			this.#settings.refuse('slow')
			socket.terminate()
		} else socket.send(text)
	}

	#look(): void {
		for (const client of this.#clients) {
			if (!client.isAlive) client.socket.terminate()
			client.isAlive = false
			client.socket.ping()
		}
	}
}
