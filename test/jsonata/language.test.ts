import * as assert from 'uvu/assert'
import { compile, type Expression } from '../../engine/jsonata/expression.ts'
import type { Language } from '../../engine/jsonata/language.ts'
import { suite } from '../support/suite.ts'

const test = suite('language')

/** A language that has nothing to do with meters. */
const SHOP: Language = {
	names: ['basket', 'customer'],
	functions: ['twice', 'length'],
	size: { nodes: 20, depth: 6, constructors: 1, joins: 1 },
	steps: 1000,
	result: { lists: false, text: 5, texts: 100, parts: 3 },
	hints: { reference: 'shop.md', clock: 'there is "opened"', times: 'times are texts', size: 'ask for less' },
}
const functions = { twice: (n: number) => n * 2, length: () => 7 }
const compiled = (text: string, language: Language): Expression => {
	const expression = compile(text, language)
	if (Array.isArray(expression)) throw new Error(JSON.stringify(expression))
	return expression
}
const evaluate = (text: string, values: Record<string, unknown>, language = SHOP) =>
	compiled(text, language).evaluate({ values, functions })
const faults = (text: string, language = SHOP) => {
	const found = compile(text, language)
	return Array.isArray(found) ? found.map(({ message, hint }) => `${message}: ${hint}`) : []
}

test('knows the names and functions of the language that it is given, and no others', () => {
	assert.equal(evaluate('basket.price', { basket: { price: 3 } }), { value: 3 })
	assert.equal(evaluate('$twice(basket.price)', { basket: { price: 3 } }), { value: 6 })
	assert.equal(evaluate('$length("x")', {}), { value: 7 }, 'a function of the language takes the place of one of JSONata')
	assert.equal(faults('baskt.price'), ['unknown name baskt: did you mean basket?'])
	assert.equal(faults('$localTime("x")'), ['unknown function $localTime: shop.md lists the functions'])
	assert.equal(faults('$now()'), ['$now is not admitted in expressions: there is "opened"'])
	assert.equal(faults('$toMillis("", "[Y]")'), ['$toMillis takes one argument here: times are texts'])
	assert.equal(faults('anything.goes', { ...SHOP, names: undefined }), [])
})

test('bounds expressions and results as the language says', async () => {
	assert.equal(faults('[[1]]'), ['more than 1 objects or lists are made: ask for less'])
	assert.equal(faults('"a" & "b" & "c"'), ['more than 1 texts are joined: use $join([…])'])
	assert.match(faults('1+1+1+1+1+1+1+1+1+1+1+1').join(), /deeper than 6 levels/)
	const gives = async (text: string, language = SHOP) => {
		const result = await evaluate(text, { basket: { name: 'a long name', list: [1, 2] } }, language)
		return 'fault' in result ? result.fault : result.value
	}
	assert.is(await gives('basket.name'), 'the result is a text of 11 characters; 5 are accepted')
	assert.is(await gives('basket.list'), 'the result is a list; one value is needed')
	const lists = { ...SHOP, result: { lists: true, text: 20, texts: 100, parts: 3 } }
	assert.equal(await gives('basket.list', lists), [1, 2])
	assert.is(await gives('basket', lists), 'the result has too many parts')
})

test('looks through what follows a call or its name', () => {
	for (const text of ['$sum(basket.a)[$eval("1") = 1]', '$sum(basket.a){"a": $eval("1")}', '$sum[$eval("1")](basket.a)'])
		assert.match(faults(text).join(), /\$eval is not admitted/, text)
	assert.equal(faults('$sum(basket.a)[0]'), [])
})

test.run()
