import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { crcX25 } from '../../engine/bytes/crc.ts'
import { concat } from '../../engine/bytes/hex.ts'
import type { Outcome } from '../../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import type { Keys } from '../../engine/telegram/telegram.ts'
import {
	blocks,
	frame,
	hexBytes,
	notification,
	obisOctets,
	octets,
	p1Telegram,
	pushList,
	sealed,
	smlEntry,
	smlList,
	smlMessages,
	smlNothing,
	smlOctets,
	smlTransport,
	smlUnsigned,
	structure,
	u8,
	u32,
} from '../support/craft.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

/** Telegrams of one meter in a row, each other than the one before: what a review found that an earlier way of reading had taken for the same. */
const test = suite('varied')
const folder = scratch('varied')
test.after(folder.remove)

const RECEIVED = Date.UTC(2026, 4, 4, 9, 39, 22)
const [dlms, p1, sml] = [
	{ link: 'raw', application: 'dlms', registers: { '*': { scaler: 0 } } },
	{ link: 'p1', application: 'p1' },
	{ link: 'sml', application: 'sml' },
]

function profileOf(decoder: object, transform: object, expect: object = {}): CompiledProfile {
	const document = { profile: 'mine', version: '1.0.0', title: 'Mine', transport: { kind: 'serial' }, meter: { timezone: 'Europe/Zurich' } }
	writeFileSync(`${folder.path}/mine.json`, JSON.stringify({ ...document, decoder, transform, expect }))
	const compiled = compileProfile('mine', readLibrary([builtinProfiles, folder.path]))
	if (Array.isArray(compiled)) throw new Error(JSON.stringify(compiled))
	return compiled
}

/** What each telegram gives; `at`: when it arrives, a second apart if not said. */
async function given(profile: CompiledProfile, telegrams: (Uint8Array | { bytes: Uint8Array; at: number })[], keys: Keys = {}) {
	const one = readingPipeline({ name: 'm', id: 'm', profile, keys, session: 0, seq: 0 })
	const all: Outcome[][] = []
	for (const [place, telegram] of telegrams.entries()) {
		const { bytes, at } = 'bytes' in telegram ? telegram : { bytes: telegram, at: RECEIVED + 1000 * place }
		all.push([...(await one.push(bytes, at)), ...(await one.idle(at))])
	}
	return all
}

const readingIn = (outcomes: Outcome[] | undefined, place = 0) => {
	const outcome = outcomes?.[place]
	return outcome?.kind === 'reading' ? outcome.reading : undefined
}

test('gives a time that stays the same the offset that it has when the telegram arrives', async () => {
	// 02:30 on 25 October 2026 stands twice; which one is meant, only the time of arrival says.
	const stands = octets(hexBytes('07EA0A19FF021E00008000FF'))
	const telegrams = Array.from({ length: 10 }, (_, place) => {
		const body = [
			{ classId: 3, obis: '1-0:1.7.0', value: u32(240 + place) },
			{ classId: 3, obis: '1-0:0.9.9', value: stands },
		]
		return { bytes: notification(pushList('0-0:25.9.0', body)), at: Date.UTC(2026, 9, 25, 0, 32) + place * 600_000 }
	})
	const all = await given(profileOf(dlms, { power_import: 'obis.`1.7.0`', power_import_max_time: 'obis.`0.9.9`' }), telegrams)
	assert.is(readingIn(all.at(0))?.power_import_max_time, '2026-10-25T02:30:00+02:00')
	assert.is(readingIn(all.at(-1))?.power_import_max_time, '2026-10-25T02:30:00+01:00')
})

const smlContent = (power: number, time: Uint8Array = smlNothing) =>
	smlList(
		...[smlNothing, smlOctets(hexBytes('0A01')), smlNothing, time],
		...[smlList(smlEntry('1-0:16.7.0', smlUnsigned(power, 4), { unit: 27 })), smlNothing, smlNothing],
	)
