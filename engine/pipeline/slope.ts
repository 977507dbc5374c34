import type { Reading } from '../../schema/types/reading.ts'
import { round15 } from '../bytes/round.ts'
import type { Issue } from '../transform/expect.ts'
import { MAX_STEP, stepOf } from '../transform/total.ts'

/** Longest time (ms) for which a power is taken to hold: adapters send once in five minutes. */
const MAX_GAP = 300_000
/** Values of power, and steps of the counter, in a stretch that is judged. */
const [MIN_POWERS, MIN_STEPS] = [20, 20]
/** How far from a power of ten the ratio may be, in powers of ten: 0.13 is a third more or a quarter less. */
const TOLERANCE = 0.13

/** A stretch of readings: the counter where it began, now, and its step, and the energy (Wh) that the powers since give. */
type Stretch = { from: number; last: number; step: number; energy: number; powers: number }

const PAIRS = [
	['energy_import', 'power_import'],
	['energy_export', 'power_export'],
] as const

/** How far from 1 the ratio may be, in powers of ten, to say that the scales are right: half or twice as much. */
const RIGHT = 0.3

/**
 * Compares the rise of a meter's counters with its power: scales that the telegram does not carry may be wrong by a power of ten (Kamstrup's hourly list
 * counts 10 Wh in Norway, and 1 Wh in Sweden). Says so once, or is satisfied by one stretch in which they agree.
 */
export class Slope {
	#meter: string | undefined
	#pairs = PAIRS.map(([counter, power]) => new Pair(counter, power))

	/** Takes a reading of a meter that arrived at that time (ms since 1970). Gives the issue of a counter whose rise and power contradict each other, the first time. */
	take(reading: Reading, received: number, meter: string | undefined): Issue | undefined {
		if (meter !== this.#meter) {
			this.#meter = meter
			this.#pairs = PAIRS.map(([counter, power]) => new Pair(counter, power))
		}
		let found: Issue | undefined
		for (const pair of this.#pairs) found ??= pair.take(reading[pair.counter], reading[pair.power], received)
		return found
	}
}

/** A counter, and the power that makes it rise. */
class Pair {
	readonly counter: (typeof PAIRS)[number][0]
	readonly power: (typeof PAIRS)[number][1]
	#last: { value: number; at: number } | undefined
	#stretch: Stretch | undefined
	#isJudged = false
	/** How many powers of ten the counter is too high; undefined until it is told. */
	off: number | undefined

	constructor(counter: Pair['counter'], power: Pair['power']) {
		this.counter = counter
		this.power = power
	}

	take(count: number | undefined, power: number | undefined, received: number): Issue | undefined {
		if (this.#isJudged || (count === undefined && power === undefined)) return undefined
		this.#powered(power, received)
		return count === undefined || !this.#last ? undefined : this.#counted(count)
	}

	/** Adds the energy since the last value of the power; a gap ends the stretch. */
	#powered(power: number | undefined, at: number): void {
		const last = this.#last
		if (last && (at < last.at || at - last.at > MAX_GAP)) this.#stretch = undefined
		else if (last && this.#stretch && power !== undefined) {
			this.#stretch.energy += ((last.value + power) / 2) * ((at - last.at) / 3_600_000)
			this.#stretch.powers++
		}
		if (power !== undefined) this.#last = { value: power, at }
	}

	#counted(count: number): Issue | undefined {
		const stretch = this.#stretch
		if (!stretch || count < stretch.last) {
			this.#stretch = { from: count, last: count, step: stepOf(count, MAX_STEP), energy: 0, powers: 0 }
			return undefined
		}
		if (count > stretch.last) stretch.step = stepOf(count, stretch.step)
		stretch.last = count
		const rise = count - stretch.from
		if (stretch.powers < MIN_POWERS || rise < MIN_STEPS * stretch.step || stretch.energy <= 0) return undefined
		this.#stretch = undefined
		const digits = Math.log10(rise / stretch.energy)
		const off = Math.round(digits)
		this.#isJudged = Math.abs(digits) < RIGHT
		if (this.#isJudged) this.off = 0
		if (off === 0 || Math.abs(off) > 3 || Math.abs(digits - off) > TOLERANCE) return undefined
		this.#isJudged = true
		this.off = off
		return { field: this.counter, code: 'scale', detail: this.#detail(rise, stretch.energy, off) }
	}

	#detail(rise: number, energy: number, off: number): string {
		const [times, digits] = [10 ** Math.abs(off), Math.abs(off)]
		const said = `rose by ${round15(rise)} Wh, and ${this.power} gives ${Math.round(energy)} Wh in that time: ${times} times too ${off > 0 ? 'much' : 'little'}`
		return `${said}. If the power is right, the counter's scaler in decoder.registers is ${digits} too ${off > 0 ? 'high' : 'low'}`
	}
}

/** A counter (Wh) and the power (W) that makes it rise, at a time (ms). */
export type Point = { at: number; count: number | undefined; power: number | undefined }

/** Tells by how many powers of ten a counter is too high for its power; 0: they agree. Undefined where the points are too few, or say neither. */
export function digitsOff(points: readonly Point[]): number | undefined {
	const pair = new Pair(...PAIRS[0])
	for (const { at, count, power } of points) pair.take(count, power, at)
	return pair.off
}
