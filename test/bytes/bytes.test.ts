import * as assert from 'uvu/assert'
import { crcArc, crcX25 } from '../../engine/bytes/crc.ts'
import { berLength, cursor, int, integer, left, peek, take, uint } from '../../engine/bytes/cursor.ts'
import { concat, fromHex, fromLatin1, hex, latin1, printable } from '../../engine/bytes/hex.ts'
import { hexBytes } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const bytes = suite('bytes')

bytes('gives the check values of its two CRCs', () => {
	assert.is(crcX25(fromLatin1('123456789')), 0x906e)
	assert.is(crcArc(fromLatin1('123456789')), 0xbb3d)
	assert.is(crcX25(new Uint8Array(0)), 0)
})

bytes('reads integers of every size, signed and not', () => {
	const c = cursor(hexBytes('FF FFFE 00000102 8000000000000000 FFFFFFFFFFFFFFFF'))
	assert.is(int(c, 1), -1)
	assert.is(uint(c, 2), 0xfffe)
	assert.is(int(c, 4), 258)
	assert.is(integer(c, 8, true), -(2n ** 63n))
	assert.is(integer(c, 8, false), 2n ** 64n - 1n)
	assert.is(left(c), 0)
	assert.is(c.short, false)
})

bytes('never reads past the end: zeros, and the cursor is short', () => {
	const c = cursor(hexBytes('0102'))
	assert.is(peek(c, 5), -1)
	assert.is(uint(c, 4), 0)
	assert.is(c.short, true)
	assert.is(take(c, 1).length, 0)
})

bytes('reads BER lengths up to four bytes and refuses others', () => {
	assert.is(berLength(cursor(hexBytes('7F'))), 127)
	assert.is(berLength(cursor(hexBytes('8180'))), 128)
	assert.is(berLength(cursor(hexBytes('8201FF'))), 511)
	assert.is(berLength(cursor(hexBytes('84FFFFFFFF'))), 0xffffffff)
	for (const bad of ['80', '8500000001', '82']) {
		const c = cursor(hexBytes(bad))
		berLength(c)
		assert.is(c.short, true, bad)
	}
})

bytes('reads hex text with white space and comments, and refuses what is none', () => {
	assert.equal(fromHex('7e A0\n# flags\n 01 # more'), Uint8Array.of(0x7e, 0xa0, 0x01))
	assert.is(fromHex('7e0'), undefined)
	assert.is(fromHex('hello'), undefined)
	assert.is(hex(Uint8Array.of(0, 255, 16)), '00FF10')
	assert.is(hex(Uint8Array.of(9, 0, 255, 16, 1, 2, 3, 171, 9), 1, 8), '00FF10010203AB')
})

bytes('joins, and tells printable from other bytes', () => {
	assert.equal(concat([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)]), Uint8Array.of(1, 2, 3))
	assert.is(latin1(fromLatin1('Zä')), 'Zä')
	// A part, of a view and of Node's Buffer: short and long ones are made in two ways.
	const bytes = fromLatin1('..Zählerstand..').subarray(2)
	for (const part of [bytes, Buffer.from(bytes)]) assert.equal([latin1(part, 1, 4), latin1(part, 0, 11)], ['ähl', 'Zählerstand'])
	assert.is(printable(fromLatin1('LGZ1')), true)
	assert.is(printable(Uint8Array.of(0x4c, 0)), false)
	assert.is(printable(new Uint8Array(0)), false)
})

bytes.run()
