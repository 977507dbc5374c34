import { crcKermit, crcX25 } from '../../bytes/crc.ts'
import { concat, hex, latin1, printable } from '../../bytes/hex.ts'
import type { OpenFrame } from './frames.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** A value with its place: `from` is where its content begins, `at` its length field. */
type Item = { kind: 'octets' | 'number' | 'list' | 'other'; at: number; from: number; end: number; items: Item[] }

const [OPEN, GET_LIST, CLOSE] = ['0101', '0701', '0201']
/** Codes under which ids stand: A-B:0.0.x, A-B:42.0.0, A-B:96.1.x. */
const ID_CODE = /^.{4}(?:0000|2A00|6001)/
const LIKE_ID = /^(?:[A-Z]{3}\d{8,}|\d{8,})$/
/** Octets of a key or a signature, and the least of an id. */
const [SECRET, LEAST_ID] = [16, 5]
const [ESCAPE, BEGIN] = [Uint8Array.of(0x1b, 0x1b, 0x1b, 0x1b), Uint8Array.of(0x1b, 0x1b, 0x1b, 0x1b, 1, 1, 1, 1)]

/** Takes note of the ids of an SML file. */
export function smlIds({ payload }: OpenFrame, ids: Pseudonyms): void {
	for (const message of messagesIn(payload)) replaceIn(Uint8Array.from(payload), message, ids)
}

/** Gives the frame with server and client ids, device numbers, public keys and signatures replaced, the checksums of its messages and its own right. */
export function smlFrame({ bytes, payload }: OpenFrame, ids: Pseudonyms): Uint8Array {
	const fills = bytes[bytes.length - 3] ?? 0
	const parts: Uint8Array[] = []
	let at = 0
	for (const message of messagesIn(payload)) {
		parts.push(payload.subarray(at, message.at), rewritten(payload, message, ids))
		at = message.end
	}
	parts.push(payload.subarray(at))
	let content = concat(parts)
	let filled = fills
	if (content.length !== payload.length) {
		const bare = content.subarray(0, content.length - fills)
		filled = (4 - (bare.length % 4)) % 4
		content = concat([bare, new Uint8Array(filled)])
	}
	const made = concat([BEGIN, escaped(content), ESCAPE, Uint8Array.of(0x1a, filled)])
	const end = bytes.length - 2
	const isKermit = crcX25(bytes, 0, end) !== ((bytes[end] ?? 0) | ((bytes[end + 1] ?? 0) << 8))
	const crc = isKermit ? crcKermit(made, 0, made.length) : swapped(crcX25(made, 0, made.length))
	return concat([made, Uint8Array.of(crc >> 8, crc & 0xff)])
}

const swapped = (crc: number) => ((crc & 0xff) << 8) | (crc >> 8)

/** The messages of a file: lists of 6. What stands between them are fill bytes. */
function messagesIn(payload: Uint8Array): Item[] {
	const messages: Item[] = []
	for (let at = 0; at < payload.length; ) {
		if (payload[at] === 0) {
			at++
			continue
		}
		const message = itemAt(payload, at)
		if (message.kind !== 'list' || message.items.length !== 6 || message.end <= at) break
		messages.push(message)
		at = message.end
	}
	return messages
}

function itemAt(bytes: Uint8Array, at: number): Item {
	let from = at
	let byte = bytes[from++] ?? 0
	const type = (byte & 0x70) >> 4
	let length = byte & 0x0f
	while (byte & 0x80 && from < bytes.length) {
		byte = bytes[from++] ?? 0
		length = length * 16 + (byte & 0x0f)
	}
	const items: Item[] = []
	if (type !== 7) {
		const kind = type === 0 ? 'octets' : type === 5 || type === 6 ? 'number' : 'other'
		// The end of a message counts no byte of its own.
		return { kind, at, from, end: Math.max(at + length, from), items }
	}
	let end = from
	for (let place = 0; place < length && end < bytes.length; place++) {
		const item = itemAt(bytes, end)
		items.push(item)
		end = item.end
	}
	return { kind: 'list', at, from, end, items }
}

