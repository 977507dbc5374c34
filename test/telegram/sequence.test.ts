import * as assert from 'uvu/assert'
import { noTransfer } from '../../engine/application/application.ts'
import { dlms } from '../../engine/application/dlms/dlms.ts'
import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import { kindOf, parseEntry, Sequences } from '../../engine/telegram/sequence.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { array, enumeration, hexBytes, i8, nothing, notification, octets, structure, text, u8, u16, u32 } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('sequence')

const CLOCK = octets(hexBytes('07E5011B03100B2D00FFC400'))
const f32 = concat([hexBytes('17'), hexBytes('40490FDB')])
const u64 = hexBytes('15000000000000000A')

/** The telegram of a notification of these values. */
function listOf(...items: Uint8Array[]): Telegram {
	const [outcome] = dlms(notification(structure(...items)), noTransfer, {
		keys: {},
		authentication: 'optional',
		budget: newBudget(),
	}).outcomes
	if (outcome?.kind !== 'telegram') throw new Error(outcome?.detail)
	return outcome
}

/** The registers that a list becomes, as text; or the refusal. */
function read(lists: Record<string, (string | null)[]>, ...items: Uint8Array[]): string {
	const named = new Sequences(lists).name(listOf(...items))
	if (named.kind === 'rejected') return `${named.reason}: ${named.detail}`
	return named.registers
		.map(({ obis, value }) => `${obis}=${value.kind === 'number' ? value.raw : value.kind === 'text' ? value.text : value.kind}`)
		.join()
}

test('names values by place, and leaves out those without use', () => {
	assert.is(
		read({ 3: ['0-0:96.1.0 digits(8)', null, '1-0:1.7.0 u32'] }, text('12345678'), u8(1), u32(1316)),
		'0-0:96.1.0=12345678,1-0:1.7.0=1316',
	)
	assert.is(read({ 2: ['- u8', '1-0:1.7.0'] }, u8(1), u32(1316)), '1-0:1.7.0=1316')
	assert.match(read({ 3: [null, null, null] }, u8(1), u32(1)), /^layout: a list of 2 values without OBIS codes; .* names lists of 3$/)
})

test('takes a value of the kind that is stated, and no other', () => {
	const values: Record<string, Uint8Array> = {
		u8: u8(7),
		u16: u16(7),
		u32: u32(7),
		u64,
		i8: i8(-7),
		f32,
		enum: enumeration(7),
		bool: hexBytes('0301'),
		null: nothing,
		clock: CLOCK,
		date: octets(hexBytes('07E5051303')),
		time: octets(hexBytes('0A081700')),
		'digits(4)': text('1234'),
		'text(3)': text('abc'),
		'octets(2)': octets(hexBytes('0002')),
		'octets(0)': octets(new Uint8Array(0)),
		'=0-6:25.9.0': octets(hexBytes('0006190900FF')),
		'=KFM_001': text('KFM_001'),
		'=250': u8(250),
	}
	for (const [kind, value] of Object.entries(values)) {
		assert.is(typeof parseEntry(`- ${kind}`), 'object', kind)
		const fitting = Object.entries(values).filter(([, other]) => read({ 2: [`- ${kind}`, null] }, other, u8(0)) === '')
		const expected = kind === 'u8' ? ['u8', '=250'] : [kind]
		assert.equal(
			fitting.map(([name]) => name),
			expected,
			kind,
		)
		assert.is(read({ 2: [`- f64|${kind}`, null] }, value, u8(0)), '', `f64 or ${kind}`)
	}
	// Wider kinds.
	for (const kind of ['u8', 'u16', 'u32', 'u64', 'i8', 'f32'])
		assert.is(read({ 2: ['- number', null] }, values[kind] ?? nothing, u8(0)), '', kind)
	assert.match(read({ 2: ['- number', null] }, enumeration(1), u8(0)), /should be number, and is an enum/)
	assert.is(read({ 2: ['- text', null] }, text('1234'), u8(0)), '')
	assert.is(read({ 2: ['- text', null] }, octets(concat([fromLatin1('ab'), hexBytes('0000')])), u8(0)), '', 'filled up with NULs')
	assert.is(read({ 2: ['- octets', null] }, text('1234'), u8(0)), '')
	assert.match(read({ 2: ['- digits(4)', null] }, text('12345'), u8(0)), /should be digits\(4\), and is a text of 5/)
	// A clock that was never set is one.
	assert.is(read({ 2: ['- clock', null] }, octets(hexBytes('FFFFFFFFFFFFFFFFFF8000FF')), u8(0)), '')
	assert.match(read({ 2: ['- clock', null] }, octets(hexBytes('000000000000000000000000')), u8(0)), /should be clock, and is 12 octets/)
	assert.match(read({ 2: ['- time', null] }, octets(hexBytes('1A081700')), u8(0)), /should be time, and is 4 octets/)
})

