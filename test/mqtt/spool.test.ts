import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { sealed } from '../../engine/files/sealed.ts'
import type { OutMessage } from '../../engine/mqtt/message.ts'
import { Outbox, type Way } from '../../engine/mqtt/outbox.ts'
import { Spool } from '../../engine/mqtt/spool.ts'
import type { Outgoing } from '../../engine/mqtt/waiting.ts'
import { scratch } from '../support/engine-of.ts'
import { damageFile, MANY_WAYS } from '../support/state-damage.ts'
import { suite } from '../support/suite.ts'

const test = suite('spool')
const folder = scratch('spool')
test.after(folder.remove)

const LIMITS = { messages: 10_000, bytes: 16 * 1024 * 1024 }
const message = (payload: string, topic = 'cii/house/reading'): OutMessage => ({ topic, payload, retain: false })
const wayOf = (publish: Way['publish']): Way => ({ hasRoom: () => true, publish })

let copies = 0

/** A spool in a folder of its own, and the next ones in its place: as after a kill. */
function place(name: string) {
	const path = `${folder.path}/${name}`
	mkdirSync(path)
	const told: string[] = []
	const next = () => new Spool(`${path}/main.outbox.jsonl`, (text) => told.push(text))
	return {
		path,
		told,
		next,
		files: () => readdirSync(path).sort(),
		/** The payloads that a process would find if this one were killed now. */
		left(limits = LIMITS) {
			const copy = `${path}-${++copies}`
			cpSync(path, copy, { recursive: true, filter: (file) => !file.endsWith('.broken') })
			return new Spool(`${copy}/main.outbox.jsonl`, (text) => told.push(text))
				.load(limits)
				.map(({ message: { payload } }) => String(payload))
		},
	}
}

test('keeps what the broker has not acknowledged, in flight too, and leaves no file when it has all', async () => {
	const { path, next, files, left, told } = place('flight')
	const sent: Outgoing[] = []
	const box = new Outbox(
		wayOf((item) => void sent.push(item)),
		(text) => told.push(text),
		{},
		next(),
	)
	box.connected()
	const raw = { topic: 'cii/raw/0001/house', payload: Uint8Array.of(0, 255), retain: false, properties: { seq: '7' } }
	const typed = { ...message('{"a":1}'), contentType: 'application/json' }
	for (const one of [message('1'), message('2'), raw, typed, { ...message('latest', 'cii/house/state'), retain: true }]) box.add(one)
	assert.is(sent.length, 5, 'all are in flight')
	assert.is(statSync(`${path}/main.outbox.1.jsonl`).mode & 0o077, 0, 'nobody else reads it')
	assert.equal(left(), ['1', '2', '\u0000\ufffd', '{"a":1}'])
	// The second, which the broker takes before the first, is not sent again.
	for (const one of sent.splice(1, 1)) box.answered(one, 'accepted')
	await new Promise((resolve) => setTimeout(resolve, 1100))
	assert.equal(left(), ['1', '\u0000\ufffd', '{"a":1}'])
	for (const one of sent) box.answered(one, 'accepted')
	await box.drain(1000)
	assert.equal([files(), told], [[], []])
})

test('hands to the next process what waits, in order, over many files, and sends it before what comes', async () => {
	const { next, left, files, told } = place('long')
	const long = 'x'.repeat(100_000)
	const first = next()
	for (let at = 0; at < 30; at++) first.add(message(`${at} ${long}`))
	assert.equal(files(), ['main.outbox.1.jsonl', 'main.outbox.2.jsonl', 'main.outbox.3.jsonl'])
	const sent: string[] = []
	const box = new Outbox(
		wayOf(({ message: { payload } }) => {
			sent.push(String(payload).split(' ')[0] ?? '')
			return 'accepted'
		}),
		() => undefined,
		{},
		next(),
	)
	box.add(message('new'))
	box.connected()
	await box.drain(1000)
	assert.equal(sent, [...Array.from({ length: 30 }, (_, at) => String(at)), 'new'])
	assert.equal([left(), files(), told], [[], [], []])
})

test('drops the oldest beyond the limits, and keeps the files small', async () => {
	const { path, next, left, told, files } = place('full')
	const box = new Outbox(
		wayOf(() => undefined),
		(text) => told.push(text),
		{ messages: 100, bytes: 1_000_000 },
		next(),
	)
	for (let at = 0; at < 3000; at++) box.add(message(`${at} ${'x'.repeat(2000)}`))
	assert.is(box.counts().dropped, 2900)
	assert.is(told.length, 1)
	const kept = left({ messages: 100, bytes: 1_000_000 }).map((payload) => Number(payload.split(' ')[0]))
	assert.is(kept.at(-1), 2999)
	await box.drain(0)
	const bytes = files().reduce((sum, file) => sum + statSync(`${path}/${file}`).size, 0)
	assert.ok(bytes < 3_000_000, `${bytes} bytes`)
})

