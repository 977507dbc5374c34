import type { WorkbenchAnswer } from '../../schema/types/api.ts'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import { checkSamples } from '../check/samples.ts'
import { replaySample } from '../pipeline/replay.ts'
import type { Library } from '../profile/library.ts'
import { compileProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { withDraft } from './shelf.ts'

/** A question with everything resolved. */
export type Bench = {
	draft?: { name: string; text: string; folder: string }
	library: Library
	lines: CaptureLine[]
	header?: CaptureHeader
	keys: Keys
	telegram?: number
	evaluate?: string
	samples: boolean
	outputs: string[]
}

/** Says what a profile makes of telegrams. */
export async function analyse({ draft, library, lines, header, samples }: Bench): Promise<WorkbenchAnswer> {
	if (!draft) return { findings: [] }
	const compiled = compileProfile(draft.name, withDraft(library, draft))
	if (Array.isArray(compiled)) return { findings: compiled }
	const outcomes = await replaySample(compiled, { header: header ?? { capture: 1, meter: '', source: '', license: '' }, lines })
	return {
		findings: samples ? await checkSamples(compiled) : [],
		telegrams: outcomes.map(({ kind, bytes }, n) => ({ n, t: 0, bytes: bytes.length, outcome: kind })),
	}
}
