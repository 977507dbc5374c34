import * as assert from 'uvu/assert'
import { messageStage } from '../../engine/explain/message.ts'
import { suite } from '../support/suite.ts'

const test = suite('message')

test('explains a message that ends in the middle within its bytes', () => {
	for (const text of ['{"ä":1', '{"ä":[1', '{"ä":{"b":1}', '{"a":1', '[1', '{"a":[{', '["€', '{']) {
		const bytes = new TextEncoder().encode(text)
		for (const { at, length, text: meaning } of messageStage(bytes).notes) {
			assert.ok(Number.isInteger(length) && length >= 0, `${text}: ${meaning} has ${length} bytes`)
			assert.ok(at + length <= bytes.length, `${text}: ${meaning}, ${at} + ${length}`)
		}
	}
})

test.run()
