import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { axdr } from '../../engine/application/dlms/axdr.ts'
import { Nodes } from '../../engine/application/nodes.ts'
import { cursor } from '../../engine/bytes/cursor.ts'
import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { decoder } from '../../engine/decode/decoder.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import { codeOf } from '../../engine/telegram/code.ts'
import { scaled } from '../../engine/telegram/number.ts'
import { numberRegister } from '../../engine/telegram/register.ts'
import { type RegisterRule, Rules } from '../../engine/telegram/rules.ts'
import { compileField } from '../../engine/transform/language.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { frame, hexBytes, llc, notification, obisOctets, octets, p1Telegram, structure, u32 } from '../support/craft.ts'
import { engineOf, eventually, freePort, meters, played, scratch } from '../support/engine-of.ts'
import { settle, stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

/** What two reviewers found on 2026-11-23 by attacking the first version: each input stays here. */
const test = suite('hostile', { limit: 60_000 })
const folder = scratch('hostile')
test.after(folder.remove)

const dlmsSettings = {
	link: 'hdlc' as const,
	application: 'dlms' as const,
	registers: {},
	sequence: {},
	authentication: 'optional' as const,
	keys: {},
}
const house = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')
const embedded = { mqtt: { embedded: { port: 0 } } }
const reason = (text: string) => {
	return axdr(cursor(hexBytes(text)), newBudget(), new Nodes())?.reason ?? 'accepted'
}

test('refuses compact arrays of arrays of nothing without taking memory for them', () => {
	assert.is(reason('13 01 0FFF 01 0FFF 01 0FFF 02 00 01 00'), 'limit')
	assert.is(reason('13 01 1000 01 1000 02 00 01 00'), 'limit')
	assert.is(reason(`13${'010001'.repeat(20_000)}`), 'depth')
	assert.is(reason('13 02021211 05 0001050002'), 'length', 'elements that do not end with the array')
	const bomb = decoder(dlmsSettings)
	const outcomes = bomb.push(hexBytes('7ea01eceff0313aff9e6e7000f0000000100130110000110000200010027d57e'))
	assert.equal(
		outcomes.map((item) => 'reason' in item && item.reason),
		['limit'],
	)
})

test("publishes no number whose unit is not the field's", async () => {
	const profile = compileProfile('ewb-as3000', readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error('valid')
	for (const [value, wanted] of [
		['00.507*kW', 507],
		['00.507*MW', 507_000],
		['00.007*GW', 7_000_000],
		['507*w', 507],
	] as const) {
		const [outcome] = await readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 }).push(
			p1Telegram('TST5', [`1-0:1.7.0(${value})`]),
			0,
		)
		assert.is(outcome?.kind === 'reading' && outcome.reading.power_import, wanted, value)
	}
	for (const value of ['00.507*mW', '00.507*A', '00.507*kvar', '00.507*foo', '00.507*', '1.5*constructor', '1.5*__proto__', '1.5*Mvar']) {
		const outcomes = await readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 }).push(
			p1Telegram('TST5', [`1-0:1.7.0(${value})`, '1-0:2.7.0(00.001*kW)']),
			0,
		)
		const [outcome] = outcomes
		if (outcome?.kind !== 'reading') throw new Error(value)
		assert.is(outcome.reading.power_import, undefined, value)
		assert.ok(
			outcome.issues.some(({ field, code }) => field === 'power_import' && (code === 'unit' || code === 'type')),
			`${value}: ${JSON.stringify(outcome.issues)}`,
		)
	}
})

test("takes a rule's unit with its power of ten, and fractions with any scaler", () => {
	const complete = ({ raw = 1.5, scaler, unit }: { raw?: number; scaler?: number; unit?: string }, rule: RegisterRule) => {
		const register = numberRegister(codeOf('1-0:1.7.0'), raw, scaler, unit)
		new Rules({ '1.7.0': rule }).complete([register])
		return register.value
	}
	assert.equal(complete({ scaler: 0 }, { scaler: 0, unit: 'kW' }), { kind: 'number', raw: 1.5, scaler: 3, unit: 'W' })
	assert.equal(complete({ raw: 1500, scaler: -3, unit: 'W' }, { unit: 'kW', override: true }), {
		kind: 'number',
		raw: 1500,
		scaler: 0,
		unit: 'W',
	})
	assert.is(scaled({ kind: 'number', raw: 1234.5, scaler: 13 }), 1.2345e16)
	assert.is(scaled({ kind: 'number', raw: 0.5, scaler: 127 }), 5e126)
})

