import * as assert from 'uvu/assert'
import { concat, hex } from '../../engine/bytes/hex.ts'
import { hdlc } from '../../engine/link/hdlc.ts'
import { telegram } from '../support/corpus.ts'
import { frame, hexBytes } from '../support/craft.ts'
import { corpusEveryWay, events, everyWay, payloads, reasons } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('hdlc', { limit: 60_000 })

corpusEveryWay(test, 'HDLC', hdlc)

test('keeps a frame whose content holds 7E', () => {
	const content = hexBytes('E6E700 7E A0 07 7E 7E')
	everyWay(hdlc, frame(content))
	assert.equal(payloads(events(hdlc, [frame(content)])), [hex(content)])
})

test('reads frames that share one flag, and flags as fill', () => {
	const [one, two] = [frame(hexBytes('01')), frame(hexBytes('02'))]
	assert.equal(payloads(events(hdlc, [concat([one, two.subarray(1)])])), ['01', '02'])
	assert.equal(payloads(events(hdlc, [concat([one, hexBytes('7E7E7E'), two])])), ['01', '02'])
	assert.equal(reasons(events(hdlc, [concat([one, hexBytes('7E7E7E'), two])])), [])
})

test('joins segments, and never over a lost or foreign one', () => {
	const [a, b, c] = [frame(hexBytes('E6E70001'), { segmented: true }), frame(hexBytes('02'), { segmented: true }), frame(hexBytes('03'))]
	assert.equal(payloads(events(hdlc, [a, b, c])), ['E6E700010203'])
	// A damaged middle segment takes the whole with it; what follows stands alone.
	const damaged = Uint8Array.from(b)
	damaged[10] = (damaged[10] ?? 0) ^ 1
	const found = events(hdlc, [a, damaged, c])
	assert.not.ok(payloads(found).some((payload) => payload.startsWith('E6E70001')))
	assert.ok(reasons(found).includes('incomplete'))
	// A new unit begins before the old one ended.
	assert.equal(payloads(events(hdlc, [a, a, b, c])), ['E6E700010203'])
	// Another sender.
	const other = frame(hexBytes('03'), { addresses: 'CEFD03' })
	assert.not.ok(payloads(events(hdlc, [a, b, other])).some((payload) => payload.startsWith('E6E70001')))
})

test('names what is wrong: fcs, hcs, length, incomplete, noise', () => {
	const good = frame(hexBytes('E6E700 0F 00000001 00 06 00000001'))
	const flip = (at: number) => good.map((byte, place) => (place === at ? byte ^ 0x10 : byte))
	assert.equal(reasons(events(hdlc, [flip(12)])), ['fcs'])
	// The closing flag may open the next frame, so it is given up only when nothing follows.
	assert.equal(reasons(events(hdlc, [flip(6)])), ['hcs', 'noise'])
	assert.equal(reasons(events(hdlc, [good.subarray(0, 15)])), ['incomplete'])
	assert.equal(reasons(events(hdlc, [hexBytes('000102')])), ['noise'])
	const unclosed = Uint8Array.from(good)
	unclosed[unclosed.length - 1] = 0x00
	assert.equal(reasons(events(hdlc, [unclosed])), ['length'])
})

test('finds the next frame after any damage to the first', () => {
	const [first, second] = [frame(hexBytes('E6E700 AAAAAAAA')), frame(hexBytes('E6E700 BBBBBBBB'))]
	for (let at = 0; at < first.length; at++) {
		const damaged = first.map((byte, place) => (place === at ? byte ^ 0xff : byte))
		assert.ok(payloads(events(hdlc, [concat([damaged, second])])).includes('E6E700BBBBBBBB'), `byte ${at}`)
		const cut = concat([first.subarray(0, at), first.subarray(at + 1), second])
		assert.ok(payloads(events(hdlc, [cut])).includes('E6E700BBBBBBBB'), `without byte ${at}`)
	}
})

test('accepts no frame with one to four flipped bits', () => {
	const good = telegram('ch-lg-e360-vse2026').bytes
	let seed = 1
	const random = (below: number) => {
		seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
		return Math.floor((seed / 2 ** 32) * below)
	}
	for (let trial = 0; trial < 3000; trial++) {
		const bad = Uint8Array.from(good)
		const flipped = new Set<number>()
		while (flipped.size < 1 + (trial % 4)) flipped.add(8 + random((good.length - 9) * 8))
		for (const bit of flipped) bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
		// CRC-16/X-25 finds up to three flipped bits in any frame of this length; four with 1 - 2^-16.
		assert.equal(payloads(events(hdlc, [bad])), [], `bits ${[...flipped]}`)
	}
})

test.run()
