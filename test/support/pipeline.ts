import { merge } from '../../engine/document/merge.ts'
import type { Outcome, Pipeline } from '../../engine/pipeline/pipeline.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { type CompiledProfile, compileProfile, isComplete } from '../../engine/profile/profile.ts'
import type { Keys } from '../../engine/telegram/telegram.ts'

/** A built-in profile, compiled. */
export function builtin(name: string): CompiledProfile {
	const compiled = compileProfile(name, readLibrary([builtinProfiles]))
	if (Array.isArray(compiled)) throw new Error(`${name} is no valid profile`)
	return compiled
}

/** The pipeline of a meter with a built-in profile, `over` laid over its document, `live` as a meter is. `give` puts bytes in and gives their only outcome. */
export function pipeline(
	name: string,
	keys: Keys = {},
	over: object = {},
	live = false,
): Pipeline<Outcome> & { give(bytes: Uint8Array, received?: number): Promise<Outcome | undefined> } {
	const compiled = builtin(name)
	const document = merge({ ...compiled.document }, over as { [key: string]: unknown })
	if (!isComplete(document)) throw new Error(`${name} lacks what it had`)
	const profile = { ...compiled, document }
	const under = readingPipeline({ name: 'house', id: 'house', profile, keys, session: 0, seq: 0, live })
	return Object.assign(under, { give: async (bytes: Uint8Array, received = 0) => (await under.push(bytes, received))[0] })
}
