import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { fromHex, hex } from '../../engine/bytes/hex.ts'
import { telegramsIn } from '../../engine/workbench/pasted.ts'
import { isRefused } from '../../engine/workbench/refusal.ts'
import { telegram } from '../support/corpus.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('pasted')

const { bytes } = telegram('ch-lg-e450-vse2026')
const digits = Buffer.from(bytes).toString('hex')
const spaced = digits.replace(/(..)(?=.)/g, '$1 ')

function linesOf(text: string, more = {}) {
	const found = telegramsIn({ text, ...more })
	if (isRefused(found)) throw new Error(found.message)
	return found.lines
}

test('reads hex in the ways that people and programs write it', () => {
	const dump = [...Array(Math.ceil(bytes.length / 16)).keys()].map((row) => {
		const part = bytes.subarray(16 * row, 16 * row + 16)
		const pairs = hex(part)
			.toLowerCase()
			.replace(/(....)/g, '$1 ')
		return `${(16 * row).toString(16).padStart(8, '0')}: ${pairs.padEnd(40)} ${Buffer.from(part)
			.toString('latin1')
			.replace(/[^ -~]/g, '.')}`
	})
	for (const text of [
		digits,
		spaced,
		spaced.toUpperCase().replaceAll(' ', ':'),
		spaced.replaceAll(' ', '-'),
		`0x${spaced.replaceAll(' ', ', 0x')}`,
		spaced.replace(/((?:.. ){16})/g, '$1\n'),
		`# from my meter\n${spaced}\n`,
		dump.join('\n'),
		Buffer.from(bytes).toString('base64'),
		`\uFEFF${digits}\r\n`,
	])
		assert.equal(linesOf(text), [{ t: 0, hex: hex(bytes) }], text.slice(0, 60))
})

test('reads telegrams apart that stand apart', () => {
	const lines = linesOf(`${digits}\n\n${spaced}\r\n \r\n${digits}`)
	assert.equal(
		lines.map(({ t }) => t),
		[0, 5000, 10_000],
	)
})

test('reads a text telegram with the ends of its lines as the meter sends them', () => {
	const text = '/ISK5\\2M550T-1012\n\n1-3:0.2.8(50)\n!1E1D'
	const [line] = linesOf(text)
	assert.is(line && 'hex' in line && Buffer.from(line.hex, 'hex').toString(), '/ISK5\\2M550T-1012\r\n\r\n1-3:0.2.8(50)\r\n!1E1D\r\n')
})

test('reads messages: one, one a line, and behind their topics', () => {
	assert.equal(linesOf('{ "z": { "Pi": 1 } }\n', { topic: 'tele/x/SENSOR' }), [
		{ t: 0, topic: 'tele/x/SENSOR', payload: '{ "z": { "Pi": 1 } }' },
	])
	assert.equal(
		linesOf('{"a":1}\n{"a":2}').map((line) => 'payload' in line && line.payload),
		['{"a":1}', '{"a":2}'],
	)
	assert.equal(linesOf('tele/x/SENSOR {"a":1}\nmeter/power 12.5\n'), [
		{ t: 0, topic: 'tele/x/SENSOR', payload: '{"a":1}' },
		{ t: 100, topic: 'meter/power', payload: '12.5' },
	])
})

test('reads a recording with its keys, and says in words what is no telegram', () => {
	const found = telegramsIn({ text: readFileSync(`${root}meters/lg-e570/encrypted-2024.capture.jsonl`, 'utf8') })
	assert.not(isRefused(found))
	if (!isRefused(found)) assert.ok(found.lines.length > 0 && found.keys.encryption?.length === 16 && !found.isPrivate)
	for (const [given, code] of [
		[{ text: ' \n' }, 'source-empty'],
		[{ text: '{"capture":1}\nnonsense', name: 'mine' }, 'source-recording'],
		[{ text: digits, keys: { encryption: '12' } }, 'key-form'],
	] as const) {
		const refused = telegramsIn(given)
		assert.is(isRefused(refused) && refused.code, code)
	}
	const named = telegramsIn({ text: digits, keys: { encryption: '00'.repeat(16) } })
	assert.ok(!isRefused(named) && named.isPrivate, 'whoever has the key has the meter')
	assert.equal(fromHex('00'.repeat(16)), !isRefused(named) && named.keys.encryption)
})

test.run()
