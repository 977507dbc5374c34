import { axdr } from '../../engine/application/dlms/axdr.ts'
import { Nodes } from '../../engine/application/nodes.ts'
import { crcArc, crcX25 } from '../../engine/bytes/crc.ts'
import { cursor } from '../../engine/bytes/cursor.ts'
import { concat, hex } from '../../engine/bytes/hex.ts'
import { hdlc } from '../../engine/link/hdlc.ts'
import type { Frame } from '../../engine/link/link.ts'
import { newBudget } from '../../engine/telegram/budget.ts'
import {
	frame,
	hexBytes,
	smlEntry,
	smlList,
	smlMessages,
	smlNothing,
	smlOctets,
	smlTransport,
	smlUnsigned,
	u32,
} from '../../test/support/craft.ts'

/**
 * Telegrams as meters go on to send them: `meter` (0 to 99) gives each its own id, `round` its own time, and every value that is not zero another; what is
 * drawn rises. Three lists come in turn: all of a recorded telegram, half of it, and the power alone. Checksums fit.
 */

const LISTS = 3
const digits = (value: number, width: number) => String(value).padStart(width, '0').slice(-width)
const numbered = (value: number, bytes: number) =>
	value
		.toString(16)
		.toUpperCase()
		.padStart(2 * bytes, '0')
		.slice(-2 * bytes)

