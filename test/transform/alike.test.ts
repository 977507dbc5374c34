import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { crcX25 } from '../../engine/bytes/crc.ts'
import { concat } from '../../engine/bytes/hex.ts'
import { decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import type { Outcome } from '../../engine/pipeline/pipeline.ts'
import { meter } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile } from '../../engine/profile/profile.ts'
import { FilledTelegram } from '../../engine/telegram/form.ts'
import type { Keys } from '../../engine/telegram/telegram.ts'
import { formPlanOf } from '../../engine/transform/form-plan.ts'
import { planOf } from '../../engine/transform/plan.ts'
import { readingOf } from '../../engine/transform/reading.ts'
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

/** Readings of telegrams that are read by their form are those of reading each in full: what a review found to be otherwise. */
const test = suite('alike')
const folder = scratch('alike')
test.after(folder.remove)

const RECEIVED = Date.UTC(2026, 4, 4, 9, 39, 22)
const [dlms, p1, sml] = [
	{ link: 'raw', application: 'dlms', registers: { '*': { scaler: 0 } } },
	{ link: 'p1', application: 'p1' },
	{ link: 'sml', application: 'sml' },
]

function profileOf(decoder: object, transform: object, more: object = {}): CompiledProfile {
	const document = { profile: 'mine', version: '1.0.0', title: 'Mine', transport: { kind: 'serial' }, meter: { timezone: 'Europe/Zurich' } }
	writeFileSync(`${folder.path}/mine.json`, JSON.stringify({ ...document, decoder, transform, ...more }))
	const compiled = compileProfile('mine', readLibrary([builtinProfiles, folder.path]))
	if (Array.isArray(compiled)) throw new Error(JSON.stringify(compiled))
	return compiled
}

const shown = (outcomes: Outcome[]) =>
	outcomes.map((one) => JSON.stringify(one.kind === 'reading' ? [one.reading, one.issues] : { ...one, bytes: undefined }))

/**
 * What telegrams give, which is the same by their forms and in full; `at`: when they arrive, a second apart if not said; `least`: how many must have been
 * read by their form.
 */
async function alike(
	profile: CompiledProfile,
	telegrams: (Uint8Array | { bytes: Uint8Array; at: number })[],
	{ keys = {}, least = 1 }: { keys?: Keys; least?: number } = {},
): Promise<string[][]> {
	const settings = { name: 'm', id: 'm', profile, keys, session: 0, seq: 0 }
	const [quick, full] = [meter({ ...settings, learn: true }), meter({ ...settings, learn: false })]
	const all: string[][] = []
	let filled = 0
	for (const [place, telegram] of telegrams.entries()) {
		const { bytes, at } = 'bytes' in telegram ? telegram : { bytes: telegram, at: RECEIVED + 1000 * place }
		const byForm = [...(await quick.push(bytes, at)), ...(await quick.idle(at))]
		const inFull = [...(await full.push(bytes, at)), ...(await full.idle(at))]
		assert.equal(shown(byForm), shown(inFull), `telegram ${place}`)
		if (byForm.some((one) => one.kind === 'reading' && one.telegram instanceof FilledTelegram)) filled++
		all.push(shown(byForm))
	}
	assert.ok(filled >= least, `${filled} by their form`)
	return all
}

test('gives a time that stays the same the offset that it has when the telegram arrives', async () => {
	// 02:30 on 25 October 2026 stands twice; which one is meant, only the time of arrival says.
	const stands = octets(hexBytes('07EA0A19FF021E00008000FF'))
	const telegrams = Array.from({ length: 10 }, (_, place) => {
		const at = Date.UTC(2026, 9, 25, 0, 32) + place * 600_000
		const body = [
			{ classId: 3, obis: '1-0:1.7.0', value: u32(240 + place) },
			{ classId: 3, obis: '1-0:0.9.9', value: stands },
		]
		return { bytes: notification(pushList('0-0:25.9.0', body)), at }
	})
	const given = await alike(profileOf(dlms, { power_import: 'obis.`1.7.0`', power_import_max_time: 'obis.`0.9.9`' }), telegrams)
	assert.match(given.at(0)?.[0] ?? '', '2026-10-25T02:30:00+02:00')
	assert.match(given.at(-1)?.[0] ?? '', '2026-10-25T02:30:00+01:00')
	const expressions = {
		power_import: 'obis.`1.7.0`',
		'extra.when': '$substring(obis.`0.9.9`, 0, 25)',
		power_import_max_time: 'obis.`1.7.0` > 0 ? obis.`0.9.9`',
	}
	await alike(profileOf(dlms, expressions), telegrams)
})

