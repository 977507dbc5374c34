/** A packet: its first byte, and what follows its length. */
export type Framed = { first: number; body: Buffer }

/** A packet that is wrong: its connection ends by it. */
export class Malformed extends Error {}

/** Cuts a client's bytes into packets. A packet that is too long is refused before it has come. */
export class Framing {
	/** Bytes that a packet may have. */
	limit: number
	#bytes: Buffer = Buffer.alloc(0)
	#start = 0
	#end = 0

	constructor(limit: number) {
		this.limit = limit
	}

	/** Adds bytes as they came. The buffer doubles: a packet that comes byte by byte is not copied for each. */
	add(chunk: Buffer): void {
		const held = this.#end - this.#start
		if (held === 0) {
			this.#bytes = chunk
			this.#start = 0
			this.#end = chunk.length
			return
		}
		if (this.#owned !== this.#bytes || this.#end + chunk.length > this.#bytes.length) {
			const larger = Buffer.allocUnsafeSlow(2 * (held + chunk.length))
			this.#bytes.copy(larger, 0, this.#start, this.#end)
			this.#bytes = this.#owned = larger
			this.#start = 0
			this.#end = held
		}
		chunk.copy(this.#bytes, this.#end)
		this.#end += chunk.length
	}

	/** The buffer that is ours to write to: a chunk is not. */
	#owned: Buffer | undefined

	/** Gives the next whole packet; undefined until more bytes come. Throws `Malformed`. */
	next(): Framed | undefined {
		const first = this.#bytes[this.#start]
		if (first === undefined || this.#start >= this.#end) return undefined
		let length = 0
		for (let at = this.#start + 1, factor = 1; ; at++, factor *= 128) {
			if (factor > 128 ** 3) throw new Malformed('a length of more than four bytes')
			if (at >= this.#end) return undefined
			const byte = this.#bytes[at] ?? 0
			length += (byte & 127) * factor
			if (length > this.limit) throw new Malformed(`a packet of ${length} bytes or more: at most ${this.limit} are taken`)
			if (byte >= 128) continue
			if (at + 1 + length > this.#end) return undefined
			this.#start = at + 1 + length
			return { first, body: this.#bytes.subarray(at + 1, this.#start) }
		}
	}
}
