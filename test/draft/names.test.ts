import * as assert from 'uvu/assert'
import { readName } from '../../engine/draft/names.ts'
import { suite } from '../support/suite.ts'

const test = suite('names')

test('takes reactive values, factors and other things for no active power', () => {
	const names = (path: string[]) => readName(path)?.quantity
	for (const [name, quantity] of [
		['rEi', 'reactive energy'],
		['rPo', 'reactive power'],
		['reactive_power_in', 'reactive power'],
		['power_factor', 'factor'],
		['total_act_power', 'power'],
		['a_total_act_energy', 'energy'],
		['phase_power_current_l1', 'current'],
		['U1', 'voltage'],
		['Power_curr', 'power'],
		['apparent_power', undefined],
		['wifi_signal', undefined],
		['power_max', undefined],
		['timestamp', undefined],
		['temperature', undefined],
	] as const)
		assert.is(names([name]), quantity, name)
})

test.run()
