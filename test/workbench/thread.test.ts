import { Worker } from 'node:worker_threads'
import * as assert from 'uvu/assert'
import type { Answer, Question } from '../../engine/workbench/task.ts'
import { Thread, type ThreadSettings } from '../../engine/workbench/thread.ts'
import { eventually } from '../support/engine-of.ts'
import { stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench thread', { limit: 30_000 })

const open: Thread[] = []
test.after(() => {
	for (const thread of open) thread.close()
})

/** A thread that does what the name of the question says, as a profile from a stranger might have it do. */
const CODE = `
const { parentPort } = require('node:worker_threads')
parentPort.on('message', ({ work: { name } }) => {
	if (name === 'endless') for (;;) {}
	if (name === 'regex') /^(a+)+$/.test('a'.repeat(64) + '!')
	if (name === 'memory') { const all = []; for (;;) all.push(new Array(1000).fill(all.length)) }
	if (name === 'throws') throw new Error('a mistake')
	if (name === 'exit') process.exit(0)
	if (name === 'silent') return
	const answer = { bytes: new TextEncoder().encode(name) }
	setTimeout(() => parentPort.postMessage({ kind: 'answer', answer }), name.startsWith('slow') ? 200 : 0)
})
parentPort.postMessage({ kind: 'ready' })
`
let opened = 0
const play = () => {
	opened++
	return new Worker(CODE, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 48 } })
}

function threadOf(settings: ThreadSettings = {}): Thread {
	const thread = new Thread({ open: play, limit: stretched(250), ...settings })
	open.push(thread)
	return thread
}

const question = (name: string): Question => ({ folders: [], target: undefined, outputs: [], work: { kind: 'profile', name } })
const textOf = (answer: Answer) => ('bytes' in answer ? new TextDecoder().decode(answer.bytes) : 'code' in answer ? answer.code : '?')

test('answers in words when a question takes too long, too much memory or fails, and goes on with the next', async () => {
	const thread = threadOf()
	for (const [name, code] of [
		['endless', 'workbench-time'],
		['regex', 'workbench-time'],
		['silent', 'workbench-time'],
		['memory', 'workbench-memory'],
		['throws', 'workbench-failed'],
		['exit', 'workbench-failed'],
	] as const) {
		const before = opened
		const [hostile, next] = await Promise.all([thread.ask(question(name)), thread.ask(question('after it'))])
		assert.is(textOf(hostile), code, name)
		assert.is(textOf(next), 'after it', name)
		assert.is(opened - before, name === 'endless' ? 2 : 1, `${name} costs its thread`)
		if ('message' in hostile) assert.match(hostile.message, /\.$/)
	}
})

test('asks one question after the other, and the newest of a tab in place of its waiting one', async () => {
	const thread = threadOf({ limit: 20_000 })
	const told: string[] = []
	const ask = (name: string, tab?: string) => thread.ask(question(name), tab).then((answer) => told.push(`${name}: ${textOf(answer)}`))
	await Promise.all([
		ask('slow 1', 'a'),
		ask('slow 2', 'a'),
		ask('b', 'b'),
		ask('slow 3', 'a'),
		ask('slow 4', 'a'),
		ask('none'),
		ask('none 2'),
	])
	assert.equal(told.slice().sort(), [
		'b: b',
		'none 2: none 2',
		'none: none',
		'slow 1: workbench-replaced',
		'slow 2: workbench-replaced',
		'slow 3: workbench-replaced',
		'slow 4: slow 4',
	])
	assert.equal(
		told.filter((one) => !one.includes('replaced')),
		['slow 4: slow 4', 'b: b', 'none: none', 'none 2: none 2'],
		'its place in the queue stays',
	)
})

test('bounds what waits', async () => {
	const thread = threadOf({ limit: 20_000 })
	const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => thread.ask(question(`slow ${n}`))))
	const full = answers.filter((answer) => textOf(answer) === 'workbench-busy')
	assert.is(full.length, 22)
	assert.is(answers.filter((answer) => 'bytes' in answer).length, 8)
})

test('begins when it is asked, ends when nobody asks, and begins again', async () => {
	const thread = threadOf({ linger: 100 })
	assert.not(thread.isAlive)
	await thread.ask(question('one'))
	assert.ok(thread.isAlive)
	await eventually(
		() => !thread.isAlive,
		() => 'the end of the thread',
	)
	assert.is(textOf(await thread.ask(question('two'))), 'two')
})

test('refuses all that waits when no thread can be had, and when it is closed', async () => {
	const thread = threadOf({ open: () => new Worker('throw new Error("no room")', { eval: true }) })
	const answers = await Promise.all([thread.ask(question('one')), thread.ask(question('two'))])
	assert.equal(answers.map(textOf), ['workbench-failed', 'workbench-failed'])
	const closed = threadOf()
	const [running, waiting] = [closed.ask(question('silent')), closed.ask(question('two'))]
	closed.close()
	assert.equal((await Promise.all([running, waiting, closed.ask(question('late'))])).map(textOf), [
		'workbench-ended',
		'workbench-ended',
		'workbench-ended',
	])
})

test.run()
