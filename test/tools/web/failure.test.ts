import * as assert from 'uvu/assert'
import { Refused } from '../../../tools/web/src/api/client.ts'
import { problemOf } from '../../../tools/web/src/failure.ts'
import { sayIf, speak } from '../../../tools/web/src/words/words.ts'
import { suite } from '../../support/suite.ts'

const test = suite('refusals on the page')
Object.assign(globalThis, { document: { documentElement: {} } })

test('keeps the names of a refusal, and fills them in', async () => {
	const params = { meter: 'house' }
	const problem = problemOf(new Refused(409, { code: 'port-used', message: 'The meter "house" reads this port.', params }))
	assert.equal(problem, { code: 'port-used', text: 'The meter "house" reads this port.', params })
	for (const [language, words] of [
		['de', 'Der Zähler «house» liest diesen Anschluss schon.'],
		['fr', 'Le compteur « house » lit déjà ce port.'],
		['it', 'Il contatore «house» legge già questa porta.'],
		['en', 'The meter “house” reads this port already.'],
	] as const) {
		await speak(language)
		assert.is(sayIf('problem.port-used', problem.params), words)
		// Better in English than with a hole.
		assert.is(sayIf('problem.port-used'), undefined)
	}
})

test('says what there is too much of where words for it exist', async () => {
	await speak('en')
	const searches = problemOf(new Refused(429, { code: 'searches', message: '4 searches run already.', params: { count: 4 } }))
	assert.is(searches.code, 'searches')
	assert.is(sayIf(`problem.${searches.code}`, searches.params), '4 searches run at once already.')
	assert.is(problemOf(new Refused(429, { code: 'logins', message: 'Wait 20 s.' })).code, 'often')
})

test.run()
