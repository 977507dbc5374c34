import type { IncomingMessage } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { type Duplex, duplexPair } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { Exchange, type Origin } from './embedded/exchange.ts'
import { CONNECTIONS, PACKET, STEPS } from './embedded/limits.ts'
import { type Link, Peer } from './embedded/peer.ts'
import { turns } from './embedded/turns.ts'
import { listen } from './listen.ts'

/** The embedded broker (MQTT 3.1.1). */
export type Broker = ReturnType<typeof broker>

export type BrokerSettings = {
	/** Says which topics only this process may write, besides those that it has written. */
	owns?: (topic: string) => boolean
	/** Gets in words what a stranger does that is not allowed; the cause is the same for all of a kind. */
	tell?: (cause: string, text: string) => void
	/** Steps a second that strangers' packets may take. */
	steps?: number
}

/** Milliseconds in which clients take what was sent to them, when the broker ends. */
const CLOSE_WITHIN = 500

/** Makes a broker without a port. */
export function broker({ owns = () => false, tell: log = () => undefined, steps = STEPS.second }: BrokerSettings = {}) {
	const tell = (cause: string, text: string) => log(`embedded broker, ${cause}`, `embedded broker: ${text}`)
	const exchange = new Exchange({ owns, tell })
	const turn = turns(steps, Math.max(steps, STEPS.burst))
	const peers = { own: new Map<Peer, string>(), client: new Map<Peer, string>(), reader: new Map<Peer, string>() }

	/** Lets a client in. Where there are too many, one that has not said who it is goes for it, or the last one of the machine that has the most. */
	function admit(link: Link, origin: Origin, address = ''): Peer | undefined {
		const all = peers[origin]
		if (origin !== 'own' && all.size >= CONNECTIONS[origin]) {
			tell(`connections of ${origin}s`, `${all.size} ${origin}s are connected, and no more are taken`)
			const other = [...all.keys()].find(({ isNew }) => isNew) ?? lastOfMost(all, address)
			if (!other) {
				link.destroy()
				return undefined
			}
			other.end()
		}
		const peer: Peer = new Peer(link, { origin, exchange, turns: turn, tell, peers: () => all.size, ended: () => void all.delete(peer) })
		all.set(peer, address)
		return peer
	}

	const webSockets = new WebSocketServer({ noServer: true, maxPayload: PACKET.reader, maxFragments: 16 })
	const server = createServer((socket) => {
		socket.setNoDelay(true)
		// One that is gone without a word is noticed in some minutes, whatever its keep-alive.
		socket.setKeepAlive(true, 60_000)
		attach(socket, admit(linkTo(socket), 'client', socket.remoteAddress))
	})

	return {
		/** Connects this process's own client without TCP, before the port opens: its name is then no stranger's. */
		connect(): Duplex {
			const [ours, theirs] = duplexPair()
			ours.on('close', () => theirs.destroy())
			theirs.on('close', () => ours.destroy())
			attach(theirs, admit(linkTo(theirs), 'own'))
			return ours
		},
		/** Accepts a browser's WebSocket, whose client may read and not publish. */
		take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
			webSockets.handleUpgrade(request, socket, head, (webSocket) => {
				const peer = admit(linkToWebSocket(webSocket), 'reader', request.socket.remoteAddress)
				// Frames cost more than their bytes: those of a chunk are paid for before the next is read.
				const pay = (chunk: Buffer) => {
					webSocket.pause()
					turn.ask(() => {
						webSocket.resume()
						return 1 + chunk.length / 32
					})
				}
				socket.on('data', pay)
				webSocket.on('message', (data: Buffer) => peer?.take(data))
				webSocket.on('close', () => peer?.end())
				webSocket.on('error', () => webSocket.terminate())
			})
		},
		/** Opens the port and returns its number. Rejects with the system's error when it is taken. */
		listen: (port: number, host: string) => listen(server, port, host),
		async close(): Promise<void> {
			const all = Object.values(peers).flatMap((some) => [...some.keys()])
			for (const peer of all) peer.close()
			// One that does not read does not hold us up.
			const timer = setTimeout(() => all.forEach((peer) => void peer.end()), CLOSE_WITHIN)
			if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()))
			clearTimeout(timer)
			for (const peer of all) peer.end()
		},
	}
}

/** Gives the last client of the address that has the most, unless that is the new one's. */
function lastOfMost(all: ReadonlyMap<Peer, string>, address: string): Peer | undefined {
	const counts = new Map<string, number>()
	for (const one of all.values()) counts.set(one, (counts.get(one) ?? 0) + 1)
	const [most, count] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0])
	return count > (counts.get(address) ?? 0) + 1 ? [...all].findLast(([, one]) => one === most)?.[0] : undefined
}

function attach(stream: Duplex, peer: Peer | undefined): void {
	stream.on('data', (chunk: Buffer) => peer?.take(chunk))
	stream.on('error', () => stream.destroy())
	stream.on('close', () => peer?.end())
}

const linkTo = (stream: Socket | Duplex): Link => ({
	write: (bytes, sent) => void stream.write(bytes, sent),
	backlog: () => stream.writableLength,
	pause: () => void stream.pause(),
	resume: () => void stream.resume(),
	finish: () => void stream.end(),
	destroy: () => void stream.destroy(),
})

const linkToWebSocket = (webSocket: WebSocket): Link => ({
	write: (bytes, sent) => webSocket.send(bytes, { binary: true }, sent),
	backlog: () => webSocket.bufferedAmount,
	pause: () => undefined,
	resume: () => undefined,
	finish: () => webSocket.close(),
	destroy: () => webSocket.terminate(),
})
