import { createCipheriv, createHash } from 'node:crypto'
import { open } from '../../application/cipher.ts'
import { crcX25 } from '../../bytes/crc.ts'
import { cursor } from '../../bytes/cursor.ts'
import { concat, fromHex } from '../../bytes/hex.ts'
import { hdlcNotes } from '../../link/hdlc.ts'
import { mbusNotes } from '../../link/mbus.ts'
import type { Keys } from '../../telegram/telegram.ts'
import type { OpenFrame } from './frames.ts'
import { repairSums } from './mbus.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** Published for testing: whoever reads an anonymized recording may have them. The key of the DLMS Green Book's examples. */
export const TEST_KEYS = { encryption: '000102030405060708090A0B0C0D0E0F', authentication: 'D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF' }

/** How the telegrams of a recording are ciphered; undefined when they are not. */
export type Sealed = 'encrypted' | 'authenticated' | undefined

/** Where the data that a frame carries lie in its bytes. */
type Span = { frame: Uint8Array; at: number; length: number }

/**
 * Gives frames of DLMS with the ids in what they carry replaced, their checksums right. An id may lie across two blocks: all that they carry is looked at as one. Ciphered telegrams are
 * opened with the meter's keys and closed with the test keys; gives in words why that cannot be done.
 */
export function dlmsFrames(
	frames: OpenFrame[],
	link: 'hdlc' | 'mbus',
	ids: Pseudonyms,
	keys: Keys,
): { frames: Uint8Array[]; sealed: Sealed } | string {
	const made = frames.map(({ bytes }) => Uint8Array.from(bytes))
	const spans = made.flatMap((frame, place) => (link === 'hdlc' ? hdlcSpans(frame) : mbusSpans(frame, frames[place]?.payload.length ?? 0)))
	const content = concat(spans.map(({ frame, at, length }) => frame.slice(at, at + length)))
	const changed = resealed(ids, content, keys)
	if (typeof changed === 'string') return changed
	let place = 0
	for (const { frame, at, length } of spans) {
		frame.set(changed.content.subarray(place, place + length), at)
		place += length
	}
	for (const frame of made) link === 'hdlc' ? repairHdlc(frame) : repairSums(frame)
	return { frames: made, sealed: changed.sealed }
}

const hdlcSpans = (frame: Uint8Array) =>
	hdlcNotes(frame)
		.filter(({ text }) => text === 'information')
		.map(({ at, length }) => carried(frame, at, length))

/** The segments of frames that carry so many bytes together: in each, the same number of bytes stands before them. */
function mbusSpans(frame: Uint8Array, length: number): Span[] {
	const data = mbusNotes(frame).filter(({ text }) => text === 'data')
	const before = (data.reduce((sum, note) => sum + note.length, 0) - length) / Math.max(1, data.length)
	return data.map((note) => carried(frame, note.at + before, note.length - before))
}

/** Where the data of an information field lie: behind the LLC header, and the header of a block. */
function carried(frame: Uint8Array, at: number, length: number): Span {
	let start = at
	if (frame[start] === 0xe6) start += 3
	if (frame[start] === 0xe0) start += (frame[start + 6] ?? 0) > 0x80 ? 7 + ((frame[start + 6] ?? 0) & 0x7f) : 7
	return { frame, at: start, length: at + length - start }
}

/** Replaces ids; ciphered APDUs are opened first and closed with the test keys. */
function resealed(ids: Pseudonyms, content: Uint8Array, keys: Keys): { content: Uint8Array; sealed: Sealed } | string {
	const made = Uint8Array.from(content)
	let sealed: Sealed
	for (let at = 0; at < content.length; at++) {
		if (content[at] !== 0xdb || content[at + 1] !== 0x08) continue
		const c = cursor(content.subarray(at + 1))
		const opened = open(c, { keys, authentication: 'optional' })
		if (opened.kind === 'rejected') {
			if (opened.reason === 'nokey')
				return 'ciphered telegrams are anonymized with their key only: record from a config that has it (--config, --meter)'
			if (opened.reason === 'length') continue
			return `a ciphered telegram cannot be opened: ${opened.detail}`
		}
		made.set(seal(ids, content.subarray(at, at + 1 + c.at), opened.plaintext), at)
		sealed = opened.tagged ? 'authenticated' : 'encrypted'
		at += c.at
	}
	return sealed ? { content: made, sealed } : { content: ids.bytes(content), sealed }
}

function seal(ids: Pseudonyms, apdu: Uint8Array, plaintext: Uint8Array): Uint8Array {
	const made = Uint8Array.from(apdu)
	const title = ids.bytes(apdu.subarray(2, 10))
	made.set(title, 2)
	const first = apdu[10] ?? 0
	const inside = 11 + (first > 0x80 ? first & 0x7f : 0)
	const control = apdu[inside] ?? 0
	const [key, authentication] = [fromHex(TEST_KEYS.encryption), fromHex(TEST_KEYS.authentication)]
	if (!key || !authentication) return made
	const cipher = createCipheriv('aes-128-gcm', key, concat([title, apdu.subarray(inside + 1, inside + 5)]), { authTagLength: 12 })
	cipher.setAAD(concat([Uint8Array.of(control), authentication]))
	made.set(cipher.update(ids.bytes(plaintext)), inside + 5)
	cipher.final()
	if (control & 0x10) made.set(cipher.getAuthTag(), apdu.length - 12)
	return made
}

/** Makes HCS and FCS of a frame's bytes right. */
function repairHdlc(bytes: Uint8Array): void {
	let start = 0
	for (const { at, text } of hdlcNotes(bytes)) {
		if (text.startsWith('format')) start = at
		if (!text.includes('check sequence')) continue
		const crc = crcX25(bytes.subarray(start, at))
		bytes[at] = crc & 0xff
		bytes[at + 1] = crc >> 8
	}
}

/** Gives the title that stands for another: the maker's three letters stay, the number behind them does not. */
export function otherTitle(title: string, salt: string): Uint8Array {
	const bytes = fromHex(title) ?? new Uint8Array(8)
	const digest = createHash('sha256')
		.update(salt + title)
		.digest()
	return concat([bytes.subarray(0, 3), digest.subarray(0, bytes.length - 3)])
}
