import * as assert from 'uvu/assert'
import { crcKermit } from '../../engine/bytes/crc.ts'
import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { sml } from '../../engine/link/sml.ts'
import { scaled } from '../../engine/telegram/number.ts'
import { telegram } from '../support/corpus.ts'
import {
	hexBytes,
	smlEntry,
	smlFrame,
	smlList,
	smlMessages,
	smlNothing,
	smlOctets,
	smlSigned,
	smlTransport,
	smlUnsigned,
} from '../support/craft.ts'
import { decoded, only, reasons, registerValue } from '../support/dialects.ts'
import { events, everyWay, payloads } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('sml')

const SERVER = hexBytes('0A01445A470002632316')
const NOISE = hexBytes('1B1B1B1B 01 1B1B 1B1B1B1B1A')
const read = (entries: Uint8Array[], settings = {}) => only(decoded('sml', 'sml', smlFrame(SERVER, entries), settings))
const content = (values: Uint8Array, time: Uint8Array = smlNothing) =>
	smlList(smlNothing, smlOctets(SERVER), smlNothing, time, values, smlNothing, smlNothing)
const power = smlEntry('1-0:16.7.0', smlSigned(5), { unit: 27 })

test('finds its frames with escapes inside, four bytes of 1B before the end among them', () => {
	for (const inside of ['1B1B1B1B', '1B1B1B1B1B', '001B1B1B', '1B1B1B1B1B1B1B1B', '001B1B1B1B01010101']) {
		const bytes = hexBytes(inside)
		const escaped = hexBytes(inside.replaceAll('1B1B1B1B', '1B1B1B1B1B1B1B1B'))
		const frame = smlTransport(escaped)
		everyWay(sml, frame, NOISE)
		const [payload] = payloads(events(sml, [frame]))
		assert.is(payload?.replace(/(00){0,3}$/, ''), Buffer.from(bytes).toString('hex').toUpperCase(), inside)
	}
})

test('refuses frames whose checksum is wrong, and goes on with the next', () => {
	const good = smlFrame(SERVER, [power])
	const why = (bytes: Uint8Array) => events(sml, [bytes]).map((event) => (event.kind === 'discarded' ? event.reason : 'frame'))
	for (let at = 8; at < good.length - 8; at++) {
		const damaged = good.map((byte, place) => (place === at ? byte ^ 0x04 : byte))
		assert.equal(why(concat([damaged, good])).at(-1), 'frame', `byte ${at}`)
		assert.not.ok(why(damaged).includes('frame'), `byte ${at}`)
	}
	assert.equal(why(good.subarray(0, 40)), ['incomplete'])
	assert.equal(why(concat([good.subarray(0, 40), good])), ['incomplete', 'frame'])
})

test('reads files with as many fill bytes as the meter sends, whatever it counts', () => {
	const messages = smlMessages(content(smlList(power)), SERVER)
	const short = (4 - (messages.length % 4)) % 4
	for (const [sent, counted] of [
		[short, short],
		[short + 4, 4],
		[short + 4, short],
		[short, 0],
		[short, 4],
	]) {
		const [telegram] = decoded('sml', 'sml', smlTransport(messages, sent, counted))
		assert.ok(telegram && 'telegram' in telegram, `${sent} fill bytes, counted ${counted}`)
	}
})

test('takes the checksum that some meters compute, CRC-16/KERMIT, of messages and files alike, and neither of damaged ones', () => {
	// The first message of a Holley DTZ541 (spacemanspiff2007/SmlLib issue 22): its checksum is right.
	const open = hexBytes('76 04000001 6200 6200 72 650000 0101 76 01 01 070000 0A583B80 0B0A01484C5902000159BB 01 01 63565D 00')
	assert.is(crcKermit(open, 0, open.length - 4), 0x565d)
	const file = concat([open, smlMessages(content(smlList(power)), SERVER, 0x0701, crcKermit)])
	const frame = smlTransport(file, undefined, undefined, crcKermit)
	assert.equal(registerValue(only(decoded('sml', 'sml', frame)), '1-0:16.7.0'), { kind: 'number', raw: 5, scaler: 0, unit: 'W' })
	for (let at = 8; at < frame.length - 8; at++) {
		const damaged = frame.map((byte, place) => (place === at ? byte ^ 0x04 : byte))
		assert.equal(reasons(decoded('sml', 'sml', damaged)).includes('crc'), true, `byte ${at}`)
	}
	assert.equal(reasons(decoded('sml', 'sml', smlTransport(smlMessages(content(smlList(power)), SERVER, 0x0701, () => 0x1234)))), ['crc'])
})

