import { chmodSync, closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import type libsql from 'libsql'

/** The class that opens a database: the module is loaded only where history is kept. */
export type Open = new (file: string, options: { timeout: number }) => libsql.Database

/** A file that is no database of ours, or damaged: it is set aside, and a new one begun. */
export class BrokenFile extends Error {}

/** Marks our files (`cii1`), and the version of their form. */
const [APPLICATION, VERSION] = [0x63696931, 1]
/** Milliseconds that another program may hold the file: the readings wait. */
const PATIENCE = 50

/**
 * `series`: each counter and power of each meter. `packs`: a day of crossings or quarter-hours, or an hour of minutes, one entry behind the other
 * (entries.ts); `id` is 2^20 times the series, and the day or hour since 1970. `runs`: counters from their first to their last reading.
 */
const SCHEMA = `
	CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY AUTOINCREMENT, meter TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (meter, name));
	CREATE TABLE IF NOT EXISTS packs (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
	CREATE TABLE IF NOT EXISTS runs (
		series INTEGER NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL, reset TEXT NOT NULL, first REAL NOT NULL, at INTEGER NOT NULL, last REAL NOT NULL,
		received INTEGER NOT NULL, own INTEGER NOT NULL, usual REAL NOT NULL, before_at INTEGER NOT NULL, before REAL NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (series, start)
	) WITHOUT ROWID;
	PRAGMA application_id = ${APPLICATION};
	PRAGMA user_version = ${VERSION};
`

/**
 * Opens the file, or makes it (for its owner only). Throws `BrokenFile` for one that is damaged or no database of ours, and an Error that says what is wrong
 * for one that cannot be opened, or that a newer version wrote.
 */
export function openDatabase(open: Open, file: string): libsql.Database {
	const found = statSync(file, { throwIfNoEntry: false })
	if (found?.isFile() === false) throw new Error('it is no file')
	// Before SQLite does: its -wal and -shm take over the mode. A file that is there stays closed: SQLite's locks would go with ours.
	if (!found) closeSync(openSync(file, 'wx', 0o600))
	else if ((found.mode & 0o077) !== 0) chmodSync(file, 0o600)
	const database = new open(file, { timeout: PATIENCE })
	try {
		prepare(database)
		return database
	} catch (error) {
		database.close()
		throw isBroken(error) ? new BrokenFile((error as Error).message) : error
	}
}

function prepare(database: libsql.Database): void {
	const tables = numberOf(database, 'SELECT count(*) FROM sqlite_master')
	const application = numberOf(database, 'PRAGMA application_id')
	const version = numberOf(database, 'PRAGMA user_version')
	if (tables !== 0 && application !== APPLICATION) throw new BrokenFile('it is no history')
	if (version > VERSION) throw new Error(`a newer version of this program wrote it (its form is ${version}, this one knows ${VERSION})`)
	// A kill loses nothing that was committed; a power cut at most the last commits, and breaks nothing.
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -1000; PRAGMA journal_size_limit = 4194304;')
	if (tables === 0) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`)
}

/** Tells whether an error says that the file is damaged. */
export function isBroken(error: unknown): boolean {
	const { code } = error as { code?: unknown }
	return error instanceof BrokenFile || (typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code))
}

/** Sets a broken file aside as `.broken`, in place of an earlier one, with what belongs to it. */
export function setAside(file: string): void {
	for (const end of ['', '-wal', '-shm']) {
		rmSync(`${file}.broken${end}`, { force: true })
		if (statSync(file + end, { throwIfNoEntry: false })) renameSync(file + end, `${file}.broken${end}`)
	}
}

function numberOf(database: libsql.Database, text: string): number {
	const row = database.prepare(text).raw(true).get() as [number] | undefined
	return row?.[0] ?? 0
}
