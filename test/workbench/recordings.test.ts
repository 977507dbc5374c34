import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { ask, draftOf, lineOf, recordings, shownIn, unexplained } from '../support/bench.ts'
import { corpus, keysOf } from '../support/corpus.ts'
import { frame, llc, notification, obisOctets, octets, structure, u32 } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('workbench: telegrams', { limit: 120_000 })

for (const isProfiled of [true, false])
	test(`explains every byte of all recordings ${isProfiled ? 'by their profiles' : 'without a profile'}, and says which rows they became`, async () => {
		let telegrams = 0
		for (const { meter, file, lines, header } of recordings) {
			const question = { lines, header, ...(isProfiled && { draft: draftOf(meter) }) }
			const { telegrams: list = [], fault } = await ask(question)
			assert.is(fault, undefined, `${meter}/${file}`)
			assert.ok(list.length > 0, `${meter}/${file}`)
			for (const { n } of list) {
				const { stages, rows } = shownIn(await ask({ ...question, telegram: n }))
				const where = `${meter}/${file}, telegram ${n}`
				for (const stage of stages) assert.equal(unexplained(stage), [], `${where}: ${stage.stage}`)
				const linked = new Set(stages.flatMap(({ notes }) => notes.flatMap((note) => note.rows ?? [])))
				assert.equal(
					rows.flatMap(({ key }, at) => (linked.has(at) ? [] : [key])),
					[],
					where,
				)
				telegrams++
			}
		}
		assert.ok(telegrams > 200, `${telegrams}`)
	})

test('shows the reading of every recording that its profile gives, and nothing that is amiss', async () => {
	for (const { meter, file, lines, header } of recordings) {
		const answer = await ask({ draft: draftOf(meter), lines, header, samples: true })
		assert.equal(
			answer.findings.filter(({ severity }) => severity === 'error'),
			[],
			meter,
		)
		const shown = shownIn(answer)
		assert.ok(shown.reading, `${meter}/${file}`)
		assert.is(shown.refused, undefined)
		const name = file.replace('.capture.jsonl', '')
		const sample = answer.samples?.find((one) => one.sample === name)
		assert.equal([sample?.differences, sample?.expected, sample?.own], [[], true, false], `${meter}/${file}`)
		// What the reading has, an expression gave, and it says of which rows.
		for (const { target, value, issue } of shown.fields)
			if (value !== undefined && issue === undefined && target in (shown.reading ?? {}))
				assert.is(typeof value === 'object', typeof shown.reading?.[target] === 'object', `${meter}: ${target}`)
	}
})

test('says of every telegram of the corpus that is refused why, and where in its bytes', async () => {
	let refused = 0
	for (const entry of corpus) {
		const question = { lines: [lineOf(entry.bytes)], keys: keysOf(entry) }
		const { telegrams = [] } = await ask(question)
		assert.ok(telegrams.length > 0, entry.id)
		for (const { n, outcome, reason } of telegrams) {
			const shown = shownIn(await ask({ ...question, telegram: n }))
			for (const stage of shown.stages) assert.equal(unexplained(stage), [], `${entry.id}: ${stage.stage}`)
			if (outcome === 'reading') continue
			refused++
			assert.is(shown.refused?.reason, reason, entry.id)
			const at = shown.refused?.at
			assert.ok(at, `${entry.id}: nowhere`)
			const stage = shown.stages[at?.stage ?? -1]
			assert.ok(
				stage?.notes.some((note) => note.at === at?.at),
				entry.id,
			)
		}
	}
	assert.ok(refused >= 40, `${refused}`)
})

const placed = async (id: string, keys = {}) => {
	const entry = corpus.find((one) => one.id === id)
	if (!entry) throw new Error(`no ${id}`)
	const shown = shownIn(await ask({ lines: [lineOf(entry.bytes)], keys }))
	const at = shown.refused?.at
	return { shown, note: shown.stages[at?.stage ?? -1]?.notes.find((note) => note.at === at?.at && note.length === at.length)?.text ?? '' }
}

test('points at the checksum that is wrong, at what is ciphered, and at the record that ends too early', async () => {
	for (const [id, words] of [
		['broken-no-lg-zmf100-fcs', /FCS\), WRONG: these bytes give 38B9/],
		['broken-p1-nl-spec-dsmr40', /CRC-16: 522B, WRONG: this text gives/],
		['broken-iec-xx-lg-zmd-mixed', /BCC\), WRONG/],
		['broken-sml-emh-apollon77-protocol', /CRC-16, WRONG: these bytes give/],
		['at-kaifa-vkw-enc-nokey', /^ciphertext$/],
		['broken-mbus-premature-end-of-data1', /^not read: the telegram ends in the middle of a record/],
	] as const)
		assert.match((await placed(id)).note, words, id)
})

test('points at the value of a list that does not fit, and shows the list', async () => {
	const recording = recordings.find(({ meter, lines }) => meter === 'kaifa-ma304' && lines.length > 0)
	if (!recording) throw new Error('there is no such recording')
	const own = JSON.parse(draftOf('kaifa-ma304').text) as { decoder: object }
	const wrong = { ...own, decoder: { ...own.decoder, sequence: { '1': ['1-0:1.7.0 text'] } } }
	const answer = await ask({ draft: draftOf('kaifa-ma304', JSON.stringify(wrong)), lines: recording.lines, header: recording.header })
	const shown = shownIn(answer)
	assert.match(shown.refused?.detail ?? '', /place 1 should be text for 1-0:1.7.0, and is a u32/)
	const at = shown.refused?.at
	const note = shown.stages[at?.stage ?? -1]?.notes.find((one) => one.at === at?.at && one.length === at.length)
	assert.equal([note?.rows, note?.layer, shown.rows[0]?.key, shown.rows[0]?.kind], [[0], 'value', 'value 1', 'u32'])
})

test('opens a frame that shares its flag with the one before, and each telegram of one frame', async () => {
	const push = (power: number) => notification(structure(octets(obisOctets('1-0:1.7.0')), u32(power)))
	const [one, other] = [frame(concat([llc, push(1)])), frame(concat([llc, push(2)]))]
	const shared = { lines: [lineOf(concat([one, other.subarray(1)]))] }
	const second = shownIn(await ask({ ...shared, telegram: 1 }))
	assert.equal(
		second.rows.map(({ key, raw }) => [key, raw]),
		[['1-0:1.7.0', '2']],
	)
	for (const stage of second.stages) assert.equal(unexplained(stage), [])
	const both = { lines: [lineOf(frame(concat([llc, push(3), push(4)])))] }
	const { telegrams = [] } = await ask(both)
	assert.equal(
		telegrams.map(({ outcome }) => outcome),
		['reading', 'reading'],
	)
	for (const [n, raw] of [
		[0, '3'],
		[1, '4'],
	] as const) {
		const { rows, stages } = shownIn(await ask({ ...both, telegram: n }))
		assert.equal(
			rows.map((row) => row.raw),
			[raw],
		)
		const notes = stages.flatMap((stage) => stage.notes).filter((note) => note.rows)
		assert.ok(
			notes.some(({ text }) => text.trim() === `number: ${raw}`),
			JSON.stringify(notes),
		)
	}
})

test.run()
