import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fromLatin1, hex } from '../../engine/bytes/hex.ts'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import {
	blockFrames,
	hexBytes,
	notification,
	p1Telegram,
	pushList,
	sealed,
	smlEntry,
	smlFrame,
	smlOctets,
	smlSigned,
	smlUnsigned,
	u16,
	u32,
} from './craft.ts'
import { root } from './root.ts'

/**
 * Writes the captures of meters that nobody has recorded in public: `npx tsx test/compose.ts`. Each says in its header that it is
 * composed, and of what. They show a layout; they prove nothing about the meter.
 */

/** At 2400 Bd 8E1 a byte takes 11 bits: 4.6 ms. */
const BYTE_2400 = 11_000 / 2400

write(
	'aew-e450',
	'composed',
	{
		capture: 1,
		meter: 'AEW · Landis+Gyr E450',
		source: 'composed by test/compose.ts: the push list that EKZ recorded in 2021 (meters/ekz-e450), without clock, ids and time',
		license: 'MIT',
		recorded: false,
		note: 'That the AEW push has neither clock nor meter id is known from the patch that the hackday needed (tom-ch1/smartmeter-datacollector 7a3b34a); no telegram was published. Timing of 2400 Bd.',
		transport: { kind: 'serial', baudRate: 2400, dataBits: 8, parity: 'even', stopBits: 1 },
	},
	[42, 45, 41].flatMap((power, push) =>
		timed(blockFrames(notification(aewList(power, 1_000_000 + push), undefined, push + 1)), 5000 * push),
	),
)

function aewList(power: number, energy: number): Uint8Array {
	const register = (obis: string, value: number) => ({ classId: 3, obis, value: u32(value) })
	return pushList('0-8:25.9.0', [
		register('1-0:1.7.0', power),
		register('1-0:2.7.0', 0),
		register('1-0:3.7.0', 0),
		register('1-0:4.7.0', 10),
		register('1-1:1.8.0', energy),
		register('1-1:2.8.0', 0),
		register('1-1:5.8.0', 18),
		register('1-1:6.8.0', 1),
		register('1-1:7.8.0', 0),
		register('1-1:8.8.0', 291_341),
		{ classId: 3, obis: '1-0:13.7.0', value: u16(973) },
	])
}

write(
	'romande-energie-e450',
	'two-lists',
	{
		capture: 1,
		meter: 'Romande Energie · Landis+Gyr E450',
		source:
			'composed by test/compose.ts after https://github.com/scs/smartmeter-datacollector/issues/61: totals every 5 s, tariff registers in second 0 of the minute',
		license: 'MIT',
		recorded: false,
		note: 'Layout as of the recorded E450 lists (meters/ekz-e450); values are made up. Timing of 2400 Bd.',
		transport: { kind: 'serial', baudRate: 2400, dataBits: 8, parity: 'even', stopBits: 1 },
	},
	romande(),
)

function romande(): CaptureLine[] {
	const id = { classId: 1, obis: '0-0:96.1.0', value: hexBytes('0908 3732393133333133') }
	const register = (obis: string, value: number) => ({ classId: 3, obis, value: u32(value) })
	const totals = (power: number, energy: number) =>
		pushList('0-8:25.9.0', [
			id,
			register('1-0:1.7.0', power),
			register('1-0:2.7.0', 0),
			register('1-1:1.8.0', energy),
			register('1-1:2.8.0', 643_856),
			{ classId: 3, obis: '1-0:31.7.0', value: u16(35) },
			{ classId: 3, obis: '1-0:51.7.0', value: u16(51) },
			{ classId: 3, obis: '1-0:71.7.0', value: u16(14) },
		])
	const tariffs = pushList('0-9:25.9.0', [
		id,
		register('1-1:1.8.1', 132_179),
		register('1-1:1.8.2', 38_129),
		register('1-1:2.8.1', 132_900),
		register('1-1:2.8.2', 510_956),
	])
	// 2025-04-28 21:18:55 and :00, Monday, deviation and hundredths not specified.
	const time = (minute: number, second: number) => hexBytes(`07E9 04 1C 01 15 ${hex(Uint8Array.of(minute, second))} FF 8000 00`)
	return [
		...timed(blockFrames(notification(totals(230, 170_308), time(18, 55), 1)), 0),
		...timed(blockFrames(notification(totals(231, 170_308), time(19, 0), 2)), 5000),
		...timed(blockFrames(notification(tariffs, time(19, 0), 3)), 7200),
		...timed(blockFrames(notification(totals(228, 170_309), time(19, 5), 4)), 10_000),
	]
}

