import { concat, fromLatin1 } from '../../engine/bytes/hex.ts'
import { autoDecoder } from '../../engine/decode/auto.ts'
import { type Decoder, decoder, decoderSettings } from '../../engine/decode/decoder.ts'
import type { ApplicationName, LinkName } from '../../engine/decode/registry.ts'
import { seeded } from '../../tools/faults.ts'
import { blockFrames, blocks, frame, hexBytes, llc, mbusFrame, notification, p1Telegram, smlEntry, smlFrame, smlUnsigned } from './craft.ts'

/** The worst that a stranger may send to a layer: `bytes` gives about so many of them; `one` says that they come one by one. */
export type Worst = { what: string; layer: LinkName | 'auto'; application: ApplicationName; bytes(size: number): Uint8Array; one?: boolean }

const ascii = fromLatin1
/** A piece again and again. */
const again = (piece: Uint8Array) => (size: number) =>
	concat(Array.from({ length: Math.ceil(size / piece.length) }, () => Uint8Array.from(piece)))
/** Something before and behind what comes again and again. */
const within = (head: Uint8Array, piece: Uint8Array, tail: Uint8Array) => (size: number) =>
	concat([head, again(piece)(size - head.length), tail])
/** Pieces that all differ. */
const each = (piece: (place: number) => Uint8Array) => (size: number) => {
	const parts: Uint8Array[] = []
	for (let [place, length] = [0, 0]; length < size; place++) {
		const part = piece(place)
		parts.push(part)
		length += part.length
	}
	return concat(parts)
}
/** Telegrams that each hold as much as a telegram may, or as much as is asked for. */
const telegrams =
	(most: number, telegram: (size: number) => Uint8Array) =>
	(size: number): Uint8Array => {
		const parts: Uint8Array[] = []
		for (let left = size; left > 0; left -= most) parts.push(telegram(Math.min(left, most)))
		return concat(parts)
	}
const lines = (piece: (place: number) => string) => (size: number) => {
	const all: string[] = []
	for (let [place, length] = [0, 0]; length < size - 60; place++) length += 2 + (all[all.push(piece(place)) - 1]?.length ?? 0)
	return p1Telegram('XMX5', all)
}
const addressOf = (place: number) =>
	[0, 7, 14, 21].map((bits, at) => ((((place >> bits) & 0x7f) << 1) | (at === 3 ? 1 : 0)).toString(16).padStart(2, '0')).join('')
const block = (number: number, data = '', flags = '40') =>
	hexBytes(`E0${flags}${number.toString(16).padStart(4, '0')}0000${(data.length / 2).toString(16).padStart(2, '0')}${data}`)
const random = (size: number) => {
	const next = seeded(7)
	return Uint8Array.from({ length: size }, () => next(256))
}
/** A header of HDLC that claims 2,047 bytes, with the right HCS, and ends where another of its kind begins. */
const claim = (() => {
	const whole = frame(new Uint8Array(2047 - 9))
	return whole.subarray(0, 8)
})()
const nested = hexBytes('1B1B1B1B1B1B1B1B01010101')

