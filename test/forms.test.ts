import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import * as assert from 'uvu/assert'
import { crcArc, crcX25 } from '../engine/bytes/crc.ts'
import { type Decoded, type DecoderSettings, decoder, decoderSettings } from '../engine/decoder.ts'
import { builtinProfiles, profileNames, readLibrary } from '../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../engine/profile/profile.ts'
import { samplesOf, testKeys } from '../engine/samples.ts'
import { FilledTelegram } from '../engine/telegram/form.ts'
import { type ReadingContext, readingOf } from '../engine/transform/reading.ts'
import { parseCapture, partsOf } from '../engine/transport/capture.ts'
import { suite } from './suite.ts'

const test = suite('forms', { limit: 120_000 })
const library = readLibrary([builtinProfiles])

/** Every recording of bytes of the built-in profiles, with what its decoder is told. */
function* recordings(): Generator<{ name: string; profile: CompiledProfile; settings: DecoderSettings; parts: Uint8Array[] }> {
	for (const name of profileNames(library)) {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(JSON.stringify(profile))
		const { link, application } = profile.document.decoder
		if (link === undefined || link === 'auto' || application === undefined || application === 'json') continue
		for (const { capture } of samplesOf(profile).samples) {
			const recorded = parseCapture(capture, readFileSync(capture, 'utf8'))
			const settings = { ...decoderSettings(profile.document.decoder, testKeys(recorded)), link, application }
			yield { name: capture.split('/').slice(-2).join('/'), profile, settings, parts: partsOf(recorded) }
		}
	}
}

/** All of what was decoded, registers that are made when they are asked for among it. */
function whole(decoded: Decoded): unknown {
	if (!('telegram' in decoded)) return decoded
	const { kind, application, auth, meterId, clock, registers, sequence, systemTitle, invocationCounter, unnamed, records, device } =
		decoded.telegram
	return {
		...{ kind, application, auth, meterId, clock, registers, sequence, systemTitle, invocationCounter, unnamed, records, device },
		bytes: decoded.bytes,
	}
}

const byForm = (decoded: Decoded) => 'telegram' in decoded && decoded.telegram instanceof FilledTelegram

const context: ReadingContext = {
	...{ timezone: 'Europe/Zurich', received: Date.UTC(2026, 9, 25, 0, 30), topic: {}, channel: {}, meter: 'm', id: 'm', profile: 'x@1' },
	...{ session: 0, seq: 0, clockShift: 0, expect: {}, clock: () => 0 },
}

test('reads every recording the same by its forms as in full, and gives the same readings', async () => {
	const counts = { telegrams: 0, byForm: 0, readings: 0 }
	for (const { name, profile, settings, parts } of recordings()) {
		const [quick, full] = [decoder({ ...settings, learn: true }), decoder(settings)]
		const channel = profile.document.decoder.channel ?? context.channel
		for (const part of [...parts, ...parts]) {
			const read = [...quick.push(part), ...quick.idle()]
			const inFull = [...full.push(part), ...full.idle()]
			assert.ok(isDeepStrictEqual(read.map(whole), inFull.map(whole)), name)
			for (const [place, one] of read.entries()) {
				const other = inFull[place]
				if (!('telegram' in one) || !other || !('telegram' in other)) continue
				counts.telegrams++
				if (!byForm(one)) continue
				counts.byForm++
				const [reading, expected] = [
					await readingOf(one.telegram, profile.transform, { ...context, channel }),
					await readingOf(other.telegram, profile.transform, { ...context, channel }),
				]
				assert.equal(JSON.stringify(reading), JSON.stringify(expected), name)
				if (reading.reading) counts.readings++
			}
		}
	}
	console.log(JSON.stringify(counts))
	assert.ok(counts.byForm > counts.telegrams / 3, JSON.stringify(counts))
	assert.ok(counts.readings > counts.byForm / 2, JSON.stringify(counts))
})

/** Checksums of link layers over changed bytes, so that what is changed is not refused before it is read. */
const checked: Record<string, (bytes: Uint8Array) => Uint8Array> = {
	p1(bytes) {
		const end = bytes.lastIndexOf(0x21)
		const crc = crcArc(bytes, 0, end + 1)
			.toString(16)
			.toUpperCase()
			.padStart(4, '0')
		return Buffer.concat([bytes.subarray(0, end + 1), Buffer.from(`${crc}\r\n`)])
	},
	sml(bytes) {
		const crc = crcX25(bytes, 0, bytes.length - 2)
		bytes.set([crc & 0xff, crc >> 8], bytes.length - 2)
		return bytes
	},
	// One frame: the checksum of the whole stands before its closing flag.
	hdlc(bytes) {
		const crc = crcX25(bytes, 1, bytes.length - 3)
		bytes.set([crc & 0xff, crc >> 8], bytes.length - 3)
		return bytes
	},
}

/** What stands in the place of a byte: neighbours, the ends, and digits. */
const others = (byte: number) =>
	[byte ^ 1, byte ^ 0x80, (byte + 7) & 0xff, 0x00, 0xff, 0x30 + ((byte + 3) % 10)].filter((one) => one !== byte)

test('says of a telegram in which any byte is another what reading it in full says', () => {
	const counts = { recordings: 0, changed: 0, byForm: 0, rejected: 0 }
	for (const { name, settings, parts } of recordings()) {
		const mend = checked[settings.link]
		const [first] = parts
		const full = decoder(settings)
		if (!mend || !first || first.length > 1500 || settings.keys.encryption) continue
		if (first.filter((byte) => byte === 0x7e).length !== 2 && settings.link === 'hdlc') continue
		const quick = decoder({ ...settings, learn: true })
		quick.push(first)
		quick.idle()
		if (![...quick.push(first), ...quick.idle()].some(byForm)) continue
		counts.recordings++
		for (let at = 0; at < first.length; at++)
			for (const byte of others(first[at] as number)) {
				const changed = mend(Uint8Array.from(first, (own, place) => (place === at ? byte : own)))
				const read = [...quick.push(changed), ...quick.idle()]
				const inFull = [...full.push(changed), ...full.idle()]
				if (!isDeepStrictEqual(read.map(whole), inFull.map(whole)))
					assert.equal(read.map(whole), inFull.map(whole), `${name}: byte ${at} is ${byte}`)
				counts.changed++
				if (read.some(byForm)) counts.byForm++
				else if (!read.some((one) => 'telegram' in one)) counts.rejected++
			}
	}
	console.log(JSON.stringify(counts))
	assert.ok(counts.recordings > 10 && counts.byForm > 1000 && counts.rejected > 1000, JSON.stringify(counts))
})

test.run()
