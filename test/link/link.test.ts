import * as assert from 'uvu/assert'
import { fromLatin1 } from '../../engine/bytes/hex.ts'
import { hdlc } from '../../engine/link/hdlc.ts'
import { p1 } from '../../engine/link/p1.ts'
import { raw } from '../../engine/link/raw.ts'
import { frame, hexBytes } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('link', { limit: 60_000 })

test('holds at most 16 KiB of what never ends', () => {
	for (const [open, start] of [
		[hdlc, frame(hexBytes('01'), { segmented: true })],
		[p1, fromLatin1('/TST5\r\n')],
		[raw, hexBytes('0F')],
	] as const) {
		const decoder = open()
		let most = 0
		for (let sent = 0; sent < 100 * 1024; sent += 1024) {
			decoder.push(
				sent === 0 ? start : open === hdlc ? frame(new Uint8Array(1000).fill(0x41), { segmented: true }) : new Uint8Array(1024).fill(0x41),
			)
			most = Math.max(most, decoder.held().length)
		}
		assert.ok(most <= 17 * 1024, `${most} bytes held`)
	}
})

test.run()
