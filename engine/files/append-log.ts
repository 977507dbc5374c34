import { closeSync, fdatasync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Bytes of a file after which the next one is begun. */
const MAX_SIZE = 1024 * 1024

/** A file of a log; the number 0 has what version 0.1 wrote. */
export type LogFile = { number: number; path: string }

/** Appends lines to files `base.1.jsonl`, `base.2.jsonl` …: a file is removed as a whole once nothing in it is needed, and none is ever rewritten. */
export class AppendLog {
	readonly #base: string
	#current: (LogFile & { descriptor: number; size: number }) | undefined
	#last = 0

	constructor(base: string) {
		this.#base = base
	}

	/** Lists its files, oldest first. Throws the system's error for a folder that cannot be read; one that is not there has none. */
	files(): LogFile[] {
		const name = basename(this.#base)
		const found: LogFile[] = []
		for (const entry of namesIn(dirname(this.#base))) {
			if (!entry.startsWith(name)) continue
			const [, digits] = /^(?:\.([1-9]\d{0,8}))?\.jsonl$/.exec(entry.slice(name.length)) ?? []
			if (digits !== undefined || entry === `${name}.jsonl`)
				found.push({ number: Number(digits ?? 0), path: join(dirname(this.#base), entry) })
		}
		this.#last = Math.max(this.#last, ...found.map(({ number }) => number))
		return found.sort((one, other) => one.number - other.number)
	}

	/** Gives the number of the file that is being written. */
	get current(): number | undefined {
		return this.#current?.number
	}

	/** Appends a line, and gives the number of its file. Throws the system's error; nothing of the line is there then. */
	append(line: string): number {
		if (this.#current && this.#current.size >= MAX_SIZE) this.#leave()
		this.#current ??= this.#open()
		const { number, descriptor, size } = this.#current
		const bytes = Buffer.from(line)
		try {
			if (writeSync(descriptor, bytes) < bytes.length) throw new Error('no space is left on the disk')
		} catch (error) {
			this.#cut(descriptor, size)
			throw error
		}
		this.#current.size += bytes.length
		return number
	}

	/** Removes a file. Throws the system's error. */
	remove(number: number): void {
		if (number === this.#current?.number) this.#close()
		rmSync(this.#pathOf(number), { force: true })
	}

	/** Lets the disk have what was appended, also if the power is cut then; `failed` gets the error of a disk that cannot. */
	sync(failed: (error: Error) => void): void {
		if (this.#current) fdatasync(this.#current.descriptor, (error) => error && error.code !== 'EBADF' && failed(error))
	}

	/** Does so before it returns. Throws the system's error. */
	syncNow(): void {
		if (this.#current) fsyncSync(this.#current.descriptor)
	}

	/** Never in a file that is there: a pipe of that name would wait for its reader, and another process may write to it. */
	#open() {
		mkdirSync(dirname(this.#base), { recursive: true })
		const number = ++this.#last
		const path = this.#pathOf(number)
		return { number, path, descriptor: openSync(path, 'ax', 0o600), size: 0 }
	}

	/** Ends a file that is needed: the disk gets it first. */
	#leave(): void {
		const { descriptor } = this.#current ?? {}
		if (descriptor !== undefined) fdatasync(descriptor, () => closeSync(descriptor))
		this.#current = undefined
	}

	/** Removes a part of a line: the next one would be lost with it. */
	#cut(descriptor: number, size: number): void {
		try {
			ftruncateSync(descriptor, size)
		} catch {
			this.#close()
		}
	}

	#close(): void {
		if (this.#current) closeSync(this.#current.descriptor)
		this.#current = undefined
	}

	#pathOf(number: number): string {
		return number === 0 ? `${this.#base}.jsonl` : `${this.#base}.${number}.jsonl`
	}
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder)
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
		throw error
	}
}
