import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import type { Transport } from '../../schema/types/profile.ts'
import { open } from '../application/cipher.ts'
import { crcArc, crcX25 } from '../bytes/crc.ts'
import { cursor } from '../bytes/cursor.ts'
import { concat, fromHex, fromLatin1, hex, latin1 } from '../bytes/hex.ts'
import { plainDecoder } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import { links } from '../decode/registry.ts'
import { hdlcNotes } from '../link/hdlc.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'

/** Published for testing: whoever reads an anonymized recording may have them. The key of the DLMS Green Book's examples. */
const TEST_KEYS = { encryption: '000102030405060708090A0B0C0D0E0F', authentication: 'D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF' }

/** How the telegrams of a recording are ciphered; undefined when they are not. */
type Sealed = 'encrypted' | 'authenticated' | undefined

export type Recording = { header: CaptureHeader; lines: CaptureLine[] }

/**
 * A recording without what names the household: meter ids and system titles are replaced, each by the same one everywhere, and checksums are made right
 * again. Ciphered telegrams are opened with the meter's keys and closed with the published test keys. Bytes and frames that belong to no whole
 * telegram are left out: nobody knows what is in them. Recordings with the same `salt` get the same ids. Gives in words why it cannot be done.
 */
export function anonymize({ header, lines }: Recording, keys: Keys, salt = randomBytes(16).toString('hex')): Recording | string {
	const bytes = concat(lines.flatMap((line) => ('hex' in line ? [fromHex(line.hex) ?? new Uint8Array(0)] : [])))
	const replace = replacer(idsIn(bytes, header, lines, keys), salt)
	const named = { ...header, ...(JSON.parse(replace.text(JSON.stringify(header))) as CaptureHeader), note: NOTE }
	const messages = lines.flatMap((line): CaptureLine[] =>
		'topic' in line ? [{ ...line, topic: replace.text(line.topic), payload: replace.text(line.payload) }] : [],
	)
	if (bytes.length === 0) return { header: named, lines: messages }
	const link = detect([bytes], keys)?.link
	if (link !== 'hdlc' && link !== 'p1') return 'only HDLC frames, P1 telegrams and messages can be anonymized'
	const all = openFrames(bytes, link)
	const whole = wholeTelegrams(all, link, keys)
	// Without one, the frames are tried only to say why none can be read.
	const frames = whole.length > 0 ? whole : all
	const made =
		link === 'p1' ? { frames: frames.map((frame) => p1Frame(frame, replace)), sealed: undefined } : hdlcFrames(frames, replace, keys)
	if (typeof made === 'string') return made
	if (whole.length === 0) return 'it holds no whole telegram, and only those can be searched for ids'
	const times = timesOf(lines)
	return {
		header: {
			...named,
			...(made.sealed && { testKeys: made.sealed === 'authenticated' ? TEST_KEYS : { encryption: TEST_KEYS.encryption } }),
		},
		lines: [...made.frames.map((part, place) => ({ t: times[Math.min(place, times.length - 1)] ?? 0, hex: hex(part) })), ...messages],
	}
}

const NOTE = 'Anonymized: ids and system titles are replaced, checksums made right again; times are those of the pieces as they came.'

const timesOf = (lines: CaptureLine[]) => lines.flatMap((line) => ('hex' in line ? [line.t] : []))

function openFrames(bytes: Uint8Array, link: 'hdlc' | 'p1'): Uint8Array[] {
	const reader = links[link].open()
	return [...reader.push(bytes), ...reader.idle()].flatMap((event) => (event.kind === 'frame' ? [event.bytes] : []))
}

const protocolOf = (link: 'hdlc' | 'p1') => ({ link, application: link === 'p1' ? ('p1' as const) : ('dlms' as const) })

/** A general block transfer of more frames is nothing that a meter pushes. */
const MAX_FRAMES = 64

/** The frames that make up telegrams, without those between them: what begins in mid-telegram is never looked into. */
function wholeTelegrams(frames: Uint8Array[], link: 'hdlc' | 'p1', keys: Keys): Uint8Array[] {
	const reader = plainDecoder(protocolOf(link), keys)
	let group: Uint8Array[] = []
	return frames.flatMap((frame) => {
		group = [...group, frame].slice(-MAX_FRAMES)
		if (!reader.push(frame).some((item) => 'telegram' in item)) return []
		const from = group.findIndex((_, first) => isWhole(group.slice(first), link, keys))
		const found = from < 0 ? [] : group.slice(from)
		group = []
		return found
	})
}

