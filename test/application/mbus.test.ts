import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { mbus } from '../../engine/link/mbus.ts'
import { scaled } from '../../engine/telegram/number.ts'
import { submetersOf } from '../../engine/telegram/submeter.ts'
import { telegram } from '../support/corpus.ts'
import { hexBytes, mbusFrame } from '../support/craft.ts'
import { decoded, only, reasons, registerValue } from '../support/dialects.ts'
import { events, everyWay, payloads } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('mbus')

const NOISE = hexBytes('00 E5 10 68 68 03 04 68 16')
const why = (found: ReturnType<typeof events>) => found.flatMap((event) => (event.kind === 'discarded' ? [event.reason] : []))
/** An answer with a long header: id, medium, records. */
const answer = (records: string, { medium = '04', status = '00', configuration = '0000' } = {}) =>
	mbusFrame(hexBytes(`08 01 72 78563412 2423 01 ${medium} 55 ${status} ${configuration} ${records}`))
const records = (text: string) => only(decoded('mbus', 'mbus', answer(text))).records ?? []
const number = (text: string) => {
	const [record] = records(text)
	return record?.value.kind === 'number' ? [scaled(record.value), record.value.unit ?? null] : record?.value
}

test('reads long, control and short frames, and tells what is wrong with others', () => {
	everyWay(mbus, answer('0406 01000000'), NOISE)
	assert.equal(payloads(events(mbus, [hexBytes('6803036808017B8416')])), ['7B'], 'a control frame has its CI alone')
	assert.equal(payloads(events(mbus, [hexBytes('105BFE5916')])), [''], 'a short frame carries nothing')
	const good = answer('0406 01000000')
	const flip = (at: number) => good.map((byte, place) => (place === at ? byte ^ 0x10 : byte))
	assert.ok(why(events(mbus, [flip(8)])).includes('sum'))
	assert.ok(why(events(mbus, [flip(good.length - 1)])).includes('length'))
	assert.ok(why(events(mbus, [flip(1)])).includes('length'))
	assert.equal(why(events(mbus, [good.subarray(0, -4)])), ['incomplete'])
	assert.equal(why(events(mbus, [hexBytes('E5')])), ['noise'])
})

test('takes a length of 01 for 257', () => {
	const content = concat([hexBytes('08 01 72 78563412 2423 01 04 55 00 0000 0F'), new Uint8Array(257 - 16)])
	assert.is(content.length, 257)
	const frame = mbusFrame(content)
	assert.equal(frame.subarray(0, 4), hexBytes('68010168'))
	everyWay(mbus, frame, NOISE)
})

test('joins segments of the DLMS transport in their order only, with and without service access points', () => {
	const [one, two, three] = [hexBytes('53FF00 0167 DB0102'), hexBytes('53FF01 0167 03'), hexBytes('53FF12 0167 04')].map(mbusFrame)
	if (!one || !two || !three) throw new Error('three frames')
	assert.equal(payloads(events(mbus, [one, two, three])), ['DB01020304'])
	assert.equal(payloads(events(mbus, [concat([one, two, three])])), ['DB01020304'])
	assert.equal(payloads(events(mbus, [hexBytes('53FF00 DB0102'), hexBytes('53FF11 03')].map(mbusFrame))), ['DB010203'])
	for (const wrong of [[one, three], [two, three], [one, two, mbusFrame(hexBytes('53FF01 0167 09')), three], [three]]) {
		const found = events(mbus, wrong)
		assert.equal(payloads(found), [])
		assert.ok(why(found).includes('blocks'))
	}
	// An echo is passed over.
	assert.equal(payloads(events(mbus, [one, two, two, three])), ['DB01020304'])
	// A new first segment ends the one before.
	assert.equal(payloads(events(mbus, [one, one, two, three])), ['DB01020304'])
})

test('reads every data field', () => {
	assert.equal(number('0106 FE'), [-2000, 'Wh'], 'signed, 8 bits')
	assert.equal(number('0206 FEFF'), [-2000, 'Wh'], '16')
	assert.equal(number('0306 FEFFFF'), [-2000, 'Wh'], '24')
	assert.equal(number('0606 FEFFFFFFFFFF'), [-2000, 'Wh'], '48')
	assert.equal(number('0703 FFFFFFFFFFFFFF7F'), ['9223372036854775807', 'Wh'], '64: text beyond 2^53')
	assert.equal(number('0556 0000803F'), [1000, 'kg/h'], 'float: 1 × 10^3')
	assert.equal(number('055B 1ED82442'), [41.211052, '°C'])
	assert.equal(number('0A06 3412'), [1_234_000, 'Wh'], 'BCD')
	assert.equal(number('0B61 1800F0'), [-0.18, 'K'], 'F is a minus')
	assert.equal(number('0A06 3A12'), { kind: 'text', text: '123A' }, 'a display that shows an error')
	assert.equal(number('0D06 C2 3412'), [1_234_000, 'Wh'], 'BCD of two bytes')
	assert.equal(number('0D06 C9 785634129078563412'), ['123456789012345678000', 'Wh'], 'eighteen digits')
	assert.equal(number('0D06 D2 3412'), [-1_234_000, 'Wh'], 'the same below 0')
	assert.equal(number('0D06 E2 3412'), [4_660_000, 'Wh'], 'binary of two bytes')
	assert.equal(number('0D78 04 41424344'), { kind: 'text', text: 'DCBA' }, 'text from its last character')
	assert.equal(number('0006'), { kind: 'none' })
})

