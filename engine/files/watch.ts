import { watch as watchFiles } from 'chokidar'

/** Milliseconds without events before a change is told: several saves are one change. */
const DEBOUNCE = 200
/** Milliseconds between changes that are told without events: network mounts and swapped symlinks send none. */
const POLL = 60_000

/** Watches folders. */
export type Watcher = ReturnType<typeof watch>

/**
 * Calls `changed` when a `relevant` file in these folders may have changed, once for many events; the listener reads the files again.
 * It watches folders, not files: editors replace files, and a swapped symlink sends no event for the file.
 */
export function watch(folders: string[], relevant: (file: string) => boolean, changed: () => void, failed: (text: string) => void) {
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
		// Otherwise a file that is written in two halves would be read in between.
		awaitWriteFinish: { stabilityThreshold: 150, pollInterval: 40 },
	}).on('all', soon)
	const ready = new Promise<void>((resolve) => {
		watcher.once('ready', resolve)
		watcher.on('error', (error: unknown) => {
			failed(`not everything is watched (${(error as Error).message}): changes are noticed within a minute`)
			resolve()
		})
	})
	const poll = setInterval(changed, POLL).unref()
	return {
		/** Resolves when the folders are watched. */
		ready,
		/** Watches these folders from now on, and no others. */
		watch(next: string[]): void {
			watcher.add(next.filter((folder) => !watched.has(folder)))
			watcher.unwatch([...watched].filter((folder) => !next.includes(folder)))
			watched = new Set(next)
		},
		close(): Promise<void> {
			clearTimeout(timer)
			clearInterval(poll)
			return watcher.close()
		},
	}
}
