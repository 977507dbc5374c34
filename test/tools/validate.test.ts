import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as assert from 'uvu/assert'
import type { Finding } from '../../engine/document/finding.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { scratch } from '../support/engine-of.ts'
import { FAULTY } from '../support/faulty.ts'
import { stretched } from '../support/pace.ts'
import { run } from '../support/program.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('validate', { limit: 60_000 })
const folder = scratch('validate')
test.after(folder.remove)

const validate = (...args: string[]) => run(['validate', ...args])
const findings = (...args: string[]): Finding[] => JSON.parse(validate('--format', 'json', ...args).stdout)

for (const [name, [line, column, code, message, hint]] of Object.entries(FAULTY)) {
	test(`names file, line and column of ${name}`, () => {
		const result = validate('--format', 'json', `test/faulty/${name}.json`)
		const all: Finding[] = JSON.parse(result.stdout)
		const found = all.find((finding) => finding.code === code)
		assert.ok(found, result.stdout)
		// In a circle it is the second file that closes it.
		assert.is(found?.file, name === 'cycle' ? 'test/faulty/cycle-back.json' : `test/faulty/${name}.json`)
		assert.equal([found?.line, found?.column], [line, column], JSON.stringify(found))
		assert.match(found?.message ?? '', message)
		if (hint) assert.match(found?.hint ?? '', hint)
		assert.is(result.status, found?.severity === 'warning' ? 0 : 1)
		if (result.status === 0) assert.is(validate('--strict', `test/faulty/${name}.json`).status, 1)
	})
}

test('shows people the line and a caret, and GitHub an annotation', () => {
	const pretty = validate('test/faulty/unknown-function.json').stdout
	assert.match(pretty, /test\/faulty\/unknown-function.json:7:24 error expression\/unknown-function\n/)
	const [source, caret] = pretty.split('\n').slice(2, 4) as [string, string]
	assert.is(source.slice(caret.indexOf('^')).slice(0, 5), '$scal')
	assert.match(pretty, /1 file: 1 error, 0 warnings/)
	assert.match(
		validate('--format', 'github', 'test/faulty/wrong-key.json').stdout,
		/^::error file=test\/faulty\/wrong-key.json,line=6,col=3,title=schema\/additionalProperties::unknown key/,
	)
})

test('finds nothing wrong with the built-in profiles, the demo and the captures', () => {
	const captures = readdirSync(`${root}meters`, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => `meters/${name}`)
	const all = findings('profiles', 'profiles/common', 'meters/demo.config.json', ...captures)
	assert.equal(
		all.filter(({ severity }) => severity === 'error'),
		[],
	)
})

test('reports a number that stays when what it is made of is missing', () => {
	const write = (name: string, transform: object) =>
		writeFileSync(
			`${folder.path}/${name}.json`,
			JSON.stringify({ profile: name, version: '1.0.0', title: 'x', extends: 'ekz-e450', transform }),
		)
	write('sum', { 'extra.total': '$sum([obis.`1.7.0`, obis.`1.8.0`])' })
	write('zero', { power_import: 'obis.`1.7.0` ?? 0' })
	write('looked', { power_import: '$lookup(obis, "1.7.0") ?? 0' })
	write('plus', { 'extra.total': 'obis.`1.7.0` + obis.`1.8.0`', power_import: 'obis.`1.7.0` ?? obis.`99.7.0`' })
	const missing = (name: string) =>
		findings(`${folder.path}/${name}.json`)
			.filter(({ code }) => code === 'coverage/missing')
			.map(({ message }) => message)
	assert.match(missing('sum')[0] ?? '', /extra.total is \d+ without 1.[78].0/)
	assert.match(missing('zero')[0] ?? '', /power_import is 0 without 1.7.0 \(with it 28\)/)
	assert.match(missing('looked')[0] ?? '', /power_import is 0 without 1.7.0 \(with it 28\)/)
	assert.equal(missing('plus'), [])
})

test('names registers that no field uses', () => {
	writeFileSync(
		`${folder.path}/few.json`,
		JSON.stringify({
			profile: 'few',
			version: '1.0.0',
			title: 'x',
			extends: 'ekz-e450',
			transform: { voltage_l1: null },
			samples: ['ekz-e450'],
		}),
	)
	const codes = findings(`${folder.path}/few.json`)
		.filter(({ code }) => code === 'coverage/register')
		.map(({ message }) => message)
	assert.equal(codes, ['the samples carry 1-0:32.7.0, and no field uses it'])
})

