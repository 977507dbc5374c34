import * as assert from 'uvu/assert'
import { fits, topicPattern } from '../../engine/mqtt/filter.ts'
import { FilterTree } from '../../engine/mqtt/filter-tree.ts'
import { seeded } from '../../tools/faults.ts'
import { suite } from '../support/suite.ts'

const test = suite('filter')

test('matches topics with named, pinned and wild levels', () => {
	const pattern = topicPattern('tele/+device/SENSOR', {})
	assert.is(pattern.filter, 'tele/+/SENSOR')
	assert.equal(pattern.match('tele/gPlug10/SENSOR'), { device: 'gPlug10' })
	for (const other of ['tele/gPlug10/LWT', 'tele/gPlug10', 'tele/a/b/SENSOR', 'x/gPlug10/SENSOR'])
		assert.is(pattern.match(other), undefined, other)
	const pinned = topicPattern('tele/+device/SENSOR', { device: 'gPlug10' })
	assert.is(pinned.filter, 'tele/gPlug10/SENSOR')
	assert.is(pinned.match('tele/gPlug11/SENSOR'), undefined)
	assert.equal(topicPattern('a/+x/#', {}).match('a/b/c/d'), { x: 'b' })
})

test('fits topics to filters, and filters to each other', () => {
	for (const [one, other, wanted] of [
		['a/+/c', 'a/b/#', true],
		['a/b', 'a/c', false],
		['#', 'x/y', true],
		['a/+', 'a/b/c', false],
		['a', 'a', true],
		['a/#', 'a/b/c', true],
		['a/+', 'a/b', true],
		['a/+', 'a/b/c', false],
		['#', 'a', true],
		['a/b', 'a', false],
		['a/#', 'a', true],
		['a/+', 'a', false],
	] as const) {
		assert.is(fits(one, other), wanted, `${one} ${other}`)
		assert.is(fits(other, one), wanted, `${other} ${one}`)
	}
})

test('finds by the tree what fits one by one, while filters come and go', () => {
	const random = seeded(19)
	const word = (words: string[]) => words[random(words.length)] as string
	const path = (words: string[]) => Array.from({ length: 1 + random(4) }, () => word(words)).join('/')
	const levels = ['a', 'b', 'c', '', '0042']
	const tree = new FilterTree<string>()
	const filters = new Set<string>()
	let found = 0
	for (let round = 0; round < 4000; round++) {
		const filter = random(4) === 0 ? `${random(3) === 0 ? '' : `${path([...levels, '+'])}/`}#` : path([...levels, '+'])
		if (filters.delete(filter)) tree.delete(filter)
		else {
			filters.add(filter)
			tree.set(filter, filter)
		}
		const topic = path(levels)
		const wanted = [...filters].filter((one) => fits(one, topic)).sort()
		assert.equal(tree.fitting(topic).sort(), wanted, topic)
		found += wanted.length
	}
	assert.ok(found > 20_000, `${found}`)
	for (const filter of filters) tree.delete(filter)
	for (const topic of levels) {
		assert.equal(tree.fitting(topic), [])
		assert.is(tree.looks, 1, 'nothing is left of them')
	}
})

test.run()
