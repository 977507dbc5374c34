import * as assert from 'uvu/assert'
import { edgesOf, midnight, offsetsIn } from '../../engine/history/calendar.ts'
import { pricesOf } from '../../engine/history/prices.ts'
import type { Tariff } from '../../schema/types/config.ts'
import { at } from '../support/days.ts'
import { suite } from '../support/suite.ts'

const test = suite('history/prices')
const ZURICH = 'Europe/Zurich'
const TARIFF: Tariff = { from: '2026-01-01', currency: 'CHF', import: 0.25 }

/** The prices from a time on, as `day hour: price` by the clocks of the zone. */
function shown(tariffs: Tariff[], from: string, to: string, zone = ZURICH, direction: 'import' | 'export' = 'import'): string[] {
	const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
	return pricesOf(tariffs, 'house', direction, at(from), at(to), zone).map(
		(one) => `${format.format(one.from * 1000).replace(',', '')} ${one.price}`,
	)
}

test('counts 92, 96 and 100 quarter-hours a day', () => {
	const count = (date: string, step: 'quarter' | 'hour', zone = ZURICH) => {
		const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
		return edgesOf(step, midnight(year, month - 1, day, zone), midnight(year, month - 1, day + 1, zone), zone).length - 1
	}
	assert.equal(
		['2026-03-29', '2026-10-25', '2026-10-26'].map((date) => count(date, 'quarter')),
		[92, 100, 96],
	)
	assert.equal(
		['2026-03-29', '2026-10-25', '2026-10-26'].map((date) => count(date, 'hour')),
		[23, 25, 24],
	)
	// India is ahead by half an hour, Nepal by three quarters; Egypt and Lebanon change at midnight; Lord Howe by half an hour.
	for (const zone of ['Asia/Kolkata', 'Asia/Kathmandu']) assert.is(count('2026-05-04', 'quarter', zone), 96)
	assert.equal([count('2026-04-24', 'quarter', 'Africa/Cairo'), count('2026-10-29', 'quarter', 'Africa/Cairo')], [92, 100])
	assert.equal([count('2026-10-04', 'quarter', 'Australia/Lord_Howe'), count('2026-04-05', 'quarter', 'Australia/Lord_Howe')], [94, 98])
})