test('reads numbers of any length, signed and unsigned, with scaler and unit', () => {
	const telegram = read([
		smlEntry('1-0:1.8.0', smlUnsigned(1_424_298, 3), { unit: 30, scaler: -1 }),
		smlEntry('1-0:2.8.0', concat([hexBytes('69'), hexBytes('FFFFFFFFFFFFFFFF')]), { unit: 30, scaler: -1 }),
		smlEntry('1-0:16.7.0', concat([hexBytes('54'), hexBytes('FECBFD')]), { unit: 27, scaler: -2 }),
		smlEntry('1-0:96.50.1*1', smlOctets(fromLatin1('DZG'))),
		smlEntry('1-0:96.1.0', smlOctets(SERVER)),
		smlEntry('1-0:96.5.0', smlUnsigned(637, 2)),
		smlEntry('1-0:96.5.1', hexBytes('4201')),
		smlEntry('1-0:96.5.2', smlNothing),
	])
	assert.is(telegram.meterId, '0A01445A470002632316')
	assert.equal(registerValue(telegram, '1-0:1.8.0'), { kind: 'number', raw: 1_424_298, scaler: -1, unit: 'Wh' })
	assert.equal(registerValue(telegram, '1-0:2.8.0'), { kind: 'number', raw: 2n ** 64n - 1n, scaler: -1, unit: 'Wh' })
	assert.equal(registerValue(telegram, '1-0:16.7.0'), { kind: 'number', raw: -78_851, scaler: -2, unit: 'W' })
	assert.equal(registerValue(telegram, '1-0:96.50.1*1'), { kind: 'text', text: 'DZG' })
	assert.equal(registerValue(telegram, '1-0:96.1.0'), { kind: 'text', text: '0A01445A470002632316' })
	assert.equal(registerValue(telegram, '1-0:96.5.0'), { kind: 'number', raw: 637, scaler: 0 }, 'without a scaler it is the value')
	assert.equal(registerValue(telegram, '1-0:96.5.1'), { kind: 'boolean', value: true })
	assert.equal(registerValue(telegram, '1-0:96.5.2'), { kind: 'none' })
})

test('gives a power its sign from a status bit, where the profile says so', () => {
	const registers = { '16.7.0': { negate: { status: '1.8.0', bit: 5 } } }
	const value = (status: number) =>
		registerValue(
			read(
				[
					smlEntry('1-0:1.8.0', smlUnsigned(1, 4), { status: smlUnsigned(status, 3), unit: 30 }),
					smlEntry('1-0:16.7.0', smlUnsigned(500, 2), { unit: 27 }),
				],
				{ registers },
			),
			'1-0:16.7.0',
		)
	assert.equal(value(0x0182), { kind: 'number', raw: 500, scaler: 0, unit: 'W' })
	assert.equal(value(0x01a2), { kind: 'number', raw: -500, scaler: 0, unit: 'W' })
	// Without the status word nobody knows the sign: no scaler, so it reaches no expression.
	const alone = registerValue(read([smlEntry('1-0:16.7.0', smlUnsigned(500, 2), { unit: 27 })], { registers }), '1-0:16.7.0')
	assert.equal(alone, { kind: 'number', raw: 500, unit: 'W' })
})

test('reads times of the sensor: seconds since 1970, with offset or without; an index is no time', () => {
	const clock = (time: Uint8Array) => only(decoded('sml', 'sml', smlTransport(smlMessages(content(smlList(power), time), SERVER)))).clock
	const seconds = Date.UTC(2026, 6, 1, 12, 0, 5) / 1000
	assert.is(clock(smlList(smlUnsigned(1, 1), smlUnsigned(4711, 4))), undefined)
	assert.equal(clock(smlList(smlUnsigned(2, 1), smlUnsigned(seconds, 4))), { local: '2026-07-01T12:00:05', offset: 0, source: 'telegram' })
	assert.equal(clock(smlList(smlUnsigned(3, 1), smlList(smlUnsigned(seconds, 4), smlSigned(60), smlSigned(60)))), {
		local: '2026-07-01T14:00:05',
		offset: 120,
		source: 'telegram',
	})
})

test('refuses what is no list of values, and reports an attention as an error', () => {
	const why = (messages: Uint8Array) => reasons(decoded('sml', 'sml', smlTransport(messages)))
	assert.equal(why(smlMessages(content(smlList()), SERVER)), ['layout'], 'an empty list')
	assert.equal(why(smlMessages(content(smlList(smlList(smlNothing))), SERVER)), ['layout'], 'an entry of another structure')
	assert.equal(why(smlMessages(content(smlList(power)).subarray(0, 20), SERVER)), ['layout'], 'cut short')
	assert.equal(why(smlMessages(concat(Array.from({ length: 40 }, () => hexBytes('71'))), SERVER)), ['depth'])
	assert.equal(why(hexBytes('00')), ['unknown'])
	const good = smlMessages(content(smlList(power)), SERVER)
	const attention = Uint8Array.from(good)
	attention.set(hexBytes('FF01'), Buffer.from(good).indexOf(Buffer.from('0701', 'hex')))
	assert.equal(why(attention), ['crc'], "a message's own checksum counts, too")
	assert.equal(why(smlMessages(content(smlList(power)), SERVER, 0xff01)), ['error'])
})

test('refuses a scaler that is no byte', () => {
	for (const scaler of ['538000', '55FF000000', '597FFFFFFFFFFFFFFF', '0401']) {
		const entry = smlList(
			smlOctets(hexBytes('0100010800FF')),
			smlNothing,
			smlNothing,
			smlUnsigned(30, 1),
			hexBytes(scaler),
			smlUnsigned(5, 1),
			smlNothing,
		)
		assert.equal(reasons(decoded('sml', 'sml', smlFrame(SERVER, [entry]))), ['layout'], scaler)
	}
	assert.is(scaled({ kind: 'number', raw: 5, scaler: -32_768 }), '5e-32768')
})

test('refuses the damaged telegrams of the corpus by their checksum', () => {
	for (const id of ['broken-sml-emh-apollon77-protocol', 'broken-sml-emh-apollon77-short'])
		assert.equal(reasons(decoded('sml', 'sml', telegram(id).bytes)), ['crc'], id)
})

test.run()
