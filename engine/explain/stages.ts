import type { Explain, Note } from '../bytes/cursor.ts'
import { concat } from '../bytes/hex.ts'
import { type Decoded, type Decoder, type DecoderSettings, decoder } from '../decode/decoder.ts'
import { type LinkName, links } from '../decode/registry.ts'
import { firstFrame } from '../link/hdlc.ts'

/** Bytes that were read on their own, and what they mean. */
export type Stage = { stage: string; bytes: Uint8Array; notes: Note[] }

/**
 * Decodes bytes, with a silence behind each part, and gives what is worth telling of it and, with `stages`, what was read piece by piece: the frames, what
 * they carry, what was ciphered. Frames whose checksum is wrong are explained, too.
 */
export function explainedParts(parts: Uint8Array[], settings: DecoderSettings, stages?: Stage[]): Decoded[] {
	const explain: Explain = (stage, bytes) => {
		const notes: Note[] = []
		stages?.push({ stage, bytes, notes })
		return notes
	}
	const told = worthTelling(decodedOf(decoder({ ...settings, ...(stages && { explain }) }), parts))
	stages?.push(...brokenFrames(settings.link, concat(parts), told))
	return told
}

/** Gives all that a decoder makes of an input, with a silence behind each part. */
export const decodedOf = (reader: Decoder, parts: Uint8Array[]) => parts.flatMap((part) => [...reader.push(part), ...reader.idle()])

/** Noise around telegrams is no telegram; alone it is the answer. */
function worthTelling(decoded: Decoded[]): Decoded[] {
	const loud = decoded.filter((item) => 'telegram' in item || item.reason !== 'noise')
	return loud.length > 0 ? loud : decoded.slice(0, 1)
}

/** Reasons of bytes that have the shape of a frame. */
const DAMAGED = /^([fh]cs|sum|crc|bcc|length|incomplete)$/

/** Frames that were refused, part by part: where each lies in the input, and what is wrong in it. */
function brokenFrames(link: LinkName, input: Uint8Array, decoded: Decoded[]): Stage[] {
	const stages: Stage[] = []
	let from = 0
	for (const item of decoded) {
		if ('telegram' in item || item.kind !== 'discarded' || !DAMAGED.test(item.reason)) continue
		const at = Buffer.from(input.buffer, input.byteOffset, input.length).indexOf(item.bytes, from)
		if (at < 0) continue
		const frame = link === 'hdlc' ? firstFrame(input, at) : frameOf(link, input, at, item.bytes)
		if (frame) {
			const notes = links[link].notes(frame.bytes).filter((note) => note.at + note.length <= frame.bytes.length)
			stages.push({
				stage: `${link === 'hdlc' ? 'HDLC' : 'frame'}, refused frame at byte ${frame.at} of the input`,
				bytes: frame.bytes,
				notes,
			})
		}
		from = at + item.bytes.length
	}
	return stages
}

/** The bytes that were refused, where they begin as a frame; a frame that is whole by its own length reaches further than what was given up of it. */
function frameOf(link: LinkName, input: Uint8Array, at: number, refused: Uint8Array): { at: number; bytes: Uint8Array } | undefined {
	if (!links[link].begins(refused)) return undefined
	const whole = links[link].length?.(input.subarray(at)) ?? refused.length
	return { at, bytes: input.subarray(at, at + Math.max(whole, refused.length)) }
}
