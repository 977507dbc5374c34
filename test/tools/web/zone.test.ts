import * as assert from 'uvu/assert'
import { local, midnight } from '../../../tools/web/src/data/zone.ts'
import { suite } from '../../support/suite.ts'

const test = suite('zones of the page')
const HOUR = 3_600_000
const hours = (zone: string, year: number, month: number, day: number) =>
	(midnight(year, month, day + 1, zone) - midnight(year, month, day, zone)) / HOUR

test('begins days by the clock of the zone, those of 23 and 25 hours among them', () => {
	assert.is(new Date(midnight(2026, 11, 28, 'Europe/Zurich')).toISOString(), '2026-11-27T23:00:00.000Z')
	assert.is(hours('Europe/Zurich', 2026, 3, 29), 23)
	assert.is(hours('Europe/Zurich', 2026, 10, 25), 25)
	assert.is(hours('Europe/Zurich', 2026, 11, 28), 24)
	assert.is(hours('Pacific/Auckland', 2026, 9, 27), 23)
	assert.is(hours('America/New_York', 2026, 11, 1), 25)
})

test('counts days over the ends of months and years', () => {
	assert.is(midnight(2026, 12, 32, 'Europe/Zurich'), midnight(2027, 1, 1, 'Europe/Zurich'))
	assert.equal(local(midnight(2028, 2, 30, 'Europe/Zurich'), 'Europe/Zurich').slice(0, 3), [2028, 3, 1])
})

test.run()
