import * as assert from 'uvu/assert'
import type { Expression } from '../../engine/jsonata/expression.ts'
import { type CompiledRegisters, registersOf } from '../../engine/output/registers.ts'
import { suite } from '../support/suite.ts'

const test = suite('registers')

const giving = (value: number | undefined): Expression => ({
	ast: { type: 'value' },
	evaluate: () => (value === undefined ? {} : { value }),
})

test('gives no value as 0: not one that is absent, nor words that no register has', async () => {
	const registers: CompiledRegisters['registers'] = [
		{ at: 0, type: 'float32', words: 2, value: giving(1.5) },
		{ at: 6, type: 'float32', words: 2, value: giving(undefined) },
		{ at: 8, type: 'int16', words: 1, value: giving(undefined) },
		{ at: 10, type: 'acc32', words: 2, value: giving(70_000) },
	]
	const all = { port: 502, unit: 1, functions: [4], available: giving(1), registers }
	const { words } = await registersOf(all, (value) => value.evaluate({ values: {}, functions: {} }))
	const written = [...words].map((word) => word.toString(16).padStart(4, '0')).join(' ')
	assert.is(written, '3fc0 0000 7fc0 0000 7fc0 0000 7fc0 0000 8000 8000 0001 1170')
})

test('gives a counter of SunSpec that is absent as its standard says: 0 is nothing counted', async () => {
	const registers: CompiledRegisters['registers'] = [{ at: 0, type: 'acc32', words: 2, value: giving(undefined) }]
	const all = { port: 502, unit: 1, functions: [3], available: giving(1), registers }
	assert.equal([...(await registersOf(all, (value) => value.evaluate({ values: {}, functions: {} }))).words], [0, 0])
})

test.run()
