import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat, fromLatin1, hex } from '../../engine/bytes/hex.ts'
import { detect } from '../../engine/decode/detect.ts'
import { hdlc } from '../../engine/link/hdlc.ts'
import { iec62056 } from '../../engine/link/iec62056-21.ts'
import { llc } from '../../engine/link/llc.ts'
import { mbus } from '../../engine/link/mbus.ts'
import { p1 } from '../../engine/link/p1.ts'
import { raw } from '../../engine/link/raw.ts'
import { sml } from '../../engine/link/sml.ts'
import { corpus, telegram } from '../support/corpus.ts'
import { frame, hexBytes, p1Telegram } from '../support/craft.ts'
import { events, everyWay, payloads } from '../support/every-way.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const link = suite('link', { limit: 60_000 })

/** Holds what begins a frame in each link layer. */
const NOISE = hexBytes('00 7E 7E A0 84 2F 41 FF 68 E6 0D 0A')
const reasons = (found: ReturnType<typeof events>) => found.flatMap((event) => (event.kind === 'discarded' ? [event.reason] : []))

/** Their source left out ETX and BCC. */
const UNENDED = ['iec-xx-actaris-ace3000-mode-e', 'iec-xx-itron-em214']

for (const { id, bytes, linkLayer, intact } of corpus) {
	if (!intact) continue
	if (linkLayer.startsWith('HDLC')) link(`hdlc reads ${id} in every way`, () => everyWay(hdlc, bytes, NOISE))
	// Without a CRC nothing tells a telegram from one with noise in its header, so the noise must end its line.
	if (linkLayer.startsWith('P1'))
		link(`p1 reads ${id} in every way`, () => everyWay(p1, bytes.at(-1) === 0x0a ? bytes : concat([bytes, fromLatin1('\r\n')]), NOISE))
	if (linkLayer.startsWith('M-Bus link')) link(`mbus reads ${id} in every way`, () => everyWay(mbus, bytes, NOISE))
	if (linkLayer.startsWith('SML')) link(`sml reads ${id} in every way`, () => everyWay(sml, bytes, NOISE))
	// Without ETX and BCC only silence says that nothing comes any more.
	if (linkLayer.startsWith('IEC') && !UNENDED.includes(id))
		link(`iec62056-21 reads ${id} in every way`, () => everyWay(iec62056, bytes, NOISE))
}

link('hdlc keeps a frame whose content holds 7E', () => {
	const content = hexBytes('E6E700 7E A0 07 7E 7E')
	everyWay(hdlc, frame(content), NOISE)
	assert.equal(payloads(events(hdlc, [frame(content)])), [hex(content)])
})

link('hdlc reads frames that share one flag, and flags as fill', () => {
	const [one, two] = [frame(hexBytes('01')), frame(hexBytes('02'))]
	assert.equal(payloads(events(hdlc, [concat([one, two.subarray(1)])])), ['01', '02'])
	assert.equal(payloads(events(hdlc, [concat([one, hexBytes('7E7E7E'), two])])), ['01', '02'])
	assert.equal(reasons(events(hdlc, [concat([one, hexBytes('7E7E7E'), two])])), [])
})

