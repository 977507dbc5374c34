import { createServer, type Socket } from 'node:net'
import { generate, type Packet, parser } from 'mqtt-packet'

/** A client of the broker: what it has sent so far, and the way to it. */
export type Visitor = {
	socket: Socket
	version: 4 | 5
	packets: Packet[]
	/** Sends bytes, as hex or as they are, or a packet. */
	send(what: string | Uint8Array | Packet): void
}

/** What a broker does otherwise than others; `false`: it does not answer. */
export type Script = {
	/** Answers a packet of a client; whatever it leaves (undefined) is answered as a broker should. */
	answer?: (packet: Packet, visitor: Visitor) => unknown
	/** Called when a client was let in. */
	greeted?: (visitor: Visitor) => void
	/** Properties of the CONNACK. */
	limits?: object
}

/** A broker that does as its script says, on a port of its own. */
export type EvilBroker = Awaited<ReturnType<typeof evilBroker>>

/** Starts a broker that acknowledges and forgets everything, except where its script does otherwise. `port`: 0 for one that is free. */
export async function evilBroker(script: Script, port = 0) {
	const visitors: Visitor[] = []
	const server = createServer((socket) => {
		const reads = parser()
		const visitor: Visitor = {
			socket,
			version: 4,
			packets: [],
			send(what) {
				if (socket.destroyed) return
				if (typeof what === 'string') socket.write(Buffer.from(what.replaceAll(' ', ''), 'hex'))
				else socket.write(what instanceof Uint8Array ? what : generate(what, { protocolVersion: visitor.version }))
			},
		}
		visitors.push(visitor)
		socket.on('error', () => socket.destroy())
		socket.on('data', (chunk: Buffer) => reads.parse(chunk))
		reads.on('packet', (packet) => {
			if (packet.cmd === 'connect') visitor.version = packet.protocolVersion === 5 ? 5 : 4
			visitor.packets.push(packet)
			if (script.answer?.(packet, visitor) !== undefined) return
			answer(packet, visitor, script)
		})
		reads.on('error', () => socket.destroy())
	})
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
	const address = server.address()
	const open = typeof address === 'object' && address ? address.port : 0
	return {
		visitors,
		port: open,
		url: `mqtt://127.0.0.1:${open}`,
		close(): Promise<void> {
			for (const { socket } of visitors) socket.destroy()
			return new Promise((resolve) => server.close(() => resolve()))
		},
	}
}

/** Answers as a broker should. */
function answer(packet: Packet, visitor: Visitor, { greeted, limits = {} }: Script): void {
	switch (packet.cmd) {
		case 'connect':
			visitor.send({ cmd: 'connack', sessionPresent: false, returnCode: 0, reasonCode: 0, properties: limits })
			greeted?.(visitor)
			return
		case 'publish':
			if (packet.qos === 1) visitor.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0 })
			return
		case 'subscribe':
			visitor.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 1) })
			return
		case 'unsubscribe':
			visitor.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: packet.unsubscriptions.map(() => 0) })
			return
		case 'pingreq':
			visitor.send({ cmd: 'pingresp' })
			return
		case 'disconnect':
			visitor.socket.end()
	}
}
