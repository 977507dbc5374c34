import * as assert from 'uvu/assert'
import { framePipeline } from '../../engine/pipeline/pass-on.ts'
import type { Outcome } from '../../engine/pipeline/pipeline.ts'
import { builtin, pipeline } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

/** Adapters: several topics are one telegram, several meters are one message, numbers come as text. */
const test = suite('adapter')

type Messages = ReturnType<typeof pipeline>
const said = (outcomes: Outcome[]) =>
	outcomes.map((outcome) => (outcome.kind === 'reading' ? outcome.reading : `${outcome.kind} ${outcome.reason}`))
const detail = (outcome: Outcome | undefined) => (outcome?.kind === 'rejected' ? outcome.detail : '')
/** Values of readings, the head left out. */
function values(outcomes: Outcome[]): unknown[] {
	return outcomes.map((outcome) => {
		if (outcome.kind !== 'reading') return `${outcome.kind} ${outcome.reason}`
		return Object.fromEntries(Object.entries(outcome.reading).filter(([name]) => /^(power|energy|voltage|current|issues)/.test(name)))
	})
}
const bytes = (payload: string) => new TextEncoder().encode(payload)
const give = async (meter: Messages, topic: string, payload: string | object, received: number, retain = false) =>
	await meter.message({ topic, payload: bytes(typeof payload === 'string' ? payload : JSON.stringify(payload)), retain }, received)
const send = (meter: Messages, name: string, value: string, at: number) => give(meter, `meter/${name}`, value, at)

/** Plain values on meter/‹name›. */
const plain = (over = {}, transform = {}) =>
	pipeline(
		'vzlogger',
		{},
		{
			transport: { kind: 'mqtt', topic: 'meter/+name', merge: { by: 'name', window: 1000 }, ...over },
			decoder: { application: 'value' },
			...transform,
		},
	)

test('merges what comes within the window, and never values of two windows', async () => {
	const meter = plain()
	assert.equal(await send(meter, '1.8.0', '4817203.1', 0), [])
	assert.equal(await send(meter, '16.7.0', '-312', 1000), [])
	assert.equal(meter.window(), { since: 0, length: 1000 })
	// The first message after the window ends it, late as the timer may be.
	assert.equal(values(await send(meter, '16.7.0', '287', 1001)), [{ power_net: -312, energy_import: 4817203.1 }])
	assert.equal(values(await meter.idle(2001)), [{ power_net: 287 }])
	assert.equal(await meter.idle(3000), [])
	assert.is(meter.window(), undefined)
})

test('ends a telegram when a name comes again, with the last name, and when the clock was set back', async () => {
	const meter = plain({ merge: { by: 'name', window: 1000, until: '16.7.0' } })
	assert.equal(values([...(await send(meter, '1.8.0', '1', 0)), ...(await send(meter, '1.8.0', '2', 10))]), [{ energy_import: 1 }])
	assert.equal(values(await send(meter, '16.7.0', '3', 20)), [{ power_net: 3, energy_import: 2 }])
	assert.equal(values(await send(meter, '16.7.0', '4', 30)), [{ power_net: 4 }])
	const other = plain()
	await send(other, '1.8.0', '1', 3_600_000)
	assert.equal(values(await send(other, '2.8.0', '5', 0)), [{ energy_import: 1 }])
})

test('takes no plug, gas or water meter of a Tasmota for the electricity meter', async () => {
	const Time = '2026-11-28T10:00:00'
	const plug = { TotalStartTime: Time, Total: 12.3, Today: 0.4, Power: 37, ApparentPower: 40 }
	const meter = pipeline('tasmota-sml')
	assert.equal(values(await give(meter, 'tele/plug/SENSOR', { Time, ENERGY: plug }, 0)), ['rejected unknown'])
	assert.equal(values(await give(meter, 'tele/gas/SENSOR', { Time, Gas: { Zaehlerstand: 1234.5 } }, 0)), ['rejected unknown'])
	const own = { Time, ENERGY: plug, Gas: { Zaehlerstand: 1234.5 }, SML: { Zaehlerstand: 123.4, Leistung: 100 } }
	assert.equal(values(await give(meter, 'tele/m/SENSOR', own, 0)), [{ power_net: 100, energy_import: 123400 }])
})

test('takes the zeros of an amsreader that has no hourly list yet for no counters', async () => {
	const meter = pipeline('amsreader')
	const data = { P: 500, PO: 0, tPI: 0, tPO: 0, tQI: 0, tQO: 0 }
	assert.equal(values(await give(meter, 'amsreader', { data }, 0)), [{ power_import: 500, power_export: 0, power_net: 500 }])
	const [reading] = values(await give(meter, 'amsreader', { data: { ...data, tPI: 12345.67 } }, 0)) as [object]
	assert.equal(reading, { power_import: 500, power_export: 0, power_net: 500, energy_import: 12345670, energy_export: 0 })
})

