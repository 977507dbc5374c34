import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { autoDecoder } from '../../engine/decode/auto.ts'
import { type Decoded, decoderSettings } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { seeded } from '../../tools/faults.ts'
import { corpus, keysOf, telegram } from '../support/corpus.ts'
import { hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('auto', { limit: 30_000 })
const folder = scratch('auto')
test.after(folder.remove)

const telegrams = (outcomes: Decoded[]) => outcomes.flatMap((item) => ('telegram' in item ? [item.telegram] : []))

test('detects and reads every intact telegram of the corpus, in pieces of 7 bytes', () => {
	for (const entry of corpus.filter(({ intact, id }) => intact && !id.endsWith('-nokey'))) {
		const keys = keysOf(entry)
		const reader = autoDecoder(decoderSettings({ blockCheck: 'optional' }, keys), undefined)
		const outcomes: Decoded[] = []
		for (let at = 0; at < entry.bytes.length; at += 7) outcomes.push(...reader.push(entry.bytes.subarray(at, at + 7)))
		outcomes.push(...reader.idle())
		const [found] = telegrams(outcomes)
		assert.is(found?.application, detect([entry.bytes], keys)?.application, entry.id)
		assert.match(reader.detected?.() ?? '', /frames? of/, entry.id)
	}
})

test('holds what it cannot tell, gives it up at 16 KiB, and looks anew when nothing fits any more', () => {
	const random = seeded(3)
	const noise = (length: number) => Uint8Array.from({ length }, () => 0x20 + random(8))
	const reader = autoDecoder(decoderSettings({}, {}), undefined)
	assert.equal(reader.push(noise(1000)), [])
	assert.is(reader.resume().length, 1000)
	const given = reader.push(noise(20 * 1024))
	assert.ok(given.length >= 1 && given.every((item) => 'reason' in item && item.reason === 'unknown'))
	const [one, other] = [telegram('ch-lg-e450-vse2026').bytes, telegram('p1-nl-iskra-dsmr50').bytes]
	assert.is(telegrams([...reader.push(concat([one, one])), ...reader.idle()]).length, 2)
	assert.match(reader.detected?.() ?? '', /hdlc/)
	// Another meter is plugged in.
	const outcomes: Decoded[] = []
	for (let round = 0; round < 20; round++) outcomes.push(...reader.push(other))
	outcomes.push(...reader.idle())
	assert.match(reader.detected?.() ?? '', /p1/)
	assert.ok(telegrams(outcomes).some(({ application }) => application === 'p1'))
})

test('is not misled by what a few bytes look like: streams that begin anywhere, in pieces of any size', () => {
	const iec = (() => {
		const checked = fromLatin1('0.0.0(123456)\r\n1.8.0(000999.000*kWh)\r\n!\r\n\x03')
		return concat([Uint8Array.of(2), checked, Uint8Array.of(checked.reduce((check, byte) => check ^ byte, 0))])
	})()
	const streams = [iec, ...['ch-lg-e360-vse2026', 'ch-lg-e450-vse2026', 'no-kaifa-ma304h3e-list2'].map((id) => telegram(id).bytes)]
	for (const bytes of streams) {
		for (const size of [1, 8, 1000]) {
			for (let from = 0; from < Math.min(bytes.length, 60); from++) {
				const stream = concat([bytes.subarray(from), bytes, bytes, bytes])
				const reader = autoDecoder(decoderSettings({}, {}), undefined)
				const outcomes: Decoded[] = []
				for (let at = 0; at < stream.length; at += size) outcomes.push(...reader.push(stream.subarray(at, at + size)))
				outcomes.push(...reader.idle())
				assert.ok(telegrams(outcomes).length >= 2, `from byte ${from} in pieces of ${size}`)
			}
		}
	}
})

test('says why it cannot read, and reads the next', () => {
	const [key, auth] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
	const plain = p1Telegram('EST5', ['1-0:1.8.0(006545766*Wh)'])
	const apdu = (counter: number) => sealed(plain, key, auth, hexBytes('5341473500004059'), counter)
	const broken = apdu(1).map((byte, at) => (at === 40 ? byte ^ 1 : byte))
	const keys = { encryption: hexBytes(key), authentication: hexBytes(auth) }
	const reader = autoDecoder(decoderSettings({}, keys), undefined)
	const outcomes = [broken, apdu(2), apdu(3)].flatMap((bytes) => [...reader.push(bytes), ...reader.idle()])
	assert.equal(
		outcomes.map((item) => ('telegram' in item ? item.telegram.application : item.reason)),
		['tag', 'p1', 'p1'],
	)
})

test('reads a meter whose profile leaves link and application to the bytes, and bytes that come as hex text', async () => {
	const profile = (name: string, transport: object) => {
		const document = {
			profile: name,
			version: '1.0.0',
			title: 'any',
			extends: 'common/obis',
			transport,
			decoder: { link: 'auto', registers: { '*': { scaler: 0 } } },
		}
		writeFileSync(`${folder.path}/${name}.json`, JSON.stringify(document))
		const compiled = compileProfile(name, readLibrary([builtinProfiles, folder.path]))
		if (Array.isArray(compiled)) throw new Error(compiled.map(({ message }) => message).join('\n'))
		return compiled
	}
	const settings = { name: 'm', id: 'm', keys: {}, session: 0, seq: 0 }
	const wired = readingPipeline({ ...settings, profile: profile('any', { kind: 'serial', baudRate: 9600 }) })
	const sml = telegram('sml-emh-ehz-apollon77').bytes
	const outcomes = [...(await wired.push(sml, 0)), ...(await wired.idle(0))]
	assert.is(outcomes[0]?.kind === 'reading' && outcomes[0].reading.energy_import, 15_338_555.7)
	assert.match(wired.detected() ?? '', /1 frame of sml, understood by sml/)
	const hexed = readingPipeline({ ...settings, profile: profile('hexed', { kind: 'mqtt', topic: 'raw/meter', payload: 'hex' }) })
	const message = (text: string) => ({ topic: 'raw/meter', payload: new TextEncoder().encode(text), retain: false })
	const [read] = await hexed.message(message(Buffer.from(sml).toString('hex')), 0)
	assert.is(read?.kind === 'reading' && read.reading.power_net, 563.5)
	const [refused] = await hexed.message(message('hello'), 0)
	assert.is(refused?.kind === 'rejected' && refused.reason, 'syntax')
})

test.run()
