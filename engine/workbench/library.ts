import { builtinProfiles, type Library, readLibrary, type SourceFile } from '../profile/library.ts'

/** Milliseconds for which files are taken to be as they were: keystrokes come faster. */
const FRESH = 1000

/** The library of the thread: read again when files have changed, and the same object as long as they have not. */
export class CurrentLibrary {
	#library: Library<SourceFile> | undefined
	#stamp = ''
	#looked = 0

	/** Gives the library of these folders; `now`: as the files are at this moment. */
	library(folders: string[], now = false): Library<SourceFile> {
		const at = performance.now()
		const isSame = this.#library?.folders.join('\n') === folders.join('\n')
		if (this.#library && isSame && !now && at - this.#looked < FRESH) return this.#library
		const library = readLibrary(folders)
		const stamp = JSON.stringify([folders, library.unreadable, [...library.sources.values()].map(({ state }) => state)])
		const isYoung = [...library.sources.values()].some((source) => source.isYoung && source.folder !== builtinProfiles)
		this.#looked = performance.now()
		if (this.#library && !isYoung && stamp === this.#stamp) return this.#library
		this.#library = library
		this.#stamp = stamp
		return library
	}
}

/** Lays a text that is being written over the file of its name: findings in it name no file. */
export function withDraft(library: Library, { name, text, folder }: { name: string; text: string; folder: string }): Library {
	const before = library.sources.get(name)
	// A file of this folder is what the text replaces; one of the package is what it shadows.
	const shadowed = before && before.folder !== builtinProfiles && before.folder === folder ? before.shadowed : before
	const sources = new Map(library.sources)
	sources.set(name, { name, file: '', folder, text, shadowed })
	return { ...library, sources }
}
