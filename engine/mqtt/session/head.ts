import { isLegalText, isTopic } from '../legal.ts'
import type { OutMessage } from '../message.ts'
import type { Version } from './packets.ts'

/** Topics whose heads are kept: four of each of ten thousand meters (reading, state, info, diagnostics), and those of the process. */
const MANY = 50_000
/** Bytes of a packet's properties at most. */
const MAX_PROPERTIES = 65_535
const USER_PROPERTY = 38
const CONTENT_TYPE = 3
/** Payload format indicator: text. */
const TEXT = 0x0101

type Constant = { topic: string; properties?: Texts | undefined; contentType?: string | undefined }

/** What stands before the payload of a message. It is checked and written once for all messages of a topic that have the same properties. */
export class Head {
	readonly topic: string
	readonly properties: Texts
	readonly contentType: string | undefined
	/** Why a broker would close the connection for it, again after each reconnect. */
	readonly fault: string | undefined
	#written: Buffer | undefined
	#version: Version = 5

	/** `known`: a head without a fault of the same topic. */
	constructor({ topic, properties, contentType }: Constant, known?: Head) {
		this.topic = topic
		this.properties = properties
		this.contentType = contentType
		this.fault = known || isTopic(topic) ? faultOf(this) : `nothing is published on "${topic}": ${NO_TOPIC}`
	}

	/** Gives its bytes: the topic, two bytes for the packet identifier, and the properties of MQTT 5. */
	bytes(version: Version): Buffer {
		if (!this.#written || this.#version !== version) this.#written = written(this, version)
		this.#version = version
		return this.#written
	}
}

/** Heads by their topics, at most so many: the one of a message that has the properties of the last one on its topic is found, another is made. */
export class Heads {
	readonly #most: number
	readonly #known = new Map<string, Head>()

	constructor(most = MANY) {
		this.#most = most
	}

	of(message: Constant): Head {
		const { topic, properties, contentType } = message
		const known = this.#known.get(topic)
		if (known && known.contentType === contentType && same(known.properties, properties)) return known
		const head = new Head(message, known)
		if (head.fault !== undefined) return head
		if (!known && this.#known.size >= this.#most) this.#known.clear()
		this.#known.set(topic, head)
		return head
	}

	get size(): number {
		return this.#known.size
	}
}

type Texts = OutMessage['properties']

/** Says whether they are one object, or say the same. */
function same(one: Texts, other: Texts): boolean {
	if (one === other) return true
	if (!one || !other) return false
	let more = 0
	for (const name in one) {
		if (one[name] !== other[name]) return false
		more++
	}
	for (const _name in other) more--
	return more === 0
}

const NO_TOPIC = 'a topic must not contain +, # or control characters, nor be longer than a broker takes'

function faultOf({ topic, properties, contentType }: Constant): string | undefined {
	let isLegal = contentType === undefined || isLegalText(contentType)
	let length = contentType?.length ?? 0
	for (const name in properties) {
		const value = properties[name] as string
		isLegal &&= isLegalText(name) && isLegalText(value)
		length += 5 + name.length + value.length
	}
	if (isLegal && 3 * length < MAX_PROPERTIES) return undefined
	return `a message on ${topic} is not published: its properties ${isLegal ? 'are too long' : 'contain control characters'}`
}

/** Heads are written here, and then copied: the length of a text shows when it is written. */
let scratch = Buffer.allocUnsafe(1024)
let at = 0

function written({ topic, properties, contentType }: Constant, version: Version): Buffer {
	let most = 16 + 3 * (topic.length + (contentType?.length ?? 0))
	for (const name in properties) most += 5 + 3 * (name.length + (properties[name] as string).length)
	if (scratch.length < most) scratch = Buffer.allocUnsafe(most)
	at = 0
	writeText(topic)
	at += 2
	if (version === 5) {
		const from = at
		// Room for the longest length of properties, which are moved when it is known.
		at += 3
		if (contentType !== undefined) {
			at = scratch.writeUInt16BE(TEXT, at)
			scratch[at++] = CONTENT_TYPE
			writeText(contentType)
		}
		for (const name in properties) {
			scratch[at++] = USER_PROPERTY
			writeText(name)
			writeText(properties[name] as string)
		}
		const length = at - from - 3
		const place = writeVariable(scratch, length, from)
		scratch.copyWithin(place, from + 3, at)
		at = place + length
	}
	return Buffer.from(scratch.subarray(0, at))
}

function writeText(text: string): void {
	const length = scratch.write(text, at + 2)
	scratch.writeUInt16BE(length, at)
	at += 2 + length
}

/** Writes a number seven bits a byte, and gives the place behind it. */
export function writeVariable(bytes: Buffer, value: number, place: number): number {
	let rest = value
	let next = place
	while (rest > 127) {
		bytes[next++] = (rest & 127) | 128
		rest >>= 7
	}
	bytes[next++] = rest
	return next
}
