import type { Reason } from '../../schema/types/diagnostics.ts'

/** One link-layer unit whose checksum was verified (or that has none): the bytes as they came, and what they carry. */
export type Frame = {
	kind: 'frame'
	/** Every byte of the unit, flags and checksums included; of all segments where it was segmented. */
	bytes: Uint8Array
	/** The carried bytes, segments joined, link headers and checksums removed. */
	payload: Uint8Array
	/** Who sent it, as far as the link layer tells (addresses as hex), else empty. */
	source: string
}

/** Bytes that are no frame, and why. */
export type Discarded = { kind: 'discarded'; reason: Reason; bytes: Uint8Array }

export type LinkEvent = Frame | Discarded

/**
 * A link-layer decoder. What comes out, put together, is what went in: every byte is in one frame or in one Discarded,
 * or still held.
 */
export type Link = {
	/** Takes bytes in any split and gives what they completed. */
	push(chunk: Uint8Array): LinkEvent[]
	/** Says that nothing came for a while (or that the input ended): what is held is decided now. */
	idle(): LinkEvent[]
	/** The bytes taken in that no event has given back yet. */
	held(): Uint8Array
	/** What a fresh decoder must be given first to go on where this one is: the held bytes, and a delimiter that opens them. */
	resume(): Uint8Array
}

export type LinkName = 'hdlc' | 'p1' | 'llc' | 'raw'
