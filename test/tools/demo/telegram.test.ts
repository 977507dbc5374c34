import * as assert from 'uvu/assert'
import type { Outcome } from '../../../engine/pipeline/pipeline.ts'
import { feed } from '../../../engine/pipeline/replay.ts'
import { readingPipeline } from '../../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { compileProfile } from '../../../engine/profile/profile.ts'
import type { Reading } from '../../../schema/types/reading.ts'
import { localInstant } from '../../../tools/demo/calendar.ts'
import { House } from '../../../tools/demo/house.ts'
import type { SimulatedMeter } from '../../../tools/demo/meters.ts'
import { type Part, parts } from '../../../tools/demo/parts.ts'
import { fillPast, pastBegin, readingOf } from '../../../tools/demo/past.ts'
import { recordingOf } from '../../../tools/demo/recording.ts'
import { telegramsOf } from '../../../tools/demo/telegram.ts'
import { lineOf } from '../../../tools/demo/values.ts'
import { suite } from '../../support/suite.ts'
import { invalid } from '../../support/valid.ts'

const test = suite('simulated telegrams', { limit: 30_000 })

const DAY = 86_400_000
const library = readLibrary([builtinProfiles])

async function simulatedOf(part: Part, since: number): Promise<SimulatedMeter> {
	return { part, house: new House(part.equipment, since), telegrams: await telegramsOf(part), meter: { ...part.meter } }
}

/** The engine's own pipeline for a part's meter, as if its telegrams arrived now. */
function pipelineOf({ name, profile: wanted, id = name }: Part['meter']) {
	const profile = compileProfile(wanted, library)
	if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
	const live = { ...profile, document: { ...profile.document, transport: { kind: 'tcp' as const } } }
	return readingPipeline({ name, id, profile: live, keys: {}, session: 0, seq: 0, live: true })
}

/** The reading of the only telegram in these outcomes. */
function only(outcomes: Outcome[]): Reading {
	const [outcome, ...more] = outcomes
	if (outcome?.kind !== 'reading' || more.length > 0) throw new Error(JSON.stringify(outcomes).slice(0, 500))
	return outcome.reading
}

test('every meter says what its part of the house does, by the clock of now, in summer and in winter', async () => {
	for (const part of parts) {
		for (const [date, offset] of [
			['2026-07-14', '+02:00'],
			['2026-11-28', '+01:00'],
		] as const) {
			const now = localInstant(date, 12.8)
			const { house, telegrams } = await simulatedOf(part, now - 2 * DAY)
			const moment = house.at(now)
			const reading = only(await pipelineOf(part.meter).push(telegrams.write(moment), now + 120))
			const shown = `${part.meter.name}: ${JSON.stringify(reading)}`
			assert.is(invalid('reading', reading), '', shown)
			assert.is(reading.power_net, moment.power, shown)
			assert.is(reading.energy_import, Math.floor(moment.energyImport + 1e-6), shown)
			assert.is(reading.energy_export, Math.floor(moment.energyExport + 1e-6), shown)
			assert.is(reading.time, `${date}T12:48:00${offset}`, shown)
			assert.is(reading.time_source, { aew: 'gateway', 'romande-energie': 'telegram' }[part.meter.name] ?? 'meter')
			assert.is(reading.time_quality, undefined, 'its clock is right')
			const { amperes } = lineOf(moment.instant, 1, moment.phases[1])
			if (part.meter.name !== 'aew') assert.ok(Math.abs((reading.current_l2 ?? -1) - amperes) < 0.006, shown)
			assert.is(reading.issues, undefined, shown)
		}
	}
})

test('the flat has both tariffs, power by phase, gas and water', async () => {
	const part = parts.find(({ meter }) => meter.name === 'ewb')
	if (!part) throw new Error('no ewb')
	const now = localInstant('2026-11-27', 12.8)
	const simulated = await simulatedOf(part, now - 2 * DAY)
	const reading = only(await pipelineOf(part.meter).push(simulated.telegrams.write(simulated.house.at(now)), now))
	const { energy_import_t1 = 0, energy_import_t2 = 0, energy_import = 0, power_net_l1 = 0, power_net_l2 = 0, power_net_l3 = 0 } = reading
	assert.ok(Math.abs(energy_import_t1 + energy_import_t2 - energy_import) <= 1)
	assert.is(power_net_l1 + power_net_l2 + power_net_l3, reading.power_net)
	assert.is(reading.tariff, '0001')
	const [gas, water] = [reading.submeters?.[1], reading.submeters?.[2]]
	assert.equal([gas?.medium, gas?.time, water?.medium], ['gas', '2026-11-27T12:45:00+01:00', 'water'])
	assert.ok((gas?.volume ?? 0) > 100 && (water?.volume ?? 0) > 10)
})

