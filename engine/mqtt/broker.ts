import type { IncomingMessage } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aedes } from 'aedes'
import { createWebSocketStream, WebSocketServer } from 'ws'

/** The embedded broker (aedes: MQTT 3.1.1). */
export type Broker = {
	/** Connects this process's own client without TCP, before the port opens. */
	connect(): Duplex
	/** Accepts a browser's WebSocket, whose client may read and not publish. */
	take(request: IncomingMessage, socket: Duplex, head: Buffer): void
	/** Opens the port and returns its number. Rejects with the system's error when it is taken. */
	listen(port: number, host: string): Promise<number>
	close(): Promise<void>
}

/** Starts a broker without a port. */
export async function broker(): Promise<Broker> {
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
	let server: Server | undefined

	return {
		connect() {
			const [ours, theirs] = pair()
			aedes.handle(theirs)
			return ours
		},
		take(request, socket, head) {
			webSockets.handleUpgrade(request, socket, head, (webSocket) => {
				const stream = createWebSocketStream(webSocket)
				stream.on('error', () => stream.destroy())
				readers.add(stream)
				aedes.handle(stream)
			})
		},
		listen(port, host) {
			return new Promise((resolve, reject) => {
				const listening = createServer((socket) => {
					sockets.add(socket)
					socket.on('close', () => sockets.delete(socket))
					socket.on('error', () => socket.destroy())
					aedes.handle(socket)
				})
				listening.once('error', reject)
				listening.listen(port, host, () => {
					server = listening
					const address = listening.address()
					resolve(typeof address === 'object' && address ? address.port : port)
				})
			})
		},
		async close() {
			// aedes acknowledges a message before every subscriber has it.
			await sleep(100)
			for (const webSocket of webSockets.clients) webSocket.terminate()
			for (const socket of sockets) socket.end()
			const timer = setTimeout(() => sockets.forEach((socket) => void socket.destroy()), 500)
			await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
			clearTimeout(timer)
			await new Promise<void>((resolve) => aedes.close(() => resolve()))
		},
	}
}

/** Makes two streams, each of which reads what the other writes (node:stream has duplexPair only from 22 on). */
function pair(): [Duplex, Duplex] {
	const make = (other: () => Duplex) =>
		new Duplex({
			read() {},
			write(chunk, _encoding, done) {
				other().push(chunk)
				// A direct call would recurse through both ends as long as messages wait.
				process.nextTick(done)
			},
			final(done) {
				other().push(null)
				done()
			},
		})
	const one: Duplex = make(() => two)
	const two: Duplex = make(() => one)
	one.on('close', () => two.destroy())
	two.on('close', () => one.destroy())
	return [one, two]
}
