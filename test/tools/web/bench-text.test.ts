import * as assert from 'uvu/assert'
import type { ProfileEntry, SequenceList } from '../../../tools/web/src/api/types.ts'
import { together } from '../../../tools/web/src/workbench/merging.ts'
import { freeName, judgeName } from '../../../tools/web/src/workbench/naming.ts'
import { fits, moved, placed } from '../../../tools/web/src/workbench/placing.ts'
import { titleIn } from '../../../tools/web/src/workbench/title.ts'
import { suite } from '../../support/suite.ts'

const test = suite('texts of profiles that the page changes')

test('changes of two people to lines that are apart are put together; to the same line, or lines beside each other, they are not', () => {
	const base = 'a\nb\nc\nd\ne\n'
	assert.is(together(base, 'A\nb\nc\nd\ne\n', 'a\nb\nc\nD\ne\n'), 'A\nb\nc\nD\ne\n')
	assert.is(together(base, 'a\nb\nc\nd\ne\nf\n', '0\na\nb\nc\nd\ne\n'), '0\na\nb\nc\nd\ne\nf\n')
	assert.is(together(base, 'a\nc\nd\ne\n', 'a\nb\nc\nd\nE\n'), 'a\nc\nd\nE\n')
	assert.is(together('a\nb\nc', 'A\nb\nc', 'a\nb\nC'), 'A\nb\nC')
	assert.is(together(base, 'A\nb\nc\nd\ne\n', 'B\nb\nc\nd\ne\n'), undefined)
	assert.is(together(base, 'a\nB\nc\nd\ne\n', 'a\nb\nC\nd\ne\n'), undefined)
	assert.is(together(base, base, 'x\n'), 'x\n')
})

const LIST: SequenceList = {
	key: '3',
	places: [{ kind: 'text' }, { kind: 'u32|u16' }, { kind: 'null' }],
}

test('a code is written into the list at its place, with the kinds that were sent; comments stay', () => {
	const begun = placed('{\n  // Mine.\n  "profile": "x"\n}\n', LIST, 1, '1.8.0')
	assert.match(begun, '// Mine.')
	assert.equal(JSON.parse(begun.replace('// Mine.', '')).decoder.sequence, { 3: ['- text', '1-0:1.8.0 u32|u16', null] })
	const stated: SequenceList = {
		key: '3',
		stated: true,
		places: [
			{ kind: 'text', entry: '- text' },
			{ kind: 'u32|u16', entry: '1-0:1.8.0 u32|u16', code: '1-0:1.8.0' },
			{ kind: 'u32', entry: '- u32' },
		],
	}
	const text = '{ "decoder": { "sequence": { "3": ["- text", /* it */ "1-0:1.8.0 u32|u16", "- u32"] } } }'
	const away = moved(text, stated, 1, 2)
	assert.match(away, '/* it */')
	assert.equal(JSON.parse(away.replace('/* it */', '')).decoder.sequence, { 3: ['- text', '- u32|u16', '1-0:1.8.0 u32'] })
	assert.equal(JSON.parse(placed(text, stated, 1, undefined).replace('/* it */', '')).decoder.sequence['3'][1], '- u32|u16')
})

test('a list that a parent states is written whole before it is changed', () => {
	const inherited: SequenceList = {
		key: '2',
		stated: true,
		places: [{ kind: 'text', entry: '0-0:96.1.0 text', code: '0-0:96.1.0' }, { kind: 'u32' }],
	}
	const text = placed('{ "extends": "parent" }', inherited, 1, '1-0:1.7.0')
	assert.equal(JSON.parse(text).decoder.sequence, { 2: ['0-0:96.1.0 text', '1-0:1.7.0 u32'] })
})

test('a code fits what it demands: numbers for units, a date for the clock, a text for an id', () => {
	const [energy, clock, id, free] = [
		{ code: '1.8.0', label: 'Energy', unit: 'Wh' },
		{ code: '0-0:1.0.0', label: 'Clock' },
		{ code: '0-0:96.1.0', label: 'Id' },
		{ code: '0-0:96.14.0', label: 'Tariff' },
	] as const
	assert.equal(
		['u32', 'u16|u32', 'text', 'clock', 'null'].map((kind) => fits(energy, kind)),
		[true, true, false, false, true],
	)
	assert.equal(
		['clock', 'octets(12)', 'u32'].map((kind) => fits(clock, kind)),
		[true, false, false],
	)
	assert.equal(
		['digits(16)', '=KFM_001', 'u32'].map((kind) => fits(id, kind)),
		[true, true, false],
	)
	assert.ok(fits(free, 'text') && fits(free, 'u8'))
})

test('a name is judged against those that there are', () => {
	const entry = (name: string, source: ProfileEntry['source']): ProfileEntry => ({
		name,
		title: name,
		kind: 'serial',
		samples: false,
		source,
	})
	const all = [entry('ekz-e450', 'built-in'), entry('mine', 'own')]
	assert.equal(judgeName('new-one', all), {})
	assert.is(judgeName('mine', all).taken, true)
	assert.type(judgeName('Zähler', all).fault, 'string')
	assert.type(judgeName('x'.repeat(101), all).fault, 'string')
	assert.is(judgeName('ekz-e450', all).fault, undefined)
	assert.type(judgeName('ekz-e450', all).note, 'string')
	assert.is(freeName('mine', all), 'mine-2')
})

test('shows a title of a profile without characters that hide or turn others', () => {
	assert.is(titleIn('{ "title": "Our \\u202ehouse\\u0000" }'), 'Our \\u202ehouse\\u0000')
	assert.is(titleIn(`{ "title": "${'x'.repeat(60_000)}" }`)?.length, 201)
	assert.is(titleIn('{ "title": "a \\x" }'), undefined)
	assert.is(titleIn('{ "version": "1" }'), undefined)
})

test.run()
