import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { plainDecoder } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { contradiction, ordered, type Ranked, rank, rankText } from '../../engine/draft/rank.ts'
import { replaySample, testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { type Capture, partsOf, readCapture } from '../../engine/transport/capture.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { telegram } from '../support/corpus.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('ranks profiles', { limit: 120_000 })
const library = readLibrary([builtinProfiles])

function ranked(capture: Capture) {
	const [parts, keys] = [partsOf(capture), testKeys(capture)]
	const detected = detect(parts, keys)
	if (!detected) throw new Error('not detected')
	const reader = plainDecoder(detected, keys)
	const telegrams = parts
		.flatMap((part) => [...reader.push(part), ...reader.idle()])
		.flatMap((item) => ('telegram' in item ? [item.telegram] : []))
	return rank(telegrams, library, detected, (profile) => replaySample(profile, capture))
}

const meter = (file: string) => readCapture(`${root}meters/${file}.capture.jsonl`)

test('puts the maker that the telegram names first, and says how sure it is', async () => {
	for (const [file, first, sure, second] of [
		['wiener-netze-e450/composed', 'wiener-netze-e450', 'sure', 'wiener-netze-am550'],
		['wiener-netze-am550/composed', 'wiener-netze-am550', 'sure', 'wiener-netze-e450'],
		['wiener-netze-im350/composed', 'wiener-netze-im350', 'sure'],
		['kaerntennetz/composed', 'kaerntennetz', 'sure'],
		['wels-im350/composed', 'wels-im350', 'sure'],
		['kaifa-ma304/list-2', 'kaifa-ma304', 'sure'],
		['iskra-ie5/composed', 'iskra-ie5', 'likely'],
		['iskra-am550-slovenia/three-phases', 'iskra-am550-slovenia', 'sure'],
		['easymeter/composed', 'easymeter', 'likely', 'tibber-pulse'],
		['dzg-sml/composed', 'dzg-sml', 'likely', 'tibber-pulse'],
		['holley-sml/composed', 'holley-sml', 'likely', 'tibber-pulse'],
	] as const) {
		const all = await ranked(meter(file))
		assert.equal([all[0]?.profile.name, all[0]?.sure, all[1]?.profile.name], [first, sure, second], file)
		assert.match(rankText(all), /kinds of its list of [\d, ]+ fit|the telegram names/)
	}
})

test('is sure of none where nothing tells them apart, and shows the values that differ', async () => {
	const text = rankText(await ranked(meter('kamstrup-norway/hourly')))
	assert.match(text, /kamstrup-norway: possible; the telegram names Kamstrup; U × I fits the power/)
	assert.match(text, /kamstrup-omnipower: possible; .*energy_import 1234567 instead of 12345670/)
	assert.match(text, /nothing in the telegram tells the first 2 apart/)
})

test('tells by their recordings which of those that read the same is meant', async () => {
	const all = await ranked(meter('lg-e570/encrypted-2024'))
	const [best, second] = all
	assert.is(best?.profile.name, 'lg-e570')
	assert.is(second?.score, best?.score)
	assert.match(best?.why.at(-1) ?? '', /^its recordings have the same 17 values, ciphered as well$/)
	const like = (name: string) => all.find(({ profile }) => profile.name === name)?.why.at(-1) ?? ''
	assert.match(like('ekz-e450'), /^its recordings have \d+ of the 17 values, and are not ciphered$/)
	// Those that a maker's name rules out are not compared.
	assert.not.match(like('iskra-am550-obis'), /recordings/)
})

test('puts a profile for everybody before those of one operator or country, where nothing else tells them apart', () => {
	const one = (name: string, score: number, likeness = 0): Ranked => {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(`${name} is not right`)
		return { profile, readings: [], score, likeness, sure: 'possible', why: [] }
	}
	const names = (...all: Ranked[]) => ordered(all).map(({ profile }) => profile.name)
	assert.equal(names(one('aew-e450', 10), one('ekz-e450', 10), one('lg-e570', 10)), ['lg-e570', 'aew-e450', 'ekz-e450'])
	// Knowledge goes first: recordings count, and a profile that reads less than the best stands behind those that read as much.
	assert.equal(names(one('lg-e570', 10), one('aew-e450', 10, 5)), ['aew-e450', 'lg-e570'])
	assert.equal(names(one('lg-e570', 100), one('aew-e450', 90, 90), one('ekz-e450', 80, 70)), ['aew-e450', 'lg-e570', 'ekz-e450'])
})

test('never offers a profile whose values contradict each other', async () => {
	// E570 sends currents in A: by the scaler of others, 258,874 W would flow at 400 × 0.01 A.
	const load = hex(telegram('ch-lg-e570-vse2026-load').bytes)
	const all = await ranked({ ...meter('lg-e570/vse-2026'), lines: [{ t: 0, hex: load }] })
	assert.is(all[0]?.profile.name, 'lg-e570')
	for (const { profile, readings } of all) {
		assert.ok(!['ekz-e450', 'iskra-am550-obis'].includes(profile.name), profile.name)
		for (const reading of readings) assert.is(contradiction(reading), undefined, profile.name)
	}
})

test('finds what cannot be right together', () => {
	const of = (values: Partial<Reading>) => contradiction(values as Reading) ?? ''
	assert.match(of({ power_import: 8090, voltage_l1: 230, current_l1: 0.5 }), /^8090 W is more than the 115 VA/)
	assert.match(
		of({ energy_import: 9000, energy_import_t1: 7000, energy_import_t2: 8000 }),
		/the tariffs of energy_import are more than the total/,
	)
	assert.is(of({ power_import: 110, voltage_l1: 230, current_l1: 0.5 }), '')
	// The phases cancel, or the meter measures two currents only.
	assert.is(of({ power_import: 0, voltage_l1: 230, current_l1: 10, voltage_l2: 230, current_l2: 10 }), '')
	assert.is(of({ power_import: 5000, voltage_l1: 230, current_l1: 7, voltage_l3: 230, current_l3: 7 }), '')
	assert.is(of({ power_import: 5000, voltage_l1: 230 }), '')
	assert.is(of({ energy_import: 15_000, energy_import_t1: 7000, energy_import_t2: 8000 }), '')
})

test.run()