const powerEntry = (power: number) => smlEntry('1-0:16.7.0', smlUnsigned(power, 4), { unit: 27 })
const smlContent = (power: number, time: Uint8Array = smlNothing) =>
	smlList(smlNothing, smlOctets(hexBytes('0A01')), smlNothing, time, smlList(powerEntry(power)), smlNothing, smlNothing)
const smlProfile = () => profileOf(sml, { power_import: 'obis.`16.7.0`' })

test('rejects nothing while it learns the form of an SML file whose last checksum is sent without its zero byte', async () => {
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
	for (const given of await alike(smlProfile(), telegrams, { least: 0 })) assert.is(given.length, 1)
})

test('reads the signed seconds of an SML list as in full', async () => {
	const signed = (seconds: number) => concat([hexBytes('7262 0255'), Uint8Array.from(smlUnsigned(seconds, 4).subarray(1))])
	const telegrams = [1767225600, 1767225601, 1767225602, 1767225603, 0x8000_0fa0, 0x8000_0fa1].map((seconds, place) =>
		smlTransport(smlMessages(smlContent(240 + place, signed(seconds)))),
	)
	const given = await alike(smlProfile(), telegrams, { least: 0 })
	assert.match(given[3]?.[0] ?? '', '"time_source":"telegram"')
	assert.match(given[4]?.[0] ?? '', '"time_source":"gateway"')
})

test('refuses an SML checksum that is sent as a signed number as in full', async () => {
	const telegrams = Array.from({ length: 40 }, (_, place) => {
		const messages = Uint8Array.from(smlMessages(smlContent(240 + place)))
		const close = messages.lastIndexOf(0x76)
		messages[close - 4] = 0x53
		return smlTransport(messages)
	})
	await alike(smlProfile(), telegrams, { least: 0 })
})

test('counts the values of telegrams that are read by their form, too', async () => {
	const keys = { encryption: hexBytes('000102030405060708090A0B0C0D0E0F') }
	const title = hexBytes('4B46450000000001')
	const filler = (place: number) => structure(octets(Uint8Array.of(1, 0, 1, 8, place & 0xff, place >> 8)), Uint8Array.of(0))
	const items = (power: number) => [
		structure(octets(obisOctets('1-0:1.7.0')), u8(power)),
		...Array.from({ length: 355 }, (_, i) => filler(i + 1)),
	]
	const body = (power: number) => concat([hexBytes('01820164'), ...items(power)])
	let counter = 1
	const one = (power: number) => sealed(notification(body(power)), '000102030405060708090A0B0C0D0E0F', '', title, counter++)
	const unit = (count: number, power: number) => {
		const whole = concat(Array.from({ length: count }, () => one(power)))
		const parts = Array.from({ length: Math.ceil(whole.length / 1900) }, (_, at) => whole.subarray(at * 1900, (at + 1) * 1900))
		return concat(parts.map((part, at) => frame(part, { segmented: at < parts.length - 1 })))
	}
	const profile = profileOf({ ...dlms, link: 'hdlc' }, { power_import: 'obis.`1.7.0`' })
	const given = await alike(
		profile,
		[1, 1, 1, 4].map((count, place) => unit(count, place)),
		{ keys },
	)
	assert.match(given.at(-1)?.at(-1) ?? '', '"reason":"limit"')
})

const telegram = (power: string) =>
	p1Telegram('XYZ5TEST', [...['0-0:1.0.0(260504113921S)', '0-0:96.14.0(0001)', `1-0:1.7.0(${power}*kW)`, '1-0:2.7.0(00.000*kW)']])
const powers = ['00.240', '00.241', '00.242', '00.243']

test('reads what follows a refused telegram in its frame as what it is', async () => {
	// An unknown type 77, and a power that would be a code, if tag and length were swapped (06 09 instead of 09 06).
	const bad = blocks(hexBytes('0F00000001 00 02 02 77 00'), 100)
	const good = (power: number) => notification(pushList('0-0:25.9.0', [{ classId: 3, obis: '1-0:1.7.0', value: u32(power) }]))
	const profile = profileOf(dlms, { power_import: 'obis.`1.7.0`' })
	const given = await alike(profile, [good(1), good(2), good(3), concat([...bad, good(0x0900_0001)]), concat([...bad, good(5)])])
	assert.is(given.at(-1)?.length, 2)
	assert.match(given.at(-2)?.[1] ?? '', `"power_import":${0x0900_0001}`)
	assert.match(given.at(-1)?.[1] ?? '', '"power_import":5')
})

