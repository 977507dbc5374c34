import { createServer, type Server, type Socket } from 'node:net'
import type { Meter } from '../../schema/types/config.ts'
import { House } from './house.ts'
import type { Part } from './parts.ts'
import { STEP } from './rendered.ts'
import { type Telegrams, telegramsOf } from './telegram.ts'

/** Bytes that may wait for a reader that takes none, and readers of one meter. */
const [MAX_UNSENT, MAX_READERS] = [64 * 1024, 8]
/** Milliseconds behind a step at which its telegrams are sent: a timer that fires early must not send the step before. */
const BEHIND = 20

/** A simulated part whose meter sends: the meter as it stands in a config, the house, and its telegrams. */
export type SimulatedMeter = { part: Part; house: House; telegrams: Telegrams; meter: Meter }

/** The meters of a simulated house: they send telegrams on ports of this machine, as bridges of serial ports do (transport `tcp`), by the time of now. */
export class SimulatedMeters {
	readonly all: SimulatedMeter[]
	readonly #bridges: Bridge[]
	#timer: NodeJS.Timeout | undefined

	/** Opens a port for each part. `since`: how far back (ms since 1970) its counters are known. Throws an Error when a recording is missing or a port cannot be opened. */
	static async open(parts: Part[], since: number): Promise<SimulatedMeters> {
		const opened = parts.map(async (part) => {
			const bridge = new Bridge()
			const telegrams = await telegramsOf(part)
			const meter = { ...part.meter, transport: { kind: 'tcp', host: '127.0.0.1', port: await bridge.open() } }
			return { bridge, simulated: { part, house: new House(part.equipment, since), telegrams, meter } }
		})
		const all = await Promise.all(opened)
		return new SimulatedMeters(
			all.map(({ simulated }) => simulated),
			all.map(({ bridge }) => bridge),
		)
	}

	private constructor(all: SimulatedMeter[], bridges: Bridge[]) {
		this.all = all
		this.#bridges = bridges
	}

	/** Begins to send: each meter's last telegram at once, and the next ones when they are due. */
	start(): void {
		this.#send(Date.now(), true)
		this.#wait()
	}

	/** Ends all connections and closes the ports. */
	async close(): Promise<void> {
		clearTimeout(this.#timer)
		await Promise.all(this.#bridges.map((bridge) => bridge.close()))
	}

	#wait(): void {
		const now = Date.now()
		this.#timer = setTimeout(
			() => {
				this.#send(Date.now(), false)
				this.#wait()
			},
			STEP - (now % STEP) + BEHIND,
		).unref()
	}

	#send(now: number, isFirst: boolean): void {
		for (const [place, { part, house, telegrams }] of this.all.entries()) {
			const every = part.interval * 1000
			const due = Math.floor(now / every) * every
			if (isFirst || due > now - STEP) this.#bridges[place]?.send(telegrams.write(house.at(due)))
		}
	}
}

/** A port on which a meter's telegrams are heard by all that connect; what was sent last, at once. */
class Bridge {
	readonly #sockets = new Set<Socket>()
	readonly #server: Server
	#last: Uint8Array | undefined

	constructor() {
		this.#server = createServer((socket) => {
			this.#sockets.add(socket)
			socket.on('error', () => socket.destroy())
			socket.on('close', () => this.#sockets.delete(socket))
			// A meter that only speaks ignores what a reader sends.
			socket.resume()
			if (this.#last) socket.write(this.#last)
		})
		this.#server.maxConnections = MAX_READERS
		this.#server.unref()
	}

	/** Opens a free port of this machine, and gives its number. */
	open(): Promise<number> {
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject)
			this.#server.listen(0, '127.0.0.1', () => {
				const address = this.#server.address()
				if (typeof address === 'object' && address) resolve(address.port)
			})
		})
	}

	send(bytes: Uint8Array): void {
		this.#last = bytes
		for (const socket of this.#sockets) {
			if (socket.writableLength > MAX_UNSENT) socket.destroy()
			else socket.write(bytes)
		}
	}

	close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy()
		return new Promise((resolve) => this.#server.close(() => resolve()))
	}
}
