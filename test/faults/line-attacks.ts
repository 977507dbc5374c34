import { createServer, type Socket } from 'node:net'
import { worst } from '../support/worst.ts'

/**
 * Strangers on lines, in a process of their own: listens on a port for each worst input, tells them (`ports`), and sends that input without end, as fast as
 * it is taken, to whoever is connected there when it is asked to (the place of the input; -1 for none).
 */
const clients: Socket[][] = worst.map(() => [])
let [now, sent] = [-1, 0]

function send(place: number): void {
	const bytes = worst[place]?.bytes(60_000)
	if (now !== place || !bytes) return
	let isFull = false
	for (const socket of clients[place] ?? []) {
		sent += bytes.length
		isFull = !socket.write(bytes) || isFull
	}
	if (isFull) clients[place]?.at(-1)?.once('drain', () => send(place))
	else setImmediate(() => send(place))
}

const ports = await Promise.all(
	worst.map(
		(_, place) =>
			new Promise<number>((resolve) => {
				const server = createServer((socket) => {
					clients[place] = [socket]
					socket.on('error', () => undefined)
					socket.on('close', () => {
						if (clients[place]?.[0] === socket) clients[place] = []
					})
					if (now === place) send(place)
				}).listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
			}),
	),
)
process.on('message', (place: number) => {
	process.send?.({ sent })
	now = place
	sent = 0
	send(place)
})
process.send?.({ ports })
