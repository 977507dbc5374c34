import { mock } from 'node:test'
import * as assert from 'uvu/assert'
import { MbusConversation } from '../../engine/transport/mbus-conversation.ts'
import { hexBytes, mbusFrame } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('M-Bus conversation')

mock.timers.enable({ apis: ['setTimeout'] })
test.after(() => mock.timers.reset())

/** An answer with the identification 12345678 at an address, and one record. */
const answer = (address: number) =>
	mbusFrame(hexBytes(`08${address.toString(16).padStart(2, '0')}7278563412A51501020000000004031500000000`.slice(0, 44)))

/** Lets so many milliseconds pass, a hundredth of a second after the other; `step` is called between. Gives what came of the work, and after how long. */
async function pass<T>(work: Promise<T>, most: number, step: (at: number) => void): Promise<{ result: T | 'nothing'; after: number }> {
	let result: T | 'nothing' = 'nothing'
	void work.then((value) => {
		result = value
	})
	let at = 0
	for (; at < most && result === 'nothing'; at += 10) {
		step(at)
		mock.timers.tick(10)
		await new Promise((resolve) => setImmediate(resolve))
	}
	return { result, after: at }
}

test('ends its turn where noise never ends', async () => {
	const conversation = new MbusConversation(() => {})
	const given: Uint8Array[] = []
	const read = conversation.read({ address: 5 }, (bytes) => given.push(bytes))
	const { result, after } = await pass(read, 600_000, (at) => {
		if (at % 100 === 0) conversation.bytes(Uint8Array.of(0x31, 0x32, at & 0x0f))
	})
	assert.match(String(result), /address 5 does not answer/)
	assert.ok(after <= 70_000, `after ${after} ms`)
	assert.ok(given.length > 0, 'what arrives is shown to the meter')
})

test('hears the meter that was asked behind the late answer of another, and names that where it is alone', async () => {
	for (const isThere of [true, false]) {
		let asked = 0
		const conversation = new MbusConversation((message) => {
			if (message[1] === 0x40) setTimeout(() => conversation.bytes(Uint8Array.of(0xe5)), 20)
			else {
				asked++
				setTimeout(() => conversation.bytes(answer(asked === 1 || !isThere ? 4 : 5)), 50)
			}
		})
		const given: Uint8Array[] = []
		const { result } = await pass(
			conversation.read({ address: 5 }, (bytes) => given.push(bytes)),
			60_000,
			() => {},
		)
		if (isThere) assert.is(result, undefined)
		else assert.match(String(result), /address 5 was asked, and .* at address 4 answered/)
		assert.is(given.length, isThere ? 1 : 0)
	}
})

test.run()
