import * as assert from 'uvu/assert'
import { fromLatin1 } from '../../engine/bytes/hex.ts'
import { submetersOf } from '../../engine/telegram/submeter.ts'
import { isoTime } from '../../engine/telegram/zone.ts'
import { p1Telegram } from '../support/craft.ts'
import { decoded, only, reasons, registerValue } from '../support/dialects.ts'
import { suite } from '../support/suite.ts'

const test = suite('p1 text')

const read = (...lines: string[]) => decoded('p1', 'p1', p1Telegram('TST5X', lines))
/** A telegram of version 2.2 or 3: without a CRC. */
const old = (...lines: string[]) => decoded('p1', 'p1', fromLatin1(`/TST5X\r\n\r\n${lines.join('\r\n')}\r\n!\r\n`))
const value = (line: string, ...others: string[]) => {
	const said = only(read(line, ...others))
	const register = said.registers[0]
	return register?.isNumber ? `${register.obis} ${register.raw}e${register.scaler} ${register.unit}` : register?.value
}

test('reads units without a star, blanks around values, codes with F, and decimal commas', () => {
	for (const line of [
		'1-0:1.8.0(000123.456*kWh)',
		'1-0:1.8.0(000123.456kWh)',
		'1-0:1.8.0(000123.456 kWh)',
		'1-0:1.8.0(000123.456*kWh )',
		'1-0:1.8.0( 000123.456 * kWh)',
		'1-0:1.8.0 (000123.456*kWh) ',
		'1-0:1.8.0*255(000123.456*kWh)',
		'1-0:1.8.0.255(000123.456*kWh)',
		'1-0:1.8.0(000123,456*kWh)',
	])
		assert.is(value(line), '1-0:1.8.0 123456e0 Wh', line)
	assert.is(value('1-0:31.7.0(001.39A)'), '1-0:31.7.0 139e-2 A')
	assert.equal(value('1-0:1.8.0(1,234.5*kWh)'), { kind: 'text', text: '1,234.5*kWh' }, 'a comma and a point')
	assert.is(value('1-0:1.8.0*101(000123.456*kWh)'), '1-0:1.8.0*101 123456e0 Wh', 'the last billing period is another code')
})

test('takes no text for a number with a unit', () => {
	for (const text of ['170102161005W', '632525252525S', '1234A', '3132', '0002', '12AB', '5kg'])
		assert.equal(value(`0-0:96.1.9(${text})`), { kind: 'text', text }, text)
	assert.equal(value('1-0:1.8.0(000123.456xyz)'), { kind: 'text', text: '000123.456xyz' })
})

test('gives numbers without a unit the one that their code implies, and a prefix only by what the others say', () => {
	assert.is(value('1-0:13.7.0(-1.000)'), '1-0:13.7.0 -1000e-3 ')
	assert.is(value('1-0:32.7.0(234.5)'), '1-0:32.7.0 2345e-1 V')
	assert.is(value('1-0:3.7.0(00.007)', '1-0:1.7.0(00.250*kW)', '0-0:1.0.0(260113100000W)'), '1-0:3.7.0 7e0 var')
	assert.is(value('1-0:3.7.0(007)', '1-0:1.7.0(250*W)'), '1-0:3.7.0 7e0 var')
	assert.equal(value('1-0:3.7.0(00.007)'), { kind: 'text', text: '00.007' }, 'W or kW: nobody says')
	assert.equal(value('1-0:1.7.0(507)', '1-0:21.7.0(00.507*kW)'), { kind: 'text', text: '507' }, 'written otherwise: 507 kW it is not')
	assert.equal(value('1-0:3.7.0(00.007)', '1-0:1.7.0(00.250*kW)', '1-0:2.7.0(250*W)'), { kind: 'text', text: '00.007' })
	assert.equal(
		value('1-0:1.8.0(000123.456)', '1-0:1.7.0(00.250*kW)'),
		{ kind: 'text', text: '000123.456' },
		'powers say nothing of energies',
	)
})

