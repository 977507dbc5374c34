import type { Finding } from '../document/finding.ts'
import { builtinProfiles, type Library, profileNames, type Source } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { checkSamples, samplesKey } from './samples.ts'

export type ProfileStatus = 'active' | 'rejected'

/** The profiles in use: the last good version of each, and whether its file holds that version now. */
export type LastGood = ReturnType<typeof lastGood>

/** `key`: equal while profile and samples are; `goneSince`: when its file was first missing (ms since 1970). */
type Entry = { key: string; file: string; good: CompiledProfile | undefined; status: ProfileStatus; goneSince?: number }

/** How long a deleted file keeps its last good version (ms): editors and copy tools delete before they write. */
const GRACE = 2000

/** Keeps the last good version of each profile; begins with none. `tell` gets each new status; `gone`: without a file, and no meter uses it. */
export function lastGood(tell: (name: string, status: ProfileStatus | 'gone', findings: Finding[]) => void) {
	const entries = new Map<string, Entry>()

	async function check(name: string, library: Library): Promise<void> {
		const entry = entries.get(name)
		const source = library.sources.get(name)
		const compiled = compileProfile(name, library)
		const key = Array.isArray(compiled) ? JSON.stringify(compiled) : `${JSON.stringify(compiled.document)}\n${samplesKey(compiled)}`
		if (entry?.key === key && entry.goneSince === undefined) return
		const findings = Array.isArray(compiled) ? compiled : await checkSamples(compiled)
		const isGood = !Array.isArray(compiled) && findings.length === 0
		const status = isGood ? 'active' : 'rejected'
		entries.set(name, { key, file: source?.file ?? '', good: isGood ? compiled : source && entry?.good, status })
		tell(name, status, findings)
	}

	return {
		/** Reads the wanted profiles (and all of the user's folders) from the library, checks those that changed, and keeps the good ones. */
		async update(library: Library, wanted: string[]): Promise<void> {
			const { sources } = library
			const listed = profileNames(library).filter((name) => sources.get(name)?.folder !== builtinProfiles)
			const used = new Set([...wanted, ...listed])
			for (const name of new Set([...used, ...entries.keys()])) {
				if (mayComeBack(entries.get(name), sources.get(name))) continue
				if (used.has(name)) await check(name, library)
				else {
					entries.delete(name)
					tell(name, 'gone', [])
				}
			}
		},
		/** Gives the last good version; undefined when there never was one, or its file is gone. */
		current: (name: string): CompiledProfile | undefined => entries.get(name)?.good,
		/** Tells whether a file is missing that may come back within `grace` (ms). */
		vanished: () => [...entries.values()].some(({ goneSince }) => goneSince !== undefined),
		grace: GRACE,
		/** Lists the profiles with their status. */
		list: () => [...entries].map(([profile, { status }]) => ({ profile, status })),
	}
}

/** Tells whether the file that an entry was read from is missing, for less than the grace. Notes since when. */
function mayComeBack(entry: Entry | undefined, source: Source | undefined): boolean {
	if (!entry?.good) return false
	for (let one = source; one; one = one.shadowed) if (one.file === entry.file) return false
	entry.goneSince ??= performance.now()
	return performance.now() - entry.goneSince < GRACE
}