test('writes the expected readings anew when asked, and says what changes', () => {
	const own = `${folder.path}/update`
	mkdirSync(`${own}/mine`, { recursive: true })
	cpSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, `${own}/mine/vse-2026.capture.jsonl`)
	writeFileSync(
		`${own}/mine.json`,
		JSON.stringify({ profile: 'mine', version: '1.0.0', title: 'x', extends: 'common/lg-e450', samples: ['mine'] }),
	)
	assert.ok(findings(`${own}/mine.json`).some(({ code }) => code === 'sample/expected'))
	const first = validate('--update', `${own}/mine.json`)
	assert.is(first.status, 0, first.stdout)
	const expected = JSON.parse(readFileSync(`${own}/mine/vse-2026.expected.json`, 'utf8'))
	assert.equal([expected[0].power_import, expected[0].seq, expected[0].received], [28, undefined, undefined])
	writeFileSync(
		`${own}/mine.json`,
		JSON.stringify({
			profile: 'mine',
			version: '1.0.0',
			title: 'x',
			extends: 'common/lg-e450',
			samples: ['mine'],
			transform: { power_import: 'obis.`1.7.0` * 2' },
		}),
	)
	assert.is(validate(`${own}/mine.json`).status, 1)
	const second = validate('--update', `${own}/mine.json`)
	assert.match(second.stderr, /reading 1, power_import: 28 → 56/)
	assert.is(validate(`${own}/mine.json`).status, 0)
})

test('warns of samples that show nothing, and names an expected file that is none', () => {
	const own = `${folder.path}/silent`
	mkdirSync(`${own}/silent`, { recursive: true })
	writeFileSync(`${own}/silent/x.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n')
	writeFileSync(`${own}/silent/x.expected.json`, '[]')
	writeFileSync(
		`${own}/silent.json`,
		JSON.stringify({ profile: 'silent', version: '1.0.0', title: 'x', extends: 'common/lg-e450', samples: ['silent'] }),
	)
	const silent = findings(`${own}/silent.json`).find(({ code }) => code === 'sample/silent')
	assert.is(silent?.severity, 'warning')
	writeFileSync(`${own}/silent/x.expected.json`, '{}')
	assert.match(validate(`${own}/silent.json`).stdout, /x.expected.json is no list of readings/)
	const update = validate('--update', `${own}/silent.json`)
	assert.match(update.stdout, /x.expected.json is no list of readings/)
	assert.is(update.status, 1)
})

test('says in one line what cannot be read or names nothing', () => {
	const cases: [string[], number, RegExp][] = [
		[['no-such-profile'], 2, /no profile has this name/],
		[['package.json'], 1, /unknown key "name"/],
		[['README.md'], 1, /README.md:1:1 error file\/kind\n.*are called X.json/],
		[['ekz-e45'], 2, /did you mean "ekz-e450"\?/],
		[[`${folder.path}/empty`], 2, /holds no profile, config or capture/],
		[[`${folder.path}/outer`], 1, /outer\/inner\/nested.json:1:\d+ error/],
	]
	mkdirSync(`${folder.path}/empty`)
	mkdirSync(`${folder.path}/outer/inner`, { recursive: true })
	writeFileSync(`${folder.path}/outer/inner/nested.json`, '{"profile":"nested","no":1}')
	writeFileSync(
		`${folder.path}/config.json`,
		'{ "mqtt": { "url": "mqtt://localhost" },\n  "meters": [{ "name": "a", "profile": "ekz-e45" }] }',
	)
	cases.push([[`${folder.path}/config.json`], 1, /config.json:2:\d+ error profile\/missing\n(.*\n)*.*did you mean "ekz-e450"/])
	writeFileSync(`${folder.path}/brokerless.json`, '{ "meters": [{ "name": "a", "profile": "ekz-e450" }] }')
	cases.push([[`${folder.path}/brokerless.json`], 1, /mqtt/])
	writeFileSync(`${folder.path}/odd.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"7E0"}\n')
	cases.push([[`${folder.path}/odd.capture.jsonl`], 1, /odd.capture.jsonl:2:1 error capture\/syntax/])
	writeFileSync(`${folder.path}/cut.capture.jsonl`, '{"capture":1,"meter":"x","source":"y","license":"z"}\n{"t":0,"hex":"7EA0')
	cases.push([[`${folder.path}/cut.capture.jsonl`], 1, /cut.capture.jsonl:2:1 error capture\/syntax/])
	writeFileSync(`${folder.path}/locked.json`, '{}')
	chmodSync(`${folder.path}/locked.json`, 0o000)
	if (process.getuid?.() !== 0) cases.push([[`${folder.path}/locked.json`], 1, /cannot be read: EACCES/])
	for (const [args, status, words] of cases) {
		const result = validate(...args)
		assert.is(result.status, status, args.join(' '))
		assert.match(result.stdout + result.stderr, words)
		assert.not.match(result.stdout + result.stderr, /\n +at /)
	}
})