test('reads dates and times of all types, and none that does not exist', () => {
	const value = (text: string) => records(text)[0]?.value
	assert.equal(value('026C BF1C'), { kind: 'text', text: '2013-12-31' }, 'type G')
	assert.equal(value('026C FFFF'), { kind: 'none' })
	assert.equal(value('046D 172ECC13'), { kind: 'clock', clock: { local: '2014-03-12T14:23:00' } }, 'type F')
	assert.equal(value('046D 17AECC13'), { kind: 'clock', clock: { local: '2014-03-12T14:23:00', daylight: true } }, 'summer')
	assert.equal(value('046D A115E917'), { kind: 'none' }, 'flagged invalid (mbus-rel-relay-padpuls2)')
	assert.equal(value('066D 051E17DF2C00'), { kind: 'clock', clock: { local: '2022-12-31T23:30:05' } }, 'type I')
	assert.equal(value('026C FFFC'), { kind: 'none' }, 'every year')
	assert.equal(value('046D 0000FFFC'), { kind: 'none' })
	assert.equal(value('066D 000000FFFC00'), { kind: 'none' })
	assert.equal(value('036D FFFFFF'), { kind: 'none' })
	assert.equal(value('036D 051E17'), { kind: 'text', text: '23:30:05' }, 'type J')
})

test('reads storage, tariff, sub-unit, function and every extension of a unit', () => {
	const [one] = records('DA02 3B 1301')
	assert.equal([one?.function, one?.storage, one?.tariff, one?.device], ['Maximum value', 5, 0, 0])
	const [two] = records('8B60 04 371802')
	assert.equal([two?.storage, two?.tariff, two?.device], [0, 2, 1])
	const [far] = records('C4FFFFFFFF3F 06 00000000')
	assert.equal([far?.storage, far?.tariff, far?.device], [2 ** 21 - 1, 4 ** 5 - 1, 2 ** 4 - 1])
	assert.equal(number('02FDC8FF01 ED00'), [23.7, 'V'], 'behind FD')
	assert.equal(number('04FB00 01000000'), [100_000, 'Wh'], 'behind FB')
	assert.equal(number('02FC03485225 74 D411'), [45.64, ''], 'plain text, and a power of ten')
	assert.is(records('02FC03485225 74 D411')[0]?.quantity, '%RH')
	assert.equal(number('0486 7D 01000000'), [1_000_000, 'Wh'], 'a thousandfold')
	assert.equal(records('0486 3C 01000000')[0]?.qualifiers, ['negative only'])
	assert.equal(records('02FDC9FC02 ED00')[0]?.qualifiers, ['phase 2'])
	assert.equal(number('0226 0A00'), [36_000, 's'], 'hours as seconds')
	assert.equal(records('2F2F 0406 01000000 2F')?.length, 1, 'fillers')
	const unknown = records('02EF01 0100')[0]
	assert.equal([unknown?.quantity, unknown?.value], ['Reserved', { kind: 'number', raw: 1 }], 'a reserved unit is kept, unscaled')
})

test('makes registers only of what an OBIS code can say', () => {
	const heat = only(
		decoded('mbus', 'mbus', answer('0406 01000000 4406 02000000 1406 03000000 840006 04000000 844006 05000000 0486 50 06000000')),
	)
	assert.equal(
		heat.registers.map(({ obis }) => obis),
		['6-0:1.0.0', '6-0:1.0.0*1', '6-0:1.0.0'],
		'the present and the last period; no maximum, no sub-unit, no duration of a limit',
	)
	const power = only(decoded('mbus', 'mbus', answer('042B 64000000 04863C 01000000 02FDC9FC01 E600', { medium: '02' })))
	assert.equal(
		power.registers.map(({ obis }) => obis),
		['1-0:16.7.0', '1-0:2.8.0', '1-0:32.7.0'],
	)
	assert.is(submetersOf(power)['0'], undefined, 'an electricity meter is no sub-meter')
	assert.equal(submetersOf(only(decoded('mbus', 'mbus', answer('040E 01000000 0413 02000000'))))['0'], {
		id: '12345678',
		medium: 'heat',
		volume: 0.002,
		energy: round(1_000_000 / 3600),
	})
	assert.equal(registerValue(power, '1-0:16.7.0'), { kind: 'number', raw: 100, scaler: 0, unit: 'W' })
})

const round = (value: number) => Number(value.toPrecision(15))

