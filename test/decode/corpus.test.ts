import * as assert from 'uvu/assert'
import { type Decoded, plainDecoder } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { decimal, scaled } from '../../engine/telegram/number.ts'
import type { Value } from '../../engine/telegram/register.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { siUnit } from '../../engine/telegram/unit.ts'
import { isoTime } from '../../engine/telegram/zone.ts'
import { corpus, type Entry, type ExpectedRecord, type ExpectedValue, keysOf, strangers, unspaced } from '../support/corpus.ts'
import { suite } from '../support/suite.ts'

const test = suite('corpus')

for (const entry of [...corpus, ...strangers]) {
	if (!entry.intact || entry.id.endsWith('-nokey')) test(`refuses ${entry.id}`, () => assert.equal(telegrams(entry), []))
	else test(`reads ${entry.id} as its source states`, () => check(entry))
}

function decoded(entry: Entry): Decoded[] {
	const { bytes } = entry
	const detected = detect([bytes], keysOf(entry))
	if (!detected) throw new Error('neither link layer nor application is detected')
	const reader = plainDecoder(detected, keysOf(entry))
	return [...reader.push(bytes), ...reader.idle()]
}

const telegrams = (entry: Entry): Telegram[] => decoded(entry).flatMap((item) => ('telegram' in item ? [item.telegram] : []))

function check(entry: Entry): void {
	const { timestamp, timestampOffset, meterId, values = {}, sequence = [] } = entry.expected
	const [telegram, ...more] = telegrams(entry)
	if (!telegram) throw new Error(`gives no telegram: ${JSON.stringify(decoded(entry).map((item) => 'reason' in item && item.reason))}`)
	assert.is(more.length, 0)
	assert.is(telegram.meterId ?? null, typeof meterId === 'string' ? unspaced(meterId) : null, 'meter id')
	// The meter's clock says 2000-00-00: no such day. What no source looked for is no mistake: clocks in data records, or in 0.9.1 and 0.9.2.
	const possible = timestamp?.startsWith('2000-00') ? null : timestamp
	if (possible || !['mbus', 'iec62056-21'].includes(telegram.application))
		assert.is(telegram.clock?.local ?? null, possible ?? null, 'time')
	if (entry.expected.records) {
		checkRecords(telegram, entry.expected.records)
		return
	}
	if (timestampOffset && telegram.clock) assert.is(isoTime(telegram.clock, undefined, 0), timestamp + timestampOffset)
	const seen = new Map<string, Value>()
	for (const { obis, value } of telegram.registers) {
		let key = obis
		for (let repeat = 2; seen.has(key); repeat++) key = `${obis}#${repeat}`
		seen.set(key, value)
	}
	assert.equal([...seen.keys()].sort(), Object.keys(values).sort(), 'the codes of the telegram')
	for (const [code, expected] of Object.entries(values)) checkValue(code, seen.get(code), expected)
	assert.is(telegram.sequence.length, sequence.length, 'values without a code')
	for (const [place, expected] of sequence.entries()) checkValue(`value ${place + 1}`, telegram.sequence[place], expected)
}

function checkRecords({ records = [] }: Telegram, expected: ExpectedRecord[]): void {
	assert.is(records.length, expected.length, 'data records')
	for (const [place, { value: stated, unit, ...wanted }] of expected.entries()) {
		const name = `record ${place + 1}`
		const record = records[place]
		if (!record) throw new Error(`${name} is missing`)
		const { function: kind, storage, tariff, device } = record
		assert.equal(
			{ kind, storage, tariff, device },
			{ kind: wanted.function, storage: wanted.storage, tariff: wanted.tariff, device: wanted.device },
			name,
		)
		if (wanted.quantity) assert.is(record.quantity, wanted.quantity, name)
		if (typeof stated !== 'number') continue
		if (record.value.kind !== 'number') throw new Error(`${name} is no number`)
		const si = siUnit(unit?.replace('^', '') ?? '')
		const given = Number(scaled(record.value))
		// The source prints floats with six decimals.
		assert.ok(
			Math.abs(given - stated * 10 ** si.exponent) <= 1e-6 * Math.max(1, Math.abs(given)),
			`${name}: ${given}, not ${stated} ${unit}`,
		)
		if (unit && unit !== '-') assert.is(record.value.unit, si.unit, name)
	}
}

function checkValue(name: string, value: Value | undefined, { value: expected, unit, raw, octets }: ExpectedValue): void {
	if (!value) throw new Error(`${name} is missing`)
	if (value.kind === 'number' && value.scaler === undefined) assert.is(scaled(value), raw, name)
	else if (value.kind === 'number') {
		const si = siUnit(unit ?? '')
		const number = decimal(String(expected))
		assert.is(scaled(value), number && scaled({ kind: 'number', raw: number.raw, scaler: number.scaler + si.exponent }), name)
		if (unit) assert.is(value.unit, si.unit, name)
	} else if (value.kind === 'text')
		assert.ok(
			[octets, typeof expected === 'string' ? unspaced(expected) : expected].includes(value.text),
			`${name}: ${value.text}, not ${expected}`,
		)
	else if (value.kind === 'boolean') assert.is(value.value, expected, name)
	// Clocks, lists and structures: the source states no single value.
	else assert.is(expected || null, null, name)
}

test.run()
