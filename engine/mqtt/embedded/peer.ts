import type { Exchange, Origin } from './exchange.ts'
import { Framing, Malformed } from './framing.ts'
import { BACKLOG, BEGUN, CONNECT_WITHIN, FIRST_PACKET, OWN_TOPIC, PACKET, STEPS, TOPIC, TURN } from './limits.ts'
import { acknowledgement, type Connect, connack, type Message, type Packet, PINGRESP, readPacket, suback } from './packets.ts'
import type { Outlet, Session } from './session.ts'
import type { Turns } from './turns.ts'

/** A stream of bytes to a client: a socket, a WebSocket, or a pair within this process. */
export type Link = {
	/** Sends bytes, and calls `sent` when they are on their way. */
	write(bytes: Buffer, sent: () => void): void
	/** Bytes that are not on their way yet. */
	backlog(): number
	pause(): void
	resume(): void
	/** Ends it when all is sent. */
	finish(): void
	destroy(): void
}

export type PeerSettings = {
	origin: Origin
	exchange: Exchange
	turns: Turns
	/** How many clients there are. */
	peers(): number
	/** Gets in words why a connection was ended; the cause is the same for all of a kind. */
	tell(cause: string, text: string): void
	/** Called once, when it has ended. */
	ended(): void
}

/** The broker's end of one connection. What a stranger sends waits for its turn, and what fails ends this connection only. */
export class Peer implements Outlet {
	readonly #link: Link
	readonly #settings: PeerSettings
	readonly #framing: Framing
	#session: Session | undefined
	#will: Message | undefined
	#timer: NodeJS.Timeout | undefined
	#state: 'new' | 'connected' | 'ended' = 'new'
	/** It waits for its turn. */
	#waits = false
	readonly #sent = () => this.#session?.pump()

	constructor(link: Link, settings: PeerSettings) {
		const { origin } = settings
		this.#link = link
		this.#settings = settings
		this.#framing = new Framing(origin === 'own' ? PACKET.own : FIRST_PACKET)
		if (origin !== 'own') this.#timer = setTimeout(() => this.end(), CONNECT_WITHIN).unref()
	}

	/** Whether it has not said who it is. */
	get isNew(): boolean {
		return this.#state === 'new'
	}

	/** Takes bytes as they came. */
	take(chunk: Buffer): void {
		this.#framing.add(chunk)
		if (this.#settings.origin === 'own') {
			let steps = 1
			while (steps > 0) steps = this.#next()
			return
		}
		this.#link.pause()
		this.#ask()
	}

