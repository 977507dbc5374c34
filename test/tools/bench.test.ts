import * as assert from 'uvu/assert'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { dlmsOf, p1Of } from '../../tools/bench/composed.ts'
import { type Source, sources } from '../../tools/bench/inputs.ts'
import { suite } from '../support/suite.ts'

const test = suite('inputs of the benchmark')
const RECEIVED = Date.UTC(2026, 4, 4, 12)

/** The readings of a meter's first telegrams, as the benchmark sends them. */
function readingsOf({ name, profile, keys, telegram, topic }: Source, meter: number, rounds: number) {
	const pipeline = readingPipeline({ name: 'house', id: 'house', profile, keys: keys(meter), session: RECEIVED, seq: 0 })
	return Array.from({ length: rounds }, (_, round) => {
		const payload = telegram(meter, round + (meter % 3))
		const received = RECEIVED + 1000 * round
		const outcomes = topic === undefined ? pipeline.push(payload, received) : pipeline.message({ topic, payload, retain: false }, received)
		const [outcome] = outcomes as Awaited<typeof outcomes>
		if (outcome?.kind !== 'reading') throw new Error(`${name}, meter ${meter}, round ${round}: ${JSON.stringify(outcome)}`)
		return outcome.reading
	})
}

test('gives a reading for each telegram, of one id for each meter, whatever list it sends', () => {
	for (const source of Object.values(sources).map((make) => make()))
		for (const meter of [0, 1, 2, 99]) {
			const ids = new Set(readingsOf(source, meter, 7).map(({ id }) => id))
			assert.is(ids.size, 1, `${source.name}: ${[...ids].join()}`)
		}
})

test('composes telegrams of as many registers as asked', () => {
	for (const make of [p1Of, dlmsOf])
		for (const registers of [10, 50, 100, 200]) {
			const [reading] = readingsOf(make(registers), 1, 1)
			assert.ok(Object.keys(reading ?? {}).length >= Math.min(registers, 160), `${registers}: ${Object.keys(reading ?? {}).length}`)
		}
})

test.run()
