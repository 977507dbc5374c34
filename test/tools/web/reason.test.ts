import * as assert from 'uvu/assert'
import { plainDecoder } from '../../../engine/decode/decoder.ts'
import { detect } from '../../../engine/decode/detect.ts'
import { rank } from '../../../engine/draft/rank.ts'
import { replaySample, testKeys } from '../../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { partsOf, readCapture } from '../../../engine/transport/capture.ts'
import { reasonOf } from '../../../tools/web/src/setup/reason.ts'
import { words } from '../../../tools/web/src/words/en.ts'
import { root } from '../../support/root.ts'
import { suite } from '../../support/suite.ts'

const test = suite('reasons of the page', { limit: 60_000 })
const library = readLibrary([builtinProfiles])

test('has words for each reason that ranking gives', async () => {
	const seen = new Set<string>()
	for (const file of ['wiener-netze-e450/composed', 'kamstrup-norway/hourly', 'lg-e570/encrypted-2024', 'dzg-sml/composed']) {
		const capture = readCapture(`${root}meters/${file}.capture.jsonl`)
		const [parts, keys] = [partsOf(capture), testKeys(capture)]
		const detected = detect(parts, keys)
		assert.ok(detected, file)
		const reader = plainDecoder(detected, keys)
		const telegrams = parts
			.flatMap((part) => [...reader.push(part), ...reader.idle()])
			.flatMap((item) => ('telegram' in item ? [item.telegram] : []))
		for (const { why } of await rank(telegrams, library, detected, (profile) => replaySample(profile, capture)))
			for (const text of why) {
				const found = reasonOf(text)
				assert.ok(found && found.key in words, text)
				seen.add(found.key)
			}
	}
	assert.ok(seen.size >= 4, [...seen].join())
})

test('fills in what the reason says, and knows no others', () => {
	assert.equal(reasonOf('6 others read it as well: the grid operator or the model on the meter decides')?.parts, { count: '6' })
	assert.equal(reasonOf('the telegram names A, B, and the profile is of C')?.parts, { named: 'A, B', maker: 'C' })
	assert.is(reasonOf('because'), undefined)
})

test.run()
