import { crc32 } from 'node:zlib'
import type libsql from 'libsql'
import type { Known } from './attribute.ts'
import type { Crossing, Run, Unsaved } from './counter.ts'
import { type Open, openDatabase } from './database.ts'
import { crossingBytes, powerBytes, readCrossings, readPowers } from './entries.ts'
import type { Powers } from './powers.ts'

/** Seconds of a pack: a day of crossings and of quarter-hours, an hour of minutes. */
export const [DAY, HOUR] = [86_400, 3600]
/** Packs of one series. */
const PACKS = 2 ** 20
/** Runs that are read at once: no meter begins so often. */
const MOST_RUNS = 10_000

type Row = [
	start: number,
	id: string,
	reset: string,
	first: number,
	at: number,
	last: number,
	received: number,
	own: number,
	usual: number,
	beforeAt: number,
	before: number,
	sum: number,
]
type Pack = [id: number, data: Uint8Array]

const RUN = 'start, id, reset, first, at, last, received, own, usual, before_at, before, sum'

const NEXT_PACK = 'SELECT id, data FROM packs WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1'
const NEXT_RUN = `SELECT ${RUN} FROM runs WHERE series = ? AND start >= ? AND at >= ? AND start <= ? ORDER BY start LIMIT 1`

/** The data on disk, in one database. Every function throws SQLite's error where the disk fails. */
export class Store {
	readonly #database: libsql.Database
	readonly #series = new Map<string, Map<string, number>>()
	readonly #statements = new Map<string, libsql.Statement<unknown[]>>()
	/** Gets how many entries were damaged. */
	readonly #damaged: (entries: number) => void

	constructor(open: Open, file: string, damaged: (entries: number) => void) {
		this.#database = openDatabase(open, file)
		this.#damaged = damaged
		this.#readNames()
	}

