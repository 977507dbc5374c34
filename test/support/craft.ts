import { createCipheriv } from 'node:crypto'
import { crcArc, crcKermit, crcX25 } from '../../engine/bytes/crc.ts'
import { concat, fromHex, fromLatin1 } from '../../engine/bytes/hex.ts'

/** Telegrams made by hand, for tests and for captures of meters that nobody has recorded in public. */

const bytes = (...values: number[]) => Uint8Array.from(values)
const u16be = (value: number) => bytes(value >> 8, value & 0xff)
const u16le = (value: number) => bytes(value & 0xff, value >> 8)

/** Hex text to bytes; throws for what is none. */
export function hexBytes(text: string): Uint8Array {
	const found = fromHex(text)
	if (!found) throw new Error(`not hex: ${text}`)
	return found
}

/** A-XDR values. */
export const structure = (...items: Uint8Array[]) => concat([bytes(0x02, items.length), ...items])
export const array = (...items: Uint8Array[]) => concat([bytes(0x01, items.length), ...items])
export const u8 = (value: number) => bytes(0x11, value)
export const u16 = (value: number) => concat([bytes(0x12), u16be(value)])
export const u32 = (value: number) => concat([bytes(0x06), u16be(Math.floor(value / 65536)), u16be(value & 0xffff)])
export const i8 = (value: number) => bytes(0x0f, value & 0xff)
export const enumeration = (value: number) => bytes(0x16, value)
export const nothing = bytes(0x00)
export const octets = (content: Uint8Array) => concat([bytes(0x09, content.length), content])
export const text = (content: string) => octets(fromLatin1(content))

/** `1-0:1.7.0` as the six octets of its code. */
export function obisOctets(code: string): Uint8Array {
	const groups = code.split(/[-:.*]/).map(Number)
	return Uint8Array.from([...groups, 255].slice(0, 6))
}

/** A push list: {class, code, value} each, the list's own entry (0-x:25.9.0, class 40) in front. */
export function pushList(setup: string, objects: { classId: number; obis: string; attribute?: number; value: Uint8Array }[]): Uint8Array {
	const descriptor = (classId: number, obis: string, attribute: number) =>
		structure(u16(classId), octets(obisOctets(obis)), i8(attribute), u16(0))
	const descriptors = [descriptor(40, setup, 2), ...objects.map(({ classId, obis, attribute = 2 }) => descriptor(classId, obis, attribute))]
	return structure(array(...descriptors), ...objects.map(({ value }) => value))
}

/** A data-notification with a date-time of 12 octets, or without. */
export function notification(body: Uint8Array, time?: Uint8Array, invokeId = 1): Uint8Array {
	return concat([bytes(0x0f), bytes(0, 0, 0, invokeId), time ? concat([bytes(12), time]) : bytes(0), body])
}

/** The LLC header of a unit from the meter. */
export const llc = bytes(0xe6, 0xe7, 0x00)

/** An APDU in blocks of general-block-transfer, numbered from 1. */
export function blocks(apdu: Uint8Array, size: number): Uint8Array[] {
	const count = Math.ceil(apdu.length / size)
	return Array.from({ length: count }, (_, i) => {
		const part = apdu.subarray(i * size, (i + 1) * size)
		return concat([bytes(0xe0, i === count - 1 ? 0xc0 : 0x40), u16be(i + 1), bytes(0, 0), bytes(part.length), part])
	})
}

/** An HDLC frame. `addresses`: destination and source as hex. */
export function frame(information: Uint8Array, { addresses = 'CEFF03', segmented = false } = {}): Uint8Array {
	const header = concat([hexBytes(addresses), bytes(0x13)])
	const length = 2 + header.length + (information.length > 0 ? 2 + information.length : 0) + 2
	const start = concat([u16be(0xa000 | (segmented ? 0x0800 : 0) | length), header])
	const checked = information.length > 0 ? concat([start, u16le(crcX25(start)), information]) : start
	return concat([bytes(0x7e), checked, u16le(crcX25(checked)), bytes(0x7e)])
}

/** An APDU as the HDLC frames of a meter with general-block-transfer: the LLC header in the first only. */
export function blockFrames(apdu: Uint8Array, size = 120): Uint8Array[] {
	return blocks(apdu, size).map((block, i) => frame(i === 0 ? concat([llc, block]) : block))
}

/** A P1 telegram with its CRC; lines without their ends. */
export function p1Telegram(identification: string, lines: string[]): Uint8Array {
	const body = `/${identification}\r\n\r\n${lines.join('\r\n')}\r\n!`
	const crc = crcArc(fromLatin1(body)).toString(16).toUpperCase().padStart(4, '0')
	return fromLatin1(`${body}${crc}\r\n`)
}

