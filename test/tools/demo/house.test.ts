import * as assert from 'uvu/assert'
import { dayOf, localInstant, wallAt } from '../../../tools/demo/calendar.ts'
import { House, type Moment } from '../../../tools/demo/house.ts'
import { parts, titleOf } from '../../../tools/demo/parts.ts'
import { STEP } from '../../../tools/demo/rendered.ts'
import { lineOf } from '../../../tools/demo/values.ts'
import { clearSky, clouds, temperature } from '../../../tools/demo/weather.ts'
import { suite } from '../../support/suite.ts'

const test = suite('simulated house')

const [HOUR, DAY] = [3_600_000, 86_400_000]
const equipmentOf = (name: string) => {
	const found = parts.find(({ meter }) => meter.name === name)
	if (!found) throw new Error(`no part ${name}`)
	return found.equipment
}
/** Moments of a house from one instant up to another, `every` ms. */
function moments(house: House, from: number, to: number, every: number): Moment[] {
	return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, place) => house.at(from + place * every))
}

test('counts exactly what its powers give, each way, over days, tariffs and the hour that stands twice', () => {
	// The clocks go back on the 25th.
	const [from, to] = [localInstant('2026-10-24', 12), localInstant('2026-10-26', 12)]
	assert.is(to - from, 49 * HOUR)
	const all = moments(new House(equipmentOf('ekz'), from - DAY), from, to, STEP)
	let [taken, given] = [all[0]?.energyImport ?? 0, all[0]?.energyExport ?? 0]
	const byTariff = [...(all[0]?.importByTariff ?? [])]
	for (const { power, phases, energyImport, energyExport, importByTariff, tariff } of all.slice(1)) {
		assert.is(power, phases[0] + phases[1] + phases[2])
		taken += (Math.max(0, power) * STEP) / HOUR
		given += (Math.max(0, -power) * STEP) / HOUR
		byTariff[tariff - 1] = (byTariff[tariff - 1] ?? 0) + (Math.max(0, power) * STEP) / HOUR
		assert.ok(Math.abs(energyImport - taken) < 1e-3 && Math.abs(energyExport - given) < 1e-3, `${energyImport} Wh, not ${taken}`)
		for (const one of [0, 1]) assert.ok(Math.abs((importByTariff[one] ?? 0) - (byTariff[one] ?? 0)) < 1e-3, `tariff ${one + 1}`)
	}
	assert.ok(given > (all[0]?.energyExport ?? 0) + 1000, 'the roof has given something')
})

test('changes the tariff on working days at 7 and at 20', () => {
	const house = new House(equipmentOf('ewb'), localInstant('2026-11-20', 0))
	const at = (date: string, hour: number) => house.at(localInstant(date, hour)).tariff
	assert.equal(
		[7, 7.01, 20, 20.01].map((hour) => at('2026-11-23', hour)),
		[2, 1, 1, 2],
	)
	assert.equal(
		[7.01, 12, 20].map((hour) => at('2026-11-28', hour)),
		[2, 2, 2],
		'on a Saturday',
	)
})

test('gives the same at the same instant, however it is asked', () => {
	const now = localInstant('2026-11-28', 18.5)
	const [one, other] = [new House(equipmentOf('ekz'), now - 5 * DAY), new House(equipmentOf('ekz'), now - 5 * DAY)]
	for (let at = now - 4 * DAY; at < now; at += 7 * HOUR) one.at(at)
	const last = one.at(now)
	assert.equal(last, other.at(now))
	assert.equal(one.at(now - 3 * DAY), other.at(now - 3 * DAY), 'an earlier one, too')
	assert.equal(one.at(now + 4999).instant, now, 'powers hold for 5 s')
	assert.equal(new House(equipmentOf('ekz'), now - DAY).at(now).phases, last.phases, 'powers do not depend on where it begins')
	assert.throws(() => one.at(now - 9 * DAY), /this house began on 2026-11-23/)
})

test('lives by the season: panels give a multiple in June of what they give in January, and the heat pump rests', () => {
	const fortnight = (name: string, date: string) => {
		const from = localInstant(date, 0)
		const house = new House(equipmentOf(name), from)
		const [first, last] = [house.at(from + STEP), house.at(from + 14 * DAY)]
		return { taken: last.energyImport - first.energyImport, given: last.energyExport - first.energyExport }
	}
	const [winter, summer] = ['2026-01-02', '2026-06-02'].map((date) => fortnight('ekz', date))
	assert.ok((summer?.given ?? 0) > 3 * (winter?.given ?? 0), `${summer?.given} and ${winter?.given} Wh to the grid`)
	const [cold, warm] = ['2026-01-02', '2026-06-02'].map((date) => fortnight('aew', date).taken)
	assert.ok((cold ?? 0) > 3 * (warm ?? 0), `${cold} and ${warm} Wh for heat`)
	assert.ok(temperature(Date.UTC(2026, 6, 10, 14)) > 15 && temperature(Date.UTC(2026, 0, 10, 4)) < 8)
})