/** Secrets as people write them in a config by mistake. */
const SECRETS: [string, RegExp?][] = [
	['"mqtt": { "url": "mqtt://user:hun@ter2@host", "usernam": "x" }'],
	['"mqtt": { "url": "mqtt://user:hun/ter2@host" }', /config\/url(?:.|\n)*write \/ as %2F/],
	['"mqtt": { "url": "mqtt://user:1#hunter2@host" }', /config\/url(?:.|\n)*write \/ as %2F/],
	['"mqtt": { "url": "mqtt://user:hunter2 %@host" }', /config\/url(?:.|\n)*% as %25/],
	['"mqtt": { "url": "user:hunter2@host" }', /this text does not fit mqtt.url/],
	['"mqtt": { "url": "mqtt://user:hunter2@host:99999" }', /"mqtt:\/\/host:99999" is not the address/],
	['"mqtt": { "url": "mqtt://host", "password": "hunter2" }', /mqtt.password is a secret(?:.|\n)*write \{ "\$env": "NAME" \}/],
	['"mqtt": { "url": "mqtt://host", "password": "hun,ter2", "no": 1 }', /write \{ "\$env": "NAME" \}/],
	['"mqtt": { "url": "mqtt://host", "password": ["hunter2"] }', /write \{ "\$env": "NAME" \}/],
	['"mqtt": { "url": "mqtt://host", "password":\n { "value": "hunter2" } }'],
	['"mqtt": { "url": "mqtt://host", password: hunter2 }', /json\/syntax/],
	['"mqtt": { "url": "mqtt://host", "passwort": "hunter2" }', /unknown key "passwort"/],
]

test('prints no secret that was written as text, whatever is wrong with its line', () => {
	const meters: [string, RegExp?][] = [
		['"keys": { "encryption": "00112233445566778899AABBCCDDEEFF" }', /keys.encryption is a secret(?:.|\n)*write \{ "\$env": "NAME" \}/],
		['"keys": { "encription": "0011 2233 4455 6677 8899 AABB CCDD EEFF" }', /unknown key "encription"/],
		['"transport": { "url": "mqtt://user:hun/ter2@host" }', /write \/ as %2F/],
	]
	const broker = '"mqtt": { "url": "mqtt://host" }'
	const cases = [
		...SECRETS.map(([part, words]) => [`{ ${part}, "meters": [] }`, words] as const),
		...meters.map(([part, words]) => [`{ ${broker}, "meters": [{ "name": "a", "profile": "gplug", ${part} }] }`, words] as const),
	]
	const files = cases.map(([text], place) => {
		const file = `${folder.path}/secret-${place}.json`
		writeFileSync(file, text)
		return file
	})
	const printed = ['pretty', 'json', 'github'].map((form) => validate('--format', form, ...files).stdout)
	for (const [place, [text, words]] of cases.entries()) {
		const name = basename(files[place] ?? '')
		for (const one of printed) assert.ok(one.includes(name), `nothing is said of ${text}`)
		const own = printed[0]?.split('\n\n').filter((part) => part.includes(name))
		if (words) assert.match(own?.join('\n') ?? '', words)
	}
	for (const one of printed) assert.not.match(one, /hun|ter2|AABB|AA BB/)
})

