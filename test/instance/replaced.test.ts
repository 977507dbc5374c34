import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { lock } from '../../engine/files/lock.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('a new instance', { limit: 40_000 })
const folder = scratch('replaced')
test.after(folder.remove)

const house = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')
const configOf = (port: number, more: object = {}) => ({ mqtt: { embedded: { port } }, meters: [house], ...more })

/** An engine whose config stands in a file. */
async function running(name: string, config: object) {
	const file = join(folder.path, name)
	const edit = (next: object) => writeFileSync(file, JSON.stringify(next))
	edit(config)
	const { engine, log } = await engineOf(config, folder.path, file)
	return {
		engine,
		log,
		edit,
		logged: (text: string) =>
			eventually(
				() => log.some((line) => line.includes(text)),
				() => `${text}\n${log.join('')}`,
			),
	}
}

/** Resolves with the first reading that a broker gives. */
async function readingOn(port: number) {
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/#')
	await watcher.until((seen) => readings(seen, 'house').length > 0, 'a reading')
	const [first] = readings(watcher.seen, 'house')
	await watcher.close()
	return first
}

test('takes over another port of the broker and another name without a new process', async () => {
	const [one, other] = [await freePort(), await freePort()]
	const { engine, edit, logged } = await running('port.json', configOf(one))
	await readingOn(one)
	edit(configOf(other, { instance: 'second' }))
	await logged('the config is taken over')
	assert.equal(engine.port, other)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${other}`, 'cii/bridge/second/state')
	await watcher.until((seen) => seen.length > 0, 'the new name')
	await watcher.close()
	await readingOn(other)
	await engine.close()
})

test('goes on as before where the new port is taken, says so, and takes over what is right then', async () => {
	const [one, other] = [await freePort(), await freePort()]
	const occupant = createServer()
	const taken = await new Promise<number>((resolve) =>
		occupant.listen(0, '127.0.0.1', () => {
			const address = occupant.address()
			resolve(typeof address === 'object' && address ? address.port : 0)
		}),
	)
	const { engine, edit, logged, log } = await running('taken.json', configOf(one))
	edit(configOf(taken))
	await logged('the config before goes on')
	assert.ok(log.some((line) => line.includes(`port ${taken} is in use by another program: choose another in mqtt.embedded.port`)))
	assert.equal(engine.port, one)
	await readingOn(one)
	edit(configOf(other))
	await logged('the config is taken over')
	await readingOn(other)
	await engine.close()
	occupant.close()
})

test('goes on as before where another process uses the state that a config names', async () => {
	const [one, other] = [await freePort(), await freePort()]
	mkdirSync(join(folder.path, 'taken-state'))
	const held = await lock(join(folder.path, 'taken-state'), 'main')
	const { engine, edit, logged, log } = await running('occupied.json', configOf(one))
	edit(configOf(other, { stateDir: 'taken-state' }))
	await logged('the config before goes on')
	assert.ok(
		log.some((line) => /not taken over: another process uses the state .*taken-state\. Give each process its own/.test(line)),
		log.join(''),
	)
	assert.equal(engine.port, one)
	await readingOn(one)
	await held?.release()
	await engine.close()
})

test('takes over a first config into a process that began without one', async () => {
	const [one, other] = [await freePort(), await freePort()]
	const file = join(folder.path, 'none.json')
	const { engine, log } = await engineOf(configOf(one, { meters: [] }), folder.path, file)
	writeFileSync(file, JSON.stringify(configOf(other)))
	await eventually(
		() => log.some((line) => line.includes('the config is taken over')),
		() => log.join(''),
	)
	await readingOn(other)
	await engine.close()
})

test('leaves the page alone running where the only config is undone, also after a restart', async () => {
	const [broker, page] = [await freePort(), await freePort()]
	const file = join(folder.path, 'undone', 'undone.json')
	mkdirSync(join(folder.path, 'undone'))
	const state = { stateDir: join(folder.path, 'undone', 'state'), http: { port: page } }
	const first = await engineOf({ ...configOf(broker, state), meters: [] }, folder.path, file)
	const url = `http://127.0.0.1:${page}`
	const headers = { 'content-type': 'application/json', origin: url, 'if-match': '*' }
	const config = configOf(broker, state)
	const put = await fetch(`${url}/api/config`, { method: 'PUT', headers, body: JSON.stringify({ text: JSON.stringify(config) }) })
	assert.is(put.status, 200, await put.text())
	await readingOn(broker)
	await first.engine.close()

	const { engine } = await engineOf(config, folder.path, file)
	await readingOn(broker)
	const undone = await fetch(`${url}/api/config/undo`, { method: 'POST', headers })
	const change = (await undone.json()) as { applied: boolean; meters: string[] }
	assert.is(undone.status, 200, JSON.stringify(change))
	assert.not.ok(existsSync(file))
	assert.is(change.applied, true)
	assert.equal(change.meters, [])
	const list = (await (await fetch(`${url}/api/meters`)).json()) as { meters: unknown[] }
	assert.equal(list.meters, [])
	await engine.close()
})

test('moves the page to another port while the meters go on', async () => {
	const [broker, one, other] = [await freePort(), await freePort(), await freePort()]
	const { engine, edit, log } = await running('page.json', configOf(broker, { http: { port: one } }))
	assert.equal(engine.page, `http://127.0.0.1:${one}`)
	edit(configOf(broker, { http: { port: other } }))
	await eventually(
		() => engine.page === `http://127.0.0.1:${other}`,
		() => log.join(''),
	)
	assert.equal((await fetch(`http://127.0.0.1:${other}/health`)).status, 200)
	assert.not.ok(log.some((line) => line.includes('the config is taken over')))
	await engine.close()
})

test.run()
