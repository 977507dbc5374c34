import * as assert from 'uvu/assert'
import { p1 } from '../../engine/application/p1.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import { derivationOf, tariffIndex, total } from '../../engine/transform/derived.ts'
import { readingOf } from '../../engine/transform/reading.ts'
import type { Totals } from '../../engine/transform/totals.ts'
import { p1Telegram } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('derived')
const library = readLibrary([builtinProfiles])

/** One meter under a built-in profile: each list of P1 lines gives its reading, judged by the ones before. */
function meter(name = 'dsmr') {
	const profile = compileProfile(name, library)
	if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
	const { transform, document } = profile
	let totals: Totals | undefined
	let received = Date.UTC(2026, 4, 4, 9)
	return async (...lines: string[]) => {
		received += 10_000
		const settings = { keys: {}, authentication: 'optional', budget: newBudget() } as const
		const telegram = p1(p1Telegram('XYZ5TEST', lines).slice(0, -2), settings)
		if (telegram.kind === 'rejected') throw new Error(telegram.detail)
		const context = {
			...{ timezone: 'Europe/Amsterdam', received, topic: {}, channel: {}, meter: 'm', id: 'm', profile: 'x@1', session: 0, seq: 0 },
			...{ clockShift: 0, live: false, expect: document.expect ?? {}, totals },
		}
		const { reading, issues, counting } = await readingOf(telegram, transform, context)
		totals = counting.count()
		return { energy: reading?.energy_import, issues: issues.map(({ field, code }) => `${field} ${code}`), sums: totals.sums, reading }
	}
}

const [T1, T2, T3] = ['1-0:1.8.1(000001.001*kWh)', '1-0:1.8.2(000002.002*kWh)', '1-0:1.8.3(000004.004*kWh)']

test('gives no sum where a line was left out that may have been a tariff', async () => {
	const send = meter()
	assert.equal((await send(T1 as string, T2 as string, '1-0:1.8.3(000004.004*kWh')).energy, undefined)
	assert.is((await send(T1 as string, T2 as string, T3 as string)).energy, 7007, 'no part of it was counted')
})

test('adds up the tariffs of a meter that sends no total, and says of which', async () => {
	const send = meter()
	const { energy, sums } = await send(T1, T2)
	assert.equal([energy, sums], [3003, { energy_import: ['energy_import_t1', 'energy_import_t2'] }])
	assert.is((await send('1-0:1.8.1(000001.001*kWh)', '1-0:1.8.2(000002.003*kWh)')).energy, 3004)
	const second = meter()
	assert.is((await second('1-0:1.8.11(000849.710*kWh)', '1-0:1.8.12(000000.000*kWh)', '1-0:1.8.13(003421.613*kWh)')).energy, 4271323)
})

test('gives no sum while a tariff is missing, and takes back one that another tariff proves to be a part', async () => {
	const send = meter()
	assert.is((await send(T1, T2, T3)).energy, 7007)
	assert.is((await send(T1, T2)).energy, undefined, 'the meter has a third')
	assert.is((await send(T1, T2, T3)).energy, 7007)
	const split = meter()
	await split(T1, T2)
	assert.equal((await split(T3)).sums, { energy_import: [] })
	assert.is((await split(T1, T2)).energy, undefined)
	assert.is((await meter()(T1)).energy, undefined, 'one tariff may be a part')
	assert.is((await meter()(T2, T3)).energy, undefined, 'the first is missing')
	assert.is((await meter()(T1, T2, '1-0:1.8.21(000004.004*kWh)')).energy, undefined, 'a tariff without a field')
	assert.is((await meter()(T1, '1-0:1.8.2(000002.002*kvarh)')).energy, undefined, 'a tariff in another unit')
	assert.is((await meter()(T1, T2, '1-0:1.8.11(000003.003*kWh)')).energy, undefined, 'two sets of tariffs')
})

test('lets a total that is sent win, for good', async () => {
	const send = meter()
	assert.is((await send(T1, T2)).energy, 3003)
	const sent = await send('1-0:1.8.0(000003.000*kWh)')
	assert.equal([sent.energy, sent.issues, sent.sums], [3000, [], undefined])
	assert.is((await send(T1, T2)).energy, undefined)
	assert.is((await meter()(T1, T2, '1-0:1.8.0(000005.000*kWh)')).energy, 5000)
})

test('withholds a sum whose tariffs fall', async () => {
	const send = meter()
	await send(T1, T2)
	const { energy, issues } = await send('1-0:1.8.1(000000.500*kWh)', T2)
	assert.equal([energy, issues], [undefined, ['energy_import_t1 falling']])
})

test('adds in decimals, and knows which fields are made of others', () => {
	assert.is(total(['x_t1', 'x_t2'], [0.1, 0.2]), 0.3)
	assert.is(total(['x_t1', 'x_t3'], [1, 2]), undefined)
	assert.is(
		derivationOf('energy_import', (name) => name === 'energy_import_t1'),
		undefined,
	)
	assert.equal([tariffIndex('0002'), tariffIndex('T3'), tariffIndex('RATE1'), tariffIndex('HT')], [2, 3, 1, undefined])
})

test('takes the last interval of a load profile, and the peaks of the months before', async () => {
	const { reading } = await meter('fluvius')(
		'1-0:99.1.0(2)(0-0:96.10.7)(1-0:1.29.0)(1-0:2.29.0)(251207000000W)(00)(000000.165*kWh)(000000.000*kWh)(251207001500W)(00)(000000.170*kWh)(000000.010*kWh)',
		'0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)(230201000000W)(230117224500W)(04.329*kW)(230301000000W)(230214001500W)(04.529*kW)',
	)
	assert.equal(
		[reading?.energy_import_interval, reading?.energy_export_interval, reading?.energy_import_interval_time],
		[170, 10, '2025-12-07T00:15:00+01:00'],
	)
	assert.equal(
		[reading?.power_import_max_m1, reading?.power_import_max_m1_time, reading?.power_import_max_m2, reading?.power_import_max_m3],
		[4529, '2023-02-14T00:15:00+01:00', 4329, undefined],
	)
	const odd = await meter('fluvius')('0-0:98.1.0(3)(1-0:1.6.0)(1-0:1.6.0)(230201000000W)(230117224500W)(04.329*kW)', '1-0:1.7.0(00.100*kW)')
	assert.is(odd.reading?.power_import_max_m1, undefined)
})

test('takes a limit by its unit, counts sent as digits, and a breaker by its word', async () => {
	const { reading } = await meter('dsmr-2')(
		'0-0:17.0.0(016*A)',
		'0-0:96.3.10(1)',
		'0-0:96.7.21(00006)',
		'1-0:32.32.0(00003)',
		'0-0:96.14.0(0002)',
	)
	const { current_limit, power_limit, breaker_state, power_failures, voltage_sags_l1, tariff_index } = reading ?? {}
	assert.equal(
		[current_limit, power_limit, breaker_state, power_failures, voltage_sags_l1, tariff_index],
		[16, undefined, 'connected', 6, 3, 2],
	)
	assert.is((await meter()('0-0:17.0.0(016*A)', '1-0:1.7.0(00.100*kW)')).reading?.power_limit, undefined)
	assert.is((await meter()('0-0:17.0.0(999.9*kW)')).reading?.power_limit, 999900)
})

test.run()
