/**
 * An OBIS code (IEC 62056-61): medium, channel, quantity, processing, tariff, history; its short key `C.D.E`, and the SI unit that it implies
 * (`W` for 1.7.0, `Wh` for 1.8.0; undefined where it implies no unit).
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

/** Reads `A-B:C.D.E` with or without `*F` (`.F` as some P1 meters write it); undefined for anything else. */
export function parseObis(text: string): Obis | undefined {
	const match = /^(\d{1,3})-(\d{1,3}):(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[*.](\d{1,3}))?$/.exec(text)
	if (!match) return undefined
	const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 255] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
	return [a, b, c, d, e, f].every((group) => group <= 255) ? obisOf(a, b, c, d, e, f) : undefined
}

/** Makes the code of six groups, 0 to 255 each. */
export function obisOf(a: number, b: number, c: number, d: number, e: number, f: number): Obis {
	const short = `${c}.${d}.${e}`
	return { a, b, c, d, e, f, text: `${a}-${b}:${short}${f === 255 ? '' : `*${f}`}`, short, unit: impliedUnit(a, c, d) }
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
/** Others, 124 to 126 the voltages between phases among them. */
const other: Record<number, string> = { 11: 'A', 12: 'V', 13: '', 14: 'Hz', 90: 'A', 91: 'A', 92: 'V', 124: 'V', 125: 'V', 126: 'V' }

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