test('bounds the time for telegrams that are made to be slow', () => {
	const slow: [string, 'p1' | 'hdlc', Uint8Array][] = [
		['many beginnings', 'p1', fromLatin1(`/XXX\r\n${'x/\n'.repeat(21_846)}!0000\r\n`)],
		['many makers', 'p1', fromLatin1(`/XXX\r\n${'x/abc\n'.repeat(43_000)}`)],
		['many flags', 'hdlc', concat(Array.from({ length: 500 }, () => hexBytes('7E00'.repeat(500))))],
	]
	for (const [name, link, bytes] of slow) {
		const reader = decoder({ ...dlmsSettings, link, application: link === 'p1' ? 'p1' : 'dlms' })
		const started = performance.now()
		const count = [...reader.push(bytes), ...reader.idle()].length
		const seconds = (performance.now() - started) / 1000
		assert.ok(seconds < stretched(3), `${name}: ${seconds.toFixed(1)} s for ${bytes.length} bytes, ${count} events`)
	}
})

test('admits no expression that multiplies what it holds', () => {
	const doubling = Array.from({ length: 16 }, () => '$a:={"a":$a,"b":$a,"c":$a,"d":$a};').join('')
	for (const text of [
		`($a:=1;${doubling}$a=$a)`,
		`($a:="x";${'$a:=$join([$a,$a,$a,$a,$a,$a,$a,$a]);'.repeat(6)}$count($split($a,"")))`,
		'$toMillis("aaaa!","[MN][FN][MN][FN][ZN]")',
		'$fromMillis(0, "[Y]")',
		'json{a: {"b": {"c": {"d": 1}}}}',
	]) {
		assert.ok(Array.isArray(compileField(text)), text.slice(0, 60))
	}
})

test('refuses field names, levels, topics and intervals that are none', () => {
	const own = mkdtempSync(join(folder.path, 'p-'))
	const problems = (over: object) => {
		const document = {
			profile: 'x',
			version: '1.0.0',
			title: 't',
			transport: { kind: 'mqtt', topic: 'in/+device/S' },
			decoder: { application: 'json' },
			transform: { power_import: 'json.p' },
			...over,
		}
		writeFileSync(join(own, 'x.json'), JSON.stringify(document))
		const compiled = compileProfile('x', readLibrary([builtinProfiles, own]))
		return Array.isArray(compiled) ? compiled.map(({ message, hint }) => `${message} ${hint}`).join('\n') : 'valid'
	}
	assert.is(problems({}), 'valid')
	assert.match(problems({ transform: { constructor: '1', toString: '1' } }), /no field "constructor"[\s\S]*no field "toString"/)
	assert.match(
		problems({ transport: { kind: 'mqtt', topic: 'in/+device/S', levels: { devcie: 'a' } } }),
		/no level \+devcie did you mean "device"/,
	)
	assert.match(
		problems({ transport: { kind: 'mqtt', topic: 'in/+device/S', levels: { device: 'a/b' } } }),
		/cannot be the value of one level/,
	)
	for (const topic of ['', 'tele/#/x', 'tele/a+b/x', 'tele/#x'])
		assert.match(problems({ transport: { kind: 'mqtt', topic } }), /is not a topic to subscribe to/, topic)
	assert.match(problems({ interval: 864_000 }), /interval must be <= 86400/)
	writeFileSync(join(own, 'deep.json'), '['.repeat(20_000))
	assert.match(JSON.stringify(compileProfile('deep', readLibrary([own]))), /nested deeper/)
	writeFileSync(join(own, 'bom.json'), `\uFEFF${JSON.stringify({ profile: 'bom', version: '1.0.0', title: 'b', extends: 'ekz-e450' })}`)
	assert.not.ok(Array.isArray(compileProfile('bom', readLibrary([builtinProfiles, own]))))
	const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`nonsense${i}`, '1']))
	const started = performance.now()
	assert.ok(problems(many).split('\n').length <= 50)
	assert.ok(performance.now() - started < stretched(5000))
})

test('names keys that stand twice, and names that expressions do not have', () => {
	const own = mkdtempSync(join(folder.path, 'names-'))
	const problems = (transform: string) => {
		writeFileSync(
			join(own, 'x.json'),
			`{ "profile": "x", "version": "1.0.0", "title": "t", "extends": "gplug-2021",\n  "samples": [], "transform": { ${transform} } }`,
		)
		const compiled = compileProfile('x', readLibrary([builtinProfiles, own]))
		return Array.isArray(compiled)
			? compiled.map(({ line, column, message, hint }) => `${line}:${column} ${message} | ${hint}`).join('\n')
			: 'valid'
	}
	assert.match(problems('"power_import": "json.a", "power_import": "json.b"'), /2:\d+ the key "power_import" stands twice here/)
	assert.match(problems('"power_import": "$scale(jsn.a, 3)"'), /2:\d+ power_import: unknown name jsn \| did you mean json\?/)
	assert.match(problems('"power_import": "obis.1.8.0"'), /backquotes/)
	assert.match(problems('"power_import": "$now()"'), /"received" is when the bytes arrived/)
	for (const text of [
		'json.a[b = 1].c',
		'$map(json.list, function($v){ $v.x + json.y })[0]',
		'json.*.Pi',
		'json.(a + b)',
		'$merge($each(channels, function($c, $n){ {$n: {\\"id\\": $c.id}} }))',
		'($a := json.x; $a.y)',
		'$.json.a',
		'json.a ? json.b : topic.c',
	]) {
		assert.is(problems(`"extra.x": "${text}"`), 'valid', text)
	}
})

