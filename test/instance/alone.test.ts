import { getEventListeners, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { lock } from '../../engine/files/lock.ts'
import { Alone } from '../../engine/instance/alone.ts'
import { LimitedLog } from '../../engine/log/log.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { eventually, scratch } from '../support/engine-of.ts'
import { start } from '../support/program.ts'
import { suite } from '../support/suite.ts'

const test = suite('one process of an instance')
const folder = scratch('alone')
test.after(folder.remove)

test('ends while it waits for another process, and outlives a SIGHUP there', async () => {
	const held = await lock(folder.path, 'main')
	const config = `${folder.path}/config.json`
	writeFileSync(config, JSON.stringify({ mqtt: { embedded: { port: 0 } }, stateDir: '.', meters: [] }))
	const child = start(['run', '--config', config])
	let said = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
	const ended = once(child, 'exit')
	const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
	await eventually(
		() => said.includes('this one stays out'),
		() => said,
	)
	child.kill('SIGHUP')
	await new Promise((resolve) => setTimeout(resolve, 200))
	child.kill('SIGTERM')
	const since = performance.now()
	assert.equal(await ended, [0, null], said)
	assert.match(said, 'SIGTERM: this process ends')
	assert.ok(performance.now() - since < 3000)
	clearTimeout(timer)
	await held?.release()
})

test('is held by nothing when it has ended', async () => {
	const ending = new AbortController()
	const runner = { port: undefined, start: async () => undefined, reload: async () => undefined, close: async () => undefined }
	const settings = {
		connection: { url: '', clientId: '', status: () => undefined },
		topics: topics('cii', 'main'),
		instance: 'main',
		folder: undefined,
		embedded: true,
	}
	const log = new LimitedLog(pino({ enabled: false }))
	const alone = new Alone({ ...settings, make: () => runner, signal: ending.signal, log })
	await alone.start()
	assert.is(getEventListeners(ending.signal, 'abort').length, 1)
	await alone.close()
	// As many come one after the other as the config changes.
	assert.is(getEventListeners(ending.signal, 'abort').length, 0)
})

test.run()
