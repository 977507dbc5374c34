import { createCipheriv } from 'node:crypto'
import * as assert from 'uvu/assert'
import { noTransfer } from '../../engine/application/application.ts'
import { axdr, BOOLEAN, INTEGER, LIST, NULL, NUMBER, TEXT, UTF8 } from '../../engine/application/dlms/axdr.ts'
import { dlms } from '../../engine/application/dlms/dlms.ts'
import { Nodes } from '../../engine/application/nodes.ts'
import { cursor } from '../../engine/bytes/cursor.ts'
import { concat, hex, latin1 } from '../../engine/bytes/hex.ts'
import { decoder } from '../../engine/decode/decoder.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import type { Keys, Telegram } from '../../engine/telegram/telegram.ts'
import { telegram } from '../support/corpus.ts'
import {
	array,
	blockFrames,
	blocks,
	enumeration,
	frame,
	hexBytes,
	i8,
	llc,
	nothing,
	notification,
	obisOctets,
	octets,
	pushList,
	structure,
	text,
	u8,
	u16,
	u32,
} from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('dlms')

const read = (payload: Uint8Array, keys: Keys = {}, authentication: 'optional' | 'required' = 'optional') =>
	dlms(payload, noTransfer, { keys, authentication, budget: newBudget() }).outcomes
const body = (root: Uint8Array) => read(notification(root))[0]
const code = (obis: string) => octets(obisOctets(obis))
const scaler = (power: number, unit: number) => structure(i8(power), enumeration(unit))
const shape = (outcome: ReturnType<typeof body>) =>
	outcome?.kind === 'telegram'
		? outcome.registers.map(
				({ obis, value }) =>
					`${obis} ${value.kind === 'number' ? `${value.raw}e${value.scaler ?? '?'} ${value.unit ?? ''}` : value.kind === 'text' ? value.text : value.kind}`,
			)
		: `${outcome?.kind}: ${outcome?.reason}`

test('reads every A-XDR type', () => {
	const value = (text: string) => {
		const nodes = new Nodes()
		const bytes = hexBytes(text)
		assert.is(axdr(cursor(bytes), newBudget(), nodes), undefined, text)
		return valueAt(nodes, bytes, 0)
	}
	assert.equal(value('00'), undefined)
	assert.is(value('0301'), true)
	assert.equal(value('040CABC0'), hexBytes('ABC0'))
	assert.is(value('05FFFFFFFE'), -2)
	assert.is(value('14FFFFFFFFFFFFFFFF'), -1)
	assert.is(value('15FFFFFFFFFFFFFFFF'), 2n ** 64n - 1n)
	assert.is(value('0A0241BF'), 'A¿')
	assert.is(value('0C02C3A4'), 'ä')
	assert.is(value('10FFFE'), -2)
	assert.is(value('17436AB333'), 234.7)
	assert.is(value('18406D566666666666'), 234.7)
	assert.is(value('1603'), 3)
	assert.equal(value('1907EA0504010B2715FF800081'), hexBytes('07EA0504010B2715FF800081'))
	assert.equal(value('1A07EA050401'), hexBytes('07EA050401'))
	assert.is(value('1C05'), 5)
	assert.is(value('177F800000'), undefined, 'infinity is no value')
	// A compact array of structures {u16, u8}: 13, 02 02 12 11, 6 bytes.
	assert.equal(value('13 02021211 06 000105 000206'), [
		[1, 5],
		[2, 6],
	])
})

/** A value as plain data, whatever its type: octets and times as their bytes. */
function valueAt(nodes: Nodes, bytes: Uint8Array, place: number): unknown {
	const content = bytes.subarray(nodes.starts[place], nodes.ends[place])
	switch (nodes.kinds[place]) {
		case NULL:
			return undefined
		case BOOLEAN:
			return nodes.numbers[place] === 1
		case INTEGER:
		case NUMBER:
			return nodes.raw(place)
		case TEXT:
			return latin1(content)
		case UTF8:
			return new TextDecoder().decode(content)
		case LIST: {
			const items: unknown[] = []
			for (let item = place + 1; item < (nodes.nexts[place] as number); item = nodes.nexts[item] as number)
				items.push(valueAt(nodes, bytes, item))
			return items
		}
		default:
			return content
	}
}

