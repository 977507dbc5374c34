import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { checkSamples } from '../../engine/check/samples.ts'
import { parseConfig } from '../../engine/config/config.ts'
import { applyMeter } from '../../engine/config/meter-profile.ts'
import { readKeys } from '../../engine/config/secrets.ts'
import { type Finding, findingText } from '../../engine/document/finding.ts'
import { merge } from '../../engine/document/merge.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import { samplesOf } from '../../engine/profile/samples.ts'
import { suite } from '../support/suite.ts'

const test = suite('profile')

const folder = mkdtempSync(join(tmpdir(), 'cii-profile-'))
test.after(() => rmSync(folder, { recursive: true }))

/** Compiles the first of some profiles, written as files beside the built-in ones. */
function compiled(files: Record<string, string | object>): CompiledProfile | Finding[] {
	const own = mkdtempSync(join(folder, 'set-'))
	mkdirSync(join(own, 'common'))
	for (const [name, content] of Object.entries(files))
		writeFileSync(join(own, `${name}.json`), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
	return compileProfile(Object.keys(files)[0] ?? '', readLibrary([builtinProfiles, own]))
}
const findings = (files: Record<string, string | object>) => {
	const result = compiled(files)
	return Array.isArray(result)
		? result.map(({ line, column, code, message, hint }) => `${line}:${column} ${code} ${message}${hint ? ` | ${hint}` : ''}`)
		: []
}
const good = {
	profile: 'mine',
	version: '1.0.0',
	title: 'Mine',
	extends: 'common/dlms-push',
	transport: { kind: 'serial', baudRate: 2400 },
}

const library = readLibrary([builtinProfiles])
for (const name of profileNames(library)) {
	test(`${name} is valid and gives what its samples expect`, async () => {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(profile.map(findingText).join('\n'))
		assert.ok(samplesOf(profile).length > 0, 'has a sample')
		assert.equal(await checkSamples(profile), [])
	})
}

test('merges key by key: the later wins, null removes, lists and other transports replace', () => {
	const base = { a: { b: 1, c: 2 }, list: [1, 2], transport: { kind: 'serial', path: '/dev/x', baudRate: 2400 } }
	assert.equal(merge(base, { a: { c: 3 }, list: [3] }), { ...base, a: { b: 1, c: 3 }, list: [3] })
	assert.equal(merge(base, { a: { b: null } }).a, { c: 2 })
	assert.equal(merge(base, { transport: { kind: 'tcp', host: 'h' } }).transport, { kind: 'tcp', host: 'h' })
	assert.equal(merge(base, { transport: { path: '/dev/y' } }).transport, { kind: 'serial', path: '/dev/y', baudRate: 2400 })
})

test('inherits from parents, and lets a child remove a field', () => {
	const profile = compiled({ mine: { ...good, transform: { power_net: null, voltage_l1: 'obis.`32.7.0` * 2' } } })
	assert.not.ok(Array.isArray(profile))
	if (Array.isArray(profile)) return
	assert.is(profile.label, 'mine@1.0.0')
	assert.is(profile.transform.has('power_net'), false)
	assert.is(profile.document.transform?.voltage_l1, 'obis.`32.7.0` * 2')
	assert.is(profile.document.decoder.link, 'hdlc')
})

test('accepts comments and trailing commas', () => {
	assert.equal(findings({ mine: `// mine\n${JSON.stringify(good).slice(0, -1)}, /* none */ }` }), [])
})

test('names every mistake with line, column, and what would be right', () => {
	assert.equal(
		findings({ mine: '{ "profile": "mine",\n  "version": ' }).map((text) => text.split(' ')[1]),
		['json/syntax'],
	)
	assert.match(findings({ mine: '{ “profile”: 1 }' })[0] ?? '', /curly quotes/)
	assert.match(
		findings({ mine: { ...good, trasport: {} } })[0] ?? '',
		/^10:3 schema\/additionalProperties unknown key "trasport" \| did you mean "transport"\?$/,
	)
	assert.match(
		findings({ mine: { ...good, decoder: { link: 'hdcl' } } })[0] ?? '',
		/"hdcl" is no value for decoder.link \| did you mean "hdlc"\? It is one of "hdlc", .*"auto"$/,
	)
	assert.match(
		findings({ mine: { ...good, transport: { kind: 'serial', baudRate: '2400' } } })[0] ?? '',
		/transport.baudRate must be integer \| it is a string/,
	)
	assert.match(findings({ mine: { ...good, version: '1' } })[0] ?? '', /"1" does not fit version/)
	assert.match(findings({ mine: { ...good, profile: 'other' } })[0] ?? '', /profile\/name .* its file "mine"/)
	assert.match(findings({ mine: { ...good, meter: { timezone: 'Zurich' } } })[0] ?? '', /"Zurich" is not a timezone/)
	assert.match(findings({ mine: { ...good, decoder: { registers: { '1.8': { scaler: 0 } } } } })[0] ?? '', /"1.8" is not an OBIS code/)
	assert.match(findings({ mine: { ...good, decoder: { sequence: { 2: ['1-0:1.7.0'] } } } })[0] ?? '', /the list of 2 has 1 places/)
	assert.match(
		findings({ mine: { ...good, transform: { power_imprt: 'obis.`1.7.0`' } } })[0] ?? '',
		/no field "power_imprt" \| did you mean "power_import"\?/,
	)
	assert.match(
		findings({ mine: { ...good, transform: { power_import: '$scal(1, 2)' } } })[0] ?? '',
		/unknown function \$scal \| did you mean \$scale\?/,
	)
	assert.match(
		findings({ mine: { profile: 'mine', version: '1.0.0' } }).join('\n'),
		/"title" is missing[\s\S]*"transport" is missing[\s\S]*"decoder" is missing[\s\S]*"transform" is missing/,
	)
	assert.match(
		findings({ mine: { ...good, transport: { kind: 'mqtt', topic: 'tele/+device/SENSOR', identity: 'devise' } } }).join('\n'),
		/the topic has no level \+devise \| it has device/,
	)
	assert.match(
		findings({ mine: { ...good, decoder: { application: 'json' } } }).join('\n'),
		/json is read from MQTT messages, not from serial/,
	)
})

test('points into the expression inside the JSON text', () => {
	const text =
		'{\n  "profile": "mine", "version": "1.0.0", "title": "Mine", "extends": "common/dlms-push",\n  "transport": { "kind": "serial" },\n  "transform": { "tariff": "\\"a\\" & $nowhere(1)" }\n}'
	const [finding] = findings({ mine: text })
	assert.match(finding ?? '', /^4:/)
	const column = Number(/^4:(\d+)/.exec(finding ?? '')?.[1])
	assert.is(text.split('\n')[3]?.slice(column - 1), '$nowhere(1)" }')
})

test('prints the chain of a missing parent and of a circle', () => {
	assert.match(
		findings({ mine: { ...good, extends: 'common/dlms-pusch' } })[0] ?? '',
		/does not exist \(mine → common\/dlms-pusch\) \| did you mean "common\/dlms-push"\?/,
	)
	const circle = { a: { ...good, profile: 'a', extends: 'b' }, b: { ...good, profile: 'b', extends: 'a' } }
	assert.match(findings(circle)[0] ?? '', /a → b → a/)
})

test('lets a profile that shadows a built-in one extend it', () => {
	const profile = compiled({
		'ekz-e450': { profile: 'ekz-e450', version: '2.0.0', title: 'Mine', extends: 'ekz-e450', transform: { 'extra.more': '1' } },
	})
	if (Array.isArray(profile)) throw new Error(profile.map(findingText).join())
	assert.equal([profile.label, profile.document.meter?.operator, profile.own], ['ekz-e450@2.0.0', 'EKZ', ['extra.more']])
	assert.match(findings({ self: { ...good, profile: 'self', extends: 'self' } })[0] ?? '', /self → self/)
})

test('says when a sample gives something else', async () => {
	const profile = compiled({
		mine: { ...good, extends: 'ekz-e450', samples: ['ekz-e450'], transform: { power_import: 'obis.`1.7.0` * 10', 'extra.more': '1' } },
	})
	if (Array.isArray(profile)) throw new Error('valid')
	const text = (await checkSamples({ ...profile, name: 'ekz-e450', label: 'ekz-e450@9.9.9' })).map(findingText)
	assert.is(text.length, 2, 'one for each capture; a field that is added is no mistake')
	assert.match(text[0] ?? '', /reading 1, power_import: 28 is expected, it gives 280/)
	const missing = compiled({ mine: { ...good, samples: ['nowhere'] } })
	if (Array.isArray(missing)) throw new Error('valid')
	assert.match((await checkSamples(missing)).map(findingText)[0] ?? '', /the sample "nowhere" has no capture/)
})

// ---

const config = (value: object, text = JSON.stringify(value)) => parseConfig(join(folder, 'config.json'), text)
const meter = { name: 'house', profile: 'ekz-e450', transport: { path: '/dev/ttyUSB0' } }
const first = (value: object) => {
	const result = config(value)
	return Array.isArray(result) ? findingText(result[0] as Finding) : 'valid'
}

test('checks a config and says what is wrong', () => {
	assert.is(first({ mqtt: { url: 'mqtt://localhost:1883' }, meters: [meter] }), 'valid')
	assert.match(first({ mqtt: {}, meters: [] }), /mqtt needs either "url" or "embedded"/)
	assert.match(first({ mqtt: { url: 'localhost' }, meters: [] }), /"localhost" does not fit mqtt.url \(mqtt:\/\//)
	assert.match(first({ mqtt: { url: 'mqtt://a' }, meters: [meter, meter] }), /two meters are called "house"/)
	assert.match(
		first({ mqtt: { url: 'mqtt://a' }, outputs: ['values', { output: 'values' }], meters: [meter] }),
		/the output "values" stands twice/,
	)
	assert.match(first({ mqtt: { url: 'mqtt://a' }, meters: [{ ...meter, name: 'a/b' }] }), /"a\/b" does not fit meters.0.name/)
	assert.match(first({ mqtt: { url: 'mqtt://a' }, meters: [{ ...meter, name: 'bridge' }] }), /meters.0.name/)
	assert.match(first({ mqtt: { url: 'mqtt://a' }, meters: [{ ...meter, profil: 1 }] }), /unknown key "profil" \(did you mean "profile"\?\)/)
	assert.match(first({ mqtt: { url: 'mqtt://a', password: 'secret' }, meters: [] }), /mqtt.password/)
})

test('lays the config over the profile, and refuses what the profile may not have', () => {
	const profile = compileProfile('ekz-e450', library)
	const loaded = config({ mqtt: { url: 'mqtt://a' }, meters: [meter] })
	if (Array.isArray(profile) || Array.isArray(loaded)) throw new Error('valid')
	const laid = applyMeter(profile, meter, 0, loaded)
	assert.equal(Array.isArray(laid) ? laid : laid.document.transport, {
		kind: 'serial',
		baudRate: 2400,
		dataBits: 8,
		parity: 'even',
		stopBits: 1,
		path: '/dev/ttyUSB0',
	})
	const wrong = applyMeter(profile, { ...meter, transport: { pfad: '/dev/ttyUSB0' } }, 0, loaded)
	assert.match(Array.isArray(wrong) ? findingText(wrong[0] as Finding) : '', /unknown key "pfad"/)
})

test('takes keys by reference, and names a wrong one without repeating it', () => {
	const file = join(folder, 'key')
	writeFileSync(file, '00112233445566778899aabbccddeeff\n')
	process.env.TEST_KEY_SHORT = '0011223344'
	process.env.TEST_KEY_TEXT = 'my secret key that is none, ok!!'
	const keys = (encryption: { $env: string } | { $file: string }) => {
		const entry = { ...meter, keys: { encryption } }
		const loaded = config({ mqtt: { url: 'mqtt://a' }, meters: [entry] })
		if (Array.isArray(loaded)) throw new Error(findingText(loaded[0] as Finding))
		const result = readKeys(entry, 0, loaded)
		return Array.isArray(result) ? result.map(findingText).join() : result.encryption?.length
	}
	assert.is(keys({ $file: 'key' }), 16)
	assert.match(String(keys({ $file: 'nokey' })), /the file that is named here does not exist/)
	assert.match(String(keys({ $env: 'TEST_KEY_NONE' })), /the environment has no TEST_KEY_NONE/)
	assert.match(String(keys({ $env: 'TEST_KEY_SHORT' })), /has 10 hex digits \(a key has 32 hex digits/)
	assert.match(String(keys({ $env: 'TEST_KEY_TEXT' })), /not all of them hex digits/)
	assert.not.match(String(keys({ $env: 'TEST_KEY_TEXT' })), /secret key/)
})

test.run()
