import { cached } from '../bytes/cached.ts'
import { latin1 } from '../bytes/hex.ts'

/** A unit's SI base unit, and the power of ten from one to the other. */
type Si = { unit: string; exponent: number }

/** Unit codes of COSEM scaler_unit (DLMS Blue Book, 4.3.2, table "enumerated values for physical units"). 255: no unit. */
const cosem: Record<number, Si> = {
	5: { unit: 'h', exponent: 0 },
	6: { unit: 'min', exponent: 0 },
	7: { unit: 's', exponent: 0 },
	8: { unit: '°', exponent: 0 },
	9: { unit: '°C', exponent: 0 },
	13: { unit: 'm³', exponent: 0 },
	14: { unit: 'm³', exponent: 0 },
	15: { unit: 'm³/h', exponent: 0 },
	16: { unit: 'm³/h', exponent: 0 },
	19: { unit: 'm³', exponent: -3 },
	20: { unit: 'kg', exponent: 0 },
	23: { unit: 'Pa', exponent: 0 },
	24: { unit: 'Pa', exponent: 5 },
	25: { unit: 'J', exponent: 0 },
	26: { unit: 'J/h', exponent: 0 },
	27: { unit: 'W', exponent: 0 },
	28: { unit: 'VA', exponent: 0 },
	29: { unit: 'var', exponent: 0 },
	30: { unit: 'Wh', exponent: 0 },
	31: { unit: 'VAh', exponent: 0 },
	32: { unit: 'varh', exponent: 0 },
	33: { unit: 'A', exponent: 0 },
	34: { unit: 'C', exponent: 0 },
	35: { unit: 'V', exponent: 0 },
	44: { unit: 'Hz', exponent: 0 },
	52: { unit: 'K', exponent: 0 },
	56: { unit: '%', exponent: 0 },
	57: { unit: 'Ah', exponent: 0 },
	255: { unit: '', exponent: 0 },
}

/** Base units as text, by their lower-case form: meters write kWh and kwh, never two units that differ by case alone. */
const base = new Map(['W', 'Wh', 'var', 'varh', 'VA', 'VAh', 'V', 'A', 'Hz', 'J'].map((unit) => [unit.toLowerCase(), unit]))
const prefixes: Record<string, number> = { k: 3, K: 3, M: 6, G: 9 }
const written = new Map<string, Si>([
	['m3', { unit: 'm³', exponent: 0 }],
	['m³', { unit: 'm³', exponent: 0 }],
	['dm3', { unit: 'm³', exponent: -3 }],
	['l', { unit: 'm³', exponent: -3 }],
	['m3ph', { unit: 'm³/h', exponent: 0 }],
	['m3/h', { unit: 'm³/h', exponent: 0 }],
])

/** The SI unit of a COSEM unit code; undefined for codes that the table leaves out. */
export function cosemUnit(code: number): Si | undefined {
	return cosem[code]
}

/** Gives the SI unit of a unit's text (`kWh`, `m3`); units that are not known (`mW` among them: milli or mega?) stay as they were sent. */
export const siUnit = cached(256, (text: string): Si => {
	const plain = base.get(text.toLowerCase())
	if (plain !== undefined) return { unit: plain, exponent: 0 }
	const exponent = prefixes[text.slice(0, 1)]
	const unit = base.get(text.slice(1).toLowerCase())
	if (exponent !== undefined && unit !== undefined) return { unit, exponent }
	return written.get(text.toLowerCase()) ?? { unit: text, exponent: 0 }
})

/** Whether a text is a unit of ours. */
export function isKnownUnit(text: string): boolean {
	return siUnit(text).unit !== text || base.has(text.toLowerCase()) || written.has(text.toLowerCase())
}

/** Units by their characters, four at most: most are written so, and no text has to be made. */
const shortUnits = new Map<number, Si>()

/** Gives the SI unit of the text from `from` up to `to`. */
export function unitAt(bytes: Uint8Array, from: number, to: number): Si {
	let key = 0
	for (let at = from; at < to; at++) key = (key << 8) | (bytes[at] as number)
	const isShort = to - from <= 4
	const known = isShort ? shortUnits.get(key) : undefined
	if (known) return known
	const unit = siUnit(latin1(bytes, from, to))
	if (isShort && bytes[from] !== 0 && shortUnits.size < 256) shortUnits.set(key, unit)
	return unit
}
