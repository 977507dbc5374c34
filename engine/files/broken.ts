import { copyFileSync, linkSync, renameSync, rmSync } from 'node:fs'

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
