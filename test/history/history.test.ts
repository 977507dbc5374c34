import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import libsql from 'libsql'
import * as assert from 'uvu/assert'
import { csvOf } from '../../engine/history/csv.ts'
import type { Tariff } from '../../schema/types/config.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { at, barsOf, type Clock, folder, historyIn, readingAt, removeFolders } from '../support/days.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('history')
test.after(removeFolders)

type Opened = Awaited<ReturnType<typeof historyIn>>

/** Adds readings each `pace` seconds from one time to another, which count a Wh in ten seconds (360 W) from the grid, and nothing into it. */
function live(
	{ history }: Opened,
	clock: Clock,
	from: string,
	to: string,
	pace = 10,
	more: (time: number) => Partial<Reading> = () => ({}),
): void {
	for (let time = at(from); time <= at(to); time += pace) {
		clock.time = time
		if (time % 86_400 === 0) history.flush()
		history.add(
			readingAt(time, {
				energy_import: 1_000_000 + Math.floor((time - at('2026-01-01T00:00:00Z')) / 10),
				energy_export: 5,
				power_net: 360,
				...more(time),
			}),
		)
	}
}

const amounts = (bars: { import?: number | undefined; complete: boolean }[]) =>
	bars.map((bar) => (bar.complete ? bar.import : [bar.import]))