	/** Lists the meters of which something is kept. */
	meters(): string[] {
		return [...this.#series.keys()]
	}

	/** Lists the series of a meter, with their names. */
	seriesOf(meter: string): ReadonlyMap<string, number> {
		return this.#series.get(meter) ?? new Map()
	}

	/** Gives when the first run of a meter begins; infinity where none is kept. */
	earliest(meter: string): number {
		let earliest = Number.POSITIVE_INFINITY
		for (const series of this.seriesOf(meter).values()) {
			const row = this.#one<[number]>('SELECT start FROM runs WHERE series = ? ORDER BY start LIMIT 1', series)
			if (row) earliest = Math.min(earliest, row[0])
		}
		return earliest
	}

	/** Does all of it, or nothing. */
	together(write: () => void): void {
		this.#database.exec('BEGIN IMMEDIATE')
		try {
			write()
			this.#database.exec('COMMIT')
		} catch (error) {
			try {
				if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
				this.#readNames()
			} catch {
				// The first error says what is wrong.
			}
			throw error
		}
	}

	/** Writes what is new of a counter. */
	putCounter(meter: string, name: string, { runs, dropped, crossings, undone }: Unsaved): void {
		const series = this.#of(meter, name)
		for (const { start } of dropped) this.#run('DELETE FROM runs WHERE series = ? AND start = ?', series, start)
		for (const run of runs) this.#putRun(series, run)
		const cancel = undone.map((next): Crossing => ({ since: next, at: next, next, from: 0, to: 0, usual: 0 }))
		for (const [slot, some] of bySlot([...cancel, ...crossings], DAY, ({ next }) => next))
			this.#append(series, slot, crossingBytes(series, some))
	}

	/** Writes powers; `size`: seconds of their packs. */
	putPowers(meter: string, name: string, all: readonly Powers[], size: number): void {
		if (all.length === 0) return
		const series = this.#of(meter, name)
		for (const [slot, some] of bySlot(all, size, ({ start }) => start)) this.#append(series, slot, powerBytes(series, some))
	}

	/** Gives the last run of a counter. */
	lastRun(meter: string, name: string): Run | undefined {
		const series = this.seriesOf(meter).get(name)
		if (series === undefined) return undefined
		const row = this.#one<Row>(`SELECT ${RUN} FROM runs WHERE series = ? ORDER BY start DESC LIMIT 1`, series)
		return row && this.#runs(series, [row])[0]
	}

	/** Gives what is kept of a counter between two times, and what is next to them on both sides; and so of one more time before. */
	counter(meter: string, name: string, from: number, to: number, also = from): Known | undefined {
		const series = this.seriesOf(meter).get(name)
		if (series === undefined) return undefined
		const near = (low: number, high: number) => this.#packs(series, Math.floor(low / DAY), Math.floor(high / DAY), true)
		// Those that come twice do not count twice.
		const packs = [...(also < from ? near(also, also) : []), ...near(from, to)].map(([, data]) => data)
		const { crossings, damaged } = readCrossings(series, packs)
		if (damaged > 0) this.#damaged(damaged)
		return { runs: this.#runs(series, this.#rowsOf(series, also, to)), crossings }
	}

	/** Gives the powers of a meter from one time to another; `size`: seconds of their packs. */
	powers(meter: string, name: string, from: number, to: number, size: number): Map<number, Powers> {
		const found = new Map<number, Powers>()
		const series = this.seriesOf(meter).get(name)
		if (series === undefined) return found
		let damaged = 0
		for (const [, data] of this.#packs(series, Math.floor(from / size), Math.floor(to / size), false))
			damaged += readPowers(series, data, found)
		if (damaged > 0) this.#damaged(damaged)
		return found
	}

	/** Deletes all that is kept of a meter. */
	forget(meter: string): void {
		this.together(() => {
			for (const series of this.seriesOf(meter).values()) {
				this.#run('DELETE FROM packs WHERE id BETWEEN ? AND ?', series * PACKS, series * PACKS + PACKS - 1)
				this.#run('DELETE FROM runs WHERE series = ?', series)
				this.#run('DELETE FROM series WHERE id = ?', series)
			}
		})
		this.#series.delete(meter)
	}

	/**
	 * Deletes some of what lies before a time: at most `most` packs of one series, so that no reading waits. Runs that began before begin at the
	 * last crossing that goes. Gives where the last of them begins then, where that changed.
	 */
	prune(meter: string, name: string, before: number, size: number, most: number): { start: number; first: number } | undefined {
		const series = this.seriesOf(meter).get(name)
		if (series === undefined) return undefined
		const [first, limit] = [series * PACKS, series * PACKS + Math.floor(before / size)]
		const old = this.#packsFrom(first, limit - 1, most)
		const { crossings } = readCrossings(series, isCounter(name) ? old.map(([, data]) => data) : [])
		const end = crossings.length - 1
		const last = end < 0 ? undefined : { next: crossings.next(end), to: crossings.to(end) }
		if (old.length === 0) return undefined
		this.together(() => {
			this.#run('DELETE FROM packs WHERE id >= ? AND id <= ?', first, old.at(-1)?.[0] ?? 0)
			if (!last) return
			this.#run('DELETE FROM runs WHERE series = ? AND at < ?', series, last.next)
			const rows = this.#rowsOf(series, last.next, last.next - 1)
			for (const run of this.#runs(series, rows)) {
				this.#run('DELETE FROM runs WHERE series = ? AND start = ?', series, run.start)
				this.#putRun(series, { ...run, start: last.next, first: last.to })
			}
		})
		return last && { start: last.next, first: last.to }
	}

	/** Closes the file, with all that was written in it. */
	close(): void {
		this.#statements.clear()
		try {
			this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
		} finally {
			this.#database.close()
		}
	}

	#of(meter: string, name: string): number {
		const known = this.#series.get(meter)?.get(name)
		if (known !== undefined) return known
		const id = Number(this.#run('INSERT INTO series (meter, name) VALUES (?, ?)', meter, name).lastInsertRowid)
		this.#name(meter, name, id)
		return id
	}

	/** Reads the names of all series: those that were new may be gone with what failed. */
	#readNames(): void {
		const rows = this.#database.prepare('SELECT id, meter, name FROM series').raw(true).all() as [number, string, string][]
		this.#series.clear()
		for (const [id, meter, name] of rows) this.#name(meter, name, id)
	}

	#name(meter: string, name: string, id: number): void {
		const names = this.#series.get(meter) ?? new Map<string, number>()
		this.#series.set(meter, names.set(name, id))
	}

	#putRun(series: number, { start, id, reset, first, at, last, received, isOwnClock, usual, beforeAt, before }: Run): void {
		const row = [start, id, reset, first, at, last, received, Number(isOwnClock), usual, beforeAt, before] as const
		const marks = '?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?'
		this.#run(`INSERT OR REPLACE INTO runs (series, ${RUN}) VALUES (${marks})`, series, ...row, sumOf(series, row))
	}

