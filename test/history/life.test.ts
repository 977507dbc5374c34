import { join } from 'node:path'
import libsql from 'libsql'
import * as assert from 'uvu/assert'
import { History } from '../../engine/history/history.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { at, folder, random, readingAt, removeFolders } from '../support/days.ts'
import { amount } from '../support/long.ts'
import { suite } from '../support/suite.ts'

const test = suite('history/life', { limit: 60_000 })
test.after(removeFolders)

const DAYS = 3
/** The most that the house uses, in Wh a second: 11 kW. */
const MOST = 3

/** All that a house has used since the beginning, each second. */
function usageOf(next: () => number, seconds: number): Float64Array {
	const used = new Float64Array(seconds + 1)
	let rate = 0.1
	for (let second = 1; second <= seconds; second++) {
		if (next() < 0.002) rate = next() < 0.3 ? 0 : MOST * next() ** 3
		used[second] = (used[second - 1] ?? 0) + rate
	}
	return used
}

type Told = {
	file: string
	clock: { time: number }
	events: Record<string, number>
	/** Used between two meters, by wrong values that nothing shows to be wrong, and when it was counted last. */
	lost: number
	unshown: number
	counted: number
	/** The value of the last reading, where it was wrong. */
	spiked: number
	texts: string[]
}

/**
 * Lives through some days of a meter as they may be: outages, kills, meters that are swapped or set back, values that are withheld, single ones that are wrong, a clock
 * that runs up to half a minute wrong and is set right, messages twice and late. Gives what was used while nothing could be counted.
 */
function live(seed: number, start: number, used: Float64Array): { history: History; told: Told } {
	const next = random(seed)
	const clock = { time: start }
	const told: Told = { file: join(folder(), 'main.history.db'), clock, events: {}, lost: 0, spiked: 0, unshown: 0, counted: 0, texts: [] }
	const open = () =>
		new History(
			{
				file: told.file,
				days: 800,
				minuteDays: 7,
				tariffs: () => [],
				zone: () => 'Europe/Zurich',
				tell: (text) => told.texts.push(text),
				now: () => clock.time * 1000,
			},
			libsql,
		)
	const count = (what: string) => {
		told.events[what] = (told.events[what] ?? 0) + 1
	}
	let history = open()
	const pace = 1 + Math.floor(next() * 30)
	let [id, base, error, quiet, withheld, last, counted] = [1, 0, 0, 0, 0, 0, 0]
	let [isRestarted, isNew] = [false, false]
	for (let second = 0; second < used.length; second += pace) {
		clock.time = start + second
		if (second < quiet) continue
		const dice = next()
		const one = (chance: number, what: string) => {
			const isIt = dice >= last && dice < last + chance
			last += chance
			if (isIt) count(what)
			return isIt
		}
		last = 0
		if (one(0.0005, 'outage')) quiet = second + 60 + Math.floor(next() * (next() < 0.3 ? 30_000 : 2000))
		if (one(0.001, 'kill')) {
			history = open()
			quiet = second + 3 + Math.floor(next() * 20)
		}
		if (one(0.0002, 'swap')) {
			id++
			base = (used[second] ?? 0) - Math.floor(next() * 5000)
			isNew = true
		}
		if (one(0.0002, 'set back')) {
			base = used[second] ?? 0
			isRestarted = true
			isNew = true
		}
		if (one(0.001, 'withheld')) withheld = second + 600
		if (one(0.001, 'clock')) error = Math.floor(next() * 60) - 30
		if (second < quiet) continue
		const value = Math.floor((used[second] ?? 0) - base)
		const isSpike = withheld < second && !isRestarted && one(0.0005, 'spike')
		const energy: Partial<Reading> = withheld > second ? {} : { energy_import: isSpike ? value + 500 : value }
		if (isSpike) withheld = second + 5 * pace
		// The value after a spike confirms that it was one.
		const isShown = told.spiked > value
		const issues = isRestarted || isShown ? [{ field: 'energy_import', code: 'restarted', detail: '' }] : undefined
		const time = new Date((clock.time + error) * 1000).toISOString()
		const reading = readingAt(clock.time, {
			id: `M${id}`,
			time,
			...energy,
			...(issues && energy.energy_import !== undefined && { issues }),
		})
		history.add(reading)
		if (energy.energy_import !== undefined) {
			// Nothing shows that it was wrong, where more than that was used until the next one.
			if (told.spiked > 0 && (!isShown || isNew)) told.unshown += 500
			// The energy used between the last value of one meter and the first of the next is not known.
			if (isNew) told.lost += (used[second] ?? 0) - counted
			isNew = false
			isRestarted = false
			told.spiked = isSpike ? value + 500 : 0
			if (!isSpike) counted = used[second] ?? 0
			told.counted = counted
		}
		if (one(0.002, 'twice')) history.add(reading)
		if (one(0.002, 'late')) history.add({ ...reading, time: new Date((clock.time - 1000) * 1000).toISOString() })
		const place = (clock.time + error) % 900
		if (place < pace || place > 870 || clock.time % 60 < pace) history.flush()
	}
	return { history, told }
}

