import type { Reason } from '../../schema/types/diagnostics.ts'
import type { Note } from '../bytes/cursor.ts'

/** One link-layer unit whose checksum was verified (or that has none): the bytes as they came, and what they carry. */
export type Frame = {
	kind: 'frame'
	/** Every byte of the unit, flags and checksums included; of all segments where it was segmented. */
	bytes: Uint8Array
	/** The carried bytes, segments joined, link headers and checksums removed. */
	payload: Uint8Array
	/** The sender, as far as the link layer tells (addresses as hex), else empty. */
	source: string
}

/** Bytes that are no frame, and why. */
export type Discarded = { kind: 'discarded'; reason: Reason; bytes: Uint8Array }

/** Whether so many discarded bytes began as a frame. One or two do so by chance: A0 behind a flag looks like the format of an HDLC frame. */
export function isDamage(reason: Reason, length: number): boolean {
	return reason !== 'noise' && reason !== 'duplicate' && length > 2
}

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
	/** Gives the bytes that a fresh decoder must take first to go on where this one is: the held bytes, and a delimiter that opens them. */
	resume(): Uint8Array
}

/** A profile's settings of a link layer. `optional`: a readout that breaks off before its block check is taken all the same. */
export type LinkSettings = { blockCheck?: 'required' | 'optional' }

/** A link layer. */
export type LinkLayer = {
	/** A fresh decoder. */
	open(settings?: LinkSettings): Link
	/** Explains the link layer's own bytes; the bytes are those of a frame. */
	notes(bytes: Uint8Array): Note[]
	/** Whether bytes begin as a frame does, however broken the rest is. */
	begins(bytes: Uint8Array): boolean
	/** The delimiter that frames may share, for bytes of one that lack it; undefined for others. */
	opening?(bytes: Uint8Array): Uint8Array | undefined
	/** The length of a frame that begins the bytes, by what it says itself; absent where frames do not say it. */
	length?(bytes: Uint8Array): number
	/** Whether bytes that it reads are likelier another link layer's, and detection tries those first. */
	unlikely?(bytes: Uint8Array): boolean
	/** The checksum that guards its frames, for people; absent where they have none. */
	check?: string
}
