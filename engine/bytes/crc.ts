/** Bytes that are taken in one step. */
const STEP = 16

/** Of a reflected polynomial: the remainder of each byte with 0 to 15 bytes of zeros behind it, 256 of each. */
function table(polynomial: number): Uint16Array {
	const remainders = new Uint16Array(STEP * 256)
	for (let byte = 0; byte < 256; byte++) {
		let crc = byte
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
		remainders[byte] = crc
	}
	for (let at = 256; at < remainders.length; at++) {
		const before = remainders[at - 256] as number
		remainders[at] = (before >>> 8) ^ (remainders[before & 0xff] as number)
	}
	return remainders
}

const x25 = table(0x8408)
const arc = table(0xa001)

/**
 * CRC-16/X-25, the HCS and FCS of HDLC (ISO/IEC 13239), of the bytes from `from` up to `to`: start FFFF, inverted at the end; "123456789" gives 906E.
 * On the wire the low byte comes first.
 */
export function crcX25(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return reflected(x25, 0xffff, bytes, from, to) ^ 0xffff
}

/** CRC-16/ARC, the check of a P1 telegram from `/` to `!` (DSMR 5.0.2, 6.2): start 0, no inversion; "123456789" gives BB3D. */
export function crcArc(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return reflected(arc, 0, bytes, from, to)
}

/**
 * Sixteen bytes a step ("slicing"), of one table: measured, half of the time of eight bytes a step of eight tables. Every byte of every telegram comes
 * through here.
 */
function reflected(t: Uint16Array, start: number, bytes: Uint8Array, from: number, to: number): number {
	let crc = start
	let at = from
	const of = (place: number) => t[((STEP - 1 - place) << 8) | (bytes[at + place] as number)] as number
	for (; at + STEP <= to; at += STEP) {
		// The remainder so far is on the first two.
		const two = crc ^ (bytes[at] as number) ^ ((bytes[at + 1] as number) << 8)
		crc = (t[0xf00 | (two & 0xff)] as number) ^ (t[0xe00 | (two >>> 8)] as number)
		crc ^= of(2) ^ of(3) ^ of(4) ^ of(5) ^ of(6) ^ of(7) ^ of(8) ^ of(9) ^ of(10) ^ of(11) ^ of(12) ^ of(13) ^ of(14) ^ of(15)
	}
	for (; at < to; at++) crc = (crc >>> 8) ^ (t[(crc ^ (bytes[at] as number)) & 0xff] as number)
	return crc
}
