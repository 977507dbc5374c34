import * as assert from 'uvu/assert'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { compileOutput } from '../../engine/output/output.ts'
import { Owners } from '../../engine/output/ownership.ts'
import { RunningOutput } from '../../engine/output/running.ts'
import type { Last } from '../../engine/output/scope.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { connectionTo } from '../support/connection.ts'
import { suite } from '../support/suite.ts'

const test = suite('running output')

/** A built-in output that runs, what it has sent, and `take` for a meter's reading. */
function running(name: string, choice = {}) {
	const output = compileOutput(name, readLibrary([builtinProfiles]))
	if (Array.isArray(output)) throw new Error(JSON.stringify(output))
	const sent: OutMessage[] = []
	const delivery = {
		connection: connectionTo(sent),
		owners: new Owners(undefined, () => undefined),
		occupied: { inputs: [], written: [] },
		topics: topics('cii', 'main'),
		bridge: { instance: 'main', version: '0' },
	}
	const one = new RunningOutput({ ...output, choice }, delivery, () => undefined)
	const take = async (meter: string, id: string, received: string, values: object = { power_import: 5 }) => {
		const reading = { schema: 'cii.reading/1', meter, id, time: received, received, ...values } as unknown as Reading
		const last: Last = {
			view: { name: meter, meter: {}, profile: { name: 'x', label: 'x', title: 'x', interval: 5 } },
			reading,
			state: reading,
		}
		return (await one.reading(last)).map(({ detail }) => detail)
	}
	return { sent, take, one }
}

const [AT, LATER, BEFORE] = ['2026-11-28T10:00:00.000Z', '2026-11-28T10:00:05.000Z', '2026-11-28T09:00:00.000Z']

test('tells two meters of one id apart: the second is named, and does not mix with the first', async () => {
	for (const name of ['hackday', 'rl-dsp']) {
		const { sent, take } = running(name)
		assert.equal(await take('a', '1', AT), [])
		assert.match((await take('b', '1', AT)).join(), /^b is not published: a has the same id/)
		// Other fields under the same id mix as well.
		assert.match((await take('b', '1', AT, { voltage_l1: 230 })).join(), /^b is not published/, name)
		// An id that becomes the same level of a topic.
		await take('c', 'x/y', AT)
		assert.match((await take('d', 'x#y', AT)).join(), /^d is not published: c has the same id/)
		assert.equal(await take('b', '2', LATER), [])
		assert.is(sent.length, 3)
	}
	const { sent, take, one } = running('values')
	assert.equal([...(await take('a', '1', AT)), ...(await take('b', '1', AT))], [], 'topics by the name of the meter do not mix')
	assert.is(sent.length, 2)
	one.forget('a')
	const free = running('rl-dsp')
	await free.take('a', '1', AT)
	free.one.forget('a')
	assert.equal(await free.take('b', '1', LATER), [])
})

test('goes on when the clock was set back, and keeps its interval', async () => {
	const { sent, take } = running('rl-dsp', { interval: 60 })
	for (const [received, count] of [
		[AT, 1],
		[LATER, 1],
		[BEFORE, 2],
		['2026-11-28T09:00:05.000Z', 2],
		['2026-11-28T09:01:00.000Z', 3],
		[LATER, 4],
	] as const) {
		await take('a', '1', received)
		assert.is(sent.length, count, received)
	}
})

test.run()