test('holds a code alone to what it demands: numbers for energies, a clock for 1.0.0, a text for an id', () => {
	assert.match(read({ 2: ['1-0:1.8.0', null] }, text('x'), u8(0)), /place 1 should be a number for 1-0:1.8.0, and is a text of 1/)
	assert.match(read({ 2: ['0-0:1.0.0', null] }, u32(1), u8(0)), /place 1 should be a clock for 0-0:1.0.0, and is a u32/)
	assert.match(read({ 2: ['0-0:96.1.0', null] }, u32(1), u8(0)), /place 1 should be an id for 0-0:96.1.0, and is a u32/)
	assert.match(read({ 2: ['0-0:96.1.0', null] }, CLOCK, u8(0)), /and is a date and time/)
	assert.is(read({ 2: ['1-0:1.8.0', '0-0:96.14.0'] }, u16(9), text('0002')), '1-0:1.8.0=9,0-0:96.14.0=0002')
})

test('tells lists of one length apart, and says which was the nearest', () => {
	const lists = {
		'3 counters': ['- =KFM_001', '1-0:1.8.0 u32', '1-0:2.8.0 u32'],
		'3 power': ['- digits(8)', '1-0:1.7.0 u16', '1-0:2.7.0 u16'],
	}
	assert.is(read(lists, text('KFM_001'), u32(1), u32(2)), '1-0:1.8.0=1,1-0:2.8.0=2')
	assert.is(read(lists, text('12345678'), u16(1), u16(2)), '1-0:1.7.0=1,1-0:2.7.0=2')
	assert.match(
		read(lists, text('KFM_002'), u32(1), u32(2)),
		/fits none of the 2 that .* names; the nearest is "3 counters": place 1 should be =KFM_001, and is a text of 7 "KFM_002"$/,
	)
	assert.match(
		read(lists, text('12345678'), u16(1), CLOCK),
		/nearest is "3 power": place 3 should be u16 for 1-0:2.7.0, and is a date and time$/,
	)
})

test('counts the values of lists inside the list as places, in wire order', () => {
	const items = [u32(17250), array(u16(9400)), structure(u8(1), array(u16(2), u16(3))), hexBytes('0301')]
	assert.is(
		read({ 6: ['1-0:1.8.0', '1-0:31.7.0 u16', '- u8', null, '1-0:51.7.0 u16', '- bool'] }, ...items),
		'1-0:1.8.0=17250,1-0:31.7.0=9400,1-0:51.7.0=3',
	)
	assert.match(read({ 4: [null, null, null, null] }, ...items), /a list of 6 values/)
})

test('infers the kind of a value', () => {
	const kinds = (...items: Uint8Array[]) => {
		const { sequence, sent = [] } = listOf(...items)
		return sequence.map((value, at) => kindOf(value, sent[at] ?? { type: '', bytes: new Uint8Array(0) }))
	}
	const items = [
		octets(hexBytes('0006190900FF')),
		text('12345678'),
		text('MA304H3E'),
		text('KFM_001'),
		CLOCK,
		u32(5),
		u64,
		nothing,
		enumeration(1),
	]
	const more = [
		octets(hexBytes('0A081700')),
		octets(hexBytes('07E5051303')),
		octets(hexBytes('0002')),
		octets(new Uint8Array(0)),
		hexBytes('0301'),
		f32,
	]
	const found = kinds(...items, ...more)
	assert.equal(found, [
		'=0-6:25.9.0',
		'digits(8)',
		'text',
		'=KFM_001',
		'clock',
		'u32',
		'u64',
		'null',
		'enum',
		'time',
		'date',
		'octets(2)',
		'octets(0)',
		'bool',
		'f32',
	])
	assert.is(read({ 15: found.map((kind) => `- ${kind}`) }, ...items, ...more), '', 'what is inferred fits')
})

test('refuses entries that cannot be read', () => {
	for (const [entry, words] of [
		['1.8.0 u32', '"1.8.0" is not a full OBIS code'],
		['1-0:1.8.0 u33', '"u33" is not a kind of value'],
		['1-0:1.8.0 u32|', '"" is not a kind of value'],
		['- =', '"=" is not a kind of value'],
		['- digits(x)', '"digits(x)" is not a kind of value'],
		['-  u8', '" u8" is not a kind of value'],
		['', '"" is not a full OBIS code'],
	] as const)
		assert.is(parseEntry(entry), words)
})

test.run()
