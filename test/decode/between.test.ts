import * as assert from 'uvu/assert'
import { concat, hex } from '../../engine/bytes/hex.ts'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { links } from '../../engine/decode/registry.ts'
import { type Entry, keysOf, telegram } from '../support/corpus.ts'
import { frame, hexBytes, mbusFrame } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('between the parts of a push', { limit: 60_000 })

/** Pushes in several frames: HDLC segments, blocks in HDLC frames, segments of the DLMS transport on M-Bus. */
const pushes = ['ch-iskra-am550-obis-scaler-2023', 'ch-lg-e450-vse2026', 'synthetic-at-many-segments'].map(telegram)

/** The frames of an entry, one by one. */
function framesOf({ bytes }: Entry): Uint8Array[] {
	const frames: Uint8Array[] = []
	for (let at = 0; at < bytes.length; ) {
		const size = bytes[at] === 0x7e ? 2 + (((bytes[at + 1] ?? 0) & 7) << 8) + (bytes[at + 2] ?? 0) : 6 + (bytes[at + 1] ?? 0)
		frames.push(bytes.subarray(at, at + size))
		at += size
	}
	return frames
}

/** The addresses of an entry's frames: an address ends with an odd byte. */
const addressesOf = ({ bytes }: Entry) => /^7E....((?:.[02468ACE])*.[13579BDF](?:.[02468ACE])*.[13579BDF])/.exec(hex(bytes))?.[1] ?? ''

/** What comes of chunks: telegrams as text, reasons of all else, and how many bytes either has. */
function read(entry: Entry, chunks: Uint8Array[]) {
	const protocol = detect([entry.bytes], keysOf(entry))
	if (!protocol) throw new Error(`${entry.id} is not detected`)
	const reader = decoder({ ...protocol, ...decoderSettings({}, keysOf(entry)) })
	const pushed = chunks.flatMap((chunk) => reader.push(chunk))
	const held = reader.resume().length
	const all = [...pushed, ...reader.idle()]
	return {
		telegrams: all.flatMap((item) => ('telegram' in item ? [item.telegram.registers.map(({ obis, raw }) => `${obis}=${raw}`).join()] : [])),
		parts: all.flatMap((item) => ('telegram' in item ? [hex(item.bytes)] : [])),
		reasons: all.flatMap((item) => ('telegram' in item ? [] : [item.reason])),
		bytes: all.reduce((sum, item) => sum + item.bytes.length, 0),
		held,
	}
}

/** Puts bytes between all frames of a push. The push comes out as it was, and every byte once. */
function keeps(entry: Entry, between: Uint8Array, what: string) {
	const frames = framesOf(entry)
	assert.ok(frames.length > 1, `${entry.id} has several frames`)
	const line = concat(frames.flatMap((part, at) => (at === 0 ? [part] : [between, part])))
	for (const chunks of [[line], Array.from(line, (byte) => Uint8Array.of(byte))]) {
		const found = read(entry, chunks)
		assert.equal(found.telegrams, read(entry, frames).telegrams, `${entry.id}, ${what}`)
		assert.equal(found.parts, [hex(concat(frames))], `${entry.id}, ${what}: the bytes of the telegram are its frames`)
		assert.is(found.bytes, line.length, `${entry.id}, ${what}: bytes`)
	}
}

test('keeps the parts over any byte', () => {
	for (const entry of pushes)
		for (let byte = 0; byte < 256; byte++) {
			// A flag is fill, and 68 or 10 of M-Bus too.
			if (byte !== 0x7e) keeps(entry, Uint8Array.of(byte), `byte ${byte}`)
		}
})

test('keeps the parts over short frames, foreign frames, empty frames and echoes', () => {
	for (const entry of pushes) {
		const onHdlc = entry.bytes[0] === 0x7e
		keeps(entry, hexBytes('1040014116'), 'an M-Bus short frame')
		keeps(entry, hexBytes('E5'), 'an acknowledgement')
		keeps(entry, hexBytes('E51040014116E5'), 'a poll and its answers')
		if (onHdlc) {
			keeps(entry, frame(hexBytes('E6E700C001C1'), { addresses: '0325' }), 'a foreign frame')
			keeps(entry, frame(new Uint8Array(0), { addresses: addressesOf(entry) }), 'an empty frame of the same sender')
			keeps(entry, frame(new Uint8Array(0), { addresses: '0325' }), 'an empty foreign frame')
		} else keeps(entry, mbusFrame(hexBytes('08057200000000')), 'an answer of another slave')
	}
})

test('takes a part that comes twice once', () => {
	for (const entry of pushes) {
		const frames = framesOf(entry)
		for (let twice = 0; twice < frames.length - 1; twice++) {
			const chunks = frames.flatMap((part, at) => (at === twice ? [part, part] : [part]))
			const found = read(entry, chunks)
			assert.equal(found.telegrams, read(entry, frames).telegrams, `${entry.id}, part ${twice + 1} twice`)
			assert.equal(found.reasons, ['duplicate'], `${entry.id}, part ${twice + 1} twice`)
			assert.is(found.bytes, concat(chunks).length)
		}
	}
})

test('gives the parts up over a damaged frame, as many bytes as a part has, and silence', () => {
	for (const entry of pushes) {
		const frames = framesOf(entry)
		const [first = new Uint8Array(0), second = new Uint8Array(0), ...rest] = frames
		const damaged = Uint8Array.from(second, (byte, at) => (at === 20 ? byte ^ 1 : byte))
		for (const [what, between] of [
			['a damaged part', [damaged]],
			['many bytes', [new Uint8Array(first.length).fill(0x55)]],
		] as const) {
			const found = read(entry, [first, ...between, ...(what === 'many bytes' ? [second] : []), ...rest])
			assert.equal(found.telegrams, [], `${entry.id}, ${what}`)
			assert.ok(found.held <= entry.bytes.length)
		}
		const reader = links[detect([entry.bytes], keysOf(entry))?.link ?? 'hdlc'].open()
		const events = [...reader.push(first), ...reader.idle()]
		assert.is(reader.held().length, 0)
		assert.is(concat(events.map(({ bytes }) => bytes)).length, first.length)
	}
})

test.run()
