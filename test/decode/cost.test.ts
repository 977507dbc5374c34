import * as assert from 'uvu/assert'
import { links } from '../../engine/decode/registry.ts'
import { suite } from '../support/suite.ts'
import { costOf, worst } from '../support/worst.ts'

const test = suite('cost', { limit: 120_000 })

/** How much more a byte may cost among four times as many. What looks at all again for each byte takes four times as much. */
const MOST = 1.6
/** The machine may be busy with something else: the best of so many attempts counts. */
const ATTEMPTS = 6

for (const one of worst)
	test(`a byte costs the same among many: ${one.layer}, ${one.what}`, () => {
		const [few, many] = [3500, 14_000]
		// What runs for the first time is slower.
		for (const size of [few, many, few, many]) costOf(one, size, 1, 1)
		let best = Number.POSITIVE_INFINITY
		for (let attempt = 0; attempt < ATTEMPTS && best > MOST; attempt++)
			best = Math.min(best, costOf(one, many, 3, 1) / costOf(one, few, 3, 4))
		assert.ok(best <= MOST, `a byte among ${many} costs ${best.toFixed(2)} times one among ${few}`)
	})

test('knows a worst input of every link layer, and of detection', () => {
	for (const layer of [...Object.keys(links), 'auto'])
		assert.ok(
			worst.some((one) => one.layer === layer),
			layer,
		)
})

test.run()
