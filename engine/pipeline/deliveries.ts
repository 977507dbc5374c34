/** Where a reader's telegram stands: the start of its session (ms since 1970), and how many there were before. */
export type Origin = { session: number; seq: number }

/** Session and count that a reader published with the bytes; undefined without them. */
export function originOf({ session = '', seq = '' }: Record<string, string>): Origin | undefined {
	const [start, count] = [Date.parse(session), Number(seq)]
	return Number.isNaN(start) || seq === '' || !Number.isInteger(count) ? undefined : { session: start, seq: count }
}

/** A reader that is started ever again has a session each time; more than these are not delivered again. */
const MANY_SESSIONS = 8

/** The deliveries in a form that can be kept. */
export type KeptDeliveries = { session: number; seq: number }[]

/** The telegrams that readers have delivered: the broker delivers again what was not acknowledged, and whoever writes there may send again what he has seen. */
export class Deliveries {
	/** The highest count of each session, the latest sessions last. */
	readonly #counted = new Map<number, number>()

	/** Says whether it was there before, or a later one of its session. */
	has({ session, seq }: Origin): boolean {
		return seq <= (this.#counted.get(session) ?? -1)
	}

	/** Counts it, and all before it, as delivered. */
	add({ session, seq }: Origin): void {
		this.#counted.set(session, seq)
		const [oldest] = this.#counted.keys()
		if (this.#counted.size > MANY_SESSIONS && oldest !== undefined) this.#counted.delete(oldest)
	}

	/** Gives all in a form that can be kept. */
	export(): KeptDeliveries {
		return [...this.#counted].map(([session, seq]) => ({ session, seq }))
	}

	/** Takes what was kept. What is not of that form is left out. */
	import(kept: unknown): void {
		for (const one of Array.isArray(kept) ? kept.slice(-MANY_SESSIONS) : []) {
			const { session, seq } = (one ?? {}) as Partial<Record<keyof Origin, unknown>>
			if (Number.isSafeInteger(session) && Number.isSafeInteger(seq)) this.add({ session: session as number, seq: seq as number })
		}
	}
}
