import { readFileSync, writeFileSync } from 'node:fs'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { broker } from '../../engine/mqtt/broker.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { makeCertificates, PASSWORD, recipe, startMosquitto } from '../support/mosquitto.ts'
import { settle } from '../support/pace.ts'
import { start } from '../support/program.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('mosquitto', { limit: 60_000 })
const folder = scratch('mosquitto')
test.after(folder.remove)

if (need('mosquitto', 'a real broker') && need('openssl', 'TLS to a real broker')) {
	const [open, locked, tls, mutual] = [await freePort(), await freePort(), await freePort(), await freePort()]
	const files = makeCertificates(folder.path)
	const secure = (port: number, clients: boolean) =>
		`listener ${port} 127.0.0.1\nallow_anonymous true\ncafile ${files.ca}\ncertfile ${files.cert}\nkeyfile ${files.key}\nrequire_certificate ${clients}\n`
	const config = `${folder.path}/mosquitto.conf`
	writeFileSync(config, `${recipe(folder.path, open, locked, await freePort())}${secure(tls, false)}${secure(mutual, true)}`)
	const ports = [open, locked, tls, mutual]
	let mosquitto = await startMosquitto(config, ports)
	test.after(() => mosquitto.stop())

	const url = `mqtt://127.0.0.1:${open}`
	const house = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')

	test('turns the 1,027 payloads of the hackday into 956 readings in W, V and A with their own local time', async () => {
		const payloads = readFileSync(`${root}test/support/hackday-2021-gplug.txt`, 'utf8').split('\n').filter(Boolean)
		assert.is(payloads.length, 1027)
		const { engine } = await engineOf(
			{
				mqtt: { url },
				instance: 'hack',
				// Their clock of 2021 is right, and five years behind the time of arrival.
				meters: [{ name: 'ewb', profile: 'gplug-2021', transport: { levels: { device: 'gPlug10' } }, expect: { time: null } }],
			},
			folder.path,
		)
		const watcher = await watchTopics(url, 'cii/ewb/#')
		const publisher = await mqtt.connectAsync(url)
		// The subscription stands when the port is open.
		await watcher.until(
			(seen) => seen.some(({ topic, payload }) => topic.endsWith('diagnostics') && JSON.parse(payload).port === 'open'),
			'the subscription',
		)
		for (const payload of payloads) await publisher.publishAsync('tele/gPlug10/SENSOR', payload, { qos: 1 })
		// Another household's adapter, a kept message and nonsense are no readings of this meter.
		await publisher.publishAsync('tele/gPlug99/SENSOR', payloads[1] ?? '', { qos: 1 })
		for (const nonsense of ['this is not json', '{"Time":"2026-08-30T12:00:00","Status":"ok"}', '[]', '"x"', 'x'.repeat(10_000_000)])
			await publisher.publishAsync('tele/gPlug10/SENSOR', nonsense, { qos: 1 })
		const json = payloads.filter((payload) => payload !== 'Online')
		assert.is(payloads.length - json.length, 71)
		await watcher.until((seen) => readings(seen, 'ewb').length >= json.length, '956 readings')
		await eventually(
			() => JSON.parse(watcher.seen.filter(({ topic }) => topic.endsWith('diagnostics')).at(-1)?.payload ?? '{}').rejected?.limit === 1,
			() => JSON.stringify(watcher.seen.filter(({ topic }) => topic.endsWith('diagnostics')).at(-1)),
		)
		const found = readings(watcher.seen, 'ewb')
		assert.is(found.length, json.length)
		const fields: Record<string, string> = { Pi: 'power_import', Po: 'power_export' }
		for (const phase of [1, 2, 3])
			Object.assign(fields, {
				[`P${phase}i`]: `power_import_l${phase}`,
				[`P${phase}o`]: `power_export_l${phase}`,
				[`U${phase}`]: `voltage_l${phase}`,
				[`I${phase}`]: `current_l${phase}`,
			})
		found.forEach((reading, place) => {
			const { Time, z } = JSON.parse(json[place] ?? '') as { Time: string; z: Record<string, number> }
			const [[key, value]] = Object.entries(z) as [[string, number]]
			assert.is(reading[fields[key] ?? ''], value, `${place}: ${json[place]}`)
			assert.is(reading.time, `${Time}+02:00`)
			assert.is(reading.id, 'gPlug10')
			assert.is(invalid('reading', reading), '')
		})
		const counters = JSON.parse(watcher.seen.filter(({ topic }) => topic.endsWith('diagnostics')).at(-1)?.payload ?? '')
		assert.equal(counters.discarded, { noise: 71 })
		assert.equal(counters.rejected, { syntax: 1, unknown: 2, layout: 1, limit: 1 })
		await publisher.endAsync()
		await watcher.close()
		await engine.close()
	})

	test('takes no kept message for a reading', async () => {
		const publisher = await mqtt.connectAsync(url)
		await publisher.publishAsync('tele/kept/SENSOR', '{"Time":"2021-09-24T17:03:45","z":{"Pi":12}}', { qos: 1, retain: true })
		const { engine } = await engineOf(
			{ mqtt: { url }, instance: 'kept', meters: [{ name: 'kept', profile: 'gplug-2021', transport: { levels: { device: 'kept' } } }] },
			folder.path,
		)
		const watcher = await watchTopics(url, 'cii/kept/#')
		await watcher.until(
			(seen) => seen.some(({ topic, payload }) => topic.endsWith('diagnostics') && JSON.parse(payload).discarded.duplicate === 1),
			'the count',
		)
		assert.is(readings(watcher.seen, 'kept').length, 0)
		await publisher.publishAsync('tele/kept/SENSOR', '', { qos: 1, retain: true })
		await publisher.endAsync()
		await watcher.close()
		await engine.close()
	})

	test('refuses a second adapter where none is pinned, and names it', async () => {
		const { engine, log } = await engineOf(
			{ mqtt: { url }, instance: 'two', meters: [{ name: 'two', profile: 'gplug-2021' }] },
			folder.path,
		)
		const watcher = await watchTopics(url, 'cii/two/#')
		await watcher.until(
			(seen) => seen.some(({ topic, payload }) => topic.endsWith('diagnostics') && JSON.parse(payload).port === 'open'),
			'the subscription',
		)
		const publisher = await mqtt.connectAsync(url)
		for (const device of ['one', 'two', 'one'])
			await publisher.publishAsync(`tele/${device}/SENSOR`, '{"Time":"2021-09-24T17:03:45","z":{"Pi":12}}', { qos: 1 })
		await watcher.until((seen) => readings(seen, 'two').length === 2, 'two readings')
		assert.equal(
			readings(watcher.seen, 'two').map(({ id }) => id),
			['one', 'one'],
		)
		await eventually(
			() => log.some((line) => line.includes('this meter is \\"one\\"')),
			() => log.join(''),
		)
		await publisher.endAsync()
		await watcher.close()
		await engine.close()
	})

	test('speaks MQTT 5 here, and gives receive time, session and count with raw bytes', async () => {
		const { engine, log } = await engineOf(
			{ mqtt: { url }, instance: 'raw', meters: [{ ...house, name: 'rawhouse', raw: true }] },
			folder.path,
		)
		const watcher = await watchTopics(url, 'cii/raw/#', { protocolVersion: 5 })
		await watcher.until((seen) => seen.length > 0, 'raw bytes')
		const { properties } = watcher.seen[0] ?? { properties: {} }
		assert.equal(Object.keys(properties).sort(), ['profile', 'received', 'seq', 'session'])
		assert.ok(log.some((line) => line.includes('(MQTT 5)')))
		await watcher.close()
		await engine.close()
	})

	test('says by MQTT 5 what each message is, and keeps the state until it is replaced', async () => {
		const { engine } = await engineOf({ mqtt: { url }, instance: 'told', meters: [{ ...house, name: 'told' }] }, folder.path)
		const client = await mqtt.connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 })
		const told = new Map<string, mqtt.IPublishPacket['properties']>()
		client.on('message', (topic, _payload, packet) => told.set(topic.replace('cii/told/', ''), packet.properties))
		await client.subscribeAsync('cii/told/+', { qos: 1 })
		await eventually(
			() => told.has('reading') && told.has('state'),
			() => [...told.keys()].join(),
		)
		const { contentType, payloadFormatIndicator, userProperties, messageExpiryInterval } = told.get('reading') ?? {}
		assert.is(contentType, 'application/json')
		assert.is(payloadFormatIndicator, true)
		assert.equal({ ...userProperties }, { schema: 'cii.reading/1', profile: 'ekz-e450@1.0.0' })
		assert.is(messageExpiryInterval, undefined, 'a reading waits for who was away')
		assert.is(told.get('state')?.messageExpiryInterval, undefined, 'after an outage it has the last counters')
		assert.is(told.get('availability')?.contentType, undefined)
		await client.endAsync()
		await engine.close()
	})

	test('reads the bytes that another engine publishes as they are', async () => {
		const reader = await engineOf({ mqtt: { url }, instance: 'reader', root: 'cabinet', meters: [{ ...house, raw: true }] }, folder.path)
		const translator = await engineOf(
			{
				mqtt: { url },
				instance: 'translator',
				meters: [
					{
						name: 'living',
						profile: 'ekz-e450',
						transport: { kind: 'mqtt', topic: 'cabinet/raw/+shard/+meter', identity: 'meter', payload: 'bytes' },
					},
				],
			},
			folder.path,
		)
		const watcher = await watchTopics(url, 'cii/living/reading')
		await watcher.until((seen) => seen.length > 0, 'a reading of the bytes')
		assert.is(readings(watcher.seen, 'living')[0].energy_import, 482939)
		await watcher.close()
		await translator.engine.close()
		await reader.engine.close()
	})

	test('clears from the broker what a meter left that was renamed while nothing ran', async () => {
		const run = async (name: string, instance: string, profile = 'ekz-e450') => {
			const { engine, log } = await engineOf(
				{
					mqtt: { url },
					instance,
					stateDir: 'state',
					outputs: ['home-assistant', 'values'],
					meters: [{ ...house, name, profile, id: 'own-id' }],
				},
				folder.path,
			)
			await eventually(
				() => log.some((line) => line.includes('the first reading')),
				() => log.join(''),
			)
			await engine.close()
			return log
		}
		/** Topics of a meter that the broker keeps. */
		const kept = async (name: string) => {
			const watcher = await watchTopics(url, ['#'])
			await watcher.client.publishAsync('kept/end', 'x', { qos: 1 })
			await watcher.until((seen) => seen.some(({ topic }) => topic === 'kept/end'), 'what is kept')
			await watcher.close()
			return watcher.seen
				.filter(({ topic, payload, retain }) => retain && (topic.includes(`/${name}/`) || payload.includes(`cii/${name}/`)))
				.map(({ topic }) => topic)
		}
		await run('flat', 'moving')
		const before = await kept('flat')
		assert.ok(before.includes('cii/flat/state') && before.includes('cii/flat/values/power_net'), before.join())
		assert.ok(before.includes('homeassistant/device/cii_LGZ1030653520967/config'), before.join())
		await run('loft', 'moving')
		assert.equal(await kept('flat'), [])
		const after = await kept('loft')
		assert.ok(after.includes('homeassistant/device/cii_LGZ1030653520967/config') && after.includes('cii/loft/state'), after.join())
		writeFileSync(`${folder.path}/state/moving.published.json`, '{"ledger":2}')
		const log = await run('loft', 'moving')
		assert.ok(
			log.some((line) => line.includes('is damaged')),
			log.join(''),
		)
	})

	test('clears what a removed meter left without a folder of its own, and nothing that another instance publishes', async () => {
		const kept = async () => {
			const watcher = await watchTopics(url, ['cii/#', 'homeassistant/#'])
			await settle(500)
			await watcher.close()
			return watcher.seen.filter(({ retain }) => retain).map(({ topic }) => topic)
		}
		const run = async (instance: string, names: string[], until: string) => {
			const all = names.map((name) => ({ ...house, name }))
			const { engine, log } = await engineOf({ mqtt: { url }, instance, outputs: ['values'], meters: all }, folder.path)
			await eventually(
				() => log.some((line) => line.includes(until)),
				() => log.join(''),
			)
			await settle(2500)
			return engine
		}
		await (await run('less', ['stays', 'goes', 'moves'], 'the first reading is published')).close()
		assert.ok((await kept()).includes('cii/goes/values/power_net'))
		const other = await run('taker', ['moves'], 'the first reading is published')
		await (await run('less', ['stays'], 'the first reading is published')).close()
		const left = await kept()
		assert.equal(
			left.filter((topic) => topic.includes('/goes/')),
			[],
		)
		for (const topic of ['cii/stays/state', 'cii/moves/state', 'cii/moves/info', 'cii/moves/values/power_net'])
			assert.ok(left.includes(topic), topic)
		await other.close()
	})

	test('leaves the latest state behind when it is ended in the second after another', async () => {
		const far = await bridge()
		const transport = { kind: 'tcp', host: '127.0.0.1', port: far.port }
		const file = `${folder.path}/ended.json`
		writeFileSync(file, JSON.stringify({ mqtt: { url }, instance: 'ended', meters: [{ name: 'ended', profile: 'dsmr', transport }] }))
		const watcher = await watchTopics(url, 'cii/ended/+')
		const child = start(['run', '--config', file])
		const exited = new Promise((resolve) => child.once('exit', resolve))
		await eventually(
			() => far.clients.length > 0,
			() => 'no connection',
		)
		const lines = (at: number) => [`1-0:1.7.0(00.${100 + at}*kW)`, ...(at % 3 === 0 ? ['1-0:32.7.0(231.0*V)'] : [])]
		for (let at = 0; at < 20; at++) far.clients[0]?.write(p1Telegram('XMX5ENDED', lines(at)))
		await watcher.until((seen) => readings(seen, 'ended').length === 20, '20 readings')
		child.kill('SIGTERM')
		await exited
		const states = watcher.seen.filter(({ topic }) => topic === 'cii/ended/state')
		assert.ok(states.length < 10, `${states.length} states`)
		await watcher.close()
		const later = await watchTopics(url, 'cii/ended/state')
		await later.until((seen) => seen.length > 0, 'the state that the broker keeps')
		const { seq, power_import, voltage_l1, times } = JSON.parse(later.seen[0]?.payload ?? '')
		assert.equal([seq, power_import, voltage_l1], [readings(watcher.seen, 'ended').at(-1).seq, 119, 231])
		assert.ok(times === undefined || Object.keys(times).join() === 'voltage_l1')
		await later.close()
		await far.close()
	})

	test('logs in with user and password, and says what is wrong with a wrong one', async () => {
		process.env.TEST_MQTT_PASSWORD = PASSWORD
		process.env.TEST_MQTT_WRONG = 'wrong'
		const at = (variable: string) => ({
			mqtt: { url: `mqtt://127.0.0.1:${locked}`, username: 'hackday', password: { $env: variable } },
			instance: variable.toLowerCase(),
			meters: [{ ...house, name: 'locked' }],
		})
		const good = await engineOf(at('TEST_MQTT_PASSWORD'), folder.path)
		const watcher = await watchTopics(`mqtt://127.0.0.1:${locked}`, 'cii/locked/reading', { username: 'hackday', password: PASSWORD })
		await watcher.until((seen) => seen.length > 0, 'a reading')
		await watcher.close()
		await good.engine.close()
		const bad = await engineOf(at('TEST_MQTT_WRONG'), folder.path)
		await eventually(
			() => bad.log.some((line) => line.includes('refuses user \\"hackday\\": check mqtt.username and mqtt.password')),
			() => bad.log.join(''),
		)
		await eventually(
			() => bad.log.some((line) => line.includes('the first reading is read, and waits for the broker')),
			() => bad.log.join(''),
		)
		await bad.engine.close()
		assert.not.match(bad.log.join(''), /"wrong"|is published/)
		// In the address: a password may have any character, written as the address wants it.
		const inUrl = (password: string) => ({
			mqtt: { url: `mqtt://hackday:${password}@127.0.0.1:${locked}` },
			instance: 'in-url',
			meters: [{ ...house, name: 'locked' }],
		})
		for (const [password, words] of [
			[encodeURIComponent(PASSWORD), /connected to mqtt:\/\/127.0.0.1:\d+ \(/],
			['hun@ter2', /mqtt:\/\/127.0.0.1:\d+ refuses user \\"hackday\\"/],
			['hun:ter2 %40', /refuses user \\"hackday\\"/],
		] as const) {
			const { engine, log } = await engineOf(inUrl(password), folder.path)
			await eventually(
				() => log.some((line) => words.test(line)),
				() => log.join(''),
			)
			await engine.close()
			assert.not.match(log.join(''), /hun|ter2|Sesame/)
		}
	})

	test('trusts a broker by its authority only, and shows its own certificate where one is asked for', async () => {
		const over = (port: number, more: object) =>
			engineOf({ mqtt: { url: `mqtts://127.0.0.1:${port}`, ...more }, instance: 'tls', meters: [{ ...house, name: 'tls' }] }, folder.path)
		const watcher = await watchTopics(url, 'cii/tls/reading')
		const cases: [number, object, RegExp | undefined][] = [
			[tls, { ca: files.ca }, undefined],
			[mutual, { ca: files.ca, cert: files.clientCert, key: files.clientKey }, undefined],
			[tls, {}, /not signed by a trusted authority: name its authority in mqtt.ca/],
			[tls, { ca: files.otherCa }, /not signed by a trusted authority/],
			[mutual, { ca: files.ca }, /certificate|handshake|closed the connection|socket/i],
		]
		for (const [port, more, complaint] of cases) {
			const before = watcher.seen.length
			const { engine, log } = await over(port, more)
			if (complaint) {
				await eventually(
					() => log.some((line) => complaint.test(line)),
					() => log.join(''),
				)
				assert.is(watcher.seen.length, before)
			} else await watcher.until((seen) => seen.length > before, 'a reading over TLS')
			await engine.close()
		}
		await watcher.close()
	})

	test('starts without a broker, and loses nothing while one is away', async () => {
		await mosquitto.stop('SIGKILL')
		const { engine, log } = await engineOf({ mqtt: { url }, instance: 'away', meters: [{ ...house, name: 'away' }] }, folder.path)
		await eventually(
			() => log.some((line) => line.includes('no broker answers')),
			() => log.join(''),
		)
		await settle(1500)
		mosquitto = await startMosquitto(config, ports)
		let watcher = await watchTopics(url, 'cii/#')
		await watcher.until((seen) => readings(seen, 'away').length >= 4, 'readings from before')
		const counts = readings(watcher.seen, 'away').map(({ seq }) => seq)
		// What came before this client had subscribed it cannot have seen; from there on every one, in order.
		assert.equal(
			counts,
			Array.from({ length: counts.length }, (_, i) => (counts[0] ?? 0) + i),
		)
		await watcher.close()

		// Killed: mosquitto forgets what it kept. It is told again at once.
		await mosquitto.stop('SIGKILL')
		mosquitto = await startMosquitto(config, ports)
		watcher = await watchTopics(url, 'cii/#')
		await watcher.until(
			(seen) =>
				['cii/bridge/away/state', 'cii/away/availability', 'cii/away/info', 'cii/away/state'].every((topic) =>
					seen.some((message) => message.topic === topic),
				),
			'the retained topics',
		)
		await watcher.close()
		await engine.close()
	})

	test('leaves its last will when it is killed', async () => {
		const file = `${folder.path}/will.json`
		writeFileSync(file, JSON.stringify({ mqtt: { url }, instance: 'will', meters: [{ ...house, name: 'will' }] }))
		const watcher = await watchTopics(url, 'cii/bridge/will/state')
		const child = start(['run', '--config', file])
		await watcher.until((seen) => seen.at(-1)?.payload === 'online', 'online')
		child.kill('SIGKILL')
		await watcher.until((seen) => seen.at(-1)?.payload === 'offline', 'the will')
		await watcher.close()
	})
}

test('falls back to MQTT 3.1.1 where a broker does not speak 5', async () => {
	const old = await broker()
	const port = await old.listen(0, '127.0.0.1')
	const { engine, log } = await engineOf(
		{ mqtt: { url: `mqtt://127.0.0.1:${port}` }, meters: [played('old', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')] },
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/old/reading')
	await watcher.until((seen) => seen.length > 0, 'a reading')
	assert.ok(
		log.some((line) => line.includes('(MQTT 3.1.1)')),
		log.join(''),
	)
	await watcher.close()
	await engine.close()
	await old.close()
})

test.run()
