import * as assert from 'uvu/assert'
import { FUNCTIONS } from '../../engine/jsonata/language.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileField, TELEGRAM } from '../../engine/transform/language.ts'
import { wordsOf } from '../../engine/workbench/words.ts'
import { fields } from '../../schema/types/fields.ts'
import { suite } from '../support/suite.ts'

const test = suite('the words of the editor')
const words = wordsOf(readLibrary([builtinProfiles]))

test('describes every name and every function that expressions have, and no other', () => {
	assert.equal(words.names.map(({ name }) => name).sort(), [...(TELEGRAM.names ?? [])].sort())
	assert.equal(words.functions.map(({ name }) => name).sort(), [...new Set([...FUNCTIONS, ...TELEGRAM.functions])].sort())
	for (const { name, description } of [...words.names, ...words.functions]) assert.ok(description.length > 5, `${name} has no description`)
	for (const { name, signature } of words.functions) assert.match(signature, new RegExp(`^\\$${name}\\(.+\\)$`))
})

test('gives codes in expressions that compile', () => {
	for (const text of words.names.flatMap(({ description }) => description.match(/(?:obis|registers|times)\.`[^`]+`|json\.[\w.]+/g) ?? []))
		assert.not.ok(Array.isArray(compileField(text)), text)
})

test('knows each field with its code, and codes of clocks, ids and other media', () => {
	assert.equal(
		words.fields.map(({ name }) => name),
		Object.keys(fields),
	)
	const labels = new Map(words.codes.map(({ code, label }) => [code, label]))
	assert.is(labels.get('1.8.0'), 'Active energy from the grid')
	assert.is(labels.get('0-0:1.0.0'), 'Clock')
	assert.is(labels.size, words.codes.length)
})

test('lists fragments first, then profiles, each with its title, and no outputs', () => {
	const names = words.profiles.map(({ name }) => name)
	assert.ok(names.indexOf('common/sml') < names.indexOf('dsmr'))
	assert.not.ok(names.some((name) => name.startsWith('outputs/')))
	assert.is(words.profiles.find(({ name }) => name === 'ekz-e450')?.title, 'EKZ · Landis+Gyr E450 · wired M-Bus')
})

test('survives a profile whose title is no text', () => {
	const source = { name: 'odd', file: 'odd.json', folder: '', text: '{ "title": "\\ud800\\x" }' }
	assert.equal(wordsOf({ sources: new Map([['odd', source]]) }).profiles, [{ name: 'odd', title: '' }])
})

test.run()
