import type { History as HistoryAnswer, Step } from '../../schema/types/api.ts'
import type { Tariff } from '../../schema/types/config.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Sum, Totals } from '../../schema/types/totals.ts'
import { hourly } from '../files/kept-file.ts'
import { isoInstant, offsetAt } from '../telegram/zone.ts'
import { barsOf } from './bars.ts'
import { edgesOf } from './calendar.ts'
import { QUARTER } from './counter.ts'
import type { Open } from './database.ts'
import { Disk } from './disk.ts'
import { countersOf, earliestOf, powersOf } from './past.ts'
import { quarterOf } from './powers.ts'
import { Pruning } from './pruning.ts'
import type { Source } from './source.ts'
import { DAY, HOUR } from './store.ts'
import { totalsFrom, totalsOf } from './totals.ts'
import { type Haste, Track } from './track.ts'

export type HistorySettings = {
	/** The database's file. */
	file: string
	/** Days of quarter-hours, and of minutes, that are kept. */
	days: number
	minuteDays: number
	/** The tariffs that hold now. */
	tariffs(): readonly Tariff[]
	/** The meter's zone (IANA); undefined where its profile says none: then the process's. */
	zone(meter: string): string | undefined
	/** The meter's `reset` in the config: when it changes, no energy is made across. */
	reset?(meter: string): string | undefined
	/** Gets, in words for people, what is wrong with the disk: once an hour. */
	tell(text: string): void
	/** Called when a meter's totals are to be published: after its first reading, and at the end of each quarter-hour. */
	ended?(meter: string): void
	/** Milliseconds since 1970. */
	now?(): number
}

/** A query of the history: bars of a step that have a part between two times (ms since 1970). */
export type HistoryQuery = { from: number; to: number; step: Step }

/** Milliseconds until what was added is written, where an edge comes, or is behind it; and else. */
const PAUSES: Record<Exclude<Haste, 'none'>, number> = { edge: 1000, crossed: 100 }
const TICK = 60_000
/** Minutes of power that are written together: what the eye sees may miss some. */
const MINUTES_WAIT = 5

/**
 * Keeps what was used and fed in over days, by the rules of `Counter` and `attribute`. New readings are in memory, and on disk within a minute, within a second before
 * the end of a quarter-hour, and at once behind it. A disk that fails is told, and costs what it costs: nothing here throws for it.
 */
export class History {
	readonly #settings: HistorySettings
	readonly #disk: Disk
	readonly #pruning: Pruning
	readonly #tracks = new Map<string, Track>()
	readonly #tick: NodeJS.Timeout
	readonly #complain: (text: string) => void
	/** The sums of the month before: most of what totals cost. `key`: what they hold for. */
	readonly #lastMonths = new Map<string, { key: string; sum: Sum }>()
	#soon: NodeJS.Timeout | undefined
	#soonAt = 0
	#isClosed = false

	constructor(settings: HistorySettings, open: Open) {
		const { file, tell } = settings
		this.#settings = settings
		this.#complain = hourly(tell)
		this.#disk = new Disk({ open, file, tell, begun: () => this.#restart() })
		this.#pruning = new Pruning(settings, this.#disk, this.#tracks)
		this.#tick = setInterval(() => this.#minute(), TICK).unref()
	}

