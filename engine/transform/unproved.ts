import type { Issue } from './expect.ts'
import type { Filled } from './fill.ts'
import type { Plan } from './plan.ts'
import { isTelling, type Kept, keptAfter, relationsOf } from './relations.ts'

/**
 * The clock of one list of a meter: by how much (ms) it was ahead of the time of arrival at most, and its last time. `quality`: what the meter says of
 * it; `held`: by how much a telegram was ahead that did not fit.
 */
export type UsualClock = { ahead: number; time: number; at: number; quality?: string | undefined; held?: number | undefined }

/** The power (W, var) of the last telegram that told one, and the largest that two in a row have shown. */
export type UsualPower = { last: number; at: number; peak: number }

/** All of this of one meter, as it was before a telegram. */
export type Usual = { clock?: UsualClock | undefined; power?: UsualPower | undefined; kept?: Record<string, Kept> | undefined }

/** Milliseconds that a clock's second may be off by rounding and a busy line; that a telegram may come late; part of a gap by which clocks may go apart. */
const [JITTER, LATE, DRIFT] = [2500, 120_000, 0.0005]
/** Milliseconds between two telegrams for which two powers tell the energy between them; beyond, a load may have come and gone unseen. */
const SEEN = 15_000
/** Watts that may come and go between two telegrams, and the parts of the shown and the largest power that they may be more. */
const [UNSEEN, OF_SHOWN, OF_PEAK] = [4000, 1.5, 1.2]

/**
 * Judges a telegram whose tag nobody can check by what the meter has shown before: without the authentication key a flipped bit of the ciphertext is a
 * flipped bit of a value. `usual` is what is known after it; what was known before stays as it is.
 */
export class Unproved {
	readonly usual: Usual

	constructor(usual: Usual) {
		this.usual = { ...usual }
	}

	/** Whether a time of the meter (ms since 1970) fits the time of arrival as the times before did. One that leaps is believed as soon as a second telegram says so. */
	believesTime(time: number, received: number, quality: string | undefined): boolean {
		const { clock } = this.usual
		const ahead = time - received
		const next = { ahead, time, at: received, quality }
		this.usual.clock = next
		if (!clock) return true
		const reach = JITTER + DRIFT * Math.abs(received - clock.at)
		// A telegram may be late, never early: the least delay so far is the measure, and it follows a clock that goes slow.
		const fits =
			ahead <= clock.ahead + reach && ahead >= clock.ahead - reach - LATE && time >= clock.time - JITTER && quality === clock.quality
		if (fits) next.ahead = ahead > clock.ahead ? ahead : clock.ahead + (ahead - clock.ahead) / 10
		else if (clock.held === undefined || Math.abs(ahead - clock.held) > reach) this.usual.clock = { ...clock, held: ahead }
		else return true
		return fits
	}

	/** Withholds the values of a telegram that do not fit each other, though the meter's always did. */
	relate({ values, found, issues }: Filled, plan: Plan): void {
		for (const { name, at, holds } of relationsOf(plan)) {
			const held = holds(values)
			if (held === undefined) continue
			const before = this.usual.kept?.[name]
			this.usual.kept = { ...this.usual.kept, [name]: keptAfter(before, held) }
			if (held || !isTelling(before)) continue
			for (const one of at) {
				if (values[one] === undefined) continue
				const detail = `the telegram contradicts itself (${name}: not here), and no tag proves it: the next one tells`
				issues.push({ field: plan.steps[one]?.target ?? '', code: 'contradiction', detail } satisfies Issue)
				values[one] = undefined
				found.splice(found.indexOf(one), 1)
			}
		}
	}

	/** Takes the largest power that a telegram tells (undefined: none), and gives the one (W) that explains how counters rose since `at`; Infinity where it is not known. */
	explaining(power: number | undefined, received: number): (since: number) => number {
		const { power: before } = this.usual
		if (power === undefined) return () => Number.POSITIVE_INFINITY
		const peak = Math.max(before?.peak ?? 0, Math.min(power, before?.last ?? 0))
		this.usual.power = { last: power, at: received, peak }
		if (!before) return () => Number.POSITIVE_INFINITY
		const most = Math.max(OF_SHOWN * Math.max(power, before.last) + UNSEEN, OF_PEAK * peak)
		return (since) => (since === before.at && received - since <= SEEN ? most : Number.POSITIVE_INFINITY)
	}
}
