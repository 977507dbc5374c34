import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Answer } from '../outbox.ts'
import { answerOf, type Down } from '../reasons.ts'
import type { Outgoing } from '../waiting.ts'
import { within } from '../within.ts'
import { Flight } from './flight.ts'
import { Framing } from './framing.ts'
import { type Limits, limitsOf } from './limits.ts'
import { nameOf, type Packet, readOversize, readPacket } from './packets.ts'
import { KEEPALIVE, Pulse } from './pulse.ts'
import { type Asked, Questions, TOGETHER } from './questions.ts'
import type { SessionSettings } from './settings.ts'
import { openStream } from './stream.ts'
import { connectPacket, subscribePacket, unsubscribePacket, Writer } from './writer.ts'

/** Seconds for the connection and the broker's answer to it. */
const CONNECT_LIMIT = 10
/** Bytes that may wait for a broker that does not read, before this client stops reading, too. */
const MAX_UNSENT = 1024 * 1024
/** Milliseconds in which a stream that was ended must close. */
const END_LIMIT = 300
/** A reason code of MQTT 5. */
const PROTOCOL_ERROR = 0x82

/**
 * One connection to a broker, from its opening to its end: nothing that arrives is trusted, and everything that is awaited has a limit. Time is counted in
 * calls of `tick`, one a second: while this process stands still, no broker is late.
 */
export class Session {
	readonly #settings: SessionSettings
	readonly #writer: Writer
	readonly #flight = new Flight()
	readonly #framing: Framing
	readonly #questions = new Questions()
	readonly #pulse = new Pulse()
	#stream: Duplex | undefined
	#limits: Limits | undefined
	#state: 'opening' | 'up' | 'ended' = 'opening'
	/** The way stands, and the broker was asked to let this client in. */
	#opened = false
	#now = 0
	/** Messages that were acknowledged. */
	#acknowledged = 0
	/** The receiver wants no more for now. */
	#paused = false
	#congested = false