/** Whether frames on their own give telegrams, and nothing else. */
function isWhole(frames: Uint8Array[], link: 'hdlc' | 'p1', keys: Keys): boolean {
	const reader = plainDecoder(protocolOf(link), keys)
	const items = [...reader.push(concat(frames)), ...reader.idle()]
	return items.length > 0 && items.every((item) => 'telegram' in item)
}

/** Every text that names a meter: ids of telegrams and sub-meters, system titles (as hex), levels of topics that look like ids. */
function idsIn(bytes: Uint8Array, header: CaptureHeader, lines: CaptureLine[], keys: Keys) {
	const [texts, titles, macs] = [new Set<string>(), new Set<string>(), new Set<string>()]
	const detected = detect([bytes], keys)
	if (detected) {
		const reader = plainDecoder(detected, keys)
		const telegrams = [...reader.push(bytes), ...reader.idle()].flatMap((item): Telegram[] => ('telegram' in item ? [item.telegram] : []))
		for (const { meterId, registers, sequence, systemTitle } of telegrams) {
			if (meterId !== undefined) texts.add(meterId)
			if (systemTitle !== undefined) titles.add(systemTitle)
			for (const { obis, value } of registers) if (ID_CODE.test(obis) && value.kind === 'text') texts.add(value.text)
			for (const value of sequence) if (value.kind === 'text' && LIKE_ID.test(value.text)) texts.add(value.text)
		}
	}
	const words = [
		header.meter,
		String((header.transport as Transport | undefined)?.topic ?? ''),
		...lines.flatMap((line) => ('topic' in line ? [line.topic, line.payload] : [])),
	]
	for (const text of words) {
		for (const word of text.match(/[A-Za-z0-9]+/g) ?? []) if (LIKE_ID.test(word)) texts.add(word)
		for (const [mac] of text.matchAll(MAC)) macs.add(mac)
	}
	return { texts: new Set([...texts].filter((text) => /\d{3}/.test(text))), titles, macs }
}

const ID_CODE = /^(?:\d+-\d+:(?:96\.1\.\d|42\.0\.0|0\.0\.\d))$/
/** Three letters and many digits, or eight digits and more: what meters are called. */
const LIKE_ID = /^(?:[A-Z]{3}\d{8,}|\d{8,9}|\d{11,})$/

/** An adapter's hardware address, with or without colons. */
const MAC = /\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b|\b(?=\d*[A-Fa-f])[0-9A-Fa-f]{12}\b/g

type Replacer = { text(text: string): string; bytes(bytes: Uint8Array): Uint8Array }

/** Replaces digits by others, letters stay: the same text gives the same everywhere; also where P1 writes it as hex. */
function replacer({ texts, titles, macs }: ReturnType<typeof idsIn>, salt: string): Replacer {
	const pairs = [...texts].flatMap((text) => {
		const other = pseudonym(text, salt)
		return [
			[text, other],
			[hex(fromLatin1(text)), hex(fromLatin1(other))],
		] as [string, string][]
	})
	for (const title of titles) pairs.push([latin1(fromHex(title) ?? new Uint8Array(0)), latin1(otherTitle(title, salt))])
	for (const mac of macs) pairs.push([mac, otherMac(mac, salt)])
	// The longer first: an id may hold another.
	pairs.sort((one, other) => other[0].length - one[0].length)
	const text = (before: string) => pairs.reduce((now, [from, to]) => now.replaceAll(from, to), before)
	return { text, bytes: (before) => fromLatin1(text(latin1(before))) }
}

function pseudonym(text: string, salt: string): string {
	const digest = createHash('sha256')
		.update(salt + text)
		.digest()
	return text.replace(/\d/g, (_, place: number) => String((digest[place % digest.length] ?? 0) % 10))
}

function otherMac(mac: string, salt: string): string {
	const digest = createHash('sha256')
		.update(salt + mac)
		.digest('hex')
	return mac.replace(/[0-9A-Fa-f]/g, (digit, place: number) => (/[a-f]/.test(digit) ? digest[place] : digest[place]?.toUpperCase()) ?? '0')
}

/** The maker's three letters stay, the number behind them does not. */
function otherTitle(title: string, salt: string): Uint8Array {
	const bytes = fromHex(title) ?? new Uint8Array(8)
	return concat([
		bytes.subarray(0, 3),
		createHash('sha256')
			.update(salt + title)
			.digest()
			.subarray(0, bytes.length - 3),
	])
}

