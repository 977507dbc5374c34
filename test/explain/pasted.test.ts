import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { fromHex, fromLatin1, latin1 } from '../../engine/bytes/hex.ts'
import { pastedLines } from '../../engine/explain/pasted.ts'
import { telegram } from '../support/corpus.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('pasted')
const pasted = (text: string, topic?: string) => pastedLines(new TextEncoder().encode(text), 'pasted', topic).lines
const bytesOf = (text: string) => {
	const [line] = pasted(text)
	if (!line || !('hex' in line)) throw new Error('these are no bytes')
	return fromHex(line.hex)
}

test('reads hex digits with white space and comments, and base64', () => {
	assert.equal(pasted('7e a0 # a frame\n\n00 FF'), [{ t: 0, hex: '7EA000FF' }])
	const { bytes } = telegram('ch-lg-e450-vse2026')
	assert.equal(
		bytesOf(
			Buffer.from(bytes)
				.toString('base64')
				.replace(/(.{60})/g, '$1\n'),
		),
		bytes,
	)
	assert.equal(bytesOf('no digits at all'), fromLatin1('no digits at all'))
})

test('gives a telegram as text its line ends back where its checksum counts them', () => {
	const { bytes } = telegram('p1-nl-iskra-dsmr50')
	const text = latin1(bytes)
	assert.ok(text.includes('\r\n'))
	assert.equal(bytesOf(text), bytes)
	assert.equal(bytesOf(text.replaceAll('\r\n', '\n')), bytes)
	// One that was sent without them stays.
	assert.equal(bytesOf('/ABC\n1-0:1.8.0(1*kWh)\n'), fromLatin1('/ABC\n1-0:1.8.0(1*kWh)\n'))
})

test('reads JSON, one document or one a line, under the topic that is given', () => {
	assert.equal(pasted('{ "a": 1,\n "b": 2 }', 'x/y'), [{ t: 0, topic: 'x/y', payload: '{ "a": 1,\n "b": 2 }' }])
	assert.equal(pasted('{"a":1}\n\n{"a":2}\n').length, 2)
	assert.equal(pasted('[1,2]'), [{ t: 0, topic: '', payload: '[1,2]' }])
	assert.ok('hex' in (pasted('{"a":1').at(0) ?? {}))
})

test('reads a recording, and says which line of it is wrong', () => {
	const text = readFileSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, 'utf8')
	const { header, lines } = pastedLines(new TextEncoder().encode(text), 'mine')
	assert.ok(header?.meter && lines.length > 0)
	assert.throws(() => pastedLines(new TextEncoder().encode('{"capture":1}\n{"t":0,"hex":"7"}'), 'mine'), /mine: line 2 is neither/)
})

test.run()
