import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file so that a reader sees the old content or the new, also after a crash. Throws the system's error. */
export function replaceFile(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true })
	const beside = `${file}.new`
	const handle = openSync(beside, 'w', 0o600)
	try {
		writeSync(handle, text)
		fsyncSync(handle)
	} finally {
		closeSync(handle)
	}
	renameSync(beside, file)
}

/**
 * What such a file holds, by `read` (which throws at what it does not know); undefined when there is none. One that cannot be read, or is something
 * else, is put aside, and `tell` says so with what that means (`loss`).
 */
export function readStateFile<T>(file: string, read: (content: unknown) => T, loss: string, tell: (text: string) => void): T | undefined {
	let text: string
	try {
		text = readFileSync(file, 'utf8')
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') tell(`${file} cannot be read (${(error as Error).message}): ${loss}`)
		return undefined
	}
	try {
		return read(JSON.parse(text))
	} catch {
		tell(`${file} is no such file of ours: it is put aside as ${file}.broken, and ${loss}`)
		try {
			renameSync(file, `${file}.broken`)
		} catch {
			// It stays, and is replaced when the next is written.
		}
		return undefined
	}
}
