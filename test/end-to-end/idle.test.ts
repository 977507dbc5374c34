import { createHook } from 'node:async_hooks'
import * as assert from 'uvu/assert'
import { bridge, engineOf, eventually, freePort, scratch } from '../support/engine-of.ts'
import { settle } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('idle', { limit: 60_000 })
const folder = scratch('idle')
test.after(folder.remove)

const METERS = 200

test('runs no timer of a meter while nothing happens', async () => {
	const timers = new Set<number>()
	let fired = 0
	const hook = createHook({
		init: (id, type) => void (type === 'Timeout' && timers.add(id)),
		before: (id) => void (timers.has(id) && fired++),
	}).enable()
	const line = await bridge()
	const { engine } = await engineOf(
		{
			mqtt: { embedded: { port: await freePort() } },
			meters: Array.from({ length: METERS }, (_, place) => ({
				name: `meter-${place}`,
				profile: 'ekz-e450',
				// None of them goes offline while the test looks.
				interval: 3600,
				transport: { kind: 'tcp', host: '127.0.0.1', port: line.port },
			})),
		},
		folder.path,
	)
	await eventually(
		() => line.clients.length === METERS,
		() => `${line.clients.length} are connected`,
	)
	// Once after the start, each tells its diagnostics: which shows that the count counts.
	await settle(7000)
	// On a busy machine they come later.
	await eventually(
		() => fired > METERS,
		() => `${fired} timers`,
	)
	await settle(2000)
	fired = 0
	await new Promise((resolve) => setTimeout(resolve, 5000))
	const all = fired
	hook.disable()
	console.log(`${METERS} meters, nothing for 5 s: ${all} timers fired`)
	await engine.close()
	await line.close()
	assert.ok(all < METERS / 10, `${all} timers fired`)
})

test.run()