	constructor(settings: SessionSettings) {
		this.#settings = settings
		const { version } = settings
		this.#writer = new Writer(version, (bytes) => this.#write(bytes))
		const act = (packet: Packet | string) => (typeof packet === 'string' ? packet : this.#onPacket(packet))
		this.#framing = new Framing({
			version,
			take: (first, body) => act(readPacket(first, body, version)),
			puback: (id, code) => this.#onPuback(id, code),
			oversize: (first, head, length) => act(readOversize(first, head, length)),
		})
	}

	/** Opens the connection. What goes wrong comes by `down`. */
	open(): void {
		if (this.#state === 'ended') return
		try {
			const { version, willForm } = this.#settings
			const connect = connectPacket(this.#settings, version, willForm)
			this.#stream = openStream(this.#settings, {
				open: () => {
					this.#opened = true
					this.#write(connect)
				},
				bytes: (chunk) => this.#onData(chunk),
				drain: () => this.#onDrain(),
				closed: (error) => this.#end(error ? { kind: 'closed', error } : { kind: 'closed' }),
			})
		} catch (error) {
			this.#end({ kind: 'closed', error: error as Error })
		}
	}

	/** Says whether one more message may be on its way. */
	hasRoom(): boolean {
		return this.#limits !== undefined && this.#state === 'up' && !this.#congested && this.#flight.size < this.#limits.inFlight
	}

	/** Sends a message, for which there is room. Gives the answer where there is one at once; otherwise the broker gives it, or the message is given back by `down`. */
	publish(item: Outgoing): Answer | undefined {
		const { maximumPacket = 0, qos = 1, retain = true } = this.#limits ?? {}
		const id = qos === 0 ? 0 : this.#nextId()
		const { message, head } = item
		const size = this.#writer.publish(head, message.payload, message.retain && retain, id, maximumPacket)
		if (size < 0) {
			this.#settings.tooLarge(message.topic, -size)
			return 'refused'
		}
		if (id === 0) return 'accepted'
		this.#flight.add(id, item, this.#now)
		return undefined
	}

	/** Asks for filters, of which each gets whether it is granted, unless the connection is lost first. */
	subscribe(asked: Asked[], identifier: number | undefined): void {
		const { identifiers, wildcards, maximumPacket = 0 } = this.#limits ?? {}
		const able = asked.filter(({ filter }) => wildcards || !/[+#]/.test(filter))
		for (const one of asked) if (!able.includes(one)) one.answered(false)
		if (able.length === 0) return
		const id = this.#nextId()
		const filters = able.map(({ filter }) => filter)
		const packet = subscribePacket(id, filters, identifiers ? identifier : undefined, this.#settings.version)
		if (packet.length > maximumPacket && able.length > 1) for (const one of able) this.subscribe([one], identifier)
		else {
			this.#questions.add(id, able.length, this.#now, (codes) => {
				for (const [place, { answered }] of able.entries()) answered((codes[place] ?? 128) < 128)
			})
			this.#writer.bytes(packet)
		}
	}

	unsubscribe(filters: string[]): void {
		if (this.#state !== 'up') return
		for (let from = 0; from < filters.length; from += TOGETHER) {
			const some = filters.slice(from, from + TOGETHER)
			const id = this.#nextId()
			this.#questions.add(id, some.length, this.#now)
			this.#writer.bytes(unsubscribePacket(id, some, this.#settings.version))
		}
	}

	/** Acknowledges a message. */
	acknowledge(id: number): void {
		if (this.#state === 'up') this.#writer.puback(id)
	}

	/** Stops and goes on reading: what its receiver cannot take stays with the broker. */
	pause(paused: boolean): void {
		this.#paused = paused
		if (paused) this.#stream?.pause()
		else if (!this.#congested) this.#stream?.resume()
	}

	/** Says whether the broker has let this client in. */
	isUp(): boolean {
		return this.#state === 'up'
	}

	/** Says whether nothing is awaited of the broker. */
	isIdle(): boolean {
		return this.#flight.size === 0 && this.#questions.empty()
	}

	/** Counts a second, and looks what is late. */
	tick(): void {
		this.#now++
		if (this.#state === 'opening' && this.#now >= CONNECT_LIMIT) {
			const unreachable = Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })
			this.#end(this.#opened ? { kind: 'closed', late: true } : { kind: 'closed', error: unreachable })
		}
		if (this.#state !== 'up') return
		const { patience } = this.#settings
		const due = this.#pulse.tick(this.#now, this.#limits?.keepAlive ?? KEEPALIVE, this.#paused)
		const overdue = this.#flight.overdue(this.#now, patience) ?? this.#questions.overdue(this.#now, patience)
		if (overdue !== undefined) this.#fault(overdue)
		else if (due === 'ping') this.#writer.pingreq()
		else if (due !== undefined) this.#fault(due)
	}

	/** Says goodbye, and resolves when the connection is closed, after a moment at most. */
	close(): Promise<void> {
		const stream = this.#stream
		if (this.#state === 'up') {
			this.#writer.disconnect(0)
			this.#writer.flush()
		}
		this.#end({ kind: 'closed' })
		return within(2 * END_LIMIT, (closed) => {
			if (!stream || stream.closed) closed()
			else stream.once('close', closed)
		})
	}

	#nextId(): number {
		let id = this.#flight.nextId()
		while (this.#questions.has(id)) id = this.#flight.nextId()
		return id
	}

	#onData(chunk: Buffer): void {
		if (this.#state === 'ended') return
		this.#pulse.bytes(chunk.length)
		try {
			const before = this.#acknowledged
			const fault = this.#framing.push(chunk)
			if (fault !== undefined) this.#fault(`sends ${fault}`)
			else if (this.#acknowledged !== before) this.#settings.room()
		} catch (error) {
			// A mistake of ours must not end the process either.
			this.#fault(`sends what cannot be read here (${(error as Error).message}): please report this`)
		}
	}

	/** Does what a packet says; gives in words what is wrong with it. */
	#onPacket(packet: Packet): string | undefined {
		if (this.#state === 'ended') return undefined
		this.#pulse.heard(this.#now, packet.kind === 'pingresp')
		switch (packet.kind) {
			case 'publish':
				this.#settings.message(packet)
				return undefined
			case 'skipped':
				this.#settings.skipped(packet)
				return undefined
			case 'puback':
				return this.#onPuback(packet.id, packet.code)
			case 'suback':
			case 'unsuback':
				return this.#onAnswer(packet)
			case 'pingresp':
				return undefined
			case 'connack':
				return this.#state === 'opening' ? this.#onConnack(packet) : 'a second CONNACK'
			case 'disconnect':
				this.#end({ kind: 'dismissed', code: packet.code })
				return undefined
		}
	}

	#onConnack({ code, properties, old }: Packet & { kind: 'connack' }): undefined {
		const { version, up } = this.#settings
		if ((version === 5 && old) || code === (version === 5 ? 132 : 1)) this.#end({ kind: 'version' })
		else if (code !== 0) this.#end({ kind: 'refused', code })
		else {
			this.#state = 'up'
			this.#limits = limitsOf(properties, version)
			up(this.#limits)
		}
	}

	#onPuback(id: number, code: number): string | undefined {
		if (this.#state !== 'up') return undefined
		this.#pulse.heard(this.#now)
		const answer = answerOf(code)
		if (answer === undefined) return `a PUBACK with reason ${code}`
		const item = this.#flight.acknowledged(id, this.#now)
		// One that is acknowledged twice, or was never sent, does no harm: some brokers do so.
		if (!item) return id === 0 ? 'a PUBACK without an id' : undefined
		this.#acknowledged++
		this.#settings.answered(item, answer, code)
		return undefined
	}

	#onAnswer({ kind, id, codes }: Packet & { kind: 'suback' | 'unsuback' }): string | undefined {
		const fault = this.#questions.answer(id, codes, kind === 'unsuback' && this.#settings.version === 4)
		return fault === undefined ? undefined : `${nameOf(kind === 'suback' ? 0x90 : 0xb0)} with ${fault}`
	}

	/** Writes bytes; says whether their memory is free again. */
	#write(bytes: Buffer): boolean {
		const stream = this.#stream
		if (!stream?.writable) return true
		this.#pulse.sent(this.#now)
		stream.write(bytes)
		if (stream.writableLength >= MAX_UNSENT) {
			this.#congested = true
			stream.pause()
		}
		// The system has taken it. Another stream, as the embedded broker's, may pass the memory itself on.
		return stream instanceof Socket && stream.writableLength === 0
	}

	#onDrain(): void {
		this.#congested = false
		if (!this.#paused) this.#stream?.resume()
		this.#settings.room()
	}

	#fault(text: string): void {
		if (this.#state === 'up') {
			this.#writer.disconnect(PROTOCOL_ERROR)
			this.#writer.flush()
		}
		this.#end({ kind: 'fault', text })
	}

	#end(reason: Down): void {
		if (this.#state === 'ended') return
		const stream = this.#stream
		if (this.#state === 'up' && stream?.writable) {
			this.#writer.flush()
			stream.end()
			// What is on its way would be lost with a connection that is broken off: the other end closes it when it has all.
			stream.resume()
			const timer = setTimeout(() => stream.destroy(), END_LIMIT)
			stream.once('close', () => clearTimeout(timer))
		} else stream?.destroy()
		this.#state = 'ended'
		this.#settings.down(reason, this.#flight.lost(), this.#flight.passed())
	}
}
