import { keysIn, readExactly, survey } from '../telegram/json-text.ts'
import { type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'

/** 64 kB. The longest message among the recordings has 0.9 kB: a longer one is not a meter's. */
const MAX_PAYLOAD = 64 * 1024
/** Deepest known: 6 (whatwatt's report). */
const MAX_DEPTH = 32

const utf8 = new TextDecoder()
/** Finds a key that could reach a prototype, plain or escaped, in the text: looking at each key is slower than reading the message. */
const REACHING = /__proto__|\\u/

/**
 * Reads one JSON message. Rejects (`limit`) what is longer than 64 kB, (`depth`) nests deeper than 32 levels, (`syntax`) is not JSON,
 * (`layout`) is neither an object nor an array. Keys that could reach a prototype are left out; those that stand twice with different values are left
 * out and named (`unread`); numbers that a double does not hold stay text.
 */
export function json(payload: Uint8Array): Telegram | Rejected {
	if (payload.length > MAX_PAYLOAD) return rejected('limit', `a payload of ${payload.length} bytes; ${MAX_PAYLOAD} are accepted`)
	const text = utf8.decode(payload)
	const { depth, keys, isLong } = survey(text)
	if (depth > MAX_DEPTH) return rejected('depth', `JSON nested deeper than ${MAX_DEPTH} levels`)
	let value: unknown
	let twice: string[] = []
	try {
		value = JSON.parse(text)
		// Most messages are nothing but what JSON.parse makes of them, and it is quicker.
		if (isLong || REACHING.test(text) || keysIn(value) !== keys) ({ value, twice } = readExactly(text))
	} catch {
		return rejected('syntax', `not JSON: ${text.slice(0, 60)}`)
	}
	if (typeof value !== 'object' || value === null) return rejected('layout', `JSON, but no object: ${text.slice(0, 60)}`)
	const telegram: Telegram = { kind: 'telegram', application: 'json', auth: 'none', registers: [], sequence: [], json: value }
	if (twice.length > 0) telegram.unread = twice
	return telegram
}
