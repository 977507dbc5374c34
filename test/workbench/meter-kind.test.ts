import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { parseConfig } from '../../engine/config/config.ts'
import { profileOf } from '../../engine/config/meter-profile.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { meterKind } from '../../engine/workbench/meter-kind.ts'
import type { MeterKind } from '../../schema/types/api.ts'
import { fields as harmonized } from '../../schema/types/fields.ts'
import { invalidAnswer } from '../support/answers.ts'
import { suite } from '../support/suite.ts'

const test = suite('meter-kind', { limit: 60_000 })
const library = readLibrary([builtinProfiles])
const names = profileNames(library)
const kinds = new Map<string, MeterKind>()

async function kind(name: string): Promise<MeterKind> {
	const found = kinds.get(name) ?? (await meterKind(name, library))
	if (Array.isArray(found)) throw new Error(found[0]?.message)
	kinds.set(name, found)
	return found
}

test('tells every shipped profile as the schema says', async () => {
	assert.ok(names.length >= 60, `${names.length}`)
	for (const name of names) {
		const found = await kind(name)
		assert.is(invalidAnswer('MeterKind', found), '')
		assert.is(found.name, name)
		assert.ok(found.port !== undefined, `${name} has no port`)
		assert.ok(found.kind === 'mqtt' ? found.topic && !found.line : found.line, `${name}: topic or line`)
		assert.is(found.port === 'adapter', found.kind === 'mqtt', `${name}: an adapter speaks MQTT, and nothing else does`)
		assert.ok(found.notes?.startsWith('# '), `${name} has no README`)
		assert.ok(found.fields.length > 0, `${name} shows no field`)
		assert.ok(found.manufacturer ?? found.model ?? found.adapter ?? found.operators ?? found.country, `${name} says nothing of itself`)
	}
})

test('explains the first telegram of every recording, byte by byte, with its reading', async () => {
	let recordings = 0
	for (const name of names) {
		const { samples = [], fields } = await kind(name)
		assert.ok(samples.length > 0, `${name} has no recording`)
		const known = new Set(fields.map((field) => field.name))
		for (const { sample, stages, reading, source, license } of samples) {
			recordings++
			assert.ok(stages.length > 0 && stages.some(({ notes }) => notes.length > 2), `${sample} is not explained`)
			assert.ok(source && license, sample)
			assert.ok(reading, sample)
			for (const field of Object.keys(reading ?? {}))
				if (field in harmonized) assert.ok(known.has(field), `${sample}: ${field} of its reading is none of the fields`)
			assert.not.match(JSON.stringify(stages.map(({ stage }) => stage)), /testKeys/)
		}
	}
	assert.ok(recordings > 90, `${recordings}`)
})

test('writes an entry that the config accepts as it is', async () => {
	for (const name of [...names, 'common/sml', 'common/mbus']) {
		const { config } = await kind(name)
		const text = `{ "mqtt": { "embedded": {} }, "meters": [${config}] }`
		const loaded = parseConfig('cii2mqtt.json', text)
		assert.not(Array.isArray(loaded), `${name}: ${config}`)
		if (Array.isArray(loaded)) continue
		const [entry] = loaded.config.meters
		assert.is(entry?.profile, name)
		if (!entry) continue
		const applied = profileOf(entry, 0, loaded, library)
		assert.not(Array.isArray(applied), `${name}: ${Array.isArray(applied) ? applied[0]?.message : ''}`)
	}
})

test('pins an adapter by the level of its topic', async () => {
	assert.is(
		(await kind('gplug-2021')).config,
		'{\n  "name": "house",\n  "profile": "gplug-2021",\n  "transport": { "levels": { "device": "gPlug10" } }\n}',
	)
})

test('says who must be asked, how often, and on which line', async () => {
	const [heat, mbus, push] = [await kind('uh50'), await kind('multical'), await kind('ekz-e450')]
	assert.equal([heat.asked, heat.line, heat.interval], [true, '300 7E1', 3600])
	assert.equal([mbus.asked, mbus.line, mbus.interval], [true, '2400 8E1', 60])
	assert.equal([push.asked, push.line, push.interval, push.operators], [false, '2400 8E1', 5, ['EKZ']])
})

test('says which meters need a key, and which may', async () => {
	for (const name of ['kaerntennetz', 'kaifa-ma309', 'luxembourg-smarty', 'wiener-netze-e450'])
		assert.is((await kind(name)).keys, 'needed', name)
	for (const name of ['ekz-e450', 'lg-e570', 'lg-e360']) assert.is((await kind(name)).keys, 'possible', name)
	for (const name of ['dsmr', 'emh-ehz', 'multical', 'gplug', 'iec-mode-c']) assert.is((await kind(name)).keys, 'none', name)
	assert.match((await kind('kaerntennetz')).config ?? '', /"keys": \{ "encryption": \{ "\$file"/)
})

test('never shows a key of a recording', async () => {
	const { samples = [] } = await kind('kamstrup-omnipower')
	const shown = JSON.stringify(samples)
	for (const key of ['000102030405060708090A0B0C0D0E0F', '5AD84121D9D20B364B7A11F3C1B5827F']) assert.not.ok(shown.includes(`"${key}"`), key)
})

test('knows the parents, and what operators a child does not share with them', async () => {
	assert.equal((await kind('romande-energie-am550')).parents, ['common/iskra-am550', 'common/idis-p1', 'common/dlms-push', 'common/obis'])
	assert.is((await kind('kamstrup-norway')).operators, undefined)
	assert.equal((await kind('kamstrup-omnipower')).operators, ['CKW'])
})

/** A folder with one profile of somebody. */
function folderWith(name: string, document: object, readme?: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'kind-'))
	writeFileSync(join(folder, `${name}.json`), JSON.stringify({ profile: name, version: '1.0.0', title: 'Mine', ...document }))
	if (readme === undefined) return folder
	mkdirSync(join(folder, name))
	writeFileSync(join(folder, name, 'README.md'), readme)
	return folder
}

test('tells a profile of somebody, without recordings, and refuses a socket that it does not know', async () => {
	const mine = readLibrary([builtinProfiles, folderWith('mine', { extends: 'common/p1', meter: { port: 'rs485' }, samples: [] })])
	const found = await meterKind('mine', mine)
	assert.not(Array.isArray(found))
	if (Array.isArray(found)) return
	assert.equal([found.port, found.fields, found.samples, found.notes], ['rs485', [], [], undefined])
	const wrong = await meterKind(
		'odd',
		readLibrary([builtinProfiles, folderWith('odd', { extends: 'common/p1', meter: { port: 'scart' } })]),
	)
	assert.ok(Array.isArray(wrong) && /port/.test(wrong[0]?.message ?? '') && wrong[0]?.line === 1, JSON.stringify(wrong))
})

test('leaves out a recording that cannot be read', async () => {
	const folder = folderWith('mine', { extends: 'common/p1' }, '# Mine\n')
	writeFileSync(join(folder, 'mine', 'broken.capture.jsonl'), 'not JSON')
	const found = await meterKind('mine', readLibrary([builtinProfiles, folder]))
	assert.not(Array.isArray(found))
	if (!Array.isArray(found)) assert.equal([found.samples, found.notes], [[], '# Mine\n'])
})

test('fills port in every fragment that says where it is usual', () => {
	for (const name of ['common/p1', 'common/idis-p1', 'common/lg-e450', 'common/mbus', 'common/sml', 'common/iec62056-21'])
		assert.match(library.sources.get(name)?.text ?? '', /"port": "/, name)
})

test.run()
