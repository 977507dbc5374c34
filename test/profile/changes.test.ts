import * as assert from 'uvu/assert'
import { changes } from '../../engine/profile/changes.ts'
import type { CompiledProfile } from '../../engine/profile/profile.ts'
import { builtin } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('changes')

test('names the sections that differ between two versions of a profile', () => {
	const before = builtin('ekz-e450')
	const after = (over: object): CompiledProfile => {
		const document = { ...before.document, ...over }
		return { ...before, document }
	}
	const { transport, decoder } = before.document
	const sections = (over: object) => [...changes(before, after(over))].sort()
	assert.equal(sections({}), [])
	assert.equal(sections({ transport: { ...transport }, decoder: { ...decoder } }), [])
	assert.equal(sections({ version: '9.0.0', transport: { ...transport, baudRate: 300 } }), ['transport', 'version'])
	assert.equal(sections({ decoder: { ...decoder, ignore: ['x'] } }), ['decoder'])
	assert.equal(sections({ interval: 77 }), ['interval'])
	assert.equal(sections({ title: undefined }), ['title'])
})

test.run()
