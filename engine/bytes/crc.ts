/** Bytes that are taken in one step. */
const STEP = 16

/** Makes the table of a reflected polynomial: the remainder of each byte with 0 to 15 bytes of zeros behind it, 256 of each. */
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

/** CRC-16/KERMIT of the bytes from `from` up to `to`: the polynomial of X-25, start 0, no inversion; "123456789" gives 2189. */
export function crcKermit(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return reflected(x25, 0, bytes, from, to)
}

/** CRC-16/ARC, the check of a P1 telegram from `/` to `!` (DSMR 5.0.2, 6.2): start 0, no inversion; "123456789" gives BB3D. */
export function crcArc(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return reflected(arc, 0, bytes, from, to)
}

/** CRC-16/MODBUS of the bytes from `from` up to `to`: the polynomial of ARC, start FFFF; "123456789" gives 4B37. The low byte comes first. */
export function crcModbus(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return reflected(arc, 0xffff, bytes, from, to)
}

/** Takes sixteen bytes at a step from one table ("slicing"): every byte of every telegram comes through here. */
function reflected(t: Uint16Array, start: number, bytes: Uint8Array, from: number, to: number): number {
	let crc = start
	let at = from
	for (; at + STEP <= to; at += STEP) {
		// The remainder so far is on the first two.
		const two = crc ^ (bytes[at] as number) ^ ((bytes[at + 1] as number) << 8)
		crc = (t[0xf00 | (two & 0xff)] as number) ^ (t[0xe00 | (two >>> 8)] as number)
		crc ^= (t[0xd00 | (bytes[at + 2] as number)] as number) ^ (t[0xc00 | (bytes[at + 3] as number)] as number)
		crc ^= (t[0xb00 | (bytes[at + 4] as number)] as number) ^ (t[0xa00 | (bytes[at + 5] as number)] as number)
		crc ^= (t[0x900 | (bytes[at + 6] as number)] as number) ^ (t[0x800 | (bytes[at + 7] as number)] as number)
		crc ^= (t[0x700 | (bytes[at + 8] as number)] as number) ^ (t[0x600 | (bytes[at + 9] as number)] as number)
		crc ^= (t[0x500 | (bytes[at + 10] as number)] as number) ^ (t[0x400 | (bytes[at + 11] as number)] as number)
		crc ^= (t[0x300 | (bytes[at + 12] as number)] as number) ^ (t[0x200 | (bytes[at + 13] as number)] as number)
		crc ^= (t[0x100 | (bytes[at + 14] as number)] as number) ^ (t[bytes[at + 15] as number] as number)
	}
	for (; at < to; at++) crc = (crc >>> 8) ^ (t[(crc ^ (bytes[at] as number)) & 0xff] as number)
	return crc
}
