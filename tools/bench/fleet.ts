import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import mqtt, { type MqttClient } from 'mqtt'
import { topics } from '../../engine/mqtt/topics.ts'
import { memoryOf, spentBy } from './cost.ts'
import { type FleetResult, fleetCheck } from './fleet-check.ts'
import { counter } from './fleet-counter.ts'
import { type FleetMeter, fleetMeter } from './fleet-meters.ts'
import { family, startAll, stopAll, type Way } from './fleet-processes.ts'
import { median } from './measure.ts'
import { startBroker } from './scene.ts'

/**
 * `npm run fleet [-- --meters 60] [--telegrams 20000] [--translators 1,2] [--workers 1,2] [--rate 200] [--count] [--rounds 1] [--url mqtt://…] [--log]`: simulated
 * readers, translators that are processes of their own, or one with workers, and a check of every reading that comes back. `--count` only counts the
 * readings, so that this tool's own CPU is not the limit. Without a url it starts a mosquitto. Ends with 1 when a reading is wrong or missing.
 */
const { values: options } = parseArgs({
	options: {
		meters: { type: 'string', default: '60' },
		telegrams: { type: 'string', default: '20000' },
		translators: { type: 'string' },
		workers: { type: 'string' },
		rate: { type: 'string', default: '200' },
		rounds: { type: 'string', default: '1' },
		count: { type: 'boolean', default: false },
		log: { type: 'boolean', default: false },
		url: { type: 'string' },
	},
})
const [METERS, TELEGRAMS, RATE, ROUNDS] = [options.meters, options.telegrams, options.rate, options.rounds].map((text) => {
	const number = Number(text)
	if (!Number.isInteger(number) || number < 1 || number > 10_000_000) throw new Error(`"${text}": a whole number is needed`)
	return number
}) as [number, number, number, number]
if (METERS > 1000) throw new Error('1000 meters at most')
const EACH = Math.floor(TELEGRAMS / METERS)
/** Messages that are on their way to the broker at once. */
const IN_FLIGHT = 500
/** Seconds of the pass at a fixed rate, for latencies. */
const STEADY = 10
/** The share of the readings before the measurement begins: code is compiled, memory is there. */
const WARM = 0.25
/** The share of a core above which the broker is the limit. */
const FULL = 0.9

/**
 * CPU µs a telegram: of translators, and of the broker, which takes it from a reader (`taken`), gives it to a translator, and takes what becomes of it
 * (`given`). The share of a core that the broker took meanwhile, and megabytes of the translators.
 */
type Figures = { perSecond: number; translators: number; taken: number; given: number; brokerShare: number; megabytes: number }

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Each telegram is composed once: to seal it takes longer than to translate it. */
const telegrams = new Map<string, Buffer>()

const folder = mkdtempSync(join(tmpdir(), 'cii-fleet-'))
const fleet = Array.from({ length: METERS }, (_, place) => fleetMeter(place))
const broker = options.url === undefined ? await startBroker(folder) : { url: options.url, mosquitto: undefined }
writeMeters()
let bad = false
try {
	const ways = [
		...waysOf('translators', options.translators ?? (options.workers === undefined ? '1,2' : '')),
		...waysOf('workers', options.workers ?? ''),
	]
	const found = ways.map((way) => ({ way, figures: [] as Figures[] }))
	for (let round = 0; round < ROUNDS; round++) for (const { way, figures } of found) figures.push(await trial(way, round))
	summary(found)
} finally {
	await broker.mosquitto?.stop()
	rmSync(folder, { recursive: true, force: true })
}
process.exitCode = bad ? 1 : 0

function waysOf(kind: Way['kind'], text: string): Way[] {
	return text
		.split(',')
		.filter(Boolean)
		.map((one) => {
			const count = Number(one)
			if (!(count >= 1 && count <= 16)) throw new Error(`--${kind} ${one}: 1 to 16, or several with commas`)
			return { kind, count }
		})
}

/** A folder of meters, with their keys. */
function writeMeters(): void {
	mkdirSync(join(folder, 'meters'))
	const meters = fleet.map(({ name, profile, keys }) => {
		// They send a hundred times as fast as meters do.
		const expect = { time: null, 'energy_*': { maxPower: 1e12 } }
		if (!keys) return { name, profile, expect }
		const files = Object.entries(keys).map(([use, key]) => {
			writeFileSync(join(folder, 'meters', `${name}.${use}`), key, { mode: 0o600 })
			return [use, { $file: `${name}.${use}` }]
		})
		return { name, profile, expect, keys: Object.fromEntries(files) }
	})
	writeFileSync(join(folder, 'meters', 'fleet.json'), JSON.stringify({ meters }))
}

