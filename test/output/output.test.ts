import { mkdirSync, writeFileSync } from 'node:fs'
import mqtt from 'mqtt'
import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { parseConfig } from '../../engine/config/config.ts'
import { startEngine } from '../../engine/engine.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { messagesOf } from '../../engine/output/messages.ts'
import { type CompiledOutput, compileOutput, outputNames } from '../../engine/output/output.ts'
import { Owners } from '../../engine/output/ownership.ts'
import { RunningOutput } from '../../engine/output/running.ts'
import { checkOutput } from '../../engine/output/samples.ts'
import { changed, chosen, shownFields } from '../../engine/output/selection.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { connectionTo } from '../support/connection.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, played, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('output', { limit: 60_000 })
const folder = scratch('output')
test.after(folder.remove)
mkdirSync(`${folder.path}/own/outputs`, { recursive: true })
const library = () => readLibrary([builtinProfiles, `${folder.path}/own`])

function builtIn(name: string): CompiledOutput {
	const output = compileOutput(name, library())
	if (Array.isArray(output)) throw new Error(JSON.stringify(output))
	return output
}

/** An output of our own, with this expression; what is said of it. */
function own(reading: string | string[], more: object = {}) {
	writeFileSync(
		`${folder.path}/own/outputs/mine.json`,
		JSON.stringify({ output: 'mine', version: '1.0.0', title: 'Mine', reading, samples: [], ...more }),
	)
	return compileOutput('mine', library())
}

test('gives what the samples of every built-in output state', async () => {
	assert.equal(outputNames(readLibrary([builtinProfiles])), [
		'ecotracker',
		'hackday',
		'home-assistant',
		'homewizard-p1',
		'influx',
		'rl-dsp',
		'sdm630',
		'shelly-pro-3em',
		'sunspec',
		'tasmota-status',
		'values',
	])
	for (const name of [
		'ecotracker',
		'hackday',
		'home-assistant',
		'homewizard-p1',
		'influx',
		'rl-dsp',
		'sdm630',
		'shelly-pro-3em',
		'sunspec',
		'tasmota-status',
		'values',
	])
		assert.equal(await checkOutput(builtIn(name)), [], name)
})

test('says where an output is wrong, and refuses what profiles may not do either', () => {
	const wrong = (reading: string | string[], more: object = {}) => {
		const found = own(reading, more)
		if (!Array.isArray(found)) throw new Error(`${JSON.stringify(reading)} was taken`)
		return found.map(({ code }) => code)
	}
	assert.equal(wrong('$eval("1")'), ['expression/refused'])
	assert.equal(wrong('obis.`1.7.0`'), ['expression/unknown-name'])
	assert.equal(wrong('{ "topic": '), ['expression/syntax'])
	assert.equal(wrong('reading', { output: 'other' }), ['output/name'])
	assert.equal(wrong('reading', { colour: 1 }), ['schema/additionalProperties'])
	const [finding] = [own(['reading.id &', '  $now()'])].flat()
	assert.match(JSON.stringify(finding), /\$now is not admitted/)
	const missing = compileOutput('rl-dps', library())
	assert.match(JSON.stringify(missing), /did you mean \\"rl-dsp\\"/)
})

test('refuses messages that are none, and keeps the others', async () => {
	const output = own(
		'[{"topic": "a/+", "payload": 1}, {"topic": "good", "payload": true}, {"topic": "x"}, 5, {"topic": "y", "payload": 1, "retained": true}]',
	)
	if (Array.isArray(output) || !output.expressions.reading) throw new Error(JSON.stringify(output))
	const { messages, faults } = await messagesOf(output.expressions.reading, { topics: {}, options: {}, bridge: {} })
	assert.equal(messages, [{ topic: 'good', payload: 'true', retain: false, json: false }])
	assert.is(faults.length, 4, faults.join('\n'))
})

