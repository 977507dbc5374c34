import { createHash, randomBytes } from 'node:crypto'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import type { Transport } from '../../schema/types/profile.ts'
import { concat, fromHex, hex, latin1 } from '../bytes/hex.ts'
import type { Protocol } from '../decode/decoder.ts'
import { detect } from '../decode/detect.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import { dlmsFrames, otherTitle, type Sealed, TEST_KEYS } from './anonymize/dlms.ts'
import { type OpenFrame, openFrames, telegramsIn, wholeTelegrams } from './anonymize/frames.ts'
import { iecFrame, iecIds } from './anonymize/iec62056-21.ts'
import { mbusFrame, mbusIds } from './anonymize/mbus.ts'
import { isCut, jsonIds } from './anonymize/messages.ts'
import { p1Frame } from './anonymize/p1.ts'
import { Pseudonyms } from './anonymize/pseudonyms.ts'
import { isSame } from './anonymize/same.ts'
import { smlFrame, smlIds } from './anonymize/sml.ts'

export type Recording = { header: CaptureHeader; lines: CaptureLine[] }

/** Takes note of the ids of a frame, and gives it with others in their place. */
type Dialect = { ids(frame: OpenFrame, ids: Pseudonyms): void; frame(frame: OpenFrame, ids: Pseudonyms): Uint8Array }

/** Dialects whose frames are replaced one by one, by link layer and application. Their ids are looked for where they stand. */
const DIALECTS: Record<string, Dialect> = {
	'sml sml': { ids: smlIds, frame: smlFrame },
	'mbus mbus': { ids: mbusIds, frame: mbusFrame },
	'iec62056-21 iec62056-21': { ids: iecIds, frame: iecFrame },
	// The general search has found them.
	'p1 p1': { ids: () => undefined, frame: p1Frame },
}

/**
 * A recording without what names the household: ids of meters and servers, numbers of fabrication, owners and system titles are replaced, each by the same one everywhere, keys and signatures
 * by nothing of meaning, and checksums are made right again. Ciphered DLMS telegrams are opened with the meter's keys and closed with the published test keys. Bytes, frames and messages that belong to no whole
 * telegram are left out: nobody knows what is in them. Recordings with the same `salt` get the same ids. `names`: what names a meter in messages besides, as their profile says. Gives in words why it cannot be done.
 */
export function anonymize(
	{ header, lines: all }: Recording,
	keys: Keys,
	salt = randomBytes(16).toString('hex'),
	names: readonly string[] = [],
): Recording | string {
	const lines = all.filter((line) => 'hex' in line || !isCut(line.payload))
	const bytes = concat(lines.flatMap((line) => ('hex' in line ? [fromHex(line.hex) ?? new Uint8Array(0)] : [])))
	const protocol = bytes.length === 0 ? undefined : detect([bytes], keys)
	const ids = new Pseudonyms(salt)
	if (protocol) telegramIds(telegramsIn(bytes, protocol, keys), protocol, ids, salt)
	messageIds(header, lines, ids, salt)
	if (lines.some((line) => 'topic' in line)) for (const name of names) if (isName(name)) ids.text(name)
	const made = bytes.length === 0 ? { frames: [], sealed: undefined } : framesOf(bytes, protocol, ids, keys)
	if (typeof made === 'string') return made
	const named = { ...header, ...(JSON.parse(ids.replaced(JSON.stringify(header))) as CaptureHeader), note: NOTE }
	const messages = lines.flatMap((line): CaptureLine[] =>
		'topic' in line ? [{ ...line, topic: ids.replaced(line.topic), payload: ids.replaced(line.payload) }] : [],
	)
	const times = lines.flatMap((line) => ('hex' in line ? [line.t] : []))
	return {
		header: {
			...named,
			...(made.sealed && { testKeys: made.sealed === 'authenticated' ? TEST_KEYS : { encryption: TEST_KEYS.encryption } }),
		},
		lines: [...made.frames.map((part, place) => ({ t: times[Math.min(place, times.length - 1)] ?? 0, hex: hex(part) })), ...messages],
	}
}

const NOTE = 'Anonymized: ids and system titles are replaced, checksums made right again; times are those of the pieces as they came.'

