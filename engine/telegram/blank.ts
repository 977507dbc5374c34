import { crcX25 } from '../bytes/crc.ts'
import { type Clock, cosemClock, instantClock, p1ClockAt } from './clock.ts'

/** A number: big-endian of 1 to 8 bytes, or digits with a point at `point` (-1: none), 15 at most. */
export type NumberBlank =
	| { at: number; size: number; kind: 'unsigned' | 'signed' }
	| { at: number; size: number; kind: 'decimal'; point: number }

/**
 * A time: COSEM's 12 octets, `notified` those of the notification itself, P1's text, seconds since 1970 of 1 to 8 bytes with an offset in minutes (SML).
 */
export type ClockBlank =
	| { at: number; size: number; kind: 'cosem' | 'notified' | 'p1' }
	| { at: number; size: number; kind: 'seconds'; offset: number }

/** Bytes of which nothing is made: counters of transactions, signatures. */
type IgnoredBlank = { at: number; size: number; kind: 'ignored' }

/** The CRC-16/X-25 of the bytes from `from` up to `to`, its low byte first; one byte where the first is 0 (SML). */
export type CheckBlank = { at: number; size: number; kind: 'check'; from: number; to: number }

/** Where in a telegram something stands that is another in the next, and how it is read. */
export type Blank = NumberBlank | ClockBlank | IgnoredBlank | CheckBlank

/** Whether a blank holds a number. */
export function isNumber(blank: Blank): blank is NumberBlank {
	return blank.kind === 'unsigned' || blank.kind === 'signed' || blank.kind === 'decimal'
}

const [ZERO, POINT] = [0x30, 0x2e]

/** The number in a blank; undefined where it is none, or one that a double does not hold. */
export function numberAt(bytes: Uint8Array, blank: NumberBlank): number | undefined {
	const { at, size, kind } = blank
	if (kind === 'decimal') return decimalAt(bytes, at, size, blank.point)
	if (size === 4 && kind === 'unsigned')
		// Most counters of a push are such.
		return (
			(bytes[at] as number) * 0x1000000 + (((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
		)
	let from = at
	const negative = kind === 'signed' && (bytes[at] as number) >= 0x80
	if (size > 6) {
		// Counters of eight bytes, of which six are needed.
		for (from = at; from < at + size - 6; from++) if (bytes[from] !== (negative ? 0xff : 0)) return undefined
		if (kind === 'signed' && (bytes[from] as number) >= 0x80 !== negative) return undefined
	}
	let value = bytes[from] as number
	for (let next = from + 1; next < at + size; next++) value = value * 256 + (bytes[next] as number)
	return negative ? value - 256 ** (at + size - from) : value
}

function decimalAt(bytes: Uint8Array, at: number, size: number, point: number): number | undefined {
	let value = 0
	for (let place = 0; place < size; place++) {
		const byte = bytes[at + place] as number
		const digit = byte - ZERO
		if (digit >= 0 && digit <= 9) value = value * 10 + digit
		else if (place !== point || byte !== POINT) return undefined
	}
	return point >= 0 && bytes[at + point] !== POINT ? undefined : value
}

/** The time in a blank; undefined where it is none. */
export function clockAt(bytes: Uint8Array, blank: ClockBlank): Clock | undefined {
	if (blank.kind === 'p1') return p1ClockAt(bytes, blank.at, blank.size)
	if (blank.kind !== 'seconds') return cosemClock(bytes, blank.at)
	const seconds = numberAt(bytes, { kind: 'unsigned', at: blank.at, size: blank.size })
	return seconds === undefined ? undefined : instantClock(seconds, blank.offset)
}

/** Whether a checksum is right. */
export function isRight(bytes: Uint8Array, { at, size, from, to }: CheckBlank): boolean {
	const crc = crcX25(bytes, from, to)
	return numberAt(bytes, { kind: 'unsigned', at, size }) === (((crc & 0xff) << 8) | (crc >> 8))
}

/** Puts something else into a blank, of its own kind; `place` makes each another. Checksums fit afterwards, if they come after what they are of. */
export function alter(bytes: Uint8Array, blank: Blank, place: number): void {
	const { kind, at, size } = blank
	const last = at + size - 1
	switch (kind) {
		case 'decimal':
			for (let next = at; next <= last; next++)
				if (bytes[next] !== POINT) bytes[next] = ZERO + (((bytes[next] as number) - ZERO + 1 + (place % 9)) % 10)
			break
		case 'cosem':
		case 'notified':
			bytes[at + 6] = ((bytes[at + 6] as number) + 17) % 60
			break
		case 'p1':
			bytes[at + 9] = ZERO + (((bytes[at + 9] as number) - ZERO + 3) % 10)
			break
		case 'check': {
			const crc = crcX25(bytes, blank.from, blank.to)
			bytes.set(size === 2 ? [crc & 0xff, crc >> 8] : [crc >> 8], at)
			break
		}
		default:
			bytes[last] = (bytes[last] as number) ^ (1 + ((place * 37) % 255))
			if (size > 1) bytes[last - 1] = (bytes[last - 1] as number) ^ 0x15
	}
}
