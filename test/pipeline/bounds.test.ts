import * as assert from 'uvu/assert'
import { State } from '../../engine/meter/state.ts'
import { Counting, type Totals } from '../../engine/transform/totals.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { pipeline } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('bounds of what a telegram says')

const RISING = { power: 60_000, unit: 'Wh', needed: 5, among: 7 }

test("sub-meters of ever new ids are forgotten, and the meter's own counters stay", () => {
	let totals: Totals | undefined
	for (let telegram = 0; telegram < 50; telegram++) {
		const counting = new Counting(totals, 'meter', { at: telegram * 10_000, time: '' })
		if (telegram === 0) counting.judge('energy_import', 5000, RISING)
		for (let channel = 1; channel < 256; channel++) counting.judge(`submeters.${channel}.volume ${telegram}`, 5, RISING)
		totals = counting.count()
	}
	const names = Object.keys(totals?.values ?? {})
	assert.ok(names.length <= 200, `${names.length} counters`)
	assert.ok(names.includes('energy_import'))
	assert.is(names.filter((name) => name.endsWith(' 49')).length, 199)
})

test('channels of ever new names are forgotten', () => {
	const state = new State()
	for (let count = 0; count < 20_000; count++) {
		const reading = { time: '2026-11-28T12:00:00Z', power_import: count, submeters: { [`c${count}`]: { volume: 1 } } }
		state.add(reading as unknown as Reading)
	}
	const { submeters, power_import } = state.message() as { submeters: object; power_import: number }
	assert.is(Object.keys(submeters).length, 599)
	assert.ok('c19999' in submeters)
	assert.is(power_import, 19_999)
})

test('names few of the other meters in one message', async () => {
	const under = pipeline('gplug', {}, { decoder: { application: 'json', object: '*' }, transform: { power_import: 'json.*.Pi' } })
	const many = Object.fromEntries(Array.from({ length: 3000 }, (_, place) => [`m${place}`, { Pi: place }]))
	const payload = new TextEncoder().encode(JSON.stringify(many))
	const outcomes = await under.message({ topic: 'tele/gPlug10/SENSOR', payload, retain: false }, 0)
	assert.ok(outcomes.length <= 9, `${outcomes.length} outcomes`)
})

test.run()