/** Makes a P1 telegram of one that was recorded. */
export function p1Telegram(first: Uint8Array, meter: number, round: number): Uint8Array {
	const text = Buffer.from(first).toString('latin1')
	const time = (seconds: number) =>
		`${digits(Math.floor(seconds / 3600), 2)}${digits(Math.floor(seconds / 60) % 60, 2)}${digits(seconds % 60, 2)}`
	const kept = [/./, /^(?!1-0:(?:[2-7]\d\.|99)|0-[12]:)/, /^(?!1-0:(?:[2-7]\d\.|99|[12]\.8)|0-[12]:)/][round % LISTS] as RegExp
	const body = text
		.slice(0, text.lastIndexOf('!') + 1)
		.split('\r\n')
		.filter((line) => kept.test(line) || line === '')
		.join('\r\n')
		.replace(/^(0-0:1\.0\.0\(\d{6})\d{6}/m, (_, before: string) => before + time(12 * 3600 + round))
		.replace(/^(0-[01]:96\.1\.[01]\([0-9A-F]{8})[0-9A-F]{8}/gm, (_, before: string) => before + hex(Buffer.from(digits(meter, 4))))
		.replace(/^(0-1:24\.2\.1\(\d{6})\d{6}(W\)\()(\d+)\.(\d+)/m, (_, before: string, between: string, whole: string, part: string) => {
			const hour = Math.floor(round / 300)
			return `${before}${time(12 * 3600 + hour * 300)}${between}${whole}.${digits(Number(part) + hour, part.length)}`
		})
		.replace(
			/^(1-0:\d+)\.(\d)\.(\d\()(\d+)\.(\d+)\*/gm,
			(line: string, code: string, kind: string, tariff: string, whole: string, part: string) => {
				const raw = Number(whole + part)
				if (raw === 0) return line
				const own = digits(raw + (kind === '8' ? round : (round * 7 + meter) % 90), whole.length + part.length)
				return `${code}.${kind}.${tariff}${own.slice(0, whole.length)}.${own.slice(whole.length)}*`
			},
		)
	const crc = crcArc(Buffer.from(body, 'latin1'))
	return new Uint8Array(Buffer.from(`${body}${crc.toString(16).toUpperCase().padStart(4, '0')}\r\n`, 'latin1'))
}

/** The id of a server: the recorded one has 0. */
const serverId = (meter: number) => `0901454D48000041${numbered(0xf045 + meter, 2)}`

/** Makes an SML file of one that was recorded: transactions, server id, seconds, counters, power; the shorter lists are composed of the same codes. */
export function smlTelegram(first: Uint8Array, meter: number, round: number): Uint8Array {
	if (round % LISTS !== 0) {
		const counter = (code: string, value: number) => smlEntry(code, smlUnsigned(value, 8), { unit: 30, scaler: -1 })
		const entries = [
			smlEntry('1-0:16.7.0', smlUnsigned(2000 + ((round * 7 + meter) % 900), 4), { unit: 27, scaler: -1 }),
			...(round % LISTS === 1 ? [counter('1-0:1.8.0', 3_500_000 + round), counter('1-0:1.8.1', 3_400_000 + round)] : []),
		]
		const server = hexBytes(serverId(meter))
		return smlTransport(
			smlMessages(smlList(smlNothing, smlOctets(server), smlNothing, smlNothing, smlList(...entries), smlNothing, smlNothing), server),
		)
	}
	const files = hex(first)
		.replaceAll(serverId(0), serverId(meter))
		.replace(/0700190B4CBE(..)/g, (_, last: string) => `0700190B4CBE${numbered(Number.parseInt(last, 16) + round, 1)}`)
		.replace(/65063F(....)/g, (_, last: string) => `65063F${numbered(Number.parseInt(last, 16) + round, 2)}`)
		.replace(
			/(52FF56)(?!0000000000)(.{10})/g,
			(_, before: string, value: string) => before + numbered(Number.parseInt(value, 16) + round, 5),
		)
		.replace(
			/(52FF55)(.{8})/g,
			(_, before: string, value: string) => before + numbered(Number.parseInt(value, 16) + ((round * 7 + meter) % 900), 4),
		)
	const bytes = hexBytes(files)
	for (const [from, to] of messagesOf(bytes)) bytes.set(low(crcX25(bytes, from, to)), to + 1)
	bytes.set(low(crcX25(bytes, 0, bytes.length - 2)), bytes.length - 2)
	return bytes
}

const low = (crc: number) => [crc & 0xff, crc >> 8]

/** Where the messages of a file are, up to their checksums, each of which is `63`, two bytes and an end of message `00`. */
function messagesOf(bytes: Uint8Array): [number, number][] {
	const text = hex(bytes)
	const begins = [...text.matchAll(/760700190B4CBE/g)].map(({ index }) => index / 2)
	return begins.map((from, place) => {
		const next = begins[place + 1] ?? text.indexOf('1B1B1B1B1A') / 2 - (bytes[bytes.length - 3] as number)
		return [from, next - 4]
	})
}

/** Makes the plaintext of a push of codes and values of one that was recorded. */
export function pushPlaintext(first: Uint8Array, meter: number, round: number): Uint8Array {
	const time = [12, Math.floor(round / 60) % 60, round % 60].map((part) => numbered(part, 1)).join('')
	const whole = hexBytes(
		hex(first)
			.replace(/(07E602150.).{6}/g, (_, date: string) => date + time)
			.replace(
				/(09060100..0[78]0.FF06)(?!00000000)(.{8})/g,
				(_, before: string, value: string) =>
					before + numbered(Number.parseInt(value, 16) + round + (before.includes('0700FF') ? meter : 0), 4),
			),
	)
	return shortened(whole, [1, 0.5, 0.25][round % LISTS] as number)
}

/** A push whose body has only the first part of its values: code, number, scaler and unit each. */
function shortened(plaintext: Uint8Array, part: number): Uint8Array {
	if (part === 1) return plaintext
	const c = cursor(plaintext)
	const body = 6 + (plaintext[5] as number)
	c.at = body
	const nodes = new Nodes()
	axdr(c, newBudget(), nodes)
	const places: number[] = []
	for (let place = 1; place < nodes.count; place = nodes.nexts[place] as number) places.push(place)
	// The meter's clock stands first, without a code; then codes and values in turn.
	const count = 1 + 2 * Math.floor(((places.length - 1) * part) / 2)
	const end = nodes.ends[places[count - 1] as number]
	return concat([
		Uint8Array.from(plaintext.subarray(0, body)),
		Uint8Array.of(0x02, count),
		Uint8Array.from(plaintext.subarray(body + 2, end)),
	])
}

/** Makes an AM550's telegram of one that was recorded, with another number in its id, and another counter. */
export function am550Telegram(first: Uint8Array, meter: number, watthours: number): Uint8Array {
	const [recorded] = hdlc().push(first) as Frame[]
	const id = (number: number) => Uint8Array.from(Buffer.from(`ISK1030783${String(number).padStart(6, '0')}`, 'latin1'))
	const own = replaced(recorded?.payload ?? new Uint8Array(0), id(821_282), id(meter))
	return frame(replaced(own, u32(15_207), u32(watthours)))
}

/** Makes a gPlug's message of one that was recorded: its power moves, its counters rise. */
export function gplugMessage(payload: string, meter: number, round: number): Uint8Array {
	const moved = payload
		.replace(/"SMid":"(\d+)"/, (_, id: string) => `"SMid":"${digits(Number(id) + meter, id.length)}"`)
		.replace(/"Pi":[\d.]+/, `"Pi":${(((round * 7 + meter) % 900) + 100) / 1000}`)
		.replace(/"(E[io]\d?|Q\d)":([\d.]+)/g, (_, key: string, value: string) => `"${key}":${(Number(value) + round / 1000).toFixed(3)}`)
	return new TextEncoder().encode(moved)
}

/** Leaves lines of a P1 telegram out from its end, until it is as long as asked, or a little longer; its checksum is that of the whole. */
export function p1OfLength(first: Uint8Array, length: number): Uint8Array {
	const lines = Buffer.from(first).toString('latin1').split('\r\n')
	const end = lines.splice(lines.findIndex((line) => line.startsWith('!')))
	const sizeOf = (some: string[]) => [...some, ...end].join('\r\n').length
	while (sizeOf(lines.slice(0, -1)) >= length) lines.pop()
	return Uint8Array.from(Buffer.from([...lines, ...end].join('\r\n'), 'latin1'))
}

/** The bytes with one piece, which must stand there once, replaced by another of its length. */
export function replaced(bytes: Uint8Array, piece: Uint8Array, by: Uint8Array): Uint8Array {
	const buffer = Buffer.from(bytes)
	const at = buffer.indexOf(piece)
	if (at < 0 || buffer.indexOf(piece, at + 1) >= 0 || piece.length !== by.length)
		throw new Error('the recording has changed: the piece does not stand there once')
	buffer.set(by, at)
	return Uint8Array.from(buffer)
}
