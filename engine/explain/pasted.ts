import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { fromHex, fromLatin1, hex, indexOf, latin1 } from '../bytes/hex.ts'
import { detect } from '../decode/detect.ts'
import { parseCapture } from '../transport/capture.ts'

/** What a text or file holds: the lines of a recording, made of bytes or messages, and its header where it is a recording. */
export type Pasted = { header?: CaptureHeader; lines: CaptureLine[] }

/** Characters at the beginning that tell a recording. */
const HEAD = 100
/** Characters of base64, at least: four letters may be a word. */
const LEAST_BASE64 = 16

/**
 * Reads what somebody pasted or opened: a recording, JSON of an adapter (one document, or one a line; `topic`: where it was published), hex digits with
 * white space and # comments, base64, or else the bytes themselves, a telegram as text among them. `name` is named in errors. Throws an Error that says what is wrong.
 */
export function pastedLines(content: Uint8Array, name: string, topic = ''): Pasted {
	const bytes = Buffer.from(content.buffer, content.byteOffset, content.length)
	if (/^\s*\{\s*"capture"/.test(bytes.subarray(0, HEAD).toString('latin1'))) return parseCapture(name, bytes.toString())
	const documents = jsonIn(bytes.toString())
	if (documents) return { lines: documents.map((payload) => ({ t: 0, topic, payload })) }
	const text = bytes.toString('latin1')
	const digits = fromHex(text)
	if (digits && digits.length > 0) return { lines: [{ t: 0, hex: hex(digits) }] }
	const encoded = fromBase64(text)
	return { lines: [{ t: 0, hex: hex(encoded ?? withLineEnds(content)) }] }
}

/** The documents of a text: JSON objects or lists, one, or one a line; undefined for all else. */
function jsonIn(text: string): string[] | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined
	const documents = isJson(text) ? [text] : text.split('\n').filter((line) => line.trim() !== '')
	return documents.every(isJson) ? documents : undefined
}

function isJson(text: string): boolean {
	try {
		return typeof JSON.parse(text) === 'object'
	} catch {
		return false
	}
}

function fromBase64(text: string): Uint8Array | undefined {
	const compact = text.replace(/\s+/g, '')
	const isBase64 = compact.length >= LEAST_BASE64 && compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact)
	return isBase64 ? new Uint8Array(Buffer.from(compact, 'base64')) : undefined
}

/** Bytes as they are; a telegram as text that has lost its carriage returns on its way through a page gets them back, as its checksum counts them. */
function withLineEnds(content: Uint8Array): Uint8Array {
	if (indexOf(content, CR) >= 0 || indexOf(content, LF) < 0 || isUnderstood(content)) return content
	const whole = fromLatin1(latin1(content).replaceAll('\n', '\r\n'))
	return isUnderstood(whole) ? whole : content
}

const [LF, CR] = [0x0a, 0x0d]
const isUnderstood = (bytes: Uint8Array) => detect([bytes], {})?.verdict === 'understood'
