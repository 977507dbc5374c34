import { axdr, INTEGER, LIST } from '../../engine/application/dlms/axdr.ts'
import { Nodes } from '../../engine/application/nodes.ts'
import { crcX25 } from '../../engine/bytes/crc.ts'
import { cursor } from '../../engine/bytes/cursor.ts'
import { concat } from '../../engine/bytes/hex.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { type Wall, wallAt } from './calendar.ts'
import type { Moment } from './house.ts'
import { digitsOf, valuesOf } from './values.ts'

const FLAG = 0x7e
/** The byte behind which a frame's two check bytes and its flag follow. */
const TAIL = 3

/** A piece of the APDU: `length` bytes that stand at `at` in the frames. */
type Piece = { at: number; length: number }
/** A frame between its flags, from `start` up to its check bytes. */
type Frame = { start: number; check: number; piece: Piece }
/** A number of the push, as the decoder found it: where its content stands in the APDU, its code and the power of ten that belongs to it. */
type Place = { at: number; size: number; code: string; scaler: number }

/**
 * Makes pushes of the form of a recorded one (`bytes`, its HDLC frames; `telegram`, what the decoder made of them): the same frames, blocks and list, with
 * the clock and the values of a moment and checksums that fit. Throws an Error for bytes that are no such push.
 */
export function pushWriter(bytes: Uint8Array, telegram: Telegram): (moment: Moment) => Uint8Array {
	const frames = framesOf(bytes)
	const apdu = concat(frames.map(({ piece }) => bytes.subarray(piece.at, piece.at + piece.length)))
	const { places, clocks } = placesOf(apdu, telegram)
	return (moment) => {
		const written = Uint8Array.from(apdu)
		const values = valuesOf(moment)
		for (const { at, size, code, scaler } of places) putNumber(written, at, size, digitsOf(code, values.get(code) ?? 0, scaler))
		const wall = wallAt(moment.instant)
		for (const at of clocks) putClock(written, at, wall)
		return framed(bytes, frames, written)
	}
}

// 7E | A0 length | addresses | control | HCS HCS | (E6 E7 00)? (E0 control number number length)? data | FCS FCS | 7E
function framesOf(bytes: Uint8Array): Frame[] {
	const frames: Frame[] = []
	let isBlocks = false
	for (let at = 0; at < bytes.length; ) {
		if (bytes[at] === FLAG) {
			at++
			continue
		}
		const length = ((byteAt(bytes, at) & 0x07) << 8) | byteAt(bytes, at + 1)
		let from = at + 2
		for (let address = 0; address < 2; address++) while ((byteAt(bytes, from++) & 1) === 0);
		from += 3
		if (byteAt(bytes, from) === 0xe6) from += 3
		if (frames.length === 0) isBlocks = byteAt(bytes, from) === 0xe0
		if (isBlocks) from += 7
		const check = at + length - 2
		if (length < 9 || check <= from || bytes[check + 2] !== FLAG) throw new Error('the recording to write into is no push in HDLC frames')
		frames.push({ start: at, check, piece: { at: from, length: check - from } })
		at += length + TAIL - 2
	}
	return frames
}

const byteAt = (bytes: Uint8Array, at: number) => bytes[at] ?? 1

/** Gives the frames with another APDU of the same length. */
function framed(bytes: Uint8Array, frames: Frame[], apdu: Uint8Array): Uint8Array {
	const written = Uint8Array.from(bytes)
	let taken = 0
	for (const { start, check, piece } of frames) {
		written.set(apdu.subarray(taken, taken + piece.length), piece.at)
		taken += piece.length
		const crc = crcX25(written, start, check)
		written[check] = crc & 0xff
		written[check + 1] = crc >> 8
	}
	return written
}

// 0F invoke-id u32 | length, date and time | 02 n: 01 n descriptors, the first of this list itself, then n - 1 values
function placesOf(apdu: Uint8Array, { registers }: Telegram): { places: Place[]; clocks: number[] } {
	const clocks = apdu[5] === 12 ? [6] : []
	const c = cursor(apdu)
	c.at = 6 + byteAt(apdu, 5)
	const nodes = new Nodes()
	if (apdu[0] !== 0x0f || axdr(c, newBudget(), nodes) || nodes.kinds[1] !== LIST)
		throw new Error('the recording to write into is no push list')
	const places: Place[] = []
	let node = nodes.nexts[1] as number
	for (const { code, value } of registers) {
		const [at, size] = [nodes.starts[node] as number, nodes.size(node)]
		if (value.kind === 'clock') clocks.push(at)
		if (nodes.kinds[node] === INTEGER && value.kind === 'number')
			places.push({ at, size, code: code.obis?.short ?? '', scaler: value.scaler ?? 0 })
		node = nodes.nexts[node] as number
	}
	return { places, clocks }
}

function putNumber(bytes: Uint8Array, at: number, size: number, value: number): void {
	for (let byte = size - 1, rest = value; byte >= 0; byte--, rest = Math.floor(rest / 256)) bytes[at + byte] = rest % 256
}

// YYYY MM DD dow | hh mm ss hundredths | deviation i16 | status
/** Writes a COSEM date and time. Fields that the recorded meter leaves open stay open; its doubt about its own clock goes. */
function putClock(bytes: Uint8Array, at: number, { local, offset, isSummer }: Wall): void {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = local.split(/[-T:]/).map(Number)
	const weekday = new Date(`${local}Z`).getUTCDay() || 7
	bytes.set([year >> 8, year & 0xff, month, day, weekday, hour, minute, second], at)
	const saysOffset = bytes[at + 9] !== 0x80
	if (saysOffset) bytes.set([(-offset >> 8) & 0xff, -offset & 0xff], at + 9)
	const keepsSeason = (byteAt(bytes, at + 11) & 0x80) !== 0
	bytes[at + 11] = keepsSeason && isSummer ? 0x80 : 0
}