test('refuses length bombs, deep nesting and unknown types, at once', () => {
	const reason = (text: string) => {
		return axdr(cursor(hexBytes(text)), newBudget(), new Nodes())?.reason ?? 'accepted'
	}
	assert.is(reason('0184FFFFFFFF'), 'length')
	assert.is(reason('0984FFFFFFFF00'), 'length')
	assert.is(reason('06 0000'), 'length')
	assert.is(reason('0201'.repeat(17).concat('00')), 'depth')
	assert.is(reason('0201'.repeat(5000)), 'depth')
	assert.is(reason(`0182${(5000).toString(16).padStart(4, '0')}${'00'.repeat(5000)}`), 'limit')
	assert.is(reason('13 00 03 000000'), 'limit', 'elements of no bytes')
	assert.is(reason('13 0200 03 000000'), 'limit', 'structures of no columns')
	assert.is(reason('13 01FFFF11 02 0000'), 'limit')
	assert.is(reason('13'.concat('0201'.repeat(40))), 'depth')
	assert.is(reason('63'), 'layout')
})

test('layout 1: values belong to their descriptors by place, scaler attributes to their register', () => {
	const list = pushList('0-8:25.9.0', [
		{ classId: 1, obis: '0-0:42.0.0', value: text('LGZ1030653520967') },
		{ classId: 8, obis: '0-0:1.0.0', value: octets(hexBytes('07EA0504010B2715FF800081')) },
		{ classId: 3, obis: '1-0:1.7.0', value: u32(28) },
		{ classId: 4, obis: '0-1:24.2.1', value: u32(30545) },
		{ classId: 4, obis: '0-1:24.2.1', attribute: 3, value: scaler(-3, 13) },
		{ classId: 40, obis: '0-8:25.9.0', attribute: 1, value: code('0-8:25.9.0') },
	])
	assert.equal(shape(body(list)), [
		'0-0:42.0.0 LGZ1030653520967',
		'0-0:1.0.0 clock',
		'1-0:1.7.0 28e? ',
		'0-1:24.2.1 30545e-3 m³',
		'0-8:25.9.0 0-8:25.9.0',
	])
	const telegram = body(list) as Telegram
	assert.equal(telegram.clock, { local: '2026-05-04T11:39:21', daylight: true, quality: 'invalid', source: 'meter' })
	assert.is(telegram.meterId, 'LGZ1030653520967')
})

test('layout 1: a list whose values are more or fewer than its objects is refused', () => {
	const [first, second] = [
		{ classId: 3, obis: '1-0:1.7.0', value: u32(1) },
		{ classId: 3, obis: '1-0:2.7.0', value: concat([u32(2), u32(3)]) },
	]
	const list = pushList('0-8:25.9.0', [first, second])
	assert.is(shape(body(concat([hexBytes('0204'), list.subarray(2)]))), 'rejected: layout')
	assert.is(shape(body(list)), 'rejected: layout', 'bytes left over')
})

test('layouts 2 to 6 and 10: codes beside their values, with scaler and without', () => {
	const wanted = ['1-0:1.7.0 714e0 W', '1-0:32.7.0 2292e-1 V', '0-0:96.1.0 1KFM0200234804']
	const entries = [
		structure(code('1-0:1.7.0'), u32(714), scaler(0, 27)),
		structure(code('1-0:32.7.0'), u16(2292), scaler(-1, 35)),
		structure(code('0-0:96.1.0'), text('1KFM0200234804')),
	]
	assert.equal(shape(body(structure(...entries))), wanted)
	assert.equal(shape(body(array(...entries))), wanted)
	const clock = octets(hexBytes('07E5091B01092F0F00FF8880'))
	const flat = structure(
		clock,
		code('1-0:1.7.0'),
		u32(714),
		scaler(0, 27),
		code('1-0:32.7.0'),
		u16(2292),
		scaler(-1, 35),
		code('0-0:96.1.0'),
		text('1KFM0200234804'),
	)
	assert.equal(shape(body(flat)), wanted)
	assert.equal(shape(body(structure(code('1-0:1.7.0'), structure(u32(714), scaler(0, 27))))), ['1-0:1.7.0 714e0 W'])
	assert.equal(shape(body(structure(text('Kamstrup_V0001'), code('1-0:1.7.0'), u32(714), nothing, nothing))), ['1-0:1.7.0 714e? '])
	// The value of a code may itself be six octets.
	assert.equal(shape(body(structure(structure(code('0-0:96.1.1'), text('160456'))))), ['0-0:96.1.1 160456'])
})

