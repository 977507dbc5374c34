import { createServer, type Socket } from 'node:net'
import mqtt, { type MqttClient } from 'mqtt'
import { topics } from '../../engine/mqtt/topics.ts'
import { METERS, type Source } from './inputs.ts'

/** The far side of a process: the meters of a town, and those who want their readings. */

/** Telegrams whose readings have not come back: as many as keep the process at work, and none is dropped. */
const ON_THEIR_WAY = 400
/** Readings whose payloads are kept: some of each list of each kind of telegram. */
const KEPT = 300
/** Milliseconds without a reading after which something is wrong. */
const PATIENCE = 20_000

/** Sends telegrams and counts the readings that come back. */
export type Town = {
	/** Sends as many telegrams, no faster than readings come back; resolves when as many have come. */
	run(telegrams: number): Promise<void>
	/** Sends one, again and again until its reading comes: the process has begun then. */
	begin(): Promise<void>
	/** The payloads of the last readings. */
	payloads(): Buffer[]
	close(): Promise<void>
}

/** Counts the readings below `root`, and calls `send` for the next telegram while few are on their way. */
export async function town(url: string, root: string, send: () => void): Promise<Town> {
	const client = await mqtt.connectAsync(url, { reconnectPeriod: 0 })
	const kept: Buffer[] = []
	let [sent, came, wanted] = [0, 0, 0]
	let done = () => {}
	const feed = () => {
		while (sent < wanted && sent - came < ON_THEIR_WAY) {
			sent++
			send()
		}
	}
	client.on('message', (_topic, payload) => {
		kept[came++ % KEPT] = payload
		if (came >= wanted) done()
		else if (sent - came < ON_THEIR_WAY / 2) feed()
	})
	await client.subscribeAsync(`${root}/+/reading`, { qos: 0 })
	return {
		async run(telegrams) {
			const first = came
			sent = came
			wanted = came + telegrams
			await new Promise<void>((resolve, reject) => {
				let before = -1
				const watch = setInterval(() => {
					if (before === came) reject(new Error(`${came - first} of ${telegrams} readings came, then none for ${PATIENCE / 1000} s`))
					before = came
				}, PATIENCE)
				done = () => {
					clearInterval(watch)
					resolve()
				}
				feed()
			})
		},
		async begin() {
			for (let tries = 0; came === 0; tries++) {
				if (tries === 300) throw new Error('no reading came of the first telegrams')
				send()
				await new Promise((resolve) => setTimeout(resolve, 200))
			}
			// The readings of those that were sent before the first came.
			await new Promise((resolve) => setTimeout(resolve, 500))
		},
		payloads: () => kept,
		close: () => client.endAsync(true),
	}
}

/** Gives a town's telegrams in turn: which meter sends next, and what. Lists of different length come at the same time. */
export function inOrder(source: Source, meters: number): () => { meter: number; bytes: Uint8Array; seq: number } {
	const made = telegramsOf(source)
	let [meter, round] = [0, 0]
	return () => {
		if (meter === meters) [meter, round] = [0, round + 1]
		const alike = meter % METERS
		return { meter: meter++, bytes: made(alike, round + (alike % 3)), seq: round }
	}
}

const composed = new Map<string, Uint8Array>()

/** Composes each telegram once: processes of later rounds are sent the same ones. */
function telegramsOf(source: Source): (meter: number, round: number) => Uint8Array {
	return (meter, round) => {
		const key = `${source.name} ${meter} ${round}`
		const found = composed.get(key) ?? source.telegram(meter, round)
		composed.set(key, found)
		return found
	}
}

/** Where a meter of a town listens: each has an address of its own, since two at one port would be one line. */
export const hostOf = (meter: number) => `127.1.${meter >> 8}.${meter & 255}`

/** Listens as so many meters, by one port at as many addresses; `write` sends the next telegram to who has called its meter. */
export async function lines(next: ReturnType<typeof inOrder>) {
	const sockets = new Map<string, Socket>()
	const server = createServer((socket) => {
		const host = socket.localAddress ?? ''
		if (!host.startsWith('127.')) socket.destroy()
		else
			sockets.set(
				host,
				socket.setNoDelay(true).on('error', () => undefined),
			)
	})
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '0.0.0.0', resolve))
	const address = server.address()
	return {
		port: typeof address === 'object' && address ? address.port : 0,
		connected: () => sockets.size,
		write(): void {
			const { meter, bytes } = next()
			sockets.get(hostOf(meter))?.write(bytes)
		},
		close(): void {
			for (const socket of sockets.values()) socket.destroy()
			server.close()
		},
	}
}

/** Publishes the next telegram as a reader passes it on. */
export function rawSender(client: MqttClient, root: string, source: Source, next: ReturnType<typeof inOrder>): () => void {
	const names = topics(root, root)
	const session = new Date().toISOString()
	return () => {
		const { meter, bytes, seq } = next()
		const userProperties = { received: new Date().toISOString(), session, seq: String(seq), profile: source.profile.label }
		client.publish(names.raw(`m${meter}`), bytes as Buffer, { qos: 1, properties: { userProperties } })
	}
}

/** Publishes the next message as an adapter does. */
export function adapterSender(client: MqttClient, topic: (meter: number) => string, next: ReturnType<typeof inOrder>): () => void {
	return () => {
		const { meter, bytes } = next()
		client.publish(topic(meter), bytes as Buffer, { qos: 0 })
	}
}
