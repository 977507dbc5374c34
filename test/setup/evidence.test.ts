import * as assert from 'uvu/assert'
import { fromHex } from '../../engine/bytes/hex.ts'
import { Evidence } from '../../engine/setup/evidence.ts'
import { strangeText } from '../../engine/setup/probe-text.ts'
import { chunksOf } from '../support/cable.ts'
import { suite } from '../support/suite.ts'

const test = suite('weighs what came of a line')

function evidenceOf(...chunks: (string | Uint8Array)[]): Evidence {
	const evidence = new Evidence(0)
	for (const chunk of chunks) evidence.take(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk, 0)
	evidence.silence()
	return evidence
}

const broken = fromHex('7EA010CE9B03137AE6E70011223344556677') ?? new Uint8Array(0)
const [whole = new Uint8Array(0)] = chunksOf('lg-e570/encrypted-2024.capture.jsonl')
const text = 'KWH=123.4;W=567;\r\n'

test('knows whether the setting may be right all the same', () => {
	assert.is(evidenceOf().isOpen, true)
	assert.is(evidenceOf(broken).isOpen, true, 'a frame that may only be cut off')
	assert.is(evidenceOf(...Array(40).fill(broken)).isOpen, false, 'one that never becomes whole')
	assert.is(evidenceOf(text).isOpen, false)
	assert.is(evidenceOf('A').isOpen, false)
})

test('counts frames more than their beginnings, and these more than bytes', () => {
	const [frame, begun, bytes, fewer] = [evidenceOf(whole), evidenceOf(broken), evidenceOf(text.repeat(50)), evidenceOf(text)]
	assert.ok(frame.weight > begun.weight && begun.weight > bytes.weight && bytes.weight > fewer.weight)
})

test('says what is known of what nobody understands, and what to do', () => {
	const noise = Uint8Array.from({ length: 400 }, (_, place) => ((place * 89) % 251) | 0x80)
	for (const [evidence, serial, tcp] of [
		[evidenceOf(...Array(40).fill(broken)), /^Frames of hdlc begin, and none is whole/, /^Frames of hdlc begin/],
		[evidenceOf(text.repeat(20)), /^Text came, and nothing in it is known: this meter speaks something new/, /^Text came/],
		[evidenceOf('A'), /^Only 1 byte came.*try again/, /^Only 1 byte/],
		[evidenceOf(noise), /^Bytes came, and nothing in them is known: the cable may/, /the bridge may be set to another speed or parity/],
	] as const) {
		const said = strangeText(evidence, { kind: 'serial', path: '/dev/ttyUSB0' })
		assert.match(said, serial)
		assert.match(said, /Share the recording, and a profile can be made of it\.$/)
		assert.match(strangeText(evidence, { kind: 'tcp', host: 'bridge', port: 1 }), tcp)
	}
})

test.run()
