import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { RateLimit } from '../../engine/mqtt/rate-limit.ts'
import { stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('pace')

test('lets the first ones pass, and then one in a pause; the last is not forgotten', async () => {
	const pause = stretched(60)
	let done = 0
	const pace: RateLimit = new RateLimit(pause, () => work(), 3)
	const work = () => {
		if (pace.may()) done++
	}
	for (let i = 0; i < 3000; i++) work()
	assert.is(done, 3)
	await sleep(pause * 1.7)
	assert.is(done, 4)
	assert.is(pace.stop(), false, 'nothing is due')
	// On a busy machine the sleep may have been longer and earned more: they are taken until one has to wait.
	let before: number
	do {
		before = done
		work()
	} while (done > before)
	assert.is(pace.stop(), true)
	await sleep(pause * 1.5)
	assert.is(done, before)
})

test.run()
