import * as assert from 'uvu/assert'
import { concat, hex } from '../../engine/bytes/hex.ts'
import type { Link, LinkEvent } from '../../engine/link/link.ts'

/** Puts chunks through a fresh link and ends it; checks that the bytes of all events are those that went in. */
export function events(open: () => Link, chunks: Uint8Array[]): LinkEvent[] {
	const link = open()
	const found: LinkEvent[] = []
	let pushed = 0
	for (const chunk of chunks) {
		found.push(...link.push(chunk))
		pushed += chunk.length
		assert.is(length(found) + link.held().length, pushed, 'every byte is in an event or held')
	}
	found.push(...link.idle())
	assert.is(link.held().length, 0, 'nothing is held after silence')
	assert.is(length(found), pushed, 'bytes in = bytes out')
	return found
}

const length = (found: LinkEvent[]) => found.reduce((sum, { bytes }) => sum + bytes.length, 0)

/** The payloads of the frames among events, as hex. */
export const payloads = (found: LinkEvent[]) => found.flatMap((event) => (event.kind === 'frame' ? [hex(event.payload)] : []))

/**
 * A fixture in every way that a line delivers it: whole, byte by byte, cut in two at every place, with noise before and after,
 * and twice in a row. Each must give the same payloads.
 */
export function everyWay(open: () => Link, bytes: Uint8Array, noise: Uint8Array): void {
	const wanted = payloads(events(open, [bytes]))
	assert.ok(wanted.length > 0, 'the fixture holds a frame')
	assert.equal(
		payloads(
			events(
				open,
				Array.from(bytes, (byte) => Uint8Array.of(byte)),
			),
		),
		wanted,
		'byte by byte',
	)
	for (let cut = 1; cut < bytes.length; cut++)
		assert.equal(payloads(events(open, [bytes.subarray(0, cut), bytes.subarray(cut)])), wanted, `cut at ${cut}`)
	assert.equal(payloads(events(open, [concat([noise, bytes, noise])])), wanted, 'with noise around')
	assert.equal(payloads(events(open, [noise, bytes, noise])), wanted, 'with noise around, apart')
	assert.equal(payloads(events(open, [concat([bytes, bytes])])), [...wanted, ...wanted], 'twice in a row')
	assert.equal(payloads(events(open, [concat([bytes, noise, bytes])])), [...wanted, ...wanted], 'with noise between')
}
