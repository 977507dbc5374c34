import type { Issue } from './expect.ts'
import type { Filled } from './fill.ts'
import type { Plan } from './plan.ts'
import { isTelling, type Kept, keptAfter, relationsOf } from './relations.ts'

/**
 * The clock of one list of a meter: by how much (ms) it was ahead of the time of arrival at most, and its last time. `quality`: what the meter says of
 * it; `held`: by how much a telegram was ahead that did not fit.
 */
export type UsualClock = { ahead: number; time: number; at: number; quality?: string | undefined; held?: number | undefined }

/** The power (W, var) of the last telegram that told one, the largest that two in a row have shown, and the largest current (A) of the last. */
export type UsualPower = { last: number; at: number; peak: number; amperes?: number | undefined }

/** All of this of one meter, as it was before a telegram. `lead`: by how much (ms) any of its lists was ahead of the time of arrival at most, and when. */
export type Usual = {
	clock?: UsualClock | undefined
	lead?: { by: number; at: number } | undefined
	power?: UsualPower | undefined
	kept?: Record<string, Kept> | undefined
}

/** Milliseconds that a clock may be off by a busy line, and by which it is set at night; that a telegram may come late; part of a gap by which clocks may go apart. */
const [JITTER, LATE, DRIFT] = [5000, 3_600_000, 0.0005]
/** Milliseconds between two telegrams for which two powers tell the energy between them; beyond, a load may have come and gone unseen. */
const SEEN = 15_000
/** Watts that may come and go between two telegrams, and the parts of the shown and the largest power that they may be more. */
const [UNSEEN, OF_SHOWN, OF_PEAK] = [4000, 1.5, 1.2]
/** Volts by which a power at most is a current: of one phase. */
const LEAST_VOLTS = 200
/** The relation of counters and powers, and how often it may be wrong: a meter may bring its counters up to date once a minute. */
const [EXPLAINED, MANY_WRONGED] = ['counters follow the power', 9]

/**
 * Judges a telegram whose tag nobody can check by what the meter has shown before: without the authentication key a flipped bit of the ciphertext is a
 * flipped bit of a value. `usual` is what is known after it; what was known before stays as it is.
 */
export class Unproved {
	readonly usual: Usual
	#amperes: number | undefined

	constructor(usual: Usual) {
		this.usual = { ...usual }
	}

	/** Whether a time of the meter (ms since 1970) fits the time of arrival as the times before did. One that leaps is believed as soon as a second telegram says so. */
	believesTime(time: number, received: number, quality: string | undefined): boolean {
		const { clock } = this.usual
		const ahead = time - received
		const next = { ahead, time, at: received, quality }
		this.usual.clock = next
		if (!clock) return this.#leads(ahead, received)
		const drift = DRIFT * Math.abs(received - clock.at)
		const reach = JITTER + drift
		// A telegram may be late, never early: the least delay so far is the measure, and it follows a clock that goes slow.
		const most = Math.max(clock.ahead, this.#lead(received))
		const fits = ahead <= most + reach && ahead >= clock.ahead - reach - LATE && time >= clock.time - JITTER && quality === clock.quality
		if (fits) next.ahead = Math.max(ahead, clock.ahead - drift)
		else if (clock.held === undefined || Math.abs(ahead - clock.held) > reach) this.usual.clock = { ...clock, held: ahead }
		else return this.#leads(ahead, received)
		return fits && this.#leads(ahead, received)
	}

	/** By how much the meter was ahead at most: a list that comes seldom may have come late each time. */
	#lead(received: number): number {
		const { by, at } = this.usual.lead ?? { by: Number.NEGATIVE_INFINITY, at: received }
		return by - DRIFT * Math.abs(received - at)
	}

	/** Notes by how much a telegram that is believed was ahead. */
	#leads(ahead: number, received: number): true {
		if (ahead >= this.#lead(received)) this.usual.lead = { by: ahead, at: received }
		return true
	}

	/** Withholds the values of a telegram that do not fit each other, though the meter's always did. */
	relate(filled: Filled, plan: Plan): void {
		let kept: Record<string, Kept> | undefined
		for (const { name, at, holds } of relationsOf(plan)) {
			const held = holds(filled.values)
			if (held === undefined) continue
			const before = this.usual.kept?.[name]
			kept ??= { ...this.usual.kept }
			kept[name] = keptAfter(before, held)
			if (held || !isTelling(before)) continue
			for (const one of at) {
				const detail = `the telegram contradicts itself (${name}: not here), and no tag proves it: the next one tells`
				if (filled.values[one] !== undefined) withhold(one, detail, filled, plan)
			}
		}
		if (kept) this.usual.kept = kept
	}

	/** Withholds powers and currents that are larger than the connection carries (W), and than any before: one that stays is believed with the next telegram. */
	limit(filled: Filled, plan: Plan, connection: number): void {
		const { last = Number.POSITIVE_INFINITY, peak = 0, amperes = Number.POSITIVE_INFINITY } = this.usual.power ?? {}
		const most = Math.max(connection, OF_PEAK * peak)
		this.#amperes = most === Infinity ? undefined : largest(filled, plan.currents)
		if (last <= most) this.#withhold(filled, plan, plan.loads, most)
		if (amperes <= most / LEAST_VOLTS) this.#withhold(filled, plan, plan.currents, most / LEAST_VOLTS)
	}

	/** Notes whether the counters of a telegram rose as the power explains, or a rise before was right that it did not. */
	explained(holds: boolean): void {
		this.usual.kept = { ...this.usual.kept, [EXPLAINED]: keptAfter(this.usual.kept?.[EXPLAINED], holds) }
	}

	#withhold(filled: Filled, plan: Plan, steps: number[], most: number): void {
		for (const at of steps) {
			const value = filled.values[at]
			if (typeof value !== 'number' || Math.abs(value) <= most) continue
			const detail = `${value} is more than the connection carries ("maxPower" in "expect"), and than the meter ever showed, and no tag proves it: believed if the next telegram says so`
			withhold(at, detail, filled, plan)
		}
	}

	/** Takes the largest power that a telegram tells (undefined: none), and gives the one (W) that explains how counters rose since `at`; Infinity where it is not known. */
	explaining(power: number | undefined, received: number): (since: number) => number {
		const { power: before } = this.usual
		if (power === undefined) return () => Number.POSITIVE_INFINITY
		const peak = Math.max(before?.peak ?? 0, Math.min(power, before?.last ?? 0))
		this.usual.power = { last: power, at: received, peak, amperes: this.#amperes }
		const [, wronged] = this.usual.kept?.[EXPLAINED] ?? []
		if (!before || (wronged ?? 0) > MANY_WRONGED) return () => Number.POSITIVE_INFINITY
		const most = Math.max(OF_SHOWN * Math.max(power, before.last) + UNSEEN, OF_PEAK * peak)
		return (since) => (since === before.at && received - since <= SEEN ? most : Number.POSITIVE_INFINITY)
	}
}

function largest({ values }: Filled, steps: number[]): number | undefined {
	const found = steps.flatMap((at) => (typeof values[at] === 'number' ? Math.abs(values[at]) : []))
	return found.length > 0 ? Math.max(...found) : undefined
}

function withhold(at: number, detail: string, { values, issues }: Filled, plan: Plan): void {
	issues.push({ field: plan.steps[at]?.target ?? '', code: 'contradiction', detail } satisfies Issue)
	values[at] = undefined
}
