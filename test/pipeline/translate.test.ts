import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { merge } from '../../engine/document/merge.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile, isComplete } from '../../engine/profile/profile.ts'
import { compileField } from '../../engine/transform/language.ts'
import { telegram } from '../support/corpus.ts'
import { hexBytes, p1Telegram } from '../support/craft.ts'
import { pipeline as meterOf } from '../support/pipeline.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('meter')
const library = readLibrary([builtinProfiles])

/** A built-in profile with something laid over its document. */
function profile(name: string, over: { [key: string]: unknown } = {}): CompiledProfile {
	const compiled = compileProfile(name, library)
	if (Array.isArray(compiled)) throw new Error(compiled.map(({ message }) => message).join())
	const document = merge({ ...compiled.document }, over)
	if (!isComplete(document)) throw new Error('incomplete')
	return { ...compiled, document }
}
const open = (compiled: CompiledProfile, keys = {}): Pipeline<Outcome> =>
	readingPipeline({ name: 'house', id: 'house', profile: compiled, keys, session: 0, seq: 0 })
const said = (outcomes: Outcome[]) => outcomes.map((outcome) => (outcome.kind === 'reading' ? 'reading' : outcome.reason))
const e450 = telegram('ch-lg-e450-vse2026').bytes

test('gives the same readings whatever the chunks, and however many calls overlap', async () => {
	const whole = await open(profile('ekz-e450')).push(concat([e450, e450]), 0)
	assert.equal(said(whole), ['reading', 'reading'])
	const pipeline = open(profile('ekz-e450'))
	const pieces = await Promise.all(Array.from(concat([e450, e450]), (byte) => pipeline.push(Uint8Array.of(byte), 0)))
	const found = pieces.flat()
	assert.equal(said(found), ['reading', 'reading'])
	assert.equal(
		found.map((outcome) => outcome.kind === 'reading' && outcome.reading.seq),
		[0, 1],
	)
	assert.equal(
		found.map((outcome) => outcome.kind === 'reading' && outcome.reading.power_import),
		[28, 28],
	)
})

test('gives the bytes of all frames that a telegram took', async () => {
	const [outcome] = await open(profile('ekz-e450')).push(e450, 0)
	assert.equal(outcome?.bytes, e450)
})

test('swaps profiles at any byte of a telegram without losing it', async () => {
	const [one, other] = [profile('ekz-e450'), profile('ekz-e450', { decoder: { registers: { '*': { scaler: 1 } } } })]
	for (let cut = 0; cut <= e450.length; cut += 13) {
		for (const next of [one, other]) {
			const pipeline = open(one)
			const outcomes = [
				...(await pipeline.push(e450.subarray(0, cut), 0)),
				...(await pipeline.swap(next, 0)),
				...(await pipeline.push(e450.subarray(cut), 0)),
			]
			assert.equal(said(outcomes), ['reading'], `cut at ${cut}`)
			const [outcome] = outcomes
			const power = outcome?.kind === 'reading' ? outcome.reading.power_import : undefined
			assert.is(power, next === one || cut === e450.length ? 28 : 280, `cut at ${cut}`)
		}
	}
})

test('reads messages of its own adapter only, and each as one reading', async () => {
	const message = (topic: string, payload: string, retain = false) => ({ topic, payload: new TextEncoder().encode(payload), retain })
	const pi = '{"Time":"2021-09-24T17:03:45","z":{"Pi":12}}'
	const pipeline = open(profile('gplug-2021'))
	assert.equal(said(await pipeline.message(message('tele/gPlug10/SENSOR', 'Online'), 0)), ['noise'])
	assert.equal(said(await pipeline.message(message('tele/gPlug10/SENSOR', pi, true), 0)), ['duplicate'])
	assert.equal(said(await pipeline.message(message('tele/gPlug10/SENSOR', pi), 0)), ['reading'])
	assert.equal(said(await pipeline.message(message('tele/gPlug11/SENSOR', pi), 0)), ['unknown'])
	assert.equal(said(await pipeline.message(message('tele/gPlug10/STATE', pi), 0)), ['unknown'])
	assert.equal(said(await pipeline.message(message('tele/gPlug10/SENSOR', '{"Time":"2021-09-24T17:03:45","z":{"Pi":"12 W"}}'), 0)), [
		'unknown',
	])
	assert.equal(said(await pipeline.message(message('tele/gPlug10/SENSOR', `{"a":${'['.repeat(100)}`), 0)), ['depth'])
	const pinned = open(profile('gplug-2021', { transport: { levels: { device: 'gPlug11' } } }))
	assert.equal(said(await pinned.message(message('tele/gPlug10/SENSOR', pi), 0)), ['unknown'])
	assert.equal(said(await pinned.message(message('tele/gPlug11/SENSOR', pi), 0)), ['reading'])
})

