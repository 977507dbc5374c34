import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import libsql from 'libsql'
import * as assert from 'uvu/assert'
import { at, barsOf, folder, historyIn, random, removeFolders, valueAt } from '../support/days.ts'
import { amount } from '../support/long.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const [KILLS, SECONDS] = [8, amount(0, 3600)]
const test = suite('history/kill', { limit: 60_000 + 3 * SECONDS * 1000 })
test.after(removeFolders)

/** Seconds of the meter's time in a second: a quarter-hour in two thirds. */
const SPEED = 1400
const isBuilt = import.meta.url.endsWith('.js')
const feeder = isBuilt ? [`${root}dist/test/support/feeder.js`] : ['--import', 'tsx', `${root}test/support/feeder.ts`]

type Life = { from: number; to: number }

/** Feeds a history from a time on, and kills the process once it has told so many seconds, and some milliseconds later. Gives the time of the last reading that it told. */
function live(file: string, from: number, seconds: number, later: number): Promise<{ last: number; told: string[] }> {
	const child = spawn(process.execPath, [...feeder, file, String(from), String(SPEED)], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
	const told: string[] = []
	let last = from
	let isKilled = false
	createInterface(child.stdout).on('line', (line) => {
		if (line.startsWith('told')) told.push(line)
		else if (line !== 'ready') last = Number(line)
		if (last >= from + seconds && !isKilled) {
			isKilled = true
			setTimeout(() => child.kill('SIGKILL'), later)
		}
	})
	return new Promise((resolve) => child.once('close', () => resolve({ last, told })))
}

test('is never damaged, and has no quarter-hour wrong, killed at random moments', async () => {
	const path = folder()
	const file = join(path, 'main.history.db')
	const next = random(SECONDS + 7)
	const lives: Life[] = []
	let time = at('2026-10-24T10:00:00Z')
	const first = time + 1
	const end = Date.now() + SECONDS * 1000
	while (lives.length < KILLS || Date.now() < end) {
		const { last, told } = await live(file, time, next() * 4000, next() * 15)
		assert.equal(told, [])
		lives.push({ from: time + 1, to: last })
		// The time that a start takes; now and then longer.
		time = last + 3 + Math.floor(next() * 20) + (next() < 0.2 ? Math.floor(next() * 3000) : 0)
		const database = new libsql(file)
		assert.equal(database.prepare('PRAGMA integrity_check').raw(true).all(), [['ok']])
		database.close()
	}
	const { history, told } = await historyIn(path, { time })
	assert.equal(told, [])
	const text = (seconds: number) => new Date(seconds * 1000).toISOString()
	const { bars, gaps } = barsOf(history, text(first), text(time), 'quarter')
	history.close()
	// The last readings before a kill may not be told any more.
	const isRead = (moment: number) => lives.some(({ from, to }) => moment >= from && moment <= to + SPEED)
	const near = (edge: number) => Array.from({ length: 121 }, (_, place) => edge - 60 + place).filter(isRead)
	let [whole, others, exact] = [0, 0, 0]
	for (const bar of bars) {
		const [from, to] = [Date.parse(bar.start) / 1000, Date.parse(bar.end) / 1000]
		// The one that goes on is complete as far as it has come.
		if (!bar.complete || to > time) {
			others++
			continue
		}
		whole++
		if (bar.import === valueAt(to) - valueAt(from)) exact++
		for (const [name, shift] of [
			['import', 0],
			['export', 12_345],
		] as const) {
			const ends = new Set(near(to).map((moment) => valueAt(moment + shift)))
			const isSaid = near(from).some((moment) => ends.has(valueAt(moment + shift) + (bar[name] ?? Number.NaN)))
			assert.ok(isSaid, `${bar.start}: ${name} ${bar[name]}`)
		}
	}
	for (const gap of gaps)
		if (gap.import !== undefined) assert.is(gap.import, valueAt(Date.parse(gap.end) / 1000) - valueAt(Date.parse(gap.start) / 1000))
	const sum = [...bars, ...gaps].reduce((total, one) => total + (one.import ?? 0), 0)
	const lasts = Array.from({ length: 3 * SPEED }, (_, place) => valueAt((lives.at(-1)?.to ?? 0) - SPEED + place))
	assert.ok(lasts.includes(valueAt(first) + sum), `the sum of all bars and gaps is ${sum}`)
	console.log(`${lives.length} kills, ${whole} quarter-hours whole (${exact} to the second), ${others} not, ${gaps.length} gaps`)
	assert.ok(whole > lives.length, `${whole} whole quarter-hours`)
})

test.run()
