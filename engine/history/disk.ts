import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { hourly } from '../files/kept-file.ts'
import { isBroken, type Open, setAside } from './database.ts'
import { Store } from './store.ts'

export type DiskSettings = {
	open: Open
	file: string
	tell(text: string): void
	/** Called when a new file was begun in the place of a broken one, or of one that was deleted. */
	begun(): void
}

/** Milliseconds before a disk that failed is tried again. */
const RETRY = 30_000
const GOES_ON = 'the meters are read and published, and what the history misses meanwhile shows as a gap. It is tried again each minute'

/**
 * The database, and what may be wrong with it: each failure is told once an hour, in words. A file that is damaged, or no database of ours, is set aside as
 * `.broken`, and a new one begun; a full or read-only disk, a file that somebody holds, and one that a newer version wrote are tried again.
 */
export class Disk {
	readonly #settings: DiskSettings
	readonly #complain: (text: string) => void
	readonly #complainOfDamage: (text: string) => void
	#store: Store | undefined
	/** The inode of the open file: the file may be deleted or replaced. */
	#inode = 0
	#failed = Number.NEGATIVE_INFINITY

	constructor(settings: DiskSettings) {
		this.#settings = settings
		this.#complain = hourly(settings.tell)
		this.#complainOfDamage = hourly(settings.tell)
		this.#opened()
	}

	/** Asks the database; gives `otherwise` while it cannot be read. */
	read<Answer>(ask: (store: Store) => Answer, otherwise: Answer): Answer {
		const store = this.#store
		if (!store) return otherwise
		try {
			return ask(store)
		} catch (error) {
			this.#fail(error, 'read')
			return otherwise
		}
	}

	/** Writes, all or nothing. Tells whether it is done: not soon after the disk failed, unless it is the `last` time. */
	write(work: (store: Store) => void, last = false): boolean {
		if (last) this.#failed = Number.NEGATIVE_INFINITY
		const store = this.#opened()
		if (!store || performance.now() - this.#failed < RETRY) return false
		try {
			store.together(() => work(store))
			this.#failed = Number.NEGATIVE_INFINITY
			return true
		} catch (error) {
			this.#fail(error, 'written')
			return false
		}
	}

	/** Does what somebody asked for. Throws an Error where the disk fails. */
	must(work: (store: Store) => void): void {
		const { file } = this.#settings
		const store = this.#opened()
		if (!store) throw new Error(`${file} cannot be opened`)
		work(store)
	}

	/** Begins a new file where the one that is open was deleted or replaced. */
	look(): void {
		if (!this.#store || statSync(this.#settings.file, { throwIfNoEntry: false })?.ino === this.#inode) return
		this.#complain(`${this.#settings.file} was deleted or replaced: the history goes on in what is there now`)
		this.close()
		if (this.#opened()) this.#settings.begun()
	}

	/** Closes the file. */
	close(): void {
		try {
			this.#store?.close()
		} catch {
			// It is gone.
		}
		this.#store = undefined
	}

	#opened(): Store | undefined {
		if (this.#store || performance.now() - this.#failed < RETRY) return this.#store
		const { open, file } = this.#settings
		try {
			mkdirSync(dirname(file), { recursive: true })
			this.#store = new Store(open, file, (entries) => this.#damaged(entries))
			this.#inode = statSync(file).ino
		} catch (error) {
			this.#fail(error, 'opened')
		}
		return this.#store
	}

	#fail(error: unknown, what: 'opened' | 'read' | 'written'): void {
		const { file, begun } = this.#settings
		const { message } = error as Error
		if (!isBroken(error)) {
			this.#failed = performance.now()
			this.#complain(`${file} cannot be ${what} (${message}): ${GOES_ON}`)
			return
		}
		this.close()
		this.#complainOfDamage(`${file} is damaged (${message}): it is set aside as ${file}.broken, and a new history begins`)
		try {
			setAside(file)
			this.#store = new Store(this.#settings.open, file, (entries) => this.#damaged(entries))
			this.#inode = statSync(file).ino
			begun()
		} catch (next) {
			this.#failed = performance.now()
			this.#complain(`${file} cannot be replaced (${(next as Error).message}): ${GOES_ON}`)
		}
	}

	#damaged(entries: number): void {
		this.#complainOfDamage(
			`${this.#settings.file}: ${entries} ${entries === 1 ? 'entry is' : 'entries are'} damaged and left out: they show as gaps`,
		)
	}
}
