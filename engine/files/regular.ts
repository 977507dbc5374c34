import { closeSync, constants, fstatSync, opendirSync, openSync, readSync, type Stats, statSync } from 'node:fs'

/** Bytes of the longest config, file of meters or secret. */
export const MAX_FILE = 1024 * 1024
/** Bytes that are read at once, at most. */
const PIECE = 256 * 1024

/**
 * Reads a regular file's text, `limit` bytes at most. Throws an Error for anything else: a pipe would wait for a writer and a device never end. What was opened is
 * asked again, as a name may mean something else a moment later, and the bytes are counted while they are read, as files grow.
 */
export function readRegular(file: string, limit: number): string {
	// Before it is opened: to open a serial device resets what hangs on it.
	demandRegular(statSync(file))
	const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0))
	try {
		const stats = fstatSync(descriptor)
		demandRegular(stats)
		if (stats.size > limit) throw tooLong(limit)
		const pieces: Buffer[] = []
		let length = 0
		for (;;) {
			const piece = Buffer.allocUnsafe(Math.min(PIECE, limit + 1))
			const count = readSync(descriptor, piece)
			if (count === 0) return Buffer.concat(pieces, length).toString()
			length += count
			if (length > limit) throw tooLong(limit)
			pieces.push(piece.subarray(0, count))
		}
	} finally {
		closeSync(descriptor)
	}
}

const tooLong = (limit: number) => new Error(`it is longer than ${limit} bytes`)

function demandRegular(stats: Stats): void {
	if (stats.isFile()) return
	const kind = stats.isDirectory() ? 'a folder' : stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device'
	throw new Error(`it is not a file but ${kind}`)
}

/** Lists the entries of a folder whose name fits, sorted; `cut` when it has more than `most`, of which the rest is not looked at. Throws the system's error for a folder that cannot be read. */
export function entriesOf(folder: string, most: number, fits: (name: string) => boolean): { names: string[]; cut: boolean } {
	const open = opendirSync(folder, { bufferSize: 256 })
	const names: string[] = []
	try {
		for (let count = 0; ; count++) {
			const entry = open.readSync()
			if (!entry) return { names: names.sort(), cut: false }
			if (count >= most) return { names: names.sort(), cut: true }
			if (fits(entry.name)) names.push(entry.name)
		}
	} finally {
		open.closeSync()
	}
}

/** Tells the name of a JSON file that is not hidden. */
export const isJson = (name: string) => name.endsWith('.json') && !name.startsWith('.')