test('a pair that may have slipped is refused', () => {
	assert.is(shape(body(structure(u32(1), code('1-0:1.7.0'), u32(2), code('1-0:2.7.0')))), 'rejected: layout')
	assert.is(shape(body(structure(code('1-0:1.7.0'), u32(1), u32(2)))), 'rejected: layout')
	assert.is(shape(body(structure(code('1-0:1.7.0'), code('1-0:2.7.0'), u32(2)))), 'rejected: layout')
	assert.is(shape(body(structure(structure(u32(1), u32(2), u32(3)), code('1-0:2.7.0'), u32(2)))), 'rejected: layout')
})

test('layouts 7 and 8: values without codes keep their places', () => {
	const seven = body(structure(text('KFM_001'), u32(948), u32(0))) as Telegram
	assert.equal([seven.registers.length, seven.sequence.length, seven.sent?.length], [0, 3, 3])
	const eight = body(structure(code('0-6:25.9.0'), u32(948), u32(0))) as Telegram
	assert.equal([eight.registers.length, eight.sequence.length, eight.sent?.length], [0, 3, 3])
})

test('reads a body without a header: its codes, or several values of which one is a number', () => {
	const read = (apdu: Uint8Array) => dlms(apdu, noTransfer, { keys: {}, authentication: 'optional', budget: newBudget() }).outcomes[0]
	const list = read(structure(text('12345678'), u8(0), array(u16(3))))
	assert.equal(list?.kind === 'telegram' && [list.sequence.length, list.sent?.map(({ type }) => type)], [3, ['octets', 'u8', 'u16']])
	const coded = read(structure(structure(code('1-0:1.7.0'), u32(5))))
	assert.is(coded?.kind === 'telegram' && coded.registers[0]?.obis, '1-0:1.7.0')
	// A single value, texts alone, and what is left over show nothing.
	for (const other of [structure(u8(1)), array(), structure(text('a'), text('b')), concat([structure(u8(1), u8(2)), Uint8Array.of(0)])])
		assert.is(read(other)?.kind, 'rejected')
	// Ciphered without a tag, the header must show that the key is right.
	const plain = structure(u8(1), u16(2), u32(3))
	const opened = (control: number) =>
		dlms(sealed(plain, { control }), noTransfer, {
			keys: { encryption: KEY, authentication: AK },
			authentication: 'optional',
			budget: newBudget(),
		}).outcomes[0]
	assert.is(opened(0x20)?.kind, 'rejected')
	assert.is(opened(0x30)?.kind, 'telegram')
})

test('reads the date-time of a notification in its variants, and units one after the other', () => {
	const root = structure(code('1-0:1.7.0'), u32(1))
	const time = hexBytes('07E1090F05052128FF800000')
	const variants = [notification(root, time), concat([hexBytes('0F40000000 090C'), time, root])]
	for (const variant of variants) assert.equal((read(variant)[0] as Telegram).clock, { local: '2017-09-15T05:33:40', source: 'telegram' })
	assert.is((read(notification(root))[0] as Telegram).clock, undefined)
	const two = concat([llc, notification(root), llc, notification(root)])
	assert.equal(
		read(two).map(({ kind }) => kind),
		['telegram', 'telegram'],
	)
	assert.equal(
		read(concat([notification(root), notification(root)])).map(({ kind }) => kind),
		['telegram', 'telegram'],
	)
	assert.equal(read(concat([notification(root), hexBytes('AB')])).map(shape), ['rejected: layout'])
	assert.equal(read(hexBytes('C401')).map(shape), ['rejected: unknown'])
	assert.equal(read(hexBytes('0F0000')).map(shape), ['rejected: length'])
})

// ---

