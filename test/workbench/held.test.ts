import * as assert from 'uvu/assert'
import { Held } from '../../engine/workbench/held.ts'
import { suite } from '../support/suite.ts'

const test = suite('telegrams that somebody looks at')

const KEYS = { encryption: new Uint8Array(16) }

/** The last telegrams of a meter: each with its id, one in so many seconds. */
const live = (ids: number[]) => ({
	lines: ids.map((id, place) => ({ t: 1000 * place, hex: `0${id % 10}` })),
	ids: ids.map(String),
	keys: KEYS,
})

test('keeps the one that was asked for when its meter has sent more, before those of now', () => {
	const held = new Held()
	assert.equal(held.with('house', '2', live([1, 2, 3])), live([1, 2, 3]), 'it is still there')
	const later = held.with('house', '2', live([4, 5, 6]))
	assert.equal(later.ids, ['2', '4', '5', '6'])
	assert.equal(
		later.lines.map((line) => ('hex' in line ? line.hex : '')),
		['02', '04', '05', '06'],
	)
	const times = later.lines.map(({ t }) => t)
	assert.is(times[0], 0)
	assert.ok(
		times.every((t, place) => place === 0 || t > (times[place - 1] ?? 0)),
		`${times}`,
	)
	assert.equal(later.keys, KEYS)
	assert.equal(held.with('house', '2', live([7])).ids, ['2', '7'], 'and again')
})

test('keeps nothing that nobody asked for, and nothing of another meter', () => {
	const held = new Held()
	held.with('house', '2', live([1, 2, 3]))
	assert.equal(held.with('house', '1', live([4, 5])), live([4, 5]))
	assert.equal(held.with('cellar', '2', live([4, 5])), live([4, 5]))
})

test('keeps all messages that made one telegram', () => {
	const held = new Held()
	const message = (t: number, payload: string) => ({ t, topic: 'a', payload })
	const first = { lines: [message(0, '1'), message(1, '2'), message(2, '3')], ids: ['1', '', '2'], keys: {} }
	held.with('plug', '2', first)
	const later = held.with('plug', '2', { lines: [message(0, '9')], ids: ['9'], keys: {} })
	assert.equal(later.ids, ['', '2', '9'])
	assert.equal(
		later.lines.map((line) => ('payload' in line ? line.payload : '')),
		['2', '3', '9'],
	)
	assert.equal(
		later.lines.slice(0, 2).map(({ t }) => t),
		[0, 1],
	)
})

test('keeps eight: the one that was asked for longest ago goes', () => {
	const held = new Held()
	const ids = Array.from({ length: 9 }, (_, at) => at + 1)
	for (const id of ids) held.with('house', String(id), live(ids))
	assert.equal(held.with('house', '1', live([20])).ids, ['20'])
	assert.equal(held.with('house', '2', live([20])).ids, ['2', '20'])
})

test.run()
