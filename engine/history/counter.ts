/** Seconds of a quarter-hour. Every edge of a bar is a multiple of it, in every zone. */
export const QUARTER = 900
/** Seconds that a reading may be away from an edge, whatever the meter's pace: its value counts as the counter's at that edge. */
export const SHARP = 60
/** Seconds by which a clock may lose time between two readings before that is a clock that was set back. */
const SET_BACK = 120
/** A gap may be so much longer than usual; so many longer ones in a row become usual. */
const [JITTER, LONGER] = [1.5, 3]
/** Crossings that wait for the disk: a month of them. */
const MOST_WAITING = 3000

/**
 * Two neighbouring readings with an edge of a quarter-hour between them: the counter showed `from` at `at`, and `to` at `next` (seconds since 1970), and
 * nothing in between is known. `since`: earlier than `at` where the clock was set back: what was counted belongs to the time from there to `next`. `usual`: seconds
 * between two readings of this counter, as learned before.
 */
export type Crossing = { since: number; at: number; next: number; from: number; to: number; usual: number }

/**
 * One counter of one meter, from its first reading (`start`, `first`) to its last (`at`, `last`): within a run all differences are energy. `id`: the meter's,
 * empty where it has said none; `reset`: the text by which the operator says that the meter was swapped. `received`: when the last reading arrived; `isOwnClock`: its time was not that of its arrival. `before`: the value
 * before the last one, and `beforeAt` its time (0 for none): a last one that was wrong is taken back.
 */
export type Run = {
	id: string
	reset: string
	start: number
	first: number
	at: number
	last: number
	received: number
	isOwnClock: boolean
	usual: number
	beforeAt: number
	before: number
}

/** A value of a counter. `time`, `received`: seconds since 1970. `isRestart`: the reading says that the counter starts over from this value. */
export type Shown = { id: string; reset: string; value: number; time: number; received: number; isOwnClock: boolean; isRestart: boolean }

/** The changes of a counter since it was last written. `undone`: crossings on disk that count no longer, by their `next`. */
export type Unsaved = { runs: Run[]; dropped: Run[]; crossings: Crossing[]; undone: number[] }

/**
 * Follows one counter. All history is made of it, by these rules:
 *
 * - The counter is kept, never the power: each pair of neighbouring readings with an edge of a quarter-hour between them (`Crossing`). Every energy is a
 *   difference of two values that the meter has shown, so energies add up without a rest.
 * - A value counts at the `time` of its reading. One that is not later than the last one is left out: the next ones have what it has. So neither a
 *   clock that is set back, nor a message that comes twice or late, changes what is kept.
 * - A clock that was set back: what is counted until it has passed its old time lies in the hours that it shows twice, and is told as a gap there if these
 *   lie on an edge (`since`). It shows by less time gone by than at the arrival or, where the time of arrival
 *   is all there is, by times before the last one.
 * - Another id of the meter, another `reset` of the operator, a reading that says so (`restarted`), or a value below the last one begins a new run. No energy is made across: what was used between
 *   two runs is not known.
 * - A single value that was too high, as the next one shows by falling below it but not below the value before it, is taken back.
 * - A counter that is absent, since its telegram has it not or its value was withheld, changes nothing.
 */
export class Counter {
	#run: Run | undefined
	#crossings: Crossing[] = []
	#runs: Run[] = []
	#dropped: Run[] = []
	#undone: number[] = []
	#isChanged = false
	/** The earliest time since the last one that counts, where it is earlier. */
	#lowest = Number.POSITIVE_INFINITY
	/** Gaps in a row that were longer than usual, and the shortest of them. */
	#longer = 0
	#shortest = Number.POSITIVE_INFINITY

	/** Goes on with a run of an earlier process. */
	constructor(run?: Run) {
		this.#run = run
	}

	/** The run that goes on; undefined before the first value. */
	get run(): Readonly<Run> | undefined {
		return this.#run
	}

	/** The crossings that are not on disk yet. */
	get crossings(): readonly Crossing[] {
		return this.#crossings
	}

	/** The runs that ended and are not on disk yet. */
	get ended(): readonly Run[] {
		return this.#runs
	}

