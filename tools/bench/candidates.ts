import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import mqtt from 'mqtt'
import { hex } from '../../engine/bytes/hex.ts'
import { packageRoot } from '../../engine/files/package.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { type Cost, costOf } from './cost.ts'
import { METERS, type Source } from './inputs.ts'
import { cli, type Program, type Scene } from './scene.ts'
import { adapterSender, hostOf, inOrder, lines, rawSender, type Town, town } from './town.ts'

/** A process that is measured, with all that keeps it at work; it has begun, and is not warm yet. */
export type Candidate = {
	pid: number
	/** Measures so many telegrams: as fast as readings come back, or one in so many milliseconds. */
	measure(telegrams: number, every?: number): Promise<Cost>
	/** Payloads that it publishes. */
	payloads(): Buffer[]
	stop(): Promise<void>
}

/** How a candidate runs. `outputs`: so many, all alike, beside the readings; `flags`: of Node. */
export type How = { outputs?: number; flags?: string[] }

/** A meter's clock may stand still, and its counters may rise as fast as telegrams are sent here. */
const EXPECT = { time: null, 'energy_*': { maxPower: 1e12 } }
/** Seconds that a meter may be silent: those of a large town wait for their turn. */
const SILENCE = 3600

/** Starts `cii2mqtt run` with so many meters, which are read by TCP, or are adapters at the broker. */
export function runOf(scene: Scene, source: Source, meters: number, how: How = {}): Promise<Candidate> {
	return source.topic === undefined ? byLines(scene, source, meters, how) : byAdapters(scene, source, meters, how)
}

async function byLines(scene: Scene, source: Source, meters: number, how: How): Promise<Candidate> {
	const far = await lines(inOrder(source, meters))
	const root = scene.name('run')
	const transport = (meter: number) => ({ kind: 'tcp', host: hostOf(meter), port: far.port, silence: SILENCE })
	const config = configOf(scene, root, source, meters, { ...how, transport })
	const readers = await town(scene.url, root, () => far.write())
	const one = scene.start([...(how.flags ?? []), cli, 'run', '--config', config])
	while (far.connected() < meters) await new Promise((resolve) => setTimeout(resolve, 20))
	await readers.begin()
	if (how.outputs) await activeOutput(scene, topics(root, root).output(`influx-${how.outputs - 1}`))
	return candidate(one, readers, () => Promise.resolve(far.close()))
}

async function byAdapters(scene: Scene, source: Source, meters: number, how: How): Promise<Candidate> {
	const root = scene.name('run')
	const device = (meter: number) => `${root}m${meter}`
	const topic = (meter: number) => source.topic?.split('/').with(1, device(meter)).join('/') ?? ''
	const config = configOf(scene, root, source, meters, { ...how, transport: (meter) => ({ levels: { device: device(meter) } }) })
	const client = await mqtt.connectAsync(scene.url)
	const readers = await town(scene.url, root, adapterSender(client, topic, inOrder(source, meters)))
	const one = scene.start([...(how.flags ?? []), cli, 'run', '--config', config])
	await readers.begin()
	return candidate(one, readers, () => client.endAsync(true))
}

/** Starts a translator of so many meters, whose raw telegrams come by the broker. */
export async function translatorOf(scene: Scene, source: Source, meters: number, how: How = {}): Promise<Candidate> {
	const root = scene.name('translate')
	const client = await mqtt.connectAsync(scene.url, { protocolVersion: 5 })
	const readers = await town(scene.url, root, rawSender(client, root, source, inOrder(source, meters)))
	const one = scene.start([...(how.flags ?? []), cli, 'run', '--config', configOf(scene, root, source, meters, how)])
	await readers.begin()
	return candidate(one, readers, () => client.endAsync(true))
}

