import * as assert from 'uvu/assert'
import { filled } from '../../../tools/web/src/data/curve.ts'
import { suite } from '../../support/suite.ts'

const test = suite('curves of the page')

test('fills what was missed with what the server kept, and leaves what is its own', () => {
	const own = { times: [100, 101, 102, 103, 400, 401], powers: [1, 2, 3, null, 5, 6] }
	const kept = { times: [30, 90, 150, 210, 270, 330, 390, 450], powers: [10, 11, 12, 13, 14, 15, 16, 17] }
	assert.equal(filled(own, kept, 90), {
		times: [30, 90, 100, 101, 102, 150, 210, 270, 330, 390, 400, 401, 450],
		powers: [10, 11, 1, 2, 3, 12, 13, 14, 15, 16, 5, 6, 17],
	})
})

test('keeps a gap that nobody can fill', () => {
	const own = { times: [100, 101, 500], powers: [1, null, 2] }
	assert.equal(filled(own, { times: [40], powers: [3] }, 90), { times: [40, 100, 101, 500], powers: [3, 1, null, 2] })
	assert.equal(filled({ times: [], powers: [] }, { times: [1, 200], powers: [1, 2] }, 90), { times: [1, 2, 200], powers: [1, null, 2] })
})

test.run()
