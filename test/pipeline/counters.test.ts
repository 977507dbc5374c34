import * as assert from 'uvu/assert'
import { fromLatin1 } from '../../engine/bytes/hex.ts'
import type { Outcome } from '../../engine/pipeline/pipeline.ts'
import { frame, hexBytes, mbusFrame, notification, p1Telegram, structure, text, u8, u16, u32 } from '../support/craft.ts'
import { pipeline } from '../support/pipeline.ts'
import { suite } from '../support/suite.ts'

const test = suite('counters')

const TELEGRAMS = 1000
/** The truth again after so many telegrams ("5 of 7"), and those that came before the counter had risen. */
const CONFIRM = 5
const kWh = (value: number) => (value / 1000).toFixed(3)

type Source = { give(value: number, at: number): Promise<Outcome[]>; shown(reading: object): number | undefined; most: number }

const energy = (reading: { energy_import?: number }) => reading.energy_import

/** A meter of each kind of source whose checksum is weak or missing: sends a counter (Wh), with the time of arrival. */
const SOURCES: Record<string, () => Source> = {
	json() {
		const under = pipeline('gplug')
		const payload = (value: number) => new TextEncoder().encode(`{"Time":"2026-11-28T10:00:00","z":{"Pi":0.5,"Ei":${value / 1000}}}`)
		const give = async (value: number, at: number) =>
			under.message({ topic: 'tele/gPlug1/SENSOR', payload: payload(value), retain: false }, at)
		return { give, shown: energy, most: Infinity }
	},
	'p1 without a CRC'() {
		const under = pipeline('dsmr-2')
		const whole = (value: number) => p1Telegram('KMP5 X', ['0-0:96.1.1(31)', `1-0:1.8.0(${kWh(value)}*kWh)`, '1-0:1.7.0(0000.50*kW)'])
		const give = async (value: number, at: number) => {
			// Without the four digits behind "!".
			const telegram = whole(value)
			const crc = telegram.length - 6
			return [
				...(await under.push(
					telegram.filter((_, place) => place < crc || place >= crc + 4),
					at,
				)),
				...(await under.idle(at)),
			]
		}
		return { give, shown: energy, most: Infinity }
	},
	'IEC 62056-21 push'() {
		const under = pipeline('iec-mode-d')
		const text = (value: number) => `/ESY5Q3D\r\n\r\n1-0:0.0.0*255(1)\r\n1-0:1.8.0*255(${kWh(value)}*kWh)\r\n1-0:1.7.0*255(500*W)\r\n!\r\n`
		const give = async (value: number, at: number) => [...(await under.push(fromLatin1(text(value)), at)), ...(await under.idle(at))]
		return { give, shown: energy, most: Infinity }
	},
	'wired M-Bus'() {
		const under = pipeline('common/mbus')
		const give = (value: number, at: number) => {
			const count = Buffer.alloc(4)
			count.writeUInt32LE(value)
			// Energy in Wh (VIF 03), long header: id 12345678, heat.
			return Promise.resolve(under.push(mbusFrame(hexBytes(`08 01 72 78563412 2423 01 04 55 00 0000 0403 ${count.toString('hex')}`)), at))
		}
		const shown = ({ submeters }: { submeters?: Record<string, { energy?: number }> }) => submeters?.['0']?.energy
		return { give, shown, most: 0xffff_ffff }
	},
}

/** The ways in which one telegram of ten is wrong. */
const FAULTS: Record<string, (value: number, round: number) => number> = {
	spike: (value, round) => value + (round % 3 === 0 ? 524_288 : 10 ** (3 + (round % 5)) * 7),
	zero: () => 0,
	'lost point': (value) => value * 1000,
	swap(value, round) {
		const bytes = Buffer.alloc(8)
		bytes.writeBigUInt64LE(BigInt(value))
		const at = 1 + (round % 2)
		bytes.writeUInt16LE(bytes.readUInt16BE(at), at)
		return Number(bytes.readBigUInt64LE())
	},
}

/** Repeats the same numbers each time. */
function random(seed: number): () => number {
	let state = seed
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
		return state / 2_147_483_648
	}
}