test('leaves out an odd line where the CRC fits, and names it', () => {
	const said = only(read('1-0:1.8.0(000123.456*kWh)', 'hello', '1-0:1.7.0(00.250*kW', '1-0:2.7.0(00.001*kW)'))
	assert.equal(
		said.registers.map(({ obis }) => obis),
		['1-0:1.8.0', '1-0:2.7.0'],
	)
	assert.equal(said.unread, ['hello', '1-0:1.7.0(00.250*kW'])
	assert.equal(reasons(old('1-0:1.8.0(000123.456*kWh)', 'hello')), ['syntax'], 'without a CRC it may be damage')
	assert.equal(reasons(read('hello')), ['layout'])
})

test('joins texts that are broken over lines, and values only where the CRC fits', () => {
	const long = '303132333435363738393A3B3C3D3E3F'
	for (const said of [read, old].map((how) => only(how(`0-0:96.13.0(${long}`, `${long}`, `${long})`, '1-0:1.7.0(00.250*kW)'))))
		assert.equal(registerValue(said, '0-0:96.13.0'), { kind: 'text', text: long.repeat(3) })
	assert.is(value('1-0:1.8.0(000123', '.456*kWh)'), '1-0:1.8.0 123456e0 Wh')
	assert.equal(reasons(old('1-0:1.8.0(000123', '.456*kWh)')), ['syntax'], 'what stood between may be lost')
})

test('reads an identification with bytes that are no text where the CRC fits', () => {
	assert.is(only(decoded('p1', 'p1', p1Telegram('TST5\x01\xff\x00', ['1-0:1.7.0(00.250*kW)']))).registers.length, 1)
	assert.equal(reasons(decoded('p1', 'p1', fromLatin1('/TST5\x01\xff\r\n\r\n1-0:1.7.0(00.250*kW)\r\n!\r\n'))), ['syntax'])
})

test('trims ids, takes the latest of several values, and a sub-meter that names itself nowhere', () => {
	assert.is(only(read('0-0:96.1.1(204B41203120)', '1-0:1.7.0(00.250*kW)')).meterId, 'KA 1')
	const hours = ['0-1:96.1.0(4131)', ...['02', '04', '03'].map((hour) => `0-1:24.2.1(1701021${hour.slice(1)}0000W)(0000${hour}.5*m3)`)]
	assert.is(submetersOf(only(read(...hours)))['1']?.volume, 4.5)
	const behind = only(read('7-0:23.1.0(01238.740*m3)(19-01-01 00:00:00)', '7-0:23.1.0(01237.560*m3)(18-12-31 23:00:00)'))
	assert.equal(
		behind.registers.map(({ raw, time }) => [raw, time?.local]),
		[[1_238_740, '2019-01-01T00:00:00']],
	)
	assert.is(submetersOf(only(read('0-1:24.2.1(170102161005W)(1.5*m3)')))['1']?.volume, 1.5)
	assert.equal(Object.keys(submetersOf(only(read('0-1:24.2.1(170102161005W)(0.0*m3)')))), [])
})

test('keeps normal time where the meter says so in summer', () => {
	const time = (text: string, zone: string) => {
		const { clock } = only(read(`0-0:1.0.0(${text})`))
		return clock && isoTime(clock, zone, 0)?.slice(-6)
	}
	assert.is(time('210729140950W', 'Europe/Stockholm'), '+01:00')
	assert.is(time('210729140950W', 'Europe/Helsinki'), '+02:00')
	assert.is(time('210729140950S', 'Europe/Stockholm'), '+02:00')
	assert.is(time('210129140950W', 'Europe/Stockholm'), '+01:00')
	assert.is(time('210129140950S', 'Europe/Stockholm'), '+02:00', 'what the meter says holds')
	assert.is(time('210729140950', 'Europe/Stockholm'), '+02:00', 'DSMR 2.2 and 3 say nothing')
	assert.is(time('210328023000W', 'Europe/Stockholm'), '+01:00', 'an hour that summer time leaves out')
	assert.is(time('211031023000S', 'Europe/Stockholm'), '+02:00')
	const maximum = only(read('1-0:1.6.0(210729140950W)(04.329*kW)')).registers[0]?.time
	assert.is(maximum && isoTime(maximum, 'Europe/Stockholm', 0), '2021-07-29T14:09:50+01:00')
})

test.run()