test('gives fields in kilowatts, rounded, chosen, and only those that changed', () => {
	const reading = {
		id: 'x',
		time: 't',
		power_import: 1001,
		energy_import: 482939,
		voltage_l1: 230.45,
		tariff: 'T1',
		submeters: { '1': { medium: 'water', volume: 1.25 } },
	}
	assert.equal(chosen(reading, { units: 'kilo', fields: ['power_*', 'voltage_l1'] }), {
		id: 'x',
		time: 't',
		power_import: 1.001,
		voltage_l1: 230.45,
		submeters: {},
	})
	assert.equal(chosen(reading, { units: 'kilo', digits: 1 }), {
		...reading,
		power_import: 1,
		energy_import: 482.9,
		voltage_l1: 230.5,
		submeters: { '1': { medium: 'water', volume: 1.3 } },
	})
	assert.equal(
		shownFields(reading, { units: 'kilo' }).map(({ name, unit, class: quantity }) => `${name} ${unit} ${quantity}`),
		['power_import kW power', 'energy_import kWh energy', 'voltage_l1 V voltage', 'tariff  text', 'submeters.1.volume m³ water'],
	)
	const before = new Map<string, string>()
	assert.equal(changed(reading, before), reading)
	assert.is(changed({ ...reading, time: 'later' }, before), undefined)
	assert.equal(changed({ ...reading, power_import: 5 }, before), { id: 'x', time: 't', power_import: 5 })
})

test('takes the first of two meters with one id that speaks to it, whichever spoke before it began', async () => {
	const output = own('{ "topic": "x/" & meter.id, "payload": reading.power_import }')
	if (Array.isArray(output)) throw new Error(JSON.stringify(output))
	const sent: OutMessage[] = []
	const owners = new Owners(undefined, () => undefined)
	const [connection, occupied] = [connectionTo(sent), { inputs: [], written: [] }]
	const delivery = { topics: topics('cii', 'main'), bridge: { instance: 'main', version: '1.0.0' }, connection, owners, occupied }
	const running = new RunningOutput({ ...output, choice: {} }, delivery, () => undefined)
	const last = (name: string, power_import: number) => {
		const reading = { meter: name, id: 'X', power_import } as Reading
		return { view: { name, meter: {}, profile: { name: 'p', label: 'p@1.0.0', title: '', interval: 1 } }, reading, state: reading }
	}
	await running.announce(last('early', 1))
	const faults = [await running.reading(last('late', 2)), await running.reading(last('early', 3))]
	assert.equal([sent.map(({ payload }) => payload), faults.map(({ length }) => length)], [['2'], [0, 1]])
})

