import * as assert from 'uvu/assert'
import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { wordsOf } from '../../../engine/workbench/words.ts'
import type { WorkbenchAnswer } from '../../../schema/types/api.ts'
import type { Choice } from '../../../tools/web/src/workbench/choices.ts'
import { choicesIn } from '../../../tools/web/src/workbench/completion.ts'
import type { Known } from '../../../tools/web/src/workbench/facts.ts'
import { placed } from '../../../tools/web/src/workbench/findings.ts'
import { ghostsOf } from '../../../tools/web/src/workbench/ghosts.ts'
import { explanationAt } from '../../../tools/web/src/workbench/hover.ts'
import { readTree } from '../../../tools/web/src/workbench/json-path.ts'
import { pathsOf, pointedAt } from '../../../tools/web/src/workbench/pointing.ts'
import { suite } from '../../support/suite.ts'

const test = suite('what fits in a profile')
const words = wordsOf(readLibrary([builtinProfiles]))
const answer: WorkbenchAnswer = {
	findings: [],
	inherited: [
		{ path: ['interval'], value: 5, file: 'profiles/common/lg-e450.json', line: 7 },
		{ path: ['transport', 'kind'], value: 'serial', file: 'profiles/common/lg-e450.json', line: 8 },
		{ path: ['meter', 'country'], value: 'CH', file: 'profiles/common/dlms-push.json', line: 6 },
		{ path: ['decoder', 'registers', 'A', 'scaler'], value: -2, file: 'profiles/common/lg-e450.json', line: 9 },
	],
	shown: {
		n: 0,
		stages: [],
		rows: [
			{ key: '1-0:1.7.0', label: 'Active power from the grid', value: 28, unit: 'W', fields: ['power_import'] },
			{ key: '1-0:81.7.4', value: 12, unit: '°', fields: [] },
			{ key: 'json.z.Pi', value: 0.5, fields: [] },
			{ key: 'json.z.Po', value: 0, fields: ['power_export'] },
			{ key: 'value 2', value: 7, kind: 'u32', fields: [] },
		],
		fields: [{ target: 'power_import', expression: 'obis.`1.7.0`', value: 28, unit: 'W', own: true, rows: [0] }],
		sequences: [{ key: '2', places: [{ kind: 'text' }, { kind: 'u32', row: 4 }] }],
	},
}
const known: Known = { words, answer }

/** What can be chosen at `|`. */
const choices = (marked: string, facts = known): Choice[] => choicesIn(marked.replace('|', ''), marked.indexOf('|'), facts)?.choices ?? []
const labels = (marked: string) => choices(marked).map(({ label }) => label)
/** The text after a choice, without the places for the cursor. */
function chosen(marked: string, label: string): string {
	const text = marked.replace('|', '')
	const found = choicesIn(text, marked.indexOf('|'), known)
	const choice = found?.choices.find((one) => one.label === label)
	if (!found || !choice) throw new Error(`${label} is not offered at ${marked}: ${found?.choices.map((one) => one.label)}`)
	const put = choice.template.replace(/\$\{(?:\d+:)?((?:\\[{}]|[^{}])*)\}/g, '‹$1›').replace(/\\([{}])/g, '$1')
	return text.slice(0, found.from) + put + text.slice(found.to)
}

test('offers the keys of a section that are not there yet', () => {
	const keys = labels('{ "title": "x", "tr|" }')
	assert.ok(keys.includes('transport') && keys.includes('transform'))
	assert.not.ok(keys.includes('title') || keys.includes('baudRate'))
	assert.ok(labels('{ "transport": { | } }').includes('baudRate'))
	assert.ok(labels('{ "transport": { "request": { "|" } } }').includes('secondary'))
	assert.equal(labels('{ "decoder": { "registers": { "A": { | } } } }').slice(0, 2), ['scaler', 'unit'])
	assert.ok(labels('{ "extra": { "x": { "|" } } }').includes('label'))
	assert.equal(labels('{ "nobody": { "|" } }'), [])
})

