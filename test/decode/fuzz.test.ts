import * as assert from 'uvu/assert'
import { type ApplicationName, applications, type LinkName, links } from '../../engine/decode/registry.ts'
import { MAX_BYTES, MAX_NODES } from '../../engine/telegram/budget.ts'
import { fuzzApplication, fuzzLink } from '../support/fuzz.ts'
import { amount } from '../support/long.ts'
import { suite } from '../support/suite.ts'

/** A short run; `npm run test:fuzz` takes a million inputs each. */
const INPUTS = amount(3000, 20_000)
const test = suite('fuzz', { limit: 60_000 })

for (const name of Object.keys(applications) as ApplicationName[]) {
	test(`${name} refuses ${INPUTS} damaged telegrams in words, within its budget`, () => {
		const { accepted, refused, nodes, bytes } = fuzzApplication(name, INPUTS, 7)
		assert.ok(accepted > 0 && Object.keys(refused).length > 0, JSON.stringify({ accepted, refused }))
		assert.ok(nodes > 0 && nodes <= MAX_NODES, `${nodes} values`)
		assert.ok(bytes <= MAX_BYTES, `${bytes} bytes`)
	})
}
for (const name of Object.keys(links) as LinkName[]) {
	test(`${name} gives back every byte of ${INPUTS} damaged streams`, () => {
		const { accepted } = fuzzLink(name, INPUTS, 7)
		assert.ok(accepted > 0)
	})
}

test.run()
