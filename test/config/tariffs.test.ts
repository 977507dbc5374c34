import * as assert from 'uvu/assert'
import { parseConfig } from '../../engine/config/config.ts'
import { suite } from '../support/suite.ts'

const test = suite('config/tariffs')

/** Lists the faults of tariffs, each with its place. */
function faultsOf(...tariffs: object[]): string[] {
	const found = parseConfig('config.json', JSON.stringify({ mqtt: { embedded: {} }, meters: [], tariffs }, undefined, 1))
	return Array.isArray(found) ? found.map(({ message }) => message) : []
}

test('takes tariffs as the examples have them', () => {
	const windows = [
		{ days: 'mo-fr', hours: '07:00-20:00', import: 0.33 },
		{ hours: '22:00-06:00', months: '10-3', export: -0.01 },
		{ hours: '20:00-24:00', import: 0.2 },
	]
	assert.equal(faultsOf({ from: '2026-01-01', currency: 'CHF', import: 0.29, windows }, { from: '2024-02-29', currency: 'EUR' }), [])
})

test('refuses days that no calendar has, hours behind midnight, and windows without a price', () => {
	assert.match(faultsOf({ from: '2026-02-31', currency: 'CHF' }).join(), /2026-02-31 is no day/)
	assert.match(faultsOf({ from: '2026-13-01', currency: 'CHF' }).join(), /2026-13-01 is no day/)
	const windows = [{ hours: '20:00-24:30', import: 0.2 }, { hours: '20:00-21:00' }]
	assert.match(faultsOf({ from: '2026-01-01', currency: 'CHF', windows }).join(), /ends at 24:00.*without a price/)
})

test.run()
