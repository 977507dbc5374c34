import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import * as assert from 'uvu/assert'
import { type LoadedConfig, parseConfig } from '../../engine/config/config.ts'
import { etagOf } from '../../engine/files/at-once.ts'
import { builtinProfiles } from '../../engine/profile/library.ts'
import { Bench, type BenchSettings } from '../../engine/workbench/bench.ts'
import { isRefused, type Refused } from '../../engine/workbench/refusal.ts'
import type { ProfileSaved, WorkbenchAnswer } from '../../schema/types/api.ts'
import { invalidAnswer } from '../support/answers.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench', { limit: 60_000 })
const folder = scratch('workbench')
const open: Bench[] = []
test.after(() => {
	for (const bench of open) bench.close()
	folder.remove()
})

let homes = 0

/** A home: a folder with a config, and the workbench over it. */
function home(config: object = {}, more: Partial<BenchSettings> = {}) {
	const path = join(folder.path, String(homes++))
	mkdirSync(path)
	const file = join(path, 'cii2mqtt.json')
	const write = (extra: object) => writeFileSync(file, JSON.stringify({ mqtt: { embedded: {} }, meters: [], ...config, ...extra }))
	write({})
	const told: string[] = []
	const bench = new Bench({
		config: () => loaded(file),
		file,
		live: () => undefined,
		status: () => undefined,
		configure: (name) => {
			write({ profiles: [name] })
			return Promise.resolve({})
		},
		settled: () => Promise.resolve(),
		stateFile: join(path, 'profiles.jsonl'),
		tell: (text) => void told.push(text),
		...more,
	})
	open.push(bench)
	return { path, file, bench, told, own: join(path, 'profiles') }
}

function loaded(file: string): LoadedConfig {
	const found = parseConfig(file, readFileSync(file, 'utf8'))
	if (Array.isArray(found)) throw new Error('the config has mistakes')
	return found
}

const textOf = (name: string) => readFileSync(join(builtinProfiles, `${name}.json`), 'utf8')
const mine = (name: string, extra = '') => `{ "profile": "${name}", "version": "1.0.0", "title": "Mine", "extends": "ekz-e450"${extra} }\n`

function done<Thing extends object>(thing: Thing | Refused): Thing {
	if (isRefused(thing)) throw new Error(`${thing.code}: ${thing.message}`)
	return thing
}
const codeOf = (thing: object) => (isRefused(thing) ? thing.code : 'done')
const json = <Thing>(made: { bytes: Uint8Array } | Refused): Thing => JSON.parse(new TextDecoder().decode(done(made).bytes)) as Thing

test('opens a shipped profile, and saves it as a copy that takes its place, in a folder that the config names from then on', async () => {
	const { bench, own, file } = home()
	const opened = done(await bench.profile('ekz-e450'))
	assert.is(invalidAnswer('WorkbenchProfile', opened), '')
	assert.equal([opened.own, opened.builtin, opened.etag, opened.target], [false, true, '', join(own, 'ekz-e450.json')])
	assert.ok(opened.samples.includes('vse-2026'))
	const saved = done(await bench.save('ekz-e450', `${opened.text}\n`, ''))
	assert.is(invalidAnswer('ProfileSaved', saved), '')
	assert.equal([saved.status, saved.configured, saved.errors.length], ['unused', true, 0])
	assert.is(readFileSync(join(own, 'ekz-e450.json'), 'utf8'), `${opened.text}\n`)
	assert.equal(loaded(file).config.profiles, ['profiles'])
	const again = done(await bench.profile('ekz-e450'))
	assert.equal([again.own, again.builtin, again.etag], [true, true, saved.etag])
	assert.is(again.text, `${opened.text}\n`)
	assert.is(textOf('ekz-e450'), opened.text, 'the package has what it had')
	assert.not(done(await bench.save('ekz-e450', opened.text, saved.etag)).configured)
})

test('overwrites nothing that was changed meanwhile, and gives what it is now', async () => {
	const { bench, own } = home()
	const saved = done(await bench.save('mine', mine('mine'), ''))
	assert.is(codeOf(await bench.save('mine', mine('mine'), '')), 'profile-changed', 'there is a file by now')
	writeFileSync(join(own, 'mine.json'), 'by hand')
	const refused = await bench.save('mine', mine('mine'), saved.etag)
	assert.equal(isRefused(refused) && [refused.refused, refused.text, refused.etag], ['changed', 'by hand', etagOf('by hand')])
	assert.is(readFileSync(join(own, 'mine.json'), 'utf8'), 'by hand')
	assert.is(codeOf(await bench.save('mine', mine('mine'), undefined)), 'done', 'who wants to may')
	const both = await Promise.all(['a', 'b'].map((title) => bench.save('mine', mine('mine').replace('Mine', title), etagOf(mine('mine')))))
	assert.equal(both.map(codeOf).sort(), ['done', 'profile-changed'], 'two windows save at once')
})

