import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { zoneOf } from '../../engine/draft/zone.ts'
import { p1Telegram } from '../support/craft.ts'
import { decoded, only } from '../support/dialects.ts'
import { suite } from '../support/suite.ts'

const test = suite('zone')

/** The timezone that `new` takes for a telegram of P1. */
function zone(identification: string, lines: string[], stated?: string): string {
	const bytes = p1Telegram(identification, lines)
	const { timezone, assumed } = zoneOf([concat([bytes])], [only(decoded('p1', 'p1', bytes))], stated)
	return assumed ? `${timezone}, assumed` : timezone
}

test('takes the timezone from what the telegrams show', () => {
	const power = '1-0:1.7.0(00.250*kW)'
	assert.is(zone('FLU5\\253770234_A', [power]), 'Europe/Brussels')
	assert.is(zone('XYZ5', ['0-0:96.1.4(50215)', power]), 'Europe/Brussels')
	assert.is(zone('Lux5\\253663629_D', [power]), 'Europe/Luxembourg')
	assert.is(zone('ESO5\\VMM', [power]), 'Europe/Vilnius')
	assert.is(zone('XYZ5', ['0-0:96.1.1(31454D4830303035303132333435)', power]), 'Europe/Berlin', '1EMH0005012345: DIN 43863-5')
	assert.is(zone('XYZ5', ['0-0:1.0.0(210729140950W)', power]), 'Europe/Stockholm')
	assert.is(zone('XYZ5', ['0-0:1.0.0(210129140950W)', power]), 'Europe/Zurich, assumed', 'in winter it says nothing')
	assert.is(zone('FLU5', [power], 'Europe/Helsinki'), 'Europe/Helsinki', 'what the user says holds')
})

test.run()