test('withholds integers of a payload that lost their last digits', async () => {
	const profile = compileProfile('gplug-2021', readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error('valid')
	const pipeline = readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })
	const [outcome] = await pipeline.message(
		{ topic: 'tele/a/SENSOR', payload: fromLatin1('{"Time":"2021-09-24T17:03:45","z":{"Pi":9007199254740993,"Po":1}}'), retain: false },
		0,
	)
	assert.equal(outcome?.kind === 'reading' && [outcome.reading.power_import, outcome.reading.power_export], [undefined, 1])
})

test("binds an adapter at its first reading, not at a neighbour's lamp", async () => {
	const profile = compileProfile('gplug-2021', readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error('valid')
	const pipeline = readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })
	const send = (device: string, payload: string) =>
		pipeline.message({ topic: `tele/${device}/SENSOR`, payload: fromLatin1(payload), retain: false }, 0)
	assert.is((await send('lamp', '{"Time":"2021-09-24T17:03:45","Switch1":"ON"}'))[0]?.kind, 'rejected')
	assert.is((await send('gPlug10', '{"Time":"2021-09-24T17:03:45","z":{"Pi":1}}'))[0]?.kind, 'reading')
})

test("gives each frame's bytes once, and to the telegram that they are of", () => {
	const root = structure(octets(obisOctets('1-0:1.7.0')), u32(1))
	const twice = frame(concat([llc, notification(root), llc, notification(root)]))
	const reader = decoder(dlmsSettings)
	assert.equal(
		reader.push(twice).map(({ bytes }) => bytes.length),
		[twice.length, 0],
	)
})

test('goes on over a swap between two frames that share a flag', async () => {
	const profile = compileProfile('ekz-e450', readLibrary([builtinProfiles]))
	if (Array.isArray(profile)) throw new Error('valid')
	const one = frame(concat([llc, notification(structure(octets(obisOctets('1-0:1.7.0')), u32(1)))]))
	const both = concat([one, one.subarray(1)])
	for (let cut = one.length; cut < both.length; cut++) {
		const pipeline = readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })
		const before = await pipeline.push(both.subarray(0, cut), 0)
		const swapped = await pipeline.swap(
			{ ...profile, document: { ...profile.document, decoder: { ...profile.document.decoder, registers: { '*': { scaler: 1 } } } } },
			0,
		)
		const after = await pipeline.push(both.subarray(cut), 0)
		assert.equal(
			[...before, ...swapped, ...after].map(({ kind }) => kind),
			['reading', 'reading'],
			`cut at ${cut}`,
		)
	}
})

// ---

test('runs on when files in the profile folder are of any kind, and reloads after each mistake', async () => {
	const own = mkdtempSync(join(folder.path, 'folder-'))
	for (const name of ['copy #2.json', 'meter+1.json', 'Ünder.json']) writeFileSync(join(own, name), '{}')
	mkdirSync(join(own, 'dir.json'))
	symlinkSync('loop.json', join(own, 'loop.json'))
	execFileSync('mkfifo', [join(own, 'pipe.json')])
	writeFileSync(
		join(own, 'file-sample.json'),
		JSON.stringify({ profile: 'file-sample', version: '1.0.0', title: 'x', extends: 'common/lg-e450', samples: ['file-sample.json'] }),
	)
	const { engine, log } = await engineOf({ ...embedded, profiles: [own], meters: [house] }, folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, '#')
	await watcher.until((seen) => readings(seen, 'house').length > 0, 'readings')
	await eventually(
		() => log.some((line) => line.includes("a profile's file has a name of a-z")),
		() => log.join(''),
	)
	writeFileSync(join(own, 'deep.json'), '['.repeat(20_000))
	await engine.reload()
	await watcher.until((seen) => seen.some(({ topic }) => topic === 'cii/bridge/main/profiles/deep'), 'the deep one')
	rmSync(join(own, 'deep.json'))
	writeFileSync(
		join(own, 'good.json'),
		JSON.stringify({ profile: 'good', version: '1.0.0', title: 'x', extends: 'common/lg-e450', samples: ['ekz-e450'] }),
	)
	await engine.reload()
	await watcher.until(
		(seen) => seen.some(({ topic, payload }) => topic === 'cii/bridge/main/profiles/good' && payload.includes('active')),
		'the good one',
	)
	await watcher.until(
		(seen) => seen.some(({ topic, payload }) => topic === 'cii/bridge/main/profiles/deep' && payload === ''),
		'the deleted one to be cleared',
	)
	await watcher.close()
	await engine.close()
})

