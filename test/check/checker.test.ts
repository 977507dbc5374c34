import { Worker } from 'node:worker_threads'
import * as assert from 'uvu/assert'
import { Checker } from '../../engine/check/checker.ts'
import type { Told } from '../../engine/check/task.ts'
import { eventually } from '../support/engine-of.ts'
import { stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('checker')

/** A thread that says that it begins `x` unless that is known, does something, and is done. */
const thread = (what: string) => () =>
	new Worker(
		`const { parentPort } = require('node:worker_threads')
		parentPort.on('message', ({ known }) => {
			if (!known.has('x')) {
				parentPort.postMessage({ kind: 'begins', name: 'x', file: 'x.json', own: { digest: 'd', chain: ['x'], looked: [] } })
				${what}
			}
			parentPort.postMessage({ kind: 'done' })
		})`,
		{ eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } },
	)

for (const [what, code, said] of [
	['never ends', 'for (;;);', /had to be stopped: it took longer than/],
	['throws', "throw new Error('a mistake')", /had to be stopped: a mistake/],
	['ends', 'process.exit(1)', /had to be stopped: it ended/],
	['takes all memory', 'for (const all = []; ; ) all.push(new Array(100_000).fill({}))', /had to be stopped: it needs more than/],
] as const)
	test(`names the profile whose check ${what}, and goes on without it`, async () => {
		const told: (Told | { kind: 'failed' })[] = []
		const known = new Map()
		const checker = new Checker({
			task: () => ({ folders: [], profiles: [], outputs: [], known }),
			tell(one) {
				told.push(one)
				if (one.kind === 'checked') known.set(one.result.name, one.result.known)
			},
			limit: stretched(700),
			open: thread(code),
		})
		checker.run()
		await eventually(
			() => told.some(({ kind }) => kind === 'done'),
			() => JSON.stringify(told),
		)
		checker.close()
		const results = told.flatMap((one) => (one.kind === 'checked' ? one.result.findings : []))
		assert.is(results.length, 1, JSON.stringify(told))
		assert.match(results[0]?.message ?? '', said)
		assert.is(results[0]?.file, 'x.json')
	})

test('says when no thread can be had, after three attempts', async () => {
	let failed = 0
	let opened = 0
	const checker = new Checker({
		task: () => ({ folders: [], profiles: [], outputs: [], known: new Map() }),
		tell: ({ kind }) => {
			if (kind === 'failed') failed++
		},
		open: () => {
			opened++
			return new Worker("throw new Error('none')", { eval: true })
		},
	})
	checker.run()
	await eventually(
		() => failed > 0,
		() => `${opened}`,
	)
	assert.equal([opened, failed], [3, 1])
	checker.close()
})

test.run()
