import { round15 } from '../bytes/round.ts'
import { shown } from '../jsonata/sequence.ts'
import { textClock } from '../telegram/clock.ts'
import { hexText } from '../telegram/identity.ts'
import { decimal, scaled, scaledBy } from '../telegram/number.ts'
import { isoTime } from '../telegram/zone.ts'
import type { ScopeContext } from './shown.ts'

/** $scale(n, k): n × 10^k in decimal arithmetic; n may be a number or its text. Nothing gives nothing; other texts are refused. */
export function scale(n: unknown, k: unknown): number | string | undefined {
	// Adapters send an empty text for a value that they do not have.
	if (n === undefined || n === null || n === '') return undefined
	if (typeof k !== 'number' || !Number.isInteger(k) || Math.abs(k) > 30)
		throw new Error('$scale: the power of ten must be an integer from -30 to 30')
	if (typeof n !== 'number' && typeof n !== 'string') throw new Error(`$scale: ${shown(n)} is no number`)
	// Most are thousandths, and need no text.
	const thousandths = typeof n === 'number' ? Math.round(n * 1000) : Number.NaN
	if (Math.abs(thousandths) < 1e15 && thousandths / 1000 === n) return scaledBy(thousandths || 0, k - 3)
	// Programs that reckon in binary send 0.44300000000000006 for 0.443.
	const exact = decimal(String(typeof n === 'number' ? round15(n) : n).trim())
	if (exact) return scaled({ kind: 'number', raw: exact.raw, scaler: exact.scaler + k })
	// 1e-7 and the like have no plain decimal text.
	if (typeof n === 'number' && Number.isFinite(n)) return round15(k < 0 ? n / 10 ** -k : n * 10 ** k)
	throw new Error(`$scale: ${shown(n)} is no number`)
}

/** The longest text that these functions make or take apart. */
const MAX_TEXT = 4096

/** JSONata's own $string, $join and $split, bounded: unbounded ones of a shared structure take all memory (attack of 2026-11). */
export const boundedTexts = {
	string(value: unknown): string | undefined {
		if (value === undefined) return undefined
		if (typeof value === 'number') return String(round15(value))
		if (typeof value === 'string' || typeof value === 'boolean') return String(value)
		throw new Error('$string: a number, text or boolean is needed')
	},
	join(parts: unknown, separator: unknown = ''): string | undefined {
		if (parts === undefined) return undefined
		const texts = Array.isArray(parts) ? parts : [parts]
		if (!texts.every((part) => typeof part === 'string') || typeof separator !== 'string')
			throw new Error('$join: a list of texts is needed')
		const length = texts.reduce((sum, part) => sum + part.length + separator.length, 0)
		if (length > MAX_TEXT) throw new Error(`$join: the text would be longer than ${MAX_TEXT} characters`)
		return texts.join(separator)
	},
	split(text: unknown, separator: unknown, limit?: unknown): string[] | undefined {
		if (text === undefined) return undefined
		if (typeof text !== 'string' || typeof separator !== 'string') throw new Error('$split: two texts are needed')
		if (text.length > MAX_TEXT) throw new Error(`$split: the text is longer than ${MAX_TEXT} characters`)
		return text.split(separator, typeof limit === 'number' ? limit : undefined)
	},
}

/** $bit(n, i): whether bit i (0 = lowest, up to 52) of the integer n is set. */
export function bit(n: unknown, i: unknown): boolean | undefined {
	if (n === undefined) return undefined
	if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw new Error('$bit: the first argument must be an integer from 0')
	if (typeof i !== 'number' || !Number.isInteger(i) || i < 0 || i > 52) throw new Error('$bit: the bit must be an integer from 0 to 52')
	return Math.floor(n / 2 ** i) % 2 === 1
}

/** $hex(s): hex digits to the text they spell, as P1 writes ids; text that spells none stays. */
export function hexToText(text: unknown): string | undefined {
	if (text === undefined) return undefined
	if (typeof text !== 'string') throw new Error('$hex: a text of hex digits is needed')
	return hexText(text)
}

/** $localTime(text): a local time without zone, in the meter's timezone, as ISO 8601 with offset. */
export function localTime(text: unknown, context: ScopeContext): string | undefined {
	if (text === undefined) return undefined
	const clock = typeof text === 'string' ? textClock(text) : undefined
	if (!clock) throw new Error(`$localTime: ${shown(text)} is no local time such as 2026-05-04T11:39:21`)
	if (context.timezone === undefined) throw new Error('$localTime: the profile states no meter.timezone')
	return isoTime(clock, context.timezone, context.received)
}
