import * as assert from 'uvu/assert'
import { words as de } from '../../../tools/web/src/words/de.ts'
import { words as en } from '../../../tools/web/src/words/en.ts'
import { words as fr } from '../../../tools/web/src/words/fr.ts'
import { words as it } from '../../../tools/web/src/words/it.ts'
import { suite } from '../../support/suite.ts'

const test = suite('words of the page')
const LANGUAGES: Record<string, Record<string, string>> = { de, fr, it }
const places = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test('has every text in every language, with the same places to fill in', () => {
	const keys = Object.keys(en).sort()
	assert.ok(keys.length > 150, `only ${keys.length} texts`)
	for (const [language, words] of Object.entries(LANGUAGES)) {
		assert.equal(Object.keys(words).sort(), keys, language)
		for (const key of keys) {
			assert.ok(words[key]?.trim(), `${language} ${key} is empty`)
			assert.equal(places(words[key]), places(en[key as keyof typeof en]), `${language} ${key}`)
		}
	}
})

test('is translated: few texts are the same as in English', () => {
	for (const [language, words] of Object.entries(LANGUAGES)) {
		const same = Object.entries(en).filter(([key, text]) => words[key] === text && text.length > 12)
		assert.ok(same.length < 6, `${language} has in English: ${same.map(([key]) => key)}`)
	}
})

test('has no German double s with the letter that Switzerland does not write', () => {
	for (const [key, text] of Object.entries(de)) assert.not.match(text, /ß/, key)
})

test.run()
