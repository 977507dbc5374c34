import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import type { Engine } from '../../engine/engine.ts'
import { Refusal } from '../../engine/setup/refusal.ts'
import { Setup } from '../../engine/setup/setup.ts'
import { chunksOf } from '../support/cable.ts'
import { engineOf, eventually, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('sets up while the engine runs', { limit: 60_000 })
const folder = scratch('setup-live')
test.after(() => folder.remove())

function done<T>(answer: T | Refusal): T {
	if (answer instanceof Refusal) throw new Error(`${answer.message} ${answer.hint ?? ''}`)
	return answer
}

test('takes a meter over without a restart, from the probe to its first reading, and gives it back', async () => {
	const chunks = chunksOf('lg-e570/encrypted-2024.capture.jsonl')
	const server = createServer((socket) => {
		const timer = setInterval(() => chunks.map((chunk) => socket.write(chunk)), 1500)
		socket.on('error', () => undefined).on('close', () => clearInterval(timer))
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as { port: number }
	const file = `${folder.path}/cii2mqtt.json`
	const config = { mqtt: { embedded: { port: 0 } }, stateDir: 'state', meters: [] }
	const text = `// mine\n${JSON.stringify(config, null, '\t')}\n`
	writeFileSync(file, text)
	const { engine, log } = await engineOf(config, folder.path, file)
	const running: Engine = engine
	const setup = new Setup({
		file,
		async apply() {
			await running.reload()
			return { applied: true }
		},
		tell: () => undefined,
	})
	const heard: string[] = []
	const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.port}`)
	client.on('message', (topic, payload) => void heard.push(`${topic} ${payload.toString()}`))
	await client.subscribeAsync('cii/house/#')
	try {
		const { id } = done(await setup.probe({ transport: { kind: 'tcp', host: '127.0.0.1', port } }))
		await eventually(
			() => done(setup.probed(id)).state === 'key-wanted',
			() => JSON.stringify(setup.probed(id)),
		)
		// A key of which is known that it does not fit is not written.
		const meter = { name: 'house', profile: 'lg-e570', transport: { kind: 'tcp', host: '127.0.0.1', port } }
		const wrong = await setup.addMeter({ ...meter, keys: { encryption: '00'.repeat(16) } })
		assert.ok(wrong instanceof Refusal && wrong.code === 'key-encryption')
		const key = '101112131415161718191A1B1C1D1E1F'
		const { proposals } = done(await setup.giveKeys(id, { encryption: key }))
		const proposal = proposals.find(({ profile }) => profile === 'lg-e570')
		const change = done(await setup.addMeter({ ...meter, transport: proposal?.transport ?? {}, keys: { encryption: key } }))
		assert.is(change.applied, true)
		await eventually(
			() => heard.some((line) => /^cii\/house\/reading .*"energy_import":862055/.test(line)),
			() => `${heard.join('\n')}\n${log.join('')}`,
		)
		assert.match(readFileSync(file, 'utf8'), /^\/\/ mine/)
		// The port is the meter's now.
		const used = await setup.probe({ transport: { kind: 'tcp', host: '127.0.0.1', port } })
		assert.ok(used instanceof Refusal && used.code === 'port-used')
		assert.equal(used.params, { meter: 'house' })
		done(await setup.undo())
		assert.is(readFileSync(file, 'utf8'), text)
		await eventually(
			() => heard.some((line) => line === 'cii/house/availability '),
			() => heard.join('\n'),
		)
	} finally {
		await setup.close()
		await client.endAsync()
		await engine.close()
		server.close()
	}
})

test.run()
