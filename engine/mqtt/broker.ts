import type { IncomingMessage } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { type Duplex, duplexPair } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aedes } from 'aedes'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { listen } from './listen.ts'

/** The embedded broker (aedes: MQTT 3.1.1). */
export type Broker = Awaited<ReturnType<typeof broker>>

/** Starts a broker without a port. */
export async function broker() {
	const aedes = await Aedes.createBroker()
	// A client that breaks off does not concern the log.
	aedes.on('clientError', () => undefined)
	aedes.on('connectionError', () => undefined)
	const readers = new WeakSet<Duplex>()
	const allowed = aedes.authorizePublish
	aedes.authorizePublish = (client, packet, done) => {
		if (client && readers.has(client.conn as Duplex)) done(new Error('a WebSocket client may only read'))
		else allowed(client, packet, done)
	}
	const webSockets = new WebSocketServer({ noServer: true, maxPayload: 65_536, clientTracking: true })
	const sockets = new Set<Socket>()
	const server = createServer((socket) => {
		sockets.add(socket)
		socket.on('close', () => sockets.delete(socket))
		socket.on('error', () => socket.destroy())
		aedes.handle(socket)
	})

	return {
		/** Connects this process's own client without TCP, before the port opens. */
		connect(): Duplex {
			const [ours, theirs] = duplexPair()
			ours.on('close', () => theirs.destroy())
			theirs.on('close', () => ours.destroy())
			aedes.handle(theirs)
			return ours
		},
		/** Accepts a browser's WebSocket, whose client may read and not publish. */
		take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
			webSockets.handleUpgrade(request, socket, head, (webSocket) => {
				const stream = createWebSocketStream(webSocket)
				stream.on('error', () => stream.destroy())
				readers.add(stream)
				aedes.handle(stream)
			})
		},
		/** Opens the port and returns its number. Rejects with the system's error when it is taken. */
		listen: (port: number, host: string) => listen(server, port, host),
		async close(): Promise<void> {
			// aedes acknowledges a message before every subscriber has it.
			await sleep(100)
			for (const webSocket of webSockets.clients) webSocket.terminate()
			for (const socket of sockets) socket.end()
			const timer = setTimeout(() => sockets.forEach((socket) => void socket.destroy()), 500)
			await new Promise<void>((resolve) => server.close(() => resolve()))
			clearTimeout(timer)
			await new Promise<void>((resolve) => aedes.close(() => resolve()))
		},
	}
}
