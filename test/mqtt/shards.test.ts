import * as assert from 'uvu/assert'
import { anyLevel, formerShard, levelsOf, PARTS, partOf, shard, shardsOf } from '../../engine/mqtt/shards.ts'
import { suite } from '../support/suite.ts'

const test = suite('shards')
const names = Array.from({ length: 500 }, (_, place) => `meter${place}`)
const all = shardsOf() ?? new Set()

test('reads shards, and refuses texts that name none', () => {
	assert.is(all.size, 1024)
	assert.equal([...(shardsOf('0000-0002,0400') ?? [])], ['0000', '0001', '0002', '0400'])
	for (const none of ['1024', '0005-0003', '00-0511', '0000-', '000', '64', '5-3', '', '1-', 'x'])
		assert.is(shardsOf(none), undefined, none)
})

test('takes shards of version 0.2 for the same meters as version 0.2 did', () => {
	assert.is(shardsOf('00-63')?.size, 1024)
	const found = shardsOf('00-20,7,40') ?? new Set()
	for (const name of names) {
		const former = Number(formerShard(name))
		assert.is(found.has(shard(name)), former <= 20 || former === 40, name)
	}
})

test('receives each meter of its shards by both topics, and with all shards by one filter', () => {
	assert.equal([...levelsOf(all)], ['+'])
	const shards = shardsOf('0000-0511') ?? new Set()
	const levels = levelsOf(shards)
	assert.is(levels.size, 512 + 64)
	for (const name of names.filter((one) => shards.has(shard(one))))
		assert.ok(levels.has(shard(name)) && levels.has(formerShard(name)), name)
	for (const level of [...levels, '+']) assert.ok(anyLevel().includes(level), level)
})

test('has every shard of today and of version 0.2 in one part', () => {
	const parts = Array.from({ length: PARTS }, (_, part) => levelsOf(new Set([...all].filter((one) => partOf(one) === part))))
	for (const level of anyLevel().filter((one) => one !== '+')) assert.is(parts.filter((one) => one.has(level)).length, 1, level)
	assert.equal(new Set(parts.map((one) => one.size)), new Set([1024 / PARTS + 64 / PARTS]))
})

test.run()
