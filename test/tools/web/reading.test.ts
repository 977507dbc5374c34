import * as assert from 'uvu/assert'
import { directionOf, netOf, phasesOf, submetersOf, tariffsOf } from '../../../tools/web/src/data/reading.ts'
import { suite } from '../../support/suite.ts'

const test = suite('readings on the page')

test('takes the net power, or import minus export of one telegram', () => {
	assert.is(netOf({ power_net: -40, power_import: 1, power_export: 2 }), -40)
	assert.is(netOf({ power_import: 300, power_export: 0, time: '2026-11-28T10:00:00Z' }), 300)
	assert.is(netOf({ power_import: 0, power_export: 250, time: '2026-11-28T10:00:00Z' }), -250)
	assert.is(netOf({ power_export: 250 }), -250)
	assert.is(netOf({}), undefined)
})

test('makes no power of import and export of two telegrams', () => {
	const times = { power_export: '2026-11-28T09:59:00Z' }
	assert.is(netOf({ power_import: 300, power_export: 200, times, time: '2026-11-28T10:00:00Z' }), 300)
	// Nothing is drawn now, and something was fed in a minute ago: what is fed in now is not known.
	assert.is(netOf({ power_import: 0, power_export: 200, times, time: '2026-11-28T10:00:00Z' }), undefined)
	assert.is(netOf({ power_import: 0, power_export: 0, times, time: '2026-11-28T10:00:00Z' }), 0)
})

test('says where a power flows', () => {
	assert.equal([5, -5, 0, undefined].map(directionOf), ['import', 'export', 'none', 'unknown'])
})

test('loads the fuse by the current, or by power and voltage', () => {
	const [first, second] = phasesOf({ current_l1: -4, power_net_l1: -900, power_net_l2: 1150, voltage_l3: 231 })
	assert.is(first?.load, 4)
	assert.is(second?.load, 5)
	assert.equal(
		phasesOf({ current_l1: 1, voltage_l3: 231 }).map(({ name }) => name),
		['l1', 'l3'],
	)
})

test('gives currents the direction of the net power only where they make it up', () => {
	const currents = { current_l1: 5, current_l2: 1, voltage_l1: 230, voltage_l2: 230 }
	const directions = (net: number) => phasesOf({ ...currents, power_net: net }).map(({ direction }) => direction)
	assert.equal(directions(1350), ['import', 'import'])
	assert.equal(directions(-1300), ['export', 'export'])
	assert.equal(directions(920), ['unknown', 'unknown'])
	assert.equal(
		phasesOf({ power_net: 900, power_net_l1: 1000, power_net_l2: -100 }).map(({ direction }) => direction),
		['import', 'export'],
	)
})

test('lists tariffs in order, and sub-meters with what they measure', () => {
	const state = { energy_import_t10: 3, energy_import_t2: 2, energy_import: 5, energy_import_l1: 9 }
	assert.equal(tariffsOf(state, 'import'), [
		{ tariff: '2', value: 2 },
		{ tariff: '10', value: 3 },
	])
	const [gas] = submetersOf({ submeters: { 1: { medium: 'gas', volume: 4.5, time: '2026-11-28T10:00:00Z' } } })
	assert.equal(gas, { channel: '1', id: undefined, medium: 'gas', time: '2026-11-28T10:00:00Z', values: [{ name: 'volume', value: 4.5 }] })
	assert.equal(submetersOf({ submeters: 'x' }), [])
})

test.run()
