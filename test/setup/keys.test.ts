import * as assert from 'uvu/assert'
import { fromHex, hex } from '../../engine/bytes/hex.ts'
import { keysFrom } from '../../engine/config/given-keys.ts'
import { detect } from '../../engine/decode/detect.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { checkKeys, cipheredAs } from '../../engine/setup/keys.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('checks keys', { limit: 30_000 })

/** A ciphered recording: its parts, how its bytes are read without a key, and the right keys. */
function sealed(file: string) {
	const capture = readCapture(`${root}meters/${file}.capture.jsonl`)
	const parts = partsOf(capture)
	const protocol = detect(parts, {})
	const { encryption, authentication } = testKeys(capture)
	if (!protocol || !encryption) throw new Error(`${file} is not ciphered`)
	return { parts, protocol, encryption, authentication }
}

const other = (key: Uint8Array) => key.map((byte, place) => (place === 3 ? byte ^ 1 : byte))

test('says which of the two keys is wrong, for telegrams of HDLC, M-Bus and P1', () => {
	for (const [file, published] of [
		['kamstrup-omnipower/authenticated-2026'],
		['lg-e450-austria/authenticated'],
		['luxembourg-smarty/sealed', '00112233445566778899AABBCCDDEEFF'],
	] as const) {
		const { parts, protocol, encryption, ...own } = sealed(file)
		const authentication = own.authentication ?? fromHex(published ?? '')
		if (!authentication) throw new Error(`${file} has no authentication key`)
		const codeOf = (keys: Parameters<typeof checkKeys>[2]) => checkKeys(parts, protocol, keys).problem?.code
		assert.equal(cipheredAs(parts, protocol), { digits: 32, tagged: true }, file)
		assert.is(codeOf({ encryption, authentication }), undefined, file)
		assert.is(codeOf({ encryption }), undefined, file)
		assert.is(codeOf({ encryption, authentication: other(authentication) }), 'key-authentication', file)
		assert.is(codeOf({ encryption: other(encryption), authentication }), 'key-encryption', file)
		assert.is(codeOf({ encryption: other(encryption), authentication: other(authentication) }), 'key-encryption', file)
		assert.is(codeOf({ encryption: authentication, authentication: encryption }), 'key-swapped', file)
		assert.is(codeOf({ authentication }), 'key-missing', file)
		assert.is(codeOf({ encryption: new Uint8Array(32) }), 'key-length', file)
		// The key that fits is taken, though the other one does not.
		assert.equal(checkKeys(parts, protocol, { encryption, authentication: other(authentication) }).fits, { encryption }, file)
	}
	const { parts, protocol, encryption } = sealed('lg-e570/encrypted-2024')
	assert.equal(cipheredAs(parts, protocol), { digits: 32, tagged: false })
	assert.is(checkKeys(parts, protocol, { encryption, authentication: encryption }).problem?.code, 'key-untagged')
})

test('tells that nothing is ciphered', () => {
	const parts = partsOf(readCapture(`${root}meters/ekz-e450/vse-2026.capture.jsonl`))
	const protocol = detect(parts, {})
	assert.ok(protocol)
	assert.is(protocol && cipheredAs(parts, protocol), undefined)
})

test('reads keys as people paste them, and counts what is wrong, without showing the key', () => {
	const key = '00112233445566778899AABBCCDDEEFF'
	const said = (text: string) => {
		const read = keysFrom({ encryption: text })
		if (!('code' in read)) return read.encryption ? hex(read.encryption) : 'nothing'
		const words = `${read.text} ${read.hint ?? ''}`
		assert.not.match(words, /0011223344|EEFF/i)
		return words
	}
	for (const text of [
		key,
		key.toLowerCase(),
		`0x${key}`,
		` ${key}\n`,
		key.replace(/..(?=.)/g, '$& '),
		key.replace(/..(?=.)/g, '$&:'),
		key.replace(/.{8}(?=.)/g, '$&-'),
	])
		assert.is(said(text), key)
	assert.is(said('  '), 'nothing')
	assert.is(said(key.slice(1)), 'The encryption key has 31 digits: a key has 32. 1 digit is missing: was all of it copied?')
	assert.match(said(key.slice(5)), /has 27 digits: a key has 32\. 5 digits are missing/)
	assert.match(said(`${key}1`), /has 33 digits: a key has 32\. 1 too many/)
	assert.match(said(`${key}${key}${key}`), /has 96 digits: a key has 32\. Is it one key only\?/)
	assert.match(said(key.replace('00', 'O0')), /has a character that is no hex digit\. .*an O may be a zero/)
	assert.match(said('password'), /characters that are no hex digit/)
	const second = keysFrom({ encryption: key, authentication: '12' })
	assert.match('code' in second ? second.text : '', /^The authentication key has 2 digits/)
})

test.run()
