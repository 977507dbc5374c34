import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { checkWhole } from '../../engine/check/whole.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { analyse } from '../../engine/workbench/analyse.ts'
import { ask, draftOf, library, recordings, shownIn } from '../support/bench.ts'
import { scratch } from '../support/engine-of.ts'
import { FAULTY } from '../support/faulty.ts'
import { stretched } from '../support/pace.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench: analyse', { limit: 120_000 })
const folder = scratch('workbench')
test.after(folder.remove)

const faulty = `${root}test/faulty`
const recordingOf = (meter: string, place = 0) => {
	const found = recordings.filter((one) => one.meter === meter)[place]
	if (!found) throw new Error(`no recording of ${meter}`)
	return { lines: found.lines, header: found.header }
}

for (const [name, [line, column, code, message, hint]] of Object.entries(FAULTY)) {
	test(`shows what is wrong with ${name} at its place`, async () => {
		const text = readFileSync(`${faulty}/${name}.json`, 'utf8')
		const answer = await ask({
			draft: { name, text, folder: faulty },
			library: readLibrary([builtinProfiles, faulty]),
			samples: true,
			...recordingOf('ekz-e450'),
		})
		const found = answer.findings.find((finding) => finding.code === code)
		assert.ok(found, JSON.stringify(answer.findings))
		// In a circle it is the second file that closes it.
		assert.is(found?.file, name === 'cycle' ? 'test/faulty/cycle-back.json' : '')
		assert.equal([found?.line, found?.column], [line, column])
		assert.match(found?.message ?? '', message)
		if (hint) assert.match(found?.hint ?? '', hint)
		// Its telegrams open all the same, by what their bytes say.
		const shown = shownIn(answer)
		assert.is(shown.link, 'hdlc')
		assert.ok(shown.rows.length > 5)
		if (found?.severity === 'error' && !found.code.startsWith('sample'))
			assert.match(answer.detected ?? '', /the profile cannot be used yet; by the bytes: .* hdlc/)
	})
}

test('finds what validate finds, in every profile', async () => {
	for (const name of profileNames(library)) {
		const compiled = compileProfile(name, library)
		if (Array.isArray(compiled)) throw new Error(`${name} is no valid profile`)
		const { findings } = await checkWhole(compiled)
		const own = library.sources.get(name)?.file
		const answer = await ask({ draft: draftOf(name), samples: true })
		assert.equal(
			answer.findings.map((finding) => ({ ...finding, file: finding.file === '' ? own : finding.file })),
			findings,
			name,
		)
	}
})

test('says who stated a scaler, by which rule, and which fields use the row', async () => {
	const shown = shownIn(await ask({ draft: draftOf('ekz-e450'), ...recordingOf('ekz-e450', 1) }))
	const voltage = shown.rows.find(({ key }) => key === '1-0:32.7.0')
	assert.ok(voltage, JSON.stringify(shown.rows.map(({ key }) => key)))
	assert.equal([voltage?.scalerFrom, voltage?.unit, voltage?.fields], ['profile', 'V', ['voltage_l1']])
	assert.equal(voltage?.rule?.path.slice(0, 2), ['decoder', 'registers'])
	assert.match(voltage?.rule?.file ?? '', /profiles\/common\/.*\.json/)
	assert.ok((voltage?.rule?.line ?? 0) > 1)
	const field = shown.fields.find(({ target }) => target === 'voltage_l1')
	assert.equal(field?.rows, [shown.rows.indexOf(voltage as (typeof shown.rows)[number])])
	assert.equal([field?.value, field?.unit], [shown.reading?.voltage_l1, 'V'])
	const own = shownIn(await ask({ draft: draftOf('dsmr'), ...recordingOf('dsmr') }))
	for (const row of own.rows) if (row.scaler !== undefined) assert.is(row.scalerFrom, 'meter', row.key)
	const bare = JSON.stringify({ ...JSON.parse(draftOf('ekz-e450').text), decoder: { registers: { '*': null, V: null, '32.7.0': null } } })
	const without = await ask({ draft: draftOf('ekz-e450', bare), ...recordingOf('ekz-e450', 1) })
	const raw = shownIn(without).rows.find(({ key }) => key === '1-0:32.7.0')
	if (raw?.scalerFrom === 'none') assert.equal([raw.value, typeof raw.raw, /no scaler/.test(raw.note ?? '')], [null, 'string', true])
})

