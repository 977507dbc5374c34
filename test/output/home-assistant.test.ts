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

/** Homes with the output, its messages in the order that they have on the broker, and Home Assistant's registries after them. */
function home(choice = {}) {
	const output = compileOutput('home-assistant', readLibrary([builtinProfiles]))
	if (Array.isArray(output)) throw new Error(JSON.stringify(output))
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

/** Renders the entities of a meter with its state. */
function rendered(entities: Entity[], state: object) {
	const payload = JSON.stringify(state)
	const tasks = entities.map(({ component }) => ({ ...component, template: component.value_template ?? '', payload }))
	const results = render(python ?? '', tasks)
	return new Map(entities.map(({ id }, at) => [id, results[at]]))
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
	let [files, values, old] = [0, 0, 0]
	for (const folder of readdirSync(meters, { withFileTypes: true }).filter((one) => one.isDirectory())) {
		const recordings = readdirSync(meters + folder.name).filter((file) => file.endsWith('.expected.json'))
		if (recordings.length === 0) continue
		const profile = builtin(folder.name)
		const interval = profile.document.interval ?? 10
		const seen = { entities: new Set<string>(), enabled: new Set<string>(), devices: new Set<string>(), values: 0, old: 0 }
		const checks: { component: Component; state: string; value: unknown; label: string }[] = []
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
					const value = isOld ? null : !isNumber ? String(field.value) : kilo ? Number((Number(field.value) / 1000).toFixed(6)) : field.value
					checks.push({ component, state: payload, value, label })
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
		if (python) {
			const results = render(
				python,
				checks.map(({ component, state }) => ({ ...component, template: component.value_template ?? '', payload: state })),
			)
			for (const [at, { value, label }] of checks.entries())
				assert.equal([results[at]?.state, results[at]?.wrong], [value, undefined], label)
			seen.values = checks.length
		}
		values += seen.values
		old += seen.old
		rows.push(
			`| ${folder.name} | ${recordings.length} | ${seen.devices.size} | ${seen.entities.size} | ${seen.enabled.size} | ${seen.values} | ${seen.old} |`,
		)
	}
	const head =
		'| kind | recordings | devices | entities | of them on by default | values rendered | too old |\n|---|---|---|---|---|---|---|'
	if (process.env.CII_TABLE) writeFileSync(process.env.CII_TABLE, `${head}\n${rows.join('\n')}\n`)
	assert.ok(files > 50, `${files} files`)
	if (python) assert.ok(values > 1000 && old < values / 20, `${values} values, ${old} too old`)
})

test('has the causes of the diagnostics as options', () => {
	const { definitions } = JSON.parse(readFileSync(`${root}schema/diagnostics.schema.json`, 'utf8'))
	const { meter, registry } = home()
	meter('house', 'dsmr').close()
	assert.equal(registry.entity('sensor.house_cause')?.component.options, ['ok', ...definitions.Cause.enum])
})

test.run()