test('offers values: of enumerations, references and both kinds of a topic', () => {
	assert.equal(labels('{ "transport": { "kind": "|" } }'), ['serial', 'tcp', 'mqtt', 'capture', 'null'])
	assert.ok(labels('{ "decoder": { "link": | } }').includes('hdlc'))
	assert.ok(labels('{ "transport": { "rtscts": | } }').includes('true'))
	assert.ok(labels('{ "extends": "|" }').includes('common/dlms-push'))
	assert.ok(labels('{ "meter": { "timezone": "Eur|" } }').includes('Europe/Zurich'))
	assert.ok(labels('{ "transport": { "topic": | } }').includes('[ ]'))
	assert.ok(labels('{ "transport": { "topic": "tele/+device/S", "identity": "|" } }').includes('device'))
})

test('removes by null only what a parent states', () => {
	assert.ok(labels('{ "interval": | }').includes('null'))
	assert.not.ok(labels('{ "version": "|" }').includes('null'))
})

test('writes keys with their beginning, colons and commas as the place wants them', () => {
	assert.is(chosen('{ "tr|" }', 'transport'), '{ "transport": { ‹› } }')
	assert.is(chosen('{ tr|\n "title": "x" }', 'transform'), '{ "transform": { ‹› },\n "title": "x" }')
	assert.is(chosen('{ "tit|": "x" }', 'title'), '{ "title": "x" }')
	assert.is(chosen('{ "int|" }', 'interval'), '{ "interval": ‹5› }')
	assert.is(chosen('{ "transport": { "kind": "|" "line": "" } }', 'tcp'), '{ "transport": { "kind": "tcp", "line": "" } }')
	assert.is(chosen('{ "meter": { | } }', 'country'), '{ "meter": { "country": "‹CH›" } }')
})

test('offers fields with their codes, those of the telegram first', () => {
	const found = choices('{ "transform": { "|" } }')
	assert.is(found.find(({ label }) => label === 'power_import')?.rank, 1)
	assert.is(found.find(({ label }) => label === 'voltage_l1')?.rank, 0)
	assert.is(chosen('{ "transform": { "|" } }', 'voltage_l1'), '{ "transform": { "voltage_l1": "‹obis.`32.7.0`›" } }')
	assert.is(chosen('{ "transform": { | } }', 'extra.'), '{ "transform": { "extra.‹name›": "‹›" } }')
	assert.not.ok(labels('{ "transform": { "id": "", "|" } }').includes('id'))
	assert.equal(labels('{ "transform": { "extra.t": "1" }, "extra": { | } }').slice(0, 1), ['t'])
})

test('offers in expressions what fits: codes, names, functions, steps of the message', () => {
	const within = (marked: string) => labels(`{ "transform": { "x": "${marked}" } }`)
	assert.equal(within('obis.|').slice(0, 2), ['1.7.0', '81.7.4'])
	assert.equal(within('registers.`|`').slice(0, 1), ['1-0:1.7.0'])
	assert.ok(within('|').includes('obis') && within('|').includes('$scale'))
	assert.ok(within('1 + $sc|').includes('$scale'))
	assert.equal(within('json.z.|'), ['Pi', 'Po'])
	assert.equal(within('json.|'), ['z'])
	assert.equal(within("'a text|"), [])
	assert.equal(within('obis.`1.7.0`|'), [])
	const into = (marked: string, label: string) => chosen(`{ "transform": { "x": "${marked}" } }`, label).slice(23, -5)
	assert.is(into('obis.|', '1.7.0'), 'obis.`1.7.0`')
	assert.is(into('obis.`1|` * 2', '1.7.0'), 'obis.`1.7.0` * 2')
	assert.is(into('obis.`1|', '1.7.0'), 'obis.`1.7.0`')
	assert.is(into('$sc|', '$scale'), '$scale(‹›)')
	assert.is(into('o|', 'obis'), 'obis.`‹›`')
})