test('shows rows of adapters by the paths of their values, and of M-Bus by records', async () => {
	const json = shownIn(await ask({ draft: draftOf('gplug'), ...recordingOf('gplug') }))
	const power = json.rows.find(({ key }) => key === 'json.z.Pi')
	assert.equal(power?.fields, ['power_import'])
	const note = json.stages[0]?.notes.find(({ rows = [] }) => rows.includes(json.rows.indexOf(power as (typeof json.rows)[number])))
	assert.match(note?.text ?? '', /^Pi = /)
	const records = shownIn(await ask({ draft: draftOf('ime-nemo'), ...recordingOf('ime-nemo') })).rows
	assert.ok(records.some(({ key, label }) => key === 'record 1' && label !== undefined))
	assert.ok(records.some(({ key, fields }) => key.startsWith('record ') && fields.length > 0))
	// What a record became under its code is of use by the same fields.
	const heat = shownIn(await ask({ draft: draftOf('kamstrup-multical-601'), ...recordingOf('kamstrup-multical-601') })).rows
	const coded = heat.filter(({ key, fields }) => !key.startsWith('record ') && fields.length > 0)
	assert.ok(coded.length > 0)
	for (const { key, value, fields } of coded)
		assert.ok(
			heat.some((row) => row.key.startsWith('record ') && row.value === value && row.fields.includes(fields[0] ?? '')),
			key,
		)
})

test('shows a draft on messages that were pasted without a topic', async () => {
	const shown = shownIn(await ask({ draft: draftOf('gplug'), lines: [{ t: 0, topic: '', payload: '{"z":{"Pi":0.25,"ü":"€"}}' }] }))
	assert.is(shown.reading?.power_import, 250)
	assert.equal(
		shown.rows.map(({ key }) => key),
		['json.z.Pi', 'json.z.`ü`'],
	)
})

test('evaluates what is typed, in the bounds of profiles, and says why it cannot', async () => {
	const question = { draft: draftOf('ekz-e450'), ...recordingOf('ekz-e450', 1) }
	const value = async (evaluate: string) => (await ask({ ...question, evaluate })).evaluated
	assert.equal(await value('obis.`1.7.0` * 2'), { value: 56 })
	assert.equal(await value('obis.`99.9.9`'), {})
	assert.match((await value('$eval("1")'))?.fault ?? '', /\$eval is not admitted/)
	assert.match((await value('obis.`1.7.0` +'))?.fault ?? '', /.../)
	assert.match((await value('$map([1..9999], function($v) { $map([1..9999], function($w) { $v * $w }) })'))?.fault ?? '', /.../)
	assert.equal((await ask({ evaluate: '1 + 1' })).evaluated, { fault: 'there is no telegram to evaluate it on' })
})

test('names what a reading changed, what parents state, and the messages of outputs', async () => {
	const answer = await ask({
		draft: draftOf('gplug-2021'),
		...recordingOf('gplug-2021', 1),
		telegram: 9,
		outputs: ['values', 'no-such-output'],
	})
	const shown = shownIn(answer)
	assert.ok(shown.changed && shown.changed.length > 0 && !shown.changed.includes('seq'), JSON.stringify(shown.changed))
	const [values, none] = shown.outputs ?? []
	assert.ok(
		values?.messages.some(({ topic }) => topic.includes('power_import')),
		JSON.stringify(values).slice(0, 300),
	)
	assert.match(none?.faults?.[0] ?? '', /there is no output "no-such-output"/)
	const derived = await ask({ draft: draftOf('ekz-e450'), samples: true })
	assert.ok(derived.parents?.some(({ file }) => /common/.test(file)))
	const link = derived.inherited?.find(({ path }) => path.join('.') === 'decoder.link')
	assert.is(link?.value, 'hdlc')
	assert.match(link?.file ?? '', /\.json$/)
	const byDefault = derived.inherited?.find(({ path }) => path[0] === 'expect' && path[1] === 'frequency')
	assert.is(byDefault?.file, undefined)
})

test('shows what recordings give otherwise than expected, and counts the readings that a field stands in', async () => {
	const text = JSON.stringify({
		...JSON.parse(draftOf('ekz-e450').text),
		transform: { power_import: 'obis.`1.7.0` * 2', 'extra.twice': 'obis.`1.7.0`', frequency: 'obis.`14.7.0`' },
	})
	const answer = await ask({ draft: draftOf('ekz-e450', text), ...recordingOf('ekz-e450', 1), samples: true })
	const differ = answer.samples?.flatMap(({ differences }) => differences) ?? []
	assert.ok(
		differ.some(({ field, expected, now }) => field === 'power_import' && Number(now) === 2 * Number(expected)),
		JSON.stringify(differ),
	)
	const { fields } = shownIn(answer)
	const counted = (name: string) => fields.find(({ target }) => target === name)?.samples
	assert.ok((counted('power_import') ?? 0) > 0)
	assert.is(counted('frequency'), 0)
})

