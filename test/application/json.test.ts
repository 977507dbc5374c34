import assert from 'node:assert/strict'
import { json } from '../../engine/application/json.ts'
import { keysIn, readExactly, survey } from '../../engine/telegram/json-text.ts'
import { seeded } from '../../tools/faults.ts'
import { suite } from '../support/suite.ts'

const test = suite('json')

const read = (text: string) => {
	const telegram = json(new TextEncoder().encode(text))
	return telegram.kind === 'telegram' ? { json: telegram.json, unread: telegram.unread } : telegram.reason
}

test('keeps numbers that a double does not hold as they were written', () => {
	for (const [written, value] of [
		['1234567890123456', 1234567890123456],
		['9007199254740991', 9007199254740991],
		['9007199254740993', '9007199254740993'],
		['12345678901234567', '12345678901234567'],
		['-12345678901234567890', '-12345678901234567890'],
		['1e3', 1000],
		['-0', -0],
		['1.5E2', 150],
		['1e400', '1e400'],
		['-1e400', '-1e400'],
		['1.2345678901234567e16', '1.2345678901234567e16'],
		['12345678901234567.5', '12345678901234567.5'],
		['0.30000000000000004', 0.30000000000000004],
		['1234567.8901234567', 1234567.8901234567],
	] as const)
		assert.deepEqual(read(`{"a": ${written}, "b": [${written}]}`), { json: { a: value, b: [value] }, unread: undefined }, written)
	assert.deepEqual(read('{"text": "12345678901234567", "e1": "1e400", "true": true}'), {
		json: { text: '12345678901234567', e1: '1e400', true: true },
		unread: undefined,
	})
	for (const text of ['{"a": NaN}', '{"a": Infinity}', '{"a": 01}', '{"a": 1,}', '{"a" 1}', '{"a": +1}'])
		assert.equal(read(text), 'syntax', text)
})

test('leaves out a key that stands twice with different values, and names it', () => {
	const named = (text: string) => {
		const found = read(text)
		return typeof found === 'string' ? found : [JSON.stringify(found.json), found.unread?.length ?? 0]
	}
	assert.deepEqual(named('{"a":1,"a":2,"b":3}'), ['{"b":3}', 1])
	assert.deepEqual(named('{"a":1,"a":1,"b":3}'), ['{"a":1,"b":3}', 0])
	assert.deepEqual(named('{"a":1,"a":2,"a":1}'), ['{}', 2])
	assert.deepEqual(named('{"a":1,"\\u0061":2}'), ['{}', 1])
	assert.deepEqual(named('{"ä":1,"\\u00e4":2,"x":{"y":1,"y":2,"z":0}}'), ['{"x":{"z":0}}', 2])
	assert.deepEqual(named('{"a":{"b":1},"a":{"c":1}}'), ['{}', 1])
	assert.deepEqual(named('{"a":{"b":1},"a":{"b":1}}'), ['{"a":{"b":1}}', 0])
	assert.deepEqual(named('[{"a":1},{"a":2}]'), ['[{"a":1},{"a":2}]', 0])
	assert.deepEqual(named('{"a:":1,"{\\"a":"}:","b":[{}]}'), ['{"a:":1,"{\\"a":"}:","b":[{}]}', 0])
	assert.deepEqual(named('{"__proto__":{"x":1},"a":1,"constructor":2}'), ['{"a":1,"constructor":2}', 0])
	assert.deepEqual(named('{"toString":1,"toString":2}'), ['{}', 1])
	assert.deepEqual(named('\\uFEFF{"a":1}'), 'syntax')
	assert.deepEqual(named('\uFEFF{"a":1}'), ['{"a":1}', 0])
	assert.deepEqual(named('{"a":"\\ud800","b":"\\n\\"\\\\"}'), ['{"a":"\\ud800","b":"\\n\\"\\\\"}', 0])
})

test('reads what has neither as JSON.parse does', () => {
	const random = seeded(58)
	const blank = () => ['', ' ', '\n', '\t  '][random(4)] ?? ''
	const word = () =>
		['"a b"', '"\\u00fc\\n"', '"[{:,"', '""', '"\\\\"', 'true', 'false', 'null', '0', '-1.5', '2e2', '230.04'][random(12)] ?? '1'
	const make = (depth: number): string => {
		if (depth === 0 || random(3) === 0) return word()
		const parts = Array.from({ length: random(4) }, (_, at) =>
			random(2) === 0 ? `${blank()}"k${at}"${blank()}:${blank()}${make(depth - 1)}${blank()}` : '',
		)
		return random(2) === 0
			? `[${blank()}${parts.map(() => make(depth - 1)).join(`${blank()},`)}${blank()}]`
			: `{${blank()}${parts.filter(Boolean).join(',')}${blank()}}`
	}
	for (let count = 0; count < 3000; count++) {
		const text = make(4)
		const value: unknown = JSON.parse(text)
		assert.deepEqual(readExactly(text), { value, twice: [] }, text)
		assert.equal(survey(text).keys, keysIn(value), text)
	}
})

test.run()
