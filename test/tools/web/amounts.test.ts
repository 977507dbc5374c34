import * as assert from 'uvu/assert'
import type { Bar } from '../../../schema/types/api.ts'
import { amountOf, channelsOf, isWhole, shapesOf } from '../../../tools/web/src/data/amounts.ts'
import { suite } from '../../support/suite.ts'

const test = suite('amounts on the page')

const bar = (more: Partial<Bar>): Bar => ({ start: '2026-11-28T00:00:00Z', end: '2026-11-29T00:00:00Z', complete: true, ...more })

test('takes gas for whole or not by its own counter, whatever is known of electricity', () => {
	const bars = [
		bar({ complete: false, import: 10, channels: { 1: { volume: 2 } } }),
		bar({ import: 20, channels: { 1: { volume: 1, complete: false } } }),
	]
	assert.equal(channelsOf(bars), ['1.volume'])
	assert.equal(
		shapesOf(bars, '1.volume').map(({ up, partly }) => [up, partly]),
		[
			[2, false],
			[1, true],
		],
	)
	assert.equal(
		shapesOf(bars, undefined).map(({ up, partly }) => [up, partly]),
		[
			[10, true],
			[20, false],
		],
	)
})

test('knows nothing of a channel that a bar does not have', () => {
	assert.is(amountOf(bar({ import: 3 }), '2.energy'), undefined)
	assert.ok(isWhole(bar({}), '2.energy'))
})

test.run()