test('says what is wrong with what was saved, and knows the last version that was right, over a restart', async () => {
	const { bench, own, path } = home()
	const good = mine('mine')
	const saved = done(await bench.save('mine', good, ''))
	const broken = done(await bench.save('mine', '{ "profile": "mine", ', saved.etag))
	assert.equal([broken.status, broken.errors[0]?.code], ['rejected', 'json/syntax'])
	const opened = done(await bench.profile('mine'))
	assert.is(opened.lastGood?.text, good)
	bench.close()
	const { bench: next } = home({ profiles: [own] }, { stateFile: join(path, 'profiles.jsonl') })
	assert.is(done(await next.profile('mine')).lastGood?.text, good)
	const wrong = done<ProfileSaved>(await next.save('mine', mine('mine', ', "transform": { "power_import": "nonsense.x" }'), undefined))
	assert.equal([wrong.status, wrong.errors.length], ['rejected', 1])
})

test('refuses names that are none, and writes neither elsewhere nor through a link nor into the package', async () => {
	const { bench, own, path } = home()
	for (const name of ['', '..', '../x', 'a/b', 'a\\b', 'A', 'x.json', `${'a'.repeat(101)}`, 'common/x', '%2e%2e', 'x\0', '-/../../x'])
		for (const answer of [
			await bench.profile(name),
			await bench.save(name, '{}', undefined),
			await bench.kind(name),
			await bench.zip(name, '{}'),
			await bench.draft({ name, from: 'empty' }),
			await bench.accept(name, { text: '{}' }),
			await bench.addSample(name, 'a', { source: { text: '7E' }, text: '{}' }),
		])
			assert.ok(isRefused(answer) && ['invalid', 'unknown'].includes(answer.refused), name)
	for (const sample of ['', '..', '../x', 'a/b', '.hidden', 'a..b', 'x\0', 'a'.repeat(101), 'a.capture.jsonl', 'a.expected.json'])
		assert.is(codeOf(await bench.addSample('mine', sample, { source: { text: '7E' }, text: mine('mine') })), 'sample-name', sample)
	mkdirSync(own)
	const outside = join(path, 'outside.json')
	writeFileSync(outside, 'not yours')
	symlinkSync(outside, join(own, 'linked.json'))
	assert.is(codeOf(await bench.save('linked', mine('linked'), undefined)), 'file-link')
	symlinkSync(join(path, 'nowhere.json'), join(own, 'dangling.json'))
	assert.is(codeOf(await bench.save('dangling', mine('dangling'), '')), 'profile-unreadable')
	assert.equal([readFileSync(outside, 'utf8'), existsSync(join(path, 'nowhere.json'))], ['not yours', false])
	symlinkSync(path, join(own, 'sampled'))
	const vse = { profile: 'ekz-e450', sample: 'vse-2026' }
	assert.is(codeOf(await bench.addSample('sampled', 'a', { source: vse, text: mine('sampled') })), 'file-link')
	assert.not.ok(readdirSync(path).some((name) => name.includes('capture')))
	rmSync(own, { recursive: true })
	symlinkSync(builtinProfiles, own)
	assert.is(codeOf(await bench.save('mine', mine('mine'), '')), 'folder', 'the folder leads into the package')
	const { bench: packaged } = home({ profiles: [builtinProfiles] })
	assert.is(codeOf(await packaged.save('mine', mine('mine'), '')), 'folder')
	assert.not.ok(existsSync(join(builtinProfiles, 'mine.json')))
})

test('opens only recordings of the list, whatever their name', async () => {
	const { bench } = home()
	for (const sample of ['../ekz-e450/vse-2026', 'vse-2026.capture.jsonl', '/etc/passwd', '..', '', 'none'])
		assert.is(codeOf(await bench.analyse({ source: { profile: 'ekz-e450', sample } })), 'sample', sample)
	const answer = json<WorkbenchAnswer>(await bench.analyse({ source: { profile: 'ekz-e450', sample: 'vse-2026' } }))
	assert.is(invalidAnswer('WorkbenchAnswer', answer), '')
	assert.ok(answer.telegrams?.some(({ outcome }) => outcome === 'reading'))
	assert.is(codeOf(await bench.analyse({ source: { meter: 'house' } })), 'meter')
})

