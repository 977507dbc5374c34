import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { Publication } from '../../engine/meter/publication.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { compileOutput } from '../../engine/output/output.ts'
import { Owners } from '../../engine/output/ownership.ts'
import { RunningOutput } from '../../engine/output/running.ts'
import { shownFields } from '../../engine/output/selection.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { connectionTo } from '../support/connection.ts'
import { meters } from '../support/engine-of.ts'
import { breach, type Component, consumption, type Entity, pythonWithJinja, Registry, render } from '../support/home-assistant.ts'
import { builtin } from '../support/pipeline.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('home assistant', { limit: 60_000 })
const names = topics('cii', 'main')
const python = pythonWithJinja()
if (!python && process.env.CII_REQUIRE_TOOLS) throw new Error('python3-jinja2 is needed to render templates')

const compiled = compileOutput('home-assistant', readLibrary([builtinProfiles]))
if (Array.isArray(compiled)) throw new Error(JSON.stringify(compiled))
const output = compiled

/** A home with the output, its messages in the order that they have on the broker, and Home Assistant's registries after them. */
function home(choice = {}) {
	const sent: OutMessage[] = []
	const registry = new Registry()
	const owners = new Owners(undefined, () => undefined)
	const delivery = { topics: names, bridge: { instance: 'main', version: '1.0.0' }, connection: connectionTo(sent), owners }
	const running = new RunningOutput({ ...output, choice }, { ...delivery, occupied: { inputs: [], written: [] } }, () => undefined)
	const faults: string[] = []
	let taken = 0
	/** Lets Home Assistant take what is new, and checks it by its rules. */
	const settle = () => {
		for (const { topic, payload } of sent.slice(taken)) {
			const text = String(payload)
			if (text !== '') assert.is(breach(topic, JSON.parse(text)), '')
			registry.take(topic, text)
		}
		taken = sent.length
	}
	/** A meter of the config, by its profile. `take` gives it a reading; what every template gives then is `rendered`. */
	const meter = (name: string, profile: string, id?: string) => {
		const states: OutMessage[] = []
		const publication = new Publication({
			meter: name,
			role: 'both',
			profile: builtin(profile),
			topics: names,
			output: connectionTo(states),
			outputs: { reading: () => [], expect: (one) => void running.describe(one) },
			memory: {},
			id,
		})
		settle()
		const take = async (values: Partial<Reading> & { id: string; time: string }) => {
			const received = new Date(Date.parse(values.time)).toISOString()
			const head = {
				schema: 'cii.reading/1',
				meter: name,
				time_source: 'meter',
				received,
				session: received,
				seq: 0,
				auth: 'none',
				profile: '',
			}
			await publication.reading({ ...head, ...values } as unknown as Reading, undefined)
			const last = publication.last()
			const given = await running.announce(last)
			faults.push(...given.faults.map(({ detail }) => detail))
			settle()
			return last
		}
		return { take, close: () => publication.close(), last: () => publication.last() }
	}
	return { sent, registry, meter, faults, running, settle }
}

/** Renders the entities of a meter with each of its states: what each shows then, by its id. */
function rendered(moments: { entities: Entity[]; state: object }[]) {
	const tasks = moments.flatMap(({ entities, state }) => {
		const payload = JSON.stringify(state)
		return entities.map(({ component }) => ({ ...component, template: component.value_template ?? '', payload }))
	})
	const results = render(python ?? '', tasks)
	return moments.map(({ entities }) => {
		const shown = results.splice(0, entities.length)
		return (id: string) => shown[entities.findIndex((entity) => entity.id === id)]?.state
	})
}

/** How each unit is shown: Home Assistant's unit, class and state class. */
const SHOWN: Record<string, [unit: string | undefined, device: string, state: string]> = {
	W: ['kW', 'power', 'measurement'],
	Wh: ['kWh', 'energy', 'total_increasing'],
	var: ['var', 'reactive_power', 'measurement'],
	varh: ['varh', 'reactive_energy', 'total_increasing'],
	VA: ['VA', 'apparent_power', 'measurement'],
	V: ['V', 'voltage', 'measurement'],
	A: ['A', 'current', 'measurement'],
	Hz: ['Hz', 'frequency', 'measurement'],
	'm³/h': ['m³/h', 'volume_flow_rate', 'measurement'],
	'°C': ['°C', 'temperature', 'measurement'],
	power_factor: [undefined, 'power_factor', 'measurement'],
	gas: ['m³', 'gas', 'total_increasing'],
	water: ['m³', 'water', 'total_increasing'],
	heat: ['m³', 'volume', 'total_increasing'],
}
const counters = new Set(['energy', 'reactive_energy', 'gas', 'water', 'volume'])

