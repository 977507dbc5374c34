import { closeSync, existsSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sources } from './inputs.ts'
import { type Door, doorTo } from './puback.ts'
import { cli, type Scene } from './scene.ts'

/**
 * The part `latency`: milliseconds from the write of a P1 telegram's last byte into a terminal until the broker's PUBACK of its reading has come to a door
 * before the broker (puback.ts), of `cii2mqtt run` and of a bare publisher in turn. All before the last byte was sent 10 ms earlier. What the terminal, the
 * door and the broker take is in both.
 */
export type Latencies = { product: number[]; bare: number[] }

/** Telegrams of each that are not counted: V8 compiles what is hot. */
const WARM_UP = 20
/** Milliseconds between a telegram's body and its last byte. */
const BODY = 10

/** Sends so many telegrams to each of the two, one `every` so many milliseconds. */
export async function latencies(scene: Scene, count: number, every: number): Promise<Latencies> {
	const door = await doorTo(scene.url)
	const lines = { product: await terminal(scene), bare: await terminal(scene) }
	await startBare(scene, door, lines.bare.device)
	scene.start([cli, 'run', '--config', configOf(scene, door, lines.product.device)])
	const { telegram } = sources.p1()
	const found: Latencies = { product: [], bare: [] }
	let round = 0
	await firstReading(door, () => lines.product.write(telegram(0, round++)))
	for (let sent = -Math.min(WARM_UP, count); sent < count; sent++) {
		for (const name of ['product', 'bare'] as const) {
			const began = performance.now()
			const took = await latencyOf(door, lines[name].write, telegram(0, round))
			if (sent >= 0) found[name].push(took)
			await sleep(Math.max(0, began + every / 2 - performance.now()))
		}
		round++
	}
	for (const line of Object.values(lines)) line.close()
	door.close()
	return found
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Makes a terminal; `write` puts bytes into its far end. */
async function terminal(scene: Scene): Promise<{ device: string; write(bytes: Uint8Array): void; close(): void }> {
	const [device, far] = [join(scene.folder, scene.name('tty')), join(scene.folder, scene.name('far'))]
	scene.spawn('socat', [`pty,raw,echo=0,link=${device}`, `pty,raw,echo=0,link=${far}`])
	for (let tries = 0; !(existsSync(device) && existsSync(far)); tries++) {
		if (tries === 500) throw new Error('socat makes no terminals')
		await sleep(20)
	}
	const file = openSync(far, 'w')
	return { device, write: (bytes) => void writeSync(file, bytes), close: () => closeSync(file) }
}

async function startBare(scene: Scene, door: Door, device: string): Promise<void> {
	const { child } = scene.start([fileURLToPath(new URL('bare-serial.js', import.meta.url)), door.url, device], true)
	await new Promise<void>((resolve) => child.once('message', () => resolve()))
}

function configOf(scene: Scene, door: Door, path: string): string {
	const file = join(scene.folder, 'latency.json')
	const meter = { name: 'house', profile: 'dsmr', expect: { time: null, 'energy_*': { maxPower: 1e12 } }, transport: { path } }
	writeFileSync(file, JSON.stringify({ mqtt: { url: door.url }, meters: [meter] }))
	return file
}

/** Sends telegrams until one is read: the port is open then. */
async function firstReading(door: Door, send: () => void): Promise<void> {
	let read = false
	door.onAcknowledged = () => {
		read = true
	}
	for (let tries = 0; !read; tries++) {
		if (tries === 100) throw new Error('no reading came of the first telegrams')
		send()
		await sleep(200)
	}
	await sleep(500)
}

/** Milliseconds from a telegram's last byte to its acknowledgement. */
async function latencyOf(door: Door, write: (bytes: Uint8Array) => void, telegram: Uint8Array): Promise<number> {
	write(telegram.subarray(0, -1))
	await sleep(BODY)
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error('no acknowledgement came within 10 s')), 10_000)
		const began = performance.now()
		door.onAcknowledged = (at) => {
			clearTimeout(late)
			resolve(at - began)
		}
		write(telegram.subarray(-1))
	})
}

/** Shows both, and gives the ratios of their medians and of their 99th hundredths. */
export function shown({ product, bare }: Latencies, show: (line: string) => void): { p50: number; p99: number } {
	show(`\nlast byte to PUBACK, ms       p50    p99    most  (${product.length} telegrams)`)
	const sorted = (values: number[]) => [...values].sort((one, other) => one - other)
	const at = (values: number[], part: number) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN
	for (const [name, values] of Object.entries({ 'cii2mqtt run': product, 'bare publisher': bare }))
		show(`${name.padEnd(26)}${[0.5, 0.99, 1].map((part) => at(values, part).toFixed(2).padStart(7)).join('')}`)
	const ratio = (part: number) => Number((at(product, part) / at(bare, part)).toPrecision(3))
	return { p50: ratio(0.5), p99: ratio(0.99) }
}
