import { closeSync, constants, copyFileSync, fstatSync, linkSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'

/**
 * Reads a file of at most `max` bytes. Throws an Error for anything else, and never waits: a pipe in its place has no writer, and a device no end.
 */
export function readRegular(file: string, max: number): Buffer {
	if (!statSync(file).isFile()) throw new Error('it is not a file')
	const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
	try {
		const stats = fstatSync(descriptor)
		if (!stats.isFile()) throw new Error('it is not a file')
		if (stats.size > max) throw new Error(`it is longer than ${max} bytes`)
		const bytes = Buffer.alloc(stats.size)
		let length = 0
		for (let read = -1; read !== 0 && length < bytes.length; length += read)
			read = readSync(descriptor, bytes, length, bytes.length - length, null)
		return bytes.subarray(0, length)
	} finally {
		closeSync(descriptor)
	}
}

/** Gives the lines of a file one by one: text of more than 512 MB would not fit into one string. */
export function* linesIn(bytes: Buffer): Iterable<string> {
	for (let from = 0; from < bytes.length; ) {
		const end = bytes.indexOf(0x0a, from)
		const to = end === -1 ? bytes.length : end
		yield bytes.toString('utf8', from, to)
		from = to + 1
	}
}

/** Keeps a damaged file as `.broken`, in place of an earlier one, and leaves it where it is as well. */
export function keepBeside(file: string): void {
	try {
		rmSync(`${file}.broken`, { force: true })
		try {
			linkSync(file, `${file}.broken`)
		} catch {
			// FAT has no links.
			copyFileSync(file, `${file}.broken`)
		}
	} catch {
		// The disk is full or read-only, or there is a folder of that name: what can be used of the file is used all the same.
	}
}

/** Moves what cannot be read at all out of the way, as `.broken`. */
export function putAside(file: string): void {
	try {
		renameSync(file, `${file}.broken`)
	} catch {
		// It stays until the next state replaces it.
	}
}
