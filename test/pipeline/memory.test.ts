import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { memoryFile } from '../../engine/meter/memory-file.ts'
import { type Counter, judgeCounter } from '../../engine/pipeline/counter.ts'
import { hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { scratch } from '../support/engine-of.ts'
import { pipeline } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('memory')
const folder = scratch('memory')
test.after(folder.remove)

const TITLE = '5341473500004059'

/** Judges counters one after the other. */
function judged(
	counters: number[],
	{ verified = true, title = TITLE, known }: { verified?: boolean; title?: string; known?: Counter } = {},
) {
	let state = known
	return counters.map((counter) => {
		const verdict = judgeCounter(state, title, counter, verified)
		if (verdict.kind === 'fresh') state = verdict.next
		return verdict.kind
	})
}

test('takes only rising counters: equal is a duplicate, lower a replay', () => {
	assert.equal(judged([7, 8, 8, 7, 9, 0xffff_ffff, 0xffff_ffff, 10]), [
		'fresh',
		'fresh',
		'duplicate',
		'replay',
		'fresh',
		'fresh',
		'duplicate',
		'replay',
	])
	const known = { systemTitle: TITLE, last: 100 }
	assert.equal(judged([101], { known, title: '4141414141414141' }), ['replay'], 'another system title')
})

test('lets no single unverified counter shut out those that follow', () => {
	const unverified = { verified: false }
	assert.equal(judged([100, 101, 0xffff_ffff, 102, 103, 0xffff_ffff], unverified), ['fresh', 'fresh', 'fresh', 'fresh', 'fresh', 'fresh'])
	assert.equal(judged([0xffff_ffff, 5, 6, 6, 4], unverified), ['fresh', 'fresh', 'fresh', 'duplicate', 'replay'], 'a forged first one')
	assert.equal(
		judged([100, 101, 500_000, 500_001, 102], unverified),
		['fresh', 'fresh', 'fresh', 'fresh', 'replay'],
		'a leap that is confirmed',
	)
	const pending = { systemTitle: '4141414141414141', last: -1, pending: 9 }
	assert.equal(judged([5, 6], { ...unverified, known: pending }), ['fresh', 'fresh'], 'a forged title establishes nothing')
})

test('keeps counters and totals on disk, by meter and reset, and begins anew with a broken file', () => {
	const told: string[] = []
	const file = `${folder.path}/deep/main.memory.json`
	const open = () => memoryFile(file, (text) => told.push(text))
	const memory = {
		counter: { systemTitle: TITLE, last: 7 },
		totals: { id: 'x', values: { energy_import: { value: 5, at: 1, time: '2026-11-28T10:00:00+01:00', step: 1 } } },
	}
	const first = open()
	assert.equal(first.of('house', ''), {})
	first.keep('house', '', memory, 1)
	first.flush()
	assert.equal(open().of('house', ''), memory)
	assert.equal(open().of('house', '2026-11-23: new meter'), {}, "the operator's word")
	const busy = open()
	for (let last = 8; last < 8 + 256; last++) busy.keep('house', '', { counter: { systemTitle: TITLE, last } }, 1)
	assert.equal(open().of('house', '').counter, { systemTitle: TITLE, last: 263 }, 'on disk after 256 telegrams')
	busy.keep('house', '', { counter: { systemTitle: TITLE, last: 600 } }, 337)
	assert.is(open().of('house', '').counter?.last, 600, 'also when they come at once')
	for (const broken of ['{"memory":1,"meters":{"house":', '[]', '{"memory":2,"meters":{}}']) {
		writeFileSync(file, broken)
		assert.equal(open().of('house', ''), {})
		assert.is(readFileSync(`${file}.broken`, 'utf8'), broken)
	}
	assert.equal(told.length, 3)
	writeFileSync(file, '{"memory":1,"meters":{"house":{"reset":"","memory":{"counter":{"systemTitle":5,"last":"x"}}}}}')
	assert.equal(open().of('house', ''), {}, 'an entry that is none')
	const old = { counter: memory.counter, totals: { id: 'x', values: { energy_import: 5 }, times: { energy_import: 1 } } }
	writeFileSync(file, JSON.stringify({ memory: 1, meters: { house: { reset: '', memory: old } } }))
	assert.equal(open().of('house', ''), { counter: memory.counter }, 'totals as they were kept before')
	mkdirSync(`${folder.path}/as-folder/main.memory.json.new`, { recursive: true })
	const blocked = memoryFile(`${folder.path}/as-folder/main.memory.json`, (text) => told.push(text))
	for (let round = 0; round < 600; round++) blocked.keep('house', '', memory, 1)
	assert.equal(told.filter((text) => text.includes('cannot be written')).length, 1, 'said once an hour, not once a telegram')
})

const [KEY, AUTH] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const apdu = (counter: number, lines = ['1-0:1.8.0(006545766*Wh)']) =>
	sealed(p1Telegram('EST5\\253710000_A', lines), KEY, AUTH, hexBytes(TITLE), counter)

/** What becomes of telegrams: a reading, or the reason why there is none. */
function judge(name: string, keys = {}, over: object = {}) {
	const under = pipeline(name, keys, over)
	const give = async (bytes: Uint8Array, received = 0) => {
		const outcome = await under.give(bytes, received)
		return outcome?.kind === 'reading' ? outcome : outcome?.reason
	}
	return { give, memory: () => under.memory() }
}

test('publishes no telegram twice, and no old one again', async () => {
	const { give, memory } = judge('sagemcom-t210-p1', { encryption: hexBytes(KEY) })
	assert.is(typeof (await give(apdu(7))), 'object')
	assert.is(await give(apdu(7)), 'duplicate')
	assert.is(await give(apdu(6)), 'replay')
	const forged = apdu(0xffff_fff0)
	forged[forged.length - 20] = (forged[forged.length - 20] ?? 0) ^ 1
	assert.is(await give(forged), 'tag')
	assert.is(typeof (await give(apdu(8))), 'object', 'a forged counter counts for nothing')
	assert.equal(memory().counter, { systemTitle: TITLE, last: 8 })
})

const p1 = (...lines: string[]) => p1Telegram('TST5', ['1-3:0.2.8(50)', ...lines])
type Given = Awaited<ReturnType<ReturnType<typeof judge>['give']>>
const issuesOf = (outcome: Given) =>
	typeof outcome === 'object' ? outcome.issues.map(({ field, code }) => `${field}:${code}`) : [String(outcome)]
const fieldsOf = (outcome: Given) => (typeof outcome === 'object' ? { ...outcome.reading } : {}) as Record<string, unknown>

test('withholds a voltage that is none, and names it', async () => {
	const { give } = judge('dsmr')
	const outcome = await give(p1('1-0:1.7.0(00.100*kW)', '1-0:32.7.0(023.6*V)', '1-0:52.7.0(000.0*V)', '1-0:72.7.0(2347.0*V)'))
	assert.equal(issuesOf(outcome), ['voltage_l1:range', 'voltage_l3:range'])
	const { power_import, voltage_l1, voltage_l2, voltage_l3 } = fieldsOf(outcome)
	assert.equal([power_import, voltage_l1, voltage_l2, voltage_l3], [100, undefined, 0, undefined])
})

test('withholds a counter that falls, until the id changes', async () => {
	const { give } = judge('dsmr')
	const energy = (id: string, value: string) => p1(`0-0:96.1.1(${id})`, `1-0:1.8.1(${value}*kWh)`)
	assert.is(fieldsOf(await give(energy('A1', '000100.000'))).energy_import_t1, 100_000)
	assert.is(fieldsOf(await give(energy('A1', '000100.000'))).energy_import_t1, 100_000, 'equal is no fall')
	assert.equal(issuesOf(await give(energy('A1', '000000.000'))), ['unknown'], 'nothing is left of the telegram')
	assert.equal(issuesOf(await give(p1('0-0:96.1.1(A1)', '1-0:1.8.1(000099.999*kWh)', '1-0:1.7.0(00.100*kW)'))), [
		'energy_import_t1:falling',
	])
	assert.is(fieldsOf(await give(energy('A1', '000100.001'))).energy_import_t1, 100_001)
	assert.is(fieldsOf(await give(energy('B2', '000001.000'))).energy_import_t1, 1000, 'a new meter')
})

test('keeps to the meter that is heard, and takes another when that one has fallen silent', async () => {
	const under = pipeline('dsmr', {}, {}, true)
	const energy = (id: string, value: string) => p1(`0-0:96.1.1(${id})`, `1-0:1.8.1(${value}*kWh)`)
	const give = async (id: string, value: string, at: number) => {
		const outcome = await under.give(energy(Buffer.from(id).toString('hex'), value), at)
		return outcome?.kind === 'reading' ? outcome.reading.id : outcome?.reason
	}
	assert.is(await give('A1', '000100.000', 0), 'A1')
	assert.is(await give('B2', '000007.000', 10_000), 'unknown')
	assert.is(await give('A1', '000100.001', 20_000), 'A1')
	assert.is(await give('B2', '000007.000', 79_999), 'unknown')
	assert.is(await give('B2', '000007.001', 80_000), 'B2', 'A1 was swapped')
	assert.is(await give('A1', '000100.002', 90_000), 'unknown')
})

test('measures the silence of a meter anew where the clock was set back', async () => {
	const under = pipeline('dsmr', {}, {}, true)
	const give = async (id: string, at: number) => {
		const outcome = await under.give(p1(`0-0:96.1.1(${Buffer.from(id).toString('hex')})`, '1-0:1.7.0(00.100*kW)'), at)
		return outcome?.kind === 'reading' ? outcome.reading.id : outcome?.reason
	}
	assert.is(await give('A1', 7_200_000), 'A1')
	assert.is(await give('B2', 3_600_000), 'unknown')
	assert.is(await give('B2', 3_660_000), 'B2', 'A1 is silent for a minute, and not until the clock is where it was')
})

test('withholds what the connection cannot carry, and counts a leap by the time since', async () => {
	const expect = { power_import: { max: 17_250 }, 'energy_*': { rising: true, maxPower: 17_250 } }
	const { give } = judge('dsmr', {}, { expect })
	const telegram = (power: string, energy: string) => p1(`1-0:1.7.0(${power}*kW)`, `1-0:1.8.0(${energy}*kWh)`)
	assert.equal(issuesOf(await give(telegram('17.250', '000100.000'), 0)), [])
	assert.equal(issuesOf(await give(telegram('17.251', '000117.250'), 3_600_000)), ['power_import:range'])
	assert.equal(issuesOf(await give(telegram('01.000', '000900.000'), 3_610_000)), ['energy_import:leap'])
	assert.equal(issuesOf(await give(telegram('01.000', '000900.000'), 50 * 3_600_000)), [], 'in fifty hours it may')
})

test('doubts a power that voltages and currents cannot give, and publishes it all the same', async () => {
	const { give } = judge('dsmr')
	const telegram = (power: string, current: string) =>
		p1(`1-0:1.7.0(${power}*kW)`, '1-0:2.7.0(00.000*kW)', '1-0:32.7.0(230.0*V)', `1-0:31.7.0(${current}*A)`)
	assert.equal(issuesOf(await give(telegram('02.000', '009'))), [])
	assert.equal(issuesOf(await give(telegram('20.000', '009'))), ['power:mismatch'])
	assert.equal(issuesOf(await give(telegram('00.200', '090'))), ['power:mismatch'])
	const doubted = fieldsOf(await give(telegram('20.000', '009')))
	assert.equal([doubted.power_import, doubted.issues], [20_000, undefined])
})

test('does not doubt a small power while phases flow against each other: panels on all three, a kettle on one', async () => {
	const { give } = judge('dsmr')
	const amperes = ['18.0', '06.5', '06.5'].map((current, phase) => [
		`1-0:${32 + 20 * phase}.7.0(230.0*V)`,
		`1-0:${31 + 20 * phase}.7.0(0${current}*A)`,
	])
	const telegram = (power: string) =>
		p1('1-0:1.8.0(000100.000*kWh)', '1-0:2.8.0(000010.000*kWh)', `1-0:1.7.0(${power}*kW)`, '1-0:2.7.0(00.000*kW)', ...amperes.flat())
	assert.equal(issuesOf(await give(telegram('01.150'))), [])
	assert.equal(issuesOf(await give(telegram('00.050'))), [])
	assert.equal(issuesOf(await give(telegram('11.500'))), ['power:mismatch'])
})

test.run()
