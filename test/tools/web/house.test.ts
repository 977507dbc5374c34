import * as assert from 'uvu/assert'
import type { Bar, Powers, Sum } from '../../../schema/types/api.ts'
import { houseBars, houseCurve, houseSum } from '../../../tools/web/src/data/house.ts'
import { suite } from '../../support/suite.ts'

const test = suite('the house on the page')

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 12, minute)).toISOString()
const powers = (of: Record<number, number>): Powers[] =>
	Object.entries(of).map(([minute, power]) => ({ start: at(Number(minute)), power, min: power, max: power }))
const seconds = (minute: number) => Date.parse(at(minute)) / 1000 + 30

test('shows the past of the others where a meter was added later, and names it', () => {
	const curve = houseCurve(
		[
			{ name: 'house', gap: 90, powers: powers({ 0: 100, 1: 200, 2: 300 }) },
			{ name: 'barn', gap: 90, powers: powers({ 2: 5 }) },
			{ name: 'gas', gap: 90, powers: [] },
		],
		60,
	)
	assert.equal(curve.times, [0, 1, 2].map(seconds))
	assert.equal(curve.powers, [100, 200, 305])
	assert.equal(
		[...(curve.without ?? [])],
		[
			[seconds(0), ['barn']],
			[seconds(1), ['barn']],
		],
	)
})

test('holds the power of a meter that is read seldom, and not over its silence', () => {
	const house = { name: 'house', gap: 90, powers: powers(Object.fromEntries(Array.from({ length: 60 }, (_, minute) => [minute, 100]))) }
	const slow = { name: 'heat', gap: 15 * 60, powers: powers({ 0: 10, 10: 20, 50: 30 }) }
	const curve = houseCurve([house, slow], 60)
	const value = (minute: number) => curve.powers[curve.times.indexOf(seconds(minute))]
	assert.equal([0, 5, 10, 11, 30, 49, 50, 59].map(value), [110, 110, 120, 100, 100, 100, 130, 130])
	assert.equal([...(curve.without?.keys() ?? [])].length, 39)
})

test('adds up the days that some meters know', () => {
	const bar = (day: number, used: number): Bar => ({
		start: `2026-11-${day}T00:00:00Z`,
		end: `2026-11-${day + 1}T00:00:00Z`,
		complete: true,
		import: used,
	})
	const bars = houseBars([
		{ name: 'house', bars: [bar(10, 1), bar(11, 2)] },
		{ name: 'barn', bars: [bar(11, 5)] },
		{ name: 'none', bars: [] },
	])
	assert.equal(
		bars.map(({ up, without }) => [up, without]),
		[
			[1, ['barn']],
			[7, []],
		],
	)
})

test('adds up the sums that are known, and names the meters that know none', () => {
	const sum = (more: Partial<Sum>): Sum => ({ from: at(0), complete: true, ...more })
	const one = { name: 'house', sum: sum({ energy_import: 10, energy_export: 3, cost: 1, currency: 'CHF' }) }
	const two = { name: 'barn', sum: sum({ energy_import: 5, cost: 2, currency: 'CHF', complete: false }) }
	assert.equal(houseSum([one, two, { name: 'car', sum: undefined }, { name: 'shed', sum: sum({}) }]), {
		sum: { from: at(0), complete: false, energy_import: 15, energy_export: 3, cost: 3, currency: 'CHF' },
		without: ['car', 'shed'],
	})
	const unpriced = { name: 'car', sum: sum({ energy_import: 1 }) }
	assert.equal(houseSum([one, unpriced]).sum, { from: at(0), complete: true, energy_import: 11, energy_export: 3 })
	assert.equal(houseSum([{ name: 'car', sum: undefined }]), { sum: undefined, without: ['car'] })
})

test.run()
