import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { Reading } from '../../schema/types/reading.ts'
import { watchTopics } from '../support/broker.ts'
import { engineOf, freePort, played, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { recipe as mosquittoRecipe, startMosquitto } from '../support/mosquitto.ts'
import { stretched } from '../support/pace.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('recipes', { limit: 170_000 })
const folder = scratch('recipes')
/** How long telegrams come. */
const SECONDS = amount(20, 60)
const children: ChildProcess[] = []
test.after(async () => {
	for (const child of children) {
		const ended = new Promise((resolve) => child.once('close', resolve))
		child.kill()
		await ended
	}
	folder.remove()
})

const deploy = (name: string) => readFileSync(`${root}tools/deploy/${name}`, 'utf8')

/** Starts a program and waits until it answers at this address. */
async function start(program: string, args: string[], address: string): Promise<void> {
	const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
	children.push(child)
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
	for (let tries = 0; ; tries++) {
		const ok = await fetch(address).then(
			(answer) => answer.status < 500,
			() => false,
		)
		if (ok) return
		if (tries > stretched(300) || child.exitCode !== null) throw new Error(`${program} does not answer on ${address}: ${output}`)
		await new Promise((resolve) => setTimeout(resolve, 100))
	}
}

async function influxdb(): Promise<string> {
	const [http, rpc] = [await freePort(), await freePort()]
	const at = (name: string) => `${folder.path}/influx/${name}`
	mkdirSync(at('data'), { recursive: true })
	writeFileSync(
		`${folder.path}/influxdb.conf`,
		`reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = "${at('meta')}"
[data]
  dir = "${at('data')}"
  wal-dir = "${at('wal')}"
[http]
  bind-address = "127.0.0.1:${http}"
  log-enabled = false
`,
	)
	const url = `http://127.0.0.1:${http}`
	await start('influxd', ['-config', `${folder.path}/influxdb.conf`], `${url}/ping`)
	await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q: 'CREATE DATABASE cii' }) })
	return url
}

type Series = { name: string; tags?: Record<string, string>; columns: string[]; values: unknown[][] }

/** What InfluxDB answers; rejects with its words when it does not understand. */
async function ask(url: string, query: string): Promise<Series[]> {
	const answer = await fetch(`${url}/query?${new URLSearchParams({ db: 'cii', epoch: 'ms', q: query })}`)
	const { results, error } = (await answer.json()) as { error?: string; results?: { error?: string; series?: Series[] }[] }
	const [result] = results ?? []
	if (error !== undefined || result?.error !== undefined) throw new Error(`${error ?? result?.error}: ${query}`)
	return result?.series ?? []
}

async function nodeRed(mqttPort: number, influx: string): Promise<void> {
	const port = await freePort()
	const flows = deploy('node-red.json').replace('"port": "1883"', `"port": "${mqttPort}"`).replace('http://127.0.0.1:8086', influx)
	mkdirSync(`${folder.path}/node-red`)
	writeFileSync(`${folder.path}/node-red/flows.json`, flows)
	const settings = `module.exports = { flowFile: 'flows.json', uiHost: '127.0.0.1', uiPort: ${port}, telemetry: { enabled: false } }\n`
	writeFileSync(`${folder.path}/node-red/settings.js`, settings)
	const script = `${root}test/node-red/node_modules/node-red/red.js`
	await start(process.execPath, [script, '--userDir', `${folder.path}/node-red`], `http://127.0.0.1:${port}/`)
}

/** Numbers of a reading by the names that they have in InfluxDB. */
function numbers(reading: Reading): Record<string, number> {
	const found = Object.entries(reading).filter(
		([name, value]) => typeof value === 'number' && !['seq', 'invocation_counter'].includes(name),
	)
	return Object.fromEntries(found as [string, number][])
}

const installed = existsSync(`${root}test/node-red/node_modules/node-red`)
if (!installed && process.env.CII_REQUIRE_TOOLS) throw new Error('Node-RED is needed: npm ci --prefix test/node-red')
if (!installed) console.log('SKIPPED Node-RED: npm ci --prefix test/node-red installs it')

