import * as assert from 'uvu/assert'
import { State } from '../../engine/meter/state.ts'
import { fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { suite } from '../support/suite.ts'

const test = suite('state')

type Values = Record<string, unknown>
const GROUPS = ['submeters', 'extra']

/** A meter's state by merging: the plain way, for comparison. */
function reference() {
	const latest = new Map<string, { value: unknown; time: unknown }>()
	let last: Values = {}
	return {
		add(reading: Values): void {
			last = reading
			for (const [name, value] of Object.entries(reading)) if (name in fields) latest.set(name, { value, time: reading.time })
			for (const group of GROUPS)
				for (const [key, value] of Object.entries((reading[group] ?? {}) as Values))
					latest.set(`${group}.${key}`, { value, time: reading.time })
		},
		/** Drops the fields that are not wanted. */
		keep(wanted: (name: string) => boolean): void {
			for (const name of [...latest.keys()]) if (!wanted(name)) latest.delete(name)
			last = Object.fromEntries(Object.entries(last).filter(([name]) => !(name in fields) && !GROUPS.includes(name)))
		},
		message(): Values {
			const { issues: _issues, submeters: _submeters, extra: _extra, ...message } = last
			const times: Values = {}
			for (const [name, { value, time }] of latest) {
				const [group = '', key] = name.split('.')
				if (key !== undefined) message[group] = { ...(message[group] as Values), [key]: value }
				else message[name] = value
				if (time !== last.time) times[name] = time
			}
			return Object.keys(times).length > 0 ? { ...message, times } : message
		},
	}
}

/** Whole numbers below `most`, the same in each run. */
function dice(seed: number) {
	let state = seed
	return (most: number) => {
		state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
		return (state >> 8) % most
	}
}

const NAMES = ['power_import', 'power_export', 'voltage_l1', 'voltage_l2', 'voltage_l3', 'energy_import', 'energy_export', 'tariff']

/** A reading as a meter may send it: one of its lists, and at times a sub-meter, an extra value, an issue, or a doubt about its clock. */
function readingOf(roll: ReturnType<typeof dice>, lists: string[][], at: number): Values {
	const list = lists[roll(4) === 0 ? roll(lists.length) : at % Math.min(3, lists.length)] ?? []
	const reading: Values = { schema: 'cii.reading/1', id: 'X', time: `second ${roll(5) === 0 ? at - 1 : at}` }
	if (roll(9) === 0) reading.time_quality = 'doubtful'
	for (const name of list) reading[name] = roll(1000)
	if (roll(3) === 0) reading.submeters = { [roll(4)]: roll(2) === 0 ? { volume: at } : { volume: at, power: 2 }, 9: { volume: at } }
	if (roll(6) === 0) reading.extra = { [`x${roll(3)}`]: at }
	if (roll(8) === 0) reading.issues = [{ field: 'x', code: 'y', detail: 'z' }]
	return reading
}

test('is what merging all readings gives, whatever lists come in which order', () => {
	for (let meter = 0; meter < 100; meter++) {
		const roll = dice(meter)
		const [state, plain] = [new State(), reference()]
		// More lists than are kept, too.
		const lists = Array.from({ length: 1 + roll(14) }, () => NAMES.filter(() => roll(2) === 0))
		for (let at = 0; at < 60; at++) {
			const reading = readingOf(roll, lists, at)
			const before = JSON.stringify(state.message())
			const message = state.message()
			state.add(reading as unknown as Reading)
			plain.add(reading)
			assert.is(JSON.stringify(message), before, 'a state that was published does not change')
			if (roll(30) === 0) {
				const wanted = (name: string) => name.startsWith('extra.') || NAMES.indexOf(name) > 2
				state.keep(wanted)
				plain.keep(wanted)
			}
			if (roll(2) === 0) assert.equal(JSON.parse(JSON.stringify(state.message())), plain.message(), `meter ${meter}, reading ${at}`)
		}
	}
})

test('is the last reading itself where that has all fields', () => {
	const state = new State()
	const full = { time: 'a', power_import: 1, voltage_l1: 230, submeters: { 1: { volume: 2 } } } as unknown as Reading
	state.add({ time: 'a', power_import: 0 } as Reading)
	state.add(full)
	assert.is(state.message(), full)
	state.add({ ...full, issues: [] })
	assert.equal(state.message(), full, 'without its issues')
})

test('says that a sub-meter has more again, after a reading in which a part of it was withheld', () => {
	const state = new State()
	const add = (reading: object) => state.add(reading as Reading)
	assert.is(add({ time: 'a', submeters: { 1: { medium: 'gas', volume: 1 } } }), true)
	// The announcement is now without the volume.
	assert.is(add({ time: 'b', submeters: { 1: { medium: 'gas' } }, extra: { x: 1 } }), true)
	assert.is(add({ time: 'c', submeters: { 1: { medium: 'gas', volume: 2 } } }), true)
	assert.is(add({ time: 'd', submeters: { 1: { medium: 'gas', volume: 3 } } }), false)
})

test('knows when each field arrived that the last reading does not have, whatever the clock of the meter says', () => {
	const state = new State()
	const at = (received: string, values: object, time = received) =>
		state.add({ schema: 'cii.reading/1', meter: 'a', id: '1', time, received, ...values } as unknown as Reading)
	at('2026-01-01T00:00:00Z', { power_net: 1, energy_import: 5 }, '2027-01-01T00:00:00Z')
	assert.equal(state.arrivals(), {})
	at('2026-01-01T00:00:10Z', { power_net: 2 })
	assert.equal(state.arrivals(), { energy_import: '2026-01-01T00:00:00Z' })
	at('2026-01-01T00:00:20Z', { power_net: 3, voltage_l1: 230, submeters: { 1: { volume: 2 } } })
	assert.equal(state.arrivals(), { energy_import: '2026-01-01T00:00:00Z' })
	at('2026-01-01T00:00:30Z', { power_net: 4, energy_import: 6 })
	assert.equal(state.arrivals(), { voltage_l1: '2026-01-01T00:00:20Z', 'submeters.1': '2026-01-01T00:00:20Z' })
	state.keep((name) => name !== 'voltage_l1')
	at('2026-01-01T00:00:40Z', { power_net: 5 })
	assert.equal(state.arrivals(), { energy_import: '2026-01-01T00:00:30Z', 'submeters.1': '2026-01-01T00:00:20Z' })
})

test.run()
