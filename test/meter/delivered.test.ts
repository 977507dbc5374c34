import * as assert from 'uvu/assert'
import { memoryFile } from '../../engine/meter/memory-file.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { p1Telegram } from '../support/craft.ts'
import { scratch } from '../support/engine-of.ts'
import { builtin } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('delivered telegrams')
const folder = scratch('delivered')
test.after(folder.remove)

const START = '2026-11-28T08:00:00.000Z'

/** A raw telegram of a reader, as a broker delivers it. */
const raw = (seq: number, retain = false) => ({
	topic: 'cii/raw/00/house',
	payload: p1Telegram('XMX5LGBBFFB231096081', [`1-0:1.7.0(00.${String(seq).padStart(3, '0')}*kW)`]),
	retain,
	properties: { session: START, seq: String(seq), received: START },
})

test('publishes no raw telegram again that is delivered again, also after a restart', async () => {
	const file = `${folder.path}/memory.json`
	const translator = () => {
		const memories = memoryFile(file, assert.unreachable)
		const memory = memories.of('house', '')
		const one = readingPipeline({ name: 'house', id: 'house', profile: builtin('dsmr'), keys: {}, session: 0, seq: 0, memory })
		return {
			kinds: async (seq: number, retain = false) =>
				(await one.raw(raw(seq, retain), Date.parse(START))).map((found) => ('reason' in found ? found.reason : found.kind)),
			stop() {
				memories.keep('house', '', one.memory(), 1)
				memories.flush()
			},
		}
	}
	const first = translator()
	for (let seq = 0; seq < 5; seq++) assert.equal(await first.kinds(seq), ['reading'])
	assert.equal(await first.kinds(4), ['duplicate'])
	first.stop()
	const second = translator()
	for (let seq = 0; seq < 5; seq++) assert.equal(await second.kinds(seq), ['duplicate'])
	assert.equal(await second.kinds(7, true), ['duplicate'], 'the broker had kept it from before')
	assert.equal(await second.kinds(5), ['reading'])
	second.stop()
	assert.equal(await translator().kinds(5), ['duplicate'])
})

test.run()
