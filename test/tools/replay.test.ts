import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { broker } from '../../engine/mqtt/broker.ts'
import { damage, FAULTS, pieces, seeded } from '../../tools/faults.ts'
import { watchTopics } from '../support/broker.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { run, start } from '../support/program.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('replay', { limit: 120_000 })
const folder = scratch('replay')
test.after(folder.remove)

const replay = (...args: string[]) => run(['replay', ...args])
const captures = readdirSync(`${root}meters`, { recursive: true })
	.map(String)
	.filter((file) => file.endsWith('.capture.jsonl'))
	.map((file) => `meters/${file}`)

const expectedOf = (file: string) => file.replace('.capture.jsonl', '.expected.json')

test('gives all captures the readings that are expected of them, and says how fast', () => {
	assert.ok(captures.length > 15)
	// In one process: to start one takes a second, and there are fifty.
	const wanted = captures.flatMap((file) => JSON.parse(readFileSync(root + expectedOf(file), 'utf8')) as object[])
	writeFileSync(`${folder.path}/all.json`, JSON.stringify(wanted))
	const result = replay(...captures, '--expect', `${folder.path}/all.json`)
	assert.is(result.status, 0, result.stderr)
	assert.match(
		result.stderr,
		new RegExp(`${wanted.length} telegrams in [\\d.]+ s, \\d+ a second; each p50 [\\d.]+ ms, p90 [\\d.]+ ms, p99 [\\d.]+ ms`),
	)
	assert.is(result.stdout.split('\n').filter(Boolean).length, wanted.length)
})

test('says what is not as expected, and ends with 1', () => {
	const file = 'meters/ekz-e450/vse-2026'
	const wanted = JSON.parse(readFileSync(`${root}${file}.expected.json`, 'utf8'))
	writeFileSync(`${folder.path}/other.json`, JSON.stringify([{ ...wanted[0], power_import: 29, voltage_l1: 1 }]))
	const result = replay(`${file}.capture.jsonl`, '--expect', `${folder.path}/other.json`)
	assert.is(result.status, 1)
	assert.match(result.stderr, /reading 1, power_import: 29 is expected, it gives 28/)
	assert.match(result.stderr, /reading 1, voltage_l1: 1 is expected, it gives \d+/)
})

test('says that nothing came out, and what it cannot use', () => {
	const file = 'meters/ekz-e450/vse-2026.capture.jsonl'
	writeFileSync(`${folder.path}/object.json`, '{}')
	const cases: [string[], number, RegExp][] = [
		[['--profile', 'gplug'], 1, /no reading came out: gplug does not read meters\/ekz-e450/],
		[['--profile', 'gplug', '--faults', '5'], 1, /gplug makes no reading of it/],
		[['--expect', `${folder.path}/object.json`], 2, /object.json is no list of readings/],
		[['--expect', `${folder.path}/none.json`], 2, /none.json/],
		[['--to', 'foo'], 2, /--to foo: stdout, or a broker/],
	]
	for (const [args, status, words] of cases) {
		const result = replay(file, ...args)
		assert.match(result.stderr, words)
		assert.is(result.status, status, args.join(' '))
	}
})

test('plays as slowly as recorded when asked to', () => {
	const file = 'meters/gplug-2021/hackday-log.capture.jsonl'
	const last = JSON.parse(
		readFileSync(root + file, 'utf8')
			.trim()
			.split('\n')
			.at(-1) ?? '',
	).t
	const started = Date.now()
	assert.is(replay(file, '--speed', '2').status, 0)
	assert.ok(Date.now() - started >= last / 2)
})

test('publishes to a broker, and says when none answers', async () => {
	const old = await broker()
	const port = await old.listen(0, '127.0.0.1')
	const watcher = await watchTopics(`mqtt://127.0.0.1:${port}`, 'cii/+/reading')
	const child = start(['replay', 'meters/ekz-e450/vse-2026.capture.jsonl', '--to', `mqtt://127.0.0.1:${port}`])
	await watcher.until((seen) => seen.length === 1, 'the reading')
	assert.is(await new Promise((resolve) => child.once('close', resolve)), 0)
	await watcher.close()
	await old.close()
	const none = replay('meters/ekz-e450/vse-2026.capture.jsonl', '--to', `mqtt://127.0.0.1:${await freePort()}`)
	assert.is(none.status, 3)
	assert.match(none.stderr, /is it running, and is the port right\?/)
	for (const [to, status] of [
		[`mqtt://user:hun@ter2@127.0.0.1:${await freePort()}`, 3],
		['mqtt://user:hun/ter2@127.0.0.1', 2],
		['http://user:hun@ter2@127.0.0.1', 2],
	] as const) {
		const refused = replay('meters/ekz-e450/vse-2026.capture.jsonl', '--to', to)
		assert.is(refused.status, status, refused.stderr)
		assert.not.match(refused.stdout + refused.stderr, /hun|ter2/)
		const recorded = run(['record', '--out', `${folder.path}/no.capture.jsonl`, '--transport', to.replace('http', 'mqtt'), '--for', '1'])
		assert.not.match(recorded.stdout + recorded.stderr, /hun|ter2/)
	}
})

test('says in one line what is no capture, and which profile is missing', () => {
	writeFileSync(`${folder.path}/cut.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"7EA0')
	writeFileSync(`${folder.path}/fine.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"7EA0"}\n')
	for (const [args, status, words] of [
		[[`${folder.path}/cut.capture.jsonl`], 1, /cut.capture.jsonl:2 is not JSON/],
		[[`${folder.path}/fine.capture.jsonl`], 2, /name one with --profile/],
		[['nowhere.capture.jsonl'], 1, /no such file|ENOENT/],
		[[`${folder.path}/fine.capture.jsonl`, '--profile', 'ekz-e45'], 2, /did you mean "ekz-e450"/],
	] as const) {
		const result = replay(...args)
		assert.match(result.stderr, words)
		assert.is(result.status, status, args.join(' '))
		assert.not.match(result.stderr, /\n +at /)
	}
})

// ---

test('repeats its faults by their seed, and damages as it says', () => {
	const bytes = Uint8Array.from({ length: 100 }, (_, i) => i)
	for (const fault of FAULTS) {
		assert.equal(damage(bytes, fault, seeded(7)), damage(bytes, fault, seeded(7)), fault)
		const damaged = damage(bytes, fault, seeded(7))
		const wanted = { flip: 0, chunks: 0, cut: -1, double: 1, noise: 1 }[fault]
		assert.is(Math.sign(damaged.length - bytes.length), wanted, fault)
	}
	assert.equal(concat(pieces(bytes, seeded(3))), bytes)
})

const INJECTED = amount(3000, 10_000)

test('lets nothing wrong through a link with a 16-bit checksum, of thousands of faults', () => {
	const result = replay(...captures, '--faults', String(INJECTED), '--seed', '1')
	assert.is(result.status, 0, result.stdout + result.stderr)
	for (const guard of ['FCS-16', 'CRC-16'])
		assert.match(result.stdout, new RegExp(`${guard}: \\d+ faults, \\d+ readings came out, 0 of them wrong`))
	assert.match(result.stdout, /no checksum: \d+ faults, \d+ readings came out, \d+ of them wrong/)
	const total = [...result.stdout.matchAll(/: (\d+) faults/g)].reduce((sum, match) => sum + Number(match[1]), 0)
	assert.is(total, INJECTED)
})

test.run()
