import * as assert from 'uvu/assert'
import { digitsOff, Slope } from '../../engine/pipeline/slope.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { suite } from '../support/suite.ts'

const test = suite('slope')

/** The issues of a meter with a steady power (W) whose counter (Wh) counts `times` as much, every so many seconds, its counter in every `nth` reading. */
function issues(times: number, { power = 2000, seconds = 10, readings = 500, nth = 1 } = {}): string[] {
	const slope = new Slope()
	const found: string[] = []
	for (let at = 0; at < readings; at++) {
		const wobble = power * (1 + 0.4 * Math.sin(at))
		const count = Math.floor((100_000 + (power * at * seconds * times) / 3600) / 1)
		const reading = { power_import: Math.round(wobble), ...(at % nth === 0 && { energy_import: count }) }
		const issue = slope.take(reading as unknown as Reading, at * seconds * 1000, 'x')
		if (issue) found.push(`${issue.code} ${issue.field}: ${issue.detail}`)
	}
	return found
}

test('says once that a counter and the power differ by a power of ten', () => {
	assert.equal(issues(1), [])
	for (const [times, said] of [
		[10, '10 times too much'],
		[0.1, '10 times too little'],
		[0.001, '1000 times too little'],
		[100, '100 times too much'],
	] as const) {
		const found = issues(times, { readings: 5000 })
		assert.is(found.length, 1, `${times}`)
		assert.match(found[0] ?? '', said)
	}
})

test('compares a counter that comes once an hour, too', () => {
	assert.is(issues(0.1, { nth: 360, readings: 1500, power: 12_000 }).length, 1)
	assert.equal(issues(1, { nth: 360, readings: 1500, power: 12_000 }), [])
})

test('says nothing where it cannot know', () => {
	assert.equal(issues(3), [], 'no power of ten')
	assert.equal(issues(0.1, { seconds: 900, readings: 300 }), [], 'a power every quarter of an hour')
	assert.equal(issues(10, { power: 0 }), [])
})

test('tells by how many powers of ten a counter is off, for points that are many enough', () => {
	const points = (times: number, count: number) =>
		Array.from({ length: count }, (_, at) => ({ at: at * 10_000, count: Math.floor((2000 * at * 10 * times) / 3600), power: 2000 }))
	for (const [times, digits] of [
		[1, 0],
		[10, 1],
		[0.01, -2],
		[3, undefined],
	] as const)
		assert.is(digitsOff(points(times, 5000)), digits, `${times}`)
	assert.is(digitsOff(points(10, 15)), undefined)
	assert.is(digitsOff([]), undefined)
})

test.run()