	/** Takes a reading: it costs a microsecond and no file is touched, but for a meter's first one. `profile`: says the meter's zone where the settings do not. */
	add(reading: Reading, profile: { timezone?: string | undefined } = {}): void {
		if (this.#isClosed) return
		const track = this.#tracks.get(reading.meter) ?? this.#begin(reading.meter)
		track.zone = profile.timezone
		const haste = track.add(reading)
		if (haste !== 'none') this.#hurry(PAUSES[haste])
	}

	/** Gives the bars, gaps and powers of a meter, of the time of which something is kept, up to now. */
	bars(meter: string, { from, to, step }: HistoryQuery): HistoryAnswer {
		const zone = this.#zone(meter)
		const track = this.#tracks.get(meter)
		const now = this.#now()
		const answer = { meter, timezone: zone, step, from: isoInstant(from, zone), to: isoInstant(to, zone), bars: [], gaps: [] }
		const [begin, end] = [Math.floor(from / 1000), Math.min(Math.ceil(to / 1000), now + 1)]
		if (step === 'minute') return { ...answer, powers: powersOf(this.#disk, meter, track, 'minutes', begin, end, zone) }
		const powers = step === 'quarter' ? { powers: powersOf(this.#disk, meter, track, 'quarters', begin, end, zone) } : {}
		const known = Math.max(begin, earliestOf(this.#disk, meter, track), now - (this.#settings.days + 1) * DAY)
		if (!(known < end)) return { ...answer, ...powers }
		const edges = edgesOf(step, known, end, zone)
		const { bars, gaps, currency } = barsOf(this.#source(meter, zone, edges[0] ?? known, edges.at(-1) ?? end, now), step, edges)
		return { ...answer, ...(currency !== undefined && { currency }), bars, gaps, ...powers }
	}

	/** Gives the sums of today, yesterday, months and year; undefined for a meter of which nothing is kept. */
	totals(meter: string): Totals | undefined {
		if (earliestOf(this.#disk, meter, this.#tracks.get(meter)) === Number.POSITIVE_INFINITY) return undefined
		const [zone, now] = [this.#zone(meter), this.#now()]
		const { lastMonth, month, year } = totalsFrom(now, zone)
		const key = `${month} ${zone} ${JSON.stringify(this.#settings.tariffs())}`
		const known = this.#lastMonths.get(meter)
		if (known?.key === key) return totalsOf(this.#source(meter, zone, month, now, now, Math.min(month, year)), known.sum)
		const totals = totalsOf(this.#source(meter, zone, lastMonth, now, now, Math.min(lastMonth, year)))
		// A day later nothing of it changes any more, once readings of this month are there: until then what is caught up may be of the last one.
		const isPast = [...(this.#tracks.get(meter)?.counters.values() ?? [])].some(({ run }) => run !== undefined && run.at >= month)
		if (totals.lastMonth && isPast && now >= month + 2 * DAY) this.#lastMonths.set(meter, { key, sum: totals.lastMonth })
		return totals
	}

	/** Deletes all that is kept of a meter. Throws an Error where the disk fails, or it is closed: who asked must hear it. */
	forget(meter: string): void {
		if (this.#isClosed) throw new Error('the config is being taken over')
		this.#disk.must((store) => store.forget(meter))
		this.#tracks.delete(meter)
		this.#lastMonths.delete(meter)
	}

	/**
	 * Holds only these meters in memory; what is kept of the others stays on disk. To be called when the config has changed, before a meter that starts over is read.
	 */
	keep(names: readonly string[]): void {
		for (const [name, track] of this.#tracks) track.reset = this.#settings.reset?.(name) ?? ''
		const wanted = new Set(names)
		const others = [...this.#tracks.keys()].filter((name) => !wanted.has(name))
		if (others.length === 0) return
		this.flush()
		for (const name of others) {
			this.#tracks.delete(name)
			this.#lastMonths.delete(name)
		}
	}

	/** Writes what is not on disk yet, and tells whose totals are new. */
	flush(): void {
		clearTimeout(this.#soon)
		this.#soon = undefined
		this.#write(0)
		this.#tell()
	}

	/** Writes all, and closes the file. */
	close(): void {
		if (this.#isClosed) return
		this.#isClosed = true
		clearInterval(this.#tick)
		clearTimeout(this.#soon)
		for (const { powers } of this.#tracks.values()) powers.end()
		this.#write(0, true)
		this.#disk.close()
	}

	#begin(meter: string): Track {
		const quarter = () => {
			const now = this.#now()
			const minutes = this.#disk.read((store) => [...store.powers(meter, 'minutes', now - HOUR, now, HOUR).values()], [])
			return quarterOf(minutes)
		}
		const track = new Track({ run: (name) => this.#disk.read((store) => store.lastRun(meter, name), undefined), quarter: quarter() })
		track.reset = this.#settings.reset?.(meter) ?? ''
		this.#tracks.set(meter, track)
		this.#hurry(PAUSES.edge)
		return track
	}

	/** Writes after so many milliseconds at the latest. */
	#hurry(pause: number): void {
		if (this.#soon && this.#soonAt <= performance.now() + pause) return
		clearTimeout(this.#soon)
		this.#soonAt = performance.now() + pause
		this.#soon = setTimeout(() => {
			this.#soon = undefined
			this.#write(MINUTES_WAIT)
			this.#tell()
		}, pause).unref()
	}

	#minute(): void {
		this.#disk.look()
		this.#write(MINUTES_WAIT)
		this.#pruning.step(this.#now())
		for (const [meter, track] of this.#tracks) this.#lookAhead(meter, track)
		// A day ends for a meter that is silent, too.
		const quarter = Math.floor((this.#now() - TICK / 1000) / QUARTER)
		for (const track of this.#tracks.values()) if (track.told < quarter) track.hasCrossed = true
		this.#tell()
	}

	/** Tells of a counter whose last value is of a day to come: nothing is kept before that, since it is not known which clock was wrong. */
	#lookAhead(meter: string, { counters }: Track): void {
		const latest = Math.max(...[...counters.values()].map(({ run }) => run?.at ?? 0))
		if (latest <= this.#now() + DAY) return
		const day = isoInstant(latest * 1000, this.#zone(meter)).slice(0, 10)
		this.#complain(
			`the history of ${meter} has a value of ${day}, and this computer's clock is before that: nothing is kept until then. If the clock was wrong before, delete the history of this meter`,
		)
	}

	/** Writes what is new of all meters; `wait`: minutes of power that are not worth a write; `last`: there is no later. */
	#write(wait: number, last = false): void {
		const changed = [...this.#tracks].flatMap(([meter, track]) =>
			[...track.counters].flatMap(([name, counter]) => {
				const unsaved = counter.unsaved()
				return unsaved ? [{ meter, name, counter, unsaved }] : []
			}),
		)
		const powers = [...this.#tracks].filter(([, { powers }]) => powers.minutes.length > wait || powers.quarters.length > 0)
		if (changed.length === 0 && powers.length === 0) return
		const isDone = this.#disk.write((store) => {
			for (const { meter, name, unsaved } of changed) store.putCounter(meter, name, unsaved)
			for (const [meter, { powers: log }] of powers) {
				store.putPowers(meter, 'minutes', log.minutes, HOUR)
				store.putPowers(meter, 'quarters', log.quarters, DAY)
			}
		}, last)
		if (!isDone) return
		for (const { counter } of changed) counter.saved()
		for (const [, { powers: log }] of powers) log.saved()
	}

	#tell(): void {
		const quarter = Math.floor(this.#now() / QUARTER)
		for (const [meter, track] of this.#tracks) {
			if (!track.hasCrossed) continue
			track.hasCrossed = false
			track.told = quarter
			this.#settings.ended?.(meter)
		}
	}

	#restart(): void {
		this.#lastMonths.clear()
		for (const { counters } of this.#tracks.values()) for (const counter of counters.values()) counter.restart()
	}

	#source(meter: string, zone: string, from: number, to: number, now: number, also = from): Source {
		const counters = countersOf(this.#disk, meter, this.#tracks.get(meter), from, to, also)
		return { meter, counters, zone, tariffs: this.#settings.tariffs(), now }
	}

	#zone(meter: string): string {
		const zone = this.#settings.zone(meter) ?? this.#tracks.get(meter)?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
		try {
			offsetAt(0, zone)
			return zone
		} catch {
			return 'UTC'
		}
	}

	#now(): number {
		return Math.floor((this.#settings.now?.() ?? Date.now()) / 1000)
	}
}

/**
 * Opens the history in a file of its own, or begins it. Undefined where this system has no database (then `tell` says so); a file that cannot be opened is tried
 * again later.
 */
export async function openHistory(settings: HistorySettings): Promise<History | undefined> {
	try {
		const { default: open } = await import('libsql')
		return new History(settings, open)
	} catch (error) {
		settings.tell(`no history is kept: there is no database for this system (${(error as Error).message})`)
		return undefined
	}
}
