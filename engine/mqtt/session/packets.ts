import { left, uint } from '../../bytes/cursor.ts'
import type { InMessage } from '../message.ts'
import { type Body, MAX_PROPERTIES, NO_PROPERTIES, type Properties, readProperties, text, variable } from './properties.ts'

/** The versions of MQTT that this client speaks: 3.1.1 and 5. */
export type Version = 4 | 5

/** A message as a broker sends it. `id`: 0 for QoS 0, which wants no acknowledgement; `identifiers`: of the subscriptions that it comes for, where the broker says so. */
export type Publish = InMessage & { kind: 'publish'; id: number; identifiers: number[] | undefined }

/** A message that is not taken, though its broker may not be to blame: it is acknowledged, so that it does not come again. */
export type Skipped = { kind: 'skipped'; topic: string; id: number; why: string }

/** A packet that a broker may send. */
export type Packet =
	| Publish
	| Skipped
	| { kind: 'connack'; code: number; properties: Properties /** Written as in 3.1.1, without properties. */; old: boolean }
	| { kind: 'puback'; id: number; code: number }
	| { kind: 'suback' | 'unsuback'; id: number; codes: Uint8Array }
	| { kind: 'pingresp' }
	| { kind: 'disconnect'; code: number }

export const CONNACK = 2
export const PUBLISH = 3
/** The first byte of an acknowledgement. */
export const PUBACK_BYTE = 0x40

const NAMES = [
	'a packet of type 0',
	'a CONNECT',
	'a CONNACK',
	'a PUBLISH',
	'a PUBACK',
	'a PUBREC',
	'a PUBREL',
	'a PUBCOMP',
	'a SUBSCRIBE',
	'a SUBACK',
	'an UNSUBSCRIBE',
	'an UNSUBACK',
	'a PINGREQ',
	'a PINGRESP',
	'a DISCONNECT',
	'an AUTH',
]
/** Names a packet by its first byte. */
export const nameOf = (first: number) => NAMES[first >> 4] ?? ''

/** Types that a broker may send to a client that neither sends nor asks for QoS 2, and does not authenticate by AUTH. */
const FROM_BROKER = [CONNACK, PUBLISH, 4, 9, 11, 13]

/** Says what is wrong with the first byte of a packet; undefined when nothing is. */
export function firstFault(first: number, version: Version): string | undefined {
	const type = first >> 4
	if (!FROM_BROKER.includes(type) && !(type === 14 && version === 5)) return `${nameOf(first)}, which a broker must not send here`
	if (type !== PUBLISH) return (first & 15) === 0 ? undefined : `${nameOf(first)} with flags`
	return (first & 6) > 2 ? `${nameOf(first)} with QoS ${(first & 6) >> 1}: QoS 1 is what was asked for` : undefined
}

/** Reads one whole packet, whose first byte has no fault: its body is what follows its length. Gives in words what is wrong with it. */
export function readPacket(first: number, bytes: Buffer, version: Version): Packet | string {
	const c: Body = { bytes, at: 0, short: false }
	switch (first >> 4) {
		case CONNACK:
			return readConnack(c, version)
		case PUBLISH:
			return readPublish(first, c, version)
		case 4:
			return readPuback(c, version)
		case 9:
			return readAnswer('suback', first, c, version)
		case 11:
			return readAnswer('unsuback', first, c, version)
		case 13:
			return bytes.length === 0 ? { kind: 'pingresp' } : `${nameOf(first)} with a body`
		default:
			return readDisconnect(c)
	}
}

/** Reads how a message begins that is too large to be taken: `bytes` reach beyond its topic and id. */
export function readOversize(first: number, bytes: Buffer, length: number): Skipped | string {
	const c: Body = { bytes, at: 0, short: false }
	const topic = text(c)
	const id = (first & 6) === 0 ? 0 : uint(c, 2)
	if (c.short || ((first & 6) > 0 && id === 0)) return malformed(first)
	return { kind: 'skipped', topic, id, why: `it has ${length} bytes` }
}

const malformed = (first: number) => `${nameOf(first)} that is malformed`

function readConnack(c: Body, version: Version): Packet | string {
	const flags = uint(c, 1)
	const code = uint(c, 1)
	if (c.short || flags > 1) return malformed(CONNACK << 4)
	if (left(c) === 0) return { kind: 'connack', code, properties: NO_PROPERTIES, old: true }
	const properties = version === 5 ? readProperties(c, 'connack') : undefined
	if (!properties || left(c) > 0) return malformed(CONNACK << 4)
	return { kind: 'connack', code, properties, old: false }
}

/** What a topic must not have; it has at least one character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const ILLEGAL = /[+#\u0000]|^$/

function readPublish(first: number, c: Body, version: Version): Packet | string {
	const qos = (first & 6) >> 1
	const topic = text(c)
	const id = qos === 0 ? 0 : uint(c, 2)
	if (c.short || (qos > 0 && id === 0)) return malformed(first)
	let properties = NO_PROPERTIES
	if (version === 5) {
		const from = c.at
		const length = variable(c)
		// Whoever may publish can send as many properties as a packet holds.
		if (length > MAX_PROPERTIES && length <= left(c)) return { kind: 'skipped', topic, id, why: `it has ${length} bytes of properties` }
		c.at = from
		const found = readProperties(c, 'publish')
		if (!found) return malformed(first)
		properties = found
	}
	if (ILLEGAL.test(topic)) return { kind: 'skipped', topic, id, why: 'a topic must not contain +, # or U+0000' }
	const { user, identifiers } = properties
	const payload = c.bytes.subarray(c.at)
	return { kind: 'publish', topic, payload, retain: (first & 1) === 1, properties: user, receipt: undefined, id, identifiers }
}

function readPuback(c: Body, version: Version): Packet | string {
	const id = uint(c, 2)
	const code = left(c) > 0 && version === 5 ? uint(c, 1) : 0
	if (left(c) > 0 && (version === 4 || !readProperties(c, 'answer'))) return malformed(PUBACK_BYTE)
	return c.short || id === 0 || left(c) > 0 ? malformed(PUBACK_BYTE) : { kind: 'puback', id, code }
}

function readAnswer(kind: 'suback' | 'unsuback', first: number, c: Body, version: Version): Packet | string {
	const id = uint(c, 2)
	if (c.short || id === 0) return malformed(first)
	if (version === 5 && !readProperties(c, 'answer')) return malformed(first)
	return { kind, id, codes: c.bytes.subarray(c.at) }
}

function readDisconnect(c: Body): Packet | string {
	const code = left(c) > 0 ? uint(c, 1) : 0
	if (left(c) > 0 && !readProperties(c, 'disconnect')) return malformed(0xe0)
	return left(c) > 0 ? malformed(0xe0) : { kind: 'disconnect', code }
}
