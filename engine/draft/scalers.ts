import { parseObis } from '../telegram/obis.ts'
import type { Register } from '../telegram/register.ts'
import type { Telegram } from '../telegram/telegram.ts'

/** A scaler that was guessed, and why; `sure` when the telegrams themselves show it; `value`: the largest number, with this scaler. */
export type ScalerGuess = { code: string; scaler: number; reason: string; sure: boolean; value?: number }

const PHASES = ['1', '2', '3']
const VOLTAGE: Record<string, string> = { 1: '32.7.0', 2: '52.7.0', 3: '72.7.0' }
const CURRENT: Record<string, string> = { 1: '31.7.0', 2: '51.7.0', 3: '71.7.0' }

/** Guesses scalers for the numbers of telegrams that send none: by unit, quantity or short OBIS code, `*` for all others. */
export function guessScalers(telegrams: readonly Telegram[]): ScalerGuess[] {
	const raw = unscaled(telegrams)
	if (raw.size === 0) return []
	const voltage = guessVoltage(raw)
	const current = guessCurrent(raw, voltage)
	const factors = [...raw].filter(([code]) => /^(?:13|33|53|73)\.7\.0$/.test(code)).map(([code, values]) => guessFactor(code, values))
	const frequency = [...raw]
		.filter(([code]) => code === '14.7.0')
		.map(([code, values]) => guessNear(code, values, 50, 'a mains frequency near 50 Hz'))
	const all: ScalerGuess = {
		code: '*',
		scaler: 0,
		reason: 'powers and counters as integers of W and Wh: what these meters send',
		sure: false,
	}
	const sent = (codes: Record<string, string>) => Object.values(codes).some((code) => raw.has(code))
	return [all, ...(sent(VOLTAGE) ? [voltage] : []), ...(sent(CURRENT) ? [current] : []), ...common(factors), ...frequency]
}

/** One guess for the quantity where all its codes have the same scaler. */
function common(factors: ScalerGuess[]): ScalerGuess[] {
	const [first] = factors
	return first && factors.every(({ scaler }) => scaler === first.scaler) ? [{ ...first, code: 'power_factor' }] : factors
}

/** The raw values of each unscaled number of medium 1, telegram by telegram. */
function unscaled(telegrams: readonly Telegram[]): Map<string, number[]> {
	const values = new Map<string, number[]>()
	for (const { obis, value } of telegrams.flatMap(({ registers }): Register[] => registers)) {
		const parsed = parseObis(obis)
		if (!parsed || value.kind !== 'number' || value.scaler !== undefined || parsed.a > 1) continue
		values.set(parsed.short, [...(values.get(parsed.short) ?? []), Number(value.raw)])
	}
	return values
}

function guessVoltage(raw: Map<string, number[]>): ScalerGuess {
	const seen = Object.values(VOLTAGE)
		.flatMap((code) => raw.get(code) ?? [])
		.filter((value) => value > 0)
	return guessNear('V', seen, 230, 'a voltage near 230 V')
}

/** The power of ten that brings the largest value nearest to what is expected, within a quarter. */
function guessNear(code: string, values: number[], expected: number, what: string): ScalerGuess {
	const largest = Math.max(0, ...values)
	for (const scaler of [0, -1, -2, -3]) {
		const value = largest / 10 ** -scaler
		if (Math.abs(value - expected) < expected / 4)
			return { code, scaler, reason: `${largest} is ${what}${scaler === 0 ? '' : ` × ${10 ** -scaler}`}`, sure: true, value }
	}
	return { code, scaler: 0, reason: `no value to tell from (${largest}): assumed`, sure: false }
}

/** A power factor lies between 0 and 1. */
function guessFactor(code: string, values: number[]): ScalerGuess {
	const largest = Math.max(0, ...values)
	for (const scaler of [-2, -3]) {
		const value = largest / 10 ** -scaler
		if (value > 0.1 && value <= 1) return { code, scaler, reason: `${largest} is a power factor of ${value}`, sure: true, value }
	}
	return { code, scaler: -3, reason: 'no value to tell from: assumed', sure: false }
}

/** P ≈ Σ U · I · power factor: the scaler that makes the apparent power a little more than the active power. */
function guessCurrent(raw: Map<string, number[]>, voltage: ScalerGuess): ScalerGuess {
	const at = (code: string | undefined, place: number) => raw.get(code ?? '')?.[place] ?? 0
	const count = Math.max(0, ...Object.values(CURRENT).map((code) => raw.get(code)?.length ?? 0))
	for (let place = 0; place < count; place++) {
		const power = Math.max(at('1.7.0', place), at('2.7.0', place))
		const volts = (phase: string) => (raw.has('32.7.0') ? at(VOLTAGE[phase], place) / 10 ** -voltage.scaler : 230)
		const apparent = PHASES.reduce((sum, phase) => sum + volts(phase) * at(CURRENT[phase], place), 0)
		if (power === 0 || apparent === 0) continue
		for (const scaler of [0, -1, -2, -3]) {
			const factor = power / (apparent / 10 ** -scaler)
			if (factor > 0.25 && factor < 1.15)
				return { code: 'A', scaler, reason: `P = ${power} W and Σ U·I = ${Math.round(apparent / 10 ** -scaler)} VA`, sure: true }
		}
	}
	return { code: 'A', scaler: -2, reason: 'no power to compare with: assumed', sure: false }
}
