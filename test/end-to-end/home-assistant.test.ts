import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, freePort, scratch } from '../support/engine-of.ts'
import { breach, type Entity, pythonWithJinja, Registry, render } from '../support/home-assistant.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('home assistant, with a real broker', { limit: 60_000 })
const folder = scratch('home-assistant')
test.after(folder.remove)

if (need('mosquitto', 'a real broker for Home Assistant')) {
	const port = await freePort()
	writeFileSync(`${folder.path}/mosquitto.conf`, `listener ${port} 127.0.0.1\nallow_anonymous true\n`)
	const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [port])
	test.after(() => mosquitto.stop())
	const url = `mqtt://127.0.0.1:${port}`

	/** Home Assistant's registries by what a client of the broker sees, and the last message on each topic. */
	const homeAssistant = async () => {
		const watcher = await watchTopics(url, ['homeassistant/#', 'cii/#'])
		const registry = new Registry()
		let taken = 0
		const last = new Map<string, string>()
		const look = () => {
			for (const { topic, payload } of watcher.seen.slice(taken)) {
				last.set(topic, payload)
				if (!topic.startsWith('homeassistant/')) continue
				if (payload !== '') assert.is(breach(topic, JSON.parse(payload)), '')
				registry.take(topic, payload)
			}
			taken = watcher.seen.length
			return registry
		}
		const until = (fits: (registry: Registry) => boolean, what: string) => watcher.until(() => fits(look()), what)
		/** What an entity shows now: unavailable by its availability topics, else by its rendered template. */
		const shows = (id: string) => {
			const { component, topic = '', availability = [] } = look().entity(id) ?? ({} as Entity)
			if (availability.some((one) => last.get(one) !== 'online')) return 'unavailable'
			const task = { ...component, template: component.value_template ?? '', payload: last.get(topic) ?? '' }
			const [one] = render(pythonWithJinja() ?? '', [task])
			return one?.wrong ?? one?.state
		}
		return { watcher, look, until, shows, last }
	}

	test('announces meters before they speak, names a second meter with the same id, and removes only what a meter announced itself', async () => {
		const home = await homeAssistant()
		const meter = (name: string) => ({ name, profile: 'gplug', transport: { levels: { device: name } }, expect: { time: null } })
		const config = (...names: string[]) => ({
			mqtt: { url },
			instance: 'twins',
			stateDir: 'state',
			outputs: ['home-assistant'],
			meters: names.map(meter),
		})
		const file = `${folder.path}/cii2mqtt.json`
		writeFileSync(file, JSON.stringify(config('a', 'b')))
		const { engine, log } = await engineOf(config('a', 'b'), folder.path, file)
		await home.until(
			(registry) => registry.entity('sensor.a_cause') !== undefined && registry.entity('sensor.b_cause') !== undefined,
			'both meters',
		)
		assert.equal(
			home
				.look()
				.devices.map(({ name }) => name)
				.sort(),
			['a', 'b', 'cii2mqtt twins'],
		)
		await home.until(() => home.last.get('cii/a/diagnostics')?.includes('"port":"open"') === true, 'the subscriptions')
		const send = (device: string, id: string, second: number, kilowatts: number | undefined) =>
			home.watcher.client.publishAsync(
				`tele/${device}/SENSOR`,
				JSON.stringify({
					Time: new Date(Date.UTC(2026, 10, 28, 10, 0, second)).toISOString().slice(0, 19),
					z: { SMid: id, Pi: kilowatts, Ei: 2531 + second / 1000, V1: 230 },
				}),
				{ qos: 1 },
			)
		const states = (count: number) => () => home.watcher.seen.filter(({ topic }) => topic === 'cii/a/reading').length === count
		await send('a', '12345678', 0, 0.443)
		await home.until((registry) => registry.entity('sensor.a_power_import') !== undefined, 'the fields')
		assert.is(home.look().entity('sensor.a_power_import')?.device, home.look().entity('sensor.a_cause')?.device, 'one device')
		if (pythonWithJinja()) {
			assert.is(home.shows('sensor.a_power_import'), 0.443)
			await home.until(() => home.last.get('cii/a/diagnostics')?.includes('"readings":1') === true, 'diagnostics')
			assert.is(home.shows('sensor.a_cause'), 'ok')
			for (let count = 1; count <= 6; count++) await send('a', '12345678', 10 * count, undefined)
			await home.watcher.until(states(7), 'a minute without the power')
			await home.until(() => home.last.get('cii/a/state')?.includes('10:01:00') === true, 'its state')
			assert.equal(
				['power_import', 'voltage_l1', 'energy_import'].map((field) => home.shows(`sensor.a_${field}`)),
				[null, 230, 2531.06],
			)
		}
		await send('b', '12345678', 5, 0.1)
		await eventually(
			() => log.some((line) => line.includes('b is not announced: a has the same id')),
			() => log.join(''),
		)
		assert.is(home.look().entity('sensor.b_power_import'), undefined)
		assert.not(home.look().entity('sensor.b_cause')?.device === home.look().entity('sensor.a_cause')?.device)
		writeFileSync(file, JSON.stringify(config('a')))
		await home.until((registry) => registry.entity('sensor.b_cause') === undefined, 'b is gone')
		assert.ok(home.look().entity('sensor.a_power_import') && home.look().entity('sensor.a_cause'), 'a stays')
		writeFileSync(file, JSON.stringify(config()))
		await home.until((registry) => registry.devices.length === 1, 'all of a is gone')
		assert.equal(home.look().refused, [])
		await home.watcher.close()
		await engine.close()
	})

	test('makes a swapped gas meter a new device under the same entity id, and says that a silent meter is silent', async () => {
		const home = await homeAssistant()
		const line = await bridge()
		const transport = { kind: 'tcp', host: '127.0.0.1', port: line.port }
		const config = {
			mqtt: { url },
			instance: 'gas',
			stateDir: 'gas',
			outputs: ['home-assistant'],
			meters: [{ name: 'flat', profile: 'dsmr', interval: 1, transport }],
		}
		const { engine, log } = await engineOf(config, folder.path)
		const said = () => log.join('')
		await eventually(() => line.clients.length > 0, said)
		const send = (id: string, volume: string) =>
			line.clients
				.at(-1)
				?.write(
					p1Telegram('XMX5FLAT', [
						'0-0:96.1.1(4530303434)',
						'1-0:1.7.0(00.123*kW)',
						'0-1:24.1.0(003)',
						`0-1:96.1.0(${Buffer.from(id).toString('hex')})`,
						`0-1:24.2.1(261128100000W)(${volume}*m3)`,
					]),
				)
		send('G1', '05000.500')
		await home.until((registry) => registry.entity('sensor.flat_gas_volume') !== undefined, 'the gas meter')
		const { device } = home.look().entity('sensor.flat_gas_volume') ?? ({} as Entity)
		assert.equal([device.name, [...device.identifiers].join(), device.via], ['flat gas', 'cii_G1', 'cii_E0044'])
		send('G2', '00000.300')
		await home.until((registry) => registry.entity('sensor.flat_gas_volume')?.uniqueId === 'cii_G2_volume', 'the new gas meter')
		const topics = home.watcher.seen
			.filter(({ topic }) => topic.includes('cii_G'))
			.map(({ topic, payload }) => `${topic} ${payload.length > 0}`)
		assert.ok(
			topics.indexOf('homeassistant/device/cii_G1/config false') < topics.indexOf('homeassistant/device/cii_G2/config true'),
			topics.join(),
		)
		await home.until(() => home.last.get('cii/flat/availability') === 'offline', 'silence')
		await home.until(() => home.last.get('cii/flat/diagnostics')?.includes('"cause"') === true, 'its cause')
		if (pythonWithJinja())
			assert.equal(
				['binary_sensor.flat_problem', 'sensor.flat_cause', 'sensor.flat_gas_volume'].map((id) => home.shows(id)),
				['on', 'no-bytes', 'unavailable'],
			)
		assert.equal(home.look().refused, [])
		await home.watcher.close()
		await engine.close()
		await line.close()
	})
}

test.run()
