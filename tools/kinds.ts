import { writeFileSync } from 'node:fs'
import { edited } from '../engine/draft/edits.ts'
import { kindEdits } from '../engine/draft/kinds.ts'
import { MAX_FILE, readRegular } from '../engine/files/regular.ts'
import type { CompiledProfile } from '../engine/profile/profile.ts'

/** Writes into a profile's file, behind each code of its lists that has no kind, the kinds that the samples show. Gives how many it wrote. */
export function writeKinds(file: string, profile: CompiledProfile): number {
	const text = readRegular(file, MAX_FILE)
	const edits = kindEdits(text, profile)
	if (edits.length > 0) writeFileSync(file, edited(text, edits))
	return edits.length
}
