import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../files/package.ts'
import { jsonFiles, readSmall } from '../files/read-small.ts'

/** A profile's or fragment's file, as it was read. */
export type Source = { name: string; file: string; folder: string; text: string; shadowed?: Source }

/** All files by name: `ekz-e450`, `common/dlms-push`; and what cannot be read, and why. */
export type Library = { folders: string[]; sources: Map<string, Source>; unreadable: string[] }

/** The folder of the profiles that come with the package. */
export const builtinProfiles = fileURLToPath(new URL('profiles', packageRoot))

/** Reads every profile and fragment; a later folder shadows the same name in an earlier one. Unreadable folders are named, not fatal. */
export function readLibrary(folders: string[]): Library {
	const library: Library = { folders, sources: new Map(), unreadable: [] }
	const { sources, unreadable } = library
	for (const folder of folders) {
		for (const file of filesOf(folder, unreadable)) {
			const path = join(folder, file)
			if (!/(^|\/)[a-z0-9-]+\.json$/.test(file)) {
				unreadable.push(`${path}: a profile's file has a name of a-z, 0-9 and - only; it is left out`)
				continue
			}
			const name = file.slice(0, -'.json'.length)
			const shadowed = sources.get(name)
			try {
				sources.set(name, { name, file: shown(path), folder, text: readSmall(path), ...(shadowed && { shadowed }) })
			} catch (error) {
				unreadable.push(`${path}: ${(error as Error).message}`)
			}
		}
	}
	return library
}

/** Lists the files of a folder of profiles, as `x.json` and `common/x.json`. */
function filesOf(folder: string, unreadable: string[]): string[] {
	return ['', 'common/', 'outputs/'].flatMap((part) => {
		try {
			return jsonFiles(join(folder, part)).map((file) => part + file)
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException
			if (part === '') unreadable.push(`${folder}: ${code === 'ENOENT' ? 'there is no such folder' : message}`)
			return []
		}
	})
}

/** Gives the names of the profiles themselves, sorted, without fragments. */
export function profileNames(library: Library): string[] {
	return [...library.sources.keys()].filter((name) => !name.includes('/')).sort()
}

/** Tells a fragment, `common/sml`, by its name. */
export const isFragment = (name: string) => name.startsWith('common/')

/** Shows a path as people like it: relative to the working folder when it is below it. */
function shown(path: string): string {
	const short = relative(process.cwd(), path)
	return short.startsWith('..') ? path : short
}
