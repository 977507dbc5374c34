import { readdirSync } from 'node:fs'
import { hex } from '../../engine/bytes/hex.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { readCapture } from '../../engine/transport/capture.ts'
import { analyse, type Trial } from '../../engine/workbench/analyse.ts'
import type { Stage, WorkbenchAnswer, WorkbenchShown } from '../../schema/types/api.ts'
import { root } from './root.ts'

/** The profiles that come with the package. */
export const library = readLibrary([builtinProfiles])

/** Every recording below meters/: its folder, its file, and the profile of that name. */
export const recordings = profileNames(library).flatMap((meter) =>
	readdirSync(`${root}meters/${meter}`)
		.filter((file) => file.endsWith('.capture.jsonl'))
		.map((file) => ({ meter, file, ...readCapture(`${root}meters/${meter}/${file}`) })),
)

/** The text of a built-in profile, as an editor has it. */
export const draftOf = (name: string, text = library.sources.get(name)?.text ?? '') => ({ name, text, folder: builtinProfiles })

/** Asks the workbench. */
export const ask = (question: Partial<Trial>): Promise<WorkbenchAnswer> =>
	analyse({ library, lines: [], keys: {}, samples: false, outputs: [], ...question })

/** Bytes as one line of a recording. */
export const lineOf = (bytes: Uint8Array) => ({ t: 0, hex: hex(bytes) })

/** Gives the telegram that is shown; throws where there is none. */
export function shownIn({ shown, fault }: WorkbenchAnswer): WorkbenchShown {
	if (!shown) throw new Error(`nothing is shown: ${fault}`)
	return shown
}

/** The places of bytes that no note explains; throws for notes that reach beyond the bytes. */
export function unexplained({ stage, hex: digits, notes }: Stage): number[] {
	const covered = new Uint8Array(digits.length / 2)
	for (const { at, length, text } of notes) {
		if (at < 0 || length < 0 || at + length > covered.length) throw new Error(`${stage}: "${text}" stands beyond the bytes`)
		covered.fill(1, at, at + length)
	}
	return [...covered.keys()].filter((at) => covered[at] === 0)
}