/** One trial: what waits while translators are away, and then a steady rate. */
async function trial(way: Way, round: number): Promise<Figures> {
	const root = `fleet-${process.pid}-${round}-${way.kind}-${way.count}`
	const names = topics(root, 'fleet')
	const place = { root, folder, url: broker.url, log: options.log }
	const client = await mqtt.connectAsync(broker.url, { protocolVersion: 5, reconnectPeriod: 0, properties: { receiveMaximum: 65_535 } })
	// As the product does: a reader's small packets would wait for each other.
	if (client.stream instanceof Socket) client.stream.setNoDelay(true)
	await client.subscribeAsync(`${root}/bridge/+/state`, { qos: 1 })
	const session = new Date().toISOString()
	const send = (meter: FleetMeter, n: number) =>
		client.publishAsync(names.raw(meter.name), composed(meter, n), {
			qos: 1,
			properties: { userProperties: { received: new Date().toISOString(), session, seq: String(n), profile: meter.profile } },
		})

	// Their sessions stand with the broker from then on.
	await stopAll(await startAll(way, place, client))
	const before = spentBy(broker.mosquitto?.pid)
	await sendAll((n, meter) => send(meter, n))
	const taken = (spentBy(broker.mosquitto?.pid) - before) / (EACH * fleet.length)
	const backlog = fleetCheck(fleet, EACH)
	const counting = options.count ? await counter(broker.url, `${root}/+/reading`) : undefined
	let [came, last] = [0, 0]
	const take = (topic: string, payload: string) => {
		came++
		last = performance.now()
		backlog.take(topic, payload, Date.now())
	}
	if (!counting) await client.subscribeAsync(`${root}/+/reading`, { qos: 1 })
	const children = await startAll(way, place, client, take)
	const seen = () => counting?.count() ?? came
	const figures = { ...(await measured(children, seen, () => counting?.last() ?? last)), taken }
	console.log(`\n${way.count} ${way.kind}, ${fleet.length} meters`)
	const { perSecond, translators, given, brokerShare, megabytes } = figures
	const per = (value: number) => `${value.toFixed(0)} µs`
	console.log(
		`  ${Math.round(perSecond)} readings/s; CPU a telegram: translators ${per(translators)}, broker ${per(taken)} and ${per(given)}`,
	)
	console.log(`  the broker took ${(brokerShare * 100).toFixed(0)} % of a core; translators hold ${megabytes.toFixed(0)} MB`)
	if (counting) {
		if (seen() < EACH * fleet.length) bad = true
		console.log(`  ${seen()} of ${EACH * fleet.length} readings came, not looked at`)
		counting.close()
	} else {
		report('what waited while they were away', backlog.result())
		await steady(client, (meter, n) => send(meter, n + EACH))
	}
	await stopAll(children)
	await client.endAsync()
	return figures
}

/** Measures from a quarter of the readings to the last one. */
async function measured(children: ChildProcess[], seen: () => number, last: () => number): Promise<Omit<Figures, 'taken'>> {
	const total = EACH * fleet.length
	const began = performance.now()
	while (seen() < total * WARM && performance.now() - began < 60_000) await pause(5)
	const pids = children.flatMap(({ pid }) => family(pid))
	const cpu = () => [pids.reduce((sum, pid) => sum + spentBy(pid), 0), spentBy(broker.mosquitto?.pid)] as const
	const [before, from, started] = [cpu(), seen(), performance.now()]
	while (seen() < total && performance.now() - (last() || began + 28_000) < 2000) await pause(5)
	const [after, telegrams, elapsed] = [cpu(), seen() - from, (last() - started) / 1000]
	const megabytes = pids.reduce((sum, pid) => sum + memoryOf(pid).resident, 0)
	const [translators, own] = [after[0] - before[0], after[1] - before[1]]
	const per = (value: number) => value / telegrams
	return { perSecond: telegrams / elapsed, translators: per(translators), given: per(own), brokerShare: own / 1e6 / elapsed, megabytes }
}

/** Sends at a fixed rate, and reports latencies. */
async function steady(client: MqttClient, send: (meter: FleetMeter, n: number) => Promise<unknown>): Promise<void> {
	const each = Math.max(1, Math.floor((RATE * STEADY) / fleet.length))
	const check = fleetCheck(
		fleet.map((meter) => ({ ...meter, value: (n: number) => meter.value(n + EACH) })),
		each,
	)
	let last = 0
	client.removeAllListeners('message')
	client.on('message', (topic, payload) => {
		if (!topic.endsWith('/reading')) return
		last = performance.now()
		check.take(topic, payload.toString(), Date.now())
	})
	const began = performance.now()
	let sent = 0
	for (let n = 0; n < each; n++)
		for (const meter of fleet) {
			const due = began + (sent++ * 1000) / RATE
			if (due > performance.now()) await pause(due - performance.now())
			void send(meter, n)
		}
	while (performance.now() - (last || began + 28_000) < 2000) await pause(100)
	report(`${RATE} telegrams a second`, check.result())
}

/** What tools/deploy/fleet.md is reckoned from: medians of the rounds, and what limits. */
function summary(found: { way: Way; figures: Figures[] }[]): void {
	console.log(
		`\n| | readings/s | to the first | translators, µs | broker: raw in, µs | all else, µs | of a core | MB |\n| --- | --- | --- | --- | --- | --- | --- | --- |`,
	)
	const first = median(found[0]?.figures.map(({ perSecond }) => perSecond) ?? [])
	for (const { way, figures } of found) {
		const of = (key: keyof Figures) => median(figures.map((one) => one[key]))
		const limit = of('brokerShare') > FULL ? ': the limit' : ''
		const cells = [
			of('perSecond').toFixed(0),
			(of('perSecond') / first).toFixed(2),
			...(['translators', 'taken', 'given'] as const).map((key) => of(key).toFixed(0)),
		]
		console.log(
			`| ${way.count} ${way.kind} | ${cells.join(' | ')} | ${of('brokerShare').toFixed(2)}${limit} | ${of('megabytes').toFixed(0)} |`,
		)
	}
	console.log(
		`\n${availableParallelism()} cores; medians of ${ROUNDS} round(s), from a quarter of ${EACH * fleet.length} telegrams to the last`,
	)
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

function composed(meter: FleetMeter, n: number): Buffer {
	const key = `${meter.name} ${n}`
	const found = telegrams.get(key) ?? Buffer.from(meter.telegram(n))
	telegrams.set(key, found)
	return found
}
