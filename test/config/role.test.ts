import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { type LoadedConfig, parseConfig } from '../../engine/config/config.ts'
import { otherSessions } from '../../engine/config/current.ts'
import { chosen, ownShards, partsOf, shardFaults } from '../../engine/config/role.ts'
import { PARTS } from '../../engine/mqtt/shards.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('roles')
const folder = scratch('role')
test.after(folder.remove)

function loaded(more: object): LoadedConfig {
	const config = parseConfig(`${folder.path}/config.json`, JSON.stringify({ mqtt: { url: 'mqtt://host' }, meters: [], ...more }))
	if (Array.isArray(config)) throw new Error(config.map(({ message }) => message).join())
	return config
}
const workers = (of: number) => Array.from({ length: of }, (_, place) => ({ number: place + 1, of }))

test('gives each part, each shard and each meter to one worker, however many there are', () => {
	const meters = Array.from({ length: 200 }, (_, place) => ({ name: `meter${place}`, profile: 'dsmr' }))
	const one = loaded({ role: 'translate', shards: '0000-0511', meters })
	const all = chosen(one).config.meters.map(({ name }) => name)
	for (const of of [1, 2, 3, 7, 16]) {
		const parts = workers(of).flatMap(partsOf)
		assert.equal([parts.length, new Set(parts).size], [PARTS, PARTS])
		const shards = workers(of).flatMap((worker) => [...ownShards(one.config, worker)])
		assert.equal([shards.length, new Set(shards).size], [512, 512])
		const names = workers(of).flatMap((worker) => chosen(one, worker).config.meters.map(({ name }) => name))
		assert.equal(names.sort(), [...all].sort())
	}
})

test('gives each worker a page of its own', () => {
	const ports = (http?: object) =>
		workers(3).map((worker) => chosen(loaded({ role: 'translate', ...(http && { http }) }), worker).config.http?.port)
	assert.equal(ports({ port: 9000 }), [9000, 9001, 9002])
	assert.equal(ports({}), [8080, 8081, 8082])
	assert.equal(ports({ port: 0 }), [0, 0, 0])
	assert.equal(ports(), [undefined, undefined, undefined])
})

test('refuses shards that there are not, and workers where they have no use', () => {
	const fault = (more: object) => shardFaults(loaded(more)).map(({ code, message }) => `${code}: ${message}`)[0]
	assert.is(fault({ role: 'translate', shards: '0000-0511,0700' }), undefined)
	assert.is(fault({ role: 'translate', shards: '00-31,40', workers: 'auto' }), undefined)
	assert.is(fault({ role: 'translate', shards: '0000-1024' }), 'config/shards: "0000-1024" does not name shards')
	assert.is(fault({ shards: '0000-0511' }), 'config/shards: only a translator has shards')
	assert.is(fault({ workers: 2 }), 'config/workers: only a translator has workers')
	assert.match(fault({ role: 'translate', workers: 2, mqtt: { embedded: {} } }) ?? '', 'a process of its own')
	assert.match(fault({ role: 'translate', workers: 2, mqtt: { url: 'mqtt://host', outbox: { disk: true } } }) ?? '', 'no readings on disk')
	for (const wrong of [17, 0, 'many']) assert.throws(() => loaded({ role: 'translate', workers: wrong }), /no value for workers/)
})

test('refuses an instance whose other sessions the broker may have', () => {
	const state = `${folder.path}/state`
	const found = (more: object) => otherSessions(loaded({ role: 'translate', stateDir: 'state', ...more }), undefined).length
	const left = (name: string) => {
		rmSync(state, { recursive: true, force: true })
		mkdirSync(state)
		writeFileSync(`${state}/${name}`, '')
	}
	assert.equal([found({}), found({ workers: 2 })], [0, 0])
	left('main.memory.json')
	assert.equal([found({}), found({ workers: 2 }), found({ workers: 2, instance: 'town' })], [0, 1, 0])
	left('main.part-3.memory.json')
	assert.equal([found({}), found({ workers: 2 }), found({ instance: 'town' })], [1, 0, 0])
})

test.run()
