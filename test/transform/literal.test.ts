import * as assert from 'uvu/assert'
import { literalOf } from '../../engine/transform/literal.ts'
import { suite } from '../support/suite.ts'

const test = suite('literal')

test('makes objects of values in the order of their keys, whatever the keys are', () => {
	const keys = ['schema', 'power_import', 'a "b"\\', '0) }; throw 1 //']
	const one = literalOf<number, Record<string, number>>(keys)([1, -0, 0.1, NaN])
	assert.equal(Object.keys(one), keys)
	assert.ok(Object.is(one.power_import, -0))
	assert.ok(Object.is(one['0) }; throw 1 //'], NaN))
	assert.is(literalOf(keys), literalOf([...keys]), 'one for the same keys')
	assert.equal(literalOf([])([]), {})
})

test.run()
