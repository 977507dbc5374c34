const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'))

/** Bytes from `from` up to `to` as upper-case hex digits, two a byte, nothing between. */
export function hex(bytes: Uint8Array, from = 0, to = bytes.length): string {
	if (to - from > FEW) return buffer(bytes).toString('hex', from, to).toUpperCase()
	let text = ''
	for (let at = from; at < to; at++) text += digits[bytes[at] as number]
	return text
}

/** So many bytes are quicker put together here, one by one: more leave a text behind for each. */
const FEW = 6

/** Gives the same bytes as Node's Buffer. */
export function buffer(bytes: Uint8Array): Buffer {
	return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** One byte as two hex digits. */
export function hexByte(byte: number): string {
	return digits[byte] as string
}

/** Bytes as hex digits, the last byte first: as digits of a number that is sent from its lowest byte. */
export function hexBackwards(bytes: Uint8Array): string {
	return hex(Uint8Array.from(bytes).reverse())
}

/**
 * Hex text to bytes. White space is skipped and `#` starts a comment that ends with the line.
 * Anything else, or an odd number of digits, gives undefined.
 */
export function fromHex(text: string): Uint8Array | undefined {
	const compact = /[#\s]/.test(text) ? text.replace(/#.*$/gm, '').replace(/\s+/g, '') : text
	if (compact.length % 2 !== 0) return undefined
	const bytes = new Uint8Array(compact.length / 2)
	for (let at = 0; at < bytes.length; at++) {
		const [high, low] = [nibble(compact.charCodeAt(2 * at)), nibble(compact.charCodeAt(2 * at + 1))]
		if (high < 0 || low < 0) return undefined
		bytes[at] = high * 16 + low
	}
	return bytes
}

/** The value of a hex digit's character; -1 for any other. */
export function nibble(code: number): number {
	if (code >= 0x30 && code <= 0x39) return code - 0x30
	const letter = code | 0x20
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** Joins parts into one array; a single part is given back as it is, and parts that follow each other in memory as one view of it. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
	const [first] = parts
	if (first && parts.length === 1) return first
	let size = 0
	let adjacent = first !== undefined
	for (let place = 0; place < parts.length; place++) {
		const part = parts[place] as Uint8Array
		if (adjacent) adjacent = part.byteOffset === (first as Uint8Array).byteOffset + size && part.buffer === first?.buffer
		size += part.length
	}
	if (first && adjacent) return new Uint8Array(first.buffer, first.byteOffset, size)
	const whole = room(size)
	let at = 0
	for (const part of parts) {
		// To ask for a copy takes as long as to copy twenty bytes.
		if (part.length > 20) whole.set(part, at)
		else for (let next = 0; next < part.length; next++) whole[at + next] = part[next] as number
		at += part.length
	}
	return whole
}

/** Gives bytes that are kept: a copy of those that are a small part of something larger, which would be kept with them. */
export function own(bytes: Uint8Array): Uint8Array {
	return bytes.buffer.byteLength > MOST_AROUND * bytes.length ? new Uint8Array(bytes) : bytes
}

const MOST_AROUND = 16

/** Whether two pieces hold the same bytes. */
export function equal(one: Uint8Array, other: Uint8Array): boolean {
	return one.length === other.length && one.every((byte, at) => byte === other[at])
}

/** Finds a byte at or after `from`; -1 for nowhere. Node's search is much faster than a typed array's. */
export function indexOf(bytes: Uint8Array, value: number, from = 0): number {
	return bytes[from] === value ? from : Buffer.prototype.indexOf.call(bytes, value, from)
}

const POOL = 32 * 1024
let pool = new Uint8Array(POOL)
let used = 0

/** Cuts an array from a larger piece: cheaper than one of its own. */
function room(size: number): Uint8Array {
	if (size > 2048) return new Uint8Array(size)
	if (used + size > POOL) {
		pool = new Uint8Array(POOL)
		used = 0
	}
	used += size
	return pool.subarray(used - size, used)
}

/** True when every byte is printable ASCII (20..7E) and there is at least one. */
export function printable(bytes: Uint8Array): boolean {
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] as number
		if (byte < 0x20 || byte > 0x7e) return false
	}
	return bytes.length > 0
}

/** Bytes from `from` up to `to` as text, one character a byte (Latin-1): nothing is lost and nothing refused. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
	if (to - from > FEW) return buffer(bytes).toString('latin1', from, to)
	let text = ''
	for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] as number)
	return text
}

/** The bytes of a text of one-byte characters, as `latin1` made it; higher characters are cut to their low byte. */
export function fromLatin1(text: string): Uint8Array {
	return new Uint8Array(Buffer.from(text, 'latin1'))
}
