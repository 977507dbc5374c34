import * as assert from 'uvu/assert'
import { sequencesOf } from '../../engine/draft/lists.ts'
import { aloneText, compiled, shipped } from '../support/stripped.ts'
import { suite } from '../support/suite.ts'

const test = suite('lists')
const all = shipped()

function recordingOf(name: string, part: string) {
	const found = all.find(({ profile }) => profile.name === name)
	const recording = found?.recordings.find(({ file }) => file.includes(part))
	if (!found || !recording) throw new Error(`${name} has no ${part}`)
	return { profile: found.profile, telegrams: recording.telegrams }
}

test('shows the lists of every profile that has some: each that came is known, and every place fits', () => {
	let fitting = 0
	for (const { profile, recordings } of all) {
		if (!profile.document.decoder.sequence) continue
		for (const { telegrams, file } of recordings) {
			const lists = sequencesOf(telegrams, profile)
			assert.equal(
				lists.map(({ key }) => key),
				Object.keys(profile.document.decoder.sequence),
				file,
			)
			for (const { places } of lists)
				assert.not.ok(
					places.some(({ fits }) => fits === false),
					file,
				)
			fitting += lists.flatMap(({ places }) => places.filter(({ fits }) => fits === true)).length
		}
	}
	assert.ok(fitting > 100, `${fitting}`)
})

test('gives each list that no profile names a key, and says what came at its places, and in which rows', () => {
	const { telegrams } = recordingOf('kaifa-ma304', '/lists.')
	const [shown] = telegrams
	if (!shown) throw new Error('there is no telegram')
	const rows = shown.sequence.map((_, place) => `value ${place + 1}`)
	const lists = sequencesOf(telegrams, undefined, { telegram: shown, rows })
	assert.equal(
		lists.map(({ key, stated, places }) => [key, stated, places.length]),
		[
			['9', undefined, 9],
			['14', undefined, 14],
			['18', undefined, 18],
			['18 list 2', undefined, 18],
		],
	)
	const list = lists.find(({ places }) => places.length === shown.sequence.length)
	assert.equal(list?.places[0], { kind: '=KFM_001', row: 0, value: 'KFM_001' })
	assert.is(list?.places.at(-1)?.row, rows.length - 1)
})

test('marks the places where what came is of another kind than the profile says', () => {
	const { profile, telegrams } = recordingOf('wels-im350', '')
	const text = aloneText(profile, ({ decoder }) => {
		if (decoder)
			decoder.sequence = {
				'10': ['1-0:1.8.0 u32', '0-0:96.1.0 digits(8)', null, '- time', '1-0:1.8.0', '0-0:1.0.0', '- u8', '- u32|u8', '-', '- u32'],
			}
	})
	const [list] = sequencesOf(telegrams, compiled(profile.name, text))
	assert.equal(
		list?.places.map(({ fits }) => fits),
		[false, true, true, false, true, false, false, true, true, true],
	)
	assert.equal(list?.places[1], { kind: 'digits(8)', code: '0-0:96.1.0', entry: '0-0:96.1.0 digits(8)', fits: true })
	assert.equal(
		sequencesOf([], profile).map(({ places }) => places[0]),
		[{ kind: '=0-6:25.9.0', entry: '- =0-6:25.9.0' }],
	)
	assert.equal(sequencesOf([]), [])
})

test.run()
