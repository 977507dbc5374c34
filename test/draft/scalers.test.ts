import * as assert from 'uvu/assert'
import { guessScalers } from '../../engine/draft/scalers.ts'
import { registerOf } from '../../engine/telegram/register.ts'
import { suite } from '../support/suite.ts'

const test = suite('scalers')

test('guesses the scalers of the meters that are known', () => {
	const list = (values: Record<string, number>) => [
		{
			kind: 'telegram' as const,
			application: 'dlms' as const,
			auth: 'none' as const,
			sequence: [],
			registers: Object.entries(values).map(([obis, raw]) => registerOf(obis, { kind: 'number', raw })),
		},
	]
	const scalers = (values: Record<string, number>) =>
		Object.fromEntries(guessScalers(list(values)).map(({ code, scaler, sure }) => [code, [scaler, sure]]))
	// E570 behind transformers: currents in A.
	assert.equal(
		scalers({
			'1-0:1.7.0': 258_874,
			'1-0:32.7.0': 229,
			'1-0:31.7.0': 400,
			'1-0:52.7.0': 230,
			'1-0:51.7.0': 390,
			'1-0:72.7.0': 231,
			'1-0:71.7.0': 380,
		}).A,
		[0, true],
	)
	// Omnipower: power factor of two digits.
	assert.equal(scalers({ '1-1:13.7.0': 83 }).power_factor, [-2, true])
	assert.equal(scalers({ '1-1:13.7.0': 941 }).power_factor, [-3, true])
	assert.equal(scalers({ '1-1:13.7.0': 0 }).power_factor, [-3, false])
	assert.equal(scalers({ '1-0:14.7.0': 4998 })['14.7.0'], [-2, true])
	assert.equal(guessScalers([]), [])
})

test.run()
