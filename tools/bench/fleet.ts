import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import mqtt, { type MqttClient } from 'mqtt'
import { topics } from '../../engine/mqtt/topics.ts'
import { freePort } from '../../test/support/engine-of.ts'
import { type Mosquitto, startMosquitto } from '../../test/support/mosquitto.ts'
import { type FleetResult, fleetCheck } from './fleet-check.ts'
import { type FleetMeter, fleetMeter } from './fleet-meters.ts'

/**
 * `npm run fleet [-- --meters 60] [--telegrams 20000] [--translators 1,2] [--rate 200] [--url mqtt://…]`: simulated readers, translators that are processes
 * of their own, and a check of every reading that comes back. Without a url it starts a mosquitto. Ends with 1 when a reading is wrong or missing.
 */
const { values: options } = parseArgs({
	options: {
		meters: { type: 'string', default: '60' },
		telegrams: { type: 'string', default: '20000' },
		translators: { type: 'string', default: '1,2' },
		rate: { type: 'string', default: '200' },
		url: { type: 'string' },
	},
})
const [METERS, TELEGRAMS, RATE] = [options.meters, options.telegrams, options.rate].map((text) => {
	const number = Number(text)
	if (!Number.isInteger(number) || number < 1 || number > 10_000_000) throw new Error(`"${text}": a whole number is needed`)
	return number
}) as [number, number, number]
if (METERS > 1000) throw new Error('1000 meters at most')
const EACH = Math.floor(TELEGRAMS / METERS)
/** Messages that are on their way to the broker at once. */
const IN_FLIGHT = 500
/** Seconds of the pass at a fixed rate, for latencies. */
const STEADY = 10

const seconds = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? 'not known' : value.toFixed(1))

const folder = mkdtempSync(join(tmpdir(), 'cii-fleet-'))
const fleet = Array.from({ length: METERS }, (_, place) => fleetMeter(place))
const broker = options.url === undefined ? await ownBroker() : { url: options.url }
writeMeters()
let bad = false
try {
	for (const text of options.translators.split(',')) {
		const count = Number(text)
		if (!(count >= 1 && count <= 16)) throw new Error(`--translators ${text}: 1 to 16, or several with commas`)
		await trial(count)
	}
} finally {
	await broker.mosquitto?.stop()
	rmSync(folder, { recursive: true, force: true })
}
process.exitCode = bad ? 1 : 0

async function ownBroker(): Promise<{ url: string; mosquitto?: Mosquitto; pid?: number }> {
	const port = await freePort()
	const config = join(folder, 'mosquitto.conf')
	const lines = [
		`listener ${port} 127.0.0.1`,
		'allow_anonymous true',
		'max_queued_messages 0',
		'max_inflight_messages 1000',
		'set_tcp_nodelay true',
	]
	writeFileSync(config, `${process.getuid?.() === 0 ? 'user root\n' : ''}${lines.join('\n')}\n`)
	const mosquitto = await startMosquitto(config, [port])
	return { url: `mqtt://127.0.0.1:${port}`, mosquitto, ...(mosquitto.pid !== undefined && { pid: mosquitto.pid }) }
}

/** A folder of meters, with their keys. */
function writeMeters(): void {
	mkdirSync(join(folder, 'meters'))
	const meters = fleet.map(({ name, profile, keys }) => {
		if (!keys) return { name, profile }
		const files = Object.entries(keys).map(([use, key]) => {
			writeFileSync(join(folder, 'meters', `${name}.${use}`), key, { mode: 0o600 })
			return [use, { $file: `${name}.${use}` }]
		})
		return { name, profile, keys: Object.fromEntries(files) }
	})
	writeFileSync(join(folder, 'meters', 'fleet.json'), JSON.stringify({ meters }))
}

