import type { Explain, Note } from '../bytes/cursor.ts'
import { concat } from '../bytes/hex.ts'
import { type Decoded, type Decoder, type DecoderSettings, decoder } from '../decode/decoder.ts'
import { firstFrame, hdlcNotes } from '../link/hdlc.ts'

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
	if (settings.link === 'hdlc') stages?.push(...brokenFrames(parts.length === 1 && parts[0] ? parts[0] : concat(parts), told))
	return told
}

/** Gives all that a decoder makes of an input, with a silence behind each part. */
export const decodedOf = (reader: Decoder, parts: Uint8Array[]) => parts.flatMap((part) => [...reader.push(part), ...reader.idle()])

/** Noise around telegrams is no telegram; alone it is the answer. */
function worthTelling(decoded: Decoded[]): Decoded[] {
	const loud = decoded.filter((item) => 'telegram' in item || item.reason !== 'noise')
	return loud.length > 0 ? loud : decoded.slice(0, 1)
}

/** Frames whose checksum is wrong, part by part: where each lies in the input, what was sent and what the bytes give. */
function brokenFrames(input: Uint8Array, decoded: Decoded[]): Stage[] {
	const stages: Stage[] = []
	let from = 0
	for (const item of decoded) {
		if ('telegram' in item || item.kind !== 'discarded' || !/^[fh]cs$/.test(item.reason)) continue
		const at = Buffer.from(input.buffer, input.byteOffset, input.length).indexOf(item.bytes, from)
		const frame = at < 0 ? undefined : firstFrame(input, at)
		if (!frame) continue
		stages.push({ stage: `HDLC, refused frame at byte ${frame.at} of the input`, bytes: frame.bytes, notes: hdlcNotes(frame.bytes) })
		from = at + item.bytes.length
	}
	return stages
}
