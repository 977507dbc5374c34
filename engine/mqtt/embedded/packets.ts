import { isUtf8 } from 'node:buffer'
import { type Framed, Malformed } from './framing.ts'
import { CLIENT_ID, type TOPIC } from './limits.ts'

/** A message that the broker passes on. */
export type Message = { topic: string; payload: Buffer; qos: number; retain: boolean }

export type Connect = { kind: 'connect'; level: number; clientId: string; clean: boolean; keepalive: number; will?: Message }

/** A packet of a client (MQTT 3.1.1). */
export type Packet =
	| Connect
	| { kind: 'publish'; message: Message; id: number }
	| { kind: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'; id: number }
	| { kind: 'subscribe'; id: number; filters: [filter: string, qos: number][] }
	| { kind: 'unsubscribe'; id: number; filters: string[] }
	| { kind: 'pingreq' | 'disconnect' }

const CONFIRMATIONS = { 4: 'puback', 5: 'pubrec', 6: 'pubrel', 7: 'pubcomp' } as const

/** Flags that a packet must have, by its type; those of PUBLISH say something. */
const FLAGS: (number | undefined)[] = [
	undefined,
	0,
	undefined,
	undefined,
	0,
	0,
	2,
	0,
	2,
	undefined,
	2,
	undefined,
	0,
	undefined,
	0,
	undefined,
]

/** Reads a packet; `most`: what its topics may have. Throws `Malformed`. */
export function readPacket({ first, body }: Framed, most: typeof TOPIC): Packet {
	const [type, flags] = [first >> 4, first & 15]
	const c = new Body(body, most)
	if (type === 3) return readPublish(c, flags)
	if (FLAGS[type] !== flags) throw new Malformed(`a packet that begins with ${first.toString(16).padStart(2, '0')}`)
	const packet = readOther(c, type)
	if (packet.kind !== 'connect' && !c.empty) throw new Malformed(`bytes behind the end of a ${packet.kind}`)
	return packet
}

function readOther(c: Body, type: number): Packet {
	if (type === 1) return readConnect(c)
	if (type === 4 || type === 5 || type === 6 || type === 7) return { kind: CONFIRMATIONS[type], id: c.id() }
	if (type === 8) return { kind: 'subscribe', id: c.id(), filters: c.list(() => [c.topic(), c.qos(c.byte())]) }
	if (type === 10) return { kind: 'unsubscribe', id: c.id(), filters: c.list(() => c.topic()) }
	return { kind: type === 12 ? 'pingreq' : 'disconnect' }
}

function readConnect(c: Body): Connect {
	const name = c.text(6)
	const level = c.byte() & 127
	if (name !== 'MQTT' && name !== 'MQIsdp') throw new Malformed('a protocol that is not MQTT')
	// A later version may go on in another way: it is answered that it is not spoken here.
	if (level !== 3 && level !== 4) return { kind: 'connect', level, clientId: '', clean: true, keepalive: 0 }
	const flags = c.byte()
	const keepalive = c.short()
	const clientId = c.text(CLIENT_ID)
	const clean = (flags & 2) !== 0
	const hasWill = (flags & 4) !== 0
	if ((flags & 1) !== 0 || (!hasWill && (flags & 0x38) !== 0)) throw new Malformed('a CONNECT with wrong flags')
	const will = hasWill ? { topic: c.name(), payload: c.bytes(), qos: c.qos((flags >> 3) & 3), retain: (flags & 32) !== 0 } : undefined
	// Whoever comes is let in: there are no users.
	if ((flags & 128) !== 0) c.bytes()
	if ((flags & 64) !== 0) c.bytes()
	if (!c.empty) throw new Malformed('bytes behind the end of a CONNECT')
	return { kind: 'connect', level, clientId, clean, keepalive, ...(will && { will }) }
}

function readPublish(c: Body, flags: number): Packet {
	const qos = c.qos((flags >> 1) & 3)
	const topic = c.name()
	const id = qos > 0 ? c.id() : 0
	return { kind: 'publish', message: { topic, payload: c.rest(), qos, retain: (flags & 1) !== 0 }, id }
}

/** A cursor over the body of a packet, which throws `Malformed`. */
class Body {
	readonly #bytes: Buffer
	readonly #most: typeof TOPIC
	#at = 0

	constructor(bytes: Buffer, most: typeof TOPIC) {
		this.#bytes = bytes
		this.#most = most
	}

	get empty(): boolean {
		return this.#at === this.#bytes.length
	}

	byte(): number {
		const byte = this.#bytes[this.#at++]
		if (byte === undefined) throw new Malformed('a packet that ends too early')
		return byte
	}

	short(): number {
		return this.byte() * 256 + this.byte()
	}

	id(): number {
		const id = this.short()
		if (id === 0) throw new Malformed('a packet with the id 0')
		return id
	}

	qos(value: number): number {
		if (value > 2) throw new Malformed(`a QoS of ${value}`)
		return value
	}

	bytes(): Buffer {
		const length = this.short()
		if (this.#at + length > this.#bytes.length) throw new Malformed('a packet that ends too early')
		this.#at += length
		return this.#bytes.subarray(this.#at - length, this.#at)
	}

	rest(): Buffer {
		const rest = this.#bytes.subarray(this.#at)
		this.#at = this.#bytes.length
		return rest
	}

	text(limit: number): string {
		const bytes = this.bytes()
		if (bytes.length > limit) throw new Malformed(`a text of ${bytes.length} bytes: at most ${limit} are taken`)
		if (!isUtf8(bytes) || bytes.includes(0)) throw new Malformed('a text that is not UTF-8')
		return bytes.toString()
	}

	/** A topic or a filter. */
	topic(): string {
		const topic = this.text(this.#most.bytes)
		let levels = 1
		for (let at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) levels++
		if (levels > this.#most.levels) throw new Malformed(`a topic of ${levels} levels: at most ${this.#most.levels} are taken`)
		return topic
	}

	/** A topic that something may be published on. */
	name(): string {
		const topic = this.topic()
		if (topic === '' || /^\$|[+#]/.test(topic)) throw new Malformed(`a message on ${JSON.stringify(topic.slice(0, 80))}`)
		return topic
	}

	list<T>(item: () => T): T[] {
		const items = [item()]
		while (!this.empty) items.push(item())
		return items
	}
}

/** Says whether a client may ask for this: a wildcard fills a level, and `#` the last; no shared subscriptions, and nothing of the broker's own. */
export function isFilter(filter: string): boolean {
	const levels = filter.split('/')
	return (
		filter !== '' &&
		!filter.startsWith('$') &&
		levels.every((level, at) => level === '+' || isLast(level, at, levels) || !/[+#]/.test(level))
	)
}

const isLast = (level: string, at: number, levels: string[]) => level === '#' && at === levels.length - 1

/** Makes a message for a client. */
export function publishPacket({ topic, payload }: Message, qos: number, retain: boolean, id: number, again = false): Buffer {
	const name = Buffer.byteLength(topic)
	const length = 2 + name + (qos > 0 ? 2 : 0) + payload.length
	const size = length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : 4
	const bytes = Buffer.allocUnsafe(1 + size + length)
	bytes[0] = 0x30 | (again ? 8 : 0) | (qos << 1) | (retain ? 1 : 0)
	let at = 1
	for (let rest = length, left = size; left > 0; left--, rest >>= 7) bytes[at++] = left > 1 ? (rest & 127) | 128 : rest
	at = bytes.writeUInt16BE(name, at)
	at += bytes.write(topic, at)
	if (qos > 0) at = bytes.writeUInt16BE(id, at)
	payload.copy(bytes, at)
	return bytes
}

/** Makes the answer to a CONNECT. */
export const connack = (code: number, present = false) => Buffer.of(0x20, 2, present ? 1 : 0, code)

/** Makes an acknowledgement: PUBACK 0x40, PUBREC 0x50, PUBREL 0x62, PUBCOMP 0x70, UNSUBACK 0xb0. */
export const acknowledgement = (first: number, id: number) => Buffer.of(first, 2, id >> 8, id & 255)

/** Makes the answer to a SUBSCRIBE: the QoS of each filter, or 128. */
export function suback(id: number, granted: number[]): Buffer {
	const length = 2 + granted.length
	const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7]
	return Buffer.from([0x90, ...size, id >> 8, id & 255, ...granted])
}

export const PINGRESP = Buffer.of(0xd0, 0)
