/** The groups of an OBIS code (IEC 62056-61): medium, channel, quantity, processing, tariff, history. */
export type Obis = { a: number; b: number; c: number; d: number; e: number; f: number }

/** Six octets as `A-B:C.D.E`, with `*F` when F is not 255. Needs exactly six. */
export function obisText(octets: Uint8Array): string {
	const [a, b, c, d, e, f] = octets
	return `${a}-${b}:${c}.${d}.${e}${f === 255 ? '' : `*${f}`}`
}

/** Reads `A-B:C.D.E` with or without `*F` (`.F` as some P1 meters write it); undefined for anything else. */
export function parseObis(text: string): Obis | undefined {
	const match = /^(\d{1,3})-(\d{1,3}):(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[*.](\d{1,3}))?$/.exec(text)
	if (!match) return undefined
	const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 255] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
	return [a, b, c, d, e, f].every((group) => group <= 255) ? { a, b, c, d, e, f } : undefined
}

/** The short key `C.D.E`. */
export function shortCode({ c, d, e }: Obis): string {
	return `${c}.${d}.${e}`
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

/** The SI unit that a code of medium 1 (electricity) implies: `W` for 1.7.0, `Wh` for 1.8.0; undefined where none is implied. */
export function impliedUnit({ a, c, d }: Obis): string | undefined {
	if (a !== 1) return undefined
	const quantity = c > 20 && c <= 80 ? ((c - 1) % 20) + 1 : c
	const fixed = other[c] ?? other[quantity]
	if (fixed !== undefined) return [4, 5, 6, 7, 24, 25, 27].includes(d) ? fixed : undefined
	const unit = power[quantity]
	if (unit === undefined) return undefined
	if (d === 8 || d === 9 || d === 29) return `${unit}h`
	return [2, 4, 5, 6, 7, 14, 24, 25, 27].includes(d) ? unit : undefined
}
