import * as assert from 'uvu/assert'
import { receipts } from '../../engine/mqtt/receipts.ts'
import { suite } from '../support/suite.ts'

const test = suite('receipts')

test('acknowledges in order, each when nothing of it is waited for, and none of a lost connection', () => {
	const sent: number[] = []
	const pending = receipts((messageId) => sent.push(messageId))
	const [one, two] = [pending.take(1), pending.take(2)]
	const [first, second] = [one.hold(), two.hold()]
	one.done()
	two.done()
	second()
	assert.equal(sent, [])
	first()
	first()
	assert.equal(sent, [1, 2])
	const third = pending.take(3)
	const safe = third.hold()
	third.done()
	pending.lost()
	// The same message again: behind what was made of it the first time.
	pending.take(1).done()
	assert.equal(sent, [1, 2])
	safe()
	assert.equal(sent, [1, 2, 1])
})

test.run()