test('names values without codes by their place, for lists of the lengths that the profile knows', async () => {
	const list = telegram('no-kaifa-list1-aviborg').bytes
	const known = profile('ekz-e450', {
		decoder: {
			link: 'hdlc',
			application: 'dlms',
			sequence: { 1: ['1-0:1.7.0'] },
			registers: { '1.7.0': { scaler: 0 } },
		},
	})
	const [outcome] = await open(known).push(list, 0)
	assert.is(outcome?.kind === 'reading' && outcome.reading.power_import, 1316)
	const other = profile('ekz-e450', { decoder: { link: 'hdlc', application: 'dlms', sequence: { 9: Array(9).fill(null) } } })
	const [refused] = await open(other).push(list, 0)
	assert.match(
		refused?.kind === 'rejected' ? refused.detail : '',
		/a list of 1 values without OBIS codes; the profile's decoder.sequence names lists of 9/,
	)
})

test('publishes no number whose scaler nobody stated', async () => {
	const [outcome] = await open(profile('ekz-e450', { decoder: { registers: { '*': null, '1.7.0': { scaler: 0 } } } })).push(e450, 0)
	if (outcome?.kind !== 'reading') throw new Error('no reading')
	assert.is(outcome.reading.power_import, 28)
	assert.is(outcome.reading.voltage_l1, undefined)
	assert.ok(outcome.issues.some(({ field, code }) => field === 'voltage_l1' && code === 'unscaled'))
})

test("decrypts with the meter's keys, and marks what it could not verify", async () => {
	const entry = telegram('at-lg-e450-flat-enc-1')
	const keys = { encryption: hexBytes(entry.keys.encryptionKey ?? ''), authentication: hexBytes(entry.keys.authenticationKey ?? '') }
	const [verified] = await open(profile('ekz-e450'), keys).push(entry.bytes, 0)
	assert.equal(
		verified?.kind === 'reading' && [
			verified.reading.auth,
			verified.reading.invocation_counter !== undefined,
			verified.reading.energy_import,
		],
		['verified', true, 4408736],
	)
	const [unverified] = await open(profile('ekz-e450'), { encryption: keys.encryption }).push(entry.bytes, 0)
	assert.is(unverified?.kind === 'reading' && unverified.reading.auth, 'unverified')
	assert.equal(said(await open(profile('ekz-e450')).push(entry.bytes, 0)), ['nokey'])
})

test('never throws and never hangs on damaged telegrams', async () => {
	let seed = 3
	const random = (below: number) => {
		seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
		return Math.floor((seed / 2 ** 32) * below)
	}
	for (const id of ['ch-lg-e450-vse2026', 'ch-iskra-am550-vse2026', 'p1-nl-iskra-dsmr50']) {
		const { bytes } = telegram(id)
		const compiled = profile(id.startsWith('p1') ? 'ewb-as3000' : 'ekz-e450')
		for (let trial = 0; trial < 300; trial++) {
			const damaged = Uint8Array.from(bytes)
			for (let flips = 0; flips <= trial % 4; flips++) damaged[random(damaged.length)] = random(256)
			const cut = damaged.subarray(random(40), damaged.length - random(40))
			const pipeline = open(compiled)
			const outcomes = [...(await pipeline.push(cut, 0)), ...(await pipeline.idle(0))]
			for (const outcome of outcomes)
				if (outcome.kind === 'reading') assert.equal(outcome.bytes.length, bytes.length, 'only whole telegrams give readings')
		}
	}
})

