import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { builtinProfiles, type Library, readLibrary } from '../engine/profile/library.ts'

/** The library for `--profiles FOLDER ...`, and the name that `--profile` means: a name, or a file, whose folder then counts, too. */
export function profileOption(option: string | undefined, folders: string[]): { library: Library; name: string | undefined } {
	const file = option?.endsWith('.json') && existsSync(option) ? option : undefined
	const all = [...folders, ...(file === undefined ? [] : [dirname(file)])].map((folder) => resolve(folder))
	const name = file === undefined ? option : basename(file, '.json')
	return { library: readLibrary([builtinProfiles, ...all.filter((folder) => folder !== builtinProfiles)]), name }
}