test('announces every recording by the rules, with templates that give each value, its unit, its classes, and nothing for what is too old', async () => {
	const rows: string[] = []
	const checks: { component: Component; state: string; value: unknown; label: string }[] = []
	let [files, old] = [0, 0]
	for (const folder of readdirSync(meters, { withFileTypes: true }).filter((one) => one.isDirectory())) {
		const recordings = readdirSync(meters + folder.name).filter((file) => file.endsWith('.expected.json'))
		if (recordings.length === 0) continue
		const profile = builtin(folder.name)
		const interval = profile.document.interval ?? 10
		const seen = { entities: new Set<string>(), enabled: new Set<string>(), devices: new Set<string>(), values: 0, old: 0 }
		for (const file of recordings) {
			files++
			const { meter, registry, faults } = home()
			const one = meter('house', folder.name)
			for (const reading of JSON.parse(readFileSync(`${meters}${folder.name}/${file}`, 'utf8')) as Reading[]) {
				const last = await one.take(reading)
				const state = last.state as Reading
				const payload = JSON.stringify(state)
				assert.equal(faults, [], file)
				assert.equal(registry.refused, [], file)
				for (const field of shownFields({ ...state }, {}, profile.document.extra)) {
					const [group = '', key = '', part = ''] = field.name.split('.')
					const submeter = group === 'submeters' ? state.submeters?.[key] : undefined
					const isApart = submeter?.id !== undefined && submeter.id !== state.id
					const uniqueId = isApart ? `cii_${submeter.id}_${part}` : `cii_${state.id}_${field.name.replaceAll('.', '_')}`
					const entity = registry.entities.find((candidate) => candidate.uniqueId === uniqueId.replace(/[\s/+#$]/g, '_'))
					const label = `${folder.name}/${file} ${field.name}`
					assert.ok(entity, `${label}: ${uniqueId}`)
					const { component, device } = entity ?? ({} as Entity)
					assert.is(device.identifiers.has(`cii_${isApart ? submeter.id : state.id}`.replace(/[\s/+#$]/g, '_')), true, label)
					const { unit_of_measurement, device_class, state_class } = component
					const kind =
						SHOWN[
							field.unit === 'm³'
								? field.class.includes('water')
									? 'water'
									: field.class === 'gas'
										? 'gas'
										: 'heat'
								: field.unit || field.class
						]
					if (kind && group !== 'extra' && field.class !== 'energy_interval')
						assert.equal([unit_of_measurement, device_class, state_class], kind, label)
					const isCounter = counters.has(device_class ?? '') || /_max|_limit|_time$|_failures|_sags|_swells/.test(field.name)
					const isText = !isCounter && (field.unit === '' || device_class === undefined) && device_class !== 'power_factor'
					const usual = 3 * Math.max(interval, last.every?.(field.name) ?? 0)
					const limit = isCounter ? 172_800 : isText ? Math.max(3600, usual) : Math.max(30, usual)
					const own = isCounter && state.time_source === 'meter' ? submeter?.time : undefined
					const at = own ?? state.times?.[submeter ? `submeters.${key}` : field.name] ?? state.time
					const isOld = (Date.parse(state.time) - Date.parse(at)) / 1000 > limit
					const kilo = ['W', 'Wh'].includes(field.unit) && typeof field.value === 'number'
					const isNumber = [unit_of_measurement, device_class, state_class].some((one) => one !== undefined)
					const value = isOld
						? null
						: !isNumber
							? String(field.value)
							: kilo
								? Number((Number(field.value) / 1000).toFixed(6))
								: field.value
					checks.push({ component, state: payload, value, label })
					seen.values++
					if (isOld) seen.old++
				}
				for (const { uniqueId, component, device } of registry.entities) {
					seen.entities.add(`${file} ${uniqueId}`)
					if (component.enabled_by_default !== false) seen.enabled.add(`${file} ${uniqueId}`)
					seen.devices.add(`${file} ${[...device.identifiers].join()}`)
				}
			}
			one.close()
		}
		old += seen.old
		rows.push(
			`| ${folder.name} | ${recordings.length} | ${seen.devices.size} | ${seen.entities.size} | ${seen.enabled.size} | ${seen.values} | ${seen.old} |`,
		)
	}
	const head =
		'| kind | recordings | devices | entities | of them on by default | values rendered | too old |\n|---|---|---|---|---|---|---|'
	if (process.env.CII_TABLE) writeFileSync(process.env.CII_TABLE, `${head}\n${rows.join('\n')}\n`)
	assert.ok(files > 50, `${files} files`)
	assert.ok(checks.length > 1000 && old < checks.length / 20, `${checks.length} values, ${old} too old`)
	if (!python) return console.log('SKIPPED rendering: python3-jinja2 is not installed')
	const tasks = checks.map(({ component, state }) => ({ ...component, template: component.value_template ?? '', payload: state }))
	for (const [at, { state, wrong }] of render(python, tasks).entries())
		assert.equal([state, wrong], [checks[at]?.value, undefined], checks[at]?.label)
})

const start = Date.parse('2026-11-28T10:00:00+01:00')
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()

test('shows a field that is withheld as unknown after three intervals, while the others live', async () => {
	if (!python) return
	const { meter, registry } = home()
	const one = meter('house', 'dsmr')
	const moments: Parameters<typeof rendered>[0] = []
	for (let count = 0; count < 16; count++) {
		const isWithheld = count >= 5 && count < 12
		const values = { power_import: 100 + count, power_export: 0, power_net: 100 + count, energy_import: 5000 + count }
		const { state } = await one.take({ id: 'X', time: at(10 * count), ...values, ...(!isWithheld && { voltage_l1: 230 + count }) })
		moments.push({ entities: [...registry.entities], state })
	}
	one.close()
	const shown = rendered(moments).map((show, count) => {
		assert.is(show('sensor.house_power_net'), (100 + count) / 1000)
		assert.is(show('sensor.house_energy_import'), (5000 + count) / 1000)
		return show('sensor.house_voltage_l1')
	})
	assert.equal(shown, [230, 231, 232, 233, 234, 234, 234, 234, null, null, null, null, 242, 243, 244, 245])
})

test('learns how often a list comes that is sent in turn, and shows its values as long as that is usual', async () => {
	if (!python) return
	const { meter, registry } = home()
	const one = meter('house', 'kaifa-ma304')
	const moments: (Parameters<typeof rendered>[0][number] & { second: number })[] = []
	for (let second = 0; second <= 8000; second += 10) {
		const isLong = second % 900 === 0 && second <= 3600
		const { state } = await one.take({
			id: 'X',
			time: at(second),
			power_import: second,
			...(isLong && { voltage_l1: 230, energy_import: second }),
		})
		// The limit holds from the announcement on, which Home Assistant has before the state.
		if ([20, 600, 2400, 6300, 6310].includes(second)) moments.push({ entities: structuredClone(registry.entities), state, second })
	}
	one.close()
	const shown = rendered(moments).map((show, place) => {
		const { second = 0 } = moments[place] ?? {}
		assert.is(show('sensor.house_energy_import'), Math.min(3600, second - (second % 900)) / 1000, 'a counter stays valid for long')
		return [second, show('sensor.house_voltage_l1')]
	})
	assert.equal(shown, [
		[20, 230],
		[600, null],
		[2400, 230],
		[6300, 230],
		[6310, null],
	])
})

test('makes a swapped gas meter another device with the same entity id, and no negative consumption', async () => {
	const { meter, registry, sent } = home()
	const one = meter('house', 'dsmr')
	const volumes: number[] = []
	const classes = new Set<string | undefined>()
	for (const [count, [id, volume]] of (
		[
			['G1', 5000],
			['G1', 5000.5],
			['G2', 0],
			['G2', 0.3],
		] as const
	).entries()) {
		await one.take({
			id: 'X',
			time: at(10 * count),
			power_import: 5,
			submeters: { 1: { id, medium: 'gas', volume, time: at(10 * count) } },
		})
		const entity = registry.entity('sensor.house_gas_volume')
		assert.is(entity?.uniqueId, `cii_${id}_volume`)
		assert.is(entity?.device.via, 'cii_X')
		assert.is(entity?.device.identifiers.has(`cii_${id}`), true)
		volumes.push(volume)
		classes.add(entity?.component.state_class)
	}
	one.close()
	assert.equal([...classes], ['total_increasing'])
	assert.is(Number(consumption('total_increasing', volumes).toFixed(3)), 0.8)
	assert.ok(consumption('total', volumes) < 0, 'what a state class of total would give')
	const order = sent
		.filter(({ topic }) => topic.includes('_G'))
		.map(({ topic, payload }) => `${topic.split('/')[2]}${payload === '' ? ' cleared' : ''}`)
	assert.equal(order, ['cii_G1', 'cii_G1', 'cii_G1 cleared', 'cii_G2', 'cii_G2'])
	assert.equal(
		registry.devices.map(({ name }) => name),
		['house', 'house gas'],
	)
	assert.equal(registry.refused, [])
})

test('keeps the entity ids of a house whose meter was swapped', async () => {
	const { meter, registry } = home()
	const one = meter('house', 'dsmr')
	await one.take({ id: 'OLD', time: at(0), power_import: 5, energy_import: 9_000_000 })
	const before = registry.entities.map(({ id }) => id).sort()
	await one.take({ id: 'NEW', time: at(10), power_import: 5, energy_import: 3 })
	one.close()
	assert.equal(registry.entities.map(({ id }) => id).sort(), before)
	assert.is(registry.entity('sensor.house_energy_import')?.uniqueId, 'cii_NEW_energy_import')
	assert.is(registry.devices.length, 1)
	assert.is(consumption('total_increasing', [9000, 0.003]), 0.003)
})

test('has one device for a meter before and after its first telegram, whether its id is known or not', async () => {
	for (const id of [undefined, 'X']) {
		const { meter, registry } = home()
		const one = meter('house', 'dsmr', id)
		assert.equal(registry.entities.map((entity) => entity.id).sort(), [
			'binary_sensor.house_problem',
			'sensor.house_cause',
			'sensor.house_last_reading',
			'sensor.house_rejected',
		])
		const { device, component, topic } = registry.entity('binary_sensor.house_problem') ?? ({} as Entity)
		assert.equal([topic, component.platform], ['cii/house/diagnostics', 'binary_sensor'])
		await one.take({ id: 'X', time: at(0), power_import: 5 })
		one.close()
		assert.is(registry.devices.length, 1)
		assert.is(registry.entity('sensor.house_power_import')?.device, device)
		assert.is(registry.entity('binary_sensor.house_problem')?.device, device)
	}
})

test('tells two meters with one id apart, and removes nothing of one with the other', async () => {
	const { meter, registry, running, faults, settle } = home()
	const [a, b] = [meter('a', 'dsmr'), meter('b', 'dsmr')]
	await b.take({ id: 'X', time: at(0), power_import: 1 })
	await a.take({ id: 'X', time: at(0), power_import: 2 })
	assert.match(faults.join(), /^a is not announced: b has the same id, and both would be homeassistant\/device\/cii_X\/config/)
	const power = () => registry.entity('sensor.b_power_import')
	assert.is(power()?.topic, 'cii/b/state')
	assert.is(registry.entity('sensor.a_power_import'), undefined)
	assert.is(power()?.device, registry.entity('sensor.b_cause')?.device)
	assert.not(registry.entity('sensor.a_cause')?.device === power()?.device, 'two devices')
	running.forget('a')
	settle()
	assert.ok(power(), 'what was announced for the other stays')
	a.close()
	b.close()
	assert.equal(registry.refused, [])
})

test('shows silence and its cause from the diagnostics alone', () => {
	if (!python) return
	const { meter, registry } = home()
	meter('house', 'dsmr').close()
	const { component, topic } = registry.entity('sensor.house_cause') ?? ({} as Entity)
	assert.equal(component.availability, undefined)
	assert.is(topic, 'cii/house/diagnostics')
	const head = { readings: 0, rejected: {} }
	const states = [head, { ...head, cause: 'no-bytes', silence: 'nothing' }, { ...head, readings: 5, last_reading: at(0) }]
	const shown = rendered(states.map((state) => ({ entities: registry.entities, state }))).map((show) =>
		['binary_sensor.house_problem', 'sensor.house_cause', 'sensor.house_rejected'].map(show),
	)
	assert.equal(shown, [
		[null, null, 0],
		['on', 'no-bytes', 0],
		['off', 'ok', 0],
	])
})

test('has the causes of the diagnostics as options', () => {
	const { definitions } = JSON.parse(readFileSync(`${root}schema/diagnostics.schema.json`, 'utf8'))
	const { meter, registry } = home()
	meter('house', 'dsmr').close()
	assert.equal(registry.entity('sensor.house_cause')?.component.options, ['ok', ...definitions.Cause.enum])
})

test.run()
