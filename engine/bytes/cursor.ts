/** A place in some bytes. Reading past the end never throws: it gives zeros, and `short` says so from then on. */
export type Cursor = {
	readonly bytes: Uint8Array
	at: number
	short: boolean
	/** Notes on what was read, for people; only where somebody asked. */
	notes?: Note[]
}

/** The part of a telegram that bytes belong to: the frame around all, ciphering, the telegram's own structure, or a value that the meter tells. */
export type Layer = 'link' | 'cipher' | 'application' | 'value'

/** The meaning of some bytes. `layer`: where it is not the usual one of its stage (a frame's link layer, else the application). */
export type Note = {
	at: number
	length: number
	text: string
	layer?: Layer
	/** What was made of the bytes: registers, values, records; of a message the paths of its values. */
	of?: unknown[]
}

/** Asks for an explanation: called with each piece of bytes that is read on its own, gives the list that its notes go into. */
export type Explain = (stage: string, bytes: Uint8Array) => Note[]

/** A cursor at the first of `bytes`; with `explain`, what is read is noted down. */
export function cursor(bytes: Uint8Array, stage = '', explain?: Explain): Cursor {
	return explain ? { bytes, at: 0, short: false, notes: explain(stage, bytes) } : { bytes, at: 0, short: false }
}

/**
 * Notes what the bytes from `from` to the cursor mean, and what they became (`of`). Callers look whether there are `notes` first: the text is made only
 * where somebody asked.
 */
export function note(c: Cursor, from: number, text: string, layer?: Layer, of?: unknown[]): void {
	c.notes?.push({ at: from, length: c.at - from, text, ...(layer && { layer }), ...(of && { of }) })
}

/** Takes an unsigned integer, and notes what it means. */
export function noted(c: Cursor, size: number, say: (value: number) => string): number {
	const value = uint(c, size)
	if (c.notes) note(c, c.at - size, say(value))
	return value
}

/** How many bytes are left to read. */
export function left(c: Cursor): number {
	return c.bytes.length - c.at
}

/** The next byte without taking it, or -1 at the end. */
export function peek(c: Cursor, ahead = 0): number {
	return c.bytes[c.at + ahead] ?? -1
}

/** Passes `n` bytes and gives where they begin; when fewer are left: the end, and `short`. A view of them takes longer than to read a few by their places. */
export function pass(c: Cursor, n: number): number {
	const from = c.at
	if (n > left(c)) {
		c.short = true
		c.at = c.bytes.length
		return c.at
	}
	c.at += n
	return from
}

/** Takes `n` bytes as a view (no copy); when fewer are left: an empty view, and `short`. */
export function take(c: Cursor, n: number): Uint8Array {
	const from = pass(c, n)
	return c.bytes.subarray(from, c.at)
}

/** Takes an unsigned big-endian integer of 1 to 6 bytes. */
export function uint(c: Cursor, size: number): number {
	const { bytes, at } = c
	if (size > bytes.length - at) {
		c.short = true
		c.at = bytes.length
		return 0
	}
	c.at = at + size
	// Most numbers of a telegram have four bytes.
	if (size === 4)
		return (
			(bytes[at] as number) * 0x1000000 + (((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
		)
	let value = bytes[at] as number
	for (let next = at + 1; next < at + size; next++) value = value * 256 + (bytes[next] as number)
	return value
}

/** Takes a signed (two's complement) big-endian integer of 1 to 6 bytes. */
export function int(c: Cursor, size: number): number {
	const value = uint(c, size)
	const sign = size === 1 ? 0x80 : size === 2 ? 0x8000 : size === 4 ? 0x80000000 : 2 ** (size * 8 - 1)
	return value >= sign ? value - 2 * sign : value
}

/** Takes a big-endian integer of 1 to 8 bytes: a number while a double holds it exactly, else a bigint. */
export function integer(c: Cursor, size: number, signed: boolean): number | bigint {
	if (size <= 6) return signed ? int(c, size) : uint(c, size)
	const high = signed ? int(c, size - 4) : uint(c, size - 4)
	const low = uint(c, 4)
	const value = high * 0x1_0000_0000 + low
	return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low)
}

/**
 * Takes a BER length (X.690, 8.1.3): one byte below 80, else 81..84 and that many bytes.
 * The indefinite form (80) and longer ones are refused: `short` is set.
 */
export function berLength(c: Cursor): number {
	const first = uint(c, 1)
	if (first < 0x80) return first
	if (first === 0x80 || first > 0x84) {
		c.short = true
		return 0
	}
	return uint(c, first & 0x7f)
}