test('begins days, months and years by the clocks of the zone', () => {
	const starts = (step: 'day' | 'month' | 'year', from: string, to: string) =>
		edgesOf(step, at(from), at(to), ZURICH).map((edge) => new Date(edge * 1000).toISOString().slice(0, 16))
	assert.equal(starts('day', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'), ['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00'])
	assert.equal(starts('month', '2026-02-28T23:30:00Z', '2026-03-31T22:30:00Z'), [
		'2026-02-28T23:00',
		'2026-03-31T22:00',
		'2026-04-30T22:00',
	])
	assert.equal(starts('year', '2026-05-04T00:00:00Z', '2026-05-05T00:00:00Z'), ['2025-12-31T23:00', '2026-12-31T23:00'])
})

test('agrees with the system about every midnight of ten years in many zones', () => {
	for (const zone of [
		'Europe/Zurich',
		'Africa/Cairo',
		'Asia/Beirut',
		'America/Santiago',
		'America/Havana',
		'Australia/Lord_Howe',
		'Asia/Kathmandu',
		'Pacific/Apia',
	]) {
		const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
		for (let day = 0; day < 3650; day++) {
			const start = midnight(2020, 0, 1 + day, zone)
			const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)
			assert.is(format.format(start * 1000), date, `${zone} ${date}`)
			assert.is.not(format.format((start - 1) * 1000), date, `${zone} ${date}`)
			assert.is(start % 900, 0, `${zone} ${date}`)
		}
	}
})

test('finds the changes of the clocks', () => {
	const found = offsetsIn(at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'), ZURICH)
	assert.equal(
		found.map(({ from, offset }) => [from, offset]),
		[
			[at('2026-01-01T00:00:00Z'), 3600],
			[at('2026-03-29T01:00:00Z'), 7200],
			[at('2026-10-25T01:00:00Z'), 3600],
		],
	)
})

test('takes the first window that fits, by the clocks of the zone', () => {
	const windows: Tariff['windows'] = [
		{ days: 'mo-fr', hours: '07:00-20:00', import: 0.33 },
		{ days: 'sa', hours: '07:00-13:00', import: 0.3 },
	]
	assert.equal(shown([{ ...TARIFF, windows }], '2026-11-26T23:00:00Z', '2026-11-29T23:00:00Z'), [
		'Fri 00:00 0.25',
		'Fri 07:00 0.33',
		'Fri 20:00 0.25',
		'Sat 07:00 0.3',
		'Sat 13:00 0.25',
	])
})

test('lets a window past midnight belong to the day on which it begins', () => {
	const windows: Tariff['windows'] = [{ days: 'fr', hours: '22:00-06:00', import: 0.1 }]
	assert.equal(shown([{ ...TARIFF, windows }], '2026-11-26T23:00:00Z', '2026-11-29T23:00:00Z'), [
		'Fri 00:00 0.25',
		'Fri 22:00 0.1',
		'Sat 06:00 0.25',
	])
	// The last night of a month, of a window that is for that month.
	const march: Tariff['windows'] = [{ months: '3', hours: '22:00-06:00', import: 0.1 }]
	assert.equal(shown([{ ...TARIFF, windows: march }], '2026-03-31T10:00:00Z', '2026-04-02T10:00:00Z'), [
		'Tue 12:00 0.25',
		'Tue 22:00 0.1',
		'Wed 06:00 0.25',
	])
})

test('keeps to the clocks in the nights in which they change', () => {
	const windows: Tariff['windows'] = [{ hours: '02:00-03:00', import: 0.1 }]
	const lengths = (from: string, to: string) => {
		const prices = pricesOf([{ ...TARIFF, windows }], 'house', 'import', at(from), at(to), ZURICH)
		return prices.map(({ from, price }, place) => [price, ((prices[place + 1]?.from ?? at(to)) - from) / 3600])
	}
	// No hour from two to three in spring, and two in autumn.
	assert.equal(lengths('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'), [[0.25, 23]])
	assert.equal(lengths('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'), [
		[0.25, 2],
		[0.1, 2],
		[0.25, 21],
	])
})

test('takes the tariff with the latest day that has come, of those for the meter; without one there is no price', () => {
	const tariffs: Tariff[] = [
		{ from: '2026-12-01', currency: 'CHF', import: 0.4 },
		{ from: '2026-11-29', currency: 'CHF', import: 0.2 },
		{ from: '2026-11-30', currency: 'CHF', import: 9, meters: ['other'] },
	]
	assert.equal(shown(tariffs, '2026-11-27T23:00:00Z', '2026-12-02T23:00:00Z'), ['Sat 00:00 undefined', 'Sun 00:00 0.2', 'Tue 00:00 0.4'])
})

test('takes a window only for the direction that it states, round the year and the week', () => {
	const windows: Tariff['windows'] = [
		{ months: '10-3', days: 'fr-mo', export: 0.2 },
		{ hours: '00:00-24:00', import: 0.5 },
	]
	const tariff = { ...TARIFF, export: 0.1, windows }
	assert.equal(shown([tariff], '2026-11-25T23:00:00Z', '2026-12-02T23:00:00Z', ZURICH, 'export'), [
		'Thu 00:00 0.1',
		'Fri 00:00 0.2',
		'Tue 00:00 0.1',
	])
	assert.equal(shown([tariff], '2026-05-07T22:00:00Z', '2026-05-09T22:00:00Z', ZURICH, 'export'), ['Fri 00:00 0.1'])
	assert.equal(shown([tariff], '2026-05-07T22:00:00Z', '2026-05-09T22:00:00Z'), ['Fri 00:00 0.5'])
})

test.run()
