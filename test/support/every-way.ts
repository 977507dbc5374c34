import * as assert from 'uvu/assert'
import { concat, hex } from '../../engine/bytes/hex.ts'
import type { Link, LinkEvent } from '../../engine/link/link.ts'
import { corpus } from './corpus.ts'
import { hexBytes } from './craft.ts'
import { amount } from './long.ts'
import type { Test } from './suite.ts'

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

/** Why bytes were discarded, in order. */
export const reasons = (found: LinkEvent[]) => found.flatMap((event) => (event.kind === 'discarded' ? [event.reason] : []))

/** Holds what begins a frame in each link layer. */
const NOISE = hexBytes('00 7E 7E A0 84 2F 41 FF 68 E6 0D 0A')

/**
 * Adds a test for each intact telegram of the corpus whose link layer begins with this name. `prepare` completes what its source left out, or gives
 * undefined for a telegram that cannot be read so.
 */
export function corpusEveryWay(
	test: Test,
	begins: string,
	open: () => Link,
	prepare: (bytes: Uint8Array, id: string) => Uint8Array | undefined = (bytes) => bytes,
): void {
	for (const { id, bytes, linkLayer, intact } of corpus) {
		const prepared = intact && linkLayer.startsWith(begins) ? prepare(bytes, id) : undefined
		if (prepared) test(`reads ${id} in every way`, () => everyWay(open, prepared))
	}
}

/**
 * A fixture in every way that a line delivers it: whole, byte by byte, cut in two at every place (at every seventh when it is
 * longer than 1,000 bytes and the run is short), with noise before and after,
 * and twice in a row. Each must give the same payloads.
 */
export function everyWay(open: () => Link, bytes: Uint8Array, noise = NOISE): void {
	// Row 1 of the fault table cuts at every place, too.
	const step = bytes.length > 1000 ? amount(7, 1) : 1
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
	for (let cut = 1; cut < bytes.length; cut += step)
		assert.equal(payloads(events(open, [bytes.subarray(0, cut), bytes.subarray(cut)])), wanted, `cut at ${cut}`)
	assert.equal(payloads(events(open, [concat([noise, bytes, noise])])), wanted, 'with noise around')
	assert.equal(payloads(events(open, [noise, bytes, noise])), wanted, 'with noise around, apart')
	assert.equal(payloads(events(open, [concat([bytes, bytes])])), [...wanted, ...wanted], 'twice in a row')
	assert.equal(payloads(events(open, [concat([bytes, noise, bytes])])), [...wanted, ...wanted], 'with noise between')
}
