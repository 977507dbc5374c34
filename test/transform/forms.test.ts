import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import * as assert from 'uvu/assert'
import { crcArc, crcX25 } from '../../engine/bytes/crc.ts'
import { samplesOf } from '../../engine/check/samples.ts'
import { type Decoded, type DecoderSettings, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import { jsonWriter } from '../../engine/mqtt/json.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import { FilledTelegram } from '../../engine/telegram/form.ts'
import type { Telegram } from '../../engine/telegram/telegram.ts'
import { formPlanOf } from '../../engine/transform/form-plan.ts'
import { planOf } from '../../engine/transform/plan.ts'
import { type ReadingContext, type ReadingResult, readingOf } from '../../engine/transform/reading.ts'
import { parseCapture, partsOf } from '../../engine/transport/capture.ts'
import { hexBytes, notification, obisOctets, octets, structure, u32 } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

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

/** A meter's readings one after the other, each with the counters that those before have shown; `once`: that the first has shown. */
function pipeline({ transform, document }: CompiledProfile, once = false): (telegram: Telegram) => Promise<ReadingResult> {
	const own = { ...context, channel: document.decoder.channel ?? context.channel, expect: document.expect ?? {} }
	let totals: ReadingContext['totals']
	return async (telegram) => {
		const result = await readingOf(telegram, transform, { ...own, totals })
		if (result.totals && !(once && totals)) totals = result.totals
		return result
	}
}

/** Whether the reading of a telegram can be one that is filled in. */
function isUsual(decoded: Decoded, { transform, document }: CompiledProfile): boolean {
	if (!('telegram' in decoded) || !(decoded.telegram instanceof FilledTelegram)) return false
	const own = { ...context, channel: document.decoder.channel ?? context.channel }
	return Boolean(formPlanOf(decoded.telegram.form, planOf(transform), own)?.reading)
}

test('reads every recording the same by its forms as in full, and gives the same readings', async () => {
	const counts = { telegrams: 0, byForm: 0, readings: 0, filled: 0 }
	const write = jsonWriter()
	for (const { name, profile, settings, parts } of recordings()) {
		const [quick, full] = [decoder({ ...settings, learn: true }), decoder(settings)]
		const [one, other] = [pipeline(profile), pipeline(profile)]
		for (const part of [...parts, ...parts, ...parts]) {
			const read = [...quick.push(part), ...quick.idle()]
			const inFull = [...full.push(part), ...full.idle()]
			assert.ok(isDeepStrictEqual(read.map(whole), inFull.map(whole)), name)
			for (const [place, decoded] of read.entries()) {
				const expected = inFull[place]
				if (!('telegram' in decoded) || !expected || !('telegram' in expected)) continue
				counts.telegrams++
				const usual = isUsual(decoded, profile)
				const [result, wanted] = [await one(decoded.telegram), await other(expected.telegram)]
				assert.equal(JSON.stringify(result), JSON.stringify(wanted), name)
				if (!byForm(decoded)) continue
				counts.byForm++
				if (!result.reading) continue
				assert.is(write(result.reading).toString(), JSON.stringify(result.reading), name)
				counts.readings++
				if (usual) counts.filled++
			}
		}
	}
	console.log(JSON.stringify(counts))
	assert.ok(counts.byForm > counts.telegrams / 3, JSON.stringify(counts))
	assert.ok(counts.readings > counts.byForm / 2 && counts.filled > counts.readings / 4, JSON.stringify(counts))
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

test('says of a telegram in which any byte is another what reading it in full says', async () => {
	const counts = { recordings: 0, changed: 0, byForm: 0, rejected: 0, filled: 0, issues: 0 }
	for (const { name, profile, settings, parts } of recordings()) {
		const mend = checked[settings.link]
		const [first] = parts
		const full = decoder(settings)
		if (!mend || !first || first.length > 1500 || settings.keys.encryption) continue
		if (first.filter((byte) => byte === 0x7e).length !== 2 && settings.link === 'hdlc') continue
		const quick = decoder({ ...settings, learn: true })
		for (let times = 0; times < 2; times++) {
			quick.push(first)
			quick.idle()
		}
		if (![...quick.push(first), ...quick.idle()].some(byForm)) continue
		counts.recordings++
		const [one, other] = [pipeline(profile, true), pipeline(profile, true)]
		for (let at = 0; at < first.length; at++)
			for (const byte of others(first[at] as number)) {
				const changed = mend(Uint8Array.from(first, (own, place) => (place === at ? byte : own)))
				const read = [...quick.push(changed), ...quick.idle()]
				const inFull = [...full.push(changed), ...full.idle()]
				if (!isDeepStrictEqual(read.map(whole), inFull.map(whole)))
					assert.equal(read.map(whole), inFull.map(whole), `${name}: byte ${at} is ${byte}`)
				counts.changed++
				for (const [place, decoded] of read.entries()) {
					const expected = inFull[place]
					if (!('telegram' in decoded) || !expected || !('telegram' in expected)) continue
					if (isUsual(decoded, profile)) counts.filled++
					const [result, wanted] = [await one(decoded.telegram), await other(expected.telegram)]
					if (result.issues.length > 0) counts.issues++
					// In the same order, too; that of the counters is nobody's.
					const told = ({ reading, issues }: ReadingResult) => JSON.stringify([reading, issues])
					assert.is(told(result), told(wanted), `${name}: byte ${at} is ${byte}`)
					if (!isDeepStrictEqual(result, wanted)) assert.equal(result, wanted, `${name}: byte ${at} is ${byte}`)
				}
				if (read.some(byForm)) counts.byForm++
				else if (!read.some((one) => 'telegram' in one)) counts.rejected++
			}
	}
	console.log(JSON.stringify(counts))
	assert.ok(
		counts.recordings > 10 && counts.byForm > 1000 && counts.rejected > 1000 && counts.filled > 1000 && counts.issues > 100,
		JSON.stringify(counts),
	)
})

const p1Settings: DecoderSettings = {
	...decoderSettings({}, {}),
	link: 'p1',
	application: 'p1',
	learn: true,
}

/** A P1 telegram with a power in kW and the text of a message to the consumer. */
function p1(power: string, message = '', time = '260504113921S'): Uint8Array {
	const body = `/XYZ5TEST\r\n\r\n0-0:1.0.0(${time})\r\n0-0:96.13.0(${message})\r\n1-0:1.7.0(${power}*kW)\r\n!`
	return checked.p1?.(Buffer.from(body)) as Uint8Array
}

const powerOf = ([one]: Decoded[]) => {
	const value = one && 'telegram' in one ? one.telegram.registers.find(({ obis }) => obis === '1-0:1.7.0')?.value : undefined
	return value?.kind === 'number' ? value.raw : undefined
}

test('reads lists that follow each other by a form each, and one that is longer in full', () => {
	const meter = decoder(p1Settings)
	meter.push(p1('00.244'))
	const sent = ['', 'A', 'BC'].map((message) => (power: string) => p1(power, message))
	for (const list of sent) assert.is(byForm(meter.push(list('00.244'))[0] as Decoded), false)
	for (let round = 0; round < 3; round++)
		for (const list of sent) {
			const read = meter.push(list(`01.00${round}`))
			assert.is(byForm(read[0] as Decoded), true)
			assert.is(powerOf(read), 1000 + round)
		}
	// A digit more, or fewer decimals, is another form.
	assert.is(powerOf(meter.push(p1('101.002'))), 101002)
	assert.is(powerOf(meter.push(p1('0101.02'))), 10102)
	assert.is(powerOf(meter.push(p1('00.003'))), 3)
})

test('takes no number for what is none in the place of one', () => {
	const meter = decoder(p1Settings)
	meter.push(p1('00.243'))
	meter.push(p1('00.244'))
	assert.is(byForm(meter.push(p1('00.245'))[0] as Decoded), true)
	for (const odd of ['00.2A4', '00 244', '0.0.44', '-0.244', '00:244', '000244', '00.24,']) {
		const read = meter.push(p1(odd))
		const full = decoder({ ...p1Settings, learn: false }).push(p1(odd))
		assert.ok(isDeepStrictEqual(read.map(whole), full.map(whole)), odd)
	}
})

test('learns seldom where a text changes with every telegram, and again where it stays', () => {
	const meter = decoder(p1Settings)
	const text = (count: number) => String(count).padStart(6, '0')
	const started = performance.now()
	for (let count = 0; count < 2000; count++) assert.is(byForm(meter.push(p1('00.244', text(count)))[0] as Decoded), false)
	const learning = performance.now() - started
	const full = decoder({ ...p1Settings, learn: false })
	const again = performance.now()
	for (let count = 0; count < 2000; count++) full.push(p1('00.244', text(count)))
	const reading = performance.now() - again
	// Learning from each of them takes about ten times as long as reading them.
	assert.ok(learning < 4 * reading, `${learning.toFixed(0)} ms, and ${reading.toFixed(0)} ms without learning`)
	const later = Array.from({ length: 100 }, () => byForm(meter.push(p1('00.245', 'ABCDEF'))[0] as Decoded))
	assert.is(later.at(-1), true)
})

test('shows the time of a meter whose clock was not set at first', () => {
	const settings: DecoderSettings = { ...decoderSettings({}, {}), link: 'raw', application: 'dlms', learn: true }
	const meter = decoder(settings)
	const push = (time: string, power: number) => {
		const body = structure(octets(obisOctets('1-0:1.7.0')), u32(power))
		const [one] = [...meter.push(notification(structure(body), hexBytes(time))), ...meter.idle()]
		return one && 'telegram' in one ? [one.telegram.clock?.local, byForm(one)] : one
	}
	const unset = 'FFFFFFFFFFFFFFFFFF8000FF'
	const set = (minute: string) => `07EA0504010B${minute}15FF800000`
	assert.equal(push(unset, 27), [undefined, false])
	assert.equal(push(unset, 28), [undefined, false])
	assert.equal(push(unset, 29), [undefined, true])
	assert.equal(push(set('27'), 29), ['2026-05-04T11:39:21', false])
	assert.equal(push(set('28'), 30), ['2026-05-04T11:40:21', true])
	assert.equal(push(unset, 31), [undefined, true])
})

test.run()
