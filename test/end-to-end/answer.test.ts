import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { ask, askUdp } from '../support/answering.ts'
import { watchTopics } from '../support/broker.ts'
import { engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('answering, end to end', { limit: 90_000 })
const folder = scratch('answer')
test.after(() => folder.remove())

const BROKER = { mqtt: { embedded: { port: 0 } } }
const local = (output: string, more = {}) => ({ output, meters: ['house'], host: '127.0.0.1', ...more })

/** An engine whose config stands in a file, and that is read again when it is written. */
async function running(config: object, name: string) {
	const file = join(folder.path, name)
	writeFileSync(file, JSON.stringify(config))
	return { ...(await engineOf(config, folder.path, file)), edit: (next: object) => writeFileSync(file, JSON.stringify(next)) }
}

const answer = async (port: number, path: string): ReturnType<typeof ask> =>
	await ask(port, path).catch(({ cause }) => ({ status: 0, text: String(cause), json: {} }))
/** Asks until the reply is as wanted. */
async function until(port: number, path: string, fits: (reply: Awaited<ReturnType<typeof ask>>) => boolean) {
	let last = await answer(port, path)
	let isDone = fits(last)
	const asking = (async () => {
		while (!isDone) {
			await new Promise((resolve) => setTimeout(resolve, 50))
			last = await answer(port, path)
			isDone ||= fits(last)
		}
	})()
	await eventually(
		() => isDone,
		() => `${path}: ${last.status} ${last.text}`,
	)
	await asking
	return last
}

test('answers with what is published, follows edits of the config, and says what becomes of requests', async () => {
	const [first, second, udp] = [await freePort(), await freePort(), await freePort()]
	const meter = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')
	const config = (port: number) => ({ ...BROKER, outputs: [local('shelly-pro-3em', { port, udpPort: udp })], meters: [meter] })
	const { engine, log, edit } = await running(config(first), 'edits.json')
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
	await until(first, '/rpc/EM.GetStatus', ({ status }) => status === 200)
	await watcher.until((seen) => seen.some(({ topic }) => topic === 'cii/house/state'), 'a state')
	const state = JSON.parse(watcher.seen.filter(({ topic }) => topic === 'cii/house/state').at(-1)?.payload ?? '{}')
	const { json } = await until(first, '/rpc/EM.GetStatus', ({ json: found }) => found.total_act_power === state.power_net)
	assert.equal([json.total_act_power, json.a_voltage, json.a_current], [state.power_net, state.voltage_l1, state.current_l1])
	assert.is((await ask(first, '/rpc/EMData.GetStatus')).json.total_act, state.energy_import)
	assert.match((await askUdp(udp, '{"id":1,"method":"EM.GetStatus","params":{"id":0}}')) ?? '', '"total_act_power"')
	await ask(first, '/rpc/Shelly.Reboot')
	await watcher.until(
		(seen) =>
			seen.some(
				({ topic, payload }) => topic === 'cii/house/diagnostics' && JSON.parse(payload).outputs?.['shelly-pro-3em']?.refused.request === 1,
			),
		'the count of what was refused',
	)
	const diagnostics = JSON.parse(watcher.seen.filter(({ topic }) => topic === 'cii/house/diagnostics').at(-1)?.payload ?? '{}')
	assert.is(invalid('diagnostics', diagnostics), '')
	assert.ok(log.some((line) => line.includes(`answers for house on port ${first} of 127.0.0.1, without a password`)))
	edit(config(second))
	await until(second, '/rpc/EM.GetStatus', ({ status }) => status === 200)
	assert.match((await answer(first, '/shelly')).text, 'ECONNREFUSED')
	edit({ ...config(second), outputs: [] })
	await until(second, '/shelly', ({ text }) => text.includes('ECONNREFUSED'))
	await watcher.close()
	await engine.close()
})

test('gives the error of the device once the meter is silent', async () => {
	const port = await freePort()
	const meter = { ...played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl', { loop: false }), interval: 2 }
	const { engine } = await running({ ...BROKER, outputs: [local('ecotracker', { port })], meters: [meter] }, 'silent.json')
	await until(port, '/v1/json', ({ status }) => status === 200)
	const began = performance.now()
	const { text } = await until(port, '/v1/json', ({ status }) => status === 503)
	assert.is(text, '')
	assert.ok(performance.now() - began < 15_000)
	await engine.close()
})

test('says that a port is taken while the meter goes on, and that one meter must be named', async () => {
	const taken = await freePort()
	const other = createServer()
	await new Promise<void>((resolve) => other.listen(taken, '127.0.0.1', resolve))
	const meter = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')
	const config = {
		...BROKER,
		outputs: [local('ecotracker', { port: taken }), 'tasmota-status'],
		meters: [meter, { ...meter, name: 'shed' }],
	}
	const { engine, log } = await running(config, 'taken.json')
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
	await watcher.until((seen) => seen.some(({ topic }) => topic === 'cii/house/reading'), 'a reading')
	assert.ok(
		log.some((line) => line.includes(`port ${taken} on 127.0.0.1 is in use by another program`)),
		log.join(''),
	)
	assert.ok(
		log.some((line) => line.includes('tasmota-status answers as one device, for one meter, and there are 2')),
		log.join(''),
	)
	await new Promise((resolve) => other.close(resolve))
	await until(taken, '/v1/json', ({ status }) => status === 200)
	await watcher.close()
	await engine.close()
})

test('takes an edited output over, keeps its last good version, and holds a wrong sample against it', async () => {
	const port = await freePort()
	const own = join(folder.path, 'own')
	mkdirSync(join(own, 'outputs'), { recursive: true })
	const file = join(own, 'outputs/mine.json')
	const text = (power: string, wanted: number) =>
		JSON.stringify({
			output: 'mine',
			version: '1.0.0',
			title: 'Mine',
			http: { port, routes: [{ path: '/p', reply: `$exists(state.power_net) ? { 'p': ${power} }` }] },
			samples: [{ on: 'http', reading: { power_net: 4 }, request: { path: '/p' }, reply: { body: { p: wanted } } }],
		})
	writeFileSync(file, text('state.power_net', 4))
	const meter = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')
	const { engine, log } = await running({ ...BROKER, profiles: [own], outputs: [local('mine')], meters: [meter] }, 'own.json')
	const { json } = await until(port, '/p', ({ status }) => status === 200)
	writeFileSync(file, text('state.power_net * 2', 4))
	await eventually(
		() => log.some((line) => line.includes('sample/mismatch') || /it gives 200/.test(line)),
		() => log.join(''),
	)
	assert.is((await ask(port, '/p')).json.p, json.p, 'the last good version goes on')
	writeFileSync(file, text('state.power_net * 2', 8))
	await until(port, '/p', ({ json: found }) => found.p === 2 * Number(json.p))
	await engine.close()
})

test.run()
