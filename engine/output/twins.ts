import { level } from './language.ts'

/** A meter of an output: its id, also as a level of a topic, and its place in the order in which they spoke first. */
type Known = { meter: string; id: string; level: string; place: number }

/** Knows which meters of an output have one id: two adapters of one meter, or an id that becomes the same level of a topic. The first that spoke counts. */
export class Twins {
	readonly #known = new Map<string, Known>()
	/** Those of meters with the same level, the first one first. */
	readonly #byLevel = new Map<string, Known[]>()
	#places = 0

	/** Notes the id that a meter has given. Returns whether it had another, or none, before. */
	identify(meter: string, id: string): boolean {
		const before = this.#known.get(meter)
		if (before?.id === id) return false
		this.forget(meter)
		const one = { meter, id, level: level(id) ?? '', place: before?.place ?? this.#places++ }
		const all = [...(this.#byLevel.get(one.level) ?? []), one]
		this.#known.set(meter, one)
		this.#byLevel.set(
			one.level,
			all.sort((first, second) => first.place - second.place),
		)
		return true
	}

	/** Forgets a meter. */
	forget(meter: string): void {
		const one = this.#known.get(meter)
		if (!one) return
		this.#known.delete(meter)
		const others = (this.#byLevel.get(one.level) ?? []).filter((other) => other !== one)
		if (others.length > 0) this.#byLevel.set(one.level, others)
		else this.#byLevel.delete(one.level)
	}

	/** Gives the meter that had an id first, where that is another one. */
	first(meter: string, id: string | undefined): string | undefined {
		const [one] = id === undefined ? [] : (this.#byLevel.get(level(id) ?? '') ?? [])
		return one?.meter === meter ? undefined : one?.meter
	}

	/** Gives the meter that had this one's id first, where a topic has the id, or is that meter's already (`owner`). */
	of(meter: string, topic: string, owner: string): string | undefined {
		const one = this.#known.get(meter)
		if (!one?.level) return undefined
		const isTwin = (other: Known) => other.place < one.place && (other.meter === owner || topic.includes(one.level))
		return this.#byLevel.get(one.level)?.find(isTwin)?.meter
	}
}