test('suspends the expressions that take too long, and nothing else, until the profile changes', async () => {
	const endless = '$map(json.list, function($a){ $map(json.list, function($b){ $map(json.list, function($c){ $a }) }) })'
	const compiledOf = (fields: Record<string, string>): CompiledProfile => ({
		...profile('gplug-2021', { transport: { topic: 'x', levels: null, identity: null } }),
		label: 'slow@1.0.0',
		transform: new Map(
			Object.entries(fields).map(([name, text]) => {
				const expression = compileField(text)
				if (Array.isArray(expression)) throw new Error(expression[0]?.message)
				return [name, expression]
			}),
		),
	})
	const slow = compiledOf(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`extra.${name}`, endless])))
	const under = readingPipeline({ name: 'm', id: 'm', profile: slow, keys: {}, session: 0, seq: 0 })
	const payload = new TextEncoder().encode(JSON.stringify({ power: 5, list: Array.from({ length: 3000 }, (_, i) => i) }))
	const give = () => under.message({ topic: 'x', payload, retain: false }, 0)
	for (let i = 0; i < 3; i++) await give()
	const [outcome] = await give()
	const words = 'it took too many steps three times, and is tried again with every 32nd telegram. Make it shorter, or split it'
	assert.is(
		outcome?.kind === 'rejected' && outcome.detail,
		`decoded, and nothing of it is mapped by slow@1.0.0 (${['a', 'b', 'c', 'd'].map((name) => `extra.${name}: ${words}`).join('; ')})`,
	)
	await under.swap(compiledOf({ power_import: 'json.power' }), 0)
	const [after] = await give()
	assert.is(after?.kind === 'reading' && after.reading.power_import, 5)
	// One expression alone, too, that is stopped at its own limit.
	await under.swap(compiledOf({ power_import: 'json.power', 'extra.a': endless }), 0)
	for (let i = 0; i < 3; i++) await give()
	const [alone] = await give()
	assert.equal(alone?.kind === 'reading' && [alone.reading.power_import, alone.issues], [
		5,
		[{ field: 'extra.a', code: 'suspended', detail: words }],
	])
})

test('reads its capture files as the corpus has them', () => {
	const lines = readFileSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, 'utf8').split('\n').slice(1).filter(Boolean)
	assert.equal(concat(lines.map((line) => hexBytes(JSON.parse(line).hex))), e450)
})

test('takes the time of arrival where the clock of the meter cannot be right, and says what it says', async () => {
	const ARRIVED = Date.UTC(2026, 10, 28, 9, 0, 0)
	const times = async (clock: string, over: object = {}, live = true) => {
		const under = meterOf('dsmr', {}, over, live)
		const outcome = await under.give(p1Telegram('TST5', ['1-3:0.2.8(50)', `0-0:1.0.0(${clock})`, '1-0:1.7.0(00.100*kW)']), ARRIVED)
		if (outcome?.kind !== 'reading') throw new Error(`${outcome?.kind}`)
		const { time, time_source, meter_time, issues = [] } = outcome.reading
		return [time, time_source, meter_time, ...issues.map(({ field, code }) => `${field}:${code}`)]
	}
	const arrived = ['2026-11-28T10:00:00+01:00', 'gateway']
	assert.equal(await times('261128095600W'), ['2026-11-28T09:56:00+01:00', 'meter', undefined], 'four minutes')
	assert.equal(await times('261128094900W'), [...arrived, '2026-11-28T09:49:00+01:00', 'time:clock'])
	assert.equal(await times('000101010000W'), [...arrived, '2000-01-01T01:00:00+01:00', 'time:clock'], 'never set (dsmr-reader issue 811)')
	assert.equal(await times('360101000000W'), [...arrived, '2036-01-01T00:00:00+01:00', 'time:clock'])
	assert.equal(await times('261128110000W'), [...arrived, '2026-11-28T11:00:00+01:00', 'time:clock'], 'an hour off')
	assert.equal(await times('261128110000W', { expect: { time: { drift: 4000 } } }), ['2026-11-28T11:00:00+01:00', 'meter', undefined])
	assert.equal(await times('000101010000W', { expect: { time: null } }), ['2000-01-01T01:00:00+01:00', 'meter', undefined])
	assert.equal(
		await times('000101010000W', { transport: { kind: 'capture' } }),
		['2000-01-01T01:00:00+01:00', 'meter', undefined],
		'a recording',
	)
	assert.equal(await times('000101010000W', {}, false), ['2000-01-01T01:00:00+01:00', 'meter', undefined], 'a sample')
})

test('says once that a counter and the power are scaled differently', async () => {
	const under = meterOf('dsmr')
	const found: string[] = []
	for (let at = 0; at < 400; at++) {
		const energy = (1000 + (at * 10 * 0.36) / 36).toFixed(3)
		const outcome = await under.give(p1Telegram('TST5', ['1-0:1.7.0(03.600*kW)', `1-0:1.8.0(00${energy}*kWh)`]), at * 10_000)
		if (outcome?.kind === 'reading') found.push(...(outcome.reading.issues ?? []).map(({ code, detail }) => `${code}: ${detail}`))
	}
	assert.is(found.length, 1)
	assert.match(found[0] ?? '', /scale: rose by .* 10 times too much.*scaler.* is 1 too high/)
})

test.run()