test('reads recordings again when their files change', async () => {
	mkdirSync(`${folder.path}/mine`, { recursive: true })
	const capture = readFileSync(`${root}meters/ekz-e450/vse-2026.capture.jsonl`, 'utf8')
	writeFileSync(`${folder.path}/mine/a.capture.jsonl`, capture)
	const draft = {
		name: 'mine',
		text: '{ "profile": "mine", "version": "1.0.0", "title": "x", "extends": "common/lg-e450", "samples": ["mine"] }',
		folder: folder.path,
	}
	const first = await ask({ draft, samples: true })
	assert.equal([first.samples?.[0]?.expected, first.samples?.[0]?.own], [false, true])
	writeFileSync(`${folder.path}/mine/a.expected.json`, '[{ "power_import": 1 }]')
	const second = await ask({ draft, samples: true })
	assert.equal(second.samples?.[0]?.differences, [{ reading: 1, field: 'power_import', expected: 1, now: 28 }])
	writeFileSync(`${folder.path}/mine/a.expected.json`, '{}')
	const third = await ask({ draft, samples: true })
	assert.match(third.samples?.[0]?.fault ?? '', /is no list of readings/)
})

/** Answers to what only an attacker sends, each within its bounds. */
const HOSTILE: Record<string, () => Parameters<typeof ask>[0]> = {
	'a text of a megabyte': () => ({ draft: draftOf('x', '{'.repeat(1_000_000)), ...recordingOf('gplug') }),
	'a text of nested lists': () => ({ draft: draftOf('x', '['.repeat(60_000)), ...recordingOf('gplug') }),
	'a message that nests deeply': () => ({ lines: [{ t: 0, topic: 'x', payload: '{"a":'.repeat(30_000) }] }),
	'a message of many keys': () => ({
		lines: [{ t: 0, topic: 'x', payload: JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at]))) }],
	}),
	'a capture of noise': () => ({
		draft: draftOf('ekz-e450'),
		lines: Array.from({ length: 20_000 }, (_, t) => ({ t: 2000 * t, hex: '7EA0FF00112233445566778899AABBCCDDEEFF0011' })),
	}),
	'a capture of flags': () => ({ draft: draftOf('ekz-e450'), lines: [{ t: 0, hex: '7E'.repeat(500_000) }] }),
	'a text of values': () => ({
		lines: [{ t: 0, hex: Buffer.from(`/ABC5x\r\n\r\n${'1-0:1.8.0(1)\r\n'.repeat(1000)}!\r\n`).toString('hex') }],
	}),
	'a list of nothings': () => ({ lines: [{ t: 0, hex: `0F0000000000028203E8${'00'.repeat(1000)}` }] }),
	'an endless expression': () => ({
		draft: draftOf(
			'gplug',
			JSON.stringify({
				...JSON.parse(draftOf('gplug').text),
				transform: Object.fromEntries(
					Array.from({ length: 200 }, (_, at) => [`extra.e${at}`, '$sum($map([1..9000], function($v) { $v * $v }))']),
				),
			}),
		),
		...recordingOf('gplug'),
	}),
	'a telegram that is not there': () => ({ draft: draftOf('gplug'), ...recordingOf('gplug'), telegram: 1_000_000 }),
	'a name that reaches a prototype': () => ({ draft: draftOf('__proto__', draftOf('gplug').text), ...recordingOf('gplug') }),
}
for (const [what, question] of Object.entries(HOSTILE)) {
	test(`answers ${what} in bounds`, async () => {
		const began = performance.now()
		const answer = await ask(question())
		const text = JSON.stringify(answer)
		assert.ok(text.length < 3_000_000, `${text.length}`)
		assert.ok((answer.telegrams?.length ?? 0) <= 2000)
		assert.ok((answer.shown?.stages.length ?? 0) <= 200)
		for (const { notes } of answer.shown?.stages ?? []) assert.ok(notes.length <= 4000)
		assert.ok(performance.now() - began < stretched(5000), `${performance.now() - began} ms`)
	})
}

test('says what went wrong where it cannot answer', async () => {
	const broken = {
		folders: [],
		unreadable: [],
		get sources(): never {
			throw new Error('the disk is gone')
		},
	}
	const answer = await analyse({ draft: draftOf('gplug'), library: broken, lines: [], keys: {}, samples: false, outputs: [] })
	assert.match(answer.fault ?? '', /the disk is gone/)
})

test('takes not much longer than validate for the largest profiles', async () => {
	const median = (all: number[]) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0
	for (const name of ['smartmeter-datacollector', 'dsmr', 'tasmota-sml']) {
		const [ours, theirs]: number[][] = [[], []]
		const text = draftOf(name).text
		for (let round = 0; round < 15; round++) {
			const began = performance.now()
			await ask({ draft: draftOf(name, text + ' '.repeat(round)), ...recordingOf(name), samples: true, outputs: ['values'] })
			const asked = performance.now()
			const compiled = compileProfile(name, readLibrary([builtinProfiles]))
			if (!Array.isArray(compiled)) await checkWhole(compiled)
			if (round < 5) continue
			ours?.push(asked - began)
			theirs?.push(performance.now() - asked)
		}
		const ratio = median(ours ?? []) / median(theirs ?? [])
		assert.ok(ratio < 5, `${name}: ${ratio.toFixed(1)} times`)
	}
})

test.run()
