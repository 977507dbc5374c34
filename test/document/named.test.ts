import * as assert from 'uvu/assert'
import { findingText } from '../../engine/document/finding.ts'
import { parseDocument } from '../../engine/document/parse.ts'
import { CANARY, canaryIn, PASSWORD } from '../support/canary.ts'
import { suite } from '../support/suite.ts'

const test = suite('named')

const findings = (config: string) => parseDocument('config.json', config, 'config').findings.map(findingText).join('\n')

test('shows no key that stands where a name is wanted', () => {
	const meter = (more: string) => `{ "mqtt": { "url": "mqtt://host" }, "meters": [{ "name": "a", "profile": "b", ${more} }] }`
	for (const [text, words] of [
		[meter(`"keys": { "${CANARY}": { "$env": "X" } }`), /unknown key \(not shown/],
		[meter(`"keys": { "encryption": { "${CANARY}": "X" } }`), /keys.encryption/],
		[meter(`"keys": { "encryption": { "$env": "X", "${CANARY}": 1 } }`), /keys.encryption/],
		[meter(`"id": "x", "${PASSWORD}": 1, "${PASSWORD}": 2`), /the key \(not shown.* stands twice here/],
		[meter(`"name": "${CANARY} x"`).replace('"name": "a", ', ''), /this text does not fit/],
		[`{ "mqtt": { "url": "${PASSWORD}" }, "meters": [] }`, /this text does not fit mqtt.url/],
		[`{ "mqtt": { "url": "mqtt://host" }, "role": "${CANARY}", "meters": [] }`, /this text is no value for role/],
		[`{ "mqtt": { "url": "mqtt://host" }, "${CANARY}": { "x": 1 }, "meters": [] }`, /unknown key/],
	] as const) {
		assert.match(findings(text), words)
		assert.not(canaryIn(findings(text)), findings(text))
	}
})

test('forges no line by what a document says', () => {
	const text = findings('{ "mqtt": { "url": "mqtt://host" }, "meters": [], "a\\n2:1 forged\\u001b\\u202e": 1 }')
	assert.is(text.split('\n').length, 1)
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	assert.not(/[\u0000-\u001f\u202e]/.test(text))
})

test.run()