test('names extra values and issues in the order of the profile, however a telegram is read', async () => {
	const transforms = [
		{ power_import: 'obis.`1.7.0`', 'extra.clock': 'obis.`1.0.0`', 'extra.tariff': 'obis.`96.14.0`' },
		{ power_import: 'obis.`1.7.0`', 'extra.load': 'obis.`1.7.0` > 100 ? "high"', 'extra.day': 'obis.`96.14.0` = "0001" ? "day"' },
		{ power_import: 'obis.`1.7.0`', voltage_l2: 'obis.`1.0.0`', voltage_l3: 'obis.`96.14.0`' },
	]
	const given: string[] = []
	for (const transform of transforms) given.push((await alike(profileOf(p1, transform), powers.map(telegram))).flat().join())
	assert.match(given[0] ?? '', '"extra":{"clock":"260504113921S","tariff":"0001"}')
})

test('gives times of another zone where the same transform is used in one', () => {
	const { transform } = profileOf(dlms, { power_import: 'obis.`1.7.0`', power_import_max_time: 'obis.`0.9.9`' })
	const quick = decoder({
		...decoderSettings(dlms as Parameters<typeof decoderSettings>[0], {}),
		link: 'raw',
		application: 'dlms',
		learn: true,
	})
	const [channel, expect] = [{}, {}]
	const told = (timezone: string, power: number) => {
		const body = [
			{ classId: 3, obis: '1-0:1.7.0', value: u32(power) },
			{ classId: 3, obis: '1-0:0.9.9', value: octets(hexBytes('07EA0504FF0B0000008000FF')) },
		]
		const [one] = [...quick.push(notification(pushList('0-0:25.9.0', body))), ...quick.idle()]
		if (!one || !('telegram' in one)) throw new Error(JSON.stringify(one))
		const names = { meter: 'm', id: 'm', profile: 'mine@1.0.0', session: 0, seq: 0 }
		const given = readingOf(one.telegram, transform, {
			...{ ...names, timezone, received: RECEIVED, topic: {}, channel, clockShift: 0, expect, clock: () => 0 },
		})
		return 'reading' in given ? given.reading?.power_import_max_time : undefined
	}
	for (let power = 0; power < 4; power++) assert.is(told('Europe/Zurich', power), '2026-05-04T11:00:00+02:00')
	for (let power = 4; power < 8; power++) assert.is(told('Asia/Tokyo', power), '2026-05-04T11:00:00+09:00')
})

test('fills in readings again after what is expected was edited, and once the clock is right', async () => {
	const profile = profileOf(dlms, { power_import: 'obis.`1.7.0`' })
	const one = meter({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })
	const told = async (power: number, status: string) => {
		const time = hexBytes(`07EA0504010B271500FF88${status}`)
		const body = [{ classId: 3, obis: '1-0:1.7.0', value: u32(power) }]
		const bytes = notification(pushList('0-0:25.9.0', body), time)
		const [outcome] = [...(await one.push(bytes, RECEIVED)), ...(await one.idle(RECEIVED))]
		if (outcome?.kind !== 'reading') throw new Error(JSON.stringify(outcome))
		const { telegram, context } = outcome
		return telegram instanceof FilledTelegram ? formPlanOf(telegram.form, planOf(profile.transform), context)?.reading : 'in full'
	}
	const filled = async (power: number, status = '80') => {
		const form = await told(power, status)
		return form === 'in full' ? form : form?.context.expect
	}
	assert.equal([await filled(1, '83'), await filled(2, '83')], ['in full', 'in full'], 'an invalid clock')
	assert.equal([await filled(3, '83'), await filled(4, '83')], [undefined, undefined])
	await filled(5)
	assert.equal(await filled(6), profile.document.expect, 'the clock is set')
	const expect = { power_import: { max: 1000 } }
	await one.swap({ ...profile, document: { ...profile.document, expect } }, RECEIVED)
	await filled(7)
	assert.is(await filled(8), expect)
})

test.run()
