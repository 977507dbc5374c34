import * as assert from 'uvu/assert'
import { outerPage } from '../../engine/http/outer.ts'
import { suite } from '../support/suite.ts'

const test = suite('outer')

test('names the page as other machines reach it, and none that they do not', () => {
	assert.is(outerPage(undefined), undefined)
	assert.is(outerPage({ port: 8080 }), undefined)
	assert.is(outerPage({ host: 'localhost' }), undefined)
	assert.is(outerPage({ host: '192.0.2.7', port: 81, path: '/meter' }), 'http://192.0.2.7:81/meter')
	assert.is(outerPage({ host: '2001:db8::7' }), 'http://[2001:db8::7]:8080')
	assert.match(outerPage({ host: '0.0.0.0' }) ?? '', /^http:\/\/(?!127\.)[\w.]+:8080$/)
})

test.run()