/** For each layer what was found by thinking and by search. */
export const worst: Worst[] = [
	{ what: 'frames within frames', layer: 'hdlc', application: 'dlms', bytes: again(claim) },
	{ what: 'fill flags', layer: 'hdlc', application: 'dlms', bytes: again(hexBytes('7E')), one: true },
	{
		what: 'segments of a byte',
		layer: 'hdlc',
		application: 'dlms',
		bytes: each((place) => frame(Uint8Array.of(place & 0x7f), { segmented: true })),
	},
	{
		what: 'transfers from new addresses',
		layer: 'hdlc',
		application: 'dlms',
		bytes: each((place) => frame(block(1, '00'), { addresses: `${addressOf(place)}21` })),
	},
	{ what: 'a transfer of nothing', layer: 'hdlc', application: 'dlms', bytes: each((place) => frame(block((place % 65535) + 1))) },
	{
		what: 'lists of nothing',
		layer: 'hdlc',
		application: 'dlms',
		bytes: telegrams(1800, (size) =>
			frame(concat([llc, notification(concat([hexBytes('0182'), Uint8Array.of(size >> 8, size & 0xff), new Uint8Array(size)]))])),
		),
	},
	{
		what: 'arrays in arrays',
		layer: 'raw',
		application: 'dlms',
		bytes: (size) => notification(concat([hexBytes('130282'), Uint8Array.of(0), again(hexBytes('010FFF00'))(size)])),
	},
	{ what: 'frames within frames', layer: 'mbus', application: 'mbus', bytes: again(hexBytes('68FFFF6816000000')) },
	{
		what: 'segments of a byte',
		layer: 'mbus',
		application: 'dlms',
		bytes: each((place) => mbusFrame(Uint8Array.of(8, 1, place % 16, 1, 0x67, 0x0f))),
	},
	{
		what: 'many records',
		layer: 'mbus',
		application: 'mbus',
		bytes: again(mbusFrame(concat([hexBytes('080178'), again(hexBytes('0106'))(200), hexBytes('0106').subarray(0, 0)]))),
	},
	{
		what: 'beginnings within a frame',
		layer: 'sml',
		application: 'sml',
		bytes: within(hexBytes('1B1B1B1B01010101'), nested, hexBytes('1B1B1B1B1A000000')),
	},
	{
		what: 'escape bytes',
		layer: 'sml',
		application: 'sml',
		bytes: within(hexBytes('1B1B1B1B01010101'), hexBytes('1B1B1B00'), hexBytes('00')),
		one: true,
	},
	{
		what: 'many values',
		layer: 'sml',
		application: 'sml',
		bytes: telegrams(15_900, (size) =>
			smlFrame(
				hexBytes('0A01'),
				Array.from({ length: Math.min(15, size) }, () => smlEntry('1-0:1.8.0', smlUnsigned(5, 8))),
			),
		),
	},
	{
		what: 'beginnings within a telegram',
		layer: 'p1',
		application: 'p1',
		bytes: within(ascii('/ABC5\r\n\r\n'), ascii('(/ABC\r\n'), ascii('\r\n!1234\r\n')),
	},
	{ what: 'identifications in a line', layer: 'p1', application: 'p1', bytes: again(ascii('/ABC')) },
	{
		what: 'marks in a line',
		layer: 'p1',
		application: 'p1',
		bytes: within(ascii('/ABC5\r\n'), ascii('1!/1'), ascii('\r\n!\r\n')),
		one: true,
	},
	{
		what: 'white space',
		layer: 'p1',
		application: 'p1',
		bytes: telegrams(15_000, (size) => p1Telegram('XMX5', [`x${' '.repeat(size)}x`, '1-0:1.8.0(1*kWh)'])),
	},
	{
		what: 'values without a unit',
		layer: 'p1',
		application: 'p1',
		bytes: telegrams(
			15_900,
			lines(() => '1-0:3.7.0(00.007)'),
		),
	},
	{
		what: 'times of one value',
		layer: 'p1',
		application: 'p1',
		bytes: telegrams(
			15_900,
			lines((place) => `0-1:24.2.1(170102${String(10 + (place % 14))}${String(10 + (place % 50))}00W)(00000.107*m3)`),
		),
	},
	{
		what: 'identifications in brackets',
		layer: 'iec62056-21',
		application: 'iec62056-21',
		bytes: within(ascii('\x02'), ascii('(/abc'), ascii('\r\n!\r\n\x03\x00')),
	},
	{ what: 'identifications in a line', layer: 'iec62056-21', application: 'iec62056-21', bytes: again(ascii('/abc')) },
	{ what: 'openings', layer: 'iec62056-21', application: 'iec62056-21', bytes: again(ascii('\x02x')) },
	{
		what: 'short lines',
		layer: 'iec62056-21',
		application: 'iec62056-21',
		bytes: within(ascii('/abc5\r\n'), ascii('x\n'), ascii('x')),
		one: true,
	},
	{ what: 'first lines cut short', layer: 'iec62056-21', application: 'iec62056-21', bytes: again(ascii('\n0.')) },
	{ what: 'noise', layer: 'iec62056-21', application: 'iec62056-21', bytes: random },
	{
		what: 'values without a unit',
		layer: 'iec62056-21',
		application: 'iec62056-21',
		bytes: telegrams(15_900, (size) => concat([ascii('/ABC5\r\n'), again(ascii('3.7(00.007)\r\n'))(size - 60), ascii('!\r\n')])),
	},
	{ what: 'headers cut short', layer: 'llc', application: 'dlms', bytes: again(hexBytes('E6E7')), one: true },
	{ what: 'one APDU without end', layer: 'raw', application: 'dlms', bytes: again(hexBytes('0F')), one: true },
	{ what: 'noise', layer: 'auto', application: 'dlms', bytes: random, one: true },
	{
		what: 'a telegram that is known, and openings',
		layer: 'auto',
		application: 'dlms',
		bytes: within(concat(blockFrames(notification(hexBytes('0200')))), ascii('\x02'), ascii('')),
	},
]

/** A decoder of that layer. */
export function readerOf({ layer, application }: Worst): Decoder {
	const settings = decoderSettings({}, {})
	return layer === 'auto' ? autoDecoder(settings, undefined) : decoder({ link: layer, application, ...settings })
}

/** Nanoseconds for each byte that a fresh decoder takes for about `size` bytes: the median of `rounds`, each of so many decoders. */
export function costOf(one: Worst, size: number, rounds: number, decoders: number): number {
	const bytes = one.bytes(size)
	const chunks = chunksOf(bytes, one.one === true ? 1 : 1024)
	const times: number[] = []
	for (let round = 0; round < rounds; round++) {
		// Of processor, not of the clock: the machine may be busy with something else.
		const started = process.cpuUsage()
		for (let count = 0; count < decoders; count++) {
			const reader = readerOf(one)
			for (const chunk of chunks) reader.push(chunk)
			reader.idle()
		}
		const { user, system } = process.cpuUsage(started)
		times.push(((user + system) * 1000) / (bytes.length * decoders))
	}
	return times.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0
}

/** Pieces of memory of their own, as a port gives them. */
function chunksOf(bytes: Uint8Array, size: number): Uint8Array[] {
	return Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) => bytes.slice(place * size, (place + 1) * size))
}

/** The first block of a transfer whose other blocks never come, as each of so many senders sends it. */
export const begun = (place: number) => frame(blocks(new Uint8Array(200), 120)[0] as Uint8Array, { addresses: `${addressOf(place)}21` })
