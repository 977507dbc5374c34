import { crcArc, crcX25 } from '../../engine/bytes/crc.ts'
import { hex } from '../../engine/bytes/hex.ts'
import { hexBytes } from '../../test/support/craft.ts'

/** Telegrams in a row as a meter sends them: each with its own time and power; what is drawn in one tariff rises, checksums fit. */

/** A telegram a second, and a gas meter's counter every five minutes (DSMR 5): 20 minutes. */
const SECONDS = 1200
const GAS = 300

const digits = (value: number, width: number) => String(value).padStart(width, '0').slice(-width)

/** A P1 telegram as its meter goes on to send it. */
export function p1Telegrams(first: Uint8Array): Uint8Array[] {
	const text = Buffer.from(first).toString('latin1')
	return Array.from({ length: SECONDS }, (_, second) => {
		const time = (seconds: number) =>
			`${digits(Math.floor(seconds / 3600), 2)}${digits(Math.floor(seconds / 60) % 60, 2)}${digits(seconds % 60, 2)}`
		const gas = Math.floor(second / GAS)
		const body = text
			.slice(0, text.lastIndexOf('!') + 1)
			.replace(/^(0-0:1\.0\.0\(\d{6})\d{6}/m, (_, before: string) => before + time(12 * 3600 + second))
			.replace(/^(0-1:24\.2\.1\(\d{6})\d{6}(W\)\()(\d+)\.(\d+)/m, (_, before: string, between: string, whole: string, part: string) => {
				return `${before}${time(12 * 3600 + gas * GAS)}${between}${whole}.${digits(Number(part) + gas, part.length)}`
			})
			.replace(/^(1-0:\d+)\.(\d)\.(\d\()(\d+)\.(\d+)\*/gm, (_, code: string, kind: string, tariff: string, whole: string, part: string) => {
				const own = digits(
					Number(whole + part) + (kind !== '8' ? (second * 7) % 90 : code === '1-0:1' && tariff === '1(' ? second : 0),
					whole.length + part.length,
				)
				return `${code}.${kind}.${tariff}${own.slice(0, whole.length)}.${own.slice(whole.length)}*`
			})
		const crc = crcArc(Buffer.from(body, 'latin1'))
		return new Uint8Array(Buffer.from(`${body}${crc.toString(16).toUpperCase().padStart(4, '0')}\r\n`, 'latin1'))
	})
}

/** An SML file as its meter goes on to send it: transactions, seconds, counters, power. */
export function smlTelegrams(first: Uint8Array): Uint8Array[] {
	const text = hex(first)
	const numbered = (value: number, bytes: number) =>
		value
			.toString(16)
			.toUpperCase()
			.padStart(2 * bytes, '0')
	return Array.from({ length: SECONDS }, (_, second) => {
		const files = text
			.replace(/0700190B4CBE(..)/g, (_, last: string) => `0700190B4CBE${numbered((Number.parseInt(last, 16) + second) & 0xff, 1)}`)
			.replace(/65063F(....)/g, (_, last: string) => `65063F${numbered((Number.parseInt(last, 16) + second) & 0xffff, 2)}`)
			.replace(
				/(52FF56)(?!0000000000)(.{10})/g,
				(_, before: string, value: string) => before + numbered(Number.parseInt(value, 16) + second, 5),
			)
			.replace(
				/(52FF55)(.{8})/g,
				(_, before: string, value: string) => before + numbered(Number.parseInt(value, 16) + ((second * 7) % 900), 4),
			)
		const bytes = hexBytes(files)
		for (const [from, to] of messagesOf(bytes)) bytes.set(low(crcX25(bytes, from, to)), to + 1)
		bytes.set(low(crcX25(bytes, 0, bytes.length - 2)), bytes.length - 2)
		return bytes
	})
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

/** The plaintext of a push of codes and values as its meter goes on to send it. */
export function pushPlaintext(first: Uint8Array, second: number): Uint8Array {
	const text = hex(first)
	const time = (value: number) =>
		[12, Math.floor(value / 60) % 60, value % 60].map((part) => part.toString(16).toUpperCase().padStart(2, '0')).join('')
	return hexBytes(
		text
			.replace(/(07E602150.).{6}/g, (_, date: string) => date + time(second))
			.replace(
				// What is zero stays it; the counters of the second tariff, and of what is given back, stand still.
				/(09060100(?:01|03)0.0[01]FF06)(?!00000000)(.{8})/g,
				(_, before: string, value: string) => before + (Number.parseInt(value, 16) + second).toString(16).toUpperCase().padStart(8, '0'),
			),
	)
}
