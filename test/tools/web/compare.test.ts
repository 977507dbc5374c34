import * as assert from 'uvu/assert'
import type { Stage } from '../../../tools/web/src/api/types.ts'
import { differenceOf, sameStage } from '../../../tools/web/src/workbench/compare.ts'
import { suite } from '../../support/suite.ts'

const test = suite('comparing two telegrams')

/** A stage of pieces one after the other: bytes as hex, and what they mean; `#` begins a value. */
function stageOf(...pieces: [hex: string, text: string][]): Stage {
	const notes: Stage['notes'] = []
	let at = 0
	for (const [hex, text] of pieces) {
		notes.push({ at, length: hex.length / 2, text: text.replace('#', ''), layer: text.startsWith('#') ? 'value' : 'application' })
		at += hex.length / 2
	}
	return { stage: 'message', hex: pieces.map(([hex]) => hex).join(''), notes }
}

test('marks the bytes of a value that changed, and says what it was', () => {
	const now = stageOf(['0202', 'list of 2'], ['060001', '#number: 1'], ['12FF', '#number: 255'])
	const before = stageOf(['0202', 'list of 2'], ['060001', '#number: 1'], ['12FE', '#number: 254'])
	const { bytes, was } = differenceOf(now, before)
	assert.equal([...bytes], [6])
	assert.equal([...was], [[2, 'number: 254']])
	assert.is(differenceOf(now, now).bytes.size, 0)
})

test('marks what is new, and nothing behind it, although all behind it moved', () => {
	const head: [string, string] = ['0203', 'list of 3']
	const power: [string, string] = ['0100010700FF', 'octets: OBIS 1-0:1.7.0']
	const energy: [string, string] = ['0100010800FF', 'octets: OBIS 1-0:1.8.0']
	const now = stageOf(head, power, ['06AA', '#number: 170'], energy, ['06BB', '#number: 187'])
	const before = stageOf(['0202', 'list of 2'], energy, ['06BB', '#number: 187'])
	assert.equal([...differenceOf(now, before).bytes], [1, 2, 3, 4, 5, 6, 7, 8, 9])
	assert.equal([...differenceOf(before, now).bytes], [1], 'what is missing marks the count only')
})

test('compares lines of a text that became longer', () => {
	const now = stageOf(['3128313029', '#1-0:1.7.0(10)'], ['3228313029', '#1-0:2.7.0(10)'])
	const before = stageOf(['31283929', '#1-0:1.7.0(9)'], ['3228313029', '#1-0:2.7.0(10)'])
	const { bytes, was } = differenceOf(now, before)
	assert.equal([...bytes], [2, 3, 4])
	assert.equal([...was], [[0, '1-0:1.7.0(9)']])
})

test('compares a long stage place by place, and in a moment', () => {
	const many = (count: number, last: string) =>
		stageOf(...Array.from({ length: count }, (_, place): [string, string] => ['06AA', place % 2 ? `#number: ${place}` : `list ${last}`]))
	const began = performance.now()
	differenceOf(many(4000, 'a'), many(3999, 'b'))
	assert.ok(performance.now() - began < 2000)
})

test('finds the same step of the other telegram by its name and number', () => {
	const [frame, again, rest] = [stageOf(['01', 'a']), stageOf(['02', 'b']), { ...stageOf(['03', 'c']), stage: 'rest' }]
	assert.is(sameStage([frame, rest, again], 2, [frame, again, rest]), again)
	assert.is(sameStage([frame, rest], 1, [frame, again, rest]), rest)
	assert.is(sameStage([frame, again], 1, [frame]), undefined)
})

test.run()