for (const [source, open] of Object.entries(SOURCES)) {
	for (const [fault, spoil] of Object.entries(FAULTS)) {
		test(`${source}, ${fault}: publishes no wrong counter, and each right one that it can know`, async () => {
			const { give, shown, most } = open()
			const next = random(7)
			let [truth, wrong, right, published] = [12_131_545, 0, 0, 0]
			for (let round = 0; round < TELEGRAMS; round++) {
				truth += Math.round(2 + 6 * next())
				const value = round > 0 && next() < 0.1 ? Math.min(most, spoil(truth, round)) : truth
				const [outcome] = await give(value, round * 10_000)
				const seen = outcome?.kind === 'reading' ? shown(outcome.reading) : undefined
				if (value === truth) right++
				if (seen === truth && value === truth) published++
				else if (seen !== undefined) wrong++
			}
			assert.equal({ wrong, withheld: right - published }, { wrong: 0, withheld: 0 })
		})
	}
	test(`${source}: takes the truth again when the first value was wrong, or the meter was swapped`, async () => {
		for (const first of [12_655_833, 0, 99_000_000]) {
			const { give, shown } = open()
			const seen: (number | undefined)[] = []
			for (let round = 0; round < 12; round++) {
				const [outcome] = await give(round === 0 ? first : 12_131_545 + 5 * round, round * 10_000)
				seen.push(outcome?.kind === 'reading' ? shown(outcome.reading) : undefined)
			}
			const back = seen.findIndex((value, round) => round > 0 && value !== undefined)
			assert.is(back, CONFIRM, `${first}: ${seen}`)
			assert.equal(
				seen.slice(CONFIRM),
				seen.slice(CONFIRM).map((_, place) => 12_131_545 + 5 * (CONFIRM + place)),
			)
		}
	})
}

test('holds the counters of a list without an id against those before, though other lists of the meter say one', async () => {
	const under = pipeline('iskra-am550-slovenia')
	const give = async (body: Uint8Array, at: number) =>
		(await under.push(frame(notification(body)), at)).flatMap((outcome) => (outcome.kind === 'reading' ? [outcome.reading] : []))
	const total = (value: number) => structure(text('00000017'), u8(0), u32(value), u32(0))
	const momentary = structure(text('ISK1020700000017'), text('ISK00000017'), u32(592), u32(0), u32(0), u32(112), u16(2313), u32(0), u32(0))
	const at = Date.UTC(2026, 0, 5, 20)
	assert.equal(
		(await give(momentary, at)).map(({ id }) => id),
		['ISK1020700000017'],
	)
	assert.equal((await give(total(7_924_801), at + 1000)).map(energy), [7_924_801])
	assert.is((await give(momentary, at + 2000)).length, 1)
	const [lower] = await give(total(924_801), at + 3000)
	assert.equal([lower?.energy_import, lower?.issues?.map(({ code }) => code)], [undefined, ['falling']])
})

test('lets a counter rise by the power that its telegram tells, where the connection is larger than is expected', async () => {
	const under = pipeline('dsmr')
	const seen: unknown[] = []
	for (let round = 0; round < 20; round++) {
		// 400 kW for ten seconds: a transformer meter.
		const energy = kWh(12_131_545 + round * 1111)
		const [outcome] = await under.push(p1Telegram('TST5', ['1-0:1.7.0(400.000*kW)', `1-0:1.8.0(${energy}*kWh)`]), round * 10_000)
		seen.push(outcome?.kind === 'reading' && outcome.reading.energy_import)
	}
	assert.equal(
		seen,
		Array.from({ length: 20 }, (_, round) => 12_131_545 + round * 1111),
	)
})

test('withholds a power that no connection has, which lets no counter rise', async () => {
	const under = pipeline('gplug')
	const give = async (at: number, Pi: number, Ei: number) => {
		const payload = new TextEncoder().encode(JSON.stringify({ Time: '2026-11-28T10:00:00', z: { Pi, Po: 0, Ei } }))
		const [outcome] = await under.message({ topic: 'tele/gPlug1/SENSOR', payload, retain: false }, at)
		return outcome?.kind === 'reading' ? [outcome.reading.power_import, outcome.reading.energy_import] : []
	}
	assert.equal(await give(0, 0.5, 1234.567), [500, 1_234_567])
	assert.equal(await give(10_000, 99_999.5, 1434.567), [undefined, undefined])
	assert.equal(await give(20_000, 0.5, 1234.568), [500, 1_234_568])
})

test('takes no clock that was set just now for the time that a counter had', async () => {
	const now = Date.UTC(2026, 10, 28, 9, 0, 0)
	const under = pipeline('dsmr', {}, {}, true)
	const give = async (clock: string, energy: number, at: number) => {
		const [outcome] = await under.push(
			p1Telegram('TST5', [`0-0:1.0.0(${clock})`, '1-0:1.7.0(00.500*kW)', `1-0:1.8.0(${kWh(energy)}*kWh)`]),
			at,
		)
		return outcome?.kind === 'reading' ? outcome.reading.energy_import : outcome
	}
	assert.is(await give('000101010000W', 1001, now), 1001)
	assert.is(await give('261128100010W', 30_000_501, now + 10_000), undefined, '30 MWh in ten seconds')
	assert.is(await give('261128100020W', 1003, now + 20_000), 1003)
})

test.run()
