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
 * (`layout`) is neither an object nor an array. Keys that could reach a prototype are left out.
 */
export function json(payload: Uint8Array): Telegram | Rejected {
	if (payload.length > MAX_PAYLOAD) return rejected('limit', `a payload of ${payload.length} bytes; ${MAX_PAYLOAD} are accepted`)
	const text = utf8.decode(payload)
	if (nesting(text) > MAX_DEPTH) return rejected('depth', `JSON nested deeper than ${MAX_DEPTH} levels`)
	let value: unknown
	try {
		value = REACHING.test(text) ? JSON.parse(text, (key, inner) => (key === '__proto__' ? undefined : inner)) : JSON.parse(text)
	} catch {
		return rejected('syntax', `not JSON: ${text.slice(0, 60)}`)
	}
	if (typeof value !== 'object' || value === null) return rejected('layout', `JSON, but no object: ${text.slice(0, 60)}`)
	return { kind: 'telegram', application: 'json', auth: 'none', registers: [], sequence: [], json: value }
}

/** An upper bound of the depth: brackets in texts count too. */
function nesting(text: string): number {
	let depth = 0
	let deepest = 0
	for (let at = 0; at < text.length; at++) {
		const char = text.charCodeAt(at)
		if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth)
		else if (char === 0x7d || char === 0x5d) depth--
	}
	return deepest
}
