import type { Finding } from './finding.ts'
import { builtinProfiles, type Library, profileNames } from './library.ts'
import { type CompiledProfile, compileProfile } from './profile.ts'

export type ProfileStatus = 'active' | 'rejected'

/** The profiles in use: of each the last good one, and whether what stands in the file now is it. */
export type Shelf = {
	/** Reads the wanted profiles (and all of the user's own) from the library, checks what changed whole, keeps the good ones. */
	update(library: Library, wanted: string[]): Promise<void>
	/** The last good one; undefined when there never was one, or its file is gone for good. */
	current(name: string): CompiledProfile | undefined
	/** Whether its status was told. */
	known(name: string): boolean
	/** Whether a file is missing that may come back within `grace`. */
	vanished(): boolean
	grace: number
	list(): { profile: string; status: ProfileStatus }[]
}

type Entry = { text: string; good?: CompiledProfile; status: ProfileStatus; goneSince?: number }

/** How long a deleted file keeps its last good version: editors and copy tools delete before they write. */
const GRACE = 2000

/** A shelf that checks with `samples` and tells each change of a profile's status. */
export function shelf(
	samples: (profile: CompiledProfile) => Promise<Finding[]>,
	tell: (name: string, status: ProfileStatus, findings: Finding[]) => void,
): Shelf {
	const entries = new Map<string, Entry>()

	async function check(name: string, library: Library): Promise<void> {
		const entry = entries.get(name)
		const compiled = compileProfile(name, library)
		const text = Array.isArray(compiled) ? JSON.stringify(compiled) : compiled.fingerprint
		if (entry && entry.text === text && entry.goneSince === undefined) return
		const findings = Array.isArray(compiled) ? compiled : await samples(compiled)
		if (!Array.isArray(compiled) && findings.length === 0) {
			entries.set(name, { text, good: compiled, status: 'active' })
			return tell(name, 'active', [])
		}
		entries.set(name, { text, status: 'rejected', ...(entry?.good && { good: entry.good }) })
		tell(name, 'rejected', findings)
	}

	/** The file is gone: nothing for a moment, then the profile is. */
	function missing(name: string, entry: Entry | undefined, library: Library): void {
		if (entry?.good) {
			entry.goneSince ??= Date.now()
			if (Date.now() - entry.goneSince < GRACE) return
		}
		const findings = compileProfile(name, library)
		const text = 'missing'
		if (entry?.text === text) return
		entries.set(name, { text, status: 'rejected' })
		tell(name, 'rejected', Array.isArray(findings) ? findings : [])
	}

	return {
		grace: GRACE,
		async update(library, wanted) {
			const own = profileNames(library).filter((name) => library.sources.get(name)?.folder !== builtinProfiles)
			for (const name of new Set([...wanted, ...own])) {
				if (library.sources.has(name)) await check(name, library)
				else missing(name, entries.get(name), library)
			}
		},
		current: (name) => entries.get(name)?.good,
		known: (name) => entries.has(name),
		vanished: () => [...entries.values()].some(({ goneSince }) => goneSince !== undefined),
		list: () => [...entries].map(([profile, { status }]) => ({ profile, status })),
	}
}
