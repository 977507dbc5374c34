import { pino } from 'pino'
import * as assert from 'uvu/assert'
import { bridgeOf } from '../../engine/instance/bridge.ts'
import { Publication } from '../../engine/meter/publication.ts'
import { State } from '../../engine/meter/state.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import type { CompiledProfile } from '../../engine/profile/profile.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { connectionTo } from '../support/connection.ts'
import { stretched } from '../support/pace.ts'
import { builtin } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'
import { invalid } from '../support/valid.ts'

const test = suite('publication')
const names = topics('cii', 'main')
const [early, late] = ['2026-05-04T11:39:21+02:00', '2026-05-04T11:39:26+02:00']

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

/** The state as a client reads it. */
const messageOf = (state: State): Partial<Reading> => JSON.parse(JSON.stringify(state.message()))

test('merges readings into a state, and dates what is older', () => {
	const state = new State()
	const issues = [{ field: 'x', code: 'y', detail: 'z' }]
	const first = { power_import: 1, power_export: 0, power_net: 1, extra: { a: 1 }, submeters: { 1: { volume: 2 } }, issues }
	state.add(reading(early, first))
	assert.is(messageOf(state).times, undefined)
	state.add(reading(late, { power_import: 5, extra: { b: 2 } }))
	const message = messageOf(state)
	assert.is(invalid('reading', message), '')
	assert.equal(
		[message.power_import, message.power_net, message.extra, message.submeters],
		[5, undefined, { a: 1, b: 2 }, { 1: { volume: 2 } }],
	)
	assert.equal(message.times, { power_export: early, 'extra.a': early, 'submeters.1': early })
	assert.is(message.issues, undefined)
})

test('tells when a field is new, forgets parts of the head that are gone, and drops fields', () => {
	const state = new State()
	assert.is(state.add(reading(early, { power_import: 1, time_quality: 'doubtful' })), true)
	assert.is(messageOf(state).time_quality, 'doubtful')
	assert.is(state.add(reading(late, { power_import: 2, extra: { a: 1 } })), true, 'extra fields stand in info, too')
	assert.is(state.add(reading(late, { power_import: 2, extra: { a: 2 } })), false)
	assert.not('time_quality' in messageOf(state))
	assert.is(state.add(reading(late, { voltage_l1: 230 })), true)
	// The same time: the first is no older.
	assert.is(messageOf(state).times, undefined)
	const before: Partial<Reading> = state.message()
	state.keep((name) => name === 'voltage_l1')
	const { power_import, extra, voltage_l1, id } = messageOf(state)
	assert.equal([power_import, extra, voltage_l1, id], [undefined, undefined, 230, 'X1'])
	assert.is(before.power_import, 2, 'a message that was published does not change')
})

test('leaves out a power whose parts are newer, unless lists come in turn', () => {
	const both = (power_import: number) => ({ power_import, power_export: 0, power_net: power_import })
	const netOf = (state: State) => messageOf(state).power_net
	const state = new State()
	for (let at = 0; at < 5; at++) state.add(reading(early, both(at)))
	assert.is(netOf(state), 4)
	state.add(reading(late, { power_import: 9 }))
	assert.is(netOf(state), undefined, 'export is no longer sent')
	assert.is((state.known() as Partial<Reading>).power_net, 4, 'info and announcements do not change with each telegram')
	state.add(reading(late, both(7)))
	assert.is(netOf(state), 7)
	// Without any power: for as long as it was ever absent, and some more.
	for (let at = 0; at < 8; at++) state.add(reading(late, { energy_import: at }))
	assert.is(netOf(state), undefined)
	const turns = new State()
	for (let at = 0; at < 12; at++) turns.add(reading(late, at % 5 === 0 ? both(at) : { power_import: at }))
	assert.is(netOf(turns), 10, 'four short lists between two long ones')
	const sent = new State()
	sent.add(reading(early, { power_net: 5 }))
	for (let at = 0; at < 30; at++) sent.add(reading(late, { power_import: 3 }))
	assert.is(netOf(sent), 5, 'the meter sends it itself, in another list')
})

/** What is published of a meter, and what of it waits to be settled. */
function published(profile: CompiledProfile) {
	const sent: OutMessage[] = []
	const output = connectionTo(sent)
	const outputs = { reading: () => [], expect: () => undefined }
	const publication = new Publication({ meter: 'house', role: 'both', profile, topics: names, output, outputs, memory: {} })
	return { sent, publication, of: (kind: string) => sent.filter(({ topic }) => topic === `cii/house/${kind}`) }
}

