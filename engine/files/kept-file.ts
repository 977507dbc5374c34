import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { keepBeside, putAside } from './broken.ts'
import { readRegular } from './regular.ts'
import { type Fault, Faults, isSealed, linesIn, ownerOf, parsed, sealed, unsealed } from './sealed.ts'

/** Milliseconds before the same complaint is made again, and before a failed write is tried again. */
const [COMPLAINT_PAUSE, RETRY] = [3_600_000, 60_000]
/** Bytes of the largest file: ten thousand meters keep a tenth of it. */
const MAX_FILE = 256 * 1024 * 1024
const MISSHAPEN: Fault = 'with content that cannot be'

export type KeptFileSettings<Entry> = {
	/** Without a path, nothing outlives the process. */
	file: string | undefined
	/** Checks the shape of an entry: a person or another version may have written it. Returns undefined for anything else. */
	read(content: unknown): Entry | undefined
	/** Names an entry: of two with one name, the later counts. */
	key(entry: Entry): string
	/** Gives the entries of a file of version 0.1, one JSON without checksums, which is read until version 1.0; undefined for anything else. */
	readFirst(content: unknown): unknown[] | undefined
	/** Gives the entries to write. */
	entries(): Iterable<object>
	/** Milliseconds that a process that is killed may forget. */
	maxAge: number
	/** Says in words what is lost with entries that cannot be read, and when the file cannot be written. */
	loss: { read: string; write: string }
	/** Keeps the state elsewhere where there is no file. */
	put?: (() => void) | undefined
	/** Gets what is wrong with the file. */
	tell: (text: string) => void
}

/** State that is kept in a file. */
export type KeptFile<Entry> = ReturnType<typeof keptFile<Entry>>

/**
 * Keeps state in a file of sealed lines, one an entry: a damaged line costs one entry. The first line says how many follow. The file is replaced as a
 * whole: a reader sees the old content or the new, also after a crash.
 */
export function keptFile<Entry>(settings: KeptFileSettings<Entry>) {
	const { file, entries, maxAge, loss, tell, put } = settings
	const complain = hourly(tell)
	/** Runs while something is not on disk yet. */
	let timer: NodeJS.Timeout | undefined
	let isFailing = false

	function changed(): void {
		if (file !== undefined || put) timer ??= setTimeout(flush, maxAge).unref()
	}

	function flush(): void {
		if (!timer) return
		clearTimeout(timer)
		timer = undefined
		if (file === undefined) put?.()
		else if (!replace(file)) timer = setTimeout(flush, RETRY).unref()
	}

	/** Whether it could be written: a full or read-only disk is tried again. */
	function replace(path: string): boolean {
		const of = ownerOf(path)
		const lines = Array.from(entries(), (entry) => sealed(of, entry))
		try {
			mkdirSync(dirname(path), { recursive: true })
			rmSync(`${path}.new`, { force: true })
			// Never into what stands there: a pipe would wait for its reader.
			writeFileSync(`${path}.new`, sealed(of, { entries: lines.length }) + lines.join(''), { mode: 0o600, flush: true, flag: 'wx' })
			renameSync(`${path}.new`, path)
			isFailing = false
			return true
		} catch (error) {
			isFailing = true
			complain(`${path} cannot be written (${(error as Error).message}): ${loss.write}`)
			return false
		}
	}

	return {
		/** Reads the entries of the file; what cannot be used is told, and the file kept beside. */
		load(): Entry[] {
			if (file === undefined) return []
			let text: string
			try {
				text = readRegular(file, MAX_FILE)
			} catch (error) {
				const { code, message } = error as NodeJS.ErrnoException
				if (code === 'ENOENT') return []
				tell(`${file} cannot be read (${message}): it is put aside as ${file}.broken, and ${loss.read}`)
				putAside(file)
				return []
			}
			const { found, faults, isFirst } = entriesOf(text, ownerOf(file), settings)
			if (faults !== '') {
				tell(`${file} is damaged: ${faults}; ${loss.read}. It is kept beside as ${file}.broken`)
				keepBeside(file)
			}
			if (isFirst || faults !== '') changed()
			return found
		},
		/** Writes the content within `maxAge`. */
		changed,
		/** Writes what is not on disk yet. */
		flush,
		/** Tells whether what is kept outlives the process: there is a file, and it could be written the last time. */
		isKept: () => file !== undefined && !isFailing,
	}
}

/** Reads the entries of a file, and says what is wrong with it. `isFirst`: it has the form of version 0.1. */
function entriesOf<Entry>(text: string, of: string, { read, key, readFirst }: KeptFileSettings<Entry>) {
	const found = new Map<string, Entry>()
	const faults = new Faults()
	const take = (content: unknown): boolean => {
		const entry = read(content)
		if (entry === undefined) return false
		if (found.has(key(entry))) faults.add('there twice')
		found.set(key(entry), entry)
		return true
	}
	const first = isSealed(text) ? undefined : readFirst(parsed(text))
	for (const content of first ?? []) if (!take(content)) faults.add(MISSHAPEN)
	if (!first) {
		let [wanted, unread]: [number | undefined, number] = [undefined, 0]
		for (const line of linesIn(text)) {
			const content = unsealed(of, line)
			const head = 'is' in content ? headOf(content.is) : undefined
			if (head !== undefined) {
				if (wanted !== undefined) faults.add('there twice')
				wanted = head
			} else if ('fault' in content || !take(content.is)) {
				faults.add('fault' in content ? content.fault : MISSHAPEN)
				unread++
			}
		}
		faults.add('missing', wanted === undefined ? Number(unread === 0) : wanted - found.size - unread)
	}
	return { found: [...found.values()], faults: faults.text(), isFirst: first !== undefined }
}

/** The first line says how many entries there are. */
function headOf(content: unknown): number | undefined {
	const { entries, ...rest } = (content ?? {}) as { entries?: unknown }
	return Number.isSafeInteger(entries) && Object.keys(rest).length === 0 ? (entries as number) : undefined
}

/** Passes on the first text, and then at most one an hour: a full disk fails at every write. */
export function hourly(tell: (text: string) => void): (text: string) => void {
	let last = Number.NEGATIVE_INFINITY
	return (text) => {
		// Not by a clock that may be set.
		const now = performance.now()
		if (now - last < COMPLAINT_PAUSE) return
		last = now
		tell(text)
	}
}
