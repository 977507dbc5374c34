import type { Expectation } from '../../schema/types/profile.ts'
import { round15 } from '../bytes/round.ts'
import { instantOf } from '../telegram/time-text.ts'

/** When a value arrived (ms since 1970), and the time that its telegram had (ISO 8601): messages that waited somewhere arrive at once. */
export type Moment = { at: number; time: string }

/**
 * A counter as a meter has shown it: the last value that counts, the power of ten in which it steps, and the values since that contradict it.
 * `alone`: so many values have shown it, too few to tell it from one that was read wrong. `before`: the value from which the last one follows, where
 * no tag proves that one.
 */
export type Total = Shown & { alone?: number; held?: Held; before?: Shown }

/** A value as it was shown. */
type Shown = Moment & { value: number; step: number }

/** Values that contradict a counter and follow from each other: the last of them, how many agree, how many stand apart from both, and whether they rise. */
type Held = Shown & { agree: number; apart: number; rises: boolean }

/**
 * What is expected of a counter: the most (W, var, or m³/h) that it can rise by, and how many values of how many (`needed`, `among`) confirm one that
 * contradicts it. `unit`: of its value;
 * `explained`: of a telegram that no tag proves, the power that the meter itself has told; `isEvents`: a count of events, which may be set back to zero.
 */
export type Rising = { power: number; needed: number; among: number; unit: string; explained?: number | undefined; isEvents?: true }

/** The issue with a counter's value. */
export type Problem = { code: 'falling' | 'leap' | 'restarted'; detail: string }

/**
 * The next state of a counter, and why its value is withheld, if it is. `instead`: the value that the counter had, where it starts over from this one;
 * `isLate`: the value before was right, and was withheld.
 */
export type Judged = { next: Total; problem?: Problem; instead?: number; isLate?: true }

/** Largest step of a counter, in Wh: heat meters count in megawatt hours. */
export const MAX_STEP = 1_000_000
/** Values in a row that count again where no tag proves any. */
const AGAIN = 2
/** How many times as many values must agree where the counter stands still. */
const STILL = 10
/** A clock that was set leaps; no telegram waits for longer. */
const MONTH = 31 * 86_400_000
const HOUR = 3_600_000

/**
 * Judges a counter's next value. It follows from the last one when it does not fall, and rises by no more than the connection can carry in the time
 * between, and the step in which the meter counts. One that does not is withheld until `needed` values (of `among` in a row) follow
 * from each other and rise; then they count, and the value before was wrong. So neither a telegram that a weak checksum let pass nor a decimal point
 * that an adapter lost moves a counter, and one that was read too high once is not stuck (Tasmota issue 16668). Zeros, which a meter may send that knows
 * nothing yet, count only where the value before them was shown by fewer than `needed`: the export of a house without panels is always zero.
 *
 * Where no tag proves a telegram, a value that looks right may be forged, and the true one behind it look wrong: two in a row that follow from the value
 * before count. So does a rise that the meter's own power does not explain.
 */
export function judgeTotal(known: Total | undefined, value: number, moment: Moment, rising: Rising): Judged {
	const { power, needed, among, explained } = rising
	if (!known) return { next: { value, ...moment, step: stepOf(value, MAX_STEP), alone: 1 } }
	const next = followed(known, value, moment, power)
	const isExplained = explained === undefined || value - known.value <= explainedRise(known, moment, explained)
	if (next && isExplained) {
		const total: Total = withAlone(next, known, moment, power, needed)
		if (explained === undefined) return { next: total }
		return { next: { ...total, before: shown(known) }, ...(wasRight(known, value, moment, power) && { isLate: true as const }) }
	}
	const held = heldWith(known.held, value, moment, power, among - needed)
	if (explained !== undefined && held.agree >= AGAIN && followed(known.before ?? known, held.value, held, power))
		return value < known.value ? { next: shown(held), instead: known.value } : { next: shown(held), isLate: true }
	if (
		held.agree >= needed &&
		(rising.isEvents || held.rises || ((held.value > 0 || known.alone !== undefined) && held.agree >= STILL * needed))
	) {
		const { at, time, step } = held
		return { next: { value: held.value, at, time, step }, instead: known.value }
	}
	return { next: { ...known, held }, problem: problemOf(known, value, moment, rising, next !== undefined) }
}

