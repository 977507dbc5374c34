import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Milliseconds before the same complaint is made again, and before a failed write is tried again. */
const [COMPLAINT_PAUSE, RETRY] = [3_600_000, 60_000]

export type KeptFileSettings<T> = {
	/** Without a path, nothing outlives the process. */
	file: string | undefined
	/** Checks the content of the file; throws for anything else. */
	read(content: unknown): T
	/** Gives the content to write. */
	content(): object
	/** Milliseconds that a process that is killed may forget. */
	maxAge: number
	/** Says in words what is lost when the file cannot be read, and when it cannot be written. */
	loss: { read: string; write: string }
	/** Keeps the content elsewhere where there is no file. */
	put?: ((text: string) => void) | undefined
	/** Gets what is wrong with the file. */
	tell: (text: string) => void
}

/** State that is kept in a file. */
export type KeptFile<T> = ReturnType<typeof keptFile<T>>

/** Keeps state in a file. It is replaced as a whole: a reader sees the old content or the new, also after a crash. */
export function keptFile<T>({ file, read, content, maxAge, loss, tell, put }: KeptFileSettings<T>) {
	const complain = hourly(tell)
	/** Runs while something is not on disk yet. */
	let timer: NodeJS.Timeout | undefined

	function flush(): void {
		if (!timer) return
		clearTimeout(timer)
		timer = undefined
		if (file === undefined) {
			put?.(JSON.stringify(content()))
			return
		}
		try {
			mkdirSync(dirname(file), { recursive: true })
			writeFileSync(`${file}.new`, JSON.stringify(content()), { mode: 0o600, flush: true })
			renameSync(`${file}.new`, file)
		} catch (error) {
			// The disk is full or read-only: we go on and try again.
			complain(`${file} cannot be written (${(error as Error).message}): ${loss.write}`)
			timer = setTimeout(flush, RETRY).unref()
		}
	}

	function putAside(path: string): void {
		tell(`${path} is not a valid state file: it is put aside as ${path}.broken, and ${loss.read}`)
		try {
			renameSync(path, `${path}.broken`)
		} catch {
			// It stays until the next state replaces it.
		}
	}

	return {
		/** Reads the file. Returns undefined when it is missing or cannot be read; a file with other content is renamed. */
		load(): T | undefined {
			if (file === undefined) return undefined
			try {
				return read(JSON.parse(readFileSync(file, 'utf8')))
			} catch (error) {
				const { code, message } = error as NodeJS.ErrnoException
				if (code === undefined) putAside(file)
				else if (code !== 'ENOENT') tell(`${file} cannot be read (${message}): ${loss.read}`)
				return undefined
			}
		},
		/** Writes the content within `maxAge`. */
		changed(): void {
			if (file !== undefined || put) timer ??= setTimeout(flush, maxAge).unref()
		},
		/** Writes what is not on disk yet. */
		flush,
	}
}

/** Passes on the first text, and then at most one an hour: a full disk fails at every write. */
export function hourly(tell: (text: string) => void): (text: string) => void {
	let last = Number.NEGATIVE_INFINITY
	return (text) => {
		if (Date.now() - last < COMPLAINT_PAUSE) return
		last = Date.now()
		tell(text)
	}
}
