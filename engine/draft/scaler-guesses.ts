import type { Guess } from '../../schema/types/api.ts'
import { digitsOff, type Point } from '../pipeline/slope.ts'
import { codeOf } from '../telegram/code.ts'
import { type RegisterRule, ruleKeyFor } from '../telegram/rules.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { type Asked, guessed, rowsWhere } from './asked.ts'
import type { Change } from './edits.ts'
import { isScaled, type Numbered, numbersOf } from './numbers.ts'
import { guessScalers, type ScalerGuess } from './scalers.ts'

type Row = Map<string, Numbered>

/** Guesses scalers that the meter does not send, and finds those of the profile that its telegrams contradict. */
export function scalerGuesses(asked: Asked): Guess[] {
	const rules = asked.document.decoder?.registers ?? {}
	const rows = asked.named.map((telegram) => new Map(numbersOf(telegram, rules).map((one) => [one.short, one])))
	const open = [...new Map(rows.flatMap((row) => [...row.values()].filter((one) => !isScaled(one)).map((one) => [one.code, one]))).values()]
	if (open.length === 0) return []
	const plain = guessScalers(asked.named)
	const volts = plain.find(({ code }) => code === 'V')
	const all = [
		...plain.map((guess) => (guess.code === 'A' ? currentGuess(rows, guess, volts) : careful(guess))),
		...slopeGuesses(asked, rows),
	]
	const keys = Object.fromEntries(all.map(({ code, scaler }): [string, RegisterRule] => [code, { scaler }]))
	const found = all.flatMap((guess) => {
		const about = open.filter(({ code }) => ruleKeyFor(codeOf(code), keys) === guess.code)
		const wrong = about.filter(({ scaler }) => (guess.sure && guess.code !== '*' ? scaler !== guess.scaler : scaler === undefined))
		return wrong.length === 0 ? [] : [{ guess, about, changes: changesOf(guess, wrong) }]
	})
	return found.map(({ guess, about, changes }) => {
		// A rule for all would hold for voltages and currents, too: it comes with theirs.
		const others = guess.code === '*' ? found.filter((one) => one.guess !== guess) : []
		const codes = new Set(about.map(({ code }) => code))
		const more = others.length === 0 ? '' : ` (with ${others.map((one) => `${one.guess.code} ${one.guess.scaler}`).join(', ')})`
		return guessed(asked, {
			kind: 'scaler',
			title: `${guess.code}: scaler ${guess.scaler}${more}`,
			params: { code: guess.code, scaler: guess.scaler },
			reason: guess.reason,
			sure: guess.sure,
			rows: rowsWhere(asked, (key) => codes.has(key)),
			changes: [...others.flatMap((one) => one.changes), ...changes],
		})
	})
}

/** Sets the rule of the guess, or those of the profile that are more specific and hold before it. */
function changesOf({ code, scaler }: ScalerGuess, wrong: readonly Numbered[]): Change[] {
	const stated = new Set(wrong.map(({ rule = '' }) => rule).filter((key) => key !== '' && key !== '*'))
	const keys = stated.size > 0 ? [...stated] : [code]
	return keys.map((key) => ({ path: ['decoder', 'registers', key, 'scaler'], value: scaler }))
}

/** A frequency is sure within a hertz, a power factor in thousandths where it is more than a half: hundredths may be small ones in thousandths. */
function careful(guess: ScalerGuess): ScalerGuess {
	const { value = 0 } = guess
	if (guess.code === '14.7.0') return { ...guess, sure: guess.sure && Math.abs(value - 50) <= 1 }
	if (!/^\d+\.7\.0$|^power_factor$/.test(guess.code)) return guess
	return { ...guess, sure: guess.sure && value > 0.5 && guess.scaler === -3 }
}

const PHASES = [
	{ volt: '32.7.0', amp: '31.7.0', import: '21.7.0', export: '22.7.0' },
	{ volt: '52.7.0', amp: '51.7.0', import: '41.7.0', export: '42.7.0' },
	{ volt: '72.7.0', amp: '71.7.0', import: '61.7.0', export: '62.7.0' },
]
/** The power (W) from which the currents are compared with it, and the factors between which it is sure. */
const [LEAST_POWER, LOW, HIGH] = [50, 0.8, 1.15]

/**
 * A power and the currents (as sent) that make it, with the voltage: of all phases or of one. `known`: nothing of it is assumed, neither the scaler of the power
 * nor that of a voltage.
 */
