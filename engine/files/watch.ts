import { type FSWatcher, realpathSync, statSync, watch as watchFolder } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Milliseconds without events before a change is told: several saves are one change, and a file may be written in two halves. */
const QUIET = 350
/** Milliseconds after which a file that goes on changing holds up no other, and after which it is told itself: some never come to rest. */
const [RESTLESS, PATIENCE] = [1000, 3000]
/** Milliseconds between looks while some files are restless; files that are told apart. */
const [TICK, MAX_PENDING] = [50, 1000]
/** Milliseconds between changes that are told without events: network mounts send none. */
const POLL = 60_000
/** Folders beside a folder that are watched (those in it, and those of files that it has links to), and entries that are looked through for them. */
const [MAX_BESIDE, MAX_ENTRIES] = [64, 10_000]

export type WatchSettings = {
	/** Tells whether a file matters. */
	relevant(file: string): boolean
	/** A relevant file has changed: `changed` follows when it is written. */
	begins(): void
	/** Something may have changed: the listener reads the files again. Called once for many events. */
	changed(): void
	/** Gets in words what is not watched, once. */
	failed(text: string): void
}

/** Names in a folder that matter; all of them where there is no list. */
type Names = Set<string> | undefined

/** What is watched of one folder: the folder itself, and those beside it. */
type Watched = { ino: number | undefined; watchers: Map<string, { watcher: FSWatcher; names: Names }> }

/**
 * Watches folders and the folders in them: editors replace files, and a swapped symlink sends no event for the file. Folders alone, however many files they hold: each
 * watch of a file takes time and one of the few that the system has.
 */
class FolderWatcher {
	/** Resolves when the folders are watched. */
	readonly ready: Promise<void>
	readonly #settings: WatchSettings
	readonly #watched = new Map<string, Watched>()
	readonly #poll: NodeJS.Timeout
	#timer: NodeJS.Timeout | undefined
	/** Files that have changed and were not told yet, with their first and last events (ms since 1970). */
	readonly #pending = new Map<string, { first: number; last: number }>()
	#hasFailed = false
	#closed = false

	constructor(folders: string[], settings: WatchSettings) {
		this.#settings = settings
		this.#poll = setInterval(settings.changed, POLL).unref()
		this.ready = this.watch(folders)
	}