test('offers the codes of a list with the kind that was sent, and rules for registers', () => {
	assert.is(
		chosen('{ "decoder": { "sequence": { "2": [null, |] } } }', '1-0:1.8.0'),
		'{ "decoder": { "sequence": { "2": [null, "1-0:1.8.0 u32"] } } }',
	)
	assert.is(chosen('{ "decoder": { "registers": { | } } }', 'V'), '{ "decoder": { "registers": { "V": { "scaler": ‹0› } } } }')
	assert.is(chosen('{ "decoder": { "sequence": { | } } }', '2'), '{ "decoder": { "sequence": { "2": [‹›] } } }')
})

test('offers nothing where nothing fits', () => {
	for (const marked of ['{ "title": "x"| }', '{ // |\n }', '{ "title": "|" }', '| {}'])
		assert.not.ok(
			labels(marked).some((label) => label !== 'EKZ · Landis+Gyr E450 · wired M-Bus'),
			marked,
		)
})

test('explains keys, values, codes, functions and names', () => {
	const explained = (marked: string) => explanationAt(readTree(marked.replace('|', '')), marked.indexOf('|'), known)
	assert.match(explained('{ "transport": { "li|ne": "" } }')?.lines[0] ?? '', /^serial: baudRate/)
	assert.is(explained('{ "transform": { "power_im|port": "" } }')?.value, '28\u202fW')
	assert.is(explained('{ "transform": { "x": "obis.`1.7|.0` * 2" } }')?.value, '28\u202fW')
	assert.is(explained('{ "transform": { "x": "$sc|ale(1, 2)" } }')?.title, '$scale(n, k)')
	assert.is(explained('{ "transform": { "x": "top|ic.device" } }')?.title, 'topic')
	assert.is(explained('{ "extends": "common/s|ml" }')?.title, 'common/sml')
	assert.is(explained('{ "a": 1 } |'), undefined)
})

test('places findings: at the word that they begin at, and those of parents at extends', () => {
	const text = '{\n  "extends": "common/x",\n  "transform": { "a": "$foo(1)" }\n}'
	const finding = { code: 'x', severity: 'error' as const, message: 'm' }
	const found = placed(readTree(text), [
		{ ...finding, file: '', line: 3, column: 18 },
		{ ...finding, file: '', line: 3, column: 24 },
		{ ...finding, file: 'common/x.json', line: 9, column: 9 },
		{ ...finding, file: '', line: 99, column: 1 },
	])
	assert.equal(
		found.map(({ from, to }) => text.slice(from, to)),
		['"a"', '$foo', '"common/x"', '}'],
	)
})

test('shows inherited values in the sections where they would stand', () => {
	const tree = readTree('{\n  "meter": { "operator": "EKZ" },\n  "decoder": {\n    "link": "hdlc"\n  }\n}\n')
	const ghosts = ghostsOf(tree, answer.inherited ?? [], '  ')
	assert.equal(
		ghosts.map(({ at, side, path, name, indent }) => [
			tree.text.slice(0, at).split('\n').length,
			side,
			path.join('.'),
			name,
			indent.length,
		]),
		[
			[2, 1, 'meter', undefined, 4],
			[5, -1, 'decoder', 'registers', 4],
			[6, -1, '', undefined, 2],
			[6, -1, '', 'transport', 2],
		],
	)
	assert.equal(ghostsOf(readTree('{ "transport": null }'), [{ path: ['transport', 'kind'], value: 'tcp' }], '  '), [])
})

test('points from a line to fields and registers, and back', () => {
	const text = '{ "transform": { "power_import": "1" }, "decoder": { "sequence": { "2": ["a", "b"] } } }'
	const tree = readTree(text)
	assert.equal(pointedAt(tree, text.indexOf('power_import'), answer.shown), { fields: ['power_import'], rows: [0] })
	assert.equal(pointedAt(tree, text.indexOf('"b"') + 1, answer.shown), { rows: [4], fields: [] })
	assert.is(pointedAt(tree, 3, answer.shown), undefined)
	assert.equal(pathsOf({ fields: ['power_import'], rows: [4] }, answer.shown), [
		['transform', 'power_import'],
		['decoder', 'sequence', '2', 1],
	])
})

test.run()
