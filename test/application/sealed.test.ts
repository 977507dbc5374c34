import * as assert from 'uvu/assert'
import { concat, fromLatin1, hex } from '../../engine/bytes/hex.ts'
import { raw } from '../../engine/link/raw.ts'
import { telegram } from '../support/corpus.ts'
import { array, hexBytes, notification, obisOctets, octets, p1Telegram, sealed, structure, u16, u32 } from '../support/craft.ts'
import { decoded, only, reasons, registerValue } from '../support/dialects.ts'
import { events, payloads } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

/** Ciphered P1, and the forms of DLMS that have no header or a strange one. */
const test = suite('sealed')

const [KEY, AUTH] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const TITLE = hexBytes('5341473500004059')
const keys = { encryption: hexBytes(KEY) }
const both = { ...keys, authentication: hexBytes(AUTH) }
const plain = p1Telegram('EST5\\253710000_A', ['1-3:0.2.8(50)', '1-0:1.8.0(006545766*Wh)'])
const apdu = (content: Uint8Array = plain) => sealed(content, KEY, AUTH, TITLE, 7)
const read = (bytes: Uint8Array, own: { encryption?: Uint8Array; authentication?: Uint8Array } = both, settings = {}) =>
	decoded('raw', 'p1', bytes, settings, own)

test('cuts ciphered APDUs at their declared length, whole, byte by byte, and back to back', () => {
	const one = apdu()
	for (const parts of [[one], Array.from(one, (byte) => Uint8Array.of(byte)), [one.subarray(0, 3), one.subarray(3)]])
		assert.equal(payloads(events(raw, parts)), [hex(one)])
	assert.equal(payloads(events(raw, [concat([one, one])])), [hex(one), hex(one)])
	assert.equal(reasons(read(one.subarray(0, 60))), ['incomplete'])
})

test('reads a sealed P1 telegram: verified with both keys, unverified with one', () => {
	const said = only(read(apdu()))
	assert.equal([said.auth, said.systemTitle, said.invocationCounter], ['verified', hex(TITLE), 7])
	assert.equal(registerValue(said, '1-0:1.8.0'), { kind: 'number', raw: 6545766, scaler: 0, unit: 'Wh' })
	assert.is(only(read(apdu(), keys)).auth, 'unverified')
	assert.is(only(read(apdu(), keys, { authenticationData: AUTH })).auth, 'verified', 'the key that the operator publishes for all')
	const other = { ...both, authentication: hexBytes(KEY) }
	assert.equal(reasons(read(apdu(), other, { authenticationData: AUTH })), ['tag'], "the config's key goes before it")
})

test('refuses a sealed P1 telegram without its key, with a wrong one, or with a wrong CRC inside', () => {
	const flipped = apdu().map((byte, at) => (at === 40 ? byte ^ 1 : byte))
	assert.equal(reasons(read(apdu(), {})), ['nokey'])
	assert.equal(reasons(read(flipped)), ['tag'])
	assert.equal(reasons(read(apdu(), { encryption: hexBytes(AUTH) })), ['key'])
	assert.equal(reasons(read(flipped, keys)), ['crc'], 'one bit, and no tag is checked: the CRC shows it')
	const bare = plain.subarray(0, -6)
	assert.equal(reasons(read(apdu(bare), keys)), ['crc'], 'no CRC and no tag')
	assert.is(only(read(apdu(bare))).auth, 'verified', 'the tag stands for the CRC')
	assert.equal(reasons(read(apdu(fromLatin1('hello')))), ['syntax'])
	assert.equal(reasons(decoded('p1', 'p1', plain, {}, both)), ['tag'], 'in clear, where a key is configured')
	const lu = telegram('broken-p1-lu-enc-synthetic-without-aad')
	const luKeys = { encryption: hexBytes(lu.keys.encryptionKey ?? '') }
	assert.equal(reasons(read(lu.bytes, luKeys)), ['crc'])
	assert.equal(reasons(read(lu.bytes, { ...luKeys, authentication: hexBytes(lu.keys.authenticationKey ?? '') })), ['tag'])
})

