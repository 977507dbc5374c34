import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { checkSamples } from '../../engine/check/samples.ts'
import { parseConfig } from '../../engine/config/config.ts'
import { profileOf } from '../../engine/config/meter-profile.ts'
import { type Finding, findingText } from '../../engine/document/finding.ts'
import { parseDocument } from '../../engine/document/parse.ts'
import { packageVersion } from '../../engine/files/package.ts'
import { MAX_FILE, readRegular } from '../../engine/files/regular.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import { sampleNames, samplesOf } from '../../engine/profile/samples.ts'
import { lineText } from '../../engine/profile/short-forms.ts'
import { codeOf } from '../../engine/telegram/code.ts'
import { ruleFor } from '../../engine/telegram/rules.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { fields } from '../../schema/types/fields.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('short forms')
const folder = scratch('short-forms')
test.after(folder.remove)
let sets = 0

/** Compiles the first of some profiles, written as files beside the built-in ones. */
function compiled(files: Record<string, object>): CompiledProfile | Finding[] {
	const own = join(folder.path, `set-${sets++}`, 'profiles')
	mkdirSync(join(own, 'common'), { recursive: true })
	for (const [name, content] of Object.entries(files)) writeFileSync(join(own, `${name}.json`), JSON.stringify(content, undefined, 1))
	return compileProfile(Object.keys(files)[0] ?? '', readLibrary([builtinProfiles, own]))
}
function valid(result: CompiledProfile | Finding[]): CompiledProfile {
	if (Array.isArray(result)) throw new Error(result.map(findingText).join('\n'))
	return result
}
const findings = (result: CompiledProfile | Finding[]) => (Array.isArray(result) ? result.map(findingText) : [])
const head = { profile: 'mine', version: '1.0.0', title: 'Mine', extends: 'common/dlms-push' }
const child = (more: object) => ({ ...head, profile: 'child', extends: 'mine', ...more })
const serial = { kind: 'serial', line: '2400 8E1' }

test('reads a line as the four serial settings', () => {
	const { transport } = valid(compiled({ mine: { ...head, transport: serial } })).document
	assert.equal(transport, { kind: 'serial', baudRate: 2400, dataBits: 8, parity: 'even', stopBits: 1 })
	for (const line of ['300 7E1', '4000000 8O2', '115200 8N1'])
		assert.is(lineText(valid(compiled({ mine: { ...head, transport: { kind: 'serial', line } } })).document.transport), line)
	for (const line of ['2400', '2400 8X1', '200 8N1', '4000001 8N1', '2400 9N1', '02400 8N1', '2400 8N1 '])
		assert.match(
			findings(compiled({ mine: { ...head, transport: { kind: 'serial', line } } }))[0] ?? '',
			/does not fit transport.line/,
			line,
		)
})

test('lets a line override a parent’s settings, settings a parent’s line, and null remove it', () => {
	const settings = { kind: 'serial', baudRate: 9600, dataBits: 7, parity: 'odd', stopBits: 2 }
	const over = (parent: object, own: object) =>
		valid(compiled({ child: child({ transport: own }), mine: { ...head, transport: parent } })).document.transport
	assert.is(lineText(over(settings, { line: '2400 8E1' })), '2400 8E1')
	assert.equal(over(serial, { baudRate: 300 }), { kind: 'serial', baudRate: 300, dataBits: 8, parity: 'even', stopBits: 1 })
	assert.equal(over({ ...serial, rtscts: true }, { line: null }), { kind: 'serial', rtscts: true })
	assert.equal(over(serial, { kind: 'tcp', silence: 60 }), { kind: 'tcp', silence: 60 })
})

test('refuses a line beside a setting that it stands for, in profiles and configs', () => {
	assert.match(
		findings(compiled({ mine: { ...head, transport: { ...serial, parity: 'none' } } }))[0] ?? '',
		/mine.json:9:3 "line" stands for parity, too \(state one of the two\)/,
	)
	const library = readLibrary([builtinProfiles])
	const laid = (transport: Record<string, unknown>) => {
		const entry = { name: 'house', profile: 'ekz-e450', transport }
		const config = parseConfig(join(folder.path, 'config.json'), JSON.stringify({ mqtt: { url: 'mqtt://a' }, meters: [entry] }))
		if (Array.isArray(config)) throw new Error(findingText(config[0] as Finding))
		return profileOf(entry, 0, config, library)
	}
	assert.is(lineText(valid(laid({ line: '9600 8N1' })).document.transport), '9600 8N1')
	assert.match(findings(laid({ line: '9600 8N1', baudRate: 9600 }))[0] ?? '', /"line" stands for baudRate, too/)
	assert.match(findings(laid({ line: '9600' }))[0] ?? '', /"9600" does not fit transport.line/)
})