test('reads numbers, and nothing but numbers, of plain values', async () => {
	for (const [text, value] of [
		['0.443', 0.443],
		[' 443 ', 443],
		['+12.50', 12.5],
		['000443.2', 443.2],
		['4.43e2', 443],
		['"443"', 443],
		['0.44300000000000006', 0.443],
		['-0.0', 0],
	] as const) {
		const meter = plain()
		await send(meter, '1.7.0', text, 0)
		const [outcome] = await meter.idle(1)
		assert.is(outcome?.kind === 'reading' ? outcome.reading.power_import : undefined, value, text)
	}
	for (const text of ['0.443 kW', '0,443', 'unavailable', '0x1F', '1e999', '--5', '12345678901234567890', 'true', '1 2'])
		for (const frequency of ['50', undefined]) {
			const meter = plain()
			if (frequency) await send(meter, '14.7.0', frequency, 0)
			await send(meter, '1.7.0', text, 0)
			const [outcome] = await meter.idle(1)
			const issues =
				outcome?.kind === 'reading' ? (outcome.reading.issues ?? []) : outcome?.kind === 'rejected' ? (outcome.issues ?? []) : []
			assert.is(outcome?.kind, frequency ? 'reading' : 'rejected', text)
			assert.equal(
				issues.map(({ field, code }) => [field, code]),
				[['power_import', 'type']],
				text,
			)
			if (outcome?.kind === 'reading') assert.is(outcome.reading.power_import, undefined)
		}
	const meter = plain()
	assert.equal(said(await send(meter, '1.7.0', '', 0)), ['discarded noise'])
	assert.equal(said(await send(meter, '1.7.0', '{"a":1}', 0)), ['rejected layout'])
	assert.equal(said(await send(meter, '1.7.0', 'x'.repeat(2000), 0)), ['rejected limit'])
	assert.equal(said(await give(meter, 'meter/1.7.0', '5', 0, true)), ['discarded duplicate'])
	assert.equal(await meter.idle(1), [])
})

test('takes numbers that JSON has as text where they are numbers', async () => {
	const meter = pipeline('gplug-2021')
	const [outcome] = await give(
		meter,
		'tele/gPlug10/SENSOR',
		{ Time: '2026-11-28T10:00:00', z: { Pi: '443', Po: '0.443 kW', U1: '', I1: ' 1.25 ' } },
		0,
	)
	assert.ok(outcome?.kind === 'reading')
	const { power_import, power_export, voltage_l1, current_l1, issues } = outcome.reading
	assert.equal([power_import, power_export, voltage_l1, current_l1], [443, undefined, undefined, 1.25])
	assert.equal(
		issues?.map(({ field, code }) => `${field} ${code}`),
		['power_export type', 'voltage_l1 type'],
	)
})

test('gives what is held when the profile changes, by the profile under which it came', async () => {
	const meter = plain()
	await send(meter, '1.7.0', '443', 0)
	const next = { ...builtin('vzlogger') }
	assert.equal(values(await meter.swap(next, 10)), [{ power_import: 443 }])
	assert.is(meter.window(), undefined)
	assert.equal(await meter.idle(20), [])
})

test('keeps two devices apart before either is known', async () => {
	const meter = pipeline('shelly-3em')
	await give(meter, 'one/status/em:0', { total_act_power: 5, a_voltage: 230 }, 0)
	const [stranger] = await give(meter, 'two/status/emdata:0', { total_act: 99 }, 10)
	assert.match(detail(stranger), /device "two": this meter is "one"/)
	const [outcome] = await meter.idle(600)
	assert.ok(outcome?.kind === 'reading')
	assert.equal([outcome.reading.id, outcome.reading.power_net, outcome.reading.energy_import], ['one', 5, undefined])
	assert.equal(said(await give(meter, 'two/status/em:0', { total_act_power: 7 }, 5000)), ['rejected unknown'])
})

test('nests names of two levels, and reaches no prototype by a name', async () => {
	const meter = pipeline('shelly-3em-gen1')
	for (const [place, name] of ['0/power', '1/power', '2/power', '__proto__/power', 'constructor/power'].entries())
		assert.equal(await give(meter, `shellies/em/emeter/${name}`, `${place + 1}.5`, place), [])
	assert.equal(values(await meter.idle(1000)), [{ power_net: 7.5, power_net_l1: 1.5, power_net_l2: 2.5, power_net_l3: 3.5 }])
	assert.is(({} as { power?: unknown }).power, undefined)
})

test('refuses more than a telegram can have', async () => {
	const meter = plain()
	for (let place = 0; place < 256; place++) assert.equal(await send(meter, `n${place}`, '1', 0), [])
	assert.equal(said(await send(meter, 'more', '1', 0)), ['rejected limit'])
})

