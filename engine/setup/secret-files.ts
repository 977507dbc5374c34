import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Secret } from '../../schema/types/config.ts'
import { writeAtOnce } from '../files/at-once.ts'
import { privateFolder } from './config-file.ts'

/** The folder of keys and passwords, beside the config. */
const FOLDER = 'keys'

/** Files of keys and passwords that a change of the config makes. A file that is there is never written again: another content gets another name, and so every change can be undone. */
export class SecretFiles {
	/** The config's folder. */
	readonly folder: string
	readonly #made: { path: string; text: string }[] = []

	constructor(folder: string) {
		this.folder = folder
	}

	/** Plans a file `keys/<name>`, and gives the reference for the config. */
	reference(name: string, text: string): Secret {
		return { $file: this.path(name, text) }
	}

	/** Plans a file `keys/<name>`, and gives its path, relative to the config. */
	path(name: string, text: string): string {
		const [, base = name, end = ''] = /^(.*?)(\.[a-z]+)$/.exec(name) ?? []
		for (let number = 1; ; number++) {
			const path = resolve(this.folder, FOLDER, number === 1 ? name : `${base}.${number}${end}`)
			const planned = this.#made.find((one) => one.path === path)
			if (planned ? planned.text === text : !existsSync(path) || contentOf(path) === text) {
				if (!planned && !existsSync(path)) this.#made.push({ path, text })
				return join(FOLDER, relative(resolve(this.folder, FOLDER), path))
			}
		}
	}

	/** Writes the files: 0600, in a folder of 0700. Gives their paths. Throws the system's error, and leaves none then. */
	write(): string[] {
		try {
			for (const { path, text } of this.#made) {
				privateFolder(dirname(path))
				writeAtOnce(path, `${text}\n`, 0o600)
			}
		} catch (error) {
			this.remove()
			throw error
		}
		return this.#made.map(({ path }) => path)
	}

	/** Removes what was written. */
	remove(): void {
		removeSecrets(this.#made.map(({ path }) => path))
	}
}

/** Removes files of keys; their content is written over first, as far as a disk does that. */
export function removeSecrets(paths: readonly string[]): void {
	for (const path of paths) {
		try {
			const { length } = readFileSync(path)
			writeAtOnce(path, randomBytes(length).toString('base64'), 0o600)
			rmSync(path)
		} catch {
			// It is gone, or stays where the folder cannot be written any more.
		}
	}
}

function contentOf(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8').trim()
	} catch {
		return undefined
	}
}
