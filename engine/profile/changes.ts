import type { CompiledProfile, CompleteProfile } from './profile.ts'

/** A top-level section of a profile: `transport`, `decoder`, `transform`, … */
export type Section = keyof CompleteProfile

/** Lists the sections that differ between two versions of a profile; empty when both say the same. */
export function changes(before: CompiledProfile, after: CompiledProfile): ReadonlySet<Section> {
	if (before === after) return NONE
	const [old, now] = [before.document, after.document]
	const sections = new Set([...Object.keys(old), ...Object.keys(now)] as Section[])
	return new Set([...sections].filter((section) => JSON.stringify(old[section]) !== JSON.stringify(now[section])))
}

const NONE: ReadonlySet<Section> = new Set()
