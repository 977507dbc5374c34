import { generate, writeToStream } from 'mqtt-packet'
import type { OutMessage } from '../message.ts'
import type { ConnectionSettings } from '../settings.ts'
import { MAX_PACKET } from './framing.ts'
import { type Head, writeVariable } from './head.ts'
import type { Version } from './packets.ts'
import { KEEPALIVE } from './pulse.ts'

// Otherwise it makes the bytes of all 65,536 numbers in advance: 7 MB, and 30 ms of the start.
writeToStream.cacheNumbers = false

/** Bytes of the memory that packets are written into, one behind the other: the messages of a turn. */
const SLAB = 65_536
const NOTHING = Buffer.alloc(0)
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

/** Gives the bytes of a SUBSCRIBE for filters with QoS 1; `identifier`: of all of them. */
export function subscribePacket(messageId: number, filters: string[], identifier: number | undefined, version: Version): Buffer {
	const properties = identifier !== undefined && version === 5 && { properties: { subscriptionIdentifier: identifier } }
	const subscriptions = filters.map((topic) => ({ topic, qos: 1 as const }))
	return generate({ cmd: 'subscribe', messageId, subscriptions, ...properties }, { protocolVersion: version })
}

/** Gives the bytes of an UNSUBSCRIBE. */
export function unsubscribePacket(messageId: number, filters: string[], version: Version): Buffer {
	return generate({ cmd: 'unsubscribe', messageId, unsubscriptions: filters }, { protocolVersion: version })
}

/** Collects packets, so that those of one turn of the loop go out in one write. */
export class Writer {
	readonly #version: Version
	readonly #write: (bytes: Buffer) => boolean
	#slab = NOTHING
	/** From where the slab is not sent yet, and up to where it is filled. */
	#from = 0
	#at = 0
	#scheduled: NodeJS.Immediate | undefined

	/** `write` says whether the memory of the bytes is free again. */
	constructor(version: Version, write: (bytes: Buffer) => boolean) {
		this.#version = version
		this.#write = write
	}

	/** Sends what is collected. */
	readonly flush = (): void => {
		clearImmediate(this.#scheduled)
		this.#scheduled = undefined
		if (this.#from === this.#at) return
		const [slab, at] = [this.#slab, this.#at]
		const bytes = slab.subarray(this.#from, at)
		this.#from = at
		const isFree = this.#write(bytes)
		// What is sent at once may have an answer at once, which is in the slab by now.
		if (this.#at !== at || this.#slab !== slab) return
		if (slab.length > SLAB) this.#slab = NOTHING
		if (isFree || slab.length > SLAB) this.#from = this.#at = 0
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
	disconnect(code: number): void {
		const reason = this.#version === 5 && code !== 0
		this.#room(3)
		this.#at = this.#slab.writeUInt16BE(reason ? 0xe001 : 0xe000, this.#at)
		if (reason) this.#at = this.#slab.writeUInt8(code, this.#at)
	}

	/** Adds a message, for QoS 0 where its id is 0. Gives its size; negative, and nothing is added, where that is more than `most` or than MQTT can express. */
	publish(head: Head, payload: OutMessage['payload'], retain: boolean, id: number, most: number): number {
		const before = head.bytes(this.#version)
		const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
		const body = before.length + length - (id > 0 ? 0 : 2)
		const size = 1 + lengthOf(body) + body
		if (size > most || body > MAX_BODY) return -size
		// A head for QoS 0 is written with its identifier, and shortened.
		this.#room(size + 2)
		const slab = this.#slab
		slab[this.#at++] = 0x30 | (id > 0 ? 2 : 0) | (retain ? 1 : 0)
		const from = writeVariable(slab, body, this.#at)
		slab.set(before, from)
		this.#at = from + before.length
		const place = from + 2 + before.readUInt16BE(0)
		if (id > 0) slab.writeUInt16BE(id, place)
		else {
			slab.copyWithin(place, place + 2, this.#at)
			this.#at -= 2
		}
		if (typeof payload === 'string') this.#at += slab.write(payload, this.#at)
		else {
			slab.set(payload, this.#at)
			this.#at += length
		}
		return size
	}

	/** Makes room for so many bytes in one piece. */
	#room(bytes: number): void {
		if (this.#slab.length - this.#at < bytes) {
			this.flush()
			if (this.#slab.length - this.#at < bytes) {
				this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB, bytes))
				this.#from = this.#at = 0
			}
		}
		this.#scheduled ??= setImmediate(this.flush)
	}
}

/** How many bytes a number takes, seven bits each. */
const lengthOf = (value: number) => (value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4)