/** One trial: what waits while translators are away, and then a steady rate. */
async function trial(count: number): Promise<void> {
	const root = `fleet-${process.pid}-${count}`
	const names = topics(root, 'fleet')
	const client = await mqtt.connectAsync(broker.url, { protocolVersion: 5, reconnectPeriod: 0, properties: { receiveMaximum: 65_535 } })
	// As the product does: a reader's small packets would wait for each other.
	if (client.stream instanceof Socket) client.stream.setNoDelay(true)
	await client.subscribeAsync([`${root}/+/reading`, `${root}/bridge/+/state`], { qos: 1 })
	const session = new Date().toISOString()
	const send = (meter: FleetMeter, n: number, seq: number) =>
		client.publishAsync(names.raw(meter.name), Buffer.from(meter.telegram(n)), {
			qos: 1,
			properties: { userProperties: { received: new Date().toISOString(), session, seq: String(seq), profile: meter.profile } },
		})

	// Their sessions stand with the broker from then on.
	await stopAll(await startAll(count, root, client))
	await sendAll((n, meter) => send(meter, n, n))
	const backlog = fleetCheck(fleet, EACH)
	const cpuBefore = [cpuOf(broker.pid), cpuOf(process.pid)]
	let [first, last] = [0, 0]
	const children = await startAll(count, root, client, (topic, payload) => {
		last = performance.now()
		first ||= last
		backlog.take(topic, payload, Date.now())
	})
	await quiet(() => last)
	const elapsed = (last - first) / 1000
	const done = backlog.result()
	const used = [cpuOf(broker.pid) - (cpuBefore[0] ?? 0), cpuOf(process.pid) - (cpuBefore[1] ?? 0)]
	const own = children.map(({ pid }) => cpuOf(pid).toFixed(1))
	console.log(`\n${count} translator${count > 1 ? 's' : ''}, ${fleet.length} meters`)
	report('what waited while they were away', done)
	console.log(`  ${Math.round(done.arrived / elapsed)} readings/s in ${elapsed.toFixed(2)} s`)
	const cores = [...children.map(({ pid }) => cpuOf(pid)), ...used].reduce((sum, one) => sum + one, 0) / elapsed
	console.log(`  cores in use: ${cores.toFixed(1)} of ${availableParallelism()} (what translators took to start is counted as well)`)
	console.log(`  CPU seconds: translators ${own.join(' + ')} (start included), broker ${seconds(used[0])}, this tool ${seconds(used[1])}`)

	const steadyEach = Math.max(1, Math.floor((RATE * STEADY) / fleet.length))
	const steady = fleetCheck(
		fleet.map((meter) => ({ ...meter, value: (n: number) => meter.value(n + EACH) })),
		steadyEach,
	)
	last = 0
	client.removeAllListeners('message')
	client.on('message', (topic, payload) => {
		if (!topic.endsWith('/reading')) return
		last = performance.now()
		steady.take(topic, payload.toString(), Date.now())
	})
	const began = performance.now()
	let sent = 0
	for (let n = 0; n < steadyEach; n++)
		for (const meter of fleet) {
			const due = began + (sent++ * 1000) / RATE
			if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
			void send(meter, n + EACH, n + EACH)
		}
	await quiet(() => last)
	report(`${RATE} telegrams a second`, steady.result())
	await stopAll(children)
	await client.endAsync()
}

function report(title: string, { arrived, missing, wrong, duplicates, disordered, latencies }: FleetResult): void {
	const at = (part: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? Number.NaN
	console.log(`  ${title}: ${arrived} arrived, ${missing} missing, ${wrong} wrong, ${duplicates} again, ${disordered} out of order`)
	console.log(`  latency p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`)
	if (missing + wrong + disordered > 0) bad = true
}

/** Every meter's telegrams in turn, some at once. */
async function sendAll(send: (n: number, meter: FleetMeter) => Promise<unknown>): Promise<void> {
	let batch: Promise<unknown>[] = []
	for (let n = 0; n < EACH; n++)
		for (const meter of fleet) {
			batch.push(send(n, meter))
			if (batch.length < IN_FLIGHT) continue
			await Promise.all(batch)
			batch = []
		}
	await Promise.all(batch)
}

/** Starts translators, each with its part of the shards, and waits until they are online. */
async function startAll(
	count: number,
	root: string,
	client: MqttClient,
	reading: (topic: string, payload: string) => void = () => undefined,
): Promise<ChildProcess[]> {
	const online = new Set<string>()
	client.removeAllListeners('message')
	const ready = new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('the translators do not start')), 60_000)
		client.on('message', (topic, payload) => {
			if (topic.endsWith('/reading')) return reading(topic, payload.toString())
			if (payload.toString() === 'online') online.add(topic)
			else online.delete(topic)
			if (online.size < count) return
			clearTimeout(timer)
			resolve()
		})
	})
	const children = Array.from({ length: count }, (_, place) => {
		const shard = (part: number) => String(Math.floor((64 * part) / count)).padStart(2, '0')
		const shards = `${shard(place)}-${String(Number(shard(place + 1)) - 1).padStart(2, '0')}`
		const file = join(folder, `${root}-${place}.json`)
		const config = {
			mqtt: { url: broker.url },
			root,
			instance: `fleet${place}`,
			role: 'translate',
			shards,
			meterFolders: ['meters'],
			meters: [],
		}
		writeFileSync(file, JSON.stringify(config))
		const cli = fileURLToPath(new URL('../cli.js', import.meta.url))
		return spawn(process.execPath, [cli, 'run', '--config', file], { stdio: ['ignore', 'ignore', 'inherit'] })
	})
	await ready
	return children
}

async function stopAll(children: ChildProcess[]): Promise<void> {
	await Promise.all(
		children.map((child) => {
			const gone = new Promise((resolve) => child.once('exit', resolve))
			child.kill('SIGTERM')
			return gone
		}),
	)
}

/** Resolves when nothing has come for two seconds, after something has; 30 s after the start where nothing comes. */
async function quiet(last: () => number): Promise<void> {
	const began = performance.now()
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, 100))
		if (performance.now() - (last() || began + 28_000) > 2000) return
	}
}

/** CPU seconds of a process so far (Linux; a hundred ticks a second); not a number elsewhere. */
function cpuOf(pid: number | undefined): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
		return (Number(fields[11]) + Number(fields[12])) / 100
	} catch {
		return Number.NaN
	}
}