/** Whether the value that was withheld lies between the last one and this one. */
const wasRight = (known: Total, value: number, moment: Moment, power: number) =>
	known.held !== undefined && followed(known, known.held.value, known.held, power) && followed(known.held, value, moment, power)

/** The energy that a power gives since a value, by the times of arrival or the meter's own, and two steps. */
function explainedRise({ at, time, step }: Shown, moment: Moment, power: number): number {
	if (power === Number.POSITIVE_INFINITY) return power
	return energyIn(Math.max(moment.at - at, between(time, moment.time)), power) + 2 * step
}

const shown = ({ value, at, time, step }: Shown): Shown => ({ value, at, time, step })

/** The same state, with how many values have shown it, as long as they are few. Their count starts over where a step leaves zero, whose own step is not known. */
function withAlone(next: Shown, { value, at, alone }: Total, moment: Moment, power: number, needed: number): Total {
	if (value === 0 && next.value > energyIn(moment.at - at, power)) return { ...next, alone: 1 }
	return alone === undefined || alone + 1 >= needed ? next : { ...next, alone: alone + 1 }
}

/** The state after a value that follows from the one before; undefined where it does not. */
function followed(last: Shown, value: number, { at, time }: Moment, power: number): Shown | undefined {
	const step = value === last.value ? last.step : stepOf(value, last.step)
	const rise = value - last.value
	const follows =
		rise >= 0 && (rise <= energyIn(elapsed(last.at, at), power) + step || rise <= energyIn(between(last.time, time), power) + step)
	return follows ? { value, at, time, step } : undefined
}

/** The values that contradict a counter, with one more: it joins those before it, or stands apart, or takes their place. */
function heldWith(held: Held | undefined, value: number, moment: Moment, power: number, mayStandApart: number): Held {
	const next = held && followed(held, value, moment, power)
	if (held && next) return { ...next, agree: held.agree + 1, apart: held.apart, rises: held.rises || value > held.value }
	if (held && held.apart < mayStandApart) return { ...held, apart: held.apart + 1 }
	return { value, ...moment, step: stepOf(value, MAX_STEP), agree: 1, apart: 0, rises: false }
}

/** The milliseconds between two times of arrival; an hour where the clock was set back, and nobody knows. */
export const elapsed = (before: number, after: number) => (after >= before ? after - before : HOUR)

/** The milliseconds between the times of two telegrams, a month at most. */
const between = (before: string, after: string) => Math.min(instantOf(after) - instantOf(before), MONTH) || 0

/** Gives the energy (Wh, m³) that a power (W, m³/h) gives in some milliseconds. */
export const energyIn = (time: number, power: number) => (power * Math.max(time, 0)) / 3_600_000

/** Gives the largest power of ten, from 1 to `most`, that divides a value: in such steps the meter may count. */
export function stepOf(value: number, most: number): number {
	let step = most
	while (step > 1 && value % step !== 0) step /= 10
	return step
}

/** Reads how many values must agree, of how many: a profile's `confirm`. */
export function confirmation(confirm: Expectation['confirm'] = '5 of 7'): { needed: number; among: number } {
	const [needed = 5, among = 7] = confirm.split(' of ').map(Number)
	return { needed, among }
}

function problemOf(known: Total, value: number, moment: Moment, { power, unit, explained = power }: Rising, isPossible: boolean): Problem {
	const later = 'it counts as soon as the next ones confirm it'
	if (value < known.value) return { code: 'falling', detail: `${value} ${unit} after ${known.value}: a counter only rises; ${later}` }
	const [rise, carried] = [value - known.value, energyIn(moment.at - known.at, power)].map(round15)
	if (isPossible) {
		const [rise, told] = [value - known.value, explainedRise(known, moment, explained)].map(round15)
		const detail = `${rise} ${unit} more than before, and the meter's own power explains ${told} at most, and no tag proves it: the next one tells`
		return { code: 'leap', detail }
	}
	const limit = unit === 'm³' ? 'maxFlow' : 'maxPower'
	const detail = `${rise} ${unit} more than before, and the connection can carry ${carried} in that time: ${later} (its limit is "${limit}" in "expect")`
	return { code: 'leap', detail }
}