test('publishes by every output, and what is announced anew when its consumer is born, and clears it', async () => {
	own('{ "topic": "mine/" & meter.name, "payload": { "net": reading.power_net } }', {
		announce: '{ "topic": "about/" & $level(reading.id), "payload": $join(fields.name, " "), "retain": true }',
		bridge: '{ "topic": "about/bridge", "payload": bridge.instance, "retain": true }',
		birth: { topic: "options.prefix & '/status'", payload: 'online' },
		options: { prefix: 'consumer' },
		samples: [{ on: 'bridge', messages: [{ topic: 'about/bridge', payload: 'main', retain: true }] }],
	})
	const file = `${folder.path}/cii2mqtt.json`
	const config = (outputs: unknown[], names = ['house']) => ({
		mqtt: { embedded: { port: 0 } },
		profiles: ['own'],
		outputs,
		meters: names.map((name) => played(name, 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')),
	})
	writeFileSync(file, JSON.stringify(config([])))
	const { engine, log } = await engineOf(
		config(['mine', { output: 'values', fields: ['power_net'], units: 'kilo' }, 'rl-dsp', 'hackday', 'home-assistant']),
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, '#')
	const of = (topic: string) => watcher.seen.filter((message) => message.topic === topic).map(({ payload }) => payload)
	await watcher.until(
		() => readings(watcher.seen, 'house').length > 1 && of('smartmeter/LGZ1030653520967/power/power_in').length > 1,
		'readings',
	)
	assert.is(of('mine/house')[0], '{"net":28}')
	assert.is(of('cii/house/values/power_net')[0], '0.028')
	assert.is(of('cii/house/values/power_import').length, 0)
	assert.is(JSON.parse(of('dt/building/LGZ1030653520967/ds')[0] ?? '').meter['1.8.0'], 482939)
	assert.equal(JSON.parse(of('smartmeter/LGZ1030653520967/power/power_in')[0] ?? ''), { timestamp: 1777887561, value: 28 })
	assert.equal(of('about/bridge'), ['main'])
	assert.is(JSON.parse(of('homeassistant/device/cii_LGZ1030653520967/config')[0] ?? '').components.power_net.device_class, 'power')
	assert.is(JSON.parse(of('homeassistant/device/cii2mqtt_main/config')[0] ?? '').device.identifiers[0], 'cii2mqtt_main')
	assert.match(of('about/LGZ1030653520967')[0] ?? '', /power_import.*energy_import/)
	const announced = of('about/LGZ1030653520967').length
	const consumer = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.port}`)
	await consumer.publishAsync('consumer/status', 'online', { qos: 1 })
	await eventually(
		() => of('about/LGZ1030653520967').length > announced && of('about/bridge').length === 2,
		() => log.join(''),
	)
	await consumer.endAsync()
	await watcher.close()
	await engine.close()
})

test('clears what an edit, another option or a removed meter leaves behind, and nothing else', async () => {
	const announce = (root: string) => ({
		announce: `{ "topic": "${root}/" & meter.name, "payload": "here", "retain": true }`,
		samples: [{ on: 'announce', messages: [{ topic: `${root}/house`, payload: 'here', retain: true }] }],
	})
	const reading = '{ "topic": "kept/" & meter.name, "payload": reading.seq, "retain": true }'
	own(reading, announce('one'))
	const file = `${folder.path}/edited.json`
	const config = (names: string[]) =>
		JSON.stringify({
			mqtt: { embedded: { port: 0 } },
			profiles: ['own'],
			outputs: ['mine'],
			meters: names.map((name) => played(name, 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')),
		})
	writeFileSync(file, config(['house', 'barn']))
	const loaded = parseConfig(file, config(['house', 'barn']))
	if (Array.isArray(loaded)) throw new Error(JSON.stringify(loaded))
	const engine = await startEngine({ config: loaded, file, log: pino({ level: 'silent' }) })
	if (Array.isArray(engine)) throw new Error(JSON.stringify(engine))
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, ['one/#', 'two/#', 'kept/#'])
	const of = (topic: string) => watcher.seen.filter((message) => message.topic === topic).map(({ payload }) => payload)
	await watcher.until(() => of('kept/house').length > 2 && of('one/house').length > 0 && of('one/barn').length > 0, 'both')
	assert.ok(!of('kept/house').includes(''), 'a retained reading is no announcement')
	own(reading, announce('two'))
	await watcher.until(() => of('two/house').includes('here') && of('one/house').at(-1) === '', 'the new place, and the old one cleared')
	writeFileSync(file, config(['house']))
	await watcher.until(() => of('two/barn').at(-1) === '' && of('kept/barn').at(-1) === '', 'the barn cleared')
	assert.is(of('two/house').at(-1), 'here')
	own(reading, { samples: [{ on: 'reading', messages: [{ topic: 'kept/house', payload: 0, retain: true }] }] })
	await watcher.until(() => of('two/house').at(-1) === '', 'an output that announces nothing any more')
	await watcher.close()
	await engine.close()
})

test('sees the state after each reading, however fast they come and however seldom the state is published', async () => {
	own("{ 'topic': 'mine/' & meter.name, 'payload': state.seq & ' ' & state.power_import & ' ' & state.voltage_l1 }", {
		samples: [
			{ on: 'reading', reading: { seq: 5, power_import: 1, voltage_l1: 230 }, messages: [{ topic: 'mine/house', payload: '5 1 230' }] },
		],
	})
	const far = await bridge()
	const transport = { kind: 'tcp', host: '127.0.0.1', port: far.port }
	const { engine, log } = await engineOf(
		{ mqtt: { embedded: { port: 0 } }, profiles: ['own'], outputs: ['mine'], meters: [{ name: 'house', profile: 'dsmr', transport }] },
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, ['mine/house', 'cii/house/state'])
	await eventually(
		() => far.clients.length > 0,
		() => log.join(''),
	)
	const expected = Array.from({ length: 30 }, (_, at) => `${at} ${100 + at} ${230 + Math.floor(at / 3)}`)
	for (let at = 0; at < 30; at++) {
		const voltage = at % 3 === 0 ? [`1-0:32.7.0(${230 + at / 3}.0*V)`] : []
		far.clients[0]?.write(p1Telegram('XMX5HOUSE', [`1-0:1.7.0(00.${100 + at}*kW)`, ...voltage]))
	}
	const of = (wanted: string) => watcher.seen.filter(({ topic }) => topic === wanted).map(({ payload }) => payload)
	await watcher.until(() => of('mine/house').length === 30, '30 messages')
	assert.equal(of('mine/house'), expected)
	assert.ok(of('cii/house/state').length < 10, 'few states')
	await watcher.close()
	await engine.close()
	await far.close()
})

test('refuses outputs that write one topic, or what we read, and options that are none', async () => {
	own('{ "topic": "dt/building/" & reading.id & "/ds", "payload": 1 }')
	writeFileSync(
		`${folder.path}/own/outputs/loop.json`,
		JSON.stringify({
			output: 'loop',
			version: '1.0.0',
			title: 'x',
			reading: '{ "topic": "tele/x/SENSOR", "payload": 1 }',
			samples: [{ on: 'reading', messages: [{ topic: 'tele/x/SENSOR', payload: 1 }] }],
		}),
	)
	own('{ "topic": "dt/building/" & reading.id & "/ds", "payload": 1 }', {
		samples: [{ on: 'reading', reading: { id: 'a' }, messages: [{ topic: 'dt/building/a/ds', payload: 1 }] }],
	})
	const { engine, log } = await engineOf(
		{
			mqtt: { embedded: { port: 0 } },
			profiles: ['own'],
			outputs: ['rl-dsp', 'mine', 'loop', { output: 'values', units: 'kilo', options: { retian: false } }, 'nothing'],
			meters: [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl'), { name: 'plug', profile: 'gplug-2021' }],
		},
		folder.path,
	)
	const text = log.join('')
	assert.match(text, /output mine: mine and rl-dsp both write dt\/building\/house\/ds/)
	assert.match(text, /output loop: loop writes tele\/x\/SENSOR, and the meter plug reads tele\/\+\/SENSOR/)
	assert.match(text, /cii2mqtt\.json:1:\d+ values has no option \\"retian\\" \(it has retain\)/)
	assert.match(text, /there is no output \\"nothing\\"/)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/bridge/main/outputs/+')
	await watcher.until((seen) => seen.length === 5, 'the status of each')
	assert.equal(watcher.seen.map(({ topic, payload }) => `${topic.split('/').at(-1)} ${JSON.parse(payload).status}`).sort(), [
		'loop rejected',
		'mine rejected',
		'nothing rejected',
		'rl-dsp active',
		'values rejected',
	])
	await watcher.close()
	await engine.close()
})

test('gives every part of a sub-meter, and extra fields as the profile says', () => {
	const values = {
		submeters: {
			0: { id: 'H1', medium: 'heat', volume: 5.1, energy: 3000, power: 2000, flow: 0.5, temperature_flow: 61, temperature_return: -2 },
		},
		extra: { angle: 12, stored: 1500, note: 'x' },
	}
	const extras = { angle: { unit: '°', label: 'Angle' }, stored: { unit: 'Wh', obis: '1.9.0' } }
	const shown = (units: 'base' | 'kilo') =>
		shownFields(chosen(values, { units }, extras), { units }, extras).map(
			(field) => `${field.name} ${field.value} ${field.unit} ${field.class}`,
		)
	assert.equal(shown('kilo'), [
		'submeters.0.volume 5.1 m³ heat',
		'submeters.0.energy 3 kWh energy',
		'submeters.0.power 2 kW power',
		'submeters.0.flow 0.5 m³/h volume_flow_rate',
		'submeters.0.temperature_flow 61 °C temperature',
		'submeters.0.temperature_return -2 °C temperature',
		'extra.angle 12 ° number',
		'extra.stored 1.5 kWh energy',
		'extra.note x  text',
	])
	assert.is(shown('base')[1], 'submeters.0.energy 3000 Wh energy')
	assert.equal(
		shownFields(values, {}, extras).map(({ label }) => label),
		[
			...['volume', 'energy', 'power', 'flow', 'flow temperature', 'return temperature'].map((part) => `heat, channel 0: ${part}`),
			'Angle',
			'stored',
			'note',
		],
	)
})

test.run()
