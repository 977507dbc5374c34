import * as assert from 'uvu/assert'
import { Receipts } from '../../engine/mqtt/receipts.ts'
import { suite } from '../support/suite.ts'

const test = suite('receipts')

test('acknowledges in order, each when nothing of it is waited for, and none of a lost connection', () => {
	const sent: number[] = []
	const pending = new Receipts((id) => sent.push(id))
	const [one, two] = [pending.take(1), pending.take(2)]
	for (const each of [one, two]) each.hold()
	one.release()
	two.release()
	two.release()
	assert.equal(sent, [])
	one.release()
	assert.equal(sent, [1, 2])
	const third = pending.take(3)
	third.hold()
	third.release()
	pending.lost()
	// The same message again: behind what was made of it the first time.
	pending.take(1).release()
	assert.equal(sent, [1, 2])
	third.release()
	assert.equal(sent, [1, 2, 1])
})

test('keeps the order of thousands that are released in any, and says when too much is held', () => {
	const sent: number[] = []
	const full: boolean[] = []
	const pending = new Receipts(
		(id) => sent.push(id),
		(isFull) => full.push(isFull),
	)
	const taken = Array.from({ length: 5000 }, (_, at) => pending.take(at + 1))
	assert.equal([full, pending.full()], [[true], true])
	for (let at = 0; at < 5000; at++) taken[(at * 1301) % 5000]?.release()
	assert.equal(
		sent,
		taken.map((_, at) => at + 1),
	)
	assert.equal([full, pending.full()], [[true, false], false])
})

test.run()
