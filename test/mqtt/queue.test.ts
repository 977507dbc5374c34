import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as assert from 'uvu/assert'
import { Queue } from '../../engine/mqtt/queue.ts'
import { seeded } from '../../tools/faults.ts'
import { suite } from '../support/suite.ts'

const test = suite('queue')

test('does what an array does', () => {
	const random = seeded(7)
	const [queue, wanted] = [new Queue<number>(), [] as number[]]
	for (let round = 0; round < 30_000; round++) {
		const what = random(round % 10_000 < 5000 ? 5 : 9)
		if (what < 3) wanted.push(round) && queue.push(round)
		else if (what === 3) {
			const place = random(Math.min(3, wanted.length + 1))
			wanted.splice(place, 0, -round)
			queue.insert(place, -round)
		} else assert.is(queue.shift(), wanted.shift())
		assert.equal([queue.size, queue.at(), queue.at(2)], [wanted.length, wanted[0], wanted[2]])
	}
	const all: number[] = []
	queue.each((one) => all.push(one))
	assert.equal(all, wanted)
})

test('keeps nothing of what was taken: a message may have megabytes', async () => {
	setFlagsFromString('--expose-gc')
	const collect = runInNewContext('gc') as () => void
	const queue = new Queue<object>()
	const taken = Array.from({ length: 100 }, () => {
		const message = {}
		queue.push(message)
		return new WeakRef(message)
	})
	for (let one = 0; one < 100; one++) queue.shift()
	await turn()
	collect()
	assert.is(taken.filter((one) => one.deref()).length, 0)
	assert.is(queue.size, 0)
})

test.run()
