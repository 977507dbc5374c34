import * as assert from 'uvu/assert'
import { cosemClock, p1Clock, textClock } from '../../engine/telegram/clock.ts'
import { codeAt, codeOf } from '../../engine/telegram/code.ts'
import { decimal, meterDecimal, scaled } from '../../engine/telegram/number.ts'
import { parseObis } from '../../engine/telegram/obis.ts'
import { numberRegister, type Register } from '../../engine/telegram/register.ts'
import { type RegisterRule, Rules } from '../../engine/telegram/rules.ts'
import { utcText } from '../../engine/telegram/time-text.ts'
import { cosemUnit, siUnit } from '../../engine/telegram/unit.ts'
import { isoInstant, isoTime } from '../../engine/telegram/zone.ts'
import { hexBytes } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const telegram = suite('telegram')

telegram('scales as decimal arithmetic does, for every raw value and scaler', () => {
	let seed = 7
	for (let trial = 0; trial < 20_000; trial++) {
		seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
		const raw = seed % 10 ** (1 + (seed % 9))
		const scaler = (seed >>> 8) % 7
		// The decimal reference: digits with the point moved, as text.
		const digits = String(raw).padStart(scaler + 1, '0')
		const text = scaler === 0 ? digits : `${digits.slice(0, -scaler)}.${digits.slice(-scaler)}`
		assert.is(scaled({ kind: 'number', raw, scaler: -scaler }), Number(text))
	}
	assert.is(scaled({ kind: 'number', raw: 2347, scaler: -1 }), 234.7)
	assert.is(scaled({ kind: 'number', raw: 482939, scaler: 3 }), 482939000)
	assert.is(scaled({ kind: 'number', raw: -15, scaler: -1 }), -1.5)
	assert.is(scaled({ kind: 'number', raw: 5, scaler: -30 }), 5e-30)
})

telegram('gives integers beyond 2^53 as text, digit by digit', () => {
	assert.is(scaled({ kind: 'number', raw: 9007199254740993n, scaler: 0 }), '9007199254740993')
	assert.is(scaled({ kind: 'number', raw: 18446744073709551615n, scaler: -3 }), '18446744073709551.615')
	assert.is(scaled({ kind: 'number', raw: 1, scaler: 20 }), '100000000000000000000')
	assert.is(scaled({ kind: 'number', raw: 0, scaler: 120 }), 0)
	assert.is(scaled({ kind: 'number', raw: -(2n ** 63n), scaler: 0 }), '-9223372036854775808')
})

telegram('reads decimal texts exactly', () => {
	assert.equal(decimal('004248.198'), { raw: 4248198, scaler: -3 })
	assert.equal(decimal('-1.5'), { raw: -15, scaler: -1 })
	assert.equal(meterDecimal('000007,4'), { raw: 74, scaler: -1 })
	for (const bad of ['1,234.5', '1.234,5', '1,2,3', ',5', '1,']) assert.is(meterDecimal(bad), undefined, bad)
	for (const bad of ['', '1,5', '1e5', '0x10', '1.', '.5', ' 1', '1'.repeat(41)]) assert.is(decimal(bad), undefined, bad)
})

telegram('knows the units of COSEM, P1 and OBIS', () => {
	assert.equal(cosemUnit(30), { unit: 'Wh', exponent: 0 })
	assert.is(cosemUnit(200), undefined)
	assert.equal(siUnit('kvarh'), { unit: 'varh', exponent: 3 })
	assert.equal(siUnit('KWH'), { unit: 'Wh', exponent: 3 })
	assert.equal(siUnit('GJ'), { unit: 'J', exponent: 9 })
	assert.equal(siUnit('°C'), { unit: '°C', exponent: 0 })
	const implied = (code: string) => parseObis(code)?.unit
	const wanted = {
		'1-0:1.7.0': 'W',
		'1-1:1.8.2': 'Wh',
		'1-0:62.8.0': 'Wh',
		'1-0:23.7.0': 'var',
		'1-0:8.8.0': 'varh',
		'1-0:9.7.0': 'VA',
		'1-0:72.7.0': 'V',
		'1-0:91.7.0': 'A',
		'1-0:13.7.0': '',
		'1-0:14.7.0': 'Hz',
	}
	for (const [code, unit] of Object.entries(wanted)) assert.is(implied(code), unit, code)
	for (const code of ['0-0:1.7.0', '7-0:1.7.0', '1-0:32.32.0', '1-0:99.97.0', '1-0:81.7.4']) assert.is(implied(code), undefined, code)
})

telegram('reads and writes OBIS codes', () => {
	assert.is(codeAt(hexBytes('0101010800FF'), 0).text, '1-1:1.8.0')
	assert.is(codeAt(hexBytes('010001080063'), 0).text, '1-0:1.8.0*99')
	assert.equal(parseObis('1-0:1.8.0*99'), { a: 1, b: 0, c: 1, d: 8, e: 0, f: 99, text: '1-0:1.8.0*99', short: '1.8.0', unit: 'Wh' })
	assert.equal(parseObis('1-0:1.8.0.255')?.f, 255)
	for (const bad of ['1.8.0', '1-0:1.8', '1-0:1.8.256', 'x']) assert.is(parseObis(bad), undefined, bad)
})

const cosem = (text: string) => cosemClock(hexBytes(text))
const ZURICH = 'Europe/Zurich'

telegram('writes instants as Date does', () => {
	const instants = [
		0,
		1,
		999,
		86_399_999,
		86_400_000,
		Date.UTC(2026, 4, 4, 9, 39, 22, 412),
		Date.UTC(2024, 1, 29, 23, 59, 59, 7),
		-1,
		8.64e15,
	]
	for (const instant of instants) assert.is(utcText(instant), new Date(instant).toISOString())
	assert.throws(() => utcText(Number.NaN))
})

