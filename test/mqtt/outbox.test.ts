import { mkdirSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { type Answer, Outbox, type Way } from '../../engine/mqtt/outbox.ts'
import { Spool } from '../../engine/mqtt/spool.ts'
import type { Limits, Outgoing } from '../../engine/mqtt/waiting.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('outbox')

const message = (topic: string, payload: string, retain = false): OutMessage => ({ topic, payload, retain })

/** An outbox before a connection whose messages are acknowledged by hand; `lost`: that connection ends. */
function manual(limits: Partial<Limits> = {}, disk?: Spool) {
	const sent: { message: OutMessage; acknowledge: (answer?: Answer) => void }[] = []
	const open = new Set<Outgoing>()
	const told: string[] = []
	const way: Way = {
		hasRoom: () => true,
		publish(item) {
			open.add(item)
			sent.push({
				message: item.message,
				acknowledge(answer = 'accepted') {
					open.delete(item)
					box.answered(item, answer)
					box.refill()
				},
			})
			return undefined
		},
	}
	const box = new Outbox(way, (text) => told.push(text), limits, disk)
	const lost = () => {
		const all = [...open]
		open.clear()
		box.disconnected(all)
	}
	return { box, sent, told, lost, payloads: () => sent.map(({ message }) => String(message.payload)) }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('keeps what comes while there is no connection: readings in order, of retained topics the latest', () => {
	const { box, lost, payloads } = manual()
	box.add(message('r', '1'))
	box.add(message('state', 'old', true))
	box.add(message('r', '2'))
	box.add(message('state', 'new', true))
	assert.equal(payloads(), [])
	box.connected()
	assert.equal(payloads(), ['new', '1', '2'])
	lost()
	box.add(message('r', '3'))
	box.connected()
	assert.equal(payloads().slice(3), ['new', '1', '2', '3'], 'retained topics again on each connect, and what has no answer')
})

test('sends readings between announcements, however many there are', async () => {
	const { box, sent, payloads } = manual()
	box.connected()
	for (let i = 0; i < 1000; i++) box.add(message(`announced/${i}`, 'a', true))
	for (let i = 0; i < 50; i++) box.add(message('r', 'reading', false))
	for (let i = 0; i < 100; i++) sent[i]?.acknowledge()
	await settle()
	assert.is(
		payloads()
			.slice(100, 200)
			.filter((payload) => payload === 'reading').length,
		50,
	)
	assert.is(
		payloads()
			.slice(100, 200)
			.filter((payload) => payload === 'a').length,
		50,
		'and states between readings',
	)
})

test('hands over at most 100 at once, and keeps at most 10,000', async () => {
	const { box, sent, payloads } = manual()
	for (let i = 0; i < 10_500; i++) box.add(message('r', String(i)))
	assert.equal(box.counts(), { waiting: 10_000, dropped: 500, postponed: 0 })
	box.connected()
	assert.is(sent.length, 100)
	assert.is(payloads()[0], '500', 'the oldest went first')
	sent[0]?.acknowledge()
	await settle()
	assert.is(sent.length, 101)
})

test('sends again after a reconnect what was lost on the way, and drains', async () => {
	const { box, sent, lost, payloads } = manual()
	box.connected()
	box.add(message('r', '1'))
	lost()
	await settle()
	assert.equal(payloads(), ['1'], 'not before there is a connection')
	box.connected()
	assert.equal(payloads(), ['1', '1'])
	const drained = box.drain(5000)
	sent[1]?.acknowledge()
	await drained
	await box.drain(1)
})

test('sends what a lost connection gave back in its order, before what came later', async () => {
	const { box, lost, payloads } = manual()
	box.connected()
	for (const payload of ['1', '2', '3']) box.add(message('r', payload))
	lost()
	await settle()
	box.add(message('r', '4'))
	box.connected()
	assert.equal(payloads().slice(3), ['1', '2', '3', '4'])
})

test('sends what holds for one connection on no other: another process may have claimed the instance meanwhile', async () => {
	const { box, lost, payloads } = manual()
	box.connected()
	box.add({ ...message('claim', 'mine', true), once: true })
	box.add(message('state', 'online', true))
	lost()
	await settle()
	box.connected()
	assert.equal(payloads(), ['mine', 'online', 'online'])
})

test('does not repeat what the broker refuses, and says so once', async () => {
	const { box, sent, told, payloads } = manual()
	box.connected()
	for (const payload of ['1', '2']) box.add(message('r', payload))
	for (const one of [...sent]) one.acknowledge('refused')
	await settle()
	assert.equal(payloads(), ['1', '2'])
	assert.is(box.counts().dropped, 2)
	assert.equal(told, ['the broker refuses messages on r: check its access rules and limits'])
})

test('waits with all messages where the broker cannot take one now, and keeps their order', async () => {
	const { box, sent, told, payloads } = manual()
	box.connected()
	for (const payload of ['1', '2']) box.add(message('r', payload))
	for (const { acknowledge } of [...sent]) acknowledge('later')
	await settle()
	box.add(message('r', '3'))
	assert.equal(payloads(), ['1', '2'])
	await new Promise((resolve) => setTimeout(resolve, 1100))
	assert.equal(payloads(), ['1', '2', '1'], 'one, to see whether it takes that')
	sent.at(-1)?.acknowledge()
	await settle()
	assert.equal(payloads(), ['1', '2', '1', '2', '3'])
	assert.equal(box.counts(), { waiting: 0, dropped: 0, postponed: 2 })
	for (const { acknowledge } of sent.slice(3)) acknowledge('later')
	await settle()
	const drained = box.drain(5000)
	assert.equal(payloads().slice(5), ['2', '3'], 'a last try for each')
	for (const { acknowledge } of sent.slice(5)) acknowledge('later')
	await drained
	assert.equal([box.counts(), told], [{ waiting: 2, dropped: 0, postponed: 6 }, []])
})

test('publishes no topic that a broker would hang up on, and forgets one that was cleared', async () => {
	const { box, sent, told, payloads } = manual()
	box.connected()
	for (const topic of ['cii/a+b', 'cii/#', 'cii/a\u0000', 'cii/\ufffe', 'cii/\ud800', 'x'.repeat(70_000), '/'.repeat(200), ''])
		box.add(message(topic, 'x', true))
	box.add({ ...message('raw', 'x'), properties: { topic: 'a\u0085' } })
	assert.equal([payloads(), told.length], [[], 9])
	let settled: boolean | undefined
	box.add({
		...message('#', 'x'),
		settled: (accepted) => {
			settled = accepted
		},
	})
	assert.is(settled, false, 'whoever waits for it is told')
	box.add(message('state', '', true))
	sent[0]?.acknowledge()
	await settle()
	box.connected()
	assert.equal(payloads(), [''], 'not again at the next connect')
})

test('keeps what waits within its bytes, the newest at least, and says so once', () => {
	const { box, told } = manual({ messages: 100, bytes: 1000 })
	for (let i = 0; i < 5; i++) box.add(message('r', 'x'.repeat(299)))
	assert.equal(box.counts(), { waiting: 3, dropped: 2, postponed: 0 })
	box.add(message('r', 'x'.repeat(5000)))
	assert.equal(box.counts(), { waiting: 1, dropped: 5, postponed: 0 })
	assert.is(told.length, 1)
	assert.match(told[0] ?? '', /more than 100 readings or 1000 bytes wait/)
})

test('goes on in memory when its file cannot be written or read, and says so', () => {
	const { path, remove } = scratch('spool')
	writeFileSync(`${path}/file`, '')
	mkdirSync(`${path}/outbox.1.jsonl.broken/x`, { recursive: true })
	mkdirSync(`${path}/outbox.1.jsonl`)
	const told: string[] = []
	for (const place of [`${path}/file/outbox.jsonl`, `${path}/outbox.jsonl`]) {
		const { box } = manual({}, new Spool(place, (text) => told.push(text)))
		for (const payload of ['1', '2']) box.add(message('r', payload))
		assert.is(box.counts().waiting, 2)
	}
	assert.equal(
		told.map((text) => /cannot be \w+/.exec(text)?.[0]),
		['cannot be read', 'cannot be written', 'cannot be read'],
		'a folder in the place of a file leaves room for the next one',
	)
	remove()
})

test.run()
