import { type Stats, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Document, Finding } from '../document/finding.ts'
import type { Json } from '../document/merge.ts'
import { packageRoot } from '../files/package.ts'
import { entriesOf, isJson, readRegular } from '../files/regular.ts'
import { YOUNG } from '../files/stamp.ts'
import { visible } from '../text/visible.ts'

/** A profile's or fragment's file, as it was read; `trouble`: why it could not be; `shadowed`: the one of that name whose place it takes. */
export type Source = {
	name: string
	file: string
	folder: string
	text: string
	trouble?: string | undefined
	shadowed?: Source | undefined
}

/** One file of a chain: what it says, and the same with its short forms expanded. */
export type Part = { source: Source; document: Document; written: Json; value: Json }

/**
 * All files by name: `dsmr`, `common/dlms-push`; and what cannot be read, and why. A library of what is in use knows the names of `others`, and what the check of its outputs
 * has found (`checked`).
 */
export type Library<From extends Source = Source> = {
	folders: string[]
	sources: Map<string, From>
	unreadable: string[]
	others?: string[]
	checked?: ReadonlyMap<string, Finding[]>
	/** What files were read to, for those who read the same chains again and again; absent: nothing is kept. */
	kept?: WeakMap<Source, Part>
}

/** The folder of the profiles that come with the package. */
export const builtinProfiles = fileURLToPath(new URL('profiles', packageRoot))

/** Bytes of the longest profile, fragment or output: six times the longest that comes with the package. To compile as much takes 20 ms. */
export const MAX_PROFILE = 64 * 1024
/** Entries of a folder that are looked at. */
export const MAX_ENTRIES = 10_000
/** Bytes of a folder's files that may be read: 10,000 of 10 kB; the longest that comes with the package has 6. */
const MAX_BYTES = 100 * 1024 * 1024
/** Texts of one kind that are told. */
const MAX_TEXTS = 10

export const PARTS = ['common/', 'outputs/', '']
/** Tells the name of a profile's file. */
export const isProfileFile = (name: string) => /^[a-z0-9-]+\.json$/.test(name)

/** A file that is read when its text is asked for: of 5,000 profiles two may be in use. */
export class SourceFile implements Source {
	readonly name: string
	readonly file: string
	readonly folder: string
	readonly shadowed: SourceFile | undefined
	/** Bytes of it that may be read. */
	readonly size: number
	/** A text that differs when the file does, unless it is so young that it may change unseen. */
	readonly state: string
	readonly isYoung: boolean
	readonly #path: string
	#read: { text: string; trouble?: string } | undefined

	constructor(name: string, folder: string, path: string, stats: Stats | undefined, shadowed: SourceFile | undefined) {
		const { size = 0, mtimeMs = 0, ctimeMs = 0, ino = 0 } = stats ?? {}
		this.name = name
		this.file = shown(path)
		this.folder = folder
		this.shadowed = shadowed
		this.size = Math.min(size, MAX_PROFILE)
		this.state = `${path} ${mtimeMs} ${ctimeMs} ${size} ${ino}`
		this.isYoung = Math.abs(Date.now() - ctimeMs) < YOUNG
		this.#path = path
	}

	get text(): string {
		return this.#content().text
	}

	/** It stands in its place nevertheless: the last good version is kept, and what is wrong gets its finding. */
	get trouble(): string | undefined {
		return this.#content().trouble
	}

	/** Lets go of the text: it is read again when it is asked for. */
	forget(): void {
		this.#read = undefined
	}

	#content(): { text: string; trouble?: string } {
		if (this.#read) return this.#read
		try {
			this.#read = { text: readRegular(this.#path, MAX_PROFILE) }
		} catch (error) {
			this.#read = { text: '', trouble: (error as Error).message }
		}
		return this.#read
	}
}

/**
 * Lists every profile and fragment; a later folder shadows the same name in an earlier one. Unreadable folders are named, not fatal, and so is what is beyond the
 * bounds of a folder; those of the names `first`, and their parents, are there nevertheless.
 */
export function readLibrary(folders: string[], first: readonly string[] = []): Library<SourceFile> {
	const library: Library<SourceFile> = { folders, sources: new Map(), unreadable: [] }
	for (const folder of folders) library.unreadable.push(...readFolder(folder, new Set(first), library.sources))
	for (const name of first) readParents(name, library)
	return library
}

/** Adds the files of one folder. Gives what cannot be read, and why. */
function readFolder(folder: string, first: ReadonlySet<string>, sources: Map<string, SourceFile>): string[] {
	const unreadable: string[] = []
	const misnamed: string[] = []
	const listed = new Set(filesOf(folder, misnamed, unreadable))
	let [bytes, beyond] = [0, 0]
	for (const name of new Set([...first, ...listed])) {
		if (!first.has(name) && bytes >= MAX_BYTES) {
			beyond++
			continue
		}
		const source = addSource(folder, name, sources, listed.has(name))
		bytes += source?.size ?? 0
		if (!source || !name.includes('/')) continue
		if (source.trouble !== undefined) unreadable.push(`${join(folder, name)}.json: ${source.trouble}`)
		if (folder !== builtinProfiles) source.forget()
	}
	const bounds = `${MAX_BYTES / 1024 / 1024} MB of a folder are read: put the profiles that you use into one of their own`
	return [
		...few(unreadable, 'files that cannot be read'),
		...few(misnamed, 'files with such names'),
		...(beyond > 0 ? [`${folder}: ${beyond} profiles are left out: ${bounds}`] : []),
	]
}

/** Adds one file. Gives nothing for a name without a file. */
function addSource(folder: string, name: string, sources: Map<string, SourceFile>, isListed: boolean): SourceFile | undefined {
	if (!isListed && !/^(common\/|outputs\/)?[a-z0-9-]+$/.test(name)) return undefined
	const path = join(folder, `${name}.json`)
	const stats = statsOf(path)
	if (!isListed && stats === 'ENOENT') return undefined
	const source = new SourceFile(name, folder, path, typeof stats === 'string' ? undefined : stats, sources.get(name))
	sources.set(name, source)
	return source
}

function statsOf(path: string): Stats | string {
	try {
		return statSync(path)
	} catch (error) {
		return (error as NodeJS.ErrnoException).code ?? ''
	}
}

/** Adds the parents of a profile that stand beyond the bounds of their folder. */
function readParents(name: string, { folders, sources }: Library<SourceFile>): void {
	const seen = new Set<string>()
	for (let child: string | undefined = name; child !== undefined && !seen.has(child); ) {
		seen.add(child)
		const [, parent]: (string | undefined)[] = /"extends"\s*:\s*"([^"]{1,200})"/.exec(sources.get(child)?.text ?? '') ?? []
		if (parent !== undefined && !sources.has(parent)) for (const folder of folders) addSource(folder, parent, sources, false)
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