function p1Frame(frame: Uint8Array, replace: Replacer): Uint8Array {
	const [, body = '', crc = '', end = ''] = /^([\s\S]*!)([0-9A-Fa-f]*)([\s\S]*)$/.exec(replace.text(latin1(frame))) ?? []
	return fromLatin1(body + (crc === '' ? '' : crcArc(fromLatin1(body)).toString(16).toUpperCase().padStart(4, '0')) + end)
}

/** The frames with what they carry replaced. An id may lie across two blocks: all that they carry is looked at as one. */
function hdlcFrames(frames: Uint8Array[], replace: Replacer, keys: Keys): { frames: Uint8Array[]; sealed: Sealed } | string {
	const made = frames.map((frame) => Uint8Array.from(frame))
	const spans = made.flatMap((frame) =>
		hdlcNotes(frame)
			.filter(({ text }) => text === 'information')
			.map(({ at, length }) => carried(frame, at, length)),
	)
	const content = concat(spans.map(({ frame, at, length }) => frame.slice(at, at + length)))
	const changed = resealed(replace, content, keys)
	if (typeof changed === 'string') return changed
	let place = 0
	for (const { frame, at, length } of spans) {
		frame.set(changed.content.subarray(place, place + length), at)
		place += length
	}
	for (const frame of made) repair(frame)
	return { frames: made, sealed: changed.sealed }
}

/** Where the data of an information field lie: behind the LLC header, and the header of a block. */
function carried(frame: Uint8Array, at: number, length: number): { frame: Uint8Array; at: number; length: number } {
	let start = at
	if (frame[start] === 0xe6) start += 3
	if (frame[start] === 0xe0) start += (frame[start + 6] ?? 0) > 0x80 ? 7 + ((frame[start + 6] ?? 0) & 0x7f) : 7
	return { frame, at: start, length: at + length - start }
}

/** Replaces ids; ciphered APDUs are opened first and closed with the test keys. */
function resealed(replace: Replacer, content: Uint8Array, keys: Keys): { content: Uint8Array; sealed: Sealed } | string {
	const made = Uint8Array.from(content)
	let sealed: Sealed
	for (let at = 0; at < content.length; at++) {
		if (content[at] !== 0xdb || content[at + 1] !== 0x08) continue
		const c = cursor(content.subarray(at + 1))
		const opened = open(c, { keys, authentication: 'optional' })
		if (opened.kind === 'rejected') {
			if (opened.reason === 'nokey')
				return 'ciphered telegrams are anonymized with their key only: record from a config that has it (--config, --meter)'
			if (opened.reason === 'length') continue
			return `a ciphered telegram cannot be opened: ${opened.detail}`
		}
		made.set(seal(replace, content.subarray(at, at + 1 + c.at), opened.plaintext), at)
		sealed = opened.tagged ? 'authenticated' : 'encrypted'
		at += c.at
	}
	return sealed ? { content: made, sealed } : { content: replace.bytes(content), sealed }
}

function seal(replace: Replacer, apdu: Uint8Array, plaintext: Uint8Array): Uint8Array {
	const made = Uint8Array.from(apdu)
	const title = replace.bytes(apdu.subarray(2, 10))
	made.set(title, 2)
	const first = apdu[10] ?? 0
	const inside = 11 + (first > 0x80 ? first & 0x7f : 0)
	const control = apdu[inside] ?? 0
	const [key, authentication] = [fromHex(TEST_KEYS.encryption), fromHex(TEST_KEYS.authentication)]
	if (!key || !authentication) return made
	const cipher = createCipheriv('aes-128-gcm', key, concat([title, apdu.subarray(inside + 1, inside + 5)]), { authTagLength: 12 })
	cipher.setAAD(concat([Uint8Array.of(control), authentication]))
	made.set(cipher.update(replace.bytes(plaintext)), inside + 5)
	cipher.final()
	if (control & 0x10) made.set(cipher.getAuthTag(), apdu.length - 12)
	return made
}

/** Makes HCS and FCS of a frame's bytes right. */
function repair(bytes: Uint8Array): void {
	let start = 0
	for (const { at, text } of hdlcNotes(bytes)) {
		if (text.startsWith('format')) start = at
		if (!text.includes('check sequence')) continue
		const crc = crcX25(bytes.subarray(start, at))
		bytes[at] = crc & 0xff
		bytes[at + 1] = crc >> 8
	}
}
