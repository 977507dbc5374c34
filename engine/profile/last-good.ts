import type { Finding } from '../document/finding.ts'
import { builtinProfiles, type Library, profileNames, type Source } from './library.ts'
import { type CompiledProfile, compileProfile } from './profile.ts'

export type ProfileStatus = 'active' | 'rejected'

/** The profiles in use: the last good version of each, and whether its file holds that version now. */
export type LastGood = {
	/** Reads the wanted profiles (and all of the user's folders) from the library, checks those that changed, and keeps the good ones. */
	update(library: Library, wanted: string[]): Promise<void>
	/** Gives the last good version; undefined when there never was one, or its file is gone. */
	current(name: string): CompiledProfile | undefined
	/** Tells whether a file is missing that may come back within `grace` (ms). */
	vanished(): boolean
	grace: number
	list(): { profile: string; status: ProfileStatus }[]
}

export type LastGoodSettings = {
	/** Gives the findings of the profile's samples. */
	samples(profile: CompiledProfile): Promise<Finding[]>
	/** Gives a text that differs when the samples do. */
	samplesKey(profile: CompiledProfile): string
	/** Reports a profile's new status; `gone`: it has no file, and no meter uses it. */
	tell(name: string, status: ProfileStatus | 'gone', findings: Finding[]): void
}

/** `key`: equal while profile and samples are; `goneSince`: when its file was first missing (ms since 1970). */
type Entry = { key: string; file: string; good?: CompiledProfile; status: ProfileStatus; goneSince?: number }

/** How long a deleted file keeps its last good version (ms): editors and copy tools delete before they write. */
const GRACE = 2000

/** Keeps the last good version of each profile; begins with none. */
export function lastGood({ samples, samplesKey, tell }: LastGoodSettings): LastGood {
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

	function missing(name: string, library: Library): void {
		if (entries.get(name)?.key === 'missing') return
		const findings = compileProfile(name, library)
		entries.set(name, { key: 'missing', file: '', status: 'rejected' })
		tell(name, 'rejected', Array.isArray(findings) ? findings : [])
	}

	async function updateOne(name: string, library: Library, wanted: boolean, listed: boolean): Promise<void> {
		const source = library.sources.get(name)
		if (mayComeBack(entries.get(name), source)) return
		if (source && (wanted || listed)) return await check(name, source, library)
		if (wanted) return missing(name, library)
		entries.delete(name)
		tell(name, 'gone', [])
	}

	return {
		grace: GRACE,
		async update(library, wanted) {
			const listed = profileNames(library).filter((name) => library.sources.get(name)?.folder !== builtinProfiles)
			for (const name of new Set([...wanted, ...listed, ...entries.keys()]))
				await updateOne(name, library, wanted.includes(name), listed.includes(name))
		},
		current: (name) => entries.get(name)?.good,
		vanished: () => [...entries.values()].some(({ goneSince }) => goneSince !== undefined),
		list: () => [...entries].map(([profile, { status }]) => ({ profile, status })),
	}
}

/** Tells whether the file that an entry was read from is missing, for less than the grace. Notes since when. */
function mayComeBack(entry: Entry | undefined, source: Source | undefined): boolean {
	if (!entry?.good) return false
	for (let one = source; one; one = one.shadowed) if (one.file === entry.file) return false
	entry.goneSince ??= Date.now()
	return Date.now() - entry.goneSince < GRACE
}
