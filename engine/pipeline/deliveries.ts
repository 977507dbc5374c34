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
type Ranges = readonly (readonly [first: number, last: number])[]

/** The deliveries in a form that can be kept. */
export type KeptDeliveries = readonly { readonly session: number; readonly ranges: Ranges }[]

/**
 * The telegrams that readers have delivered: the broker delivers again what was not acknowledged, and whoever writes there may send again what he has seen.
 * Each is known by its own count, not by the highest: one that leaps ahead keeps none behind it from coming.
 */
export class Deliveries {
	/** Those used last behind the others. Nothing in it is changed: a memory has it as it was. */
	#sessions: KeptDeliveries = []

	/** Says whether it was there before. */
	has({ session, seq }: Origin): boolean {
		return this.#ranges(session)?.some(([first, last]) => seq >= first && seq <= last) === true
	}

	/** Says whether its count can follow those of its session: consumers order by it, and a leap waits until another telegram is near. */
	follows({ session, seq }: Origin): boolean {
		const ranges = this.#ranges(session)
		return ranges === undefined || ranges.some(([first, last]) => seq - last <= MAX_LEAP && first - seq <= MAX_LEAP)
	}

	/** Counts so many telegrams from this one on as delivered. */
	add({ session, seq }: Origin, count = 1): void {
		this.#put(session, extended(this.#ranges(session) ?? [], seq, seq + count - 1))
	}

	/** Gives all in a form that can be kept. */
	export(): KeptDeliveries {
		return this.#sessions
	}

	/** Takes what was kept. What is not of that form is left out. */
	import(kept: unknown): void {
		for (const one of Array.isArray(kept) ? kept.slice(-MANY_SESSIONS) : []) {
			const { session, ranges } = (one ?? {}) as Partial<Record<keyof KeptDeliveries[number], unknown>>
			if (!Number.isSafeInteger(session) || !Array.isArray(ranges) || !ranges.every(isRange)) continue
			this.#put(session as number, ranges.slice(-MANY_RANGES))
		}
	}

	#ranges(session: number): Ranges | undefined {
		for (const one of this.#sessions) if (one.session === session) return one.ranges
		return undefined
	}

	/** Puts a session behind the others, of which the one that was used longest ago is forgotten where there are too many. */
	#put(session: number, ranges: Ranges): void {
		const sessions = this.#sessions.filter((one) => one.session !== session)
		if (sessions.length >= MANY_SESSIONS) sessions.shift()
		sessions.push({ session, ranges })
		this.#sessions = sessions
	}
}

const isRange = (range: unknown): range is [number, number] =>
	Array.isArray(range) && range.length === 2 && range.every(Number.isSafeInteger) && range[0] <= range[1]

/** Gives the ranges with one more, joined to those that it touches. Where there are too many, the one that was used longest ago is forgotten. */
function extended(ranges: Ranges, first: number, last: number): Ranges {
	const all: [number, number][] = []
	let [from, to] = [first, last]
	for (const [one, other] of ranges) {
		if (first > other + 1 || last < one - 1) all.push([one, other])
		else {
			from = Math.min(from, one)
			to = Math.max(to, other)
		}
	}
	all.push([from, to])
	if (all.length > MANY_RANGES) all.shift()
	return all
}