test('tells an authentication key that is not the one of the meter from a wrong encryption key', () => {
	const own = sealed(plain, KEY, 'FFEEDDCCBBAA99887766554433221100', TITLE, 7)
	const why = (outcomes: ReturnType<typeof read>) =>
		outcomes.map((item) => ('detail' in item ? `${item.reason} ${item.detail}` : 'telegram')).join()
	assert.is(only(read(own, keys, { authenticationData: AUTH })).auth, 'unverified', 'the published key is not of this meter')
	assert.match(why(read(own)), /^tag .*encryption key is right.*keys\.authentication/, 'the user configured a key')
	assert.match(why(read(own, keys, { authenticationData: AUTH, authentication: 'required' })), /^tag .*encryption key is right/)
	const wrong = { encryption: hexBytes('FF0102030405060708090A0B0C0D0E0F') }
	assert.match(why(read(own, wrong, { authenticationData: AUTH })), /^tag .*wrong key or damaged/)
	const damaged = own.map((byte, at) => (at === 60 ? byte ^ 1 : byte))
	assert.match(why(read(damaged, keys, { authenticationData: AUTH })), /^tag .*wrong key or damaged/)
	const badCrc = plain.map((byte, at) => (at === plain.length - 4 ? byte ^ 1 : byte))
	assert.match(why(read(apdu(badCrc))), /^crc .*the keys are right/)
})

test('reads the Polish form: an identification in clear, and no system title', () => {
	const content = apdu()
	const polish = (inner: Uint8Array) => concat([fromLatin1('/EGM5G35\r\n\r\n\0'), sealed(inner, KEY, AUTH, TITLE, 0).subarray(10)])
	assert.ok(content.length > 0)
	assert.is(only(read(polish(plain), both, { systemTitle: hex(TITLE) })).auth, 'verified')
	const rest = p1Telegram('EGM5G35', ['1-0:1.8.0(000001.000*kWh)']).subarray('/EGM5G35\r\n\r\n'.length)
	assert.is(only(read(polish(rest), keys, { systemTitle: hex(TITLE) })).registers.length, 1, 'the identification is not repeated')
	const [refused] = read(polish(plain))
	assert.is(refused && 'detail' in refused && refused.reason, 'nokey')
	assert.match(refused && 'detail' in refused ? refused.detail : '', /decoder\.systemTitle/)
	// As a meter sent it (esphome issue 6500): 560 bytes behind the length.
	const sent = concat([fromLatin1('/EGM5G15\r\n\r\n'), hexBytes('00820230 30 00000000'), new Uint8Array(555)])
	assert.is(payloads(events(raw, [sent.subarray(0, 200), sent.subarray(200)])).length, 1)
})

const entry = structure(octets(obisOctets('1-0:1.8.0')), u32(482_939))

test('reads a body without its header, in clear and ciphered', () => {
	for (const body of [structure(entry, entry), array(entry)]) {
		assert.is(registerValue(only(decoded('raw', 'dlms', body)), '1-0:1.8.0')?.kind, 'number')
		assert.is(only(decoded('raw', 'dlms', apdu(body), {}, both)).auth, 'verified')
	}
	assert.equal(reasons(decoded('raw', 'dlms', concat([structure(entry), hexBytes('00')]))), ['layout'], 'a byte is left over')
	assert.equal(reasons(decoded('raw', 'dlms', structure(entry), {}, both)), ['tag'], 'in clear, where a key is configured')
})

test('names the key where an untagged telegram decrypts to what is refused, whatever for', () => {
	// A compact array of arrays without elements, and one of 8,192 nulls.
	for (const content of ['130100000601 00', '13012000000100'])
		assert.equal(reasons(decoded('raw', 'dlms', sealed(notification(hexBytes(content)), KEY, AUTH, TITLE, 9), {}, keys)), ['key'])
})

test('reads codes whose tag and length are swapped, and only where nothing else can be read', () => {
	const swapped = (code: string) => concat([hexBytes('0609'), obisOctets(code)])
	const body = structure(swapped('1-0:1.8.0'), u32(482_939), swapped('1-0:1.7.0'), u16(28))
	const said = only(decoded('raw', 'dlms', notification(body)))
	assert.equal(
		said.registers.map(({ obis, value }) => [obis, value.kind === 'number' && value.raw]),
		[
			['1-0:1.8.0', 482_939],
			['1-0:1.7.0', 28],
		],
	)
	// A counter of 151 MWh begins with 09, too: it stays a number.
	const counter = only(decoded('raw', 'dlms', notification(structure(octets(obisOctets('1-0:1.8.0')), hexBytes('06 09000010')))))
	assert.equal(registerValue(counter, '1-0:1.8.0'), { kind: 'number', raw: 0x0900_0010, unit: 'Wh' })
})

test.run()
