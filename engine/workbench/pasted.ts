import type { SourceGiven } from '../../schema/types/api.ts'
import type { CaptureLine } from '../../schema/types/capture.ts'
import { fromHex, fromLatin1, hex } from '../bytes/hex.ts'
import { keysFrom } from '../config/given-keys.ts'
import { testKeys } from '../pipeline/replay.ts'
import { visible } from '../text/visible.ts'
import { parseCapture } from '../transport/capture.ts'
import { because, type Refused, refused } from './refusal.ts'
import type { Telegrams } from './task.ts'

type Pasted = Extract<SourceGiven, { text: string }>

/** Milliseconds between telegrams that were pasted, which are so many silences, and between messages: those of one telegram come together. */
const [APART, TOGETHER] = [5000, 100]
/** Lines of the longest recording that is looked at. */
const MAX_LINES = 20_000

/**
 * Reads what a person has pasted, or opened from a file: a recording, hex (telegrams apart by an empty line), base64, JSON of an adapter, `topic message` a line, or a
 * telegram as text. Refuses what is none of these, and keys of a wrong form.
 */
export function telegramsIn({ text, name = 'the text', topic = '', keys: given = {} }: Pasted): Telegrams | Refused {
	const keys = keysFrom(given)
	if ('code' in keys) return because('invalid', keys)
	const isPrivate = Object.keys(keys).length > 0
	const plain = text.replace(/^\uFEFF/, '')
	if (plain.trim() === '')
		return refused('invalid', 'source-empty', 'There is no telegram in it.', {
			hint: 'Paste hex digits, base64, text, JSON or a recording.',
		})
	if (/^\s*\{\s*"capture"\s*:/.test(plain.slice(0, 200))) return recorded(name, plain, { keys, isPrivate })
	const lines = messagesIn(plain, topic) ?? piecesIn(plain)
	return lines.length > MAX_LINES ? tooMany(lines.length) : { lines, keys, isPrivate }
}

function recorded(name: string, text: string, { keys, isPrivate }: Pick<Telegrams, 'keys' | 'isPrivate'>): Telegrams | Refused {
	try {
		const capture = parseCapture(visible(name, 100), text)
		const { header, lines } = capture
		return lines.length > MAX_LINES ? tooMany(lines.length) : { header, lines, keys: { ...testKeys(capture), ...keys }, isPrivate }
	} catch (error) {
		return refused('invalid', 'source-recording', visible(`${(error as Error).message}.`))
	}
}

const tooMany = (count: number) =>
	refused('invalid', 'source-long', `It has ${count} lines: ${MAX_LINES} are looked at.`, { hint: 'Cut it: some telegrams show all.' })

/** Messages of an adapter: one document, one a line, or each behind its topic as mosquitto_sub -v prints them. Undefined for all else. */
function messagesIn(text: string, topic: string): CaptureLine[] | undefined {
	if (isJson(text)) return [{ t: 0, topic, payload: text.trim() }]
	const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '')
	if (rows.every(isJson)) return rows.map((payload, place) => ({ t: place * TOGETHER, topic, payload }))
	const named = rows.map((row) => /^(\S*[a-zA-Z_-]\S*\/\S+) (.+)$/.exec(row))
	if (!named.every((row) => row !== null)) return topic === '' ? undefined : [{ t: 0, topic, payload: text }]
	return named.map(([, where = '', payload = ''], place) => ({ t: place * TOGETHER, topic: where, payload }))
}

function isJson(text: string): boolean {
	if (!/^\s*[[{]/.test(text)) return false
	try {
		return typeof JSON.parse(text) === 'object'
	} catch {
		return false
	}
}

/** Bytes as hex or base64, or else the text itself. */
function piecesIn(text: string): CaptureLine[] {
	const parts = text.split(/\r?\n[ \t]*\r?\n/).filter((part) => part.trim() !== '')
	const digits = parts.map((part) => bytesIn(part))
	const pieces = digits.every((bytes) => bytes !== undefined) ? digits : [bytesOfBase64(text) ?? bytesOfText(text)]
	return pieces.map((bytes, place) => ({ t: place * APART, hex: hex(bytes) }))
}

/** Hex digits in the ways that people and programs write them: 7E A0, 7E:A0, 0x7E, 0xA0, or a dump with addresses and characters beside. */
function bytesIn(text: string): Uint8Array | undefined {
	const dump = text.replace(/^[0-9A-Fa-f]{4,8}:?[ \t]+((?:[0-9A-Fa-f]{2,4} ){4,}[0-9A-Fa-f ]*?)(?:[ \t]{2,}.*|[ \t]*\|.*)?$/gm, '$1')
	for (const one of [text, dump]) {
		const bytes = fromHex(one.replace(/0x/gi, '').replace(/[:,;-]/g, ' '))
		if (bytes && bytes.length > 0) return bytes
	}
	return undefined
}

function bytesOfBase64(text: string): Uint8Array | undefined {
	const bare = text.replace(/\s/g, '')
	if (bare.length < 16 || bare.length % 4 !== 0 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(bare)) return undefined
	return new Uint8Array(Buffer.from(bare, 'base64'))
}

/** A telegram as text: its lines end as meters end them, which a browser does not keep, and its checksum counts them. */
function bytesOfText(text: string): Uint8Array {
	const lines = text.includes('\r') ? text : text.replace(/\n/g, '\r\n')
	const begun = lines.replace(/^\s+(?=\/)/, '')
	return fromLatin1(/![0-9A-Fa-f]{0,4}$/.test(begun) ? `${begun}\r\n` : begun)
}
