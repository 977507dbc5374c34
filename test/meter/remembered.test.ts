import * as assert from 'uvu/assert'
import { withRemembered } from '../../engine/meter/remembered.ts'
import type { Totals } from '../../engine/transform/totals.ts'
import { suite } from '../support/suite.ts'

const test = suite('remembered counters')

const at = Date.parse('2026-11-28T10:00:00Z')
const total = (value: number, minute: number) => ({
	value,
	at: at + minute * 60_000,
	time: `2026-11-28T10:${String(minute).padStart(2, '0')}:00Z`,
	step: 1,
})
const totals: Totals = {
	id: 'M1',
	values: {
		energy_import: total(3000, 5),
		energy_import_t1: total(1000, 5),
		energy_import_t2: total(2000, 4),
		'submeters.1.volume G1': total(11, 1),
		'submeters.1.volume G2': total(12, 3),
		'submeters.1.energy G2': total(13, 2),
		'submeters.2.volume ': total(14, 2),
		'extra.nothing': total(1, 1),
	},
	sums: { energy_import: ['energy_import_t1', 'energy_import_t2'] },
}
const all = () => true

test('gives every counter with its time where nothing else is known', () => {
	assert.equal(withRemembered({}, totals, all), {
		id: 'M1',
		energy_import: 3000,
		energy_import_t1: 1000,
		energy_import_t2: 2000,
		submeters: { 1: { id: 'G2', volume: 12, energy: 13, time: '2026-11-28T10:03:00Z' }, 2: { volume: 14, time: '2026-11-28T10:02:00Z' } },
		times: {
			energy_import: '2026-11-28T10:05:00Z',
			energy_import_t1: '2026-11-28T10:05:00Z',
			energy_import_t2: '2026-11-28T10:04:00Z',
			'submeters.1': '2026-11-28T10:03:00Z',
			'submeters.2': '2026-11-28T10:02:00Z',
		},
	})
})

test('never stands in for what is read, nor adds a sum whose parts are known better, nor what the profile gives no more', () => {
	const state = { id: 'M1', time: 'now', energy_import_t1: 1001, submeters: { 1: { volume: 15 } }, times: { energy_import_t1: 'then' } }
	assert.equal(
		withRemembered(state, totals, (name) => name !== 'submeters.2'),
		{
			...state,
			energy_import_t2: 2000,
			times: { energy_import_t1: 'then', energy_import_t2: '2026-11-28T10:04:00Z' },
		},
	)
	assert.equal(
		withRemembered(state, totals, () => false),
		state,
	)
	assert.equal(withRemembered(state, undefined, all), state)
})

test('adds nothing of another meter', () => {
	assert.equal(withRemembered({ id: 'M2', power_import: 1 }, totals, all), { id: 'M2', power_import: 1 })
})

test.run()