write(
	'ewb-as3000',
	'composed',
	{
		capture: 1,
		meter: 'ewb · Honeywell/Elster AS3000 with AM540',
		source: 'composed by test/compose.ts: no telegram of an AS3000 is public',
		license: 'MIT',
		recorded: false,
		note: 'DSMR 5 text as the P1 companion standard has it, with the registers that gPlug reads from P1 meters in Switzerland (1.7.0, 2.7.0, 1.8.x, 2.8.x, U, I, P per phase). Identification, id and values are made up.',
		transport: { kind: 'serial', baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 1 },
	},
	[12, 15, 11].map((power, push) => ({ t: push * 5000, hex: hex(p1Telegram('ELS5\\AS3000', as3000(power, push))) })),
)

function as3000(power: number, push: number): string[] {
	const kilowatt = (watt: number) => (watt / 1000).toFixed(3).padStart(6, '0')
	return [
		'1-3:0.2.8(50)',
		`0-0:1.0.0(2109241703${45 + push * 5}S)`,
		'0-0:96.1.1(454C53303030303030303030303132)',
		'1-0:1.8.0(012345.678*kWh)',
		'1-0:1.8.1(008000.123*kWh)',
		'1-0:1.8.2(004345.555*kWh)',
		'1-0:2.8.0(005678.901*kWh)',
		'1-0:2.8.1(003456.789*kWh)',
		'1-0:2.8.2(002222.112*kWh)',
		'0-0:96.14.0(0001)',
		`1-0:1.7.0(${kilowatt(power)}*kW)`,
		'1-0:2.7.0(00.000*kW)',
		'1-0:32.7.0(230.1*V)',
		'1-0:52.7.0(231.5*V)',
		'1-0:72.7.0(229.8*V)',
		'1-0:31.7.0(000.05*A)',
		'1-0:51.7.0(000.00*A)',
		'1-0:71.7.0(000.00*A)',
		`1-0:21.7.0(${kilowatt(power)}*kW)`,
		'1-0:41.7.0(00.000*kW)',
		'1-0:61.7.0(00.000*kW)',
		'1-0:22.7.0(00.000*kW)',
		'1-0:42.7.0(00.000*kW)',
		'1-0:62.7.0(00.000*kW)',
	]
}

/** Keys that anybody may know, as DLMS examples use them; the second is published by operators for all their meters. */
const [TEST_KEY, PUBLISHED] = ['000102030405060708090A0B0C0D0E0F', '00112233445566778899AABBCCDDEEFF']
const P1_LINE = { kind: 'serial', baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 1 }

const steiermark = new Uint8Array(readFileSync(`${root}test/corpus/p1-at-sagemcom-t210dr/frame.txt`))
write(
	'sagemcom-t210-p1',
	'sealed',
	{
		capture: 1,
		meter: 'Energienetze Steiermark · Sagemcom T210-D-r',
		source:
			'composed by test/compose.ts: the plaintext is ndokter/dsmr_parser test/example_telegrams.py (TELEGRAM_SAGEMCOM_T210_D_R), ciphered with a test key',
		license: 'MIT',
		recorded: false,
		note: 'A ciphered telegram of such a meter is public without its key only (debug-richard/sagemcom-dsmr, test/corpus/p1-at-sagemcom-t210dr-enc-nokey): layout and length are the same.',
		transport: P1_LINE,
		testKeys: { encryption: TEST_KEY },
	},
	[1, 2].map((counter) => ({
		t: counter * 10_000 - 10_000,
		hex: hex(sealed(steiermark, TEST_KEY, PUBLISHED, hexBytes('5341473500004059'), counter)),
	})),
)

