/** Least room for bytes to come, so that a line which gives one at a time is not copied for each. */
const LEAST_ROOM = 512

const NOTHING = new Uint8Array(0)

/**
 * The bytes that a link layer holds, from the first that it has not decided. What was cut off stays as it is: bytes are only ever written behind those
 * that came before, and to append one costs the same however many are held.
 */
export class Held {
	/** The bytes, as a view. */
	bytes: Uint8Array = NOTHING
	/** Whether more room than `bytes` lies behind it, and is ours to write to. */
	#isOurs = false

	/** Appends a chunk. The first is kept as it is: mostly it is a whole frame. */
	append(chunk: Uint8Array): void {
		const { bytes } = this
		if (bytes.length === 0) {
			this.bytes = chunk
			this.#isOurs = false
			return
		}
		const size = bytes.length + chunk.length
		const end = bytes.byteOffset + size
		if (this.#isOurs && end <= bytes.buffer.byteLength) {
			const all = new Uint8Array(bytes.buffer, bytes.byteOffset, size)
			all.set(chunk, bytes.length)
			this.bytes = all
			return
		}
		const all = new Uint8Array(Math.max(2 * size, LEAST_ROOM))
		all.set(bytes)
		all.set(chunk, bytes.length)
		this.bytes = all.subarray(0, size)
		this.#isOurs = true
	}

	/** Cuts off the first bytes, and gives them. */
	cut(count: number): Uint8Array {
		const { bytes } = this
		if (count === bytes.length) {
			// What lies behind belongs to nobody: the next chunk is kept as it is.
			this.bytes = NOTHING
			return bytes
		}
		this.bytes = bytes.subarray(count)
		return bytes.subarray(0, count)
	}
}
