import type { Finding } from '../document/finding.ts'
import { builtinProfiles, type Library, profileNames, type Source } from './library.ts'
import { type CompiledProfile, compileProfile } from './profile.ts'

export type ProfileStatus = 'active' | 'rejected'

/** The profiles in use: of each the last good one, and whether what stands in the file now is it. */
export type Shelf = {
	/** Reads the wanted profiles (and all of the user's own) from the library, checks what changed whole, keeps the good ones. */
	update(library: Library, wanted: string[]): Promise<void>
	/** The last good one; undefined when there never was one, or its file is gone for good. */
	current(name: string): CompiledProfile | undefined
	/** Whether a file is missing that may come back within `grace`. */
	vanished(): boolean
	grace: number
	list(): { profile: string; status: ProfileStatus }[]
}

export type ShelfSettings = {
	/** Findings of the profile's samples. */
	samples(profile: CompiledProfile): Promise<Finding[]>
	/** What the samples are now, as text that differs when they do. */
	samplesKey(profile: CompiledProfile): string
	/** A profile's status changed; `gone`: nobody asks for it any more, and there is no file. */
	tell(name: string, status: ProfileStatus | 'gone', findings: Finding[]): void
}

type Entry = { key: string; file: string; good?: CompiledProfile; status: ProfileStatus; goneSince?: number }

/** How long a deleted file keeps its last good version: editors and copy tools delete before they write. */
const GRACE = 2000

/** An empty shelf. */
export function shelf({ samples, samplesKey, tell }: ShelfSettings): Shelf {
	const entries = new Map<string, Entry>()

	async function check(name: string, source: Source, library: Library): Promise<void> {
		const entry = entries.get(name)
		const compiled = compileProfile(name, library)
		const key = Array.isArray(compiled) ? JSON.stringify(compiled) : `${compiled.fingerprint}\n${samplesKey(compiled)}`
		if (entry && entry.key === key && entry.goneSince === undefined) return
		const findings = Array.isArray(compiled) ? compiled : await samples(compiled)
		if (!Array.isArray(compiled) && findings.length === 0) {
			entries.set(name, { key, file: source.file, good: compiled, status: 'active' })
			return tell(name, 'active', [])
		}
		entries.set(name, { key, file: source.file, status: 'rejected', ...(entry?.good && { good: entry.good }) })
		tell(name, 'rejected', findings)
	}

	/** Whether the file that an entry was read from is gone, and may be back in a moment. */
	function waits(entry: Entry | undefined, source: Source | undefined): boolean {
		if (!entry?.good) return false
		for (let one = source; one; one = one.shadowed) if (one.file === entry.file) return false
		entry.goneSince ??= Date.now()
		return Date.now() - entry.goneSince < GRACE
	}

	function missing(name: string, library: Library): void {
		const entry = entries.get(name)
		const findings = compileProfile(name, library)
		if (entry?.key === 'missing') return
		entries.set(name, { key: 'missing', file: '', status: 'rejected' })
		tell(name, 'rejected', Array.isArray(findings) ? findings : [])
	}

	return {
		grace: GRACE,
		async update(library, wanted) {
			const own = profileNames(library).filter((name) => library.sources.get(name)?.folder !== builtinProfiles)
			for (const name of new Set([...wanted, ...own, ...entries.keys()])) {
				const source = library.sources.get(name)
				if (waits(entries.get(name), source)) continue
				if (source && (wanted.includes(name) || own.includes(name))) await check(name, source, library)
				else if (wanted.includes(name)) missing(name, library)
				else {
					entries.delete(name)
					tell(name, 'gone', [])
				}
			}
		},
		current: (name) => entries.get(name)?.good,
		vanished: () => [...entries.values()].some(({ goneSince }) => goneSince !== undefined),
		list: () => [...entries].map(([profile, { status }]) => ({ profile, status })),
	}
}
