import { lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadedConfig, ownFolder, profileFolders } from '../config/config.ts'
import { diskProblem, etagOf, writeAtOnce } from '../files/at-once.ts'
import { packageRoot } from '../files/package.ts'
import { readRegular } from '../files/regular.ts'
import { MAX_PROFILE } from '../profile/library.ts'
import { because, type Refused, refused } from './refusal.ts'
import type { Written } from './task.ts'

/** The folder that profiles are written to; `name`: how the config is to name it, where it does not yet. */
export type Target = { folder: string; name?: string }

/** Finds the folder that profiles are written to: the config's first, or one beside the config. Where no file holds the config it is `otherwise`. */
export function targetOf({ config, folder }: LoadedConfig, file: string | undefined, otherwise?: string): Target | undefined {
	const [first] = (config.profiles ?? []).map((path) => resolve(folder, path))
	if (first !== undefined) return { folder: first }
	const name = ownFolder(folder)
	if (file !== undefined) return { folder: join(folder, name), name }
	return otherwise === undefined ? undefined : { folder: otherwise }
}

/** Lists the folders of the library: the config's, and the one that is written to, where it is there. */
export function foldersOf(loaded: LoadedConfig, target: Target | undefined): string[] {
	const folders = profileFolders(loaded)
	if (target === undefined || folders.includes(target.folder)) return folders
	return statSync(target.folder, { throwIfNoEntry: false })?.isDirectory() ? [...folders, target.folder] : folders
}

/** Tells a name that a profile can have. */
export const isProfileName = (name: string) => /^[a-z0-9-]{1,100}$/.test(name)

/** Tells a name that a recording can have: no folder, nothing hidden, and not the end of a file's name, by which its two files are told. */
export const isSampleName = (name: string) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) && !/\.\.|\.(?:capture|expected)\b/.test(name)

/** Reads a profile's file; `etag` is empty where there is none. Refuses one that cannot be read. */
export function textNow(file: string): { text: string; etag: string } | Refused {
	try {
		const text = readRegular(file, MAX_PROFILE)
		return { text, etag: etagOf(text) }
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		if (code === 'ENOENT') return { text: '', etag: '' }
		return refused('unavailable', 'profile-unreadable', `${file} cannot be read (${message}).`, { hint: 'Look at the file on the disk.' })
	}
}

/** The text of a file changed between the look at it and the moment of writing. */
export const CHANGED = 'changed'

/**
 * Writes files so that each is there as a whole, or not at all. Refuses a place outside of the user's folder, one in the package, and to write through a link.
 * `before`: the text that is replaced; gives `CHANGED` where it is another one by now, and nothing is written.
 */
export function writeFiles(files: readonly Written[], root: string, before?: string): Refused | typeof CHANGED | undefined {
	for (const { file } of files) {
		const stopped = barrier(file, root)
		if (stopped) return stopped
	}
	for (const { file, text } of files) {
		try {
			mkdirSync(dirname(file), { recursive: true })
			// What was there a moment ago may be a link by now.
			const stopped = barrier(file, root)
			if (stopped) return stopped
			const isStill = before === undefined ? undefined : (path: string) => isText(path, before)
			if (!writeAtOnce(file, text, 0o644, isStill)) return CHANGED
		} catch (error) {
			return because('unavailable', diskProblem(file, error))
		}
	}
	return undefined
}

function isText(path: string, text: string): boolean {
	const now = textNow(path)
	return 'text' in now && !('refused' in now) && now.text === text
}

/** Says why a file is not written. `root`: the folder of profiles; their recordings stand below it, or below meters/ beside it. */
function barrier(file: string, root: string): Refused | undefined {
	const near = [root, join(dirname(root), 'meters')]
	const base = near.find((folder) => isBelow(file, folder))
	if (base === undefined) return outside(file)
	const link = pathsBetween(base, file).find((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
	if (link !== undefined)
		return refused('conflict', 'file-link', `${link} is a link to another place: nothing is written through it.`, {
			hint: 'Edit the file that it leads to, or remove the link.',
		})
	const real = realOf(base)
	const isPackaged = ['profiles', 'meters'].some((name) => isBelow(join(real, 'x'), realOf(fileURLToPath(new URL(name, packageRoot)))))
	return isPackaged ? outside(file) : undefined
}

const outside = (file: string) =>
	refused('conflict', 'folder', `${file} is not in a folder of your own: what comes with the package is not changed.`, {
		hint: 'Name a folder of your own first in "profiles" of the config.',
	})

const isBelow = (file: string, folder: string) => {
	const way = relative(folder, file)
	return way !== '' && !way.startsWith('..') && !way.startsWith(sep) && resolve(folder, way) === resolve(file)
}

/** The paths from below a folder down to a file. */
function pathsBetween(folder: string, file: string): string[] {
	const parts = relative(folder, file).split(sep)
	return parts.map((_, place) => join(folder, ...parts.slice(0, place + 1)))
}

/** The path without links, as far down as it is there. */
function realOf(path: string): string {
	try {
		return realpathSync(path)
	} catch {
		return dirname(path) === path ? path : join(realOf(dirname(path)), relative(dirname(path), path))
	}
}
