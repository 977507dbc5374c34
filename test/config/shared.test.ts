import * as assert from 'uvu/assert'
import { type LoadedConfig, parseConfig } from '../../engine/config/config.ts'
import { inputFindings } from '../../engine/config/shared.ts'
import type { Transport } from '../../engine/transport/port.ts'
import { suite } from '../support/suite.ts'

const test = suite('inputs of a config')

/** What is found of meters with these transports. */
function found(transports: Transport[]) {
	const meters = transports.map((transport, place) => ({ name: `m${place}`, profile: 'dsmr', transport: { ...transport } }))
	const config = parseConfig('cii2mqtt.json', JSON.stringify({ mqtt: { embedded: {} }, meters })) as LoadedConfig
	return inputFindings(meters.map((entry, place) => ({ entry, place, config, transport: entry.transport })))
}

test('each meter that shares an input is told once, of the first that reads it', () => {
	const tcp: Transport = { kind: 'tcp', host: 'bridge', port: 3000 }
	const messages = found([tcp, tcp, tcp, { ...tcp, port: 3001 }, tcp]).map(({ message }) => message)
	assert.equal(
		messages,
		['m1', 'm2', 'm4'].map((name) => `${name} and m0 both read bridge:3000`),
	)
})

test('a topic with a wildcard shares those that fit it, whichever comes first', () => {
	const open: Transport = { kind: 'mqtt', topic: 'tele/+device/SENSOR', identity: 'device' }
	const one: Transport = { kind: 'mqtt', topic: 'tele/a/SENSOR' }
	for (const pair of [
		[open, one],
		[one, open],
	])
		assert.is(found(pair).length, 1)
	assert.is(found([open, { kind: 'mqtt', topic: 'other/a/SENSOR' }]).length, 0)
})

test('four times as many meters take about four times as long', () => {
	const ports = (count: number) => Array.from({ length: count }, (_, at): Transport => ({ kind: 'tcp', host: 'bridge', port: 1 + at }))
	const topics = (count: number) => Array.from({ length: count }, (_, at): Transport => ({ kind: 'mqtt', topic: `meters/${at}` }))
	for (const made of [ports, topics]) {
		const took = (count: number) => {
			const meters = made(count).map((transport, place) => ({ name: `m${place}`, profile: 'dsmr', transport: { ...transport } }))
			const config = parseConfig('cii2mqtt.json', '{ "mqtt": { "embedded": {} }, "meters": [] }') as LoadedConfig
			const inputs = meters.map((entry, place) => ({ entry, place, config, transport: entry.transport }))
			const started = performance.now()
			assert.is(inputFindings(inputs).length, 0)
			return performance.now() - started
		}
		took(4000)
		const ratios = [1, 2, 3].map(() => took(16_000) / took(4000)).sort((a, b) => a - b)
		assert.ok((ratios[1] ?? 0) < 10, `${ratios}`)
	}
})

test.run()
