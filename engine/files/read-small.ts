import { readdirSync, readFileSync, statSync } from 'node:fs'

/** Bytes of the longest profile or config. */
export const MAX_FILE = 1024 * 1024

/** Reads a file's text. Throws an Error for a pipe or device, which would never end, and for more than 1 MB. */
export function readSmall(file: string): string {
	const stats = statSync(file)
	if (!stats.isFile()) throw new Error('it is not a file')
	if (stats.size > MAX_FILE) throw new Error(`it is longer than ${MAX_FILE} bytes`)
	return readFileSync(file, 'utf8')
}

/** Lists the names of the JSON files in a folder, sorted, without hidden ones. Throws the system's error for a folder that cannot be read. */
export function jsonFiles(folder: string): string[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json') && !file.startsWith('.'))
		.sort()
}
