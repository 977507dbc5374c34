import { AppendLog, type LogFile } from '../files/append-log.ts'
import { keepBeside, putAside } from '../files/broken.ts'
import { hourly } from '../files/kept-file.ts'
import { readRegular } from '../files/regular.ts'
import { ownerOf } from '../files/sealed.ts'
import type { OutMessage } from './message.ts'
import { isOpen, type Mark, markLine, messageLine, spoolLines } from './spool-lines.ts'
import { type Limits, type Numbered, sizeOf } from './waiting.ts'

/** Milliseconds of messages that a power cut may lose, and of acknowledgements that a kill may forget: what they are of is sent once more. */
const SYNC = 1000
/** Milliseconds until a disk that could not be written is tried again. */
const RETRY = 10_000
/** Bytes of the largest file: those of this version have a megabyte and a message. */
const MAX_FILE = 256 * 1024 * 1024
const NO_MARK: Mark = { next: 0, open: [] }
const LOSS = 'readings in those lines that the broker did not have are lost'

/**
 * Keeps on disk what the broker has not acknowledged: each message is appended when it comes, and once a second a line says which are still open. A file
 * is removed when none of its messages is. `tell` gets what is wrong with the files, and a failing disk once an hour.
 */
export class Spool {
	readonly #tell: (text: string) => void
	readonly #complain: (text: string) => void
	readonly #file: string
	readonly #of: string
	readonly #log: AppendLog
	/** The open messages, oldest first, and the file that has each; none has one that could not be written. */
	readonly #open = new Map<number, number | undefined>()
	/** How many of them each file has. */
	readonly #left = new Map<number, number>()
	/** The messages that could not be written yet. */
	readonly #unwritten = new Map<number, OutMessage>()
	#retryAt = 0
	#next = 1
	/** Whether something was done since the last mark, and whether something was written since the disk had it. */
	#isMarked = true
	#isSynced = true
	#timer: NodeJS.Timeout | undefined

	constructor(file: string, tell: (text: string) => void) {
		this.#file = file
		this.#of = ownerOf(file)
		this.#tell = tell
		this.#complain = hourly(tell)
		this.#log = new AppendLog(file.replace(/\.jsonl$/, ''))
	}

	/** Reads the messages that an earlier process has left, oldest first: those of the newest files, as far as they may wait. */
	load({ messages, bytes }: Limits): Numbered[] {
		const open = new Map<number, Numbered & { file: number }>()
		let [latest, size] = [NO_MARK, 0]
		const close = (one: Numbered) => {
			open.delete(one.number)
			size -= sizeOf(one)
		}
		for (const file of this.#files().reverse()) {
			this.#left.set(file.number, 0)
			if (open.size >= messages || size >= bytes) {
				this.#tell(`${file.path} has readings beyond those that may wait for the broker: they are dropped`)
				continue
			}
			const found = this.#read(file)
			const last = found.marks.reduce((one, mark) => (mark.next >= one.next ? mark : one), NO_MARK)
			if (last.next > latest.next) {
				latest = last
				for (const one of open.values()) if (!isOpen(one.number, latest)) close(one)
			}
			for (const one of found.messages) {
				this.#next = Math.max(this.#next, one.number + 1)
				// Of two with one number, the later file's counts.
				if (open.has(one.number) || !isOpen(one.number, latest)) continue
				open.set(one.number, { ...one, file: file.number })
				size += sizeOf(one)
			}
		}
		this.#next = Math.max(this.#next, latest.next)
		const sorted = [...open.values()].sort((one, other) => one.number - other.number)
		for (const { number, file } of sorted) this.#place(number, file)
		this.#isMarked = sorted.length === 0
		if (this.#left.size > 0) this.#soon()
		return sorted.map(({ number, message }) => ({ number, message }))
	}

	/** Keeps a message until it is done, and gives it its number. */
	add(message: OutMessage): number {
		const number = this.#next++
		this.#open.set(number, undefined)
		this.#unwritten.set(number, message)
		this.#write()
		this.#soon()
		return number
	}

	/** Forgets a message: the broker has it, or never gets it. */
	done(number: number): void {
		const file = this.#open.get(number)
		this.#open.delete(number)
		this.#unwritten.delete(number)
		this.#isMarked = false
		if (file !== undefined) this.#left.set(file, (this.#left.get(file) ?? 1) - 1)
		this.#soon()
	}

	/** Lets the disk have all of it before it returns: what waits, and what does no longer. */
	flush(): void {
		clearTimeout(this.#timer)
		this.#timer = undefined
		this.#retryAt = 0
		this.#settle(() => this.#guarded(() => this.#log.syncNow()))
	}

	/** Writes what is not on disk yet, oldest first, unless the disk has failed a moment ago. */
	#write(): void {
		if (performance.now() < this.#retryAt) return
		for (const [number, message] of this.#unwritten) {
			if (!this.#guarded(() => this.#place(number, this.#append(messageLine(this.#of, { number, message }))))) return
			this.#unwritten.delete(number)
		}
	}

	#append(line: string): number {
		const file = this.#log.append(line)
		if (!this.#left.has(file)) this.#left.set(file, 0)
		this.#isSynced = false
		return file
	}

	/** Notes that a file has a message. */
	#place(number: number, file: number): void {
		this.#open.set(number, file)
		this.#left.set(file, (this.#left.get(file) ?? 0) + 1)
	}

	#soon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined
			this.#settle(() => this.#log.sync((error) => this.#failed(error)))
		}, SYNC).unref()
	}

	#settle(sync: () => void): void {
		this.#write()
		const isEmpty = this.#open.size === 0
		if (!isEmpty && !this.#isMarked) this.#isMarked = this.#guarded(() => this.#append(markLine(this.#of, this.#next, this.#open.keys())))
		// On a full disk, the file that is written to makes room, too.
		const isStuck = this.#unwritten.size > 0
		for (const [file, left] of this.#left) if (isEmpty || (left === 0 && (isStuck || file !== this.#log.current))) this.#remove(file)
		if (!isEmpty && !this.#isSynced) sync()
		this.#isSynced = true
		if (isStuck) this.#soon()
	}

	#remove(file: number): void {
		this.#left.delete(file)
		this.#guarded(() => this.#log.remove(file))
	}

	/** Whether it could be done. */
	#guarded(work: () => void): boolean {
		try {
			work()
			return true
		} catch (error) {
			this.#failed(error as Error)
			return false
		}
	}

	#failed({ message }: Error): void {
		this.#retryAt = performance.now() + RETRY
		this.#complain(`${this.#file} cannot be written (${message}): readings wait in memory only`)
	}

	#files(): LogFile[] {
		try {
			return this.#log.files()
		} catch (error) {
			this.#tell(`${this.#file} cannot be read (${(error as Error).message}): readings that waited there are not sent`)
			return []
		}
	}

	#read({ number, path }: LogFile): ReturnType<typeof spoolLines> {
		try {
			const found = spoolLines(readRegular(path, MAX_FILE), this.#of, number === 0)
			if (found.faults !== '') {
				this.#tell(`${path} is damaged: ${found.faults}; ${LOSS}. It is kept beside as ${path}.broken`)
				keepBeside(path)
			}
			return found
		} catch (error) {
			this.#tell(`${path} cannot be read (${(error as Error).message}): it is put aside as ${path}.broken, and ${LOSS}`)
			putAside(path)
			return { messages: [], marks: [], faults: '' }
		}
	}
}
