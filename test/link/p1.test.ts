import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { p1 } from '../../engine/link/p1.ts'
import { p1Telegram } from '../support/craft.ts'
import { corpusEveryWay, events, payloads, reasons } from '../support/every-way.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('p1', { limit: 60_000 })

// Without a CRC nothing tells a telegram from one with noise in its header, so the noise must end its line.
corpusEveryWay(test, 'P1', p1, (bytes) => (bytes.at(-1) === 0x0a ? bytes : concat([bytes, fromLatin1('\r\n')])))

test('compares the CRC as a number, of any length and case', () => {
	const good = p1Telegram('TST5X', ['1-0:1.7.0(00.096*kW)'])
	const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
	assert.is(payloads(events(p1, [good])).length, 1)
	assert.is(payloads(events(p1, [fromLatin1(textOf(good).replace(/![0-9A-F]+/, (crc) => crc.toLowerCase()))])).length, 1)
	assert.equal(reasons(events(p1, [fromLatin1(textOf(good).replace('0.096', '0.097'))])), ['crc'])
})

test('takes a telegram without CRC only when its line or the input ends, it is of an old version, and its meter has sent none', () => {
	const old = '/ISk5\\2MT382-1004\r\n\r\n1-0:1.7.0(0001.01*kW)\r\n!'
	assert.is(payloads(events(p1, [fromLatin1(`${old}\r\n`)])).length, 1)
	assert.is(payloads(events(p1, [fromLatin1(old)])).length, 1, 'a reader cut it behind the `!`')
	assert.is(payloads(events(p1, [fromLatin1(old.replace('\r\n!', '! \r\n'))])).length, 1, 'the `!` stands behind the last value')
	const checked = p1Telegram('TST5X', ['1-0:1.7.0(00.096*kW)'])
	assert.equal(reasons(events(p1, [concat([checked, checked.subarray(0, -6)])])), ['crc'], 'the CRC was cut off')
	assert.equal(reasons(events(p1, [fromLatin1(`${old}x\r\n`)])), ['crc'])
	const modern = fromLatin1('/ISk5\\2MT382-1004\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.7.0(0001.01*kW)\r\n!\r\n')
	assert.equal(reasons(events(p1, [modern])), ['crc'])
})

test('goes on with the next telegram when the end of one was lost', () => {
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

test('finds its place in a stream that begins in the middle of a telegram', () => {
	const stream = readFileSync(`${root}test/corpus/p1-nl-iskra-am550-stream/stream.txt`)
	const found = events(p1, [stream])
	const whole = stream.toString('latin1').match(/\/[^/!]*![0-9A-F]{4}/g) ?? []
	assert.is(payloads(found).length, whole.length)
	assert.is(found[0]?.kind, 'discarded')
	assert.is(found.filter((event) => event.kind === 'discarded').length, 2, 'the cut ends of the stream')
})

test.run()
