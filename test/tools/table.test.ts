import { EventEmitter } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import * as assert from 'uvu/assert'
import type { Reading } from '../../schema/types/reading.ts'
import { type Screen, table } from '../../tools/table.ts'
import { suite } from '../support/suite.ts'

const test = suite('table')

/** A screen of that size that keeps what is written. */
class Kept extends EventEmitter implements Screen {
	written = ''
	constructor(
		readonly isTTY: boolean,
		public columns: number,
		public rows = 24,
	) {
		super()
	}
	write(text: string): void {
		this.written += text
	}
	/** Gives the lines that stand there since it was last drawn, without colours. */
	lines(): string[] {
		return stripVTControlCharacters(this.written.split('\x1b[H').at(-1) ?? '').split('\n')
	}
}

const UTF8 = { LANG: 'de_CH.UTF-8' }

function reading(meter: string, values: Partial<Reading>): Reading {
	const time = '2026-11-28T18:00:00+01:00'
	return {
		schema: 'cii.reading/1',
		meter,
		id: '1',
		time,
		time_source: 'meter',
		received: time,
		session: time,
		seq: 0,
		auth: 'none',
		profile: 'x@1.0.0',
		...values,
	}
}

const drawn = () => new Promise((resolve) => setTimeout(resolve, 250))

async function shown(columns: number, environment = UTF8 as Parameters<typeof table>[1], rows?: number) {
	const screen = new Kept(true, columns, rows)
	const view = table(screen, environment)
	view.title(['4 simulated homes on mqtt://127.0.0.1:1883'])
	view.past('ekz', [0, 500, -4000, 4000])
	view.reading(
		reading('ekz', {
			power_net: 12_345,
			energy_import: 23_675_126,
			energy_export: 24_273_637,
			current_l1: 12.18,
			current_l2: 8.65,
			current_l3: 1.85,
		}),
	)
	view.reading(reading('romande-energie-with-a-long-name', { power_net: -2345, energy_import: 5, energy_export: 1_000_000 }))
	view.reading(reading('\x1b[31mevil', { power_import: 0 }))
	view.line('12:00:00 info  something\n')
	await drawn()
	return { screen, view }
}

test('shows direction, power, counters, age and trend on 80 columns, in colour', async () => {
	const { screen, view } = await shown(80)
	const lines = screen.lines()
	for (const line of lines) assert.ok(line.length < 80, line)
	assert.match(lines.join('\n'), /^ekz {2,}↓ {2}12'345 W +▁▁▃▃█ +23'675\.126 +24'273\.637 +0 s$/m)
	assert.match(lines.join('\n'), /^romande-\S*…\S*ng-name +↑ {3}2'345 W +█ +0\.005 +1'000\.000 +0 s$/m)
	assert.match(lines.join('\n'), /· +0 W/)
	assert.match(lines.join('\n'), /METER +POWER +\d+ MINUTES +IMPORT kWh +EXPORT kWh +AGE/)
	assert.match(lines.join('\n'), /↓ from the grid {3}↑ to the grid/)
	assert.match(lines.join('\n'), /^12:00:00 info {2}something$/m)
	assert.not.match(screen.written, '\x1b[31mevil')
	assert.match(screen.written, '\x1b[1;33m↓', 'what is taken has a colour')
	assert.match(screen.written, '\x1b[1;32m↑', 'and what is given another')
	view.close()
	assert.ok(screen.written.endsWith('\x1b[?25h\x1b[?1049l'))
	assert.is(screen.listenerCount('resize'), 0)
})

test('has currents and a longer trend where there is room, and less where there is none', async () => {
	const wide = await shown(120)
	assert.match(wide.screen.lines().join('\n'), /12\.2 {3}8\.7 {3}1\.9/)
	assert.match(wide.screen.lines().join('\n'), /romande-energie-with-a-long-name/)
	for (const columns of [40, 60]) {
		wide.screen.columns = columns
		wide.screen.emit('resize')
		for (const line of wide.screen.lines()) assert.ok(line.length < columns, `${columns}: ${line}`)
		assert.match(wide.screen.lines().join('\n'), /↓ {2}12'345 W/)
	}
	wide.view.close()
	const low = await shown(80, UTF8, 8)
	assert.ok(low.screen.lines().length <= 8, 'a line more would scroll')
	low.view.close()
})

test('draws without colour where NO_COLOR says so, and in ASCII without UTF-8', async () => {
	const { screen, view } = await shown(80, { NO_COLOR: '1', LANG: 'C' })
	view.close()
	assert.is(screen.written.split('\x1b[').filter((part) => /^[\d;]*m/.test(part)).length, 0)
	assert.ok(
		[...screen.written].every((one) => one <= '\x7f'),
		screen.written,
	)
	assert.match(screen.lines().join('\n'), /^ekz {2,}v {2}12'345 W/m)
	assert.match(screen.lines().join('\n'), /\^ {3}2'345 W/)
})

test('takes the mean of each minute for the trend', async () => {
	const screen = new Kept(true, 80)
	const view = table(screen, UTF8)
	for (const power of [0, 4000, 8000]) view.reading(reading('one', { power_net: power }))
	await drawn()
	view.close()
	// A minute may have ended between two of them.
	assert.match(screen.lines().join('\n'), /8'000 W +[▁▂▃▄▅▆▇█]{1,2} /)
})

test('prints a line for each meter every ten seconds without a terminal, and on a dumb one', () => {
	for (const [isTTY, environment] of [
		[false, UTF8],
		[true, { TERM: 'dumb' }],
	] as const) {
		const screen = new Kept(isTTY, 80)
		const view = table(screen, environment)
		for (let count = 0; count < 20; count++)
			for (const meter of ['one', 'two']) view.reading(reading(meter, { power_net: -7, energy_import: 1234, seq: count }))
		view.close()
		assert.is(
			screen.written,
			['one', 'two'].map((meter) => `meter=${meter} time=2026-11-28T18:00:00+01:00 power_net=-7 energy_import=1234 readings=1\n`).join(''),
		)
	}
})

test.run()
