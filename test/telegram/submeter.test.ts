import * as assert from 'uvu/assert'
import { fromLatin1 } from '../../engine/bytes/hex.ts'
import { submetersOf, uncounted } from '../../engine/telegram/submeter.ts'
import { scopeOf } from '../../engine/transform/scope.ts'
import { telegram } from '../support/corpus.ts'
import { enumeration, hexBytes, i8, mbusFrame, notification, octets, p1Telegram, pushList, structure, text, u32 } from '../support/craft.ts'
import { decoded, only } from '../support/dialects.ts'
import { suite } from '../support/suite.ts'

const test = suite('submeter')

const p1 = (...lines: string[]) => only(decoded('p1', 'p1', p1Telegram('TST5', lines)))

test('gives gas, water and heat of P1 by channel, with id, medium, unit and time', () => {
	const said = p1(
		'0-1:24.1.0(003)',
		'0-1:96.1.0(4730303332353631)',
		'0-1:24.2.1(170102161005W)(00000.107*m3)',
		'0-2:24.1.0(004)',
		'0-2:96.1.0(621848012D2C0B0C)',
		'0-2:24.2.1(170102161005W)(0.036*GJ)',
		'0-3:24.1.0(007)',
		'0-3:96.1.1(A1)',
		'0-3:24.2.3(170102161005W)(872.234*dm3)',
	)
	const time = { local: '2017-01-02T16:10:05', daylight: false, seasonal: true }
	assert.equal(
		{ ...submetersOf(said) },
		{
			1: { id: 'G0032561', medium: 'gas', volume: 0.107, time },
			2: { id: '621848012D2C0B0C', medium: 'heat', energy: 10_000, time },
			3: { id: 'A1', medium: 'water', volume: 0.872234, time },
		},
	)
})

test('leaves out channels without an id, with zeros for one, without a value, or with a number of no unit', () => {
	assert.equal(Object.keys(submetersOf(p1('0-1:24.1.0(003)', '0-1:24.2.1(170102161005W)(0.0*m3)'))), [])
	assert.equal(Object.keys(submetersOf(p1('0-1:96.1.0()', '0-1:24.2.1(170102161005W)(1.0*m3)'))), [])
	assert.equal(Object.keys(submetersOf(p1('0-1:96.1.0(000000000000)', '0-1:24.2.1(170102161005W)(1.0*m3)'))), [])
	assert.equal(Object.keys(submetersOf(p1('0-1:96.1.0(A1)', '0-1:24.2.1(632525252525S)(00000.000)'))), [])
	assert.equal(Object.keys(submetersOf(p1('0-1:96.1.0(A1)', '0-1:24.2.1(170102161005W)(1.0*kW)'))), [], 'power is no counter')
	assert.equal(Object.keys(submetersOf(p1('0-1:96.1.0(A1)', '0-1:24.2.1(170102161005W)(-1.0*m3)'))), [])
})

test('gives no counter that stands twice with different values, nor a number of joules as if it were watt-hours', () => {
	const twice = p1('0-1:96.1.0(A1)', '0-1:24.2.1(170102161005W)(00100.107*m3)', '0-1:24.2.1(170102161005W)(00200.107*m3)')
	assert.equal(Object.keys(submetersOf(twice)), [])
	const context = { timezone: 'Europe/Zurich', received: 0, topic: {}, channel: {} }
	const { values, withheld } = scopeOf(twice, context)
	assert.equal(JSON.parse(JSON.stringify(values.channels)), { 1: { '96.1.0': 'A1', times: {} } })
	assert.is(withheld.get('0-1:24.2.1')?.code, 'ambiguous')
	const water = only(decoded('mbus', 'mbus', mbusFrame(hexBytes('0801727856341224230107550000000413E80300000413D0070000'))))
	assert.equal(Object.keys(submetersOf(water)), [])
	const heat = only(decoded('iec62056-21', 'iec62056-21', fromLatin1('/SIE32WR5\r\n6.8(0029.055*GJ)6.26(01589.28*m3)!\r\n')))
	const scope = scopeOf(heat, context)
	assert.equal({ ...(scope.values.obis as object) }, { '6.26': 1589.28 })
	assert.is(scope.withheld.get('6.8')?.code, 'unit')
	const both = scopeOf(p1('1-0:1.7.0(00.500*kW)', '1-0:1.7.0(003*A)'), context)
	assert.equal(Object.keys(both.values.registers as object), [], 'a code that is withheld is withheld everywhere')
})

const { bytes } = telegram('ch-lg-e450-mbus-extreg-2024')

test('counts extended registers where the meter or the profile says what they count, and names those that nobody knows', () => {
	const bare = only(decoded('hdlc', 'dlms', bytes))
	assert.equal(Object.keys(submetersOf(bare)), [])
	assert.equal(uncounted(bare), ['0-1:24.2.1'], 'zeros of unused channels are nobody’s')
	const known = only(decoded('hdlc', 'dlms', bytes, { registers: { '0-1:24.2.1': { scaler: -3, unit: 'm3' } } }))
	assert.equal({ ...submetersOf(known) }, { 1: { id: '24521662', volume: 30.545 } })
	const list = pushList('0-11:25.9.0', [
		{ classId: 1, obis: '0-1:96.1.0', value: text('24521662') },
		{ classId: 1, obis: '0-1:24.1.0', value: text('7') },
		{ classId: 4, obis: '0-1:24.2.1', value: u32(30_545) },
		{ classId: 4, obis: '0-1:24.2.1', attribute: 3, value: structure(i8(-3), enumeration(13)) },
		{ classId: 4, obis: '0-1:24.2.1', attribute: 5, value: octets(hexBytes('07EA 01 02 05 03 04 05 FF 8000 00')) },
	])
	const stated = only(decoded('raw', 'dlms', notification(list)))
	assert.equal(
		{ ...submetersOf(stated) },
		{ 1: { id: '24521662', medium: 'water', volume: 30.545, time: { local: '2026-01-02T03:04:05' } } },
	)
})

test('trims blanks around ids, of the meter and of sub-meters', () => {
	const lines = ['0-0:96.1.1(2020413120)', '0-1:24.1.0(003)', '0-1:96.1.0(2047312020)', '0-1:24.2.1(170102161005W)(1.0*m3)']
	assert.equal([p1(...lines).meterId, submetersOf(p1(...lines))[1]?.id], ['A1', 'G1'])
	const list = pushList('0-8:25.9.0', [{ classId: 1, obis: '0-0:96.1.0', value: text('  7654321 ') }])
	assert.is(only(decoded('raw', 'dlms', notification(list))).meterId, '7654321')
})

test.run()
