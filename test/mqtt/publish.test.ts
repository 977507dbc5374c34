import * as assert from 'uvu/assert'
import { emptyState, merge, stateMessage } from '../../engine/meter/state.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('publish')

const reading = (time: string, more: object): Reading => ({
	schema: 'cii.reading/1',
	meter: 'house',
	id: 'X1',
	time,
	time_source: 'meter',
	received: '2026-05-04T09:39:22.412Z',
	session: '2026-05-04T08:00:00.000Z',
	seq: 1,
	auth: 'none',
	profile: 'x@1.0.0',
	...more,
})

test('merges readings into a state, and dates what is older', () => {
	const [early, late] = ['2026-05-04T11:39:21+02:00', '2026-05-04T11:39:26+02:00']
	const first = merge(
		emptyState,
		reading(early, {
			power_import: 1,
			power_export: 0,
			power_net: 1,
			extra: { a: 1 },
			submeters: { 1: { volume: 2 } },
			issues: [{ field: 'x', code: 'y', detail: 'z' }],
		}),
	)
	const second = merge(first, reading(late, { power_import: 5, extra: { b: 2 } }))
	const message = stateMessage(second)
	assert.is(invalid('reading', message), '')
	assert.equal([message.power_import, message.power_net, message.extra, message.submeters], [5, 1, { a: 1, b: 2 }, { 1: { volume: 2 } }])
	assert.equal(message.times, { power_export: early, power_net: early, 'extra.a': early, 'submeters.1': early })
	assert.is(message.issues, undefined)
	assert.is(stateMessage(first).times, undefined)
})

test.run()
