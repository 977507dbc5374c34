/** Where a reader's telegram stands: the start of its session (ms since 1970), and how many there were before. */
export type Origin = { session: number; seq: number }

/** What was told with a telegram, as far as it can be true: when it arrived (ms since 1970), its session and count, and the topic that it came on. */
export type Told = { received: number; origin: Origin | undefined; topic: string | undefined }

/** How far a reader's clock may be ahead (ms): of an arrival, by which a meter's clock is judged, and of the start of a session, which only tells sessions apart. */
const [RECEIVED_AHEAD, SESSION_AHEAD] = [3_600_000, 86_400_000]
/** The highest count: all telegrams of a message behind it have one that a double holds. */
const MAX_COUNT = Number.MAX_SAFE_INTEGER - 0xffff

/**
 * Reads what a reader tells with a telegram (MQTT 5 user properties), at `now`. Nothing guards it, and it may be anybody's: what cannot be is left out,
 * and stands for nothing said.
 */
export function toldBy(properties: Readonly<Record<string, unknown>>, now: number): Told {
	const { received, session, seq, topic } = properties
	const [arrived, start] = [instantOf(received, now + RECEIVED_AHEAD), instantOf(session, now + SESSION_AHEAD)]
	const count = typeof seq === 'string' && /^\d{1,16}$/.test(seq) ? Number(seq) : Number.NaN
	return {
		received: arrived ?? now,
		origin: start !== undefined && count <= MAX_COUNT ? { session: start, seq: count } : undefined,
		topic: typeof topic === 'string' ? topic : undefined,
	}
}

function instantOf(text: unknown, latest: number): number | undefined {
	const instant = typeof text === 'string' && text.length < 64 ? Date.parse(text) : Number.NaN
	return instant >= 0 && instant <= latest ? instant : undefined
}

/** A reader that is started ever again has a session each time; more than these are not known any more. */
const MANY_SESSIONS = 8
/** Gaps in a session that are known: a telegram that was refused leaves one. */
const MANY_RANGES = 16
/** A reader's count may go on so far at once: those in between were dropped while it had no broker. An hour and more of one telegram a second. */
const MAX_LEAP = 20_000

/** The telegrams of a session that were accepted: counts from the first to the last, the ranges used last behind the others. */
type Ranges = [first: number, last: number][]

/** The deliveries in a form that can be kept. */
export type KeptDeliveries = { session: number; ranges: Ranges }[]

/**
 * The telegrams that readers have delivered: the broker delivers again what was not acknowledged, and whoever writes there may send again what he has seen.
 * Each is known by its own count, not by the highest: one that leaps ahead keeps none behind it from coming.
 */
export class Deliveries {
	/** By the start of the session, those used last behind the others. */
	readonly #sessions = new Map<number, Ranges>()

	/** Says whether it was there before. */
	has({ session, seq }: Origin): boolean {
		return this.#sessions.get(session)?.some(([first, last]) => seq >= first && seq <= last) === true
	}

	/** Says whether its count can follow those of its session: consumers order by it, and a leap waits until another telegram is near. */
	follows({ session, seq }: Origin): boolean {
		const ranges = this.#sessions.get(session)
		return ranges === undefined || ranges.some(([first, last]) => seq - last <= MAX_LEAP && first - seq <= MAX_LEAP)
	}

	/** Counts so many telegrams from this one on as delivered. */
	add({ session, seq }: Origin, count = 1): void {
		const ranges = this.#sessions.get(session) ?? []
		this.#sessions.delete(session)
		this.#sessions.set(session, ranges)
		const [oldest] = this.#sessions.keys()
		if (this.#sessions.size > MANY_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest)
		extend(ranges, seq, seq + count - 1)
	}

	/** Gives all in a form that can be kept. */
	export(): KeptDeliveries {
		return [...this.#sessions].map(([session, ranges]) => ({ session, ranges: ranges.map(([first, last]) => [first, last]) }))
	}

	/** Takes what was kept. What is not of that form is left out. */
	import(kept: unknown): void {
		for (const one of Array.isArray(kept) ? kept.slice(-MANY_SESSIONS) : []) {
			const { session, ranges } = (one ?? {}) as Partial<Record<keyof KeptDeliveries[number], unknown>>
			if (!Number.isSafeInteger(session) || !Array.isArray(ranges) || !ranges.every(isRange)) continue
			this.#sessions.set(session as number, ranges.slice(-MANY_RANGES))
		}
	}
}

const isRange = (range: unknown): range is [number, number] =>
	Array.isArray(range) && range.length === 2 && range.every(Number.isSafeInteger) && range[0] <= range[1]

/** Adds a range, joined to those that it touches. Of too many the one that was used longest ago is forgotten. */
function extend(ranges: Ranges, first: number, last: number): void {
	let joined: Ranges[number] = [first, last]
	for (let at = ranges.length - 1; at >= 0; at--) {
		const [from, to] = ranges[at] as Ranges[number]
		if (first > to + 1 || last < from - 1) continue
		joined = [Math.min(joined[0], from), Math.max(joined[1], to)]
		ranges.splice(at, 1)
	}
	ranges.push(joined)
	if (ranges.length > MANY_RANGES) ranges.shift()
}
