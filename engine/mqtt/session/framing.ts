import { CONNACK, firstFault, nameOf, PUBACK_BYTE, PUBLISH, type Version } from './packets.ts'

/**
 * Bytes of the largest message that is taken: as many as an outbox holds, so that this process can read again what it has published. MQTT allows
 * 256 MB, which would have to be held at once.
 */
export const MAX_PACKET = 16 * 1024 * 1024
/** Bytes of the largest packet of another kind. */
const MAX_CONTROL = 65_536
/** Bytes by which topic and id of a message end. */
const HEAD = 2 + 65_535 + 2

export type FramingSettings = {
	version: Version
	/** Called with each packet: its first byte, and its body, which of a message alone may be kept. Gives in words what is wrong with it. */
	take: (first: number, body: Buffer) => string | undefined
	/** Called with each acknowledgement in its short forms, which are most of all packets, for `take`. */
	puback: (id: number, code: number) => string | undefined
	/** Called with the beginning of a message of `length` bytes, which is too large. */
	oversize: (first: number, head: Buffer, length: number) => string | undefined
}

/** Cuts the bytes of a broker into packets. A packet is refused before it is held; of a message that is too large only its beginning is. */
export class Framing {
	readonly #settings: FramingSettings
	/** First byte of the packet that has begun; -1 before it. */
	#first = -1
	#length = 0
	/** What the next seven bits of the length count; 0 when the length is known. */
	#factor = 1
	/** The body of a packet that came in pieces, and how much of it is there. */
	#body: Buffer | undefined
	#filled = 0
	/** Bytes that are passed over. */
	#skip = 0
	/** Only a CONNACK may come first. */
	#answered = false

	constructor(settings: FramingSettings) {
		this.#settings = settings
	}

	/** Takes bytes as they came, and keeps none of their memory; gives in words what is wrong with them: nothing more can be read then. */
	push(chunk: Buffer): string | undefined {
		let at = 0
		while (at < chunk.length) {
			if (this.#skip > 0) {
				const passed = Math.min(this.#skip, chunk.length - at)
				this.#skip -= passed
				at += passed
			} else if (this.#body) {
				const copied = chunk.copy(this.#body, this.#filled, at)
				this.#filled += copied
				at += copied
				const fault = this.#filled === this.#body.length ? this.#whole(this.#body) : undefined
				if (fault !== undefined) return fault
			} else {
				const fault = this.#header(chunk[at++] ?? 0)
				if (fault !== undefined) return fault
				if (this.#factor > 0) continue
				if (this.#length <= MAX_PACKET && chunk.length - at >= this.#length) {
					const from = at
					at += this.#length
					const wrong = this.#inside(chunk, from, at)
					if (wrong !== undefined) return wrong
				} else {
					// Untouched, memory costs nothing: a broker that announces much and sends little takes little.
					this.#body = Buffer.allocUnsafeSlow(this.#length > MAX_PACKET ? HEAD : this.#length)
					this.#filled = 0
				}
			}
		}
		return undefined
	}

	#header(byte: number): string | undefined {
		const { version } = this.#settings
		if (this.#first < 0) {
			this.#first = byte
			this.#length = 0
			this.#factor = 1
			const early = !this.#answered && byte >> 4 !== CONNACK ? `${nameOf(byte)} before it has answered` : undefined
			this.#answered = true
			return early ?? firstFault(byte, version)
		}
		this.#length += (byte & 0x7f) * this.#factor
		if (byte >= 0x80) {
			this.#factor *= 128
			return this.#factor > 128 ** 3 ? `${nameOf(this.#first)} whose length has more than four bytes` : undefined
		}
		this.#factor = 0
		const large = this.#first >> 4 !== PUBLISH && this.#length > MAX_CONTROL
		return large ? `${nameOf(this.#first)} of ${this.#length} bytes` : undefined
	}

	/** A packet whose body lies within a chunk. */
	#inside(chunk: Buffer, from: number, to: number): string | undefined {
		if (this.#first === PUBACK_BYTE && (to - from === 2 || (to - from === 3 && this.#settings.version === 5))) {
			this.#next()
			return this.#settings.puback(chunk.readUInt16BE(from), to - from === 3 ? (chunk[from + 2] ?? 0) : 0)
		}
		if (this.#first >> 4 !== PUBLISH) return this.#whole(chunk.subarray(from, to))
		const body = Buffer.allocUnsafe(to - from)
		chunk.copy(body, 0, from, to)
		return this.#whole(body)
	}

	#next(): void {
		this.#first = -1
		this.#factor = 1
		this.#body = undefined
	}

	#whole(body: Buffer): string | undefined {
		const { take, oversize } = this.#settings
		const [first, length] = [this.#first, this.#length]
		this.#next()
		if (length <= MAX_PACKET) return take(first, body)
		this.#skip = length - body.length
		return oversize(first, body, length)
	}
}
