import { readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { latencies, shown } from '../../tools/bench/latency.ts'
import { inScene } from '../../tools/bench/scene.ts'
import { watchTopics } from '../support/broker.ts'
import { freePort, played, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { settle, stretched } from '../support/pace.ts'
import { start } from '../support/program.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('scale', { limit: 90_000 })
const folder = scratch('scale')
test.after(folder.remove)

/** As an operator runs it: a process of its own, of which only what it takes is known. */
function run(config: object): { pid: number; says(text: string): Promise<void>; stop(): Promise<void> } {
	writeFileSync(`${folder.path}/cii2mqtt.json`, JSON.stringify(config))
	const child = start(['run', '--config', `${folder.path}/cii2mqtt.json`])
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
	return {
		pid: child.pid ?? 0,
		async says(text) {
			for (let tries = 0; !output.includes(text); tries++) {
				if (tries > stretched(600) || child.exitCode !== null) throw new Error(`it does not say "${text}": ${output.slice(-2000)}`)
				await new Promise((resolve) => setTimeout(resolve, 20))
			}
		},
		stop() {
			child.kill()
			return ended
		},
	}
}

const residentMegabytes = (pid: number) =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

const KINDS = [
	['ekz-e450', 'ekz-e450/vse-2026'],
	['romande-energie-am550', 'romande-energie-am550/vse-2026'],
	['dsmr', 'dsmr/version-5'],
	['ewb-as3000', 'ewb-as3000/composed'],
] as const

/** Starts a process with so many recorded meters; what it listens on, and how long that took. */
async function started(count: number) {
	const port = await freePort()
	const meters = Array.from({ length: count }, (_, place) => {
		const [profile, capture] = KINDS[place % KINDS.length] as (typeof KINDS)[number]
		return played(`meter-${place}`, profile, `${capture}.capture.jsonl`, { speed: 1, pause: 5000 })
	})
	const begun = Date.now()
	const program = run({ mqtt: { embedded: { port } }, meters })
	await program.says('the embedded broker listens')
	return { program, port, seconds: (Date.now() - begun) / 1000 }
}

test('starts a thousand meters in little more time than four, and keeps them in 250 MB', async () => {
	const before = await started(KINDS.length)
	await before.program.stop()
	const { program, port, seconds } = await started(1000)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/+/reading')
	await watcher.until((seen) => new Set(seen.map(({ topic }) => topic)).size === 1000, 'readings of all')
	// Some turns more, so that what piles up is there.
	await settle(amount(6000, 10_000))
	const megabytes = residentMegabytes(program.pid)
	// Five seconds were asked for, of a machine that does nothing else: reported. A machine that is busy starts four more slowly, too.
	await watcher.close()
	await program.stop()
	// Four are started on both sides of the thousand: others may have become busy meanwhile.
	const after = await started(KINDS.length)
	await after.program.stop()
	const few = Math.max(before.seconds, after.seconds)
	const times = seconds / few
	console.log(
		`1,000 meters: started in ${seconds.toFixed(1)} s, ${times.toFixed(1)} times what 4 take, ${megabytes.toFixed(0)} MB resident, ${watcher.seen.length} readings`,
	)
	assert.ok(times <= 4, `started in ${seconds} s, four in ${few} s`)
	assert.ok(megabytes <= 250, `${megabytes} MB`)
})

/** Held of the median: twice what is reached. */
const LATENCY_OF_BARE = 5

if (need('socat', 'latency') && need('mosquitto', 'latency'))
	test('has a reading acknowledged soon after the last byte of its telegram, beside a bare publisher of the bytes', async () => {
		const found = await inScene((scene) => latencies(scene, 60, 24))
		const { p50 } = shown(found, (line) => console.log(line))
		assert.is(found.product.length, 60)
		// The 99th hundredth is of `npm run bench -- --only latency`: another program on the machine would fail it here.
		assert.ok(p50 <= LATENCY_OF_BARE, `${p50} times what a bare publisher takes`)
	})

test.run()
