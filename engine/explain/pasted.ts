import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { concat, fromHex, fromLatin1, hex, indexOf, latin1 } from '../bytes/hex.ts'
import { detect } from '../decode/detect.ts'
import { parseCapture } from '../transport/capture.ts'

/** What a text or file holds: the lines of a recording, made of bytes or messages, and its header where it is a recording. */
export type Pasted = { header?: CaptureHeader; lines: CaptureLine[] }

/** Characters at the beginning that tell a recording. */
const HEAD = 100
/** Characters of base64, at least: four letters may be a word. */
const LEAST_BASE64 = 16
/** Milliseconds between telegrams that stand apart, which are so many silences, and between messages: those of one telegram come together. */
const [APART, TOGETHER] = [5000, 100]
/** Pieces of hex digits that may be telegrams of their own. */
const MAX_PIECES = 500

/**
 * Reads what somebody pasted or opened: a recording, JSON of an adapter (one document, or one a line; `topic`: where it was published), `topic message` a line as
 * mosquitto_sub -v prints it, hex digits with white space and # comments or as a dump, base64, or else the bytes themselves, a telegram as text among them.
 * `name` is named in errors. Throws an Error that says what is wrong.
 */
export function pastedLines(content: Uint8Array, name: string, topic = ''): Pasted {
	const bytes = Buffer.from(content.buffer, content.byteOffset, content.length)
	const text = bytes.toString().replace(/^\uFEFF/, '')
	if (/^\s*\{\s*"capture"/.test(text.slice(0, HEAD))) return parseCapture(name, text)
	const messages = messagesIn(text, topic)
	if (messages) return { lines: messages }
	const pieces = digitsIn(text) ?? [fromBase64(text) ?? withLineEnds(content)]
	return { lines: pieces.map((piece, place) => ({ t: place * APART, hex: hex(piece) })) }
}

/** Messages of an adapter; undefined for all else. What has a `topic` is a message, whatever it is. */
function messagesIn(text: string, topic: string): CaptureLine[] | undefined {
	const documents = jsonIn(text)
	if (documents) return documents.map((payload, place) => ({ t: place * TOGETHER, topic, payload }))
	const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '')
	const named = rows.map((row) => /^(\S*[a-zA-Z_-]\S*\/\S+) (.+)$/.exec(row))
	if (rows.length > 0 && named.every((row) => row !== null))
		return named.map(([, where = '', payload = ''], place) => ({ t: place * TOGETHER, topic: where, payload }))
	return topic === '' ? undefined : [{ t: 0, topic, payload: text }]
}

/** The documents of a text: JSON objects or lists, one, or one a line; undefined for all else. */
function jsonIn(text: string): string[] | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined
	const documents = isJson(text) ? [text.trim()] : text.split('\n').filter((line) => line.trim() !== '')
	return documents.every(isJson) ? documents : undefined
}

function isJson(text: string): boolean {
	try {
		return typeof JSON.parse(text) === 'object'
	} catch {
		return false
	}
}

/** The bytes of hex digits; in pieces where each that stands apart by an empty line is a telegram of its own. Undefined where there is more than digits. */
function digitsIn(text: string): Uint8Array[] | undefined {
	const whole = fromDigits(text)
	if (!whole) return undefined
	const parts = text.split(/\r?\n[ \t]*\r?\n/).filter((part) => part.trim() !== '')
	if (parts.length < 2 || parts.length > MAX_PIECES) return [whole]
	const pieces = parts.flatMap((part) => fromDigits(part) ?? [])
	const areTelegrams = concat(pieces).length === whole.length && pieces.every(isUnderstood)
	return areTelegrams ? pieces : [whole]
}

/** Hex digits in the ways that people and programs write them: 7E A0, 7E:A0, 0x7E, 0xA0, or a dump with addresses and characters beside. */
function fromDigits(text: string): Uint8Array | undefined {
	const dump = text.replace(/^[0-9A-Fa-f]{4,8}:?[ \t]+((?:[0-9A-Fa-f]{2,4} ){4,}[0-9A-Fa-f ]*?)(?:[ \t]{2,}.*|[ \t]*\|.*)?$/gm, '$1')
	const written = [text, text.replace(/0x/gi, '').replace(/[:,;-]/g, ' '), dump]
	return written.map((one) => fromHex(one)).find((bytes) => bytes !== undefined && bytes.length > 0)
}

function fromBase64(text: string): Uint8Array | undefined {
	const compact = text.replace(/\s+/g, '')
	const isBase64 = compact.length >= LEAST_BASE64 && compact.length % 4 === 0 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)
	return isBase64 ? new Uint8Array(Buffer.from(compact, 'base64')) : undefined
}

/** Bytes as they are; a telegram as text that has lost its carriage returns on its way through a page gets them back, as its checksum counts them. */
function withLineEnds(content: Uint8Array): Uint8Array {
	if (indexOf(content, CR) >= 0 || indexOf(content, LF) < 0 || isUnderstood(content)) return content
	const lines = latin1(content).replaceAll('\n', '\r\n')
	// White space before it, and the end of its last line, get lost as well.
	const whole = fromLatin1(lines.replace(/^\s+(?=\/)/, '').replace(/(![0-9A-Fa-f]{0,4})$/, '$1\r\n'))
	return /^\s*\/[\s\S]*![0-9A-Fa-f]{4}\s*$/.test(lines) || isUnderstood(whole) ? whole : content
}

const [LF, CR] = [0x0a, 0x0d]
const isUnderstood = (bytes: Uint8Array) => detect([bytes], {})?.verdict === 'understood'
