import { fileURLToPath } from 'node:url'
import { findingText } from '../../engine/document/finding.ts'
import { packageRoot } from '../../engine/files/package.ts'
import { replaySample } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import type { CaptureHeader } from '../../schema/types/capture.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Moment } from './house.ts'
import type { Part } from './parts.ts'
import { pushWriter } from './push.ts'
import { textWriter } from './text.ts'

/** A simulated meter's telegrams: `write` makes the one of a moment. `reading`: the recorded one's, `header`: its capture's. */
export type Telegrams = { write(moment: Moment): Uint8Array; reading: Reading; header: CaptureHeader }

/** Reads the recording of a part's meter by its profile, and makes telegrams of its form. Throws an Error when the recording or the profile is not usable. */
export async function telegramsOf(part: Part): Promise<Telegrams> {
	const { profile: name } = part.meter
	const profile = compileProfile(name, readLibrary([builtinProfiles], [name]))
	if (Array.isArray(profile)) throw new Error(profile.map(findingText).join('\n'))
	const file = fileURLToPath(new URL(`meters/${part.capture}`, packageRoot))
	const capture = readCapture(file)
	const recorded = (await replaySample(profile, capture)).find((outcome) => outcome.kind === 'reading')
	if (recorded?.kind !== 'reading') throw new Error(`${file} gives no reading by ${name}: is the package complete?`)
	const { bytes, telegram, reading } = recorded
	const write = telegram.application === 'p1' ? textWriter(bytes) : pushWriter(bytes, telegram)
	return { write, reading, header: capture.header }
}