test('reads what version 0.1 has left, and says which lines it cannot use', () => {
	const { path, next, left, told } = place('first')
	const file = `${path}/main.outbox.jsonl`
	const lines = [
		'{"topic":"r","text":"1"}',
		'{"topic":"r","text":"2","settled":"a text"}',
		'{"topic":"cii+house+reading","text":"3"}',
		'{"topic":"r","bytes":"AP8=","properties":{"seq":"7"}}',
		'{"topic":"r","text":"4","properties":{"seq":7}}',
		'{"topic":"r","te',
	]
	writeFileSync(file, lines.join('\n'))
	const spool = next()
	const raw = { topic: 'r', payload: Buffer.from([0, 255]), retain: false, properties: { seq: '7' } }
	assert.equal(
		spool.load(LIMITS).map((one) => one.message),
		[message('1', 'r'), message('2', 'r'), raw],
	)
	assert.equal(told, [
		`${file} is damaged: 3 lines cannot be used (3 with content that cannot be); readings in those lines that the broker did not have are lost. It is kept beside as ${file}.broken`,
	])
	spool.add(message('5'))
	assert.equal(left(), ['1', '2', '\u0000\ufffd', '5'])
})

test('sends only what was written, however a file is damaged, says so, and goes on', () => {
	for (let round = 0; round < 3 * MANY_WAYS; round++) {
		const { path, next, told, left } = place(`way${round}`)
		const first = next()
		const written = Array.from({ length: 10 }, (_, at) => `{"energy_import":${100_000 + at}}`)
		for (const payload of written) first.add(message(payload))
		const way = damageFile(`${path}/main.outbox.1.jsonl`, round)
		const spool = next()
		const found = spool.load(LIMITS)
		const wrong = found.filter((one) => JSON.stringify(one.message) !== JSON.stringify(message(written[one.number - 1] ?? '')))
		assert.equal(wrong, [], way)
		assert.is(told.length, 1, `${way}: ${told}`)
		spool.add(message('after'))
		assert.is(left().at(-1), 'after', way)
	}
})

test('sends nothing of another instance, and no topic that a broker would hang up on', () => {
	const { path, left, told } = place('alien')
	const line = (content: object, of = 'main.outbox') => sealed(of, { number: 1, topic: 'r', text: 'x', ...content })
	const wrong = [
		line({}, 'loft.outbox'),
		line({ topic: 'cii/#' }),
		line({ topic: 'x'.repeat(70_000) }),
		line({ topic: 'cii/\ufffe' }),
		line({ topic: 5 }),
		line({ text: 5 }),
		line({ text: undefined }),
		line({ number: -1 }),
		line({ number: 1.5 }),
		line({ properties: { a: 'x\u0000' } }),
		line({ properties: [] }),
		line({ retain: true }),
		line({ retain: 1 }),
		sealed('main.outbox', { next: 'x', open: [] }),
	]
	writeFileSync(`${path}/main.outbox.1.jsonl`, wrong.join('') + line({ number: 3, settled: 'a text' }))
	assert.equal(left(), ['x'])
	assert.match(told.join(), '14 lines cannot be used (1 of loft.outbox, 13 with content that cannot be)')
})

test('clears a topic after a kill that was to be cleared before, unless it is published again', async () => {
	const { next, left, files } = place('clear')
	const sent: OutMessage[] = []
	const open = () =>
		new Outbox(
			wayOf(({ message: one }) => {
				sent.push(one)
				return 'accepted'
			}),
			() => undefined,
			{},
			next(),
		)
	const clear = (topic: string) => ({ topic, payload: '', retain: true })
	const first = open()
	for (const topic of ['gone', 'back', 'twice', 'twice']) first.add(clear(topic))
	first.add({ ...clear('back'), payload: 'again' })
	await first.drain(0)
	assert.equal(left(), ['', ''])
	const second = open()
	second.connected()
	await second.drain(1000)
	assert.equal(sent, [clear('gone'), clear('twice')])
	assert.equal(files(), [])
})

test('writes what it could not write before once the disk is back', () => {
	const { path, next, left, told, files } = place('back')
	const spool = next()
	spool.add(message('1'))
	// Where the next file would be begun.
	rmSync(path, { recursive: true })
	writeFileSync(path, '')
	spool.flush()
	const late = next()
	late.done(late.add(message('gone')))
	late.add(message('2'))
	late.add(message('3'))
	assert.is(told.filter((text) => text.includes('readings wait in memory only')).length, 1, told.join('\n'))
	rmSync(path)
	late.flush()
	assert.equal([left(), files()], [['2', '3'], ['main.outbox.1.jsonl']])
})

test('sends what a later file has twice once, and keeps to the files of its instance', () => {
	const { path, next, left, told } = place('twice')
	next().add(message('1'))
	const text = readFileSync(`${path}/main.outbox.1.jsonl`)
	writeFileSync(`${path}/main.outbox.7.jsonl`, text)
	writeFileSync(`${path}/main2.outbox.1.jsonl`, text)
	appendFileSync(`${path}/main.outbox.x.jsonl`, text)
	assert.equal([left(), told], [['1'], []])
})

test.run()
