import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../files/package.ts'
import { readSmall } from '../files/read-small.ts'

/** A profile's or fragment's file, as it was read. */
export type Source = { name: string; file: string; folder: string; text: string; shadowed?: Source }

/** All files by name: `ekz-e450`, `common/dlms-push`. */
export type Library = { folders: string[]; sources: Map<string, Source>; unreadable: { folder: string; cause: string }[] }

/** The folder of the profiles that come with the package. */
export const builtinProfiles = fileURLToPath(new URL('profiles', packageRoot))

/** Reads every profile and fragment; a later folder shadows the same name in an earlier one. Unreadable folders are named, not fatal. */
export function readLibrary(folders: string[]): Library {
	const library: Library = { folders, sources: new Map(), unreadable: [] }
	for (const folder of folders) {
		for (const prefix of ['', 'common/', 'outputs/']) {
			for (const file of jsonFiles(join(folder, prefix), prefix === '' ? library.unreadable : undefined)) {
				const name = prefix + file.slice(0, -'.json'.length)
				const path = join(folder, prefix, file)
				if (!/^[a-z0-9-]+\.json$/.test(file)) {
					library.unreadable.push({ folder: path, cause: "a profile's file has a name of a-z, 0-9 and - only; it is left out" })
					continue
				}
				const before = library.sources.get(name)
				try {
					const text = readSmall(path)
					library.sources.set(name, { name, file: shown(path), folder, text, ...(before && { shadowed: before }) })
				} catch (error) {
					library.unreadable.push({ folder: path, cause: String((error as Error).message) })
				}
			}
		}
	}
	return library
}

/** Gives the names of the profiles themselves, sorted, without fragments. */
export function profileNames(library: Library): string[] {
	return [...library.sources.keys()].filter((name) => !name.includes('/')).sort()
}

/** Tells a fragment, `common/sml`, by its name. */
export const isFragment = (name: string) => name.startsWith('common/')

function jsonFiles(folder: string, unreadable: Library['unreadable'] | undefined): string[] {
	try {
		return readdirSync(folder).filter((file) => file.endsWith('.json') && !file.startsWith('.'))
	} catch (error) {
		const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
		unreadable?.push({ folder, cause: missing ? 'there is no such folder' : String((error as Error).message) })
		return []
	}
}

/** Shows a path as people like it: relative to the working folder when it is below it. */
function shown(path: string): string {
	const short = relative(process.cwd(), path)
	return short.startsWith('..') ? path : short
}
