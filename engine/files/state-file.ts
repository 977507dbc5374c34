import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Replaces a file: a reader sees the old content or the new, also after a crash. Throws the system's error. */
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
 * Reads a state file with `read`, which throws for content that it does not know. Returns undefined when there is no file, or when it cannot be read;
 * `tell` then says so, with the consequence (`loss`). A file with other content is renamed.
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
		tell(`${file} is not a valid state file: it is put aside as ${file}.broken, and ${loss}`)
		try {
			renameSync(file, `${file}.broken`)
		} catch {
			// It stays until the next state replaces it.
		}
		return undefined
	}
}