/** Replaces the frames of a recording; gives in words why it cannot be done. */
function framesOf(
	bytes: Uint8Array,
	protocol: Protocol | undefined,
	ids: Pseudonyms,
	keys: Keys,
): { frames: Uint8Array[]; sealed: Sealed } | string {
	const dialect = protocol && DIALECTS[`${protocol.link} ${protocol.application}`]
	const dlms =
		protocol?.application === 'dlms' && (protocol.link === 'hdlc' || protocol.link === 'mbus')
			? (protocol.link as 'hdlc' | 'mbus')
			: undefined
	if (!protocol || (!dialect && !dlms))
		return 'only frames of HDLC, M-Bus and SML, P1 telegrams, readouts of IEC 62056-21 and messages can be anonymized'
	const all = openFrames(bytes, protocol.link)
	const whole = wholeTelegrams(all, protocol, keys)
	// Without one, the frames are tried only to say why none can be read.
	const frames = whole.length > 0 ? whole : all
	for (const frame of frames) dialect?.ids(frame, ids)
	const made = dialect
		? { frames: frames.map((frame) => dialect.frame(frame, ids)), sealed: undefined }
		: dlmsFrames(frames, dlms ?? 'hdlc', ids, keys)
	if (typeof made === 'string') return made
	if (whole.length === 0)
		return protocol.application === 'mbus'
			? 'it holds no whole M-Bus telegram that can be read (encrypted records cannot), and only those can be searched for ids'
			: 'it holds no whole telegram, and only those can be searched for ids'
	// A number that is an id may be a value elsewhere.
	const before = telegramsIn(concat(whole.map((frame) => frame.bytes)), protocol, keys)
	const isKept = made.sealed !== undefined || isSame(before, telegramsIn(concat(made.frames), protocol, keys))
	if (!isKept) return 'with its ids replaced it would not say the same: a value of it looks like an id'
	return made
}

/** Takes note of what names a meter in telegrams: ids of meters and sub-meters, and system titles (as hex). */
function telegramIds(telegrams: Telegram[], { application }: Protocol, ids: Pseudonyms, salt: string): void {
	for (const { meterId, registers, sequence, systemTitle } of telegrams) {
		if (systemTitle !== undefined) ids.pair(latin1(fromHex(systemTitle) ?? new Uint8Array(0)), latin1(otherTitle(systemTitle, salt)))
		// These stand in bytes, or where a code says so: short ones are not looked for everywhere.
		if (application === 'sml' || application === 'mbus' || application === 'iec62056-21') continue
		const texts = [meterId ?? '']
		for (const { obis, value } of registers) if (ID_CODE.test(obis) && value.kind === 'text') texts.push(value.text)
		for (const value of sequence) if (value.kind === 'text' && LIKE_ID.test(value.text)) texts.push(value.text)
		for (const text of texts) if (/\d{3}/.test(text)) ids.text(text)
	}
}

/** Takes note of what names a meter or an adapter in messages and in a recording's header. */
function messageIds(header: CaptureHeader, lines: CaptureLine[], ids: Pseudonyms, salt: string): void {
	const words = [
		header.meter,
		String((header.transport as Transport | undefined)?.topic ?? ''),
		...lines.flatMap((line) => ('topic' in line ? [line.topic, line.payload] : [])),
	]
	const codes = new Set(lines.flatMap((line) => ('topic' in line ? jsonIds(line.payload, ids) : [])))
	for (const text of words) {
		for (const [word] of text.matchAll(WORD)) if (LIKE_ID.test(word)) ids.text(word)
		for (const [mac] of text.matchAll(MAC)) if (!codes.has(mac)) ids.pair(mac, otherMac(mac, salt))
	}
}

const ID_CODE = /^(?:\d+-\d+:(?:96\.1\.\d|42\.0\.0|0\.0\.\d))$/
/** Three letters and many digits, or eight digits and more: what meters are called. Ten that begin with 1 are a time (2001 to 2033). */
const LIKE_ID = /^(?:[A-Z]{3}\d{8,}|\d{8,9}|[02-9]\d{9}|\d{11,})$/

/** A word that is not the fraction of a number. */
const WORD = /(?<![A-Za-z0-9]|\d\.)[A-Za-z0-9]+/g
/** Whether a text may stand for a device everywhere: with letters, two digits and more; a number alone could be a value where it is short. */
const isName = (text: string) => text.length >= 4 && text.length <= 64 && (/^\d+$/.test(text) ? text.length >= 6 : /\d.*\d/.test(text))

/** An adapter's hardware address, with or without colons. */
const MAC = /\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b|\b(?=\d*[A-Fa-f])[0-9A-Fa-f]{12}\b/g

function otherMac(mac: string, salt: string): string {
	const digest = createHash('sha256')
		.update(salt + mac)
		.digest('hex')
	return mac.replace(/[0-9A-Fa-f]/g, (digit, place: number) => (/[a-f]/.test(digit) ? digest[place] : digest[place]?.toUpperCase()) ?? '0')
}
