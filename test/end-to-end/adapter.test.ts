import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { watchTopics } from '../support/broker.ts'
import { engineOf, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('adapter over MQTT')
const folder = scratch('adapter')
test.after(folder.remove)

const transport = { topic: ['meter/+name', 'tariff/+name'], merge: { by: 'name', window: 300 } }
const config = { mqtt: { embedded: { port: 0 } }, meters: [{ name: 'house', profile: 'vzlogger', transport }] }

test('publishes what several topics sent when their time is over, and what is held when the process ends', async () => {
	const { engine } = await engineOf(config, folder.path)
	const url = `mqtt://127.0.0.1:${engine.port}`
	const watcher = await watchTopics(url, 'cii/house/reading')
	const adapter = await mqtt.connectAsync(url)
	const powers = () =>
		watcher.seen.map(({ payload }) => JSON.parse(payload)).map(({ power_net, energy_import, tariff }) => [power_net, energy_import, tariff])
	try {
		await adapter.publishAsync('meter/1.8.0', '4817203', { qos: 1, retain: true })
		await adapter.publishAsync('meter/16.7.0', '-312', { qos: 1 })
		await adapter.publishAsync('tariff/96.14.0', 'night', { qos: 1 })
		await watcher.until((seen) => seen.length === 1, 'the reading of the window')
		assert.equal(powers(), [[-312, 4817203, 'night']])
		await adapter.publishAsync('meter/16.7.0', '287', { qos: 1 })
		await adapter.publishAsync('meter/16.7.0', '288', { qos: 1 })
		await watcher.until((seen) => seen.length === 2, 'the reading that the same name ended')
		await adapter.endAsync()
		const ended = watcher.until((seen) => seen.length === 3, 'the reading that the end of the process ended')
		await Promise.all([engine.close(), ended])
		assert.equal(powers().slice(1), [
			[287, undefined, undefined],
			[288, undefined, undefined],
		])
	} finally {
		await adapter.endAsync()
		await watcher.close()
		await engine.close()
	}
})

test.run()
