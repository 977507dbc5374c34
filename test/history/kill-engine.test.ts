import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import libsql from 'libsql'
import * as assert from 'uvu/assert'
import { readings, watchTopics } from '../support/broker.ts'
import { at, barsOf, historyIn, random } from '../support/days.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { fastHouse, type Sent } from '../support/fast-house.ts'
import { amount } from '../support/long.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'

/** `CII_KILL_SECONDS`: how long, where neither 20 s nor an hour is asked for. */
const SECONDS = Number(process.env.CII_KILL_SECONDS ?? amount(20, 3600))
const test = suite('history/kill-engine', { limit: 120_000 + 3 * SECONDS * 1000 })
const folder = scratch('kill-engine')
test.after(folder.remove)

/** Seconds of the calendar in a second: a quarter-hour in two and a quarter. */
const SPEED = 400
/** Milliseconds between two telegrams: ten seconds of the calendar. */
const PAUSE = 25
const NEAR = 60
const isBuilt = import.meta.url.endsWith('.js')
const program = isBuilt
	? ['--import', `${root}dist/test/support/fast-clock.js`, `${root}dist/tools/cli.js`]
	: ['--import', 'tsx', '--import', `${root}test/support/fast-clock.ts`, `${root}tools/cli.ts`]

if (need('mosquitto', 'a real broker'))
	test('has no quarter-hour wrong and no file damaged, the whole program killed at random moments', async () => {
		const mosquittoPort = await freePort()
		writeFileSync(`${folder.path}/mosquitto.conf`, `listener ${mosquittoPort} 127.0.0.1\nallow_anonymous true\n`)
		const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [mosquittoPort])
		const [real, fast] = [Date.now(), at('2026-10-24T10:00:00Z') * 1000]
		const now = () => fast + (Date.now() - real) * SPEED
		const house = await fastHouse(now, PAUSE)
		const config = join(folder.path, 'cii2mqtt.json')
		const url = `mqtt://127.0.0.1:${mosquittoPort}`
		writeFileSync(
			config,
			JSON.stringify({
				mqtt: { url },
				instance: 'main',
				stateDir: 'state',
				history: { days: 800 },
				meters: [{ name: 'house', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: house.port } }],
			}),
		)
		const watcher = await watchTopics(url, 'cii/house/#')
		const log: string[] = []
		const begin = () => {
			const child = spawn(process.execPath, [...program, 'run', '--config', config], {
				cwd: folder.path,
				env: { ...process.env, CII_CLOCK: `${real},${fast},${SPEED}` },
				stdio: ['ignore', 'pipe', 'pipe'],
			})
			for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => log.push(data.toString()) > 100 && log.shift())
			return child
		}
		const next = random(SECONDS + 11)
		const end = Date.now() + SECONDS * 1000
		const file = join(folder.path, 'state', 'main.history.db')
		let kills = 0
		let read = 0
		while (Date.now() < end) {
			const child = begin()
			// One in five dies while it starts; the others some time after their first reading.
			if (next() < 0.2) await pause(next() * 1500)
			else {
				const before = watcher.seen.length
				await watcher.until((seen) => readings(seen.slice(before), 'house').length > 0, `a reading; log: ${log.join('')}`)
				await pause(next() * 12_000)
			}
			await killed(child)
			kills++
			read += readings(watcher.seen, 'house').length
			watcher.seen.splice(0)
			// Else the program itself finds what the one before has left.
			if (next() < 0.3) intact(file)
		}
		const child = begin()
		await watcher.until((seen) => readings(seen, 'house').length > 20, 'readings at the end')
		const state = watcher.seen.filter(({ topic }) => topic === 'cii/house/state').at(-1)
		assert.ok(
			house.captured.some((sent) => sent.import === JSON.parse(state?.payload ?? '{}').energy_import),
			state?.payload,
		)
		await killed(child)
		await watcher.close()
		await house.close()
		await mosquitto.stop()
		intact(file)
		const counts = await compared(house.captured, Math.floor(now() / 1000))
		console.log(`${kills} kills, ${read} readings, ${counts}`)
	})

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

function killed(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) throw new Error(`it ended by itself with ${child.exitCode}`)
	return new Promise((resolve) => {
		child.once('close', () => resolve())
		child.kill('SIGKILL')
	})
}

function intact(file: string): void {
	const header = (() => {
		try {
			return readFileSync(file).subarray(0, 15).toString('latin1')
		} catch {
			return undefined
		}
	})()
	// Killed before its first write.
	if (header === undefined || header === '') return
	const database = new libsql(file)
	assert.equal(database.prepare('PRAGMA integrity_check').raw(true).all(), [['ok']])
	database.close()
}

/** Holds the quarter-hours of the history against what the meter has sent. */
async function compared(captured: readonly Sent[], time: number): Promise<string> {
	const { history, told } = await historyIn(join(folder.path, 'state'), { time })
	assert.equal(told, [])
	const first = captured[0]?.time ?? 0
	const text = (seconds: number) => new Date(seconds * 1000).toISOString()
	const { bars, gaps } = barsOf(history, text(first), text(time), 'quarter')
	history.close()
	const near = (edge: number) => captured.filter((sent) => Math.abs(sent.time - edge) <= NEAR)
	const nearest = (edge: number) =>
		near(edge).sort((one, other) => Math.abs(one.time - edge) - Math.abs(other.time - edge) || one.time - other.time)[0]
	let [whole, others, exact] = [0, 0, 0]
	for (const bar of bars) {
		const [from, to] = [at(bar.start), at(bar.end)]
		if (!bar.complete || to > time) {
			others++
			continue
		}
		whole++
		for (const name of ['import', 'export'] as const) {
			const ends = new Set(near(to).map((sent) => sent[name]))
			const isSaid = near(from).some((sent) => ends.has(sent[name] + (bar[name] ?? Number.NaN)))
			assert.ok(isSaid, `${bar.start}: ${name} ${bar[name]}`)
		}
		if (bar.import === (nearest(to)?.import ?? 0) - (nearest(from)?.import ?? 0)) exact++
	}
	for (const gap of gaps) {
		if (gap.import === undefined) continue
		// A telegram that the busy machine brought too late for its clock to be believed has the time of its arrival.
		const [from = [], to = []] = [at(gap.start), at(gap.end)].map((edge) => {
			const exact = captured.filter((sent) => sent.time === edge)
			return exact.length > 0 ? exact : near(edge)
		})
		const isSaid = from.some((one) => to.some((other) => other.import - one.import === gap.import))
		assert.ok(isSaid, `gap from ${gap.start}: ${gap.import}`)
	}
	const sum = [...bars, ...gaps].reduce((total, one) => total + (one.import ?? 0), 0)
	const start = captured[0]?.import ?? 0
	assert.ok(
		captured.some((sent) => sent.import === start + sum || sent.import === (captured[1]?.import ?? 0) + sum),
		`the sum of all bars and gaps is ${sum}`,
	)
	assert.ok(whole > 0, 'not one whole quarter-hour')
	return `${whole} quarter-hours whole (${exact} by the nearest telegrams), ${others} not, ${gaps.length} gaps`
}

test.run()
