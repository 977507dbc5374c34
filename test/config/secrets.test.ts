import * as assert from 'uvu/assert'
import { parseConfig } from '../../engine/config/config.ts'
import { readSecret } from '../../engine/config/secrets.ts'
import { findingText } from '../../engine/document/finding.ts'
import { CANARY, canaryIn, PASSWORD } from '../support/canary.ts'
import { suite } from '../support/suite.ts'

const test = suite('secrets of a config')

const loaded = parseConfig('config.json', '{ "mqtt": { "url": "mqtt://host" }, "meters": [] }')
if (Array.isArray(loaded)) throw new Error('the config is right')

test('takes a secret out of the environment, and keeps it for the next reload', () => {
	process.env.CII_TEST_NAMED = CANARY
	for (let times = 0; times < 2; times++) assert.is(readSecret({ $env: 'CII_TEST_NAMED' }, ['mqtt'], loaded), CANARY)
	assert.is(process.env.CII_TEST_NAMED, undefined)
})

test('shows no secret that stands where its name is wanted', () => {
	for (const secret of [{ $env: CANARY }, { $env: PASSWORD }, { $file: CANARY }, { $file: PASSWORD }, { $file: `x/${CANARY}` }]) {
		const finding = readSecret(secret, ['mqtt'], loaded)
		assert.not(canaryIn(typeof finding === 'string' ? finding : findingText(finding)))
	}
})

test.run()