test('keeps telegrams as a recording, accepts what it gives, and packs a contribution', async () => {
	const { bench, own } = home()
	const text = mine('mine')
	await bench.save('mine', text, '')
	const source = { profile: 'ekz-e450', sample: 'vse-2026' }
	const all = json<WorkbenchAnswer>(await bench.analyse({ profile: { name: 'mine', text }, source }))
	const n = all.telegrams?.findIndex(({ outcome }) => outcome === 'reading') ?? -1
	const added = done(await bench.addSample('mine', 'one', { source, telegrams: [n], text }))
	assert.is(invalidAnswer('SamplesChanged', added), '')
	assert.equal(added.files, [join(own, 'mine', 'one.capture.jsonl'), join(own, 'mine', 'one.expected.json')])
	assert.is(codeOf(await bench.addSample('mine', 'one', { source, text })), 'sample-taken')
	assert.is(codeOf(await bench.addSample('mine', 'none', { source: { text: '00' }, text })), 'sample-silent')
	const checked = json<WorkbenchAnswer>(await bench.analyse({ profile: { name: 'mine', text }, samples: true }))
	assert.equal(
		checked.samples?.map(({ sample, own, readings, wanted, differences }) => [sample, own, readings, wanted, differences.length]),
		[['one', true, 1, 1, 0]],
	)
	// Another scaler: the reading of now becomes the expected one.
	const other = mine('mine', ', "transform": { "power_import": "obis.`1.7.0` + 1" }')
	const differs = json<WorkbenchAnswer>(await bench.analyse({ profile: { name: 'mine', text: other }, samples: true }))
	assert.is(differs.samples?.[0]?.differences[0]?.field, 'power_import')
	assert.is(done(await bench.accept('mine', { text: other, samples: ['one'] })).files.length, 1)
	assert.equal(
		json<WorkbenchAnswer>(await bench.analyse({ profile: { name: 'mine', text: other }, samples: true })).samples?.[0]?.differences,
		[],
	)
	assert.is(codeOf(await bench.accept('ekz-e450', { text: textOf('ekz-e450') })), 'sample', 'those of the package stay')
	const { name, bytes } = done(await bench.zip('mine', other))
	assert.is(name, 'mine.zip')
	const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, new TextDecoder().decode(content)]))
	assert.equal(Object.keys(files).sort(), [
		'meters/mine/README.md',
		'meters/mine/one.capture.jsonl',
		'meters/mine/one.expected.json',
		'profiles/mine.json',
	])
	assert.match(files['meters/mine/README.md'] ?? '', /^# Mine\n/)
	const [, id = ''] = /"id": "([^"]+)"/.exec(readFileSync(join(own, 'mine', 'one.expected.json'), 'utf8')) ?? []
	assert.ok(id.length > 5)
	assert.not.ok(JSON.stringify(files).includes(id), 'no id leaves the house')
	assert.is(codeOf(await bench.zip('mine', '{')), 'profile')
})

test('shows the recordings of a profile whose saved file is wrong: by them it is put right', async () => {
	const { bench, own } = home()
	const right = mine('mine')
	done(await bench.addSample('mine', 'one', { source: { profile: 'ekz-e450', sample: 'vse-2026' }, text: right }))
	writeFileSync(join(own, 'mine.json'), '{ "profile": "mine", "extends": "nowhere" }')
	assert.equal(done(await bench.profile('mine')).samples, ['one'])
	const request = { profile: { name: 'mine', text: right }, source: { profile: 'mine', sample: 'one' } }
	const answer = json<WorkbenchAnswer>(await bench.analyse(request))
	assert.equal(answer.findings, [])
	assert.is(answer.telegrams?.[0]?.outcome, 'reading')
})

