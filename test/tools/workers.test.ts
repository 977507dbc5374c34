import { readFileSync, writeFileSync } from 'node:fs'
import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { type LoadedConfig, parseConfig } from '../../engine/config/config.ts'
import { broker } from '../../engine/mqtt/broker.ts'
import { type SuperviseSettings, supervise } from '../../tools/workers.ts'
import { watchTopics } from '../support/broker.ts'
import { eventually, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('workers', { limit: 30_000 })
const folder = scratch('workers')
test.after(folder.remove)

/** A worker that does nothing but say that it is there, and by which words it was called: the true one takes long to start (test/faults/workers.ts has it). */
const WORKER = `
const { appendFileSync } = require('node:fs')
const note = (text) => appendFileSync(__dirname + '/notes', text + ' ' + process.pid + ' ' + process.argv.slice(2).join(' ') + '\\n')
process.on('SIGHUP', () => note('reload'))
process.on('disconnect', () => process.exit(0))
setInterval(() => {}, 1e6)
note('start')
process.send('ready')
`

async function rig(script: string, more: Partial<SuperviseSettings> = {}) {
	const place = scratch('supervised')
	writeFileSync(`${place.path}/worker.cjs`, script)
	const one = broker()
	const port = await one.listen(0, '127.0.0.1')
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/bridge/main/state')
	const text = JSON.stringify({ mqtt: { url: `mqtt://127.0.0.1:${port}` }, role: 'translate', workers: 2, meters: [] })
	const supervisor = await supervise({
		config: parseConfig(`${place.path}/config.json`, text) as LoadedConfig,
		words: [`${place.path}/worker.cjs`, 'run'],
		signal: new AbortController().signal,
		failed: () => undefined,
		log: pino({ enabled: false }),
		...more,
	})
	if (Array.isArray(supervisor)) throw new Error(supervisor.map(({ message }) => message).join())
	const notes = (kind: string) => {
		try {
			const lines = readFileSync(`${place.path}/notes`, 'utf8').trim().split('\n')
			return lines.filter((line) => line.startsWith(kind)).map((line) => line.split(' ').slice(1))
		} catch {
			return []
		}
	}
	return {
		supervisor,
		notes,
		states: () => watcher.seen.map(({ payload }) => payload),
		async close() {
			await supervisor.close()
			await watcher.close()
			await one.close()
			place.remove()
		},
	}
}

const lives = (pid: string) => {
	try {
		return process.kill(Number(pid), 0)
	} catch {
		return false
	}
}

test('starts its workers, again the one that is killed, and ends all', async () => {
	const { supervisor, notes, states, close } = await rig(WORKER)
	const started = (many: number) =>
		eventually(
			() => notes('start').length === many,
			() => JSON.stringify(notes('start')),
		)
	await started(2)
	assert.equal(
		notes('start')
			.map(([, ...words]) => words.join(' '))
			.sort(),
		['run --worker 1/2', 'run --worker 2/2'],
	)
	await eventually(
		() => states().join() === 'online',
		() => states().join(),
	)
	const [first, second] = notes('start')
	process.kill(Number(second?.[0]), 'SIGKILL')
	await started(3)
	assert.equal(notes('start')[2]?.slice(1), second?.slice(1))
	assert.ok(lives(first?.[0] ?? ''))
	await supervisor.reload()
	await eventually(
		() => notes('reload').length === 2,
		() => JSON.stringify(notes('reload')),
	)
	await supervisor.close()
	assert.equal(
		notes('start').filter(([pid]) => lives(pid ?? '')),
		[],
	)
	await eventually(
		() => states().at(-1) === 'offline',
		() => states().join(),
	)
	await close()
})

test('reloads a worker that only starts when it is there: the signal would end it', async () => {
	const late = `setTimeout(() => {${WORKER}}, 1000)
require('node:fs').appendFileSync(__dirname + '/notes', 'early ' + process.pid + '\\n')`
	const { supervisor, notes, close } = await rig(late)
	await eventually(
		() => notes('early').length === 2,
		() => JSON.stringify(notes('early')),
	)
	await supervisor.reload()
	await eventually(
		() => notes('reload').length === 2,
		() => JSON.stringify([notes('early'), notes('reload')]),
	)
	assert.equal([notes('early').length, notes('start').length], [2, 2])
	await close()
})

test('gives up with the exit code of a worker whose config cannot be used', async () => {
	const codes: number[] = []
	const { close } = await rig('process.exit(2)', { failed: (code) => codes.push(code) })
	await eventually(
		() => codes.length === 2,
		() => codes.join(),
	)
	assert.equal(codes, [2, 2])
	await close()
})

test.run()