test('reads mode 2, where the highest byte comes first, as it reads mode 1', () => {
	const header = '1234 5678 2324 01 04 55 00 0000'
	const two = (records: string, ci = '76') => only(decoded('mbus', 'mbus', mbusFrame(hexBytes(`08 01 ${ci} ${records}`))))
	const heat = two(`${header} 040F 00000102 0C13 00012345 0A5A 0425 0D78 04 41424344 0D06 C2 1234 026C 2312 056A 3F800000`)
	const values = (heat.records ?? []).map(({ value }) => (value.kind === 'number' ? scaled(value) : value))
	assert.equal(values, [2_580_000_000, 12.345, 42.5, { kind: 'text', text: 'ABCD' }, 1_234_000, { kind: 'text', text: '2016-03-18' }, 0.1])
	assert.equal([heat.meterId, heat.device], ['12345678', { medium: 4, manufacturer: 'HYD', version: 1, status: 0 }])
	const water = two('00345678 0A 00 E97E 00000012 00000135', '77')
	assert.equal([water.meterId, registerValue(water, '8-0:1.0.0')], ['00345678', { kind: 'number', raw: 12, scaler: -3, unit: 'm³' }])
	assert.equal(reasons(decoded('mbus', 'mbus', mbusFrame(hexBytes(`08 01 75 ${header} 0406 00000001`)))), ['unknown'])
})

test('names power and energy of phases and directions, in whatever order their extensions come', () => {
	const meter = answer(
		'04ABBCFC01 01000000 04ABFC813B 02000000 0486FC833C 03000000 04ABFC02 04000000 04FB823B 05000000 02FDC8FC05 A00F 04ABFF01 06000000',
		{ medium: '02' },
	)
	assert.equal(
		only(decoded('mbus', 'mbus', meter)).registers.map(({ obis, raw }) => [obis, raw]),
		[
			['1-0:22.7.0', 1],
			['1-0:21.7.0', 2],
			['1-0:62.8.0', 3],
			['1-0:56.7.0', 4],
			['1-0:3.8.0', 5],
			['1-0:124.7.0', 4000],
		],
		'VIFE FF 01 is the maker’s own: a record only',
	)
})

test('keeps all eight digits of an identification number', () => {
	assert.is(only(decoded('mbus', 'mbus', mbusFrame(hexBytes('08 01 72 56341200 2423 01 07 55 00 0000 0413 01000000')))).meterId, '00123456')
})

test('gives what the header says of the device', () => {
	assert.equal(only(decoded('mbus', 'mbus', answer('0406 01000000', { status: '0C' }))).device, {
		medium: 4,
		manufacturer: 'HYD',
		version: 1,
		status: 0x0c,
	})
})

test('refuses what it half understands, and reports errors as errors', () => {
	const refused = (records: string, options = {}) => reasons(decoded('mbus', 'mbus', answer(records, options)))
	assert.equal(refused('0406 010000'), ['length'])
	assert.equal(refused('3F06 01'), ['layout'], 'a reserved data field')
	assert.equal(refused('0D06 FB 01'), ['layout'], 'a reserved length')
	assert.equal(refused(''), ['layout'])
	assert.equal(refused('1F 0102'), ['incomplete'])
	assert.equal(refused('0406 01000000', { configuration: '1005' }), ['suite'], 'AES')
	assert.equal(refused('0406 01000000', { status: '01' }), ['error'], 'busy')
	assert.equal(refused('0406 01000000', { status: '02' }), ['error'])
	assert.equal(reasons(decoded('mbus', 'mbus', mbusFrame(hexBytes('080170 08')))), ['error'])
	assert.equal(reasons(decoded('mbus', 'mbus', mbusFrame(hexBytes('080171 08')))), ['error'], 'an alarm')
	assert.equal(reasons(decoded('mbus', 'mbus', hexBytes('105BFE5916'))), ['noise'])
	// An APDU is nothing for this application, and records are nothing for DLMS.
	assert.equal(reasons(decoded('mbus', 'mbus', telegram('at-kaifa-netznoe-spec').bytes)), ['unknown'])
	assert.equal(reasons(decoded('mbus', 'dlms', answer('0406 01000000'))), ['unknown'])
})

test('reads the fixed structure, counters in hex digits or BCD', () => {
	const fixed = (status: string, units: string, one: string, two: string) =>
		only(decoded('mbus', 'mbus', mbusFrame(hexBytes(`080573 78563412 0A ${status} ${units} ${one} ${two}`))))
	const water = fixed('00', 'E97E', '01000000', '35010000')
	assert.is(water.meterId, '12345678')
	assert.equal(water.device, { medium: 7, status: 0 })
	assert.equal(
		water.registers.map(({ obis, value }) => [obis, value]),
		[['8-0:1.0.0', { kind: 'number', raw: 1, scaler: -3, unit: 'm³' }]],
	)
	assert.equal(registerValue(fixed('01', 'E97E', '10000000', '00000000'), '8-0:1.0.0'), { kind: 'number', raw: 16, scaler: -3, unit: 'm³' })
	assert.equal(fixed('02', 'E97E', '01000000', '00000000').registers, [], 'stored at a fixed date: not of now')
})

test.run()