if (installed && need('mosquitto', 'InfluxDB by Node-RED') && need('influxd', 'InfluxDB by Node-RED'))
	test('brings telegrams through mosquitto and Node-RED into InfluxDB: all of them, with their times', async () => {
		const [open, locked, socket] = [await freePort(), await freePort(), await freePort()]
		writeFileSync(`${folder.path}/mosquitto.conf`, mosquittoRecipe(folder.path, open, locked, socket))
		const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [open])
		const influx = await influxdb()
		await nodeRed(open, influx)
		const watcher = await watchTopics(`mqtt://127.0.0.1:${open}`, ['cii/+/reading', 'boiler/set'])
		// Meters that come every second or two; their clocks stand at today, so that no telegram has the time of another.
		const now = { speed: 1, pause: 1100, clock: 'now' }
		const { engine, log } = await engineOf(
			{
				mqtt: { url: `mqtt://127.0.0.1:${open}` },
				outputs: ['influx'],
				meters: [
					played('ekz', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl', now),
					played('ewb', 'ewb-as3000', 'ewb-as3000/composed.capture.jsonl', now),
					played('romande-energie', 'romande-energie-am550', 'romande-energie-am550/vse-2026.capture.jsonl', now),
					played('two-lists', 'romande-energie-e450', 'romande-energie-e450/two-lists.capture.jsonl', now),
				],
			},
			folder.path,
		)
		await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000))
		await engine.close()
		assert.equal(
			log.filter((line) => JSON.parse(line).level > 30),
			[],
		)
		// The boiler's switch follows the house's net power.
		for (const power_net of [-2500, -2600, 300])
			await watcher.client.publishAsync('cii/house/state', JSON.stringify({ power_net }), { qos: 1 })
		await watcher.until((seen) => seen.filter(({ topic }) => topic === 'boiler/set').length === 2, 'the boiler')
		assert.equal(
			watcher.seen.filter(({ topic }) => topic === 'boiler/set').map(({ payload }) => payload),
			['on', 'off'],
		)

		const expected = new Map<string, Record<string, number>>()
		const published = watcher.seen.filter(({ topic }) => topic.endsWith('/reading')).map(({ payload }) => JSON.parse(payload) as Reading)
		for (const reading of published) {
			const key = `${reading.meter} ${Date.parse(reading.time)}`
			// Two telegrams of one second by the meter's clock are one row there: the later value stands.
			expected.set(key, { ...expected.get(key), ...numbers(reading) })
		}
		assert.ok(published.length >= SECONDS, `only ${published.length} readings in ${SECONDS} s`)
		const rows = async () => {
			const found = new Map<string, Record<string, unknown>>()
			for (const { tags, columns, values } of await ask(influx, 'SELECT * FROM cii GROUP BY meter'))
				for (const row of values) {
					const named = Object.fromEntries(columns.map((column, place) => [column, row[place]]).filter(([, value]) => value !== null))
					const { time, ...rest } = named
					found.set(`${tags?.meter} ${time}`, rest)
				}
			return found
		}
		const end = Date.now() + stretched(15_000)
		while ((await rows()).size < expected.size && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 200))
		const found = await rows()
		console.log(`${published.length} readings, ${expected.size} times of meters, ${found.size} rows in InfluxDB`)
		const sorted = (map: Map<string, object>) =>
			Object.fromEntries(
				[...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, Object.fromEntries(Object.entries(value).sort())]),
			)
		assert.equal(sorted(found), sorted(expected))

		// The dashboard's questions are understood and have answers.
		const { panels } = JSON.parse(deploy('grafana.json')) as { panels: { title: string; targets: { query: string }[] }[] }
		for (const { title, targets } of panels)
			for (const { query } of targets) {
				const whole = query
					.replace('$timeFilter', 'time > now() - 1h')
					.replace('$__interval', '10s')
					.replace('/^$meter$/', '/^(ekz|ewb|romande-energie)$/')
				const series = await ask(influx, whole)
				assert.ok(series.length > 0 || title === 'Energy an hour', `${title}: no answer to ${whole}`)
			}
		await watcher.close()
		await mosquitto.stop()
	})

if (need('prometheus', 'scraping /metrics'))
	test('is scraped by Prometheus, which has the last values', async () => {
		const { engine } = await engineOf(
			{
				mqtt: { embedded: { port: 0 } },
				http: { port: 0 },
				meters: [played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')],
			},
			folder.path,
		)
		const config = deploy('prometheus.yml')
			.replace('127.0.0.1:8080', new URL(engine.page ?? '').host)
			.replace('15s', '1s')
		writeFileSync(`${folder.path}/prometheus.yml`, config)
		const port = await freePort()
		const args = [
			`--config.file=${folder.path}/prometheus.yml`,
			`--storage.tsdb.path=${folder.path}/tsdb`,
			`--web.listen-address=127.0.0.1:${port}`,
		]
		await start('prometheus', args, `http://127.0.0.1:${port}/-/ready`)
		type Found = { data?: { result?: { metric: Record<string, string>; value: [number, string] }[] } }
		const query = async (text: string) => {
			const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({ query: text })}`)
			return ((await answer.json()) as Found).data?.result ?? []
		}
		for (let tries = 0; (await query('cii_voltage_l1_volts')).length === 0; tries++) {
			if (tries > stretched(100)) throw new Error('Prometheus has no values')
			await new Promise((resolve) => setTimeout(resolve, 200))
		}
		for (const [name, value] of Object.entries({
			cii_power_net_watts: '28',
			cii_energy_import_watt_hours_total: '482939',
			cii_current_l1_amperes: '0.09',
			cii_meter_online: '1',
		})) {
			const [found] = await query(name)
			assert.is(found?.metric.meter, 'house', name)
			assert.is(found?.value[1], value, name)
		}
		// The questions that the recipe gives are understood.
		for (const [, text] of deploy('prometheus.yml').matchAll(/^# {3}(cii_.*?|increase.*?|time.*?)(?: {2,}.*)?$/gm)) await query(text ?? '')
		await engine.close()
	})

test.run()
