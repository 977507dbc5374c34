import { mkdirSync } from 'node:fs'
import { etagOf } from '../files/at-once.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import { Refusal } from './refusal.ts'

/** The config's text as it stands on disk; `exists`: there is a file. */
export type ConfigText = { text: string; etag: string; exists: boolean }

/** Reads the config; one that is not there is empty. Gives a refusal for one that cannot be read. */
export function readText(file: string): ConfigText | Refusal {
	try {
		const text = readRegular(file, MAX_FILE)
		return { text, etag: etagOf(text), exists: true }
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		if (code === 'ENOENT') return { text: '', etag: etagOf(''), exists: false }
		return new Refusal(503, {
			code: 'config-read',
			text: `The config ${file} cannot be read (${message}).`,
			hint: 'Give the user of this program the right to read it.',
		})
	}
}

/** Makes a folder that only this user may look into. */
export function privateFolder(folder: string): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 })
}
