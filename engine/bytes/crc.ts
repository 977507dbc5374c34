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
 * CRC-16/X-25, the HCS and FCS of HDLC (ISO/IEC 13239): start FFFF, inverted at the end; "123456789" gives 906E.
 * On the wire the low byte comes first.
 */
export function crcX25(bytes: Uint8Array): number {
	let crc = 0xffff
	for (const byte of bytes) crc = (crc >>> 8) ^ (x25[(crc ^ byte) & 0xff] ?? 0)
	return crc ^ 0xffff
}

/** CRC-16/ARC, the check of a P1 telegram from `/` to `!` (DSMR 5.0.2, 6.2): start 0, no inversion; "123456789" gives BB3D. */
export function crcArc(bytes: Uint8Array): number {
	let crc = 0
	for (const byte of bytes) crc = (crc >>> 8) ^ (arc[(crc ^ byte) & 0xff] ?? 0)
	return crc
}
