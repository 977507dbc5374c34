import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { type Decoded, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { telegram } from '../support/corpus.ts'
import { blockFrames, blocks, frame, hexBytes, sealed } from '../support/craft.ts'
import { reasons } from '../support/dialects.ts'
import { notificationsOf } from '../support/fuzz.ts'
import { suite } from '../support/suite.ts'
import { begun } from '../support/worst.ts'

const test = suite('senders')

const [list = new Uint8Array(0)] = notificationsOf(telegram('ch-lg-e450-vse2026'))
const KEY = hexBytes('000102030405060708090A0B0C0D0E0F')
const reader = () => decoder({ link: 'hdlc', application: 'dlms', ...decoderSettings({}, { encryption: KEY }) })
const push = (counter: number) =>
	blockFrames(sealed(list, '000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF', hexBytes('4C475A6712345678'), counter))
const size = (all: Decoded[]) => all.reduce((sum, { bytes }) => sum + bytes.length, 0)
const whole = (all: Decoded[]) => all.filter((item) => 'telegram' in item).length

test('keeps few of the transfers that ever new addresses begin, and ends the oldest', () => {
	const under = reader()
	const all: Decoded[] = []
	let [sent, most] = [0, 0]
	for (let place = 0; place < 3000; place++) {
		const one = begun(place)
		sent += one.length
		all.push(...under.push(one))
		most = Math.max(most, under.resume().length)
	}
	assert.ok(most <= 64 * 1024, `${most} bytes held`)
	assert.equal([...new Set(reasons(all))], ['blocks'])
	assert.ok(all.length >= 3000 - 64, `${all.length} ended`)
	all.push(...under.idle())
	assert.is(size(all), sent, 'every byte comes out once')
	assert.is(under.frames(), 3000)
})

test('a meter that has given a telegram keeps its transfer while strangers begin theirs', () => {
	const under = reader()
	assert.is(whole(push(1).flatMap((part) => under.push(part))), 1)
	let stranger = 0
	for (let counter = 2; counter < 12; counter++) {
		const all = push(counter).flatMap((part) => [
			...under.push(part),
			...Array.from({ length: 200 }, () => under.push(begun(stranger++))).flat(),
		])
		assert.is(whole(all), 1, `telegram ${counter}`)
	}
})

test('ends a transfer whose blocks carry nothing', () => {
	const under = reader()
	const all: Decoded[] = []
	let most = 0
	for (let number = 1; number < 4000; number++) {
		all.push(...under.push(frame(Uint8Array.of(0xe0, 0x40, number >> 8, number & 0xff, 0, 0, 0))))
		if (number % 100 === 0) most = Math.max(most, under.resume().length)
	}
	assert.ok(reasons(all).includes('limit'))
	assert.ok(most < 64 * 1024, `${most} bytes held`)
})

test('holds no chunk for a small part of it', () => {
	const under = reader()
	const [first = new Uint8Array(0)] = blocks(list, 20)
	const large = new Uint8Array(1024 * 1024)
	const one = frame(first)
	large.set(one)
	under.push(large.subarray(0, one.length))
	assert.equal(under.resume().subarray(0, one.length), one)
	assert.is.not(under.resume().buffer, large.buffer)
})

test('gives the bytes of a transfer that was broken off once', () => {
	const under = reader()
	const parts = push(1)
	const all = parts.slice(0, 3).flatMap((part) => under.push(part))
	// Three first blocks in one frame: each breaks off the one before.
	const [first = new Uint8Array(0)] = blocks(list, 20)
	const again = frame(concat([first, first.map((byte, at) => (at > 8 ? byte ^ 1 : byte)), first]))
	all.push(...under.push(again), ...under.idle())
	assert.is(size(all), concat([...parts.slice(0, 3), again]).length)
})

test.run()
