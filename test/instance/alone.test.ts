import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { lock } from '../../engine/files/lock.ts'
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
	assert.ok(performance.now() - since < 3000)
	clearTimeout(timer)
	await held?.release()
})

test.run()