/** An APDU inside general-glo-ciphering with its tag, suite 0 (security control 30). `title`: 8 bytes, or none (Poland). */
export function sealed(plaintext: Uint8Array, encryption: string, authentication: string, title: Uint8Array, counter: number): Uint8Array {
	const control = bytes(0x30)
	const invocation = concat([u16be(Math.floor(counter / 65536)), u16be(counter & 0xffff)])
	const cipher = createCipheriv('aes-128-gcm', hexBytes(encryption), concat([title, invocation]), { authTagLength: 12 })
	cipher.setAAD(concat([control, hexBytes(authentication)]))
	const ciphertext = cipher.update(plaintext)
	cipher.final()
	const content = concat([control, invocation, ciphertext, cipher.getAuthTag()])
	return concat([bytes(0xdb, 8), title, bytes(0x82), u16be(content.length), content])
}

/** SML values: octets, unsigned (1 to 8 bytes), signed of one byte, a list, nothing. */
export const smlOctets = (content: Uint8Array) =>
	content.length < 15
		? concat([bytes(content.length + 1), content])
		: concat([bytes(0x80 | ((content.length + 2) >> 4), (content.length + 2) & 15), content])
export const smlUnsigned = (value: number, size: number) =>
	concat([bytes(0x60 | (size + 1)), Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) & 0xff)])
export const smlSigned = (value: number) => bytes(0x52, value & 0xff)
export const smlList = (...items: Uint8Array[]) => concat([bytes(0x70 | items.length), ...items])
export const smlNothing = bytes(0x01)

/** A GetList response of these entries, between the messages that open and close it, as one SML transport frame. */
export function smlFrame(server: Uint8Array, entries: Uint8Array[], crcOf = crcX25): Uint8Array {
	const content = smlList(smlNothing, smlOctets(server), smlNothing, smlNothing, smlList(...entries), smlNothing, smlNothing)
	return smlTransport(smlMessages(content, server, 0x0701, crcOf), undefined, undefined, crcOf)
}

/** The messages of an SML file with this content of a GetList response (or of another kind of message), each with its checksum, X-25 or `crcOf`. */
export function smlMessages(content: Uint8Array, server: Uint8Array = bytes(0x0a), kind = 0x0701, crcOf = crcX25): Uint8Array {
	const message = (number: number, choice: number, body: Uint8Array) => {
		const head = concat([
			bytes(0x76),
			smlOctets(bytes(0, number)),
			smlUnsigned(0, 1),
			smlUnsigned(0, 1),
			smlList(smlUnsigned(choice, 2), body),
		])
		const crc = crcOf(head)
		return concat([head, smlUnsigned(crcOf === crcX25 ? ((crc & 0xff) << 8) | (crc >> 8) : crc, 2), bytes(0x00)])
	}
	return concat([
		message(1, 0x0101, smlList(smlNothing, smlNothing, smlOctets(bytes(1)), smlOctets(server), smlNothing, smlNothing)),
		message(2, kind, content),
		message(3, 0x0201, smlList(smlNothing)),
	])
}

/** The transport frame of an SML file: fill bytes, CRC. `counted`: the number of fill bytes that it states. */
export function smlTransport(
	messages: Uint8Array,
	fill = (4 - (messages.length % 4)) % 4,
	counted = fill,
	crcOf: typeof crcX25 = crcX25,
): Uint8Array {
	const checked = concat([hexBytes('1B1B1B1B01010101'), messages, new Uint8Array(fill), hexBytes('1B1B1B1B1A'), bytes(counted)])
	return concat([checked, crcOf === crcKermit ? u16be(crcOf(checked)) : u16le(crcOf(checked))])
}

/** One entry of an SML list. */
export function smlEntry(
	obis: string,
	value: Uint8Array,
	{ status = smlNothing, unit = 0, scaler = 0 }: { status?: Uint8Array; unit?: number; scaler?: number } = {},
): Uint8Array {
	const stated = unit === 0 ? [smlNothing, smlNothing] : [smlUnsigned(unit, 1), smlSigned(scaler)]
	return smlList(smlOctets(obisOctets(obis)), status, smlNothing, ...stated, value, smlNothing)
}

/** An M-Bus long frame. */
export function mbusFrame(content: Uint8Array): Uint8Array {
	const sum = content.reduce((total, byte) => (total + byte) & 0xff, 0)
	return concat([bytes(0x68, content.length & 0xff, content.length & 0xff, 0x68), content, bytes(sum, 0x16)])
}
