import * as assert from 'uvu/assert'
import { hex } from '../../engine/bytes/hex.ts'
import { llc } from '../../engine/link/llc.ts'
import { raw } from '../../engine/link/raw.ts'
import { hexBytes } from '../support/craft.ts'
import { events, payloads, reasons } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('raw', { limit: 60_000 })

test('llc and raw take what comes between two silences', () => {
	const apdu = hexBytes('0F 00000001 00 06 00000001')
	assert.equal(payloads(events(raw, [apdu.subarray(0, 3), apdu.subarray(3)])), [hex(apdu)])
	assert.equal(payloads(events(llc, [hexBytes('00 E6E700'), apdu])), [`E6E700${hex(apdu)}`])
	assert.equal(reasons(events(llc, [apdu])), ['noise'])
})

test.run()
