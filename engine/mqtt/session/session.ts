import type { Duplex } from 'node:stream'
import type { OutMessage } from '../message.ts'
import type { Answer } from '../outbox.ts'
import { answerOf, type Down } from '../reasons.ts'
import type { ConnectionSettings } from '../settings.ts'
import { within } from '../within.ts'
import { Flight } from './flight.ts'
import { Framing } from './framing.ts'
import { type Limits, limitsOf } from './limits.ts'
import { nameOf, type Packet, PUBACK_BYTE, type Publish, readOversize, readPacket, type Skipped, type Version } from './packets.ts'
import { KEEPALIVE, Pulse } from './pulse.ts'
import { Questions } from './questions.ts'
import { openStream } from './stream.ts'
import { connectPacket, subscribePacket, unsubscribePacket, type WillForm, Writer } from './writer.ts'

export type SessionSettings = ConnectionSettings & {
	version: Version
	willForm: WillForm
	/** Seconds in which a broker must answer. */
	patience: number
	/** Called when the broker lets this client in; may lower its limits. */
	up: (limits: Limits) => void
	message: (message: Publish) => void
	/** Called with a message that is not taken; it is to be acknowledged, too. */
	skipped: (message: Skipped) => void
	/** Called for each acknowledgement of a message. */
	acknowledged: () => void
	/** Called with a message that the broker does not take now, and its reason code; says what becomes of it. */
	postponed: (message: OutMessage, code: number) => Answer
	/** Called with a message that has more bytes than the broker takes. */
	tooLarge: (topic: string, size: number) => void
	/** Called once, when all is over, with the oldest message on its way, and whether others were acknowledged. */
	down: (reason: Down, oldest: OutMessage | undefined, othersPassed: boolean) => void
}

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
	readonly #writer = new Writer((bytes) => this.#write(bytes))
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
	/** The receiver wants no more for now. */
	#paused = false
	#congested = false

	constructor(settings: SessionSettings) {
		this.#settings = settings
		const { version } = settings
		const act = (packet: Packet | string) => (typeof packet === 'string' ? packet : this.#onPacket(packet))
		this.#framing = new Framing({
			version,
			// Most packets are acknowledgements, of the short form.
			take: (first, body) =>
				first === PUBACK_BYTE && body.length === 2 ? this.#onPuback(body.readUInt16BE(0), 0) : act(readPacket(first, body, version)),
			oversize: (first, head, length) => act(readOversize(first, head, length)),
		})
	}

	/** Opens the connection. What goes wrong comes by `down`. */
	open(): void {
		if (this.#state === 'ended') return
		try {
			const { version, willForm } = this.#settings
			const connect = connectPacket(this.#settings, version, willForm)
			const stream = openStream(this.#settings, () => {
				this.#opened = true
				this.#write(connect)
			})
			this.#stream = stream
			stream.on('data', (chunk: Buffer) => this.#onData(chunk))
			stream.on('drain', () => this.#onDrain())
			stream.on('error', (error) => this.#end({ kind: 'closed', error }))
			stream.on('close', () => this.#end({ kind: 'closed' }))
			stream.on('end', () => this.#end({ kind: 'closed' }))
		} catch (error) {
			this.#end({ kind: 'closed', error: error as Error })
		}
	}

	/** Sends a message when there is room for it on the way. Rejects when the connection is lost first. */
	publish(message: OutMessage): Promise<Answer> {
		if (this.#state === 'ended') return Promise.reject(new Error('the connection is lost'))
		const answer = this.#flight.wait(message)
		this.#fill()
		return answer
	}

	/** Asks for a filter; `answered` gets whether it is granted, and is not called when the connection is lost first. */
	subscribe(filter: string, identifier: number | undefined, answered: (granted: boolean) => void): void {
		const id = this.#nextId()
		this.#questions.add(id, 1, this.#now, answered)
		this.#writer.bytes(subscribePacket(id, filter, this.#limits?.identifiers ? identifier : undefined, this.#settings.version))
	}

	unsubscribe(filters: string[]): void {
		if (this.#state !== 'up' || filters.length === 0) return
		const id = this.#nextId()
		this.#questions.add(id, filters.length, this.#now)
		this.#writer.bytes(unsubscribePacket(id, filters, this.#settings.version))
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
		return this.#flight.empty() && this.#questions.empty()
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
			this.#writer.disconnect(0, this.#settings.version)
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
			const fault = this.#framing.push(chunk)
			if (fault !== undefined) this.#fault(`sends ${fault}`)
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
			this.#fill()
		}
	}

	#onPuback(id: number, code: number): string | undefined {
		if (this.#state !== 'up') return undefined
		this.#pulse.heard(this.#now)
		const answer = answerOf(code)
		if (answer === undefined) return `a PUBACK with reason ${code}`
		const entry = this.#flight.acknowledged(id, this.#now)
		// One that is acknowledged twice, or was never sent, does no harm: some brokers do so.
		if (!entry) return id === 0 ? 'a PUBACK without an id' : undefined
		entry.settle(answer === 'later' ? this.#settings.postponed(entry.message, code) : answer)
		this.#settings.acknowledged()
		this.#fill()
		return undefined
	}

	#onAnswer({ kind, id, codes }: Packet & { kind: 'suback' | 'unsuback' }): string | undefined {
		const fault = this.#questions.answer(id, codes, kind === 'unsuback' && this.#settings.version === 4)
		return fault === undefined ? undefined : `${nameOf(kind === 'suback' ? 0x90 : 0xb0)} with ${fault}`
	}

	#fill(): void {
		if (this.#state !== 'up' || !this.#limits) return
		const { inFlight, maximumPacket, qos, retain } = this.#limits
		this.#flight.fill(this.#congested ? 0 : inFlight, this.#now, (message, id) => {
			const sent = retain || !message.retain ? message : { ...message, retain: false }
			const size = this.#writer.publish(sent, qos === 0 ? 0 : id, this.#settings.version, maximumPacket)
			if (size < 0) this.#settings.tooLarge(message.topic, -size)
			return size < 0 ? 'refused' : qos === 0 ? 'accepted' : undefined
		})
	}

	#write(bytes: Buffer): void {
		const stream = this.#stream
		if (!stream?.writable) return
		this.#pulse.sent(this.#now)
		stream.write(bytes)
		if (stream.writableLength < MAX_UNSENT) return
		this.#congested = true
		stream.pause()
	}

	#onDrain(): void {
		this.#congested = false
		if (!this.#paused) this.#stream?.resume()
		this.#fill()
	}

	#fault(text: string): void {
		if (this.#state === 'up') {
			this.#writer.disconnect(PROTOCOL_ERROR, this.#settings.version)
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
		const oldest = this.#flight.oldest()
		this.#flight.fail(new Error('the connection is lost'))
		this.#settings.down(reason, oldest, this.#flight.passed())
	}
}