test('says no wrong quarter-hour, hour or day, whatever happens to a meter', () => {
	let [whole, others, worst] = [0, 0, 0]
	const events: Record<string, number> = {}
	for (let seed = 1; seed <= amount(12, 200); seed++) {
		const next = random(1000 + seed)
		const start = at('2026-10-24T00:00:00Z') + Math.floor(next() * 86_400)
		const used = usageOf(next, DAYS * 86_400)
		const usedAt = (second: number) => used[Math.max(0, Math.min(used.length - 1, second - start))] ?? 0
		const { history, told } = live(seed, start, used)
		// A wrong value with none behind it, which alone could show that.
		const last = told.unshown + (told.spiked > 0 ? 500 : 0)
		for (const [what, many] of Object.entries(told.events)) events[what] = (events[what] ?? 0) + many
		for (const step of ['quarter', 'hour', 'day'] as const) {
			const { bars, gaps } = history.bars('house', { from: start * 1000, to: (told.clock.time + 1) * 1000, step })
			for (const bar of bars) {
				const [from, to] = [Date.parse(bar.start) / 1000, Date.parse(bar.end) / 1000]
				const truth = usedAt(to) - usedAt(from)
				// A reading within a minute of the edge, by a clock that is wrong by half a minute, of a meter that shows whole Wh.
				const may = (edge: number) => Math.max(usedAt(edge + 91) - usedAt(edge), usedAt(edge) - usedAt(edge - 91)) + 1
				const most = may(from) + may(to)
				if (bar.complete && to <= told.clock.time) {
					whole++
					const off = Math.abs((bar.import ?? Number.NaN) - truth)
					worst = Math.max(worst, off / Math.max(most, 1))
					assert.ok(off <= most + last, `seed ${seed}, ${step} ${bar.start}: ${bar.import} instead of ${truth}, ${most} may be`)
				} else {
					others++
					assert.ok((bar.import ?? 0) <= truth + most + last, `seed ${seed}, ${step} ${bar.start}: ${bar.import} of ${truth}`)
				}
			}
			const sum = [...bars, ...gaps].reduce((total, one) => total + (one.import ?? 0), 0)
			const all = usedAt(told.clock.time) - usedAt(start)
			assert.ok(sum <= all + 5 + last, `seed ${seed}, ${step}: ${sum} in all, of ${all}`)
			assert.ok(
				sum >= told.counted - told.lost - MOST * 1200 - 10 * (told.events.swap ?? 0) - 10,
				`seed ${seed}, ${step}: only ${sum} in all, of ${all} and ${told.lost} lost`,
			)
		}
		history.close()
		assert.equal(told.texts, [], `seed ${seed}`)
	}
	console.log(`${whole} bars whole, ${others} not, off by ${(100 * worst).toFixed(0)} % of what may be; ${JSON.stringify(events)}`)
	assert.ok(whole > 2000)
	assert.equal(
		['outage', 'kill', 'swap', 'set back', 'withheld', 'clock', 'spike', 'twice', 'late'].filter((what) => !events[what]),
		[],
	)
})

test.run()
