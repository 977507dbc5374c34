/** Where a reader's telegram stands: the start of its session (ms since 1970), and how many there were before. */
export type Origin = { session: number; seq: number }

/** Session and count that a reader published with the bytes; undefined without them. */
export function originOf({ session = '', seq = '' }: Record<string, string>): Origin | undefined {
	const [start, count] = [Date.parse(session), Number(seq)]
	return Number.isNaN(start) || seq === '' || !Number.isInteger(count) ? undefined : { session: start, seq: count }
}

/** A reader that is started ever again has a session each time; more than these are not delivered again. */
const MANY_SESSIONS = 8

/** The telegrams that readers have delivered: the broker delivers again what was not acknowledged, and whoever writes there may send again what he has seen. */
export type Deliveries = {
	/** Whether it was there before, or a later one of its session. */
	has(origin: Origin): boolean
	/** It, and all before it, were there. */
	add(origin: Origin): void
}

/** Deliveries of one meter, none at first. */
export function deliveries(): Deliveries {
	/** The highest count of each session, the latest sessions last. */
	const counted = new Map<number, number>()
	return {
		has: ({ session, seq }) => seq <= (counted.get(session) ?? -1),
		add({ session, seq }) {
			counted.set(session, seq)
			const [oldest] = counted.keys()
			if (counted.size > MANY_SESSIONS && oldest !== undefined) counted.delete(oldest)
		},
	}
}
