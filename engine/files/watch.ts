import { watch as watchFiles } from 'chokidar'

/** Milliseconds without a further event before a change is told: ten saves in 100 ms are one. */
const DEBOUNCE = 200
/** A look without any event, for file systems that send none (network mounts, swapped symlinks). */
const POLL = 60_000

/** Folders under watch. */
export type Watcher = {
	/** Resolves when they are. */
	ready: Promise<void>
	/** Watches these from now on; those that are watched already stay so. */
	watch(folders: string[]): void
	close(): Promise<void>
}

/**
 * Tells (once for many events) that something in these folders may have changed, among the files that are `relevant`; what, the listener finds by
 * reading anew.
 * Folders are watched, not files: editors replace files, and a swapped symlink is no event for the file (faults.md, 16 scenarios).
 */
export function watch(
	folders: string[],
	relevant: (file: string) => boolean,
	changed: () => void,
	failed: (text: string) => void,
): Watcher {
	let timer: NodeJS.Timeout | undefined
	let watched = new Set(folders)
	const soon = () => {
		clearTimeout(timer)
		timer = setTimeout(changed, DEBOUNCE)
	}
	const watcher = watchFiles(folders, {
		depth: 1,
		ignoreInitial: true,
		ignored: (path, stats) => stats?.isFile() === true && !relevant(path),
		// A file that is written in two halves would else be read in between.
		awaitWriteFinish: { stabilityThreshold: 150, pollInterval: 40 },
	}).on('all', soon)
	const ready = new Promise<void>((resolve) => {
		watcher.once('ready', resolve)
		watcher.on('error', (error: unknown) => {
			failed(`not everything is watched (${(error as Error).message}): profiles are also looked at every minute`)
			resolve()
		})
	})
	const poll = setInterval(changed, POLL)
	poll.unref()
	return {
		ready,
		watch(next) {
			watcher.add(next.filter((folder) => !watched.has(folder)))
			watcher.unwatch([...watched].filter((folder) => !next.includes(folder)))
			watched = new Set(next)
		},
		close() {
			clearTimeout(timer)
			clearInterval(poll)
			return watcher.close()
		},
	}
}