const smarty = readFileSync(`${root}test/corpus/broken-p1-lu-spec-smarty/frame.txt`).toString('latin1')
const [smartyHead = '', ...smartyLines] = smarty.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('!'))
write(
	'luxembourg-smarty',
	'sealed',
	{
		capture: 1,
		meter: 'Luxembourg · Smarty (Sagemcom T210-D)',
		source:
			'composed by test/compose.ts: the plaintext is the example of the Smarty specification (athombv/node-dsmr-parser), its CRC computed anew, ciphered with a test key',
		license: 'ISC',
		recorded: false,
		note: 'The CRC of the printed example does not fit it.',
		transport: P1_LINE,
		testKeys: { encryption: TEST_KEY },
	},
	[{ t: 0, hex: hex(sealed(p1Telegram(smartyHead.slice(1), smartyLines), TEST_KEY, PUBLISHED, hexBytes('5341476773000001'), 7)) }],
)

write(
	'sagemcom-xt211',
	'composed',
	{
		capture: 1,
		meter: 'Groupe E · Sagemcom XT211',
		source:
			'composed by test/compose.ts after https://github.com/esphome/feature-requests/issues/2569: the equipment identifier stands in 0-0:0.0.0',
		license: 'MIT',
		recorded: false,
		note: 'Values and id are made up.',
		transport: P1_LINE,
	},
	[
		{
			t: 0,
			hex: hex(
				p1Telegram('SAG5\\XT211', [
					'0-0:96.1.4(50217)',
					'0-0:1.0.0(251101120000W)',
					'0-0:0.0.0(3153414731323334353637383930)',
					'1-0:1.8.1(000123.456*kWh)',
					'1-0:1.8.2(000654.321*kWh)',
					'1-0:2.8.1(000000.000*kWh)',
					'1-0:2.8.2(000012.000*kWh)',
					'0-0:96.14.0(0001)',
					'1-0:1.7.0(00.345*kW)',
					'1-0:2.7.0(00.000*kW)',
					'1-0:32.7.0(231.0*V)',
					'1-0:52.7.0(230.4*V)',
					'1-0:72.7.0(232.1*V)',
					'1-0:31.7.0(000.91*A)',
					'1-0:51.7.0(000.30*A)',
					'1-0:71.7.0(000.45*A)',
				]),
			),
		},
	],
)

const iskraServer = hexBytes('0A0149534B0004000001')
write(
	'iskra-sml',
	'composed',
	{
		capture: 1,
		meter: 'Iskraemeco MT691',
		source:
			'composed by test/compose.ts: the entries that an MT691 with PIN sends (devZer0/libsml-testing ISKRA_MT691_eHZ-MS2020, which may not be copied)',
		license: 'MIT',
		recorded: false,
		note: 'Values and id are made up.',
		transport: { kind: 'serial', baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
	},
	[26, 31].map((power, push) => ({
		t: push * 1000,
		hex: hex(
			smlFrame(iskraServer, [
				smlEntry('1-0:96.50.1*1', smlOctets(fromLatin1('ISK'))),
				smlEntry('1-0:96.1.0', smlOctets(iskraServer)),
				smlEntry('1-0:1.8.0', smlUnsigned(1_989_273 + push, 4), { status: smlUnsigned(0x1c_8104, 4), unit: 30, scaler: -1 }),
				smlEntry('1-0:16.7.0', smlSigned(power), { unit: 27, scaler: 0 }),
			]),
		),
	})),
)

/** Frames one after the other at 2400 Bd, from `start` ms on. */
function timed(frames: Uint8Array[], start: number): CaptureLine[] {
	let at = start
	return frames.map((bytes) => {
		at += bytes.length * BYTE_2400
		return { t: Math.round(at), hex: hex(bytes) }
	})
}

function write(folder: string, name: string, header: CaptureHeader, lines: CaptureLine[]): void {
	const path = `${root}meters/${folder}/`
	mkdirSync(path, { recursive: true })
	writeFileSync(`${path}${name}.capture.jsonl`, `${[header, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`)
}
