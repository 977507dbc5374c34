import * as assert from 'uvu/assert'
import { formerShard, shard } from '../../engine/mqtt/shards.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { suite } from '../support/suite.ts'

const test = suite('topics')

test('names the topics of design.md, and a shard by FNV-1a', () => {
	const names = topics('cii', 'main')
	assert.is(names.meter('house', 'reading'), 'cii/house/reading')
	assert.is(names.profile('ekz-e450'), 'cii/bridge/main/profiles/ekz-e450')
	// FNV-1a of "a" is E40C292C, of "foobar" BF9CF968 (the algorithm's published test vectors); modulo 1024, and 64 until version 0.2.
	assert.equal([shard('a'), formerShard('a')], [String(0xe40c292c % 1024).padStart(4, '0'), String(0xe40c292c % 64).padStart(2, '0')])
	assert.equal(
		[shard('foobar'), formerShard('foobar')],
		[String(0xbf9cf968 % 1024).padStart(4, '0'), String(0xbf9cf968 % 64).padStart(2, '0')],
	)
	assert.equal([names.raw('a'), names.formerRaw('a')], [`cii/raw/${shard('a')}/a`, `cii/raw/${formerShard('a')}/a`])
})

test.run()