test('a week of telegrams goes through the engine without one that is refused, and without a doubt', async () => {
	for (const part of parts) {
		const from = localInstant('2026-10-22', 3.37)
		const simulated = await simulatedOf(part, from - DAY)
		// A telegram each two minutes: a week of all would be 120,000.
		const recording = recordingOf({ ...simulated, part: { ...part, interval: 120 } }, from, from + 7 * DAY)
		const pipeline = pipelineOf(part.meter)
		let before: Reading | undefined
		for (const line of recording.lines) {
			const received = from + line.t + 60
			const [outcome, ...more] = [...(await feed(pipeline, line, received)), ...(await pipeline.idle(received + 1500))]
			if (outcome?.kind !== 'reading') throw new Error(`${part.meter.name}: ${JSON.stringify(outcome).slice(0, 400)}`)
			assert.equal(more, [])
			assert.equal(outcome.issues, [], `${part.meter.name} at ${outcome.reading.time}`)
			if (before) assert.ok(Date.parse(outcome.reading.time) > Date.parse(before.time))
			before = outcome.reading
		}
		assert.is(before?.seq, 7 * 24 * 30 - 1)
	}
})

test('five-second telegrams of an evening agree with the counters, by the check of the engine', async () => {
	const [part] = parts
	if (!part) throw new Error('no part')
	const from = localInstant('2026-11-27', 17)
	const simulated = await simulatedOf(part, from - DAY)
	const recording = recordingOf(simulated, from, from + DAY / 8)
	assert.is(recording.lines.length, 3 * 720)
	const pipeline = pipelineOf(part.meter)
	for (const line of recording.lines) {
		const reading = only(await feed(pipeline, line, from + line.t))
		assert.is(reading.issues, undefined, reading.time)
		await pipeline.idle(from + line.t + 2000)
	}
})

test('readings of the past are those that the telegrams would have given', async () => {
	const now = localInstant('2026-11-28', 9.3)
	for (const part of parts) {
		const simulated = await simulatedOf(part, now - 2 * DAY)
		const moment = simulated.house.at(now)
		const real = only(await pipelineOf(part.meter).push(simulated.telegrams.write(moment), now))
		const past = readingOf(simulated, moment)
		const { received, session, seq, ...fields } = past
		assert.is(invalid('reading', past), '')
		for (const [name, value] of Object.entries(fields)) assert.equal(real[name as keyof Reading], value, `${part.meter.name}: ${name}`)
	}
})

test('fills a history with thirty days, oldest first, and joins what comes live', async () => {
	const now = localInstant('2026-11-10', 18.61)
	const since = pastBegin(now)
	assert.is(since, localInstant('2026-10-11', 0), 'thirty days and the hour that stands twice before today')
	const meters = await Promise.all(parts.map((part) => simulatedOf(part, since - DAY)))
	let flushed = 0
	const given = new Map<string, Reading[]>()
	await fillPast(meters, since, now, {
		add(reading, { timezone }) {
			assert.is(timezone, 'Europe/Zurich')
			const readings = given.get(reading.meter) ?? []
			readings.push(reading)
			given.set(reading.meter, readings)
		},
		flush: () => void flushed++,
	})
	assert.ok(flushed >= 30 * parts.length, 'it is written between')
	assert.equal(
		[...given.keys()],
		parts.map(({ meter }) => meter.name),
	)
	for (const { house, meter } of meters) {
		const readings = given.get(meter.name) ?? []
		const [first, last] = [readings[0], readings.at(-1)]
		if (!first || !last) throw new Error('no readings')
		assert.is(Date.parse(first.time), since)
		assert.ok(now - Date.parse(last.time) < 60_000, last.time)
		const quarters = new Set(readings.map(({ time }) => Date.parse(time)).filter((time) => time % 900_000 === 0))
		assert.is(quarters.size, Math.floor((now - since) / 900_000) + 1, 'every quarter-hour')
		for (const [place, reading] of readings.entries()) {
			const before = readings[place - 1]
			if (!before) continue
			const hours = (Date.parse(reading.time) - Date.parse(before.time)) / 3_600_000
			assert.ok(hours > 0)
			const net = ({ energy_import = 0, energy_export = 0 }: Reading) => energy_import - energy_export
			// Two Wh are lost where counters are cut off.
			const rise = net(reading) - net(before)
			assert.ok(Math.abs(rise - hours * (reading.power_net ?? 0)) <= 2.1, `${rise} Wh and ${reading.power_net} W at ${reading.time}`)
			assert.ok((reading.energy_import ?? 0) >= (before.energy_import ?? 0) && (reading.energy_export ?? 0) >= (before.energy_export ?? 0))
		}
		assert.ok(house.at(now + 5000).energyImport >= (last.energy_import ?? 0))
	}
})

test('a fill that is aborted ends at once', async () => {
	const now = localInstant('2026-11-28', 18)
	const meters = await Promise.all(parts.map((part) => simulatedOf(part, now - 30 * DAY)))
	const stop = new AbortController()
	let count = 0
	await fillPast(meters, now - 30 * DAY, now, { add: () => void (++count === 10 && stop.abort()) }, stop.signal)
	assert.is(count, 10)
})

test.run()
