import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Config } from '../../schema/types/config.ts'
import { watchTopics } from '../support/broker.ts'
import { eventually, freePort, meters, scratch } from '../support/engine-of.ts'
import { cli } from '../support/program.ts'

/** What an even load did: readings a second, lines of log, megabytes of the heap (first, last, growth an hour), resident megabytes, descriptors. */
export type Steady = {
	rate: number
	lines: number
	heap: { first: number; last: number; slope: number; samples: number }
	resident: number
	descriptors: number
}

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

/**
 * The demo's meters at `rate` telegrams a second in all through the built program and its embedded broker, for so many minutes. What is measured
 * begins after the first ten minutes, or the first third.
 */
export async function steady(minutes: number, rate: number): Promise<Steady> {
	if (!existsSync(cli)) throw new Error('npm run build comes first: it is the built program that runs')
	const folder = scratch('soak')
	const port = await freePort()
	writeFileSync(`${folder.path}/cii2mqtt.json`, JSON.stringify(config(port, rate)))
	const flags = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(PROBE)}`]
	const child = spawn(process.execPath, [...flags, cli, 'run', '--config', `${folder.path}/cii2mqtt.json`], {
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
	// Every meter has said that it reads.
	await new Promise((resolve) => setTimeout(resolve, 2000))
	const [started, from, lines] = [Date.now(), count, log.split('\n').length]
	await new Promise((resolve) => setTimeout(resolve, minutes * 60_000))
	const measured = ((count - from) * 1000) / (Date.now() - started)
	const said = log.split('\n').length - lines
	await watcher.close()
	child.kill('SIGTERM')
	await new Promise((resolve) => child.once('close', resolve))
	folder.remove()
	const settled = samples.filter(({ seconds }) => seconds > Math.min(600, minutes * 20))
	const first = settled[0]
	if (!first) throw new Error(`too short: nothing was measured. ${log}`)
	return {
		rate: measured,
		lines: said,
		heap: { first: first.heap / 1e6, last: (settled.at(-1)?.heap ?? 0) / 1e6, slope: slope(settled), samples: settled.length },
		resident: Math.max(...settled.map((sample) => sample.resident)) / 1e6,
		descriptors: Math.max(...settled.map((sample) => sample.descriptors)) - first.descriptors,
	}
}
