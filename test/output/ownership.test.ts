import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { type Owner, Owners } from '../../engine/output/ownership.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('ownership')
const folder = scratch('ownership')
test.after(folder.remove)

const retained: Owner = { output: 'values', meter: 'house', announced: false, retain: true }

test('keeps what the broker keeps over a restart, and nothing else', () => {
	const file = `${folder.path}/published.json`
	const told: string[] = []
	const first = new Owners(file, (text) => told.push(text))
	first.set('a', retained)
	first.set('b', { ...retained, retain: false })
	first.set('c', retained)
	first.delete('c')
	first.announce('home-assistant', 'house', ['power_import'])
	assert.equal(first.meters(['house', 'shed']), [])
	first.flush()
	const second = new Owners(file, (text) => told.push(text))
	assert.equal(second.owner('a'), retained)
	assert.equal(
		second.topics(() => true),
		['a'],
	)
	assert.equal(second.announced('home-assistant', 'house'), ['power_import'])
	assert.equal(second.meters(['house']), ['shed'], 'a meter went while nothing ran')
	assert.equal(told, [])
})

test('reads the files of earlier versions, and puts aside what is something else', () => {
	const file = `${folder.path}/old.published.json`
	writeFileSync(file, JSON.stringify({ ledger: 1, meters: ['house'], owners: { a: retained }, announced: { 'values house': ['x'] } }))
	const told: string[] = []
	const owners = new Owners(file, (text) => told.push(text))
	assert.equal(owners.owner('a'), retained)
	assert.equal(owners.announced('values', 'house'), ['x'])
	owners.flush()
	assert.match(readFileSync(file, 'utf8'), /^\{"of":"old\.published"/)
	writeFileSync(file, '{"ledger":2}')
	const empty = new Owners(file, (text) => told.push(text))
	assert.is(empty.owner('a'), undefined)
	assert.ok(existsSync(`${file}.broken`))
	assert.match(told.join(), /what was announced before it is not cleaned up. It is kept beside/)
})

test.run()