const settings = {
	link: 'hdlc' as const,
	application: 'dlms' as const,
	registers: {},
	sequence: {},
	authentication: 'optional' as const,
	keys: {},
}
const outcomes = (chunks: Uint8Array[]) => {
	const reader = decoder(settings)
	return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.idle()].map((item) => ('telegram' in item ? 'telegram' : item.reason))
}
const list = notification(
	pushList(
		'0-8:25.9.0',
		Array.from({ length: 8 }, (_, i) => ({ classId: 3, obis: `1-0:${i + 1}.7.0`, value: u32(i) })),
	),
)

test('joins blocks in their order only', () => {
	const frames = blockFrames(list, 50)
	assert.ok(frames.length >= 5)
	const [one, two, three, ...rest] = frames as [Uint8Array, Uint8Array, Uint8Array, ...Uint8Array[]]
	assert.equal(outcomes(frames), ['telegram'])
	assert.equal(outcomes([...frames, ...frames]), ['telegram', 'telegram'])
	assert.equal(outcomes([one, three, two, ...rest]), ['blocks'], 'out of order')
	assert.equal(outcomes([one, two, two, three, ...rest]), ['duplicate', 'telegram'], 'doubled')
	assert.equal(outcomes([one, one, two, three, ...rest]), ['duplicate', 'telegram'], 'the first doubled')
	assert.equal(outcomes([one, three, ...rest]), ['blocks'], 'lost')
	assert.equal(outcomes([two, three, ...rest]), ['blocks'], 'without the first')
	assert.equal(outcomes([one, two, ...frames]), ['blocks', 'telegram'], 'broken off, then whole')
	assert.equal(outcomes([one, two]), ['blocks'], 'the end never comes')
})

test('never patches two pushes of one list together', () => {
	const again = notification(
		pushList(
			'0-8:25.9.0',
			Array.from({ length: 8 }, (_, i) => ({ classId: 3, obis: `1-0:${i + 1}.7.0`, value: u32(1000 + i) })),
		),
	)
	const [first, second] = [blockFrames(list, 50), blockFrames(again, 50)]
	const reader = decoder(settings)
	// The first push loses its end, the second its beginning; a silence or damaged bytes lie between.
	const half = first.slice(0, 3).flatMap((chunk) => reader.push(chunk))
	const later = [...reader.idle(), ...second.slice(3).flatMap((chunk) => reader.push(chunk)), ...reader.idle()]
	assert.equal(
		[...half, ...later].map((item) => ('telegram' in item ? 'telegram' : item.reason)),
		['blocks', 'blocks'],
	)
	assert.not.ok(outcomes([...first.slice(0, 3), hexBytes('7EA0FF00'), ...second.slice(3)]).includes('telegram'))
})

test('keeps the transfers of two senders apart', () => {
	const send = (apdu: Uint8Array, addresses: string) =>
		blocks(apdu, 60).map((block, i) => frame(i === 0 ? concat([llc, block]) : block, { addresses }))
	const [one, two] = [send(list, 'CEFF03'), send(list, 'CEFD03')]
	const interleaved = one.flatMap((chunk, i) => [chunk, two[i] ?? new Uint8Array(0)])
	assert.equal(outcomes(interleaved), ['telegram', 'telegram'])
})

// ---

const KEY = hexBytes('000102030405060708090A0B0C0D0E0F')
const AK = hexBytes('D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF')
const TITLE = hexBytes('4D4D4D0000BC614E')

/** A ciphered APDU; the encrypting side of Node's own GCM is the reference here, real telegrams are in corpus.test.ts. */
function sealed(
	plaintext: Uint8Array,
	{ control = 0x30, key = KEY, tag = 12, aad = AK }: { control?: number; key?: Uint8Array; tag?: number; aad?: Uint8Array } = {},
): Uint8Array {
	const counter = hexBytes('00000017')
	const cipher = createCipheriv(key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, concat([TITLE, counter]), { authTagLength: 12 })
	const encrypted = (control & 0x20) !== 0
	cipher.setAAD(concat([Uint8Array.of(control), aad, encrypted ? new Uint8Array(0) : plaintext]))
	const body = encrypted ? cipher.update(plaintext) : plaintext
	cipher.final()
	const content = concat([
		Uint8Array.of(control),
		counter,
		body,
		(control & 0x10) !== 0 ? cipher.getAuthTag().subarray(0, tag) : new Uint8Array(0),
	])
	return concat([hexBytes('DB08'), TITLE, hexBytes(`82${content.length.toString(16).padStart(4, '0')}`), content])
}
const plain = notification(structure(code('1-0:1.7.0'), u32(4711)))
const opened = (apdu: Uint8Array, keys: Keys, policy?: 'optional' | 'required') =>
	read(apdu, keys, policy).map((outcome) => (outcome.kind === 'telegram' ? outcome.auth : outcome.reason))[0]