const smlProfile = () => profileOf(sml, { power_net: 'obis.`16.7.0`' })

test('reads an SML file whose last checksum is sent without its zero byte', async () => {
	const telegrams = Array.from({ length: 6 }, (_, place) => {
		const whole = smlMessages(smlContent(240 + place))
		// The close message, with a transaction whose checksum begins with 00.
		const rest = whole.subarray(0, whole.lastIndexOf(0x76))
		for (let transaction = place * 5000; ; transaction++) {
			const head = concat([
				hexBytes('76'),
				smlOctets(Uint8Array.of(transaction >> 8, transaction & 0xff)),
				...[smlUnsigned(0, 1), smlUnsigned(0, 1), smlList(smlUnsigned(0x0201, 2), smlList(smlNothing))],
			])
			const crc = crcX25(head)
			if ((crc & 0xff) === 0) return smlTransport(concat([rest, head, smlUnsigned(crc >> 8, 1), hexBytes('00')]))
		}
	})
	for (const [place, outcomes] of (await given(smlProfile(), telegrams)).entries()) {
		assert.is(outcomes.length, 1)
		assert.is(readingIn(outcomes)?.power_net, 240 + place)
	}
})

test('reads the signed seconds of an SML list', async () => {
	const signed = (seconds: number) => concat([hexBytes('7262 0255'), Uint8Array.from(smlUnsigned(seconds, 4).subarray(1))])
	const telegrams = [1767225600, 1767225603, 0x8000_0fa0].map((seconds) => smlTransport(smlMessages(smlContent(240, signed(seconds)))))
	const all = await given(smlProfile(), telegrams)
	assert.equal(
		all.map((outcomes) => readingIn(outcomes)?.time_source),
		['telegram', 'telegram', 'gateway'],
	)
})

test('refuses an SML checksum that is sent as a signed number of another value', async () => {
	const telegrams = Array.from({ length: 40 }, (_, place) => {
		const messages = Uint8Array.from(smlMessages(smlContent(240 + place)))
		messages[messages.lastIndexOf(0x76) - 4] = 0x53
		return smlTransport(messages)
	})
	const all = (await given(smlProfile(), telegrams)).flat()
	const refused = all.filter((outcome) => outcome.kind === 'rejected' && outcome.reason === 'crc')
	assert.ok(refused.length > 5 && refused.length < 35, `${refused.length} have a checksum of 8000 or above`)
	assert.is(refused.length + all.filter(({ kind }) => kind === 'reading').length, all.length)
})

test('counts the values of all telegrams of a frame', async () => {
	const key = '000102030405060708090A0B0C0D0E0F'
	const title = hexBytes('4B46450000000001')
	const filler = (place: number) => structure(octets(Uint8Array.of(1, 0, 1, 8, place & 0xff, place >> 8)), Uint8Array.of(0))
	const fillers = Array.from({ length: 355 }, (_, place) => filler(place + 1))
	const body = (power: number) => concat([hexBytes('01820164'), structure(octets(obisOctets('1-0:1.7.0')), u8(power)), ...fillers])
	let counter = 1
	const unit = (count: number, power: number) => {
		const whole = concat(Array.from({ length: count }, () => sealed(notification(body(power)), key, '', title, counter++)))
		const parts = Array.from({ length: Math.ceil(whole.length / 1900) }, (_, at) => whole.subarray(at * 1900, (at + 1) * 1900))
		return concat(parts.map((part, at) => frame(part, { segmented: at < parts.length - 1 })))
	}
	const units = [1, 1, 1, 4].map((count, place) => unit(count, place))
	const all = await given(profileOf({ ...dlms, link: 'hdlc' }, { power_import: 'obis.`1.7.0`' }), units, { encryption: hexBytes(key) })
	const last = all.at(-1)?.at(-1)
	assert.is(last?.kind === 'rejected' && last.reason, 'limit')
})