test('publishes each reading, and info only when a field, the id or the profile is new', () => {
	const profile = builtin('ekz-e450')
	const { publication, of } = published(profile)
	for (let seq = 0; seq < 100; seq++) publication.reading(reading(early, { seq, power_import: seq }))
	assert.equal([of('reading').length, of('info').length], [100, 1])
	publication.reading(reading(late, { voltage_l1: 230 }))
	publication.reading(reading(late, { power_import: 1 }))
	assert.is(of('info').length, 2)
	const fields = ({ payload }: OutMessage) => JSON.parse(String(payload)).fields.map(({ name }: { name: string }) => name)
	assert.equal(of('info').map(fields), [['power_import'], ['power_import', 'voltage_l1']])
	publication.swap({ ...profile, label: 'ekz-e450@9.0.0' })
	for (let n = 0; n < 10; n++) publication.reading(reading(late, { power_import: 1 }))
	assert.is(of('info').length, 3)
	assert.is(JSON.parse(String(of('info')[2]?.payload)).profile, 'ekz-e450@9.0.0')
	for (let n = 0; n < 10; n++) publication.reading(reading(late, { id: 'X2', power_import: 1 }))
	assert.is(of('info').length, 4)
	assert.equal(of('info').slice(3).map(fields), [['power_import']], 'another meter: its state starts over')
})

test('publishes the state of a quiet meter at once, that of others once a second and when it ends, always the latest', async () => {
	const { publication, of } = published(builtin('ekz-e450'))
	const full = (seq: number) => reading(early, { seq, power_import: seq, voltage_l1: 230 })
	const last = () => of('state').at(-1)?.payload
	publication.reading(full(1))
	assert.is(of('state').length, 1, 'at once')
	assert.ok(last() === of('reading')[0]?.payload, 'the text of the reading')
	const began = performance.now()
	let seq = 1
	while (of('state').length < 2 && performance.now() - began < stretched(5000)) {
		publication.reading(seq % 2 === 0 ? full(++seq) : reading(late, { seq: ++seq, power_import: seq }))
		assert.ok(of('state').length < 3)
		await new Promise((resolve) => setImmediate(resolve))
	}
	assert.is(of('state').length, 2)
	assert.ok(performance.now() - began > 990, 'a second after the first')
	const { seq: count, power_import, voltage_l1 } = JSON.parse(String(last()))
	assert.equal([count, power_import, voltage_l1], [seq, seq, 230])
	for (let n = 0; n < 10; n++) publication.reading(full(++seq))
	publication.reading(reading(late, { seq: ++seq, power_import: 7 }))
	assert.is(of('state').length, 2)
	publication.close()
	assert.equal([of('state').length, JSON.parse(String(last())).seq, JSON.parse(String(last())).voltage_l1], [3, seq, 230])
	publication.close()
	assert.is(of('state').length, 3, 'nothing is due')
})

test('puts no state together for readings that nobody asks about', () => {
	const { publication, of } = published(builtin('ekz-e450'))
	publication.reading(reading(early, { power_import: 1, voltage_l1: 230 }))
	let asked = 0
	const watched = Object.defineProperty(reading(late, { seq: 2, power_import: 2 }), 'voltage_l1', {
		enumerable: true,
		get: () => ++asked,
	})
	publication.reading(watched)
	publication.reading(watched)
	publication.reading(reading(late, { power_import: 1 }))
	assert.equal([asked, of('state').length], [2, 1], 'only for the text of each reading')
	publication.close()
	assert.is(asked, 3)
})

test('says that a reading is safe when the broker has it', () => {
	const { publication, of } = published(builtin('ekz-e450'))
	const told: boolean[] = []
	publication.reading(reading(early, { power_import: 1 }), 5, undefined, (accepted) => told.push(accepted))
	assert.equal(told, [])
	of('reading')[0]?.settled?.(true)
	assert.equal(told, [true])
})

test('publishes what the process says of itself only when it differs', () => {
	const sent: OutMessage[] = []
	const bridge = bridgeOf(connectionTo(sent), names, pino({ enabled: false }))
	for (let n = 0; n < 10; n++) bridge.info({ version: '1.0.0', meters: [{ name: 'house', profile: 'x@1.0.0' }] })
	assert.is(sent.length, 1)
	for (let n = 0; n < 10; n++) bridge.info({ version: '1.0.0', meters: [] })
	assert.equal(
		sent.map(({ topic, retain, payload }) => [topic, retain, payload]),
		[
			[names.bridgeInfo, true, '{"schema":"cii.bridge/1","version":"1.0.0","meters":[{"name":"house","profile":"x@1.0.0"}]}'],
			[names.bridgeInfo, true, '{"schema":"cii.bridge/1","version":"1.0.0","meters":[]}'],
		],
	)
})

test('says in info which field is a sum, and what sub-meters and extra fields measure; drops a sum that was a part', () => {
	const state = new State()
	const sums = { energy_import: ['energy_import_t1', 'energy_import_t2'] }
	assert.is(state.add(reading(early, { energy_import: 3, energy_import_t1: 1, energy_import_t2: 2 }), sums), true)
	assert.equal(state.sumOf('energy_import'), { sum: sums.energy_import })
	assert.is(state.add(reading(late, { energy_import_t3: 4 }), { energy_import: [] }), true)
	assert.equal([messageOf(state).energy_import, state.sumOf('energy_import')], [undefined, {}])
	assert.is(state.add(reading(late, { submeters: { 0: { volume: 1 } } })), true)
	assert.is(state.add(reading(late, { submeters: { 0: { volume: 2 } } })), false)
	assert.is(state.add(reading(late, { submeters: { 0: { volume: 2, power: 3 } } })), true, 'a part that is new')
})

test.run()
