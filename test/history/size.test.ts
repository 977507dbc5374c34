import { statSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { Tariff } from '../../schema/types/config.ts'
import { at, barsOf, folder, historyIn, readingAt, removeFolders } from '../support/days.ts'
import { stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('history/size', { limit: 120_000 })
test.after(removeFolders)

const [DAYS, METERS] = [400, ['house', 'barn', 'car']]
const TARIFF: Tariff = {
	from: '2025-01-01',
	currency: 'CHF',
	import: 0.3,
	export: 0.1,
	windows: [{ days: 'mo-fr', hours: '07:00-20:00', import: 0.35, export: 0.12 }],
}

/** Milliseconds of processor from now on: others may have it meanwhile. */
function processor(): () => number {
	const began = process.cpuUsage()
	return () => {
		const { user, system } = process.cpuUsage(began)
		return (user + system) / 1000
	}
}

test(`shows day, month and year of ${METERS.length} meters with ${DAYS} days of quarter-hours in the blink of an eye`, async () => {
	const [start, clock] = [at('2025-10-24T00:00:00Z'), { time: 0 }]
	const path = folder()
	const opened = await historyIn(path, clock, { tariffs: () => [TARIFF] })
	let cost = 0
	let readings = 0
	for (let quarter = 0; quarter < DAYS * 96; quarter++) {
		const all: ReturnType<typeof readingAt>[] = []
		// The first and the last reading of each quarter-hour; those between change nothing on disk.
		for (const second of [quarter * 900 + 5, quarter * 900 + 895])
			for (const [place, meter] of METERS.entries()) {
				const energies = { energy_import: 1000 + Math.floor(second * 0.1 * (place + 1)), energy_export: Math.floor(second * 0.03) }
				all.push(readingAt(start + second, { meter, id: meter, ...energies }))
			}
		clock.time = start + quarter * 900 + 895
		const spent = processor()
		for (const one of all) opened.history.add(one)
		cost += 1000 * spent()
		readings += all.length
		if (quarter % 96 === 0) opened.history.flush()
	}
	opened.history.close()
	const bytes = statSync(opened.file).size
	const { history, told } = await historyIn(path, clock, { tariffs: () => [TARIFF] })
	const views = [
		['day', 'hour', 1, 24],
		['day', 'quarter', 1, 96],
		['month', 'day', 31, 31],
		['year', 'month', 366, 13],
		['year', 'day', 366, 366],
	] as const
	const took: string[] = []
	for (const [what, step, days, bars] of views) {
		let most = 0
		for (const meter of METERS) {
			const spent = processor()
			const found = history.bars(meter, { from: (clock.time - days * 86_400) * 1000, to: clock.time * 1000, step })
			most = Math.max(most, spent())
			assert.ok(found.bars.length >= bars, `${what} by ${step}: ${found.bars.length} bars`)
			assert.ok(found.bars.slice(1, -1).every(({ complete, cost: price }) => complete && price !== undefined))
		}
		assert.ok(most < stretched(400), `${what} by ${step}: ${most} ms`)
		took.push(`${what} by ${step} ${most.toFixed(0)} ms`)
	}
	const spent = processor()
	const totals = history.totals('house')
	took.push(`totals ${spent().toFixed(0)} ms`)
	assert.is(totals?.year?.complete, true)
	const sum = barsOf(history, '2025-10-01T00:00:00Z', '2026-12-31T00:00:00Z', 'month').bars.reduce((all, bar) => all + (bar.import ?? 0), 0)
	assert.is(sum, Math.floor((DAYS * 86_400 - 5) * 0.1))
	assert.equal(told, [])
	history.close()
	assert.ok(bytes < 16e6, `${bytes} bytes`)
	console.log(`${took.join(', ')}; ${(bytes / 1e6).toFixed(1)} MB; ${(cost / readings).toFixed(1)} µs of processor a reading`)
})

test.run()
