import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Config } from '../schema/types/config.ts'
import { watchTopics } from './broker.ts'
import { eventually, freePort, meters, scratch } from './engine-of.ts'

/**
 * `npm run test:soak -- [--minutes N] [--rate N]`: the demo's meters at so many telegrams a second (100) through the built program and its embedded
 * broker, for so many minutes (5). Prints the slope of the heap (regression over forced collections, after the first ten minutes or the first third),
 * the largest resident memory and the file descriptors from then on; ends with 1 when a limit of the issue is broken: 0.2 MB an hour (of an hour's run), 120 MB, no
 * descriptor more.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, rate: { type: 'string', default: '100' } } })
const minutes = Number(values.minutes)
const program = new URL('../dist/tools/cli.js', import.meta.url).pathname
if (!existsSync(program)) throw new Error('npm run build comes first: it is the built program that runs')

type Sample = { seconds: number; heap: number; resident: number; descriptors: number }

const PROBE = `
import { readdirSync } from 'node:fs'
setInterval(() => {
	gc()
	const { heapUsed, rss } = process.memoryUsage()
	process.send({ seconds: process.uptime(), heap: heapUsed, resident: rss, descriptors: readdirSync('/proc/self/fd').length })
}, 10_000).unref()`

/** The demo's config at `rate` telegrams a second in all: each recording as fast as it goes, then the pause that makes the rate. */
function config(port: number, rate: number): Config {
	const demo = JSON.parse(readFileSync(`${meters}demo.config.json`, 'utf8')) as Config
	const paced = demo.meters.map((meter) => {
		const path = `${meters}${(meter.transport as { path: string }).path}`
		const telegrams = (JSON.parse(readFileSync(path.replace('.capture.jsonl', '.expected.json'), 'utf8')) as unknown[]).length
		const pause = Math.round((telegrams * demo.meters.length * 1000) / rate)
		return { ...meter, transport: { ...meter.transport, path, speed: 0, pause } }
	})
	return { mqtt: { embedded: { port } }, meters: paced }
}

/** Megabytes an hour, by least squares. */
function slope(samples: Sample[]): number {
	const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
	const [time, heap] = [mean(({ seconds }) => seconds), mean((sample) => sample.heap)]
	const above = samples.reduce((sum, sample) => sum + (sample.seconds - time) * (sample.heap - heap), 0)
	const below = samples.reduce((sum, sample) => sum + (sample.seconds - time) ** 2, 0)
	return ((above / below) * 3600) / 1e6
}

const folder = scratch('soak')
const port = await freePort()
writeFileSync(`${folder.path}/cii2mqtt.json`, JSON.stringify(config(port, Number(values.rate))))
const flags = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(PROBE)}`]
const child = spawn(process.execPath, [...flags, program, 'run', '--config', `${folder.path}/cii2mqtt.json`], {
	stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
})
let log = ''
child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()))
const samples: Sample[] = []
child.on('message', (sample) => samples.push(sample as Sample))
await eventually(
	() => log.includes('listens on'),
	() => log,
)
let count = 0
const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/+/reading')
watcher.client.removeAllListeners('message').on('message', () => count++)
const started = Date.now()
const lines = log.split('\n').length
await new Promise((resolve) => setTimeout(resolve, minutes * 60_000))
const rate = (count * 1000) / (Date.now() - started)
await watcher.close()
child.kill('SIGTERM')
await new Promise((resolve) => child.once('close', resolve))
folder.remove()

const settled = samples.filter(({ seconds }) => seconds > Math.min(600, minutes * 20))
const resident = Math.max(...settled.map((sample) => sample.resident)) / 1e6
const descriptors = Math.max(...settled.map((sample) => sample.descriptors)) - (settled[0]?.descriptors ?? 0)
const grown = slope(settled)
console.log(`${minutes} min, ${rate.toFixed(1)} readings a second, ${log.split('\n').length - lines} lines of log meanwhile`)
console.log(
	`heap ${((settled[0]?.heap ?? 0) / 1e6).toFixed(2)} MB → ${((settled.at(-1)?.heap ?? 0) / 1e6).toFixed(2)} MB, slope ${grown.toFixed(3)} MB an hour over ${settled.length} forced collections`,
)
console.log(
	`resident memory at most ${resident.toFixed(1)} MB (${Math.max(...samples.map((sample) => sample.resident / 1e6)).toFixed(1)} MB at the start); descriptors ${descriptors >= 0 ? '+' : ''}${descriptors}`,
)
// Over less than an hour the noise of the collections is larger than the limit.
const flat = minutes < 60 || grown <= 0.2
process.exitCode = settled.length > 2 && flat && resident <= 120 && descriptors <= 0 && rate >= Number(values.rate) * 0.9 ? 0 : 1
