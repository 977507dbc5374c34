import { readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { Trace } from '../../engine/meter/trace.ts'
import { Traces } from '../../engine/meter/traces.ts'
import type { Outcome } from '../../engine/pipeline/pipeline.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { linePort } from '../../engine/transport/bus.ts'
import { parseCapture, partsOf, readCapture } from '../../engine/transport/capture.ts'
import { settle } from '../support/pace.ts'
import { builtin, pipeline } from '../support/pipeline.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('trace', { limit: 20_000 })

const profile = builtin('lg-e570')
const capture = readCapture(`${root}meters/lg-e570/${readdirSync(`${root}meters/lg-e570`).find((name) => name.endsWith('.capture.jsonl'))}`)
const keys = testKeys(capture)
const refusal = (n: number): Outcome => ({ kind: 'rejected', reason: 'key', detail: `wrong ${n}`, bytes: Uint8Array.of(n, 2, 3) })

test('keeps the last twenty telegrams, the newest first, and of discarded bytes of one reason the last', () => {
	const trace = new Trace(profile)
	for (let n = 0; n < 30; n++) trace.outcome(refusal(n), profile)
	for (let n = 0; n < 30; n++) trace.outcome({ kind: 'discarded', reason: 'noise', bytes: Uint8Array.of(n) }, profile)
	const rows = trace.list()
	assert.is(rows.length, 20)
	assert.equal({ ...rows[0], received: '' }, { id: '60', received: '', bytes: 1, outcome: 'discarded', reason: 'noise' })
	assert.is(rows[1]?.detail, 'wrong 29')
	assert.is(trace.explain('nothing'), undefined)
	assert.is(trace.explain(rows[0]?.id ?? '')?.stages[0]?.hex, '1D')
})

test('copies the bytes, and bounds them', () => {
	const trace = new Trace(profile)
	const bytes = new Uint8Array(100_000).fill(7)
	trace.outcome({ kind: 'rejected', reason: 'limit', detail: '', bytes }, profile)
	bytes.fill(9)
	const [row] = trace.list()
	assert.is(row?.bytes, 100_000)
	assert.match(trace.explain(row?.id ?? '')?.stages[0]?.hex ?? '', /^(07){16384}$/)
})

test('explains a reading with the keys of the meter', async () => {
	const trace = new Trace(profile)
	trace.open(profile, keys)
	const reader = pipeline('lg-e570', keys)
	for (const part of partsOf(capture))
		for (const outcome of [...(await reader.push(part, 0)), ...(await reader.idle(0))]) trace.outcome(outcome, profile)
	const row = trace.list().find(({ outcome }) => outcome === 'reading')
	const explained = trace.explain(row?.id ?? '')
	assert.ok(explained?.reading?.power_import !== undefined || explained?.reading?.energy_import !== undefined)
	assert.ok(explained?.stages.some(({ stage }) => stage === 'what was ciphered'))
	for (const key of Object.values(keys)) assert.not.ok(JSON.stringify(explained).toUpperCase().includes(hex(key)))
})

test('records what a real port gives, anonymized, under the published keys', async () => {
	const parts = partsOf(capture)
	const server = createServer((socket) => {
		let n = 0
		const timer = setInterval(() => void socket.write(parts[n++ % parts.length] ?? ''), 60)
		socket.on('close', () => clearInterval(timer))
		socket.on('error', () => undefined)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const traces = new Traces()
	const trace = traces.of('house', profile, keys)
	const nothing = () => undefined
	const events = { bytes: nothing, idle: nothing, message: nothing, status: nothing, restart: nothing }
	const port = linePort({ kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port }, () => 20, trace.tap(events))
	const begun = traces.record('house', 1)
	assert.is(traces.record('shed', 1), undefined, 'a meter that does not run')
	if (!begun || !('id' in begun)) throw new Error('not begun')
	assert.is(traces.recording(begun.id)?.state, 'recording')
	await settle(1500)
	const made = traces.recording(begun.id)
	if (made?.state !== 'done') throw new Error(JSON.stringify(made))
	const recorded = parseCapture('made', made.text)
	assert.ok(recorded.lines.length > 0)
	assert.not.equal(testKeys(recorded).encryption, undefined)
	assert.not.match(made.text, /127\.0\.0\.1/)
	const reader = pipeline('lg-e570', testKeys(recorded))
	const outcomes: Outcome[] = []
	for (const part of partsOf(recorded)) outcomes.push(...(await reader.push(part, 0)), ...(await reader.idle(0)))
	assert.ok(
		outcomes.some(({ kind }) => kind === 'reading'),
		'the recording can be read with its own keys',
	)
	assert.ok(traces.end(begun.id))
	assert.is(traces.recording(begun.id), undefined)
	await port.close()
	server.close()
})

test('bounds recordings, and says why one failed', async () => {
	const traces = new Traces()
	traces.of('house', profile, {})
	const ids = Array.from({ length: 5 }, () => traces.record('house', 600))
	assert.match(JSON.stringify(ids[4]), /4 recordings are kept already/)
	traces.close()
	assert.is(traces.list('house'), undefined, 'nobody can look any more')
	traces.of('house', profile, {})
	assert.ok('id' in (traces.record('house', 1) ?? {}))
	traces.keep([])
	assert.is(traces.list('house'), undefined)
	traces.close()
	const silent = new Trace(profile).record(1)
	await settle(1100)
	assert.match(JSON.stringify(silent.state()), /nothing arrived in this time/)
})

test.run()
