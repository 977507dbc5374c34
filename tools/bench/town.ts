import { type AddressInfo, createServer, type Socket } from 'node:net'
import mqtt, { type MqttClient } from 'mqtt'

/** Telegrams whose readings have not come back: as many as keep the process at work, and none is dropped. */
const ON_THEIR_WAY = 400

/** Sends telegrams to a process and counts the readings that come back. */
export type Town = {
	/** Sends as many telegrams, no faster than readings come back; resolves when as many have come. Rejects when nothing came for 20 s. */
	run(telegrams: number): Promise<void>
	/** The payload of the last reading. */
	last(): string
	close(): Promise<void>
}

/** Counts the readings below `root`, and calls `send` for the next telegram while few are on their way. */
export async function town(url: string, root: string, send: () => void): Promise<Town> {
	const client = await mqtt.connectAsync(url, { reconnectPeriod: 0 })
	let [sent, came, last] = [0, 0, '']
	let wanted = 0
	let done = () => {}
	const feed = () => {
		while (sent < wanted && sent - came < ON_THEIR_WAY) {
			sent++
			send()
		}
	}
	client.on('message', (_topic, payload) => {
		if (++came % 1000 === 0) last = payload.toString()
		if (came >= wanted) done()
		else if (sent - came < ON_THEIR_WAY / 2) feed()
	})
	await client.subscribeAsync(`${root}/+/reading`, { qos: 0 })
	return {
		async run(telegrams) {
			wanted = sent + telegrams
			let before = -1
			await new Promise<void>((resolve, reject) => {
				const watch = setInterval(() => {
					if (before === came) reject(new Error(`${came - wanted + telegrams} of ${telegrams} readings came, then none for 20 s`))
					before = came
				}, 20_000)
				done = () => {
					clearInterval(watch)
					resolve()
				}
				feed()
			})
		},
		last: () => last,
		close: () => client.endAsync(true),
	}
}

/** Listens as the meters of a town, each on a port of its own; `write` sends each its next telegram in turn. */
export async function lines(meters: number, telegram: (meter: number, round: number) => Uint8Array) {
	const sockets: (Socket | undefined)[] = []
	let [at, round] = [0, 0]
	const servers = Array.from({ length: meters }, (_, meter) =>
		createServer((socket) => {
			sockets[meter] = socket.setNoDelay(true).on('error', () => undefined)
		}),
	)
	for (const server of servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	return {
		ports: servers.map((server) => (server.address() as AddressInfo).port),
		connected: () => sockets.filter((socket) => socket !== undefined).length,
		write(): void {
			if (at === meters) [at, round] = [0, round + 1]
			sockets[at]?.write(telegram(at++, round))
		},
		close(): void {
			for (const socket of sockets) socket?.destroy()
			for (const server of servers) server.close()
		},
	}
}

/** Publishes a message by QoS 1 as bare MQTT.js does, a hundred at once. Resolves when the broker has acknowledged all of them. */
export async function publishBare(client: MqttClient, topic: string, payload: string, count: number): Promise<void> {
	await new Promise<void>((resolve) => {
		let [sent, acknowledged] = [0, 0]
		const next = () => {
			while (sent < count && sent - acknowledged < 100) {
				sent++
				client.publish(topic, payload, { qos: 1 }, () => {
					if (++acknowledged === count) resolve()
					else next()
				})
			}
		}
		next()
	})
}