/** Starts bare MQTT.js with these payloads, on topics of as many meters. */
export async function bareOf(scene: Scene, payloads: Buffer[], meters: number): Promise<Candidate> {
	const file = join(scene.folder, scene.name('payloads'))
	writeFileSync(file, JSON.stringify(payloads.map(String)))
	const program = fileURLToPath(new URL('bare.js', import.meta.url))
	const one = scene.start([program, scene.url, file, String(meters)], true)
	const said = <T>() => new Promise<T>((resolve) => one.child.once('message', (message) => resolve(message as T)))
	await said()
	return {
		pid: one.pid,
		measure(messages) {
			one.child.send(messages)
			return said<Cost>()
		},
		payloads: () => payloads,
		stop: one.stop,
	}
}

function candidate(one: Program, readers: Town, close: () => Promise<void>): Candidate {
	return {
		pid: one.pid,
		measure: (telegrams, every = 0) =>
			costOf(one.pid, telegrams, () => (every > 0 ? slowly(readers, telegrams, every) : readers.run(telegrams))),
		payloads: readers.payloads,
		async stop() {
			await one.stop()
			await readers.close()
			await close()
		},
	}
}

async function slowly(readers: Town, telegrams: number, every: number): Promise<void> {
	for (let sent = 0; sent < telegrams; sent++) {
		await readers.run(1)
		await new Promise((resolve) => setTimeout(resolve, every))
	}
}

/** Meters of one file: a config has its bound. */
const FILE = 500

/** Writes a config, with `transport`: of a process that reads; without: of a translator. */
function configOf(
	scene: Scene,
	root: string,
	source: Source,
	meters: number,
	{ outputs = 0, transport }: How & { transport?: (meter: number) => object },
): string {
	const entry = (meter: number) => {
		const keys = Object.entries(source.keys(meter % METERS)).map(([use, key]) => [use, { $file: keyFile(scene, use, meter, key) }])
		return {
			name: `m${meter}`,
			profile: source.profile.name,
			expect: EXPECT,
			interval: SILENCE,
			...(transport && { transport: transport(meter) }),
			...(keys.length > 0 && { keys: Object.fromEntries(keys) }),
		}
	}
	const folder = join(scene.folder, root)
	mkdirSync(folder)
	for (let first = 0; first < meters; first += FILE) {
		const entries = Array.from({ length: Math.min(FILE, meters - first) }, (_, place) => entry(first + place))
		writeFileSync(join(folder, `${first}.json`), JSON.stringify({ meters: entries }))
	}
	const file = `${folder}.json`
	const role = transport ? 'both' : 'translate'
	const own = outputs > 0 ? writeOutputs(join(scene.folder, `${root}-profiles`), root, outputs) : {}
	const config = { mqtt: { url: scene.url }, root, instance: root, role, ...own, meterFolders: [folder], meters: [] }
	writeFileSync(file, JSON.stringify(config))
	return file
}

/** Writes so many outputs, each the shipped `influx` with a name and topics of its own; gives the part of the config that names them. */
function writeOutputs(folder: string, root: string, count: number): { profiles: string[]; outputs: string[] } {
	mkdirSync(join(folder, 'outputs'), { recursive: true })
	const influx = readFileSync(new URL('profiles/outputs/influx.json', packageRoot), 'utf8')
	const outputs = Array.from({ length: count }, (_, place) => {
		const output = `influx-${place}`
		const own = influx
			.replace('"output": "influx"', `"output": "${output}"`)
			.replace('"root": "influx"', `"root": "${root}-${output}"`)
			.replaceAll('"influx/', `"${root}-${output}/`)
		writeFileSync(join(folder, 'outputs', `${output}.json`), own)
		return output
	})
	return { profiles: [folder], outputs }
}

/** Resolves when an output is in use: one that is refused costs nothing. */
async function activeOutput(scene: Scene, topic: string): Promise<void> {
	const client = await mqtt.connectAsync(scene.url)
	const said = new Promise<string>((resolve) => client.once('message', (_, payload) => resolve(payload.toString())))
	await client.subscribeAsync(topic)
	const status = await said
	if (!status.includes('"active"')) throw new Error(`the output is not in use: ${status}`)
	await client.endAsync(true)
}

function keyFile(scene: Scene, use: string, meter: number, key: Uint8Array): string {
	const file = join(scene.folder, `${use}-${meter % METERS}.key`)
	writeFileSync(file, hex(key), { mode: 0o600 })
	return file
}
