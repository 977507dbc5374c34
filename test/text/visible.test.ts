import * as assert from 'uvu/assert'
import { concealed, isName, isPath, isVariable } from '../../engine/text/names.ts'
import { visible, visibleLines } from '../../engine/text/visible.ts'
import * as page from '../../tools/web/src/visible.ts'
import { suite } from '../support/suite.ts'

const test = suite('visible')

test('writes as escapes what one does not see, or what moves the text beside it', () => {
	const unseen = ['\u0000', '\u001b', '\u007f', '\u0085', '\u009b', '\u00ad', '\u034f', '\u061c', '\u115f', '\u180e', '\u200b', '\u200e']
	unseen.push('\u2028', '\u2029', '\u202e', '\u2066', '\u2800', '\u3164', '\ufe0f', '\ufeff', '\uffa0', '\ufff9', '\ud800', '\udc00')
	for (const char of [...unseen, '\u{e0041}', '\u{1d173}', '\u{f0000}']) {
		const shown = visible(`a${char}b`)
		assert.match(shown, /^a(\\u[0-9a-f]{4})+b$/)
		assert.is(JSON.parse(`"${shown}"`), `a${char}b`, 'as JSON has it')
	}
	assert.is(visible('\n\r\t'), '\\n\\r\\t')
	for (const plain of ['Zähler « Küche » 5 m³', '電力計', 'عداد', 'kWh ✓ 🔌', 'e\u0301']) assert.is(visible(plain), plain)
	assert.is(visible(`a${'\u0301'.repeat(20)}`).match(/\\u0301/g)?.length, 16, 'marks that pile up')
})

test('bounds the length', () => {
	assert.is(visible('x'.repeat(5000), 100), `${'x'.repeat(100)}… (5000 characters)`)
	assert.ok(visible('\u001b'.repeat(100_000)).length < 13_000)
})

test('shows the same on the page', () => {
	for (let code = 0; code < 0x11_0000; code += code < 0x4000 ? 1 : 61) {
		const char = String.fromCodePoint(code)
		if (!/[\n\r\t\p{M}]/u.test(char)) assert.is(page.visible(char), visible(char), code.toString(16))
	}
	assert.equal(page.parsed('{"a\\u202e":["\\u001b"]}'), { 'a\\u202e': ['\\u001b'] })
	assert.throws(() => page.parsed('{'))
	assert.is(page.visible('x'.repeat(20), 10), `${'x'.repeat(10)}…`)
})

test('keeps line ends that are ours, and the values of JSON', () => {
	assert.is(visibleLines('a\n\u001bb', '  '), 'a\n  \\u001bb')
	const value = { text: '\u001b\u0085\n\u202e\u{e0041}"' }
	assert.equal(JSON.parse(visibleLines(JSON.stringify(value, undefined, 2))), value)
})

test('tells names from secrets that stand in their place', () => {
	for (const name of ['MQTT_PASSWORD', 'HOUSE_KEY', 'HOUSE2_GAK', 'KEY1']) assert.ok(isVariable(name), name)
	for (const key of [
		'C5A7EC0DEBADF00D5EC7E7CA9A57B00C',
		'DEADBEEFDEADBEEF',
		'JBSWY3DPEHPK3PXP',
		'hunter2',
		'p@ss',
		'A B',
		'',
		'A'.repeat(65),
	])
		assert.not(isVariable(key), key)
	for (const path of ['/run/secrets/mqtt', './house.gak', 'keys/house.key', 'C:\\keys\\house.txt', '/etc/cii2mqtt/house-1.key'])
		assert.ok(isPath(path), path)
	for (const key of [
		'C5A7EC0DEBADF00D5EC7E7CA9A57B00C',
		'/C5A7EC0DEBADF00D5EC7E7CA9A57B00C',
		'q83v/EjRWeJq7wABI0VniQ==',
		'q83v/EjRWeJq7wABI0VniQ',
		'S3cret/pass',
		'/9j4AAQSkZJRgABAQAAAQ',
		'-----BEGIN PRIVATE KEY-----\nMIIE',
		'pa.ss word!',
		'',
	])
		assert.not(isPath(key), key)
	for (const name of ['house', 'ekz-e450', 'landis-gyr-e450-2024', '$env', 'user.name', 'meter 12', 'cii2mqtt', 'homeassistant'])
		assert.ok(isName(name), name)
	for (const key of ['C5A7EC0DEBADF00D5EC7E7CA9A57B00C', 'c5a7ec0debadf00d', 'Yjk3ZTA4ODkwNGE5', 'x\ny', '"'.repeat(3)])
		assert.not(isName(key), key)
})

test('covers keys, and what an address has beside its place', () => {
	for (const text of [
		'the key C5A7EC0DEBADF00D5EC7E7CA9A57B00C',
		'C5 A7 EC 0D EB AD F0 0D 5E C7 E7 CA 9A 57 B0 0C',
		'0xC5A7EC0DEBADF00D5EC7E7CA9A57B00C0',
		'C5:A7:EC:0D:EB:AD:F0:0D:5E:C7:E7:CA:9A:57:B0:0C',
	])
		assert.not(/C5.?A7/.test(concealed(text)), text)
	assert.is(concealed('the meter 0A01454D480000AABBCC'), 'the meter 0A01454D480000AABBCC')
	assert.is(concealed('mqtt://user:p@ss@host:1883/x'), 'mqtt://host:1883/x')
	assert.is(concealed('to wss://host/mqtt?token=abc#x closed'), 'to wss://host/mqtt closed')
})

test.run()