test('verifies tags, and names what it could not verify', () => {
	const both = { encryption: KEY, authentication: AK }
	assert.is(opened(sealed(plain), both), 'verified')
	assert.is(opened(sealed(plain), { encryption: KEY }), 'unverified')
	assert.is(opened(sealed(plain, { control: 0x20 }), { encryption: KEY }), 'unverified')
	assert.is(opened(sealed(plain, { control: 0x10 }), both), 'verified')
	assert.is(opened(sealed(plain, { control: 0x31 }), both), 'verified', 'suite 1')
	const long = { encryption: hexBytes('00'.repeat(32)), authentication: AK }
	assert.is(opened(sealed(plain, { control: 0x32, key: long.encryption }), long), 'verified', 'suite 2')
	const [outcome] = read(sealed(plain), both)
	assert.equal(outcome?.kind === 'telegram' && [outcome.systemTitle, outcome.invocationCounter], ['4D4D4D0000BC614E', 0x17])
})

test('refuses what is not what it says', () => {
	const both = { encryption: KEY, authentication: AK }
	const good = sealed(plain)
	assert.is(opened(good, {}), 'nokey')
	assert.is(opened(good, { encryption: AK, authentication: AK }), 'tag', 'wrong key')
	assert.is(opened(good, { encryption: KEY, authentication: KEY }), 'tag', 'wrong authentication key')
	assert.is(opened(good, { encryption: AK }), 'key', 'wrong key and no tag to tell')
	for (const tag of [0, 4, 8, 11]) assert.is(opened(sealed(plain, { tag }), both), 'tag', `a tag of ${tag} bytes`)
	for (let at = 11; at < good.length; at++) {
		const bad = good.map((byte, place) => (place === at ? byte ^ 1 : byte))
		assert.not.equal(opened(bad, both), 'verified', `byte ${at}`)
	}
	assert.is(opened(sealed(plain, { control: 0x20 }), both), 'tag', 'no tag, though a key for it is configured')
	assert.is(opened(sealed(plain, { control: 0x20 }), { encryption: KEY }, 'required'), 'tag')
	assert.is(opened(sealed(plain), { encryption: KEY }, 'required'), 'nokey')
	assert.is(opened(plain, both), 'tag', 'in clear, though a key is configured')
	assert.is(opened(sealed(plain, { control: 0x33 }), both), 'suite')
	assert.is(opened(sealed(plain, { control: 0x70 }), both), 'suite', 'broadcast key')
	assert.is(opened(sealed(plain, { control: 0xb0 }), both), 'suite', 'compressed')
	assert.is(opened(sealed(plain), { encryption: hexBytes('00'.repeat(32)) }), 'key', 'a key of the wrong length')
	assert.is(opened(sealed(plain).subarray(0, 12), both), 'length')
	assert.is(opened(sealed(concat([plain, hexBytes('00')]), { control: 0x20 }), { encryption: KEY }), 'key', 'a byte is left over')
})

test('accepts no random key on a telegram without a tag', () => {
	const { bytes } = telegram('ch-lg-e570-enc')
	const reader = (encryption: Uint8Array) => {
		const found = decoder({ ...settings, keys: { encryption } })
		return [...found.push(bytes), ...found.idle()].filter((item) => 'telegram' in item).length
	}
	assert.is(reader(hexBytes('101112131415161718191A1B1C1D1E1F')), 1)
	for (let trial = 0; trial < 2000; trial++)
		assert.is(reader(hexBytes(hex(Uint8Array.from({ length: 16 }, (_, i) => (trial * 31 + i * 17) & 0xff)))), 0)
})

test.run()
