import { generate, writeToStream } from 'mqtt-packet'
import type { OutMessage } from '../message.ts'
import type { ConnectionSettings } from '../settings.ts'
import { MAX_PACKET } from './framing.ts'
import type { Version } from './packets.ts'
import { KEEPALIVE } from './pulse.ts'

// Otherwise it makes the bytes of all 65,536 numbers in advance: 7 MB, and 30 ms of the start.
writeToStream.cacheNumbers = false

/** Bytes of a piece of memory that packets are written into, one behind the other. */
const SLAB = 16_384
/** Bytes of the largest packet that MQTT can express, less its first five. */
const MAX_BODY = 268_435_455

/** The broker keeps a week of messages (s) for a session, and hands over a thousand at once. */
const SESSION = { sessionExpiryInterval: 604_800, receiveMaximum: 1000 }
/** How a will may be left where a broker cannot do all: MQTT 5 says so by a reason code. */
export type WillForm = { qos: 0 | 1; retain: boolean }

/** Gives the bytes of a CONNECT. Throws an Error for settings that MQTT cannot express. */
export function connectPacket(
	{ clientId, username, password, will, session }: ConnectionSettings,
	version: Version,
	form: WillForm,
): Buffer {
	return generate(
		{
			cmd: 'connect',
			protocolVersion: version,
			clientId,
			clean: session === undefined,
			keepalive: KEEPALIVE,
			...(username !== undefined && { username }),
			...(password !== undefined && { password: Buffer.from(password) }),
			...(will && { will: { topic: will.topic, payload: Buffer.from(will.payload), ...form } }),
			...(version === 5 && { properties: { ...(session && SESSION), maximumPacketSize: MAX_PACKET, topicAliasMaximum: 0 } }),
		},
		{ protocolVersion: version },
	)
}

/** Gives the bytes of a SUBSCRIBE for one filter with QoS 1. */
export function subscribePacket(messageId: number, topic: string, identifier: number | undefined, version: Version): Buffer {
	const properties = identifier !== undefined && version === 5 && { properties: { subscriptionIdentifier: identifier } }
	return generate({ cmd: 'subscribe', messageId, subscriptions: [{ topic, qos: 1 }], ...properties }, { protocolVersion: version })
}

/** Gives the bytes of an UNSUBSCRIBE. */
export function unsubscribePacket(messageId: number, filters: string[], version: Version): Buffer {
	return generate({ cmd: 'unsubscribe', messageId, unsubscriptions: filters }, { protocolVersion: version })
}

/** Collects packets, so that those of one turn of the loop go out in one write. */
export class Writer {
	readonly #write: (bytes: Buffer) => void
	#slab = Buffer.alloc(0)
	/** From where the slab is not sent yet, and up to where it is filled. */
	#from = 0
	#at = 0
	#scheduled: NodeJS.Immediate | undefined

	constructor(write: (bytes: Buffer) => void) {
		this.#write = write
	}

	/** Sends what is collected. */
	readonly flush = (): void => {
		clearImmediate(this.#scheduled)
		this.#scheduled = undefined
		if (this.#from === this.#at) return
		const bytes = this.#slab.subarray(this.#from, this.#at)
		this.#from = this.#at
		this.#write(bytes)
	}

	/** Adds a packet as it is. */
	bytes(packet: Buffer): void {
		this.#room(packet.length)
		this.#at += packet.copy(this.#slab, this.#at)
	}

	puback(id: number): void {
		this.#room(4)
		this.#at = this.#slab.writeUInt32BE(0x40020000 + id, this.#at)
	}

	pingreq(): void {
		this.#room(2)
		this.#at = this.#slab.writeUInt16BE(0xc000, this.#at)
	}

	/** Adds a DISCONNECT, with its reason where the version has reasons. */
	disconnect(code: number, version: Version): void {
		const reason = version === 5 && code !== 0
		this.#room(3)
		this.#at = this.#slab.writeUInt16BE(reason ? 0xe001 : 0xe000, this.#at)
		if (reason) this.#at = this.#slab.writeUInt8(code, this.#at)
	}

	/** Adds a message, for QoS 0 where its id is 0. Gives its size; negative, and nothing is added, where that is more than `most` or than MQTT can express. */
	publish({ topic, payload, retain, properties, contentType }: OutMessage, id: number, version: Version, most: number): number {
		const topicLength = Buffer.byteLength(topic)
		const payloadLength = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
		const named = version === 5 ? Object.entries(properties ?? {}) : []
		const typeLength = version === 5 && contentType !== undefined ? Buffer.byteLength(contentType) : -1
		let extra = typeLength < 0 ? 0 : 5 + typeLength
		for (const [name, value] of named) extra += 5 + Buffer.byteLength(name) + Buffer.byteLength(value)
		const extraLength = version === 5 ? lengthOf(extra) + extra : 0
		const body = 2 + topicLength + (id > 0 ? 2 : 0) + extraLength + payloadLength
		const size = 1 + lengthOf(body) + body
		if (size > most || body > MAX_BODY || topicLength > 65_535 || extra > 65_535) return -size
		this.#room(size)
		const slab = this.#slab
		slab[this.#at++] = 0x30 | (id > 0 ? 2 : 0) | (retain ? 1 : 0)
		this.#variable(body)
		this.#text(topic, topicLength)
		if (id > 0) this.#at = slab.writeUInt16BE(id, this.#at)
		if (version === 5) {
			this.#variable(extra)
			if (contentType !== undefined) {
				// Payload format: text.
				this.#at = slab.writeUInt16BE(0x0101, this.#at)
				slab[this.#at++] = 3
				this.#text(contentType, typeLength)
			}
			for (const [name, value] of named) {
				slab[this.#at++] = 38
				this.#text(name, Buffer.byteLength(name))
				this.#text(value, Buffer.byteLength(value))
			}
		}
		if (typeof payload === 'string') this.#at += slab.write(payload, this.#at)
		else {
			slab.set(payload, this.#at)
			this.#at += payloadLength
		}
		return size
	}

	/** Makes room for so many bytes in one piece. */
	#room(bytes: number): void {
		this.#scheduled ??= setImmediate(this.flush)
		if (this.#slab.length - this.#at >= bytes) return
		this.flush()
		this.#scheduled = setImmediate(this.flush)
		this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB, bytes))
		this.#from = 0
		this.#at = 0
	}

	#text(text: string, length: number): void {
		this.#at = this.#slab.writeUInt16BE(length, this.#at)
		this.#at += this.#slab.write(text, this.#at)
	}

	#variable(value: number): void {
		let rest = value
		while (rest > 127) {
			this.#slab[this.#at++] = (rest & 127) | 128
			rest >>= 7
		}
		this.#slab[this.#at++] = rest
	}
}

/** How many bytes a number takes, seven bits each. */
const lengthOf = (value: number) => (value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4)
