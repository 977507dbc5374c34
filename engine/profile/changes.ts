import type { CompiledProfile, CompleteProfile } from './profile.ts'

/** A top-level section of a profile: `transport`, `decoder`, `transform`, … */
export type Section = keyof CompleteProfile

/** Lists the sections that differ between two versions of a profile; empty when both say the same. */
export function changes({ document: old }: CompiledProfile, { document: now }: CompiledProfile): ReadonlySet<Section> {
	const sections = new Set([...Object.keys(old), ...Object.keys(now)] as Section[])
	// What a meter does not state is the same object as in its profile, which is long.
	const differs = (section: Section) => old[section] !== now[section] && JSON.stringify(old[section]) !== JSON.stringify(now[section])
	return new Set([...sections].filter(differs))
}
