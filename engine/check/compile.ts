import { setImmediate as turn } from 'node:timers/promises'
import type { Finding } from '../document/finding.ts'
import { readChain } from '../profile/chain.ts'
import type { Library } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { compileField } from '../transform/language.ts'

/** Milliseconds of work between two turns of the event loop: 400 expressions take 100 ms, in which no telegram would be read. */
const SLICE = 5

/** Compiles a profile as `compileProfile` does, its expressions in slices between which meters are read. */
export async function compileInSlices(name: string, library: Library): Promise<CompiledProfile | Finding[]> {
	const chain = readChain(name, library)
	if (Array.isArray(chain)) return chain
	// Held until the profile has them: the same text gives the same expression as long as one is in use.
	const held: unknown[] = []
	let since = performance.now()
	for (const text of new Set(chain.parts.flatMap(({ value }) => Object.values((value.transform ?? {}) as Record<string, unknown>)))) {
		if (typeof text !== 'string') continue
		held.push(compileField(text))
		if (performance.now() - since < SLICE) continue
		await turn()
		since = performance.now()
	}
	const compiled = compileProfile(name, library)
	held.length = 0
	return compiled
}