type Load = { power: number; apparent: number; volts: number; known: boolean }

/** P ≈ Σ U·I: the scaler by which no telegram has more power than its currents carry, and one comes near it. */
function currentGuess(rows: readonly Row[], assumed: ScalerGuess, volts: ScalerGuess | undefined): ScalerGuess {
	const loads = rows.flatMap((row) => loadsOf(row, volts))
	const carries = (scaler: number) =>
		loads.every(({ power, apparent, volts: sum }) => power <= HIGH * (apparent + sum) * 10 ** scaler) &&
		loads.some(({ power, apparent }) => power > 0.25 * apparent * 10 ** scaler)
	const [scaler, ...others] = [0, -1, -2, -3].filter(carries)
	if (scaler === undefined) return { ...assumed, sure: false }
	const best = loads.reduce((one, other) => (other.power / other.apparent > one.power / one.apparent ? other : one))
	const factors = loads
		.filter(({ power, known }) => known && power >= LEAST_POWER)
		.map(({ power, apparent }) => power / (apparent * 10 ** scaler))
	const near = (low: number, high: number) => factors.filter((factor) => factor >= low && factor <= high).length
	return {
		code: 'A',
		scaler,
		reason: `P = ${round(best.power)} W and Σ U·I = ${round(best.apparent * 10 ** scaler)} VA`,
		// Phases that feed in while others take make the power small beside the currents: one telegram must fit well, or two.
		sure: others.length === 0 && (near(0.9, 1.1) >= 1 || near(LOW, HIGH) >= 2),
	}
}

const round = (value: number) => Math.round(value * 10) / 10

function loadsOf(row: Row, volts: ScalerGuess | undefined): Load[] {
	const value = (short: string, otherwise = 0) => {
		const one = row.get(short)
		return one && Math.abs(one.raw) * 10 ** (one.scaler ?? otherwise)
	}
	/** The largest of some powers, and whether its scaler is stated. */
	const most = (...codes: string[]) => {
		const power = Math.max(0, ...codes.map((code) => value(code) ?? 0))
		return { power, known: codes.every((code) => row.get(code)?.scaler !== undefined || (value(code) ?? 0) === 0) }
	}
	const phases = PHASES.flatMap((phase): Load[] => {
		const amp = row.get(phase.amp)
		const volt = value(phase.volt, volts?.scaler) ?? 230
		const { power, known } = most(phase.import, phase.export)
		const isVolt = row.get(phase.volt)?.scaler !== undefined || volts?.sure === true
		return amp && !isScaled(amp) ? [{ power, apparent: volt * Math.abs(amp.raw), volts: volt, known: known && isVolt }] : []
	})
	const sum = (of: (load: Load) => number) => phases.reduce((total, load) => total + of(load), 0)
	const { power, known } = most('1.7.0', '2.7.0', '16.7.0')
	const isAll = known && phases.every((one) => one.known)
	const whole = { power, apparent: sum(({ apparent }) => apparent), volts: sum(({ volts: one }) => one), known: isAll }
	return [...phases, whole].filter((load) => load.power > 0 && load.apparent > 0)
}

/** A counter rises as its power says: its scaler is told where the telegrams are many enough. */
function slopeGuesses({ named, times }: Asked, rows: readonly Row[]): ScalerGuess[] {
	const pairs = [
		['1.8.0', '1.7.0'],
		['2.8.0', '2.7.0'],
	] as const
	return pairs.flatMap(([counter, power]) => {
		const counted = rows.map((row) => row.get(counter))
		const first = counted.find((one) => one !== undefined)
		if (!first || isScaled(first)) return []
		const value = (one: Numbered | undefined) => one && one.raw * 10 ** (one.scaler ?? 0)
		const isKnown = rows.every((row) => !row.has(power) || row.get(power)?.scaler !== undefined)
		const points = rows.flatMap((row, place): Point[] => {
			const at = times?.[place] ?? instantOf(named[place])
			return at === undefined ? [] : [{ at, count: value(counted[place]), power: value(row.get(power)) }]
		})
		const off = digitsOff(points)
		if (off === undefined) return []
		return [
			{
				code: counter,
				scaler: (first.scaler ?? 0) - off,
				reason: `its rise fits the power (${power}) of ${points.length} telegrams`,
				sure: isKnown,
			},
		]
	})
}

const instantOf = (telegram: Telegram | undefined) => (telegram?.clock ? Date.parse(`${telegram.clock.local}Z`) : undefined)