test('takes every field with a code from the path behind *, in the order of the schema', () => {
	const standard = valid(compiled({ mine: { ...head, transport: serial } }))
	assert.equal([...standard.transform.keys()], [...Object.keys(fields).filter((name) => name !== 'tariff_index'), 'submeters'])
	assert.is(standard.document.transform?.current_n, 'obis.`91.7.0`')
	assert.is(standard.document.transform?.power_import_demand, 'obis.`1.4.0` ?? obis.`1.24.0`')
	const mine = valid(compiled({ mine: { ...head, transport: serial, transform: { tariff: null, current_n: '1', id: '"x"' } } }))
	assert.equal([mine.transform.has('tariff'), mine.document.transform?.current_n, mine.own], [false, '1', ['current_n', 'id']])
	const own = valid(compiled({ mine: { ...head, transport: serial, transform: { '*': 'registers.here', id: '"x"' } } }))
	assert.equal([own.document.transform?.tariff, own.own], ['registers.here.`96.14.0`', ['id']])
	const none = valid(compiled({ mine: { ...head, transport: serial, transform: { '*': null, power_import: 'obis.`1.7.0`' } } }))
	assert.equal([...none.transform.keys()], ['power_import', 'apparent_power_limit', 'submeters'])
	assert.match(
		findings(compiled({ mine: { ...head, transport: serial, transform: { '*': '$obis(1)' } } }))[0] ?? '',
		/mine.json:11:3 "\*" must name values by OBIS code/,
	)
})

test('expects of every profile what the schema says, unless the profile says otherwise', () => {
	const alone = {
		...{ profile: 'mine', version: '1.0.0', title: 'Mine', transport: { kind: 'mqtt', topic: 'a' } },
		...{ decoder: { application: 'json' }, transform: { voltage_l1: 'json.v' } },
	}
	assert.equal(valid(compiled({ mine: alone })).document.expect?.['voltage_*'], { min: 50, max: 480, orZero: true })
	const { expect } = valid(compiled({ mine: { ...alone, expect: { 'voltage_*': { max: 300 }, frequency: null } } })).document
	assert.equal([expect?.['voltage_*'], expect?.frequency], [{ min: 50, max: 300, orZero: true }, undefined])
})

test('looks a register’s rule up by full code, short code, quantity, unit and *', () => {
	const all = ['1-0:31.7.0*1', '1-0:31.7.0', '31.7.0', 'A', '*']
	for (const [place, key] of all.entries()) {
		const rules = Object.fromEntries(all.slice(place).map((name) => [name, { unit: name }]))
		assert.is(ruleFor(codeOf('1-0:31.7.0*1'), rules)?.unit, key)
	}
	const rules = { power_factor: { scaler: -3 }, A: { scaler: -2 }, V: { scaler: -1 }, W: { scaler: 1 } }
	const scalers = ['13.7.0', '53.7.0', '51.7.0', '91.7.0', '72.7.0', '1.7.0', '1.8.0'].map(
		(code) => ruleFor(codeOf(`1-1:${code}`), rules)?.scaler,
	)
	assert.equal(scalers, [-3, -3, -2, -2, -1, 1, undefined])
	assert.is(ruleFor(codeOf('1-0:128.7.0'), rules, 'A')?.scaler, -2, 'the unit that was sent')
	assert.is(ruleFor(codeOf('1-0:31.7.0'), rules, 'V')?.scaler, -1, 'what was sent goes before what the code implies')
	assert.is(ruleFor(codeOf('1-0:128.7.0'), rules, 'constructor'), undefined)
})

test('names the register key that was meant', () => {
	const hint = (key: string) =>
		findings(compiled({ mine: { ...head, transport: serial, decoder: { registers: { [key]: { scaler: 0 } } } } }))[0] ?? ''
	assert.match(hint('power_facter'), /"power_facter" is not an OBIS code, a unit or a quantity \(did you mean "power_factor"\?\)/)
	assert.match(hint('kWh'), /did you mean "Wh"/)
	assert.match(hint('hz'), /did you mean "Hz"/)
	assert.match(hint('currents'), /1\.8\.0, 1-1:1\.8\.0, A, power_factor or \*/)
	for (const key of ['A', 'Wh', 'm³', 'power_factor', '1-0:1.8.0', '*']) assert.is(hint(key), '')
})

