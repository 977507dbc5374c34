import * as assert from 'uvu/assert'
import { historyOf } from '../../engine/config/history.ts'
import { suite } from '../support/suite.ts'

const test = suite('config/history')
const config = { mqtt: { embedded: {} }, meters: [] }

test('keeps history where there is a page and a folder, unless the config says otherwise', () => {
	assert.equal(historyOf({ ...config, http: {} }, '/state'), { days: 800, minuteDays: 7 })
	assert.is(historyOf({ ...config, http: {} }, undefined), undefined)
	assert.is(historyOf(config, '/state'), undefined)
	assert.is(historyOf({ ...config, http: {}, history: false }, '/state'), undefined)
	assert.equal(historyOf({ ...config, history: true }, '/state'), { days: 800, minuteDays: 7 })
	assert.equal(historyOf({ ...config, history: { days: 30 } }, '/state'), { days: 30, minuteDays: 7 })
})

test('says what is missing where history is asked for', () => {
	assert.match(String(historyOf({ ...config, history: true }, undefined)), /needs a folder.*"stateDir"/)
})

test.run()