	#runs(series: number, rows: Row[]): Run[] {
		const runs: Run[] = []
		for (const [start, id, reset, first, at, last, received, own, usual, beforeAt, before, sum] of rows) {
			const isWhole = sum === sumOf(series, [start, id, reset, first, at, last, received, own, usual, beforeAt, before])
			if (isWhole) runs.push({ start, id, reset, first, at, last, received, isOwnClock: own === 1, usual, beforeAt, before })
			else this.#damaged(1)
		}
		return runs
	}

	/** The packs of a series from one slot to another; `beside`: and one on each side. */
	#packs(series: number, from: number, to: number, beside: boolean): Pack[] {
		const [first, low, high, last] = [series * PACKS, series * PACKS + from, series * PACKS + to, series * PACKS + PACKS - 1]
		const within = this.#packsFrom(low, high)
		if (!beside) return within
		const before = this.#one<Pack>('SELECT id, data FROM packs WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1', first, low)
		return [...(before ? [before] : []), ...within, ...this.#packsFrom(high + 1, last, 1)]
	}

	/** The packs from one id to another, `most` at the most. */
	#packsFrom(low: number, high: number, most = PACKS): Pack[] {
		const found: Pack[] = []
		let pack = this.#one<Pack>(NEXT_PACK, low, high)
		while (pack) {
			found.push(pack)
			pack = found.length < most ? this.#one<Pack>(NEXT_PACK, pack[0] + 1, high) : undefined
		}
		return found
	}

	/** The rows of runs that end at a time or later, and begin at another or before. */
	#rowsOf(series: number, end: number, start: number): Row[] {
		const found: Row[] = []
		let row = this.#one<Row>(NEXT_RUN, series, 0, end, start)
		while (row) {
			found.push(row)
			row = found.length < MOST_RUNS ? this.#one<Row>(NEXT_RUN, series, row[0] + 1, end, start) : undefined
		}
		return found
	}

	#append(series: number, slot: number, data: Uint8Array): void {
		const append = 'INSERT INTO packs VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = CAST(data || excluded.data AS BLOB)'
		this.#run(append, series * PACKS + slot, data)
	}

	/** Asks for one row. Many are asked for one by one: what libsql holds for a list of them it gives back late, a hundred megabytes after a day. */
	#one<Found>(text: string, ...values: unknown[]): Found | undefined {
		return this.#statement(text).get(...values) as Found | undefined
	}

	#run(text: string, ...values: unknown[]) {
		return this.#statement(text).run(...values)
	}

	#statement(text: string): libsql.Statement<unknown[]> {
		const known = this.#statements.get(text)
		if (known) return known
		const made = this.#database.prepare(text)
		const statement = made.reader ? made.raw(true) : made
		this.#statements.set(text, statement)
		return statement
	}
}

/** Whether a series is a counter, and has crossings. */
const isCounter = (name: string) => /^energy_|^submeters\./.test(name)

/** A checksum over a run and its series. */
const sumOf = (series: number, row: readonly (number | string)[]) => crc32(JSON.stringify([series, ...row]))

function bySlot<Entry>(entries: readonly Entry[], size: number, timeOf: (entry: Entry) => number): Map<number, Entry[]> {
	const slots = new Map<number, Entry[]>()
	for (const entry of entries) {
		const slot = Math.floor(timeOf(entry) / size)
		const some = slots.get(slot)
		if (some) some.push(entry)
		else slots.set(slot, [entry])
	}
	return slots
}