test('merges what a reader passed on, with the count of the last message, and refuses what comes again', async () => {
	const reader = framePipeline({ profile: plainProfile(), seq: 7 })
	const translator = plain()
	const passed = []
	for (const [name, value, at] of [
		['1.8.0', '100', 1000],
		['16.7.0', '-5', 1010],
		['16.7.0', '6', 61_000],
	] as const)
		passed.push(...((await reader.message({ topic: `meter/${name}`, payload: bytes(value), retain: false }, at)) as Outcome[]))
	const raw = passed.map((framed) => {
		if ((framed.kind as string) !== 'framed') throw new Error('not passed on')
		const {
			bytes: payload,
			received,
			seq,
			topic,
		} = framed as unknown as { bytes: Uint8Array; received: number; seq: number; topic: string }
		const properties = { received: new Date(received).toISOString(), session: '1970-01-01T08:00:00.000Z', seq: String(seq), topic }
		return { topic: 'cii/raw/00/house', payload, retain: false, properties }
	})
	const outcomes = []
	for (const message of [...raw, raw[1], raw[2]]) if (message) outcomes.push(...(await translator.raw(message, 99_000)))
	outcomes.push(...(await translator.idle(99_000)))
	assert.equal(values(outcomes), [{ power_net: -5, energy_import: 100 }, 'discarded duplicate', 'discarded duplicate', { power_net: 6 }])
	const readings = outcomes.flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	assert.equal(
		readings.map(({ seq, received, session }) => [seq, received, session]),
		[
			[8, '1970-01-01T00:00:01.010Z', '1970-01-01T08:00:00.000Z'],
			[9, '1970-01-01T00:01:01.000Z', '1970-01-01T08:00:00.000Z'],
		],
	)
	// A broker of MQTT 3.1.1 keeps no topic: a value without its name is no value.
	const [nameless] = await translator.raw({ topic: 'cii/raw/00/house', payload: bytes('5'), retain: false, properties: {} }, 0)
	assert.match(detail(nameless), /needs its topic/)
})

function plainProfile() {
	const compiled = builtin('vzlogger')
	const transport = { ...compiled.document.transport, topic: 'meter/+name', merge: { by: 'name', window: 1000 } }
	return { ...compiled, document: { ...compiled.document, transport } }
}

const device = 'tele/gPlugD/SENSOR'
const two = {
	Time: '2026-11-28T10:00:00',
	wp: { SMid: '2', Pi: 1.2, Ei: 500.1 },
	z: { SMid: '1', Pi: 0.443, Ei: 12131.545 },
	ESP32: { Temperature: 45.1 },
}
const shown = (outcomes: Outcome[]) =>
	outcomes.map((outcome) =>
		outcome.kind === 'reading' ? `${outcome.reading.id} ${outcome.reading.power_import}` : detail(outcome).replace(/ \(.*/, ''),
	)

test('takes one of several meters in a message: the first, or the one that the config names', async () => {
	const first = pipeline('gplug')
	assert.equal(shown(await give(first, device, two, 0)), ['2 1200', 'the object "z": this meter is "wp"'])
	// Bound: what comes first, or alone, changes nothing.
	const { wp, z, ...rest } = two
	assert.equal(shown(await give(first, device, { z, ...rest, wp }, 10_000)), ['2 1200', 'the object "z": this meter is "wp"'])
	assert.equal(shown(await give(first, device, { ...rest, z }, 20_000)), ['the object "z": this meter is "wp"'])
	assert.equal(shown(await give(first, device, { ...rest, wp }, 30_000)), ['2 1200'])
	const pinned = pipeline('gplug', {}, { decoder: { object: 'z' } })
	assert.equal(shown(await give(pinned, device, two, 0)), ['1 443', 'the object "wp": this meter is "z"'])
	assert.equal(shown(await give(pinned, device, { ...rest, wp }, 0)), ['the object "wp": this meter is "z"'])
	assert.equal(said(await give(pinned, device, { ...rest }, 0)), ['rejected unknown'])
})

test('keeps the object over a change of fields, and binds again when the decoder changes', async () => {
	const meter = pipeline('gplug')
	await give(meter, device, two, 0)
	const compiled = builtin('gplug')
	await meter.swap({ ...compiled, document: { ...compiled.document, interval: 5 } }, 0)
	const { wp, ...rest } = two
	assert.equal(shown(await give(meter, device, { ...rest }, 0)), ['the object "z": this meter is "wp"'])
	const decoder = { ...compiled.document.decoder, ignore: ['Off'] }
	await meter.swap({ ...compiled, document: { ...compiled.document, decoder } }, 0)
	assert.equal(shown(await give(meter, device, { ...rest, wp }, 0)), ['1 443', 'the object "wp": this meter is "z"'])
})

test('gives a telegram without an id to the meter that was heard last', async () => {
	const meter = pipeline('amsreader', {}, {}, true)
	const ids = []
	for (const [place, data] of [{ P: 1 }, { meterId: '735999', P: 2 }, { P: 3 }, { meterId: '735999', P: 4 }].entries())
		ids.push(...(await give(meter, 'amsreader', { id: 'AA:BB', name: 'ams', t: 0, data }, place * 1000)))
	assert.equal(shown(ids), ['house 1', '735999 2', '735999 3', '735999 4'])
	// After a silence it may be another one.
	assert.equal(shown(await give(meter, 'amsreader', { t: 0, data: { P: 5 } }, 90_000)), ['house 5'])
})

test.run()