	/** Takes a value. Tells whether it ended a crossing, so that an edge is behind it. */
	take(shown: Shown): boolean {
		const run = this.#run
		const { value, time } = shown
		if (!run) return this.#begin(shown)
		if (time <= run.at) {
			if (time < this.#lowest) this.#lowest = time
			return false
		}
		this.#isChanged = true
		const isOther = shown.reset !== run.reset || (shown.id !== '' && run.id !== '' && shown.id !== run.id)
		if (isOther || shown.isRestart || value < run.last) {
			if (isOther || !this.#undo(value)) return this.#begin(shown)
			return this.take({ ...shown, isRestart: false })
		}
		const since = this.#since(run, shown)
		const isCrossing = since < run.at || Math.floor(time / QUARTER) > Math.floor(run.at / QUARTER)
		if (isCrossing) this.#put({ since, at: run.at, next: time, from: run.last, to: value, usual: Math.round(run.usual) })
		run.beforeAt = run.at
		run.before = run.last
		run.usual = this.#learned(run.usual, time - run.at)
		run.at = time
		run.last = value
		run.received = shown.received
		run.isOwnClock = shown.isOwnClock
		if (shown.id !== '') run.id = shown.id
		this.#lowest = Number.POSITIVE_INFINITY
		return isCrossing
	}

	/** Begins over on an empty disk: what was kept before is gone. */
	restart(): void {
		const run = this.#run
		if (run) this.trim(run.at, run.last)
		this.#crossings = []
		this.#runs = []
		this.#dropped = []
		this.#undone = []
		this.#isChanged = run !== undefined
	}

	/** Lets the run begin later: what lies before is no longer kept. */
	trim(start: number, first: number): void {
		if (!this.#run || this.#run.start >= start) return
		const { beforeAt } = this.#run
		this.#run = { ...this.#run, start, first, beforeAt: beforeAt < start ? 0 : beforeAt }
	}

	/** Gives what is to be written; `saved` is to be called once it is on disk, before another value is taken. */
	unsaved(): Unsaved | undefined {
		if (!this.#isChanged || !this.#run) return undefined
		return { runs: [...this.#runs, this.#run], dropped: this.#dropped, crossings: this.#crossings, undone: this.#undone }
	}

	/** Takes note that all is on disk. */
	saved(): void {
		this.#crossings = []
		this.#runs = []
		this.#dropped = []
		this.#undone = []
		this.#isChanged = false
	}

	#begin({ id, reset, value, time, received, isOwnClock }: Shown): boolean {
		const run = this.#run
		// A run with one value gives no energy: two ids in turn leave nothing behind.
		if (run) (run.start === run.at ? this.#dropped : this.#runs).push(run)
		if (this.#runs.length > MOST_WAITING) this.#runs.shift()
		if (this.#dropped.length > MOST_WAITING) this.#dropped.shift()
		this.#run = {
			id,
			reset,
			start: time,
			first: value,
			at: time,
			last: value,
			received,
			isOwnClock,
			usual: run?.usual ?? 0,
			beforeAt: 0,
			before: 0,
		}
		this.#lowest = Number.POSITIVE_INFINITY
		this.#isChanged = true
		return false
	}

	/** Takes the last value back, where this one shows that it was a single one and too high. Tells whether it did. */
	#undo(value: number): boolean {
		const run = this.#run as Run
		const { at, beforeAt, before } = run
		if (beforeAt === 0 || value >= run.last || value < before) return false
		if (this.#crossings.at(-1)?.next === at) this.#crossings.pop()
		else this.#undone.push(at)
		this.#run = { ...run, at: beforeAt, last: before, received: run.received - (at - beforeAt), beforeAt: 0, before: 0 }
		return true
	}

	#put(crossing: Crossing): void {
		this.#crossings.push(crossing)
		// The disk is away: what is lost shows as a gap.
		if (this.#crossings.length > MOST_WAITING) this.#crossings.shift()
	}

	/**
	 * From when on the energy of a pair was counted: before its first time, where the clock was set back. A meter's own clock is held against the times of arrival:
	 * a message that comes late sets none back.
	 */
	#since({ at, received, isOwnClock }: Run, shown: Shown): number {
		if (!isOwnClock || !shown.isOwnClock) return at - this.#lowest > SET_BACK ? this.#lowest : at
		const passed = shown.received - received
		return passed - (shown.time - at) > SET_BACK ? Math.min(at, this.#lowest, shown.time - passed) : at
	}

	/** The usual gap after one more: longer ones count once there are some in a row, so that an outage is not usual. */
	#learned(usual: number, gap: number): number {
		if (gap <= JITTER * usual) {
			this.#longer = 0
			this.#shortest = Number.POSITIVE_INFINITY
			return usual + (gap - usual) / 8
		}
		this.#shortest = Math.min(this.#shortest, gap)
		if (++this.#longer < (usual === 0 ? 2 : LONGER)) return usual
		const learned = this.#shortest
		this.#longer = 0
		this.#shortest = Number.POSITIVE_INFINITY
		return learned
	}
}