link('hdlc joins segments, and never over a lost or foreign one', () => {
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

link('hdlc names what is wrong: fcs, hcs, length, incomplete, noise', () => {
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

link('hdlc finds the next frame after any damage to the first', () => {
	const [first, second] = [frame(hexBytes('E6E700 AAAAAAAA')), frame(hexBytes('E6E700 BBBBBBBB'))]
	for (let at = 0; at < first.length; at++) {
		const damaged = first.map((byte, place) => (place === at ? byte ^ 0xff : byte))
		assert.ok(payloads(events(hdlc, [concat([damaged, second])])).includes('E6E700BBBBBBBB'), `byte ${at}`)
		const cut = concat([first.subarray(0, at), first.subarray(at + 1), second])
		assert.ok(payloads(events(hdlc, [cut])).includes('E6E700BBBBBBBB'), `without byte ${at}`)
	}
})

link('hdlc accepts no frame with one to four flipped bits', () => {
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

link('p1 compares the CRC as a number, of any length and case', () => {
	const good = p1Telegram('TST5X', ['1-0:1.7.0(00.096*kW)'])
	const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
	assert.is(payloads(events(p1, [good])).length, 1)
	assert.is(payloads(events(p1, [fromLatin1(textOf(good).replace(/![0-9A-F]+/, (crc) => crc.toLowerCase()))])).length, 1)
	assert.equal(reasons(events(p1, [fromLatin1(textOf(good).replace('0.096', '0.097'))])), ['crc'])
})

link('p1 takes a telegram without CRC only when its line ends and it is of an old version', () => {
	const old = '/ISk5\\2MT382-1004\r\n\r\n1-0:1.7.0(0001.01*kW)\r\n!'
	assert.is(payloads(events(p1, [fromLatin1(`${old}\r\n`)])).length, 1)
	assert.equal(reasons(events(p1, [fromLatin1(old)])), ['crc'])
	const modern = fromLatin1('/ISk5\\2MT382-1004\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.7.0(0001.01*kW)\r\n!\r\n')
	assert.equal(reasons(events(p1, [modern])), ['crc'])
})

link('p1 goes on with the next telegram when the end of one was lost', () => {
	const [one, two] = [p1Telegram('ONE5', ['1-0:1.7.0(00.001*kW)']), p1Telegram('TWO5', ['1-0:1.7.0(00.002*kW)'])]
	for (let cut = 1; cut < one.length - 6; cut++) {
		const found = events(p1, [concat([one.subarray(0, cut), two])])
		assert.equal(
			payloads(found).map((payload) => payload.slice(0, 8)),
			['2F54574F'],
			`cut at ${cut}`,
		)
	}
})

link('p1 finds its place in a stream that begins in the middle of a telegram', () => {
	const stream = readFileSync(`${root}test/corpus/p1-nl-iskra-am550-stream/stream.txt`)
	const found = events(p1, [stream])
	const whole = stream.toString('latin1').match(/\/[^/!]*![0-9A-F]{4}/g) ?? []
	assert.is(payloads(found).length, whole.length)
	assert.is(found[0]?.kind, 'discarded')
	assert.is(found.filter((event) => event.kind === 'discarded').length, 2, 'the cut ends of the stream')
})

link('llc and raw take what comes between two silences', () => {
	const apdu = hexBytes('0F 00000001 00 06 00000001')
	assert.equal(payloads(events(raw, [apdu.subarray(0, 3), apdu.subarray(3)])), [hex(apdu)])
	assert.equal(payloads(events(llc, [hexBytes('00 E6E700'), apdu])), [`E6E700${hex(apdu)}`])
	assert.equal(reasons(events(llc, [apdu])), ['noise'])
})

link('holds at most 16 KiB of what never ends', () => {
	for (const [open, start] of [
		[hdlc, frame(hexBytes('01'), { segmented: true })],
		[p1, fromLatin1('/TST5\r\n')],
		[raw, hexBytes('0F')],
	] as const) {
		const decoder = open()
		let most = 0
		for (let sent = 0; sent < 100 * 1024; sent += 1024) {
			decoder.push(
				sent === 0 ? start : open === hdlc ? frame(new Uint8Array(1000).fill(0x41), { segmented: true }) : new Uint8Array(1024).fill(0x41),
			)
			most = Math.max(most, decoder.held().length)
		}
		assert.ok(most <= 17 * 1024, `${most} bytes held`)
	}
})

/** By the beginning of what the corpus calls them. */
const LINKS = { HDLC: 'hdlc', 'M-Bus': 'mbus', SML: 'sml', P1: 'p1', IEC: 'iec62056-21', LLC: 'llc' }

link('detects each link layer of the corpus', () => {
	for (const { id, bytes, linkLayer, intact } of corpus) {
		if (!intact) continue
		const wanted = Object.entries(LINKS).find(([begin]) => linkLayer.startsWith(begin))?.[1] ?? 'raw'
		const found = detect([bytes], {})
		assert.is(found?.link, wanted, id)
		assert.match(found?.reason ?? '', new RegExp(`frames? of ${wanted}`), id)
	}
	assert.is(detect([hexBytes('00112233')], {}), undefined)
})

link.run()