test('does not wait for another broker that is away, and takes no address that is none', async () => {
	const away = await freePort()
	const foreign = (url: string) => ({ name: 'foreign', profile: 'gplug-2021', transport: { url } })
	const { engine, log } = await engineOf(
		{ ...embedded, meters: [house, foreign(`mqtt://127.0.0.1:${away}`), { ...foreign('mqtt://localhost:99999'), name: 'none' }] },
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/reading')
	await watcher.until((seen) => seen.length > 0, 'the healthy meter')
	assert.ok(
		log.some((line) => line.includes('is not the address of a broker')),
		log.join(''),
	)
	await watcher.close()
	await engine.close()
})

test('refuses a profile whose topic would read our own output', async () => {
	const own = mkdtempSync(join(folder.path, 'loop-'))
	writeFileSync(
		join(own, 'x.json'),
		JSON.stringify({
			profile: 'x',
			version: '1.0.0',
			title: 't',
			transport: { kind: 'mqtt', topic: 'cii/+m/reading' },
			decoder: { application: 'json' },
			transform: { power_import: 'json.power_import' },
		}),
	)
	const { engine, log } = await engineOf({ ...embedded, profiles: [own], meters: [{ name: 'loop', profile: 'x' }] }, folder.path)
	assert.ok(
		log.some((line) => line.includes('is written by this process')),
		log.join(''),
	)
	await engine.close()
})

test('keeps an input over edits of its port, on the embedded broker too', async () => {
	const own = mkdtempSync(join(folder.path, 'input-'))
	const write = (interval: number) =>
		writeFileSync(
			join(own, 'x.json'),
			JSON.stringify({ profile: 'x', version: '1.0.0', title: 't', extends: 'gplug-2021', samples: [], transport: { idle: interval } }),
		)
	write(100)
	const { engine } = await engineOf({ ...embedded, profiles: [own], meters: [{ name: 'in', profile: 'x' }] }, folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/in/reading')
	const publisher = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.port}`)
	for (let round = 0; round < 8; round++) {
		write(200 + round)
		await engine.reload()
		await publisher.publishAsync('tele/gPlug10/SENSOR', `{"Time":"2021-09-24T17:03:45","z":{"Pi":${round}}}`, { qos: 1 })
		await eventually(
			() => readings(watcher.seen, 'in').length === round + 1,
			() => `round ${round}: ${watcher.seen.length}`,
		)
	}
	await settle(700)
	await publisher.publishAsync('tele/gPlug10/SENSOR', '{"Time":"2021-09-24T17:03:45","z":{"Pi":99}}', { qos: 1 })
	await eventually(
		() => readings(watcher.seen, 'in').at(-1)?.power_import === 99,
		() => 'after the pause',
	)
	await publisher.endAsync()
	await watcher.close()
	await engine.close()
})

test('begins the state of another meter anew', async () => {
	const capture = (name: string) => ({
		kind: 'capture',
		path: `${meters}gplug-2021/${name}.capture.jsonl`,
		topic: 'tele/+device/SENSOR',
		loop: true,
		pause: 300,
	})
	const own = mkdtempSync(join(folder.path, 'state-'))
	const file = join(own, 'cii2mqtt.json')
	const config = (name: string) => ({ ...embedded, profiles: [own], meters: [{ name: 'in', profile: 'x', transport: capture(name) }] })
	const write = (name: string) => {
		const transform = { power_export: name === 'ewb' ? 'json.z.Pi' : null }
		const profile = { profile: 'x', version: '1.0.0', title: 't', extends: 'gplug-2021', samples: [], transform }
		writeFileSync(join(own, 'x.json'), JSON.stringify(profile))
		writeFileSync(file, JSON.stringify(config(name)))
	}
	write('ewb')
	const { engine } = await engineOf(config('ewb'), own, file)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/in/state')
	const last = () => JSON.parse(watcher.seen.at(-1)?.payload || '{}')
	await eventually(
		() => last().power_export === 12,
		() => JSON.stringify(last()),
	)
	write('romande-energie')
	await eventually(
		() => last().id === 'gPlug11',
		() => JSON.stringify(last()),
	)
	assert.equal([last().power_export, last().power_import], [undefined, 0])
	await watcher.close()
	await engine.close()
})

test.run()
