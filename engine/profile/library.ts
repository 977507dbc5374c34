import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Finding } from '../document/finding.ts'
import { packageRoot } from '../files/package.ts'
import { entriesOf, isJson, readRegular } from '../files/regular.ts'
import { visible } from '../text/visible.ts'

/** A profile's or fragment's file, as it was read; `trouble`: why it could not be. */
export type Source = { name: string; file: string; folder: string; text: string; trouble?: string; shadowed?: Source }

/**
 * All files by name: `ekz-e450`, `common/dlms-push`; and what cannot be read, and why. A library of what is in use knows the names of `others`, and what the check of its outputs
 * has found (`checked`).
 */
export type Library = {
	folders: string[]
	sources: Map<string, Source>
	unreadable: string[]
	others?: string[]
	checked?: ReadonlyMap<string, Finding[]>
}

/** The folder of the profiles that come with the package. */
export const builtinProfiles = fileURLToPath(new URL('profiles', packageRoot))

/** Bytes of the longest profile, fragment or output: six times the longest that comes with the package. To compile as much takes 20 ms. */
export const MAX_PROFILE = 64 * 1024
/** Entries of a folder that are looked at; files and bytes of one that are read. */
export const MAX_ENTRIES = 10_000
export const [MAX_FILES, MAX_BYTES] = [4000, 16 * 1024 * 1024]
/** Texts of one kind that are told. */
const MAX_TEXTS = 10

export const PARTS = ['common/', 'outputs/', '']
/** Tells the name of a profile's file. */
export const isProfileFile = (name: string) => /^[a-z0-9-]+\.json$/.test(name)

/**
 * Reads every profile and fragment; a later folder shadows the same name in an earlier one. Unreadable folders are named, not fatal, and so is what is beyond the
 * bounds of a folder; those of the names `first`, and their parents, are read nevertheless.
 */
export function readLibrary(folders: string[], first: readonly string[] = []): Library {
	const library: Library = { folders, sources: new Map(), unreadable: [] }
	for (const folder of folders) library.unreadable.push(...readFolder(folder, new Set(first), library.sources))
	for (const name of first) readParents(name, library)
	return library
}

/** Adds the files of one folder. Gives what cannot be read, and why. */
function readFolder(folder: string, first: ReadonlySet<string>, sources: Map<string, Source>): string[] {
	const unreadable: string[] = []
	const misnamed: string[] = []
	const listed = new Set(filesOf(folder, misnamed, unreadable))
	let [files, bytes, beyond] = [0, 0, 0]
	for (const name of new Set([...first, ...listed])) {
		if (!first.has(name) && (files >= MAX_FILES || bytes >= MAX_BYTES)) beyond++
		else {
			const read = readSource(folder, name, sources, listed.has(name))
			if (typeof read === 'string') unreadable.push(read)
			else if (read) [files, bytes] = [files + 1, bytes + read.text.length]
		}
	}
	const bounds = `${MAX_FILES} files and ${MAX_BYTES / 1024 / 1024} MB of a folder are read: put the profiles that you use into one of their own`
	return [
		...few(unreadable, 'files that cannot be read'),
		...few(misnamed, 'files with such names'),
		...(beyond > 0 ? [`${folder}: ${beyond} profiles are left out: ${bounds}`] : []),
	]
}

/** Adds one file. Says why it cannot be read; gives nothing for a name without a file. */
function readSource(folder: string, name: string, sources: Map<string, Source>, isListed: boolean): Source | string | undefined {
	if (!isListed && !/^(common\/|outputs\/)?[a-z0-9-]+$/.test(name)) return undefined
	const path = join(folder, `${name}.json`)
	const shadowed = sources.get(name)
	const source = { name, file: shown(path), folder, text: '', ...(shadowed && { shadowed }) }
	try {
		sources.set(name, { ...source, text: readRegular(path, MAX_PROFILE) })
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		if (code === 'ENOENT' && !isListed) return undefined
		// It stands in its place nevertheless: the last good version is kept, and what is wrong gets its finding.
		sources.set(name, { ...source, trouble: message })
		if (name.includes('/')) return `${path}: ${message}`
	}
	return sources.get(name)
}

/** Adds the parents of a profile that stand beyond the bounds of their folder. */
function readParents(name: string, { folders, sources }: Library): void {
	const seen = new Set<string>()
	for (let child: string | undefined = name; child !== undefined && !seen.has(child); ) {
		seen.add(child)
		const [, parent]: (string | undefined)[] = /"extends"\s*:\s*"([^"]{1,200})"/.exec(sources.get(child)?.text ?? '') ?? []
		if (parent !== undefined && !sources.has(parent)) for (const folder of folders) readSource(folder, parent, sources, false)
		child = parent
	}
}

/** Lists the files of a folder of profiles by name, `x` and `common/x`: fragments first, as the others need them. */
function filesOf(folder: string, misnamed: string[], unreadable: string[]): string[] {
	return PARTS.flatMap((part) => {
		try {
			const { names, cut } = entriesOf(join(folder, part), MAX_ENTRIES, isJson)
			if (cut) unreadable.push(`${join(folder, part)}: more than ${MAX_ENTRIES} entries: so many are looked at`)
			return names.flatMap((file) => {
				if (isProfileFile(file)) return [part + file.slice(0, -'.json'.length)]
				misnamed.push(`${visible(join(folder, part, file))}: a profile's file has a name of a-z, 0-9 and - only; it is left out`)
				return []
			})
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException
			if (part === '') unreadable.push(`${folder}: ${code === 'ENOENT' ? 'there is no such folder' : message}`)
			return []
		}
	})
}

/** The first of many texts, and how many more there are. */
const few = (texts: string[], what: string) => [
	...texts.slice(0, MAX_TEXTS),
	...(texts.length > MAX_TEXTS ? [`and ${texts.length - MAX_TEXTS} more ${what}`] : []),
]

/** Gives the names of the profiles themselves, sorted, without fragments. */
export function profileNames(library: Pick<Library, 'sources'>): string[] {
	return [...library.sources.keys()].filter((name) => !name.includes('/')).sort()
}

/** Tells a fragment, `common/sml`, by its name. */
export const isFragment = (name: string) => name.startsWith('common/')

/** Shows a path as people like it: relative to the working folder when it is below it. */
function shown(path: string): string {
	const short = relative(process.cwd(), path)
	return short.startsWith('..') ? path : short
}