test('finds meters that read the same input, and settings of another kind of transport', () => {
	const file = `${folder.path}/shared.json`
	const found = (...meters: object[]) => {
		writeFileSync(
			file,
			JSON.stringify({
				mqtt: { url: 'mqtt://host' },
				meters: meters.map((more, place) => ({ name: `m${place}`, profile: 'ekz-e450', ...more })),
			}),
		)
		return findings(file).map(({ code, message }) => `${code}: ${message}`)
	}
	const usb = { transport: { path: '/dev/ttyUSB0' } }
	const asks = (address: string) => ({ transport: { path: '/dev/ttyUSB0', request: { hex: [address] } } })
	const pinned = (device: string) => ({ profile: 'gplug', transport: { levels: { device } } })
	const open = { profile: 'gplug' }
	assert.equal(found(usb, usb), ['config/shared: m1 and m0 both read /dev/ttyUSB0'])
	assert.equal(found(usb, { transport: { path: '/dev/../dev/ttyUSB0' }, enabled: false }), [])
	assert.equal(found(asks('105B015C16'), asks('105B025D16')), [], 'several meters on one converter')
	assert.equal(found(asks('105B015C16'), asks('105B015C16')).length, 1)
	const at = (address: number) => ({ profile: 'common/mbus', transport: { path: '/dev/ttyUSB0', request: { address } } })
	assert.equal(found(at(1), at(2)), [])
	assert.equal(found(at(1), at(1)), ['config/shared: m1 and m0 both read /dev/ttyUSB0, and ask address 1'])
	assert.equal(found(open, open), ['config/shared: m1 and m0 both read tele/+device/SENSOR'])
	assert.equal(found(pinned('x'), open).length, 1, 'the open one may take the other')
	assert.equal(found(pinned('x'), pinned('y')), [])
	const tcp = { kind: 'tcp', host: 'bridge', port: 3000 }
	assert.equal(found({ transport: tcp }, { transport: tcp }), ['config/shared: m1 and m0 both read bridge:3000'])
	assert.equal(found({ transport: { host: 'bridge', port: 3000 } }), [
		'config/transport: m0 is read by serial, which has no "host"',
		'config/transport: m0 is read by serial, which has no "port"',
	])
})

test('lists the values of an enumeration, wherever it is stated', () => {
	const file = `${folder.path}/values.json`
	const config = (more: string) => `{ "mqtt": { "url": "mqtt://host" }, "meters": [{ "name": "a", "profile": "ekz-e450"${more} }] }`
	for (const [text, words] of [
		[config(', "transport": { "parity": "evem" }'), /"evem" is no value for transport.parity(?:.|\n)*"none", "even", "odd"/],
		[config(', "decoder": { "link": "x" }'), /"hdlc", "mbus", "sml"/],
		[config('').replace('"meters"', '"role": "reader", "meters"'), /did you mean "read"\? It is one of "both", "read", "translate"/],
	] as const) {
		writeFileSync(file, text)
		assert.match(validate(file).stdout, words)
	}
})

test('checks each faulty profile within a second, the start of the program apart', () => {
	const library = readLibrary([builtinProfiles, `${root}test/faulty`])
	for (const name of Object.keys(FAULTY)) {
		const started = performance.now()
		compileProfile(name, library)
		assert.ok(performance.now() - started < stretched(1000), name)
	}
})

test('writes the kinds of lists without codes into a profile, as its samples show them', () => {
	const samples = `${folder.path}/lists`
	mkdirSync(samples)
	for (const file of ['list-2.capture.jsonl', 'list-2.expected.json']) cpSync(`${root}meters/kaifa-ma304/${file}`, `${samples}/${file}`)
	const entries = ['1-1:0.2.129', '0-0:96.1.0', '0-0:96.1.7', '1-0:1.7.0', '1-0:2.7.0 number', ...Array.from({ length: 8 }, () => null)]
	const text = (places: (string | null)[]) => `{
	// Mine.
	"profile": "lists", "version": "1.0.0", "title": "x", "extends": "common/dlms-push",
	"transport": { "kind": "serial", "line": "2400 8E1" },
	"decoder": { "registers": { "*": { "scaler": 0 } }, "sequence": { "13": ${JSON.stringify(places)} } }, // 13
	"samples": ["./lists"]
}
`
	const file = `${folder.path}/lists.json`
	writeFileSync(file, text(entries))
	const result = validate('--update', file)
	assert.match(result.stderr, /lists.json: wrote the kinds of 4 values into decoder.sequence/)
	const kinds = ['1-1:0.2.129 =KFM_001', '0-0:96.1.0 digits(16)', '0-0:96.1.7 text', '1-0:1.7.0 u32', ...entries.slice(4)]
	assert.is(readFileSync(file, 'utf8'), text(kinds), 'all else stays as it was')
	assert.not.match(validate('--update', file).stderr, /wrote/)
})

test.run()
