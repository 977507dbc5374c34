import { createServer, type Socket } from 'node:net'
import { generate, parser } from 'mqtt-packet'

/** What a stalling broker does with a message: acknowledges it, each other one, after a while, or never; `reset`: it also breaks the connection at times. */
export type Mood = 'all' | 'some' | 'late' | 'none' | 'reset'

const MOODS: Mood[] = ['all', 'some', 'late', 'none', 'reset']

/**
 * A broker that takes everything and acknowledges as it likes: a new mood every 50 to 500 ms. `calm` lets it acknowledge everything from now on.
 * `taken` has all payloads of a topic's end that came, in their order; `acknowledged` those that it has said so of; `topics` all topics.
 */
export async function stallingBroker(topic: string, random: (below: number) => number) {
	const sockets = new Set<Socket>()
	const taken: string[] = []
	const acknowledged = new Set<string>()
	const topics = new Set<string>()
	let mood: Mood = 'all'
	let timer: NodeJS.Timeout | undefined
	const change = () => {
		mood = MOODS[random(MOODS.length)] ?? 'all'
		if (mood === 'reset') for (const socket of sockets) socket.resetAndDestroy()
		timer = setTimeout(change, 50 + random(450))
	}

	const server = createServer((socket) => {
		sockets.add(socket)
		const read = parser()
		let protocolVersion = 4
		const answer = (packet: Parameters<typeof generate>[0]) => {
			if (socket.writable) socket.write(generate(packet, { protocolVersion }))
		}
		read.on('packet', (packet) => {
			if (packet.cmd === 'connect') {
				protocolVersion = packet.protocolVersion ?? 4
				answer({ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false })
			} else if (packet.cmd === 'subscribe') {
				answer({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 1) })
			} else if (packet.cmd === 'pingreq') answer({ cmd: 'pingresp' })
			else if (packet.cmd === 'publish') {
				const payload = packet.payload.toString()
				const isWatched = packet.topic.endsWith(topic)
				if (isWatched) taken.push(payload)
				topics.add(packet.topic)
				if (packet.qos !== 1 || mood === 'none' || (mood === 'some' && random(2) === 0)) return
				const { messageId = 0 } = packet
				const acknowledge = () => {
					if (!socket.writable) return
					if (isWatched) acknowledged.add(payload)
					answer({ cmd: 'puback', messageId, reasonCode: 0 })
				}
				if (mood === 'late') setTimeout(acknowledge, 50 + random(250))
				else acknowledge()
			}
		})
		socket.on('data', (chunk: Buffer) => read.parse(chunk))
		socket.on('error', () => undefined)
		socket.on('close', () => sockets.delete(socket))
		read.on('error', () => socket.destroy())
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = server.address()
	change()
	return {
		url: `mqtt://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		taken,
		acknowledged,
		topics,
		calm() {
			clearTimeout(timer)
			mood = 'all'
		},
		close() {
			clearTimeout(timer)
			for (const socket of sockets) socket.destroy()
			return new Promise<void>((resolve) => server.close(() => resolve()))
		},
	}
}
