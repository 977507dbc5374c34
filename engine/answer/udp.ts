import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import type { Request } from '../output/replies.ts'
import type { Answered } from '../output/reply.ts'
import { bodyOf } from '../output/request.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { type Door, MAX_REQUEST } from './door.ts'

/** Datagrams that are answered in a second: a hundred clients, ten times. Whoever asks under the name of another gets no flood sent to that one. */
const MAX_RATE = 1000

export type UdpSettings = {
	host: string
	port: number
	answer(request: Request): Soon<Answered>
	refuse(reason: string): void
}

/** Makes the UDP port of one device. */
export function udpDoor({ host, port, answer, refuse }: UdpSettings): Door {
	let socket: Socket | undefined
	let [second, asked] = [0, 0]
	async function onMessage(to: Socket, data: Buffer, { port: from, address }: RemoteInfo): Promise<void> {
		const now = Math.floor(performance.now() / 1000)
		asked = now === second ? asked + 1 : 1
		second = now
		if (asked > MAX_RATE) return refuse('rate')
		if (data.length > MAX_REQUEST) return refuse('size')
		const text = data.toString('utf8')
		const body = bodyOf(text)
		const { reply } = await answer({ text, ...(body !== undefined && { body }) })
		// A socket that is closed meanwhile sends nothing; where the way is gone, the next datagram finds it again.
		if (reply && reply.text !== '' && socket === to) to.send(reply.text, from, address, () => undefined)
	}
	return {
		label: `UDP port ${port}`,
		async open() {
			const opened = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', reuseAddr: false })
			opened.bind({ port, address: host, exclusive: true })
			try {
				await once(opened, 'listening')
			} catch (error) {
				opened.close()
				throw error
			}
			opened.on('error', () => undefined)
			opened.on('message', (data, from) => {
				onMessage(opened, data, from).catch(() => refuse('error'))
			})
			socket = opened
			return opened.address().port
		},
		close() {
			const closing = socket
			socket = undefined
			return new Promise((resolve) => (closing ? closing.close(() => resolve()) : resolve()))
		},
	}
}