test('charges the car with what the roof leaves over on days at home, and on others at night on three phases', () => {
	const since = localInstant('2026-05-01', 0)
	const car = new House(equipmentOf('romande-energie'), since)
	let [byDay, byNight] = [0, 0]
	for (const at of moments(car, since + STEP, since + 21 * DAY, 60_000).filter(({ power }) => power > 1000)) {
		if (at.power > 9000) byNight++
		else {
			byDay++
			assert.ok(at.phases[0] < 100 && at.phases[2] < 100, `${at.phases} W on one phase`)
		}
		const hour = Number(wallAt(at.instant).local.slice(11, 13))
		assert.is(hour < 5, at.power > 9000, wallAt(at.instant).local)
	}
	assert.ok(byDay > 600 && byNight > 200, `${byDay} and ${byNight} minutes`)
})

test('has a sun that rises and sets where the houses stand', () => {
	const roof = { peak: 1000, tilt: 30, azimuth: 180 }
	const shines = (date: string) => {
		const minutes = Array.from({ length: 1440 }, (_, minute) => localInstant(date, minute / 60)).filter((at) => clearSky(at, roof) > 0)
		return [minutes[0] ?? 0, minutes.at(-1) ?? 0].map((at) => wallAt(at).local.slice(11, 16))
	}
	const [rise = '', set = ''] = shines('2026-06-21')
	// 5:31 to 21:25 by the almanac; what comes in below half a degree is left out.
	assert.ok(rise > '05:30' && rise < '05:45' && set > '21:10' && set < '21:26', `midsummer: ${rise} to ${set}`)
	const [late = '', early = ''] = shines('2026-12-21')
	assert.ok(late > '08:05' && late < '08:25' && early > '16:20' && early < '16:40', `midwinter: ${late} to ${early}`)
	const peak = Math.max(...Array.from({ length: 1440 }, (_, minute) => clearSky(Date.UTC(2026, 4, 20) + minute * 60_000, roof)))
	assert.ok(peak > 0.8 && peak < 1, `${peak} of the peak power in May`)
	const cover = Array.from({ length: 500 }, (_, hour) => clouds(Date.UTC(2026, 0, 1) + hour * HOUR))
	assert.ok(cover.some((one) => one < 0.1) && cover.some((one) => one > 0.9), 'fair days and dull ones')
})

test('stays within what a connection of 25 A carries, and shows load, export, the car and gas of a believable size', () => {
	const since = localInstant('2026-11-01', 0)
	for (const { meter, equipment } of parts) {
		const house = new House(equipment, since)
		const all = moments(house, since + STEP, since + 14 * DAY, 60_000)
		const lines = all.flatMap(({ instant, phases }) => phases.map((power, phase) => lineOf(instant, phase, power)))
		const most = Math.max(...lines.map(({ amperes }) => amperes))
		assert.ok(most < (meter.fuse ?? 63), `${meter.name}: ${most} A`)
		for (const { volts } of lines) assert.ok(volts > 220 && volts < 240, `${meter.name}: ${volts} V`)
		const [first, last] = [all[0], all.at(-1)]
		if (!first || !last) throw new Error('no moments')
		const perDay = (last.energyImport - first.energyImport) / 14_000
		assert.ok(perDay > 3 && perDay < 40, `${meter.name}: ${perDay} kWh a day`)
		assert.is(last.energyExport > first.energyExport, equipment.roof !== undefined, `${meter.name}: export`)
		if (!last.pipes || !first.pipes) continue
		const [gas, water] = [(last.pipes.gas - first.pipes.gas) / 14, (last.pipes.water - first.pipes.water) / 14]
		assert.ok(gas > 1 && gas < 12 && water > 0.08 && water < 0.8, `${gas} m³ of gas and ${water} m³ of water a day`)
		for (let place = 1; place < all.length; place++) {
			const [before, after] = [all[place - 1]?.pipes, all[place]?.pipes]
			assert.ok(before && after && after.gas >= before.gas && after.water >= before.water, 'they only rise')
		}
	}
})

test('is named in the language of the one who starts it', () => {
	const [, pump] = parts
	if (!pump) throw new Error('no heat pump')
	assert.equal(
		['de-CH', 'fr', 'it-CH', 'en-US', 'rm-CH'].map((locale) => titleOf(pump, locale)),
		['Wärmepumpe · AEW', 'Pompe à chaleur · AEW', 'Pompa di calore · AEW', 'Heat pump · AEW', 'Heat pump · AEW'],
	)
	for (const { title } of parts) assert.equal(Object.keys(title), ['en', 'de', 'fr', 'it'])
})

test('knows days of 23, 24 and 25 hours', () => {
	const hours = (date: string) => {
		const { start, end } = dayOf(localInstant(date, 12))
		return (end - start) / HOUR
	}
	assert.equal(['2026-03-29', '2026-11-28', '2026-10-25'].map(hours), [23, 24, 25])
})

test.run()
