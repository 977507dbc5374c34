import * as assert from 'uvu/assert'
import { noTransfer } from '../../engine/application/application.ts'
import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { applications } from '../../engine/decode/registry.ts'
import { iec62056 } from '../../engine/link/iec62056-21.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import { submetersOf } from '../../engine/telegram/submeter.ts'
import { telegram } from '../support/corpus.ts'
import { decoded, only, reasons, registerValue } from '../support/dialects.ts'
import { events, everyWay, payloads } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('iec62056-21')

const NOISE = fromLatin1('\x00/!\x7f1.8.0(0001\r\n')
/** The data behind STX, with ETX and block check. */
function framed(data: string): Uint8Array {
	const checked = fromLatin1(`${data}\x03`)
	return concat([fromLatin1('\x02'), checked, Uint8Array.of(checked.reduce((check, byte) => check ^ byte, 0))])
}
/** Seven-bit bytes with even parity, as a port of eight bits shows them. */
const withParity = (bytes: Uint8Array) =>
	bytes.map((byte) => {
		const ones = byte.toString(2).replaceAll('0', '').length
		return ones % 2 === 0 ? byte : byte | 0x80
	})
const read = (text: string | Uint8Array) => decoded('iec62056-21', 'iec62056-21', typeof text === 'string' ? fromLatin1(text) : text)
const why = (bytes: Uint8Array) => events(iec62056, [bytes]).map((event) => (event.kind === 'discarded' ? event.reason : 'frame'))

const ID = '/SIE6TD3511\r\n'
const LINES = '0.0.0(110002267)\r\n1.8.0(31550.191*kWh)\r\n1.7.0(0.386*kW)\r\n!\r\n'

test('reads a readout with STX, ETX and block check, and refuses it when one bit is wrong', () => {
	const good = concat([fromLatin1(ID), framed(LINES)])
	everyWay(iec62056, good, NOISE)
	for (let at = ID.length + 1; at < good.length; at++) {
		const damaged = good.map((byte, place) => (place === at ? byte ^ 0x01 : byte))
		assert.not.ok(why(damaged).includes('frame'), `byte ${at}`)
	}
	assert.equal(why(good.map((byte, place) => (place === 40 ? byte ^ 0x02 : byte))), ['bcc'])
	assert.equal(why(good.subarray(0, 40)), ['incomplete'])
})

test('reads a unit with a slash, which begins no readout', () => {
	const lines = `0.3.0(1000*imp/kWh)\r\n${LINES}`
	everyWay(iec62056, concat([fromLatin1(ID), framed(lines)]), NOISE)
	everyWay(iec62056, fromLatin1(`${ID}\r\n${lines}`), NOISE)
})

test('reads seven bits with even parity where the port gave eight', () => {
	const good = concat([fromLatin1(ID), framed(LINES)])
	assert.equal(payloads(events(iec62056, [withParity(good)])), payloads(events(iec62056, [good])))
	assert.equal(payloads(events(iec62056, [withParity(good).map((byte) => byte ^ 0x80)])), payloads(events(iec62056, [good])), 'odd parity')
	const odd = withParity(good)
	odd[30] = (odd[30] ?? 0) ^ 0x80
	assert.not.ok(why(odd).includes('frame'))
	assert.is(only(read(withParity(fromLatin1(`${ID}\r\n${LINES}`)))).meterId, '110002267')
})

test('reads pushed readouts, and nothing that begins in mid-line', () => {
	everyWay(iec62056, fromLatin1(`${ID}\r\n${LINES}`), NOISE)
	everyWay(iec62056, fromLatin1(LINES), NOISE)
	// The first code could be 13.8.0, of which the port saw the end.
	assert.not.ok(why(fromLatin1(`3.8.0(1*kWh)\r\n${LINES.slice(18)}`)).includes('frame'))
	assert.equal(why(fromLatin1(`1.8.0(1*kWh)\r\n${ID}\r\n${LINES}`)), ['noise', 'frame'])
	assert.equal(why(fromLatin1(`${ID}\r\n1.8.0(1*k${ID}\r\n${LINES}`)), ['incomplete', 'frame'])
})

test('never reads without its block check what had STX', () => {
	assert.equal(reasons(read(`${ID}${LINES}\x03\x11`)), ['bcc'], 'STX was lost')
	const lost = fromLatin1(`${ID}${LINES}\x03\x11`)
	const bytewise = events(
		iec62056,
		Array.from(lost, (byte) => Uint8Array.of(byte)),
	)
	assert.not.ok(
		bytewise.some(({ kind }) => kind === 'frame'),
		'nor when it comes byte by byte',
	)
	const cut = fromLatin1(`${ID}\x02${LINES}`)
	assert.equal(reasons(read(cut)), ['incomplete'], 'ETX and block check were cut off')
	assert.is(only(decoded('iec62056-21', 'iec62056-21', cut, { blockCheck: 'optional' })).registers.length, 3, 'where a profile allows it')
	const bell = LINES.replace('\r\n', '\x07\r\n')
	assert.equal(reasons(read(concat([fromLatin1(ID), framed(bell)]))), ['noise'])
})

test('leaves out the echo of an optical head', () => {
	const echoed = concat([fromLatin1(`/?!\r\n${ID}\x06061\r\n`), framed(LINES)])
	assert.equal(payloads(events(iec62056, [echoed])), payloads(events(iec62056, [concat([fromLatin1(ID), framed(LINES)])])))
})

