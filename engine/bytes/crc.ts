/** One table a reflected polynomial: entry i is the remainder of byte i. */
function table(polynomial: number): Uint16Array {
	return Uint16Array.from({ length: 256 }, (_, byte) => {
		let crc = byte
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
		return crc
	})
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

/** By index and without views: every byte of every telegram comes through here. */
function reflected(remainders: Uint16Array, start: number, bytes: Uint8Array, from: number, to: number): number {
	let crc = start
	for (let at = from; at < to; at++) crc = (crc >>> 8) ^ (remainders[(crc ^ (bytes[at] as number)) & 0xff] as number)
	return crc
}
