import { round15 } from '../bytes/round.ts'
import type { NumberValue } from './register.ts'

/**
 * The value of a number in its unit: a number when a double holds it, text in decimal digits when the integer is beyond 2^53.
 * Negative scalers divide by a power of ten: the quotient of two exact doubles is the double nearest to the decimal value,
 * where multiplying by 0.001 would give 234.70000000000002. Powers beyond 10^22 are no exact doubles: text arithmetic then.
 */
export function scaled({ raw, scaler = 0 }: NumberValue): number | string {
	return scaledBy(raw, scaler)
}

/** The same of a number and its scaler. */
export function scaledBy(raw: number | bigint, scaler: number): number | string {
	if (typeof raw === 'number' && scaler >= -22 && scaler <= 22 && Number.isInteger(raw)) {
		const exact = scaler < 0 ? raw / (POWERS[-scaler] as number) : raw * (POWERS[scaler] as number)
		if (!Number.isInteger(exact) || Number.isSafeInteger(exact)) return exact
	}
	return scaledExactly(raw, scaler)
}

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

function scaledExactly(raw: number | bigint, scaler: number): number | string {
	// No meter's scaler has three digits: its zeros are not written out.
	if (Math.abs(scaler) > 400) return `${raw}e${scaler}`
	if (typeof raw === 'number' && !Number.isInteger(raw)) return round15(scaler < 0 ? raw / 10 ** -scaler : raw * 10 ** scaler)
	return decimalText(BigInt(raw), scaler)
}

/** Adds numbers in decimal arithmetic: 0.1 and 0.2 are 0.3. Text where the sum is beyond 2^53. */
export function sumOf(values: readonly number[]): number | string {
	let sum = 0
	for (const value of values) sum += value
	if (Number.isSafeInteger(sum) && values.every(Number.isSafeInteger)) return sum
	const parts = values.map(partsOf)
	if (!parts.every((part) => part !== undefined)) return round15(sum)
	const scaler = Math.min(...parts.map((part) => part.scaler))
	const raw = parts.reduce((all, part) => all + BigInt(part.raw) * 10n ** BigInt(part.scaler - scaler), 0n)
	return decimalText(raw, scaler)
}

/** The shortest decimal of a double as integer and power of ten; undefined for one that is not finite. */
function partsOf(value: number): { raw: number | bigint; scaler: number } | undefined {
	const [digits = '', exponent = '0'] = String(value).split('e')
	const exact = decimal(digits)
	return exact && { raw: exact.raw, scaler: exact.scaler + Number(exponent) }
}

/** An integer as a number while a double holds it exactly. */
export function narrowed(value: bigint): number | bigint {
	return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}

/** Integer × 10^exponent: the double nearest to it while its whole part is within 2^53, else exact decimal text. */
function decimalText(integer: bigint, exponent: number): number | string {
	const sign = integer < 0n ? '-' : ''
	const digits = (integer < 0n ? -integer : integer).toString()
	if (exponent >= 0) {
		const text = `${sign}${digits}${digits === '0' ? '' : '0'.repeat(exponent)}`
		return Number.isSafeInteger(Number(text)) ? Number(text) : text
	}
	const padded = digits.padStart(1 - exponent, '0')
	const whole = padded.slice(0, exponent)
	const fraction = padded.slice(exponent).replace(/0+$/, '')
	const text = `${sign}${whole}${fraction ? `.${fraction}` : ''}`
	return Number.isSafeInteger(Number(whole)) ? Number(text) : text
}

/**
 * A decimal text (`004248.198`, `-1.5`) as integer and power of ten, exactly; undefined for any other text.
 * Texts of more than 40 characters are refused: no meter sends them.
 */
export function decimal(text: string): { raw: number | bigint; scaler: number } | undefined {
	if (text.length > 40) return undefined
	const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
	if (whole === '') return undefined
	const length = whole.length + fraction.length
	if (length <= 15) {
		const number = Number(whole + fraction)
		return { raw: sign === '-' && number !== 0 ? -number : number, scaler: fraction === '' ? 0 : -fraction.length }
	}
	const magnitude = BigInt(whole + fraction)
	return { raw: narrowed(sign === '-' ? -magnitude : magnitude), scaler: fraction === '' ? 0 : -fraction.length }
}

/** Gives the number that a whole text is (`0.443`, ` -1.5 `, `2.3e+03`); undefined for any other text (`0.443 kW`), and for integers past 2^53. */
export function numberIn(text: string): number | undefined {
	const trimmed = text.trim()
	const exact = decimal(trimmed)
	const isFraction = exact ? trimmed.includes('.') : EXPONENTIAL.test(trimmed)
	const number = isFraction ? round15(Number(trimmed)) : exact && scaled({ kind: 'number', ...exact })
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const EXPONENTIAL = /^[-+]?\d{1,20}(?:\.\d{1,20})?[eE][-+]?\d{1,3}$/

/** The same as a meter writes it: a comma is the point (Kamstrup 685-382: `000007,4*kW`); a text with both is no number. */
export function meterDecimal(text: string): ReturnType<typeof decimal> {
	return decimal(text.includes('.') ? text : text.replace(',', '.'))
}

/** A float32 as the shortest decimal that is still this float32: 234.7, not 234.6999969482422. */
export function shortestFloat(value: number): number {
	for (let digits = 6; digits < 9; digits++) {
		const short = Number(value.toPrecision(digits))
		if (Math.fround(short) === value) return short
	}
	return Number(value.toPrecision(9))
}
