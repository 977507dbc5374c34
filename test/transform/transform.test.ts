import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { json } from '../../engine/application/json.ts'
import { p1 } from '../../engine/application/p1.ts'
import { FUNCTIONS } from '../../engine/jsonata/language.ts'
import { SUSPENDED, Suspensions } from '../../engine/jsonata/suspension.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import { registerOf, type Value } from '../../engine/telegram/register.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { compileField, type FieldExpression, TELEGRAM } from '../../engine/transform/language.ts'
import { type ReadingContext, readingOf } from '../../engine/transform/reading.ts'
import { scopeOf } from '../../engine/transform/scope.ts'
import { p1Telegram } from '../support/craft.ts'
import { stretched } from '../support/pace.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('transform')

const context: ReadingContext = {
	meter: 'house',
	id: 'house',
	profile: 'test@1.0.0',
	session: Date.parse('2026-05-04T08:00:00Z'),
	seq: 7,
	timezone: 'Europe/Zurich',
	received: Date.parse('2026-05-04T09:39:22.412Z'),
	topic: {},
	channel: {},
	clockShift: 0,
	live: false,
	expect: {},
}
const number = (raw: number, scaler?: number): Value => ({ kind: 'number', raw, ...(scaler !== undefined && { scaler }) })
const telegram = (registers: Record<string, Value>, more: Partial<Telegram> = {}): Telegram => ({
	kind: 'telegram',
	application: 'dlms',
	auth: 'none',
	registers: Object.entries(registers).map(([obis, value]) => registerOf(obis.replace(/#.*/, ''), value)),
	sequence: [],
	...more,
})
const compiled = (text: string): FieldExpression => {
	const expression = compileField(text)
	if (Array.isArray(expression)) throw new Error(JSON.stringify(expression))
	return expression
}
const evaluate = async (text: string, said: Telegram, more: Partial<ReadingContext> = {}) =>
	compiled(text).evaluate(scopeOf(said, { ...context, ...more }))
const value = async (text: string, said: Telegram, more: Partial<ReadingContext> = {}) => {
	const result = await evaluate(text, said, more)
	return 'fault' in result ? `fault: ${result.fault}` : result.value
}
const payload = (value: unknown) => json(new TextEncoder().encode(JSON.stringify(value))) as Telegram

test('shows short codes for medium 1 and 0-0, full codes for all, and sub-meters by channel', async () => {
	const said = telegram({
		'1-1:1.8.0': number(482939, 0),
		'0-0:96.14.0': { kind: 'text', text: 'RATE1' },
		'0-1:96.1.0': { kind: 'text', text: 'G1' },
		'0-1:24.2.1': number(30545, -3),
		'0-2:96.1.0': { kind: 'text', text: '00' },
		'0-2:24.2.1': number(0, -3),
	})
	assert.is(await value('obis.`1.8.0`', said), 482939)
	assert.is(await value('registers.`1-1:1.8.0`', said), 482939)
	assert.is(await value('$obis("1.8.0") + $obis("1-1:1.8.0")', said), 965878)
	assert.is(await value('obis.`96.14.0`', said), 'RATE1')
	assert.is(await value('obis.`24.2.1`', said), undefined)
	assert.is(await value('channels."1"."24.2.1"', said), 30.545)
	assert.is(await value('$exists(channels."2")', said), false, 'a channel without an id')
	assert.is(await value('obis.`9.9.9`', said), undefined)
})

test('keeps back what is ambiguous or unscaled, and says why', async () => {
	const said = telegram({ '1-0:1.7.0': number(5, 0), '1-1:1.7.0': number(7, 0), '1-0:2.7.0': number(9) })
	assert.is(await value('obis.`1.7.0`', said), undefined)
	assert.is(await value('obis.`1.7.0`', said, { channel: { '1.7.0': 1 } }), 7)
	assert.is(await value('registers.`1-0:1.7.0`', said), 5)
	assert.is(await value('obis.`2.7.0`', said), undefined)
	const { reading, issues } = await readingOf(
		said,
		new Map([
			['power_import', compiled('obis.`1.7.0`')],
			['power_export', compiled('obis.`2.7.0`')],
			['voltage_l1', compiled('obis.`32.7.0`')],
		]),
		context,
	)
	assert.is(reading, undefined)
	assert.equal(
		issues.map(({ field, code }) => `${field}:${code}`),
		['power_import:ambiguous', 'power_export:unscaled'],
	)
	const twice = telegram({ '1-0:1.7.0': number(5, 0), '1-0:1.7.0#2': number(6, 0) })
	assert.is(await value('obis.`1.7.0`', twice), undefined, 'one code, two values')
	assert.is(
		await value('obis.`1.7.0`', telegram({ '1-0:1.7.0': number(5, 0), '1-0:1.7.0#2': number(5, 0) })),
		5,
		'one code, one value twice',
	)
})

test('has helpers that calculate in decimals and read local time', async () => {
	const said = payload({ a: 1.001, b: '0.014', c: 1e-7, time: '2021-09-24T17:52:32' })
	assert.is(await value('$scale(json.a, 3)', said), 1001)
	assert.is(await value('$scale(json.b, 3)', said), 14)
	assert.is(await value('$scale(json.c, 3)', said), 1e-4)
	assert.is(await value('$scale(json.none, 3)', said), undefined)
	assert.match(String(await value('$scale(json.time, 3)', said)), /is no number/)
	assert.is(await value('$localTime(json.time)', said), '2021-09-24T17:52:32+02:00')
	assert.match(String(await value('$localTime(json.b)', said)), /is no local time/)
	assert.is(await value('$bit(5, 0)', said), true)
	assert.is(await value('$bit(5, 1)', said), false)
	assert.is(await value('$hex("4B384547")', said), 'K8EG')
	assert.is(await value('$hex("00FF")', said), '00FF')
	assert.is(await value('$hex("3\u0130")', said), '3\u0130', 'a character beyond Latin-1 is no digit')
	assert.is(await value('topic.device', said, { topic: { device: 'gPlug10' } }), 'gPlug10')
	assert.is(await value('received', said), '2026-05-04T09:39:22.412Z')
})

test('admits only what the allow-list names, and says where and what instead', () => {
	const refused: [string, RegExp, string][] = [
		['$now()', /not admitted/, 'expression/refused'],
		['$string(1)[$eval("1") = 1]', /\$eval is not admitted/, 'expression/refused'],
		['$string(1){"a": $pad("x", 200000000)}', /\$pad is not admitted/, 'expression/refused'],
		['$string[$eval("1")](1)', /\$eval is not admitted/, 'expression/refused'],
		['$eval("1")', /not admitted/, 'expression/refused'],
		['$pad("x", 200000000)', /not admitted/, 'expression/refused'],
		['$reduce([1,2], function($a,$b){$a&$a})', /not admitted/, 'expression/refused'],
		['$foo(1)', /unknown function \$foo/, 'expression/unknown-function'],
		['obis ~> $sum()', /~>/, 'expression/refused'],
		['/^(a+)+$/', /regular expressions/, 'expression/refused'],
		['$contains("a", /a/)', /regular expressions/, 'expression/refused'],
		['[1..1000000]', /\.\./, 'expression/refused'],
		['**', /\*\*/, 'expression/refused'],
		['($f := function($n){ $f($n) }; $f(1))', /may only stand as an argument/, 'expression/refused'],
		['|json|{"a":1}|', /not admitted/, 'expression/refused'],
		['$undefined + 1', /unknown variable/, 'expression/unknown-variable'],
		['$sum', /is a function/, 'expression/refused'],
		['($p := $eval; $p("1"))', /unknown variable \$eval|unknown function/, 'expression/unknown-variable'],
		['json@$x.a', /@ and #/, 'expression/refused'],
		['"a"&"b"&"c"&"d"&"e"&"f"&"g"&"h"&"i"&"j"', /texts are joined/, 'expression/refused'],
		[`${'('.repeat(30)}1${')'.repeat(30)}`, /deeper/, 'expression/refused'],
		['power_import +', /end of expression/i, 'expression/syntax'],
		['obis.`1.7.0', /backquote/, 'expression/syntax'],
	]
	for (const [text, message, code] of refused) {
		const faults = compileField(text)
		assert.ok(Array.isArray(faults), text)
		const fault = Array.isArray(faults) ? faults.find((found) => found.code === code) : undefined
		assert.ok(fault && message.test(fault.message), `${text}: ${JSON.stringify(faults)}`)
		assert.ok((fault?.position ?? -1) >= 0 && (fault?.position ?? 0) <= text.length)
	}
	const near = compileField('$localtime(json.Time)')
	assert.is(Array.isArray(near) && near[0]?.hint, 'did you mean $localTime?')
	for (const text of [
		'obis.`1.7.0` ?? 0',
		'json.a ? 1 : 2',
		'$map(json.list, function($v){ $v + 1 })',
		'($a := json.a; $a * 2)',
		'json.list[0].x',
		'{"a": {"b": 1}}',
		'-json.a',
		'$sum([1, 2])',
		'id in ["x"]',
	]) {
		assert.not.ok(Array.isArray(compileField(text)), `${text}: ${JSON.stringify(compileField(text))}`)
	}
})

test('publishes its list of functions in profiles/REFERENCE.md', () => {
	const text = readFileSync(`${root}profiles/REFERENCE.md`, 'utf8')
	const admitted = text.slice(text.indexOf('- functions:'), text.indexOf('- a function of your own'))
	const helpers = ['bit', 'hex', 'localTime', 'obis', 'scale']
	assert.equal([...admitted.matchAll(/\$(\w+)/g)].map((match) => match[1]).sort(), [...FUNCTIONS].sort())
	assert.equal(TELEGRAM.functions.filter((name) => !FUNCTIONS.includes(name)).sort(), helpers)
	for (const name of helpers) assert.ok(text.includes(`| \`$${name}(`) || text.includes(`, \`$${name}(`), name)
})

test('gives plain data only, and stops what never ends', async () => {
	const said = payload({ list: Array.from({ length: 3000 }, (_, i) => i), text: 'x'.repeat(2000), __proto__: { polluted: 1 } })
	assert.match(String(await value('json.list', said)), /is a list/)
	assert.match(String(await value('json.text', said)), /2000 characters/)
	assert.match(String(await value('1/0', said)), /number/i)
	assert.match(String(await value('$sum', said).catch((error: Error) => error.message)), /is a function/)
	const started = Date.now()
	assert.match(
		String(await value('$map(json.list, function($a){ $map(json.list, function($b){ $map(json.list, function($c){ $a }) }) })', said)),
		/takes more than 500000 steps/,
	)
	assert.ok(Date.now() - started < stretched(5000))
	assert.is(await value('json.constructor', said), undefined)
	assert.is(await value('json.__proto__', said), undefined)
	assert.is(({} as { polluted?: number }).polluted, undefined)
})

test('drops a field that fails, names it, and keeps the others', async () => {
	const said = telegram(
		{ '1-0:1.7.0': number(28, 0), '1-0:2.7.0': number(-5, 0), '0-0:96.1.0': { kind: 'text', text: 'M1' } },
		{ meterId: 'M1' },
	)
	const transform = new Map([
		['power_import', compiled('obis.`1.7.0`')],
		['power_export', compiled('obis.`2.7.0`')],
		['voltage_l1', compiled('obis.`96.1.0` * 2')],
		['current_l1', compiled('obis.`96.1.0`')],
		['tariff', compiled('1.5')],
		['extra.note', compiled('"yes"')],
	])
	const { reading, issues } = await readingOf(said, transform, context)
	assert.is(reading?.power_import, 28)
	assert.is(reading?.power_net, undefined)
	assert.equal(reading?.extra, { note: 'yes' })
	assert.equal(issues.map(({ field, code }) => `${field}:${code}`).sort(), [
		'current_l1:type',
		'power_export:range',
		'tariff:type',
		'voltage_l1:expression',
	])
	assert.equal(reading?.issues, issues)
	assert.is(invalid('reading', reading), '')
})

test('takes the time from the profile, the clock, the notification, or the receive time', async () => {
	const one = { '1-0:1.7.0': number(1, 0) }
	const power: [string, FieldExpression] = ['power_import', compiled('obis.`1.7.0`')]
	const time = async (said: Telegram, more: [string, FieldExpression][] = [], change: Partial<ReadingContext> = {}) => {
		const { reading } = await readingOf(said, new Map([power, ...more]), { ...context, ...change })
		return [reading?.time, reading?.time_source, reading?.time_quality, reading?.issues?.[0]?.code]
	}
	const clock = { local: '2026-05-04T11:39:21', quality: 'invalid' as const, source: 'meter' as const }
	assert.equal(await time(telegram(one, { clock })), ['2026-05-04T11:39:21+02:00', 'meter', 'invalid', undefined])
	assert.equal(await time(telegram(one, { clock: { local: '2026-05-04T11:39:20', source: 'telegram' } })), [
		'2026-05-04T11:39:20+02:00',
		'telegram',
		undefined,
		undefined,
	])
	assert.equal(await time(telegram(one)), ['2026-05-04T11:39:22+02:00', 'gateway', undefined, undefined])
	assert.equal(await time(telegram(one, { clock }), [], { timezone: undefined }), [
		'2026-05-04T09:39:22Z',
		'gateway',
		undefined,
		'timezone',
	])
	assert.equal(await time(telegram(one), [['time', compiled('$fromMillis(1632499152000)')]]), [
		'2021-09-24T17:59:12+02:00',
		'meter',
		undefined,
		undefined,
	])
	assert.equal(await time(telegram(one), [['time', compiled('"2021-09-24T15:59:12"')]]), [
		'2026-05-04T11:39:22+02:00',
		'gateway',
		undefined,
		'type',
	])
	assert.equal(await time(telegram(one, { clock }), [], { clockShift: 3_600_000 }), [
		'2026-05-04T12:39:21+02:00',
		'meter',
		'invalid',
		undefined,
	])
})

test('makes power_net of one telegram, in decimals, unless the profile gives it', async () => {
	const net = async (registers: Record<string, Value>, more: [string, FieldExpression][] = []) => {
		const transform = new Map([['power_import', compiled('obis.`1.7.0`')], ['power_export', compiled('obis.`2.7.0`')], ...more] as [
			string,
			FieldExpression,
		][])
		return (await readingOf(telegram(registers), transform, context)).reading?.power_net
	}
	assert.is(await net({ '1-0:1.7.0': number(3, -1), '1-0:2.7.0': number(1, -1) }), 0.2)
	assert.is(await net({ '1-0:1.7.0': number(0, 0), '1-0:2.7.0': number(2601, 0) }), -2601)
	assert.is(await net({ '1-0:1.7.0': number(3, 0) }), undefined)
	assert.is(
		await net({ '1-0:1.7.0': number(3, 0), '1-0:2.7.0': number(0, 0), '1-0:16.7.0': number(-9, 0) }, [
			['power_net', compiled('obis.`16.7.0`')],
		]),
		-9,
	)
})

test('withholds integers that a JSON number cannot hold', async () => {
	const { reading, issues } = await readingOf(
		telegram({ '1-0:1.8.0': { kind: 'number', raw: 9007199254740993n, scaler: 0 }, '1-0:1.7.0': number(1, 0) }),
		new Map([
			['energy_import', compiled('obis.`1.8.0`')],
			['power_import', compiled('obis.`1.7.0`')],
		]),
		context,
	)
	assert.is(reading?.energy_import, undefined)
	assert.equal(
		issues.map(({ field, code }) => `${field}:${code}`),
		['energy_import:type'],
	)
})

test('gives P1 times of values beside them', async () => {
	const said = p1(
		p1Telegram('TST5', [
			'1-0:1.6.0(230117224500W)(04.329*kW)',
			'0-1:24.1.0(003)',
			'0-1:96.1.0(47303132)',
			'0-1:24.2.1(170102161005W)(00000.107*m3)',
		]).subarray(0, -6),
		{ keys: {}, authentication: 'optional', budget: newBudget() },
	) as Telegram
	assert.is(await value('obis.`1.6.0`', said), 4329)
	assert.is(await value('times.`1.6.0`', said), '2023-01-17T22:45:00+01:00')
	assert.is(await value('channels."1"."24.2.1"', said), 0.107)
	assert.is(await value('channels."1".times."24.2.1"', said), '2017-01-02T16:10:05+01:00')
})

test('gives up a reading whose expressions take too many steps together, though none does alone', async () => {
	const inner = '$sum($map(json.list, function($a){ $sum($map(json.list, function($b){ $b * $a })) }))'
	const many = new Map(Array.from({ length: 40 }, (_, place) => [`extra.field_${place}`, compiled(`${inner} + ${place}`)] as const))
	const said = payload({ list: Array.from({ length: 100 }, (_, at) => at) })
	const suspensions = new Suspensions()
	const give = async () => {
		const { reading, issues } = await readingOf(said, many, { ...context, suspensions })
		assert.ok(issues.every(({ code }) => code === 'budget' || code === 'suspended'))
		return [Object.keys(reading?.extra ?? {}).length, issues.length, issues.at(-1)?.detail]
	}
	const [given, left, detail] = await give()
	assert.ok(Number(given) > 10 && Number(left) > 5 && Number(given) + Number(left) === 40, `${given} given, ${left} left out`)
	assert.match(String(detail), /^the expressions of this telegram take more than 2000000 steps together: extra\.field_0/)
	// Those that take most are left out in the end, and what is left fits.
	let later: unknown
	for (let telegram = 0; telegram < 8; telegram++) later = (await give())[2]
	assert.is(later, SUSPENDED)
})

test('leaves out a field that takes too long, and no other', async () => {
	const inner = (text: string) => `$map(json.list, function($a){ $map(json.list, function($b){ ${text} }) })`
	const transform = new Map([
		['extra.bad', compiled(inner('$substring(json.text, $b, 1)'))],
		['power_import', compiled('json.power')],
	])
	const said = payload({ power: 5, list: Array.from({ length: 2000 }, (_, at) => at), text: 'x'.repeat(50_000) })
	const suspensions = new Suspensions()
	for (let telegram = 0; telegram < 10; telegram++) {
		const { reading, issues } = await readingOf(said, transform, { ...context, suspensions })
		assert.is(reading?.power_import, 5)
		const wanted = telegram < 3 ? 'budget it takes more than 500000 steps: split it into several fields' : `suspended ${SUSPENDED}`
		assert.equal(
			issues.map(({ field, code, detail }) => `${field} ${code} ${detail}`),
			[`extra.bad ${wanted}`],
		)
	}
})

test.run()
