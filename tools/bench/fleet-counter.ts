import { once } from 'node:events'
import { connect } from 'node:net'
import mqttPacket from 'mqtt-packet'

/** Counts the messages of a filter. */
export type Counter = { count(): number /** When the last one came. */; last(): number; close(): void }

/** Counts what a broker sends for a filter (QoS 0) without looking into it: MQTT.js takes as long for a message as a translator for a telegram. */
export async function counter(url: string, filter: string): Promise<Counter> {
	const { hostname, port } = new URL(url)
	const socket = connect(Number(port) || 1883, hostname)
	await once(socket, 'connect')
	const send = (packet: mqttPacket.Packet) => socket.write(mqttPacket.generate(packet, { protocolVersion: 4 }))
	send({
		cmd: 'connect',
		protocolId: 'MQTT',
		protocolVersion: 4,
		clean: true,
		clientId: `counter-${process.pid}-${Date.now()}`,
		keepalive: 0,
	})
	send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos: 0 }] })
	let [rest, count, last] = [Buffer.alloc(0), 0, 0]
	const subscribed = new Promise<void>((resolve) => {
		socket.on('data', (chunk) => {
			const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
			let at = 0
			for (let end = endOf(bytes, at); end !== undefined; end = endOf(bytes, at)) {
				const kind = (bytes[at] ?? 0) >> 4
				if (kind === 3) count++
				else if (kind === 9) resolve()
				at = end
			}
			last = performance.now()
			rest = Buffer.from(bytes.subarray(at))
		})
	})
	await subscribed
	return { count: () => count, last: () => last, close: () => void socket.destroy() }
}

/** Where the packet that begins there ends; undefined when it is not whole yet. */
function endOf(bytes: Buffer, start: number): number | undefined {
	let [length, shift, at] = [0, 0, start + 1]
	for (let more = true; more; at++, shift += 7) {
		const byte = bytes[at]
		if (byte === undefined) return undefined
		length |= (byte & 127) << shift
		more = byte > 127
	}
	return at + length <= bytes.length ? at + length : undefined
}