test('reads what follows a refused telegram in its frame as what it is', async () => {
	// An unknown type 77, and a power that would be a code, if tag and length were swapped (06 09 instead of 09 06).
	const bad = blocks(hexBytes('0F00000001 00 02 02 77 00'), 100)
	const good = (power: number) => notification(pushList('0-0:25.9.0', [{ classId: 3, obis: '1-0:1.7.0', value: u32(power) }]))
	const profile = profileOf(dlms, { power_import: 'obis.`1.7.0`' }, { 'power_import*': null })
	const all = await given(profile, [good(1), concat([...bad, good(0x0900_0001)]), concat([...bad, good(5)])])
	assert.is(readingIn(all.at(-2), 1)?.power_import, 0x0900_0001)
	assert.is(readingIn(all.at(-1), 1)?.power_import, 5)
})

const p1Of = (power: string, message = '', time = '260504113921S') =>
	p1Telegram('XYZ5TEST', [`0-0:1.0.0(${time})`, '0-0:96.14.0(0001)', `0-0:96.13.0(${message})`, `1-0:1.7.0(${power}*kW)`])

test('names extra values in the order of the profile', async () => {
	const transform = { power_import: 'obis.`1.7.0`', 'extra.clock': 'obis.`1.0.0`', 'extra.tariff': 'obis.`96.14.0`' }
	for (const outcomes of await given(profileOf(p1, transform), [p1Of('00.240'), p1Of('00.241')]))
		assert.is(JSON.stringify(readingIn(outcomes)?.extra), '{"clock":"260504113921S","tariff":"0001"}')
})

test('reads lists in turn, and numbers of other lengths', async () => {
	const sent = ['00.244', '101.002', '0101.02', '00.003', '7.5'].flatMap((power) => ['', 'A', 'BC'].map((message) => p1Of(power, message)))
	const all = await given(profileOf(p1, { power_import: 'obis.`1.7.0`' }), sent)
	assert.equal(
		all.map((outcomes) => readingIn(outcomes)?.power_import),
		[244, 101002, 101020, 3, 7500].flatMap((power) => [power, power, power]),
	)
})

test('takes text for text where a number is due', async () => {
	const odd = ['00.2A4', '00 244', '0.0.44', '00:244', '00.24,', '']
	const all = await given(profileOf(p1, { power_import: 'obis.`1.7.0`' }), [p1Of('00.244'), ...odd.map((power) => p1Of(power))])
	for (const [place, outcomes] of all.slice(1).entries()) {
		const outcome = outcomes[0]
		const issue = outcome?.kind === 'rejected' ? outcome.issues?.[0] : undefined
		assert.equal([outcome?.kind, issue?.field, issue?.code], ['rejected', 'power_import', 'type'], odd[place])
	}
})

test('shows the time of a meter whose clock was not set at first', async () => {
	const push = (time: string, power: number) =>
		notification(structure(structure(octets(obisOctets('1-0:1.7.0')), u32(power))), hexBytes(time))
	const [unset, set] = ['FFFFFFFFFFFFFFFFFF8000FF', '07EA0504010B2715FF800000']
	const all = await given(profileOf(dlms, { power_import: 'obis.`1.7.0`' }), [push(unset, 27), push(set, 28), push(unset, 29)])
	assert.equal(
		all.map((outcomes) => readingIn(outcomes)?.time_source),
		['gateway', 'telegram', 'gateway'],
	)
	assert.is(readingIn(all[1])?.time, '2026-05-04T11:39:21+02:00')
})

test('judges by what is expected now, after the profile was edited', async () => {
	const profile = profileOf(p1, { power_import: 'obis.`1.7.0`' })
	const one = readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })
	const told = async (power: string) => readingIn(await one.push(p1Of(power), RECEIVED))?.power_import
	assert.is(await told('01.500'), 1500)
	await one.swap({ ...profile, document: { ...profile.document, expect: { power_import: { max: 1000 } } } }, RECEIVED)
	assert.is(await told('01.500'), undefined)
	assert.is(await told('00.900'), 900)
})

test.run()
