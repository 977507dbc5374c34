import { numberIn } from '../telegram/number.ts'
import { type Rejected, rejected } from '../telegram/telegram.ts'

/** Longest known: an identification of 32 characters. A longer text is no value. */
const MAX_VALUE = 1024

const utf8 = new TextDecoder()
/** What JSON calls a number, as adapters write one: no zeros before it, which belong to ids. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

/**
 * Reads a payload that is one plain value: a number, true or false, or text as it was sent (also a number with its unit, and an id with leading zeros).
 * Nothing for an empty payload. Rejects (`limit`) what is longer than 1024 bytes, and (`layout`) JSON objects and arrays.
 */
export function plainValue(payload: Uint8Array): { value: number | boolean | string | undefined } | Rejected {
	if (payload.length > MAX_VALUE) return rejected('limit', `a value of ${payload.length} bytes; ${MAX_VALUE} are accepted`)
	const text = utf8.decode(payload).trim()
	if (text === '') return { value: undefined }
	if (/^[[{]/.test(text)) return rejected('layout', `no plain value: ${text.slice(0, 60)} (JSON is read by "application": "json")`)
	if (text === 'true' || text === 'false') return { value: text === 'true' }
	const number = NUMBER.test(text) ? numberIn(text) : undefined
	return { value: number ?? unquoted(text) }
}

/** Some adapters write text as JSON does, in quotation marks. */
function unquoted(text: string): string {
	if (!/^".*"$/.test(text)) return text
	try {
		return String(JSON.parse(text))
	} catch {
		return text
	}
}
