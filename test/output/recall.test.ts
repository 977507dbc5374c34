import * as assert from 'uvu/assert'
import { topics } from '../../engine/mqtt/topics.ts'
import { compileOutput } from '../../engine/output/output.ts'
import { Owners } from '../../engine/output/ownership.ts'
import { believed } from '../../engine/output/recall.ts'
import { type Shape, shapeOf } from '../../engine/output/shape.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { suite } from '../support/suite.ts'

const test = suite('recall')

const library = readLibrary([builtinProfiles])
const publisher = { topics: topics('cii', 'main'), bridge: { instance: 'main', version: '1.0.0' } }

function shape(name: string): Promise<Shape | undefined> {
	const output = compileOutput(name, library)
	return Array.isArray(output) ? Promise.resolve(undefined) : shapeOf({ ...output, choice: {} }, publisher)
}

const owner = (output: string, meter: string, more = {}) => ({ output, meter, announced: true, retain: true, ...more })
const content = (owners: object, more = {}) => JSON.stringify({ ledger: 1, meters: [], owners, announced: {}, ...more })

test('knows the topics that an output could have written, whatever the meter and its fields are', async () => {
	const [assistant, values, hackday] = [await shape('home-assistant'), await shape('values'), await shape('hackday')]
	assert.is(assistant?.('homeassistant/device/cii_LGZ1030653520967/config', 'house'), true)
	assert.is(assistant?.('homeassistant/device/cii2mqtt_main/config', ''), true)
	for (const topic of [
		'homeassistant/device/other/config',
		'homeassistant/device/cii_a/b/config',
		'homeassistant/status',
		'cii/house/state',
	])
		assert.is(assistant?.(topic, 'house'), false, topic)
	assert.is(assistant?.('homeassistant/device/cii2mqtt_other/config', ''), false)
	assert.is(values?.('cii/house/values/power_import', 'house'), true)
	assert.is(values?.('cii/house/values/submeters_1_volume', 'house'), true)
	assert.is(values?.('cii/house/values/power_import', 'shed'), false, 'of another meter')
	assert.is(values?.('cii/house/values/colour', 'house'), false)
	assert.is(typeof hackday, 'function')
})

test('takes over of what the broker hands over only what it could have written itself', async () => {
	const right = 'homeassistant/device/cii_X1/config'
	const found = await believed(
		content(
			{
				[right]: owner('home-assistant', 'house'),
				'zigbee2mqtt/lamp/set': owner('home-assistant', 'house'),
				'homeassistant/device/cii_X2/config': owner('unknown', 'house'),
				'homeassistant/device/cii_X3/config': owner('home-assistant', '../x'),
				'homeassistant/device/cii_X4/config': owner('home-assistant', 'house', { retain: 'yes' }),
				'homeassistant/device/cii_X5/config': 7,
			},
			{ meters: ['shed', 'bridge', 'raw', '#', 3], announced: { 'home-assistant house': ['power_import', '<b>', 3], 'x y': ['a'] } },
		),
		shape,
	)
	assert.equal(found, {
		meters: ['shed'],
		owners: { [right]: owner('home-assistant', 'house') },
		announced: { 'home-assistant house': ['power_import'] },
	})
	const owners = new Owners(undefined, () => undefined)
	assert.equal(owners.recall(found), ['shed'])
	assert.is(owners.owner(right)?.recalled, true, 'it is looked at again before it is written')
	for (const text of ['', '7', 'null', '[]', '{"ledger":2}', '{"ledger":1,"owners":7,"announced":"x","meters":{}}'])
		assert.equal(await believed(text, shape), { meters: [], owners: {}, announced: {} }, text)
})

test('takes over so many, and no more', async () => {
	const many = Array.from({ length: 60_000 }, (_, place) => [`homeassistant/device/cii_${place}/config`, owner('home-assistant', 'house')])
	const names = Array.from({ length: 60_000 }, (_, place) => `m${place}`)
	const { owners, meters } = await believed(content(Object.fromEntries(many), { meters: names }), shape)
	assert.equal([Object.keys(owners).length, meters.length], [20_000, 5000])
})

test.run()
