/**
 * An OBIS code (IEC 62056-61): medium, channel, quantity, processing, tariff, history; its short key `C.D.E`, and the SI unit that it implies
 * (`W` for 1.7.0, `Wh` for 1.8.0; undefined where none is implied).
 */
export type Obis = {
	readonly a: number
	readonly b: number
	readonly c: number
	readonly d: number
	readonly e: number
	readonly f: number
	/** The code as `obisText` writes it. */
	readonly text: string
	readonly short: string
	readonly unit: string | undefined
}

/** Codes that are kept: a town's meters send a few hundred. What a stranger makes up beyond that is read anew each time. */
const MANY = 4096
const texts = new Map<number, Map<number, string>>()
const codes = new Map<string, Obis | undefined>()
let kept = 0

/** The six octets from `at` as `A-B:C.D.E`, with `*F` when F is not 255. Needs six. The same text is the same object each time. */
export function obisText(octets: Uint8Array, at = 0): string {
	const one = ((octets[at] as number) << 16) | ((octets[at + 1] as number) << 8) | (octets[at + 5] as number)
	const two = ((octets[at + 2] as number) << 16) | ((octets[at + 3] as number) << 8) | (octets[at + 4] as number)
	const known = texts.get(one)?.get(two)
	if (known !== undefined) return known
	const [a, b, c, d, e, f] = octets.subarray(at, at + 6)
	const text = `${a}-${b}:${c}.${d}.${e}${f === 255 ? '' : `*${f}`}`
	if (kept >= MANY) return text
	kept++
	const row = texts.get(one) ?? new Map<number, string>()
	texts.set(one, row.set(two, text))
	return text
}

/** Reads `A-B:C.D.E` with or without `*F` (`.F` as some P1 meters write it); undefined for anything else. */
export function parseObis(text: string): Obis | undefined {
	const known = codes.get(text)
	if (known !== undefined || codes.has(text)) return known
	const parsed = parse(text)
	if (codes.size < MANY) codes.set(text, parsed)
	return parsed
}

function parse(text: string): Obis | undefined {
	const match = /^(\d{1,3})-(\d{1,3}):(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[*.](\d{1,3}))?$/.exec(text)
	if (!match) return undefined
	const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 255] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
	if (![a, b, c, d, e, f].every((group) => group <= 255)) return undefined
	const whole = `${a}-${b}:${c}.${d}.${e}${f === 255 ? '' : `*${f}`}`
	return { a, b, c, d, e, f, text: whole, short: `${c}.${d}.${e}`, unit: impliedUnit(a, c, d) }
}

/** C of the active, reactive and apparent power of the sum and of each phase, 20 apart (IEC 62056-61, table 5, medium 1). */
const power: Record<number, string> = {
	1: 'W',
	2: 'W',
	3: 'var',
	4: 'var',
	5: 'var',
	6: 'var',
	7: 'var',
	8: 'var',
	9: 'VA',
	10: 'VA',
	15: 'W',
	16: 'W',
}
const other: Record<number, string> = { 11: 'A', 12: 'V', 13: '', 14: 'Hz', 90: 'A', 91: 'A', 92: 'V' }

/** Only codes of medium 1 (electricity) imply a unit. */
function impliedUnit(a: number, c: number, d: number): string | undefined {
	if (a !== 1) return undefined
	const quantity = c > 20 && c <= 80 ? ((c - 1) % 20) + 1 : c
	const fixed = other[c] ?? other[quantity]
	if (fixed !== undefined) return [4, 5, 6, 7, 24, 25, 27].includes(d) ? fixed : undefined
	const unit = power[quantity]
	if (unit === undefined) return undefined
	if (d === 8 || d === 9 || d === 29) return `${unit}h`
	return [2, 4, 5, 6, 7, 14, 24, 25, 27].includes(d) ? unit : undefined
}