	/** Watches these folders from now on, and no others. */
	async watch(folders: string[]): Promise<void> {
		for (const folder of [...this.#watched.keys()]) if (!folders.includes(folder)) this.#drop(folder)
		await Promise.all(folders.map((folder) => this.#look(folder))).catch((error: Error) => this.#fail(error))
	}

	/** Watches nothing any more. */
	close(): void {
		this.#closed = true
		clearTimeout(this.#timer)
		clearInterval(this.#poll)
		for (const folder of [...this.#watched.keys()]) this.#drop(folder)
	}

	#fail({ message }: Error): void {
		if (!this.#hasFailed) this.#settings.failed(`not everything is watched (${message}): changes are noticed within a minute`)
		this.#hasFailed = true
	}

	/** Notes that a file has changed; it is told when all that have are quiet, or those that are not have been restless for long. */
	#soon(path: string): void {
		const now = Date.now()
		const key = this.#pending.size < MAX_PENDING ? path : ''
		if (this.#pending.size === 0) this.#settings.begins()
		this.#pending.set(key, { first: this.#pending.get(key)?.first ?? now, last: now })
		this.#timer ??= setTimeout(this.#tick, QUIET)
	}

	readonly #tick = () => {
		const now = Date.now()
		const all = [...this.#pending]
		const restless = all.filter(([, { last }]) => now - last < QUIET)
		const isDue =
			restless.length === 0 ||
			all.some(([, { first }]) => now - first >= PATIENCE) ||
			(restless.length < all.length && restless.every(([, { first }]) => now - first >= RESTLESS))
		if (isDue)
			for (const [path, { first }] of all)
				if (restless.length === 0 || now - first >= PATIENCE || !restless.some(([one]) => one === path)) this.#pending.delete(path)
		const wait = Math.max(0, ...restless.map(([, { last }]) => last + QUIET - now))
		this.#timer = this.#pending.size > 0 ? setTimeout(this.#tick, Math.min(TICK, Math.max(1, wait))) : undefined
		if (isDue) this.#settings.changed()
	}

	/** A name in a folder has changed, which is watched for `root`. What is neither relevant nor a file may be a folder, or a link to one that was swapped. */
	#event(root: string, folder: string, name: string | null): void {
		const names = this.#watched.get(root)?.watchers.get(folder)?.names
		if (this.#closed || (names && !names.has(name ?? ''))) return
		const path = join(folder, name ?? '')
		const isFolder = () => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
		if (name === null || names || this.#settings.relevant(path)) this.#soon(path)
		else if (isFolder()) {
			this.#soon(path)
			void this.#look(root)
		}
	}

	/** Watches a folder as it is now, and what is beside it; one that is not there is awaited. */
	async #look(root: string): Promise<void> {
		const { ino } = statSync(root, { throwIfNoEntry: false }) ?? {}
		let known = this.#watched.get(root)
		if (!known || known.ino !== ino) {
			this.#drop(root)
			known = { ino, watchers: new Map() }
			this.#watched.set(root, known)
		}
		if (ino === undefined) return this.#open(root, known, dirname(root), new Set([basename(root)]))
		this.#open(root, known, root, undefined)
		const beside = await foldersBeside(root, this.#settings.relevant)
		for (const [folder, { watcher }] of known.watchers) {
			if (folder === root || beside.has(folder)) continue
			watcher.close()
			known.watchers.delete(folder)
		}
		for (const [folder, names] of beside) this.#open(root, known, folder, names)
	}

	/** Watches one folder for `root`. */
	#open(root: string, { watchers }: Watched, folder: string, names: Names): void {
		const before = watchers.get(folder)
		if (before) before.names = names
		if (this.#closed || before) return
		try {
			const watcher = watchFolder(folder, { persistent: false }, (_, name) => this.#event(root, folder, name))
			watcher.on('error', (error) => {
				watcher.close()
				watchers.delete(folder)
				this.#fail(error as Error)
			})
			watchers.set(folder, { watcher, names })
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#fail(error as Error)
		}
	}

	#drop(root: string): void {
		for (const { watcher } of this.#watched.get(root)?.watchers.values() ?? []) watcher.close()
		this.#watched.delete(root)
	}
}

/** Watches folders until it is closed. */
export const watch = (folders: string[], settings: WatchSettings) => new FolderWatcher(folders, settings)

export type Watcher = FolderWatcher

/** Lists the folders in a folder, hidden ones left out, and those of the relevant files that it has links to, with their names. */
async function foldersBeside(root: string, relevant: (file: string) => boolean): Promise<Map<string, Names>> {
	const found = new Map<string, Names>()
	let count = 0
	try {
		for await (const entry of await opendir(root, { bufferSize: 256 })) {
			if (++count > MAX_ENTRIES || found.size >= MAX_BESIDE) break
			const path = join(root, entry.name)
			if (entry.isDirectory() && !entry.name.startsWith('.')) found.set(path, undefined)
			else if (entry.isSymbolicLink()) addTarget(path, relevant(path), found)
		}
	} catch {
		// It is gone again, or may not be read: the poll looks at it.
	}
	found.delete(root)
	return found
}

function addTarget(link: string, isRelevant: boolean, found: Map<string, Names>): void {
	let target: string
	try {
		target = realpathSync(link)
	} catch {
		return
	}
	const [folder, name] = [dirname(target), basename(target)]
	if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) found.set(target, undefined)
	else if (isRelevant && !found.has(folder)) found.set(folder, new Set([name]))
	else found.get(folder)?.add(name)
}