function rewritten(payload: Uint8Array, message: Item, ids: Pseudonyms): Uint8Array {
	const [, , , body, sent] = message.items
	if (!body || !sent) return payload.subarray(message.at, message.end)
	const made = Uint8Array.from(payload)
	replaceIn(made, message, ids)
	const content = ids.bytes(made.subarray(message.at, sent.at))
	const number = Number.parseInt(hex(payload, sent.from, sent.end), 16)
	const isKermit = number === crcKermit(payload, message.at, sent.at)
	const crc = isKermit ? crcKermit(content, 0, content.length) : swapped(crcX25(content, 0, content.length))
	return concat([content, Uint8Array.of(0x63, crc >> 8, crc & 0xff), payload.subarray(sent.end, message.end)])
}

/** Replaces the ids of a message in the bytes of its file. */
function replaceIn(bytes: Uint8Array, message: Item, ids: Pseudonyms): void {
	const [choice, content] = message.items[3]?.items ?? []
	if (!choice || !content) return
	const kind = hex(bytes, choice.from, choice.end).padStart(4, '0').slice(-4)
	const { items } = content
	if (kind === OPEN) for (const place of [1, 3]) replaceId(bytes, items[place], ids)
	if (kind === CLOSE) replaceSecret(bytes, items[0], ids)
	if (kind !== GET_LIST) return
	for (const place of [0, 1]) replaceId(bytes, items[place], ids)
	replaceSecret(bytes, items[5], ids)
	for (const entry of items[4]?.items ?? []) replaceEntry(bytes, entry, ids)
}

// list of 7: object name, status, time, unit, scaler, value, signature
function replaceEntry(bytes: Uint8Array, { items }: Item, ids: Pseudonyms): void {
	const [name, , , , , value, signature] = items
	replaceSecret(bytes, signature, ids)
	if (!name || !value) return
	const isId = ID_CODE.test(hex(bytes, name.from, name.end))
	if (value.kind === 'number' && isId) replaceNumber(bytes, value, ids)
	if (value.kind !== 'octets') return
	const octets = bytes.slice(value.from, value.end)
	// Others that are printable are names of makers and versions.
	if (printable(octets) ? isId || LIKE_ID.test(latin1(octets)) : isId || (octets.length >= LEAST_ID && octets.length < SECRET))
		replaceId(bytes, value, ids)
	else if (octets.length >= SECRET && !printable(octets)) replaceSecret(bytes, value, ids)
}

function replaceId(bytes: Uint8Array, item: Item | undefined, ids: Pseudonyms): void {
	if (item?.kind === 'octets' && item.end - item.from >= LEAST_ID) bytes.set(ids.octets(bytes.slice(item.from, item.end)), item.from)
}

function replaceSecret(bytes: Uint8Array, item: Item | undefined, ids: Pseudonyms): void {
	if (item?.kind === 'octets' && item.end > item.from) bytes.set(ids.opaque(bytes.slice(item.from, item.end)), item.from)
}

function replaceNumber(bytes: Uint8Array, { from, end }: Item, ids: Pseudonyms): void {
	const other = BigInt(ids.text(BigInt(`0x${hex(bytes, from, end)}`).toString()))
	for (let [at, rest] = [end - 1, other]; at >= from; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn)
}

/** Doubles escape sequences within the messages. */
function escaped(content: Uint8Array): Uint8Array {
	const parts: Uint8Array[] = []
	let from = 0
	for (let at = 0; at + 4 <= content.length; at++) {
		if (!content.subarray(at, at + 4).every((byte) => byte === 0x1b)) continue
		parts.push(content.subarray(from, at + 4), ESCAPE)
		from = at + 4
		at += 3
	}
	return concat([...parts, content.subarray(from)])
}
