import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { fromHex, hex } from '../../engine/bytes/hex.ts'
import { explainTelegram } from '../../engine/explain/telegram.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { builtin, pipeline } from '../support/pipeline.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('explain')

/** The first capture of a meter's folder. */
function captureOf(meter: string) {
	const file = readdirSync(`${root}meters/${meter}`).find((name) => name.endsWith('.capture.jsonl'))
	return readCapture(`${root}meters/${meter}/${file}`)
}

/** The first telegram that gives a reading, explained. */
async function explained(meter: string, keys = testKeys(captureOf(meter))) {
	const capture = captureOf(meter)
	const reader = pipeline(meter, testKeys(capture))
	for (const part of partsOf(capture)) {
		const outcomes = [...(await reader.push(part, 0)), ...(await reader.idle(0))]
		const reading = outcomes.find(({ kind }) => kind === 'reading')
		if (reading) return { bytes: reading.bytes, ...explainTelegram(reading.bytes, builtin(meter), keys) }
	}
	throw new Error(`${meter} gives no reading`)
}

const layersOf = (stages: { notes: { layer: string }[] }[]) => new Set(stages.flatMap(({ notes }) => notes.map(({ layer }) => layer)))

for (const [meter, layers] of [
	['ekz-e450', ['application', 'link', 'value']],
	['lg-e570', ['application', 'cipher', 'link', 'value']],
	['dsmr', ['application', 'link', 'value']],
	['luxembourg-smarty', ['application', 'cipher', 'link', 'value']],
	['emh-ehz', ['application', 'link', 'value']],
	['multical', ['application', 'link', 'value']],
	['iec-mode-d', ['application', 'link', 'value']],
] as const) {
	test(`explains every byte of ${meter} with its layer`, async () => {
		const { stages, text, bytes } = await explained(meter)
		assert.equal([...layersOf(stages)].sort(), [...layers])
		for (const { stage, hex: digits, notes } of stages) {
			const length = digits.length / 2
			assert.ok(length > 0, stage)
			const covered = new Set<number>()
			for (const note of notes) {
				assert.ok(note.at >= 0 && note.at + note.length <= length, `${stage}: ${note.text}`)
				for (let at = note.at; at < note.at + note.length; at++) covered.add(at)
			}
			assert.is(covered.size, length, stage)
		}
		assert.ok(stages.some((stage) => hex(bytes).includes(stage.hex)))
		assert.match(text, /→|not used/)
	})
}

test('opens what is ciphered with the keys, and shows neither of them', async () => {
	const keys = testKeys(captureOf('lg-e570'))
	const opened = await explained('lg-e570')
	const all = JSON.stringify(opened).toUpperCase()
	for (const key of Object.values(keys)) if (key) assert.not.ok(all.includes(hex(key)))
	assert.ok(opened.stages.some(({ stage }) => stage === 'what was ciphered'))
	const closed = await explained('lg-e570', {})
	assert.not.ok(closed.stages.some(({ stage }) => stage === 'what was ciphered'))
	assert.match(closed.text, /no encryption key/)
	assert.ok(layersOf(closed.stages).has('cipher'), 'title and counter are explained without a key')
	const wrong = await explained('lg-e570', { encryption: fromHex('00'.repeat(16)) ?? new Uint8Array(0) })
	assert.match(wrong.text, /wrong key/)
})

test('says what is wrong with a damaged telegram', async () => {
	const { bytes } = await explained('ekz-e450')
	const damaged = bytes.slice()
	damaged[40] = (damaged[40] ?? 0) ^ 0xff
	const { stages, text } = explainTelegram(damaged, builtin('ekz-e450'), {})
	assert.match(JSON.stringify(stages), /WRONG: these bytes give/)
	assert.match(text, /checksum|fcs|FCS/)
	assert.equal(explainTelegram(Uint8Array.of(1, 2, 3), builtin('ekz-e450'), {}).stages.length, 1)
})

test("explains an adapter's message by the names and values of its JSON", () => {
	const payload = '{"z":{"Pi":0.25,"id":"<b>\\u202e</b>"}}'
	const { stages } = explainTelegram(new TextEncoder().encode(payload), builtin('gplug'), {})
	const notes = stages[0]?.notes ?? []
	assert.ok(
		notes.some(({ at, length, text, layer }) => payload.slice(at, at + length) === '0.25' && text === 'Pi = 0.25' && layer === 'value'),
	)
	assert.not.match(JSON.stringify(notes), /\u202e/)
	const broken = explainTelegram(new TextEncoder().encode('{"z":'), builtin('gplug'), {})
	assert.is(broken.stages.length, 1)
})

test.run()
