import { type ParseError, parse } from 'jsonc-parser'
import * as assert from 'uvu/assert'
import { type Change, edited, Written } from '../../engine/draft/edits.ts'
import { suite } from '../support/suite.ts'

const test = suite('edits')

/** A text with changes made, by edits whose places are of the text before. */
function changed(text: string, ...changes: Change[]): string {
	const edits = Written.read(text)?.edits(changes) ?? []
	for (const [at, { offset, length }] of edits.entries()) assert.ok(at === 0 || offset + length <= (edits[at - 1]?.offset ?? 0), text)
	return edited(text, edits)
}
const parsed = (text: string): unknown => {
	const errors: ParseError[] = []
	const value: unknown = parse(text, errors, { allowTrailingComma: true })
	assert.equal(errors, [], text)
	return value
}

test('writes into one line what stands in one, below what stands in lines, and keeps comments with what they are about', () => {
	const scaler = { path: ['decoder', 'registers', 'V', 'scaler'], value: -1 }
	assert.is(
		changed('{ "decoder": { "link": "hdlc" } }', scaler),
		'{ "decoder": { "link": "hdlc", "registers": { "V": { "scaler": -1 } } } }',
	)
	assert.is(
		changed('{\n\t"decoder": {\n\t\t"link": "hdlc" // told\n\t}\n}\n', scaler),
		'{\n\t"decoder": {\n\t\t"link": "hdlc", // told\n\t\t"registers": { "V": { "scaler": -1 } }\n\t}\n}\n',
	)
	assert.is(
		changed('{\r\n  "transform": {\r\n    "time": "time", // a\r\n    "id": "id", // b\r\n  },\r\n}', {
			path: ['transform', 'frequency'],
			value: 'obis.`14.7.0`',
		}),
		'{\r\n  "transform": {\r\n    "time": "time", // a\r\n    "id": "id", // b\r\n    "frequency": "obis.`14.7.0`",\r\n  },\r\n}',
	)
	assert.is(changed('{ "a": { "b": 5 } }', { path: ['a', 'b'], value: 'x"y' }), '{ "a": { "b": "x\\"y" } }')
})

test('puts sections where profiles have them, and makes several changes of one place one', () => {
	const text = '{\n  "profile": "x",\n  "title": "X", // name\n  "samples": ["x"]\n}\n'
	const both = changed(
		text,
		{ path: ['decoder', 'link'], value: 'hdlc' },
		{ path: ['decoder', 'application'], value: 'dlms' },
		{ path: ['transform', '*'], value: 'obis' },
		{ path: ['meter', 'timezone'], value: 'Europe/Oslo' },
	)
	assert.is(
		both,
		'{\n  "profile": "x",\n  "title": "X", // name\n  "meter": { "timezone": "Europe/Oslo" },\n  "decoder": { "link": "hdlc", "application": "dlms" },\n  "samples": ["x"],\n  "transform": { "*": "obis" }\n}\n',
	)
})

test('fills what is empty, replaces what is no object, and writes long lists a line each', () => {
	assert.equal(parsed(changed('{}', { path: ['a', 'b'], value: 1 })), { a: { b: 1 } })
	assert.equal(parsed(changed('{ /* nothing */ }', { path: ['a'], value: 1 })), { a: 1 })
	assert.equal(parsed(changed('{ // nothing\n}', { path: ['a'], value: 1 }, { path: ['b'], value: 2 })), { a: 1, b: 2 })
	assert.equal(parsed(changed('{ "a": null }', { path: ['a', 'b'], value: 1 })), { a: { b: 1 } })
	const list = Array.from({ length: 30 }, (_, at) => `1-0:${at}.7.0 u32`)
	const text = changed('{\n  "a": 1\n}', { path: ['list'], value: list })
	assert.equal(parsed(text), { a: 1, list })
	assert.is(text.split('\n').length, 35)
	for (const broken of ['', '{', '[]', '{ "a": 1 "b": 2 }', '5']) assert.is(Written.read(broken), undefined)
})

test.run()
