/** How many gaps between readings are looked at. */
const MANY = 20
/** Seconds below which readings are parts of one answer, and beyond which a single gap may have been an outage. */
const [BURST, LONG] = [1, 600]
/** A gap may be so much longer than usual. */
const JITTER = 1.1
/** Seconds that people choose. */
const ROUND = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]

/** Learns how often a meter sends: an adapter may be set to send less often than its profile says. */
export class Pace {
	/** The last ones, in turn, and sorted. */
	readonly #gaps: number[] = []
	readonly #sorted: number[] = []
	/** Seconds that four gaps of five keep to. */
	#usual = 0
	#last: number | undefined

	/** Whether two readings were heard, so that their gap is known. */
	get known(): boolean {
		return this.#gaps.length > 0
	}

	/** Whether one reading was heard. */
	get begun(): boolean {
		return this.#last !== undefined
	}

	/** Takes the time of a reading, in seconds of a clock that never goes back. */
	heard(at: number): void {
		const gap = this.#last === undefined ? 0 : at - this.#last
		this.#last = at
		if (gap < BURST) return
		this.#gaps.push(gap)
		const sorted = this.#sorted
		if (this.#gaps.length > MANY) sorted.splice(sorted.indexOf(this.#gaps.shift() as number), 1)
		const place = sorted.findIndex((other) => other > gap)
		sorted.splice(place === -1 ? sorted.length : place, 0, gap)
		this.#usual = sorted[Math.floor(0.8 * (sorted.length - 1))] ?? 0
	}

	/** Gives the seconds between two readings: those that are stated, or a round number of those that four gaps of five keep to, where that is longer. */
	interval(stated: number): number {
		const likely = this.#gaps.length === 1 ? Math.min(this.#usual, LONG) : this.#usual
		if (likely <= JITTER * stated) return stated
		return roundSeconds(likely)
	}
}

/** Gives the next round number of seconds that people choose; a gap may be a little longer than it. */
export const roundSeconds = (gap: number): number => ROUND.find((seconds) => gap <= JITTER * seconds) ?? 86_400
