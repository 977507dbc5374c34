import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { readings, watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('births', { limit: 30_000 })
const folder = scratch('births')
test.after(folder.remove)

test('announces once for many births, and again for one that comes while it is silent', async () => {
	const far = await bridge()
	const transport = { kind: 'tcp', host: '127.0.0.1', port: far.port }
	const config = { mqtt: { embedded: { port: 0 } }, outputs: ['home-assistant'], meters: [{ name: 'house', profile: 'dsmr', transport }] }
	const { engine, log } = await engineOf(config, folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, ['homeassistant/device/#', 'cii/house/reading'])
	const announced = () => watcher.seen.filter(({ topic }) => topic.startsWith('homeassistant/device/cii_')).length
	await eventually(
		() => far.clients.length > 0,
		() => log.join(''),
	)
	const send = (watts: number) => far.clients.at(-1)?.write(p1Telegram('XMX5HOUSE', [`1-0:1.7.0(00.${watts}*kW)`]))
	send(123)
	await watcher.until(() => announced() === 1, 'the announcement')
	for (let i = 0; i < 500; i++) watcher.client.publish('homeassistant/status', 'online')
	await watcher.until(() => announced() === 2, 'the announcement after a birth')
	send(124)
	await watcher.until((seen) => readings(seen, 'house').length === 2, 'a reading')
	await sleep(300)
	assert.is(announced(), 2)
	await watcher.close()
	await engine.close()
	await far.close()
})

test.run()