test('reads answers to commands without an identification, by their block check only', () => {
	assert.is(only(read(framed('1.7.0(0.386*kW)\r\n'))).registers.length, 1)
	assert.equal(reasons(read(fromLatin1('\x021.7.0(0.386*kW)\r\n\x03\x7f'))), ['bcc'])
})

test('reads codes long and short, several in a line, maxima with their time, and texts as they are', () => {
	const said = only(
		read(
			`${ID}\r\n1-0:1.8.0*255(00032549.5061662*kWh)\r\n6.8(0029.055*MWh)6.26(01589.28*m3)6.8*01(0028.086*MWh)\r\nC.1(53965555)F.F(00)\r\n1.6.0*03(02.838*kW)(1612232045)\r\n81.7.6(  80*Deg)31.7.0(+000.8*A)9.18()\r\n!\r\n`,
		),
	)
	assert.equal(registerValue(said, '1-0:1.8.0'), { kind: 'number', raw: 325495061662, scaler: -4, unit: 'Wh' })
	assert.equal(registerValue(said, '6.8*01'), { kind: 'number', raw: 28086, scaler: 3, unit: 'Wh' })
	assert.equal(registerValue(said, '6.26'), { kind: 'number', raw: 158928, scaler: -2, unit: 'm³' })
	assert.equal(registerValue(said, '81.7.6'), { kind: 'number', raw: 80, scaler: 0, unit: 'Deg' })
	assert.equal(registerValue(said, '31.7.0'), { kind: 'number', raw: 8, scaler: -1, unit: 'A' })
	assert.equal(registerValue(said, 'F.F'), { kind: 'text', text: '00' })
	assert.equal(said.registers.find(({ obis }) => obis === '1.6.0*03')?.time, { local: '2016-12-23T20:45:00' })
	assert.is(said.meterId, '53965555')
})

test('reads decimal commas, ids of 96.1.1 in hex, and numbers whose code implies the unit', () => {
	const said = only(
		read(`${ID}\r\n0-0:96.1.1(31343233343536373839303132333435)\r\n1.6(000007,4*kW)\r\n1.8.0(1,234.5*kWh)\r\n13.7.0(-0,98)\r\n!\r\n`),
	)
	assert.equal(registerValue(said, '1.6'), { kind: 'number', raw: 74, scaler: 2, unit: 'W' })
	assert.equal(registerValue(said, '1.8.0'), { kind: 'text', text: '1,234.5*kWh' })
	assert.equal(registerValue(said, '13.7.0'), { kind: 'number', raw: -98, scaler: -2, unit: '' })
	assert.is(said.meterId, '1423456789012345')
	assert.is(only(read(`${ID}\r\n96.1.1(35363738)\r\n1.8.0(1*kWh)\r\n!\r\n`)).meterId, '35363738', 'eight digits are a number')
})

test('reads a heat meter as a sub-meter of its own, and no reactive energy as heat', () => {
	const submeters = (lines: string) => submetersOf(only(read(`/LUGCUH50\r\n${lines}\r\n!\r\n`)))
	const time = { local: '2023-09-10T13:00:51' }
	assert.equal(
		{ ...submeters('6.8(0071956*kWh)6.26(01087.18*m3)6.8*01(0059059*kWh)\r\n9.36(2023-09-10&13:00:51)0.0(12345678)') },
		{ 0: { id: '12345678', medium: 'heat', energy: 71_956_000, volume: 1087.18, time: { ...time, source: 'meter' } } },
	)
	assert.equal({ ...submeters('6.8(0000.036*GJ)0.0(1)') }, { 0: { id: '1', medium: 'heat', energy: 10_000 } })
	assert.equal({ ...submeters('6.8(0000.036*kvarh)0.0(1)') }, {})
})

test('reads the times of maxima, of 2020 too', () => {
	const time = (text: string) => only(read(`${ID}\r\n1.6.0(03.258*kW)(${text})\r\n!\r\n`)).registers[0]?.time?.local
	for (const text of ['20-11-05 10:15:00', '2020-11-05&10:15:00', '201105101500', '2011051015'])
		assert.is(time(text), '2020-11-05T10:15:00', text)
	assert.is(time('20-13-05 10:15:00'), undefined)
})

test('reads date and time of their registers, with the season in front or not', () => {
	const clock = (time: string, date: string) => only(read(`${ID}\r\n0.9.1(${time})\r\n0.9.2(${date})\r\n!\r\n`)).clock
	assert.equal(clock('21:10:29', '24-03-21'), { local: '2024-03-21T21:10:29', source: 'meter' })
	assert.equal(clock('1211029', '1240721'), { local: '2024-07-21T21:10:29', daylight: true, source: 'meter' })
	assert.is(clock('25:10:29', '24-03-21'), undefined)
})

test('reports errors as errors, and refuses what is no data line', () => {
	assert.equal(reasons(read(framed('(ER01)'))), ['error'])
	assert.equal(reasons(read(`${ID}\r\nhello\r\n!\r\n`)), ['syntax'])
	assert.equal(reasons(read(`${ID}\r\n1.8.0(1*kWh\r\n!\r\n`)), ['syntax'])
	assert.equal(reasons(read(`${ID}\r\n!\r\n`)), ['layout'])
	assert.equal(reasons(read(telegram('broken-iec-xx-lg-zmd-mixed').bytes)), ['bcc'])
	const many = applications['iec62056-21'](fromLatin1('F(1)'.repeat(5000)), noTransfer, {
		keys: {},
		authentication: 'optional',
		budget: newBudget(),
	})
	assert.is(many.outcomes[0]?.kind === 'rejected' && many.outcomes[0].reason, 'limit')
})

test.run()
