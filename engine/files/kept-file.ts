import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
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
	/** Gets what is wrong with the file. */
	tell: (text: string) => void
}

/** Keeps state in a file. It is replaced as a whole: a reader sees the old content or the new, also after a crash. */
export class KeptFile<T> {
	readonly #settings: KeptFileSettings<T>
	readonly #complain: (text: string) => void
	/** Runs while something is not on disk yet. */
	#timer: NodeJS.Timeout | undefined

	constructor(settings: KeptFileSettings<T>) {
		this.#settings = settings
		this.#complain = hourly(settings.tell)
	}

	/** Reads the file. Returns undefined when it is missing or cannot be read; a file with other content is renamed. */
	load(): T | undefined {
		const { file, read, loss, tell } = this.#settings
		if (file === undefined) return undefined
		try {
			return read(JSON.parse(readFileSync(file, 'utf8')))
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException
			if (code === undefined) this.#putAside(file)
			else if (code !== 'ENOENT') tell(`${file} cannot be read (${message}): ${loss.read}`)
			return undefined
		}
	}

	/** Writes the content within `maxAge`. */
	changed(): void {
		if (this.#settings.file !== undefined) this.#timer ??= setTimeout(() => this.flush(), this.#settings.maxAge).unref()
	}

	/** Writes what is not on disk yet. */
	flush(): void {
		const { file, content, loss } = this.#settings
		if (file === undefined || !this.#timer) return
		clearTimeout(this.#timer)
		this.#timer = undefined
		try {
			replaceFile(file, JSON.stringify(content()))
		} catch (error) {
			// The disk is full or read-only: we go on and try again.
			this.#complain(`${file} cannot be written (${(error as Error).message}): ${loss.write}`)
			this.#timer = setTimeout(() => this.flush(), RETRY).unref()
		}
	}

	#putAside(file: string): void {
		this.#settings.tell(`${file} is not a valid state file: it is put aside as ${file}.broken, and ${this.#settings.loss.read}`)
		try {
			renameSync(file, `${file}.broken`)
		} catch {
			// It stays until the next state replaces it.
		}
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

function replaceFile(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true })
	const handle = openSync(`${file}.new`, 'w', 0o600)
	try {
		writeSync(handle, text)
		fsyncSync(handle)
	} finally {
		closeSync(handle)
	}
	renameSync(`${file}.new`, file)
}