test('finds samples by the profile’s name, else by its parent’s', async () => {
	const names = (files: Record<string, object>) => sampleNames(valid(compiled(files)))
	assert.equal(names({ 'ekz-e450': { ...head, profile: 'ekz-e450', transport: serial } }), ['ekz-e450'])
	const derived = { ...head, extends: 'ekz-e450' }
	assert.equal(names({ mine: derived }), ['ekz-e450'])
	assert.equal(await checkSamples(valid(compiled({ mine: derived }))), [])
	assert.equal(names({ mine: { ...derived, samples: ['aidon'] } }), ['aidon'])
	assert.equal([names({ mine: { ...derived, samples: null } }), names({ mine: { ...derived, samples: [] } })], [[], []])
	assert.equal(names({ mine: { ...head, transport: serial } }), [])
	const beside = join(folder.path, `set-${sets}`, 'meters', 'mine')
	mkdirSync(beside, { recursive: true })
	const mine = { mine: derived }
	assert.equal(names(mine), ['ekz-e450'], 'a folder without a capture says nothing')
	sets--
	writeFileSync(join(beside, 'a.capture.jsonl'), '')
	assert.equal(
		samplesOf(valid(compiled(mine))).map(({ capture }) => capture),
		[join(beside, 'a.capture.jsonl')],
	)
})

test('lets a config name a fragment that says enough', async () => {
	const library = readLibrary([builtinProfiles])
	for (const [name, sample] of [
		['common/sml', 'emh-ehz/push'],
		['common/mbus', 'elster-falcon/answer'],
		['common/p1', 'dsmr/version-5'],
		['common/iec62056-21', 'iec-mode-d/push'],
		['common/dlms-push', 'iskra-am550-obis/push-2023'],
	] as const) {
		const path = join(builtinProfiles, '..', 'meters', `${sample}.capture.jsonl`)
		const entry = { name: 'house', profile: name, transport: { kind: 'capture', path } }
		const config = parseConfig(join(folder.path, 'config.json'), JSON.stringify({ mqtt: { url: 'mqtt://a' }, meters: [entry] }))
		if (Array.isArray(config)) throw new Error(findingText(config[0] as Finding))
		const profile = valid(profileOf(entry, 0, config, library))
		assert.is(profile.label, `${name}@${packageVersion()}`)
		const outcomes = await replaySample(profile, readCapture(path))
		assert.ok(
			outcomes.some((outcome) => outcome.kind === 'reading' && outcome.reading.profile === profile.label),
			name,
		)
	}
	const { profile } = topics('cii', 'main')
	assert.is(profile('common/sml'), 'cii/bridge/main/profiles/common-sml')
	assert.not.ok(profileNames(library).some((name) => name.includes('/')))
	assert.match(findings(compileProfile('common/obis', library)).join('\n'), /"transport" is missing[\s\S]*"decoder" is missing/)
})

test('has valid examples in profiles/README.md and REFERENCE.md', () => {
	const written = ['README.md', 'REFERENCE.md'].map((file) => readRegular(join(builtinProfiles, file), MAX_FILE)).join('\n')
	const examples = [...written.matchAll(/```json\n([\s\S]*?)\n```/g)].map(([, text = '']) => text)
	assert.ok(examples.length >= 6)
	for (const text of examples) {
		const whole = text.startsWith('{') ? text : `{ ${text} }`
		assert.equal(parseDocument('README.md', whole, text.includes('"output"') ? 'output' : 'profile').findings, [], text)
		const { profile } = JSON.parse(whole)
		if (profile) valid(compiled({ [profile]: JSON.parse(whole) }))
	}
})

test('keeps how a meter is asked where its line is taken to the network', () => {
	const tcp = { ...head, transport: { kind: 'tcp' } }
	assert.equal(valid(compiled({ mine: { ...tcp, extends: 'common/mbus' } })).document.transport.request, { address: 254, interval: 60 })
	const other = { ...tcp, extends: 'common/mbus', transport: { kind: 'capture' } }
	assert.is(valid(compiled({ mine: other })).document.transport.request, undefined)
})

test('refuses expectations of no field, and those that nothing can meet', () => {
	const faults = (expect: object) => {
		const found = compiled({ mine: { ...head, extends: 'common/p1', expect } })
		return Array.isArray(found) ? found.map(({ message, hint }) => `${message} (${hint})`) : []
	}
	assert.equal(faults({ powr_import: { max: 5 } }), ['the reading has no field "powr_import" (did you mean "power_import"?)'])
	assert.match(faults({ 'energy_*': { confirm: '7 of 5' } })[0] ?? '', /"7 of 5" can never be reached/)
	assert.match(faults({ frequency: { min: 70 } })[0] ?? '', /70 is more than 65/)
	assert.equal(faults({ 'voltage_*': { max: 300 }, 'submeters.volume': null, time: { drift: 60 }, 'extra.a': { max: 5 } }), [])
})

test.run()
