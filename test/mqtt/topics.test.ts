import * as assert from 'uvu/assert'
import { shard, shardsOf, topics } from '../../engine/mqtt/topics.ts'
import { suite } from '../support/suite.ts'

const test = suite('topics')

test('reads shards, and refuses what are none', () => {
	assert.is(shardsOf()?.size, 64)
	assert.equal([...(shardsOf('00-02,40,7') ?? [])], ['00', '01', '02', '40', '07'])
	for (const none of ['64', '5-3', '', '1-', 'x']) assert.is(shardsOf(none), undefined, none)
})

test('names the topics of design.md, and a shard by FNV-1a', () => {
	const names = topics('cii', 'main')
	assert.is(names.meter('house', 'reading'), 'cii/house/reading')
	assert.is(names.profile('ekz-e450'), 'cii/bridge/main/profiles/ekz-e450')
	// FNV-1a of "a" is E40C292C, of "foobar" BF9CF968 (the algorithm's published test vectors); modulo 64.
	assert.is(shard('a'), String(0xe40c292c % 64).padStart(2, '0'))
	assert.is(shard('foobar'), String(0xbf9cf968 % 64).padStart(2, '0'))
	assert.is(names.raw('a'), `cii/raw/${shard('a')}/a`)
})

test.run()
