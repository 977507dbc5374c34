import * as assert from 'uvu/assert'
import { type Decoded, plainDecoder } from '../engine/decoder.ts'
import { detectLink } from '../engine/link/detect.ts'
import { isoTime } from '../engine/telegram/clock.ts'
import { decimal, scaled } from '../engine/telegram/number.ts'
import type { Telegram, Value } from '../engine/telegram/telegram.ts'
import { siUnit } from '../engine/telegram/unit.ts'
import { corpus, type Entry, type ExpectedValue, keysOf } from './corpus.ts'
import { suite } from './suite.ts'

const test = suite('corpus')

for (const entry of corpus) {
	if (!entry.intact || entry.id.endsWith('-nokey')) test(`refuses ${entry.id}`, () => assert.equal(telegrams(entry), []))
	else test(`reads ${entry.id} as its source states`, () => check(entry))
}

function decoded(entry: Entry): Decoded[] {
	const { bytes } = entry
	const link = detectLink(bytes)
	if (!link) throw new Error('no link layer is detected')
	const reader = plainDecoder(link, keysOf(entry))
	return [...reader.push(bytes), ...reader.idle()]
}

const telegrams = (entry: Entry): Telegram[] => decoded(entry).flatMap((item) => ('telegram' in item ? [item.telegram] : []))

function check(entry: Entry): void {
	const { timestamp, timestampOffset, meterId, values = {}, sequence = [] } = entry.expected
	const [telegram, ...more] = telegrams(entry)
	if (!telegram) throw new Error(`gives no telegram: ${JSON.stringify(decoded(entry).map((item) => 'reason' in item && item.reason))}`)
	assert.is(more.length, 0)
	assert.is(telegram.meterId ?? null, meterId ?? null, 'meter id')
	// The meter's clock says 2000-00-00: no such day.
	const possible = timestamp?.startsWith('2000-00') ? null : timestamp
	assert.is(telegram.clock?.local ?? null, possible ?? null, 'time')
	if (timestampOffset && telegram.clock) assert.is(isoTime(telegram.clock, undefined, 0), timestamp + timestampOffset)
	assert.equal(telegram.registers.map(({ obis }) => obis).sort(), Object.keys(values).sort(), 'the codes of the telegram')
	for (const [code, expected] of Object.entries(values))
		checkValue(code, telegram.registers.find(({ obis }) => obis === code)?.value, expected)
	assert.is(telegram.sequence.length, sequence.length, 'values without a code')
	for (const [place, expected] of sequence.entries()) checkValue(`value ${place + 1}`, telegram.sequence[place], expected)
}

function checkValue(name: string, value: Value | undefined, { value: expected, unit, raw }: ExpectedValue): void {
	if (!value) throw new Error(`${name} is missing`)
	if (value.kind === 'number' && value.scaler === undefined) assert.is(scaled(value), raw, name)
	else if (value.kind === 'number') {
		const si = siUnit(unit ?? '')
		const number = decimal(String(expected))
		assert.is(scaled(value), number && scaled({ kind: 'number', raw: number.raw, scaler: number.scaler + si.exponent }), name)
		if (unit) assert.is(value.unit, si.unit, name)
	} else if (value.kind === 'text') assert.is(value.text, expected, name)
	else if (value.kind === 'boolean') assert.is(value.value, expected, name)
	// Clocks, lists and structures: the source states no single value.
	else assert.is(expected, null, name)
}

test.run()
