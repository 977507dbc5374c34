import { concat } from '../../engine/bytes/hex.ts'
import type { Outcome } from '../../engine/pipeline/pipeline.ts'
import { seeded } from '../../tools/faults.ts'
import { telegram } from '../support/corpus.ts'
import { blockFrames, hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { notificationsOf } from '../support/fuzz.ts'
import { pipeline } from '../support/pipeline.ts'
import { count, type Fault, hold } from './fault.ts'
import { CONNECTION } from './forged.ts'

const [KEY, AUTH] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const TITLE = hexBytes('4C475A6712345678')
const both = { encryption: hexBytes(KEY), authentication: hexBytes(AUTH) }
/** The list of an E450 as EKZ's meters push it since 2026. */
const [list = new Uint8Array(0)] = notificationsOf(telegram('ch-lg-e450-vse2026'))
const apdu = (counter: number, key = KEY) => sealed(list, key, AUTH, TITLE, counter)
/** Offsets of the ciphertext in what `sealed` makes: DB, title, length, control and counter; twelve bytes of tag behind it. */
const [BEGIN, TAG] = [10 + 3 + 5, 12]

const framed = (bytes: Uint8Array) => concat(blockFrames(bytes))
const reasonOf = (outcome: Outcome | undefined) => (outcome?.kind === 'reading' ? 'published' : (outcome?.reason ?? 'nothing'))

/** One forged, replayed, cut or wrongly keyed telegram, by its kind. */
function forged(kind: string, counter: number, random: (below: number) => number): Uint8Array {
	const good = apdu(counter)
	if (kind === 'flipped bit') {
		const at = BEGIN + random(good.length - BEGIN - TAG)
		good[at] = (good[at] ?? 0) ^ (1 << random(8))
		return good
	}
	if (kind === 'wrong key') return apdu(counter, Array.from({ length: 16 }, () => random(256).toString(16).padStart(2, '0')).join(''))
	if (kind === 'short tag') {
		const short = good.slice(0, good.length - 1 - random(TAG))
		const length = short.length - 13
		short[11] = length >> 8
		short[12] = length & 0xff
		return short
	}
	return apdu(1 + random(counter - 1))
}

/** What becomes of 10,000 attacks, by kind and reason; a true telegram stands between every hundred. */
async function attacks(): Promise<string> {
	const random = seeded(6)
	const under = pipeline('ekz-e450', both)
	const kinds = ['flipped bit', 'wrong key', 'short tag', 'replayed']
	const seen: Record<string, Record<string, number>> = {}
	let [counter, genuine] = [1000, 0]
	hold(reasonOf(await under.give(framed(apdu(counter)))) === 'published', 'the first true telegram is read')
	for (let trial = 0; trial < 10_000; trial++) {
		const kind = kinds[trial % kinds.length] ?? ''
		// As an attacker would: ahead of the meter's count, so that only what is forged stands against it.
		const reason = reasonOf(await under.give(framed(forged(kind, kind === 'replayed' ? counter : counter + 1 + random(1000), random))))
		seen[kind] = { ...seen[kind], [reason]: (seen[kind]?.[reason] ?? 0) + 1 }
		if (trial % 100 === 99 && reasonOf(await under.give(framed(apdu(++counter)))) === 'published') genuine++
	}
	hold(!Object.values(seen).some((reasons) => 'published' in reasons), `published: ${JSON.stringify(seen)}`)
	hold(genuine === 100, `${genuine} of 100 true telegrams published`)
	for (const kind of kinds.slice(0, 3)) hold(seen[kind]?.tag === 2500, `${kind}: ${JSON.stringify(seen[kind])}`)
	return `0 of 10,000 published: ${kinds.map((kind) => `${kind} ${reasonsText(seen[kind])}`).join('; ')}; each of 100 true ones between them published`
}

const reasonsText = (reasons: Record<string, number> = {}) =>
	Object.entries(reasons)
		.map(([reason, number]) => `${count(number)} ${reason}`)
		.join(', ')

/** What of a reading is the meter's. */
function values({ reading }: Extract<Outcome, { kind: 'reading' }>): Record<string, unknown> {
	const { received, session, seq, issues, invocation_counter, time_source, time, ...rest } = reading
	// The time of arrival is no time of the meter.
	return { ...rest, ...(time_source !== 'gateway' && { time }) }
}

/** Without the authentication key no tag can be checked: a flipped bit of the ciphertext is a flipped bit of the list. */
async function unverified(expect: object): Promise<string> {
	const random = seeded(60)
	const under = pipeline('ekz-e450', { encryption: both.encryption }, { expect }, true)
	const first = await under.give(framed(apdu(1)), 0)
	hold(first?.kind === 'reading', 'the true telegram is read')
	const arrived = Date.parse(first.reading.meter_time ?? first.reading.time) + 1000
	await under.restart(0)
	const good = await under.give(framed(apdu(1)), arrived)
	hold(good?.kind === 'reading' && good.reading.time_source === 'meter', 'the true telegram is read')
	const wanted = values(good)
	const seen = {
		refused: 0,
		'the value left out, or no value hit': 0,
		'a wrong counter': 0,
		'a wrong power, voltage or current': 0,
		'a wrong time or id': 0,
	}
	for (let trial = 0; trial < 5000; trial++) {
		await under.restart(0)
		await under.give(framed(apdu(1)), arrived)
		const outcome = await under.give(framed(forged('flipped bit', 2, random)), arrived + 5000)
		if (outcome?.kind !== 'reading') {
			seen.refused++
			continue
		}
		const found = values(outcome)
		const wrong = Object.keys(found).filter((name) => JSON.stringify(found[name]) !== JSON.stringify(wanted[name]))
		if (wrong.some((name) => name.includes('energy'))) seen['a wrong counter']++
		else if (wrong.some((name) => /power|voltage|current/.test(name))) seen['a wrong power, voltage or current']++
		else if (wrong.length > 0) seen['a wrong time or id']++
		else seen['the value left out, or no value hit']++
	}
	return reasonsText(seen)
}

/** With what every profile expects, and with what an operator can say of the connection. */
async function withoutTag(): Promise<string> {
	return `of 5,000, by the profile: ${await unverified({})}; with the connection of 17,250 W in "expect": ${await unverified(CONNECTION)}; each reading says "auth": "unverified"`
}

const p1 = (...lines: string[]) => p1Telegram('TST5', ['1-3:0.2.8(50)', '0-0:96.1.1(A1)', ...lines])

/** Values that no meter has, in telegrams whose checksum is right. */
async function implausible(): Promise<string> {
	const random = seeded(34)
	const expect = {
		power_import: { max: 17_250 },
		'voltage_*': { min: 80, max: 300, zero: true },
		'energy_*': { rising: true, maxPower: 17_250 },
	}
	const under = pipeline('dsmr', {}, { expect })
	let [energy, spikes, kept, at] = [1_000_000, 0, 0, 0]
	await under.give(p1('1-0:1.8.0(001000.000*kWh)'), at)
	const kwh = (watthours: number) => (watthours / 1000).toFixed(3).padStart(10, '0')
	for (let trial = 0; trial < 1000; trial++) {
		at += 10_000
		energy += random(40)
		const spike = [energy - 1 - random(900_000), energy + 1_000_000 + random(1e6), 0][random(3)] ?? 0
		const power = (17.251 + random(80)).toFixed(3).padStart(6, '0')
		const outcome = await under.give(
			p1(`1-0:1.8.0(${kwh(spike)}*kWh)`, `1-0:1.7.0(${power}*kW)`, '1-0:32.7.0(023.4*V)', '1-0:52.7.0(230.1*V)'),
			at,
		)
		if (outcome?.kind === 'reading')
			for (const name of ['energy_import', 'power_import', 'voltage_l1']) if (name in outcome.reading) spikes++
		if (outcome?.kind === 'reading' && outcome.reading.voltage_l2 === 230.1 && outcome.issues.length === 3) kept++
		const good = await under.give(p1(`1-0:1.8.0(${kwh(energy)}*kWh)`), at)
		hold(good?.kind === 'reading' && good.reading.energy_import === energy, `the true counter ${energy} was withheld`)
	}
	hold(spikes === 0 && kept === 1000, `${spikes} spikes published, ${kept} of 1000 telegrams read in part`)
	const swapped = await under.give(p1Telegram('TST5', ['1-3:0.2.8(50)', '0-0:96.1.1(B2)', '1-0:1.8.0(000001.000*kWh)']), at)
	hold(swapped?.kind === 'reading' && swapped.reading.energy_import === 1000, 'a new meter begins anew')
	return '0 of 3,000 spikes published, each named; the good fields of all 1,000 telegrams, and every true counter after them; a new meter id starts over at once'
}

/** One field that cannot be made of a telegram. */
async function fieldless(): Promise<string> {
	const under = pipeline('dsmr')
	const wrong = ['(abc*kW)', '(*kW)', '()', '(1e5*kW)', '(NaN*kW)', '(-0,5*kW)', '(00.100*kWh)', '(00.100*V)', '(99999999999999999999*kW)']
	for (const text of wrong) {
		const outcome = await under.give(p1(`1-0:1.7.0${text}`, '1-0:32.7.0(230.1*V)'))
		hold(outcome?.kind === 'reading', `${text}: ${reasonOf(outcome)}`)
		const { power_import, voltage_l1 } = outcome.reading
		hold(power_import === undefined && voltage_l1 === 230.1, `${text} became ${power_import}`)
	}
	const without = await under.give(p1('1-0:32.7.0(230.1*V)'))
	hold(without?.kind === 'reading' && !('power_import' in without.reading) && !('power_net' in without.reading), 'absent, not 0')
	return `${wrong.length} malformed powers and a missing one: the field is absent, the voltage beside it is published`
}

/** The four lists of the first slice, as their makers mean them. */
async function lists(): Promise<string> {
	const wanted: [string, string, number, number][] = [
		['ch-lg-e450-vse2026', 'ekz-e450', 236, -1],
		['ch-lg-e570-vse2026-load', 'lg-e570', 229, -1],
		['ch-lg-e360-vse2026', 'lg-e360', 235.7, -2],
		['ch-iskra-am550-vse2026', 'romande-energie-am550', 234.7, -2],
	]
	const found: string[] = []
	for (const [id, profile, volts, scaler] of wanted) {
		const under = pipeline(profile)
		const [outcome] = [...(await under.push(telegram(id).bytes, 0)), ...(await under.idle(0))].filter(({ kind }) => kind === 'reading')
		const voltage = outcome?.kind === 'reading' ? outcome.reading.voltage_l1 : undefined
		hold(voltage === volts, `${id}: ${voltage} V`)
		const scaled = pipeline(profile, {}, { decoder: { registers: { '32.7.0': { scaler } } } })
		const [wrong] = [...(await scaled.push(telegram(id).bytes, 0)), ...(await scaled.idle(0))]
		const issue = wrong?.kind === 'reading' ? wrong.issues.find(({ field }) => field === 'voltage_l1') : undefined
		hold(
			wrong?.kind === 'reading' && wrong.reading.voltage_l1 === undefined && issue?.code === 'range',
			`${id}: a wrong scaler is not noticed`,
		)
		found.push(`${volts} V`)
	}
	return `${found.join(', ')}; with a scaler of −1 more each is withheld: voltage_l1:range`
}

/** What telegrams can show. */
export const telegramFaults: Fault[] = [
	{
		number: 6,
		fault: 'forged telegrams, authentication key known',
		injected: 'flipped bits with repaired checksum, wrong keys, short tags, replays: 2,500 each',
		prove: attacks,
	},
	{
		number: 6.1,
		fault: 'forged telegrams, no authentication key',
		injected: 'one flipped bit of ciphertext, checksum repaired',
		prove: withoutTag,
	},
	{ number: 33, fault: 'a field that cannot be made', injected: 'malformed, missing and misplaced values', prove: fieldless },
	{ number: 34, fault: 'implausible values', injected: 'falling, leaping and zero counters, 17 to 97 kW, 23.4 V', prove: implausible },
	{
		number: 34.1,
		fault: 'a wrong scaler in a profile',
		injected: 'VSE lists of E450, E570, E360, AM550, voltages ten times too small',
		prove: lists,
	},
]
