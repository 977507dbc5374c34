import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { Engine } from '../../engine/engine.ts'
import { answersOf } from '../../engine/http/route.ts'
import { routes } from '../../engine/http/routes.ts'
import { invalidAnswer, invalidEvent } from '../support/answers.ts'
import { engineOf, played, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('the API of an engine', { limit: 60_000 })
const folder = scratch('api')
let running: Engine | undefined
test.after(async () => {
	await running?.close()
	folder.remove()
})

/** An engine with a meter that reads, one whose port is not there, and one whose profile is not. */
async function house() {
	const config = {
		mqtt: { embedded: { port: 0 } },
		stateDir: 'state',
		http: { port: 0 },
		meters: [
			played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl'),
			{ name: 'away', profile: 'ekz-e450', transport: { path: '/dev/none' } },
			{ name: 'gone', profile: 'nowhere' },
		],
	}
	const file = `${folder.path}/cii2mqtt.json`
	writeFileSync(file, JSON.stringify(config))
	const { engine, log } = await engineOf(config, folder.path, file)
	running = engine
	assert.ok(engine.page, log.join(''))
	return engine.page
}

test('gives what its description says, for each question and each event', async () => {
	const url = await house()
	const ending = new AbortController()
	const stream = await fetch(`${url}/api/events?log=1`, { signal: ending.signal })
	const seen = new Map<string, number>()
	let rest = ''
	for await (const piece of stream.body ?? []) {
		rest += Buffer.from(piece).toString()
		const parts = rest.split('\n\n')
		rest = parts.pop() ?? ''
		for (const part of parts) {
			const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? []
			if (event === '') continue
			assert.is(invalidEvent(event, JSON.parse(data)), '', event)
			seen.set(event, (seen.get(event) ?? 0) + 1)
		}
		if ((seen.get('reading') ?? 0) >= 3 && seen.has('meters')) break
	}
	ending.abort()
	let asked = 0
	for (const route of routes) {
		const { method, path } = route
		if (method !== 'get' || path === '/events') continue
		const response = await fetch(`${url}/api${path.replace(':name', 'house').replace(':id', '1')}`)
		const text = await response.text()
		const what = `${path}: ${response.status} ${text.slice(0, 500)}`
		const stated = answersOf(route)[response.status]
		assert.ok(stated, what)
		if (stated.value !== undefined) assert.is(invalidAnswer(stated.value, JSON.parse(text)), '', what)
		asked++
	}
	assert.ok(asked > 12, `${asked}`)
})

test.run()
