import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as assert from 'uvu/assert'
import { fromLatin1 } from '../../engine/bytes/hex.ts'
import { plainDecoder } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { Sequences } from '../../engine/telegram/sequence.ts'
import type { Keys, Telegram } from '../../engine/telegram/telegram.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { corpus, keysOf } from '../support/corpus.ts'
import { array, frame, hexBytes, notification, octets, structure, text, u8, u16, u32 } from '../support/craft.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('lists and profiles', { limit: 60_000 })

const library = readLibrary([builtinProfiles])
/** Every shipped profile that names lists. */
const profiles = profileNames(library).flatMap((name) => {
	const profile = compileProfile(name, library)
	const { sequence } = Array.isArray(profile) ? { sequence: undefined } : profile.document.decoder
	return sequence ? [{ name, lists: new Sequences(sequence) }] : []
})
/** Profiles whose lists are the same in every place: the one extends the other, and only the system title differs. */
const SAME: Record<string, string[]> = {
	'wiener-netze-am550': ['wiener-netze-am550', 'wiener-netze-e450'],
	'wiener-netze-e450': ['wiener-netze-am550', 'wiener-netze-e450'],
}

/** The telegrams without codes in some bytes. */
function listsIn(parts: Uint8Array[], keys: Keys): Telegram[] {
	const detected = detect(parts, keys)
	if (!detected) return []
	const reader = plainDecoder(detected, keys)
	return parts
		.flatMap((part) => [...reader.push(part), ...reader.idle()])
		.flatMap((item) => ('telegram' in item && item.telegram.sent ? [item.telegram] : []))
}

const takers = (telegram: Telegram) => profiles.filter(({ lists }) => lists.name(telegram).kind === 'telegram').map(({ name }) => name)

const captures = readdirSync(`${root}meters`, { recursive: true })
	.map(String)
	.filter((file) => file.endsWith('.capture.jsonl'))

test('every list of a recording is taken by the profile that it belongs to, and by no other', () => {
	const seen = new Map<string, number>()
	for (const file of captures) {
		const capture = readCapture(`${root}meters/${file}`)
		const own = basename(dirname(file))
		for (const telegram of listsIn(partsOf(capture), testKeys(capture))) {
			assert.equal(takers(telegram), SAME[own] ?? [own], `${file}: a list of ${telegram.sent?.length}`)
			seen.set(own, (seen.get(own) ?? 0) + 1)
		}
	}
	assert.equal([...seen.keys()].sort(), profiles.map(({ name }) => name).sort(), 'every profile with lists has one')
})

test('every list of the corpus, too', () => {
	const OWN: Record<string, string> = { 'no-kaifa': 'kaifa-ma304', 'si-iskra': 'iskra-am550-slovenia' }
	for (const entry of corpus.filter(({ intact }) => intact))
		for (const telegram of listsIn([entry.bytes], keysOf(entry))) {
			const own = Object.entries(OWN).find(([begin]) => entry.id.startsWith(begin))
			assert.equal(takers(telegram), own ? [own[1]] : [], entry.id)
		}
})

test('a list that differs in the kind of one place is taken by no profile', () => {
	const numbers = /^[uif]\d/
	for (const file of captures) {
		const capture = readCapture(`${root}meters/${file}`)
		for (const telegram of listsIn(partsOf(capture), testKeys(capture)))
			for (const [place, { type }] of (telegram.sent ?? []).entries()) {
				const other = { type: numbers.test(type) ? 'i32' : 'u32', bytes: hexBytes('00000001') }
				const [sent, sequence] = [[...(telegram.sent ?? [])], [...telegram.sequence]]
				sent[place] = other
				sequence[place] = { kind: 'number', raw: 1 }
				assert.equal(takers({ ...telegram, sent, sequence }), [], `${file}: place ${place + 1} of ${sent.length}`)
			}
	}
})

test('lists of other operators that have a length of ours are taken by no profile', () => {
	const clock = octets(hexBytes('07EA0309010B2D0000FFC400'))
	const [n32, n16] = [
		(count: number) => Array.from({ length: count }, (_, at) => u32(100 + at)),
		(count: number) => Array.from({ length: count }, (_, at) => u16(230 + at)),
	]
	const others: Uint8Array[][] = [
		[clock],
		[text('12345678'), ...n32(3)],
		[text('ISK1020700000017'), clock, ...n32(2)],
		[...n32(8), clock],
		[text('KFM_002'), text('1234567890123456'), text('MA304H3E'), ...n32(6)],
		[text('LGZ1030650000017'), clock, ...n32(6), octets(new Uint8Array(0))],
		[octets(hexBytes('0008190900FF')), text('18030017'), octets(hexBytes('0A1E1400')), octets(hexBytes('07EA010804')), ...n32(6)],
		[octets(hexBytes('0006190900FF')), text('18030017'), ...n32(8)],
		[octets(hexBytes('0006190900FF')), text('1121270000017'), clock, ...n32(8), octets(fromLatin1('x'))],
		[text('AIDON_V0001'), text('7359992890000017'), text('6525'), ...n32(10)],
		[clock, text('SAG0000000000017'), ...n16(6), ...n32(6)],
		[text('ISK1030700000018'), text('UP_3f'), ...n32(4), ...n16(6), ...n16(6)],
		[
			text('92000017'),
			octets(hexBytes('0A1E1400')),
			octets(hexBytes('07EA010804')),
			...n32(25),
			array(u16(1)),
			array(u16(1)),
			array(u16(1)),
			u8(1),
			u8(1),
		],
	]
	for (const [at, items] of others.entries()) {
		const found = listsIn([frame(notification(structure(...items)))], {})
		assert.is(found.length, 1, `${at}`)
		for (const telegram of found) assert.equal(takers(telegram), [], `${at}: a list of ${items.length}`)
	}
})

test.run()
