import type { Language } from '../jsonata/language.ts'
import { boundedTexts, scale } from '../transform/functions.ts'

/** The language of outputs: they work on our own readings, and make whole documents of them. */
export const OUTPUT: Language = {
	names: ['reading', 'state', 'fields', 'gone', 'meter', 'profile', 'topics', 'options', 'bridge'],
	functions: ['level', 'scale', 'utc', 'string', 'join', 'split'],
	size: { nodes: 4000, depth: 40, constructors: 60, joins: 80 },
	steps: 2_000_000,
	result: { lists: true, text: 16_384, texts: 1_000_000, parts: 20_000 },
	hints: {
		reference: 'profiles/REFERENCE.md',
		clock: 'reading.received is when the bytes arrived',
		times: 'times are ISO 8601; $utc gives one in UTC',
		size: 'make fewer messages of it, or shorter ones',
	},
}

/** The functions that come with the values of outputs. */
export const functions = { ...boundedTexts, scale, level, utc }

/** Longest level of a topic that is made from data. */
const MAX_LEVEL = 64

/** $level(text): a text as one level of a topic, without / + # and control characters, 64 characters at most; `_` for none. */
export function level(text: unknown): string | undefined {
	if (text === undefined) return undefined
	const begun = String(text).slice(0, MAX_LEVEL)
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	return begun.replace(/[/+#$\s\u0000-\u001f\u007f-\u009f\u2028-\u202e]/g, '_') || '_'
}

/** $utc(time): an ISO 8601 time in UTC, as `2026-05-04T09:39:21+00:00`, with milliseconds where there are any. */
function utc(time: unknown): string | undefined {
	if (time === undefined) return undefined
	const milliseconds = Date.parse(String(time))
	if (Number.isNaN(milliseconds)) throw new Error(`$utc: "${String(time).slice(0, 40)}" is no time`)
	return new Date(milliseconds).toISOString().replace('.000Z', '+00:00').replace('Z', '+00:00')
}
