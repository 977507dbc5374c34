import { connect, createServer } from 'node:net'
import { parser } from 'mqtt-packet'

/** A door before a broker: all that passes goes on at once, and it notes when the broker acknowledges a reading. */
export type Door = { url: string; onAcknowledged: (at: number) => void; close(): void }

/** Opens a door before a broker. Clients speak MQTT 5. */
export async function doorTo(url: string): Promise<Door> {
	const { hostname, port } = new URL(url)
	const server = createServer((client) => {
		const broker = connect({ host: hostname, port: Number(port), noDelay: true })
		client.setNoDelay(true)
		const { sent, acknowledged } = readingsOf((at) => door.onAcknowledged(at))
		client.on('data', (chunk) => {
			broker.write(chunk)
			sent(chunk as Buffer)
		})
		broker.on('data', (chunk) => {
			acknowledged(chunk as Buffer, performance.now())
			client.write(chunk)
		})
		for (const [one, other] of [
			[client, broker],
			[broker, client],
		] as const) {
			one.on('error', () => undefined)
			one.on('close', () => other.destroy())
		}
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = server.address()
	const door: Door = {
		url: `mqtt://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		onAcknowledged: () => undefined,
		close: () => void server.close(),
	}
	return door
}

/** Follows one connection: which packets carry readings, and which acknowledgement is of one of them. */
function readingsOf(onAcknowledged: (at: number) => void) {
	const waiting = new Set<number>()
	const aliases = new Map<number, string>()
	const [from, to] = [parser({ protocolVersion: 5 }), parser({ protocolVersion: 5 })]
	let now = 0
	from.on('packet', (packet) => {
		if (packet.cmd !== 'publish') return
		const alias = packet.properties?.topicAlias
		if (alias !== undefined && packet.topic !== '') aliases.set(alias, packet.topic)
		const topic = packet.topic || aliases.get(alias ?? 0) || ''
		if (topic.endsWith('/reading') && packet.messageId !== undefined) waiting.add(packet.messageId)
	})
	to.on('packet', (packet) => {
		if (packet.cmd === 'puback' && waiting.delete(packet.messageId ?? 0)) onAcknowledged(now)
	})
	return {
		sent: (chunk: Buffer) => void from.parse(chunk),
		acknowledged(chunk: Buffer, at: number) {
			now = at
			to.parse(chunk)
		},
	}
}