	send(bytes: Buffer): void {
		if (this.#state === 'ended') return
		const { origin, peers } = this.#settings
		if (origin !== 'own' && this.#link.backlog() > Math.min(BACKLOG.each, BACKLOG.all / peers()))
			this.#cut('backlog', 'does not read what it asked for')
		else this.#link.write(bytes, this.#sent)
	}

	backlog(): number {
		return this.#link.backlog()
	}

	/** Ends the connection; a client that has not said goodbye leaves its will. */
	end(): void {
		if (this.#state === 'ended') return
		this.#state = 'ended'
		clearTimeout(this.#timer)
		const { exchange, origin, ended } = this.#settings
		this.#link.destroy()
		if (this.#session?.outlet === this) exchange.closed(this.#session)
		ended()
		// Its topic may be this process's own since it was left.
		if (this.#will && (origin === 'own' || exchange.mayWrite(this.#will.topic))) exchange.publish(origin, this.#will)
	}

	/** Ends the connection when what was sent to it has left; without a will, as the broker goes. */
	close(): void {
		this.#will = undefined
		this.#link.finish()
	}

	#ask(): void {
		if (!this.#waits) this.#settings.turns.ask(this.#turn)
		this.#waits = true
	}

	readonly #turn = (): number => {
		let steps = 0
		this.#waits = false
		for (let packets = 0; packets < TURN && this.#state !== 'ended'; packets++) {
			const taken = this.#next()
			if (taken === 0) {
				this.#link.resume()
				return steps + 1
			}
			steps += taken
		}
		if (this.#state !== 'ended') this.#ask()
		return steps
	}

	/** Does what the next packet asks for, and gives how many steps that took: none without a packet. */
	#next(): number {
		if (this.#state === 'ended') return 0
		try {
			const framed = this.#framing.next()
			if (!framed) return 0
			const packet = readPacket(framed, this.#settings.origin === 'own' ? OWN_TOPIC : TOPIC)
			if (this.#state === 'new' && packet.kind !== 'connect') throw new Malformed(`a ${packet.kind} before CONNECT`)
			this.#timer?.refresh()
			return this.#handle(packet)
		} catch (error) {
			if (error instanceof Malformed) this.#cut('packet', `sends ${error.message}`)
			else this.#cut('error', `met a mistake of ours, please report it: ${(error as Error).stack}`)
			return 1
		}
	}

	#handle(packet: Packet): number {
		const { exchange } = this.#settings
		const session = this.#session as Session
		switch (packet.kind) {
			case 'connect':
				return this.#connect(packet)
			case 'publish':
				return this.#publish(packet.message, packet.id, session)
			case 'puback':
				session.acknowledged(packet.id)
				return 1
			case 'pubrel':
				session.begun.delete(packet.id)
				this.send(acknowledgement(0x70, packet.id))
				return 1
			case 'subscribe':
				return this.#subscribe(packet.id, packet.filters, session)
			case 'unsubscribe':
				for (const filter of packet.filters) exchange.unsubscribe(session, filter)
				this.send(acknowledgement(0xb0, packet.id))
				return packet.filters.length
			case 'pingreq':
				this.send(PINGRESP)
				return 1
			case 'disconnect':
				this.#will = undefined
				this.end()
				return 1
			default:
				// Nothing is sent with QoS 2.
				return 1
		}
	}

	#connect({ level, clientId, clean, keepalive, will }: Connect): number {
		const { origin, exchange } = this.#settings
		if (this.#state !== 'new') throw new Malformed('a second CONNECT')
		const opened = level === 3 || level === 4 ? exchange.open(origin, clientId, clean) : 1
		if (typeof opened === 'number') {
			this.#link.write(connack(opened), () => this.end())
			return STEPS.connect
		}
		opened.before?.end()
		this.#state = 'connected'
		this.#session = opened.session
		if (will && origin !== 'reader' && (origin === 'own' || exchange.mayWrite(will.topic)))
			this.#will = { ...will, payload: Buffer.from(will.payload) }
		this.#framing.limit = PACKET[origin]
		clearTimeout(this.#timer)
		this.#timer = keepalive > 0 ? setTimeout(() => this.end(), keepalive * 1500).unref() : undefined
		this.send(connack(0, opened.present))
		opened.session.outlet = this
		opened.session.pump()
		return STEPS.connect
	}

	#publish(message: Message, id: number, { begun }: Session): number {
		const { origin, exchange } = this.#settings
		if (origin === 'reader') throw new Malformed('a message: by WebSocket a client may only read')
		const isAgain = message.qos === 2 && begun.has(id)
		const steps = isAgain || (origin !== 'own' && !exchange.mayWrite(message.topic)) ? 1 : exchange.publish(origin, message)
		if (message.qos === 1) this.send(acknowledgement(0x40, id))
		if (message.qos === 2) {
			if (begun.size >= BEGUN) throw new Malformed(`more than ${BEGUN} messages of QoS 2 that it does not end`)
			begun.add(id)
			this.send(acknowledgement(0x50, id))
		}
		return steps
	}

	#subscribe(id: number, filters: [filter: string, qos: number][], session: Session): number {
		const { origin, exchange } = this.#settings
		const granted = filters.map(([filter, qos]) => exchange.subscribe(origin, session, filter, qos))
		this.send(suback(id, granted))
		let steps = filters.length
		for (const [place, [filter]] of filters.entries())
			if (granted[place] !== 128) steps += exchange.feed(session, filter, granted[place] ?? 0)
		return steps
	}

	#cut(cause: string, text: string): void {
		const { origin, tell } = this.#settings
		tell(
			cause,
			`a ${origin === 'reader' ? 'reader by WebSocket' : origin === 'own' ? 'client of this process' : 'client by TCP'} ${text}: its connection is closed`,
		)
		this.end()
	}
}