test('gives days, hours and quarter-hours of a night in which the clocks change', async () => {
	const clock = { time: 0 }
	const opened = await historyIn(folder(), clock)
	live(opened, clock, '2026-10-24T10:00:00Z', '2026-10-26T12:00:00Z')
	const { history } = opened
	const days = barsOf(history, '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 'day')
	assert.equal(
		days.bars.map(({ start, end }) => [start, end]),
		[
			['2026-10-24T00:00:00+02:00', '2026-10-25T00:00:00+02:00'],
			['2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
			['2026-10-26T00:00:00+01:00', '2026-10-27T00:00:00+01:00'],
		],
	)
	assert.equal(amounts(days.bars), [[4320], 9000, 4680])
	const hours = barsOf(history, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'hour')
	assert.equal(
		amounts(hours.bars),
		Array.from({ length: 25 }, () => 360),
	)
	const quarters = barsOf(history, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'quarter')
	assert.equal(
		amounts(quarters.bars),
		Array.from({ length: 100 }, () => 90),
	)
	assert.is(quarters.powers?.length, 100)
	history.close()
})

test('knows after a restart what it knew before, and goes on', async () => {
	const clock = { time: 0 }
	const path = folder()
	const first = await historyIn(path, clock)
	live(first, clock, '2026-05-04T10:00:00Z', '2026-05-04T13:20:00Z')
	const before = barsOf(first.history, '2026-05-04T10:00:00Z', '2026-05-04T14:00:00Z', 'quarter')
	first.history.close()
	const second = await historyIn(path, clock)
	assert.equal(
		barsOf(second.history, '2026-05-04T10:00:00Z', '2026-05-04T14:00:00Z', 'quarter').bars.slice(0, -1),
		before.bars.slice(0, -1),
	)
	live(second, clock, '2026-05-04T13:20:20Z', '2026-05-04T14:10:00Z')
	assert.equal(
		amounts(barsOf(second.history, '2026-05-04T10:00:00Z', '2026-05-04T14:00:00Z', 'quarter').bars),
		Array.from({ length: 16 }, () => 90),
	)
	assert.is(
		second.history.bars('house', { from: Date.parse('2026-05-04T13:15:00Z'), to: Date.parse('2026-05-04T13:30:00Z'), step: 'minute' })
			.powers?.length,
		15,
	)
	assert.equal(second.told, [])
	assert.is(statSync(second.file).mode & 0o777, 0o600)
	for (const name of readdirSync(path)) assert.is(statSync(join(path, name)).mode & 0o777, 0o600, name)
	second.history.close()
})

test('tells an outage over the end of a quarter-hour as a gap', async () => {
	const clock = { time: 0 }
	const opened = await historyIn(folder(), clock)
	live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T11:10:00Z')
	live(opened, clock, '2026-05-04T12:20:00Z', '2026-05-04T13:00:00Z')
	const { bars, gaps } = barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T13:00:00Z', 'hour')
	assert.equal(amounts(bars), [360, [60], [240]])
	assert.equal(gaps, [{ start: '2026-05-04T13:10:00+02:00', end: '2026-05-04T14:20:00+02:00', import: 420 }])
	assert.equal(amounts(barsOf(opened.history, '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z', 'day').bars), [[1080]])
	opened.history.close()
})

test('sums up today, yesterday, month and year, with the peak and the cost', async () => {
	const clock = { time: 0 }
	const tariffs: Tariff[] = [
		{ from: '2026-01-01', currency: 'CHF', import: 0.2, export: 0.1, windows: [{ hours: '22:00-06:00', import: 0.1 }] },
	]
	const opened = await historyIn(folder(), clock, { tariffs: () => tariffs })
	// An hour of 3600 W at noon of the 31st.
	const noon = at('2026-03-31T10:00:00Z')
	const more = (time: number) => ({
		energy_import: 1000 + Math.floor((time - at('2026-02-27T00:00:00Z')) / 10) + 0.9 * Math.min(3600, Math.max(0, time - noon)),
	})
	live(opened, clock, '2026-02-27T00:00:00Z', '2026-04-01T07:30:00Z', 30, more)
	const totals = opened.history.totals('house')
	assert.is(invalid('totals', totals), '')
	assert.equal(totals?.today, {
		from: '2026-04-01T00:00:00+02:00',
		energy_import: 3420,
		energy_export: 0,
		cost: 0.468,
		revenue: 0,
		currency: 'CHF',
		peak_import: 360,
		peak_time: '2026-04-01T00:00:00+02:00',
		complete: true,
	})
	assert.equal(totals?.yesterday?.energy_import, 8640 + 3240)
	assert.is(totals?.yesterday?.cost, Math.round((2.88 * 0.1 + (5.76 + 3.24) * 0.2) * 1e4) / 1e4)
	const { peak_import, peak_time, complete, to } = totals?.lastMonth ?? {}
	assert.equal([peak_import, peak_time, complete, to], [3600, '2026-03-31T12:00:00+02:00', true, '2026-04-01T00:00:00+02:00'])
	assert.is(totals?.year?.complete, false)
	assert.is(totals?.year?.energy_import, 1000 + (at('2026-04-01T07:30:00Z') - at('2026-02-27T00:00:00Z')) / 10 + 3240 - 1000)
	// The month that goes on is today.
	assert.equal({ ...totals?.month }, { ...totals?.today })
	opened.history.close()
})

test('knows no cost of a gap over a change of the price, and that of a gap at one price', async () => {
	const clock = { time: 0 }
	const tariffs: Tariff[] = [{ from: '2026-01-01', currency: 'CHF', import: 0.2, windows: [{ hours: '20:00-06:00', import: 0.1 }] }]
	const opened = await historyIn(folder(), clock, { tariffs: () => tariffs })
	live(opened, clock, '2026-05-03T21:00:00Z', '2026-05-04T08:05:00Z')
	live(opened, clock, '2026-05-04T10:40:00Z', '2026-05-05T17:30:00Z')
	live(opened, clock, '2026-05-05T18:30:00Z', '2026-05-06T01:00:00Z')
	const { bars, gaps } = barsOf(opened.history, '2026-05-03T22:00:00Z', '2026-05-05T22:00:00Z', 'day')
	assert.equal(gaps, [])
	assert.equal(
		bars.map(({ import: taken, cost, complete }) => [taken, cost, complete]),
		[
			[8640, 1.368, true],
			// 360 Wh between 19:30 and 20:30 have no price.
			[8640, Math.round((6 * 0.36 * 0.1 + 13.5 * 0.36 * 0.2 + 3.5 * 0.36 * 0.1) * 1e4) / 1e4, false],
		],
	)
	opened.history.close()
})

test('follows gas by its own time, and heat by that of the reading', async () => {
	const clock = { time: 0 }
	const opened = await historyIn(folder(), clock)
	live(opened, clock, '2026-05-04T10:20:00Z', '2026-05-04T16:30:00Z', 10, (time) => {
		const hour = time - (time % 3600)
		return {
			submeters: {
				1: {
					id: 'G',
					medium: 'gas',
					volume: Math.round((100 + (hour - at('2026-05-04T10:00:00Z')) / 36000) * 1000) / 1000,
					time: new Date(hour * 1000).toISOString(),
				},
				2: { id: 'H', medium: 'heat', energy: 1000 + Math.floor(time / 100) },
			},
		}
	})
	const { bars, gaps } = barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T15:00:00Z', 'hour')
	assert.equal(
		bars.map(({ channels }) => channels?.['1']),
		[{ volume: 0.1 }, { volume: 0.1 }, { volume: 0.1 }, { volume: 0.1 }, { volume: 0.1 }],
	)
	assert.equal(
		bars.map(({ channels }) => channels?.['2']),
		[{ energy: 24, complete: false }, ...Array.from({ length: 4 }, () => ({ energy: 36 }))],
	)
	assert.equal(gaps, [])
	const quarters = barsOf(opened.history, '2026-05-04T11:00:00Z', '2026-05-04T12:00:00Z', 'quarter')
	assert.equal(
		quarters.bars.map(({ complete }) => complete),
		[true, true, true, true],
	)
	assert.equal(quarters.gaps, [{ start: '2026-05-04T13:00:00+02:00', end: '2026-05-04T14:00:00+02:00', channels: { 1: { volume: 0.1 } } }])
	assert.is(invalid('totals', opened.history.totals('house')), '')
	opened.history.close()
})

test('keeps no power of a quarter-hour of a counter that steps by 100 Wh', async () => {
	const clock = { time: 0 }
	const opened = await historyIn(folder(), clock)
	live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z', 10, (time) => ({ energy_import: 100 * Math.floor(time / 1000) }))
	assert.is(barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z', 'hour').bars[0]?.peak, undefined)
	opened.history.close()
})

test('tells whose totals are new at the end of a quarter-hour, also of a meter that is silent', async () => {
	const clock = { time: 0 }
	const opened = await historyIn(folder(), clock)
	const { history, ended } = opened
	live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T10:00:10Z')
	history.flush()
	live(opened, clock, '2026-05-04T10:00:20Z', '2026-05-04T10:14:50Z')
	history.flush()
	assert.equal(ended, ['house'])
	live(opened, clock, '2026-05-04T10:15:00Z', '2026-05-04T10:15:10Z')
	history.flush()
	assert.equal(ended, ['house', 'house'])
	history.close()
})

test('deletes a meter, and keeps the others', async () => {
	const clock = { time: 0 }
	const path = folder()
	const opened = await historyIn(path, clock)
	live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z')
	live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z', 10, () => ({ meter: 'barn' }))
	opened.history.flush()
	opened.history.forget('house')
	assert.is(opened.history.totals('house'), undefined)
	assert.equal(barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T13:00:00Z', 'hour').bars, [])
	assert.is(opened.history.totals('barn')?.today.energy_import, 720)
	opened.history.keep([])
	assert.is(opened.history.totals('barn')?.today.energy_import, 720)
	opened.history.close()
	const database = new libsql(join(path, 'main.history.db'))
	assert.equal(database.prepare('SELECT meter FROM series GROUP BY meter').raw(true).all(), [['barn']])
	database.close()
})

test('opens its file no more once it is closed', async () => {
	const path = folder()
	const { history } = await historyIn(path, { time: at('2026-05-04T00:00:10Z') })
	history.add(readingAt(at('2026-05-04T00:00:10Z'), { energy_import: 1 }))
	history.close()
	for (const name of readdirSync(path)) rmSync(join(path, name))
	assert.throws(() => history.forget('house'), /being taken over/)
	history.add(readingAt(at('2026-05-04T00:20:10Z'), { energy_import: 2 }))
	await new Promise((resolve) => setTimeout(resolve, 1200))
	assert.equal(readdirSync(path), [])
})

test('answers queries about nothing', async () => {
	const clock = { time: at('2026-05-04T10:00:00Z') }
	const { history } = await historyIn(folder(), clock)
	assert.is(history.totals('nobody'), undefined)
	assert.equal(history.bars('nobody', { from: 0, to: 1e12, step: 'day' }).bars, [])
	history.close()
})

test('writes comma-separated values', async () => {
	const clock = { time: 0 }
	const opened = await historyIn(folder(), clock, { tariffs: () => [{ from: '2026-01-01', currency: 'CHF', import: 0.2 }] })
	live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T10:20:00Z', 10, () => ({ submeters: { 1: { volume: 7.5 } } }))
	live(opened, clock, '2026-05-04T10:50:00Z', '2026-05-04T11:10:00Z', 10, () => ({ submeters: { 1: { volume: 7.5 } } }))
	const csv = csvOf(barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T11:00:00Z', 'quarter'))
	assert.equal(csv.split('\r\n'), [
		'kind,start,end,import_wh,export_wh,submeter_1_m3,submeter_1_wh,peak_w,peak_start,cost,revenue,currency,complete',
		'bar,2026-05-04T12:00:00+02:00,2026-05-04T12:15:00+02:00,90,0,0,,,,0.018,,CHF,true',
		'bar,2026-05-04T12:15:00+02:00,2026-05-04T12:30:00+02:00,30,0,0,,,,0.006,,CHF,false',
		'bar,2026-05-04T12:30:00+02:00,2026-05-04T12:45:00+02:00,,0,0,,,,,,,false',
		'bar,2026-05-04T12:45:00+02:00,2026-05-04T13:00:00+02:00,60,0,0,,,,0.012,,CHF,false',
		'gap,2026-05-04T12:20:00+02:00,2026-05-04T12:50:00+02:00,180,,,,,,,,,false',
		'',
	])
	const minutes = csvOf(
		opened.history.bars('house', { from: Date.parse('2026-05-04T10:00:00Z'), to: Date.parse('2026-05-04T10:02:00Z'), step: 'minute' }),
	)
	assert.is(minutes, 'start,power_w,min_w,max_w\r\n2026-05-04T12:00:00+02:00,360,360,360\r\n2026-05-04T12:01:00+02:00,360,360,360\r\n')
	opened.history.close()
})

test('deletes what is older than is wanted, and keeps sums right', async () => {
	const clock = { time: 0 }
	const path = folder()
	const opened = await historyIn(path, clock, { days: 10, minuteDays: 1 })
	live(opened, clock, '2026-05-01T00:00:00Z', '2026-05-30T12:00:00Z', 60)
	opened.history.flush()
	const { Pruning } = await import('../../engine/history/pruning.ts')
	const { Disk } = await import('../../engine/history/disk.ts')
	const disk = new Disk({ open: libsql, file: opened.file, tell: (text) => opened.told.push(text), begun: () => undefined })
	const pruning = new Pruning({ days: 10, minuteDays: 1 }, disk, new Map())
	for (let step = 0; step < 400; step++) pruning.step(clock.time)
	disk.close()
	opened.history.close()
	const again = await historyIn(path, clock)
	const { bars, gaps } = barsOf(again.history, '2026-04-01T00:00:00Z', '2026-06-01T00:00:00Z', 'day')
	assert.is(bars[0]?.start, '2026-05-20T00:00:00+02:00')
	assert.equal(amounts(bars.slice(1)), [...Array.from({ length: 9 }, () => 8640), 5040])
	assert.is(bars[0]?.complete, false)
	assert.equal(gaps, [])
	const minutes = again.history.bars('house', {
		from: Date.parse('2026-05-01T00:00:00Z'),
		to: Date.parse('2026-05-27T00:00:00Z'),
		step: 'minute',
	})
	assert.equal(minutes.powers, [])
	assert.equal([...again.told, ...opened.told], [])
	again.history.close()
})

test('sets a file aside that is damaged or no history, and begins a new one; one of a newer version stays', async () => {
	const clock = { time: 0 }
	for (const spoil of [
		(file: string) => writeFileSync(file, 'no database at all'.repeat(1000)),
		(file: string) => {
			const other = new libsql(file)
			other.exec('CREATE TABLE mine (a); PRAGMA user_version = 1')
			other.close()
		},
	]) {
		const path = folder()
		spoil(join(path, 'main.history.db'))
		const opened = await historyIn(path, clock)
		live(opened, clock, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z')
		opened.history.flush()
		assert.is(opened.told.length, 1)
		assert.match(opened.told[0] ?? '', /main\.history\.db is damaged \(.*\): it is set aside as .*\.broken, and a new history begins/)
		assert.ok(readdirSync(path).includes('main.history.db.broken'))
		opened.history.close()
		const again = await historyIn(path, clock)
		assert.is(again.history.totals('house')?.today.energy_import, 720)
		again.history.close()
	}
	const path = folder()
	const first = await historyIn(path, clock)
	live(first, clock, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z')
	first.history.close()
	const database = new libsql(first.file)
	database.exec('PRAGMA user_version = 2; PRAGMA wal_checkpoint(TRUNCATE)')
	database.close()
	const before = readFileSync(first.file)
	const opened = await historyIn(path, clock)
	live(opened, clock, '2026-05-04T12:00:10Z', '2026-05-04T14:00:00Z')
	opened.history.flush()
	assert.equal(opened.told.length, 1)
	assert.match(opened.told[0] ?? '', /cannot be opened \(a newer version of this program wrote it/)
	assert.is(opened.history.totals('house')?.today.energy_import, 719)
	opened.history.close()
	assert.ok(before.equals(readFileSync(first.file)))
})

test('takes a bit that flipped for no energy', async () => {
	const clock = { time: 0 }
	const path = folder()
	const first = await historyIn(path, clock)
	live(first, clock, '2026-05-04T00:00:00Z', '2026-05-06T00:00:00Z')
	first.history.close()
	const right = new Map<string, number | undefined>()
	const whole = await historyIn(path, clock)
	for (const bar of barsOf(whole.history, '2026-05-04T00:00:00Z', '2026-05-06T00:00:00Z', 'quarter').bars) right.set(bar.start, bar.import)
	whole.history.close()
	const original = readFileSync(first.file)
	let [damaged, other] = [0, 0]
	for (let round = 0; round < 150; round++) {
		const spoiled = Buffer.from(original)
		const place = 4096 + ((round * 7919 * 31) % (original.length - 4096))
		spoiled[place] = (spoiled[place] ?? 0) ^ (1 << (round % 8))
		rmSync(path, { recursive: true, force: true })
		mkdirSync(path)
		writeFileSync(first.file, spoiled)
		const { history, told } = await historyIn(path, clock)
		const { bars } = barsOf(history, '2026-05-04T00:00:00Z', '2026-05-06T00:00:00Z', 'quarter')
		for (const bar of bars) if (bar.complete) assert.is(bar.import, right.get(bar.start), `byte ${place}`)
		if (told.length > 0) damaged++
		else if (bars.filter(({ complete }) => complete).length < 190) other++
		history.close()
	}
	assert.ok(damaged > 10, `${damaged} damages told, ${other} others`)
})

test('sums up the month before once, and again for other tariffs', async () => {
	const clock = { time: 0 }
	let tariffs: Tariff[] = [{ from: '2026-01-01', currency: 'CHF', import: 0.2 }]
	const path = folder()
	const opened = await historyIn(path, clock, { tariffs: () => tariffs })
	live(opened, clock, '2026-02-27T00:00:00Z', '2026-04-05T07:30:00Z', 60)
	const first = opened.history.totals('house')
	live(opened, clock, '2026-04-05T07:31:00Z', '2026-04-05T09:00:00Z', 60)
	const [again, fresh] = [opened.history, (await historyIn(path, clock, { tariffs: () => tariffs })).history].map((one) => {
		opened.history.flush()
		return one.totals('house')
	})
	assert.equal(again?.lastMonth, first?.lastMonth)
	assert.equal(again, fresh)
	tariffs = [{ from: '2026-01-01', currency: 'CHF', import: 0.4 }]
	assert.is(opened.history.totals('house')?.lastMonth?.cost, 2 * (first?.lastMonth?.cost ?? Number.NaN))
	opened.history.forget('house')
	assert.is(opened.history.totals('house'), undefined)
	opened.history.close()
})

test('sums the month before up again while its readings still come in', async () => {
	const clock = { time: 0 }
	const { history } = await historyIn(folder(), clock)
	const add = (from: string, to: string) => {
		for (let time = at(from); time <= at(to); time += 60) history.add(readingAt(time, { energy_import: time - at('2026-01-01T00:00:00Z') }))
	}
	clock.time = at('2026-04-05T07:30:00Z')
	add('2026-03-10T00:00:00Z', '2026-03-10T06:00:00Z')
	assert.is(history.totals('house')?.lastMonth?.complete, false)
	add('2026-03-10T06:01:00Z', '2026-04-05T07:30:00Z')
	const days = (at('2026-04-01T00:00:00+02:00') - at('2026-03-10T00:00:00Z')) / 86_400
	assert.ok(Math.abs((history.totals('house')?.lastMonth?.energy_import ?? 0) / 86_400 - days) < 0.01)
	history.close()
})

test('makes no energy across a reset that the operator states, of a meter whose id says nothing', async () => {
	const clock = { time: 0 }
	let reset: string | undefined
	const opened = await historyIn(folder(), clock, { reset: () => reset })
	const add = (time: string, value: number) => {
		clock.time = at(time)
		opened.history.add(readingAt(clock.time, { id: 'house', energy_import: value }))
	}
	add('2026-05-04T10:00:00Z', 1000)
	add('2026-05-04T10:00:30Z', 1001)
	reset = '2026-05-04: new meter'
	opened.history.keep(['house'])
	add('2026-05-04T10:01:00Z', 5000)
	add('2026-05-04T10:01:30Z', 5002)
	assert.equal(amounts(barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T11:00:00Z', 'hour').bars), [[3]])
	opened.history.close()
})

test('keeps nothing while the clock is before what is kept, says so, and deletes nothing', async () => {
	const clock = { time: 0 }
	const path = folder()
	const first = await historyIn(path, clock)
	live(first, clock, '2026-05-04T10:00:00Z', '2026-05-04T12:00:00Z')
	first.history.close()
	// A computer without a clock of its own, before it has the time from the net.
	const opened = await historyIn(path, clock)
	live(opened, clock, '2024-01-01T00:00:00Z', '2024-01-01T01:00:00Z', 10, () => ({ energy_import: 99_000_000, time_source: 'gateway' }))
	opened.history.flush()
	live(opened, clock, '2026-05-04T12:00:10Z', '2026-05-04T13:00:00Z')
	assert.equal(amounts(barsOf(opened.history, '2026-05-04T10:00:00Z', '2026-05-04T13:00:00Z', 'hour').bars), [360, 360, 360])
	opened.history.close()
})

test.run()
