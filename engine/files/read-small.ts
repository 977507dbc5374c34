import { readFileSync, statSync } from 'node:fs'

/** 1 MB: no profile or config is longer. */
export const MAX_FILE = 1024 * 1024

/** A file's text. Throws an Error for what is no file (a pipe or device would never end) or longer than 1 MB. */
export function readSmall(file: string): string {
	const stats = statSync(file)
	if (!stats.isFile()) throw new Error('it is no file')
	if (stats.size > MAX_FILE) throw new Error(`it is longer than ${MAX_FILE} bytes`)
	return readFileSync(file, 'utf8')
}
