/** Tables of a reflected polynomial: entry i of table k is the remainder of byte i with k bytes of zeros behind it. */
function tables(polynomial: number): Uint16Array[] {
	const first = Uint16Array.from({ length: 256 }, (_, byte) => {
		let crc = byte
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
		return crc
	})
	const all = [first]
	for (let zeros = 1; zeros < 8; zeros++) all.push((all.at(-1) ?? first).map((crc) => (crc >>> 8) ^ (first[crc & 0xff] as number)))
	return all
}

const x25 = tables(0x8408)
const arc = tables(0xa001)

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

/** Eight bytes a step ("slicing by 8"): measured, two thirds of the time of one byte a step, and every byte of every telegram comes through here. */
function reflected([t0, t1, t2, t3, t4, t5, t6, t7]: Uint16Array[], start: number, bytes: Uint8Array, from: number, to: number): number {
	let crc = start
	let at = from
	if (t0 && t1 && t2 && t3 && t4 && t5 && t6 && t7) {
		for (; at + 8 <= to; at += 8) {
			const two = crc ^ (bytes[at] as number) ^ ((bytes[at + 1] as number) << 8)
			crc =
				(t7[two & 0xff] as number) ^
				(t6[two >>> 8] as number) ^
				(t5[bytes[at + 2] as number] as number) ^
				(t4[bytes[at + 3] as number] as number) ^
				(t3[bytes[at + 4] as number] as number) ^
				(t2[bytes[at + 5] as number] as number) ^
				(t1[bytes[at + 6] as number] as number) ^
				(t0[bytes[at + 7] as number] as number)
		}
		for (; at < to; at++) crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[at] as number)) & 0xff] as number)
	}
	return crc
}
