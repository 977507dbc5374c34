import * as assert from 'uvu/assert'
import { indentUnitOf, insertion } from '../../../tools/web/src/workbench/insertion.ts'
import { containerAt, memberAt, nodeAt, placeAt, readTree } from '../../../tools/web/src/workbench/json-path.ts'
import { suite } from '../../support/suite.ts'

const test = suite('a profile that is being written')

/** The place of `|` in a text. */
const placeIn = (marked: string) => placeAt(readTree(marked.replace('|', '')), marked.indexOf('|'))

test('tells keys from values in a whole text', () => {
	for (const [marked, role, path] of [
		['{ "a|": 1 }', 'key', ['a']],
		['{ "a": |1 }', 'value', ['a']],
		['{ "a": { "b": [1, "x|"] } }', 'value', ['a', 'b', 1]],
		['{ "a": 1, | }', 'key', ['']],
		['{ | }', 'key', ['']],
		['{ "a": [ | ] }', 'value', ['a', 0]],
		['{ "a": [ 1, | ] }', 'value', ['a', 1]],
		['| { }', 'none', []],
	] as const) {
		const place = placeIn(marked)
		assert.is(place.role, role, marked)
		assert.equal(place.path, path, marked)
	}
})

test('reads a text that is not finished', () => {
	for (const [marked, role, path] of [
		['{ "a": |', 'value', ['a']],
		['{ "a": "x|', 'value', ['a']],
		['{ "a": "x|\n "b": 1 }', 'value', ['a']],
		['{ "a": { "b|', 'key', ['a', 'b']],
		['{ "a": { "b": 1 \n | "c": 2 } }', 'key', ['a', '']],
		['{ "a": |, "b": 1 }', 'value', ['a']],
		['{ "a": 1 "b": tr| }', 'value', ['b']],
		['{ po| }', 'key', ['po']],
		['{ "x": { "a": [1, 2 }, "b": |', 'value', ['b']],
		['|', 'value', []],
	] as const) {
		const place = placeIn(marked)
		assert.is(place.role, role, marked)
		assert.equal(place.path, path, marked)
	}
})

test('passes over comments, and finds nothing in them', () => {
	const tree = readTree('{ // "x": 1\n "a": /* { */ 2, /* "b": 3 */ "c": "// no comment" }')
	assert.equal(
		tree.root?.members.map(({ name }) => name),
		['a', 'c'],
	)
	assert.is(placeIn('{ "a": 1 // "b|": 2\n }').role, 'none')
	assert.is(placeIn('{ "a": 1 // b|\n }').role, 'none')
	assert.is(placeIn('{ "a": 1, // https://b/|\n }').role, 'none')
	assert.is(placeIn('{ "a": 1, /* b|').role, 'none')
	assert.is(placeIn('{ "a": 1 /* x| */ }').role, 'none')
	assert.equal(placeIn('{ "a": 1, // b\n "c|" }').path, ['c'])
	assert.is(placeIn('{ "a": 1, /* x */| }').role, 'key')
	assert.is(placeIn('{ "a": 1 /* x */ , | }').role, 'key')
})

test('finds the later of two members, as it counts', () => {
	const tree = readTree('{ "a": 1, "a": { "b": "x" } }')
	assert.is(nodeAt(tree, ['a', 'b'])?.kind, 'string')
	assert.is(memberAt(tree, ['c']), undefined)
})

test('reads 64 kB of brackets, quotes and slashes without harm', () => {
	for (const sign of ['{', '[', '"', '/', '{"a":', '[[{', '*/', '\\']) {
		const tree = readTree(sign.repeat(65_536 / sign.length))
		placeAt(tree, 65_000)
		containerAt(tree, 65_000)
	}
})

test('knows a comment from what stands in later lines', () => {
	for (const [marked, role] of [
		['{ // a|\n "b": 1 }', 'none'],
		['{ // a\n| "b": 1 }', 'key'],
		['{ // a\n "b|": 1 }', 'key'],
		['{ // http://a/\n "b": |1 }', 'value'],
		['{ // http://a/|\n "b": 1 }', 'none'],
		['{ /* a */| "b": 1 }', 'key'],
		['{ /* a |*/ "b": 1 }', 'none'],
		['{ /*/|', 'none'],
	] as const)
		assert.is(placeIn(marked).role, role, marked)
	assert.is(placeIn('{ // a\n |"b": 1 }').token?.kind, 'string')
})

/** The text after a value was written into it, with what is selected in brackets. */
function inserted(text: string, path: string[], value: unknown): string | undefined {
	const made = insertion(readTree(text), path, value, indentUnitOf(text))
	if (!made) return undefined
	const next = [...made.changes].reverse().reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text)
	JSON.parse(next.replace(/\/\/.*$|\/\*.*?\*\//gm, ''))
	const { from, to } = made.select
	return `${next.slice(0, from)}«${next.slice(from, to)}»${next.slice(to)}`
}

test('writes a value into a text as the text is laid out', () => {
	assert.is(inserted('{}', ['a'], 1), '{ "a": «1» }')
	assert.is(inserted('{ "a": 1 }', ['b'], 'x'), '{ "a": 1, "b": "«x»" }')
	assert.is(inserted('{\n\t"a": 1\n}', ['b'], true), '{\n\t"a": 1,\n\t"b": «true»\n}')
	assert.is(inserted('{\n  "a": 1 // one\n}', ['b'], 2), '{\n  "a": 1, // one\n  "b": «2»\n}')
	assert.is(inserted('{\n  "a": { "x": 1 }\n}', ['a', 'y', 'z'], 'w'), '{\n  "a": { "x": 1, "y": { "z": "«w»" } }\n}')
	assert.is(inserted('{\n}', ['a', 'b'], [1]), '{\n  "a": { "b": «[1]» }\n}')
	assert.is(inserted('{ "a": [', ['b'], 1), undefined)
	assert.is(inserted('{ "a": 1 }', ['a', 'b'], 1), '{ "a": 1, "a": { "b": «1» } }')
})

test('keeps to the indent of the text', () => {
	assert.is(indentUnitOf('{\n\t"a": 1\n}'), '\t')
	assert.is(indentUnitOf('{\n    "a": 1\n}'), '    ')
	assert.is(indentUnitOf('{ "a": 1 }'), '  ')
})

test.run()