test('lets no name of an adapter out of the house, in topics, messages and readings', async () => {
	const { bench, own } = home()
	const transform = { id: 'topic.device', power_import: '$scale(json.kW, 3)', voltage_l1: 'json.u' }
	const transport = { kind: 'mqtt', topic: 'kraxel/+device/live', identity: 'device' }
	const text = JSON.stringify({ profile: 'kraxel', version: '1.0.0', title: 'K', transport, decoder: { application: 'json' }, transform })
	const pasted = 'kraxel/KX-00417/live {"owner":"KX-00417","serialNo":"Q7-88","kW":2.4,"u":230.79999999999998}'
	done(await bench.addSample('kraxel', 'one', { source: { text: pasted }, text }))
	const kept =
		readFileSync(join(own, 'kraxel', 'one.capture.jsonl'), 'utf8') + readFileSync(join(own, 'kraxel', 'one.expected.json'), 'utf8')
	assert.not.match(kept, /00417|Q7-88/)
	assert.match(kept, /kraxel\/KX-\d{5}\/live/)
	assert.match(kept, /230\.79999999999998/)
	writeFileSync(join(own, 'kraxel', 'one.capture.jsonl'), kept.slice(0, kept.indexOf('[')).replaceAll(/KX-\d{5}/g, 'KX-00417'))
	const { bytes } = done(await bench.zip('kraxel', text))
	assert.not.match(
		Object.values(unzipSync(bytes))
			.map((content) => new TextDecoder().decode(content))
			.join(),
		/00417/,
	)
})

test('finds the recordings beside the folder of profiles, as in the project', async () => {
	const { bench, own, path } = home()
	mkdirSync(join(path, 'meters', 'mine'), { recursive: true })
	mkdirSync(own)
	const source = { profile: 'ekz-e450', sample: 'vse-2026' }
	const added = done(await bench.addSample('mine', 'one', { source, text: mine('mine') }))
	assert.is(added.files[0], join(path, 'meters', 'mine', 'one.capture.jsonl'))
	assert.is(codeOf(await bench.addSample('mine', 'two', { source, text: mine('mine', ', "samples": ["ekz-e450"]') })), 'samples-elsewhere')
})

test('drafts profiles of a recording, of a parent and of nothing', async () => {
	const { bench } = home()
	const source = { profile: 'ekz-e450', sample: 'vse-2026' }
	for (const request of [
		{ name: 'mine', from: 'recording', source },
		{ name: 'mine', from: 'extends', extends: 'dsmr' },
		{ name: 'mine', from: 'empty' },
	] as const) {
		const draft = json<{ text: string }>(await bench.draft(request))
		assert.is(invalidAnswer('Draft', draft), '')
		const { findings } = json<WorkbenchAnswer>(await bench.analyse({ profile: { name: 'mine', text: draft.text } }))
		assert.equal(findings, [], request.from)
	}
	assert.is(codeOf(await bench.draft({ name: 'mine', from: 'extends', extends: 'nothing' })), 'draft')
})

test('sees a file that somebody writes beside it', async () => {
	const { bench, own } = home()
	mkdirSync(own)
	const ask = async () =>
		json<WorkbenchAnswer>(await bench.analyse({ profile: { name: 'child', text: mine('child').replace('ekz-e450', 'parent') } }))
	assert.is((await ask()).findings[0]?.code, 'profile/missing')
	writeFileSync(join(own, 'parent.json'), mine('parent'))
	await new Promise((resolve) => setTimeout(resolve, 1100))
	assert.equal((await ask()).findings, [])
})

test('has no folder to write to where no file holds the config, unless one is named', async () => {
	const { bench } = home({}, { file: undefined })
	assert.is(codeOf(await bench.save('mine', mine('mine'), '')), 'folder')
	const other = join(folder.path, 'elsewhere')
	const { bench: named } = home({}, { file: undefined, folder: other, offered: new Map([['mine', '7E A0']]) })
	assert.is(done(await named.save('mine', mine('mine'), '')).status, 'unused')
	assert.ok(existsSync(join(other, 'mine.json')))
	assert.is(done(await named.profile('mine')).own, true)
	assert.is(json<WorkbenchAnswer>(await named.analyse({ source: { profile: '-', sample: 'mine' } })).telegrams?.length !== undefined, true)
	assert.is(codeOf(await named.analyse({ source: { profile: '-', sample: 'other' } })), 'sample')
})

test('knows the words of the schema, and all of a kind of meter', async () => {
	const { bench } = home()
	assert.is(invalidAnswer('WorkbenchWords', json(await bench.words())), '')
	assert.is(invalidAnswer('MeterKind', json(await bench.kind('ekz-e450'))), '')
	assert.is(codeOf(await bench.kind('nothing')), 'profile')
})

test.run()