telegram('reads COSEM date-times: offset, daylight, quality', () => {
	assert.equal(cosem('07EA0504010B2715FF800081'), { local: '2026-05-04T11:39:21', daylight: true, quality: 'invalid' })
	assert.equal(cosem('07E4080F0606132D00FF8880'), { local: '2020-08-15T06:19:45', offset: 120, daylight: true })
	assert.equal(cosem('07E60B03FF0F2619FFFF4CFF'), { local: '2022-11-03T15:38:25', offset: 180 })
	assert.equal(cosem('07E60B03FF0F26FFFFFF4C02'), { local: '2022-11-03T15:38:00', offset: 180, quality: 'doubtful' })
	assert.equal(cosem('07E60B03FF0F261900000000'), { local: '2022-11-03T15:38:25', offset: 0 })
})

telegram('gives no clock for dates that do not exist or are not stated', () => {
	for (const bad of [
		'FFFF0504010B2715FF800000',
		'07EAFF04010B2715FF800000',
		'07EA021E010B2715FF800000',
		'07EA0D01010B2715FF800000',
		'07EA0504011827150F800000',
		'07EA0504',
	]) {
		assert.is(cosem(bad), undefined, bad)
	}
	for (const bad of ['000000000000W', '991301000000', '2101010000', '210101000000X']) assert.is(p1Clock(bad), undefined, bad)
	for (const bad of ['2026-02-30T00:00:00', 'x', '2026-05-04T11:39:21Z', '11:39']) assert.is(textClock(bad), undefined, bad)
})

telegram('places local time in its zone, in summer, winter and the two odd hours', () => {
	const at = (local: string, received: string, daylight?: boolean) =>
		isoTime({ local, ...(daylight !== undefined && { daylight }) }, ZURICH, Date.parse(received))
	assert.is(at('2026-05-04T11:39:21', '2026-05-04T09:39:22Z'), '2026-05-04T11:39:21+02:00')
	assert.is(at('2026-01-04T11:39:21', '2026-01-04T10:39:22Z'), '2026-01-04T11:39:21+01:00')
	// 25 October 2026: 02:30 stands twice.
	assert.is(at('2026-10-25T02:30:00', '2026-10-25T00:30:01Z'), '2026-10-25T02:30:00+02:00')
	assert.is(at('2026-10-25T02:30:00', '2026-10-25T01:30:01Z'), '2026-10-25T02:30:00+01:00')
	assert.is(at('2026-10-25T02:30:00', '2026-10-25T01:30:01Z', true), '2026-10-25T02:30:00+02:00')
	assert.is(at('2026-10-25T02:30:00', '2026-10-25T00:30:01Z', false), '2026-10-25T02:30:00+01:00')
	assert.is(at('2026-10-25T03:00:00', '2026-10-25T02:00:00Z'), '2026-10-25T03:00:00+01:00')
	// 29 March 2026: 02:30 does not exist; a meter that shows it keeps standard time.
	assert.is(at('2026-03-29T02:30:00', '2026-03-29T01:30:01Z'), '2026-03-29T02:30:00+01:00')
	assert.is(isoTime({ local: '2026-05-04T11:39:21' }, undefined, 0), undefined)
	assert.is(isoTime({ local: '2022-11-03T15:38:25', offset: 180 }, ZURICH, 0), '2022-11-03T15:38:25+03:00')
	assert.is(isoTime({ local: '2022-11-03T15:38:25', offset: -210 }, undefined, 0), '2022-11-03T15:38:25-03:30')
	assert.is(isoInstant(Date.parse('2021-09-24T15:52:32Z'), ZURICH), '2021-09-24T17:52:32+02:00')
	assert.is(isoInstant(Date.parse('2021-09-24T15:52:32Z'), undefined), '2021-09-24T15:52:32Z')
})

const one = (obis: string, raw: number, scaler?: number, unit?: string): Register => numberRegister(codeOf(obis), raw, scaler, unit)
const completed = (register: Register, rules: Record<string, RegisterRule>) => {
	new Rules(rules).complete([register])
	return register.value
}

telegram('completes registers by the more specific rule, and lets the meter win', () => {
	const rules = { '*': { scaler: 0 }, '31.7.0': { scaler: -2 }, '1-1:31.7.0': { scaler: -3, unit: 'mA' } }
	assert.equal(completed(one('1-0:31.7.0', 9), rules), { kind: 'number', raw: 9, scaler: -2, unit: 'A' })
	assert.equal(completed(one('1-1:31.7.0', 9), { ...rules, '1-1:31.7.0': { scaler: -3 } }), {
		kind: 'number',
		raw: 9,
		scaler: -3,
		unit: 'A',
	})
	assert.equal(completed(one('1-0:1.8.0', 9), { '1.8.0': { scaler: 0, unit: 'kWh' } }), {
		kind: 'number',
		raw: 9,
		scaler: 3,
		unit: 'Wh',
	})
	assert.equal(completed(one('1-0:31.7.0', 9, -1, 'A'), rules), { kind: 'number', raw: 9, scaler: -1, unit: 'A' })
	assert.equal(completed(one('1-0:31.7.0', 9, -1, 'A'), { '31.7.0': { scaler: -2, override: true } }), {
		kind: 'number',
		raw: 9,
		scaler: -2,
		unit: 'A',
	})
	assert.equal(completed(one('1-0:1.7.0', 9), {}), { kind: 'number', raw: 9, unit: 'W' })
})

telegram.run()
