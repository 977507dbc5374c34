import type { Plan, Step } from './plan.ts'

/** The counters that a meter (`id`) has shown last, by field; `times`: when those arrived (ms since 1970) whose rise is measured by the time that it takes. */
export type Totals = { readonly id: string; readonly values: Record<string, number>; readonly times: Record<string, number> }

const NO_TOTALS = { values: {}, times: {} }

/** Totals by the steps of a plan, so that no telegram looks up its counters by name. Whoever asks (a file) gets them by name. */
export class Counters implements Totals {
	readonly id: string
	/** By step: the value, and when it arrived where that matters. */
	readonly last: (number | undefined)[]
	readonly since: (number | undefined)[]
	readonly #steps: Step[]
	/** All that was known when these steps began: another profile's fields, too. */
	readonly #before: Pick<Totals, 'values' | 'times'>

	private constructor(
		id: string,
		steps: Step[],
		before: Pick<Totals, 'values' | 'times'>,
		last: Counters['last'],
		since: Counters['since'],
	) {
		this.id = id
		this.#steps = steps
		this.#before = before
		this.last = last
		this.since = since
	}

	/** Gives what the totals say of the meter with this id; nothing of any other. */
	static of(totals: Totals | undefined, id: string, { steps, nothing }: Plan): Counters {
		// Where no counter is known, it is all the same whose they are.
		if (totals instanceof Counters && totals.#steps === steps && (totals.id === id || totals.last === nothing)) return totals
		if (totals?.id !== id) return new Counters(id, steps, NO_TOTALS, nothing, nothing)
		const { values, times } = totals
		const placed = (all: Record<string, number>) => steps.map(({ target }) => (Object.hasOwn(all, target) ? all[target] : undefined))
		return new Counters(id, steps, { values, times }, placed(values), placed(times))
	}

	/** Makes those of the meter with this id, with other values. */
	with(id: string, last: Counters['last'], since: Counters['since']): Counters {
		return new Counters(id, this.#steps, this.#before, last, since)
	}

	get values(): Record<string, number> {
		return this.#named(this.#before.values, this.last)
	}

	get times(): Record<string, number> {
		return this.#named(this.#before.times, this.since)
	}

	toJSON(): Totals {
		return { id: this.id, values: this.values, times: this.times }
	}

	#named(before: Record<string, number>, values: (number | undefined)[]): Record<string, number> {
		const named = { ...before }
		for (const [at, { target }] of this.#steps.entries()) if (values[at] !== undefined) named[target] = values[at]
		return named
	}
}
