import type { Draft, DraftRequest } from '../../schema/types/api.ts'
import { hex } from '../bytes/hex.ts'
import { draftOf } from '../draft/draft.ts'
import { headerOf } from '../explain/recording.ts'
import type { Library } from '../profile/library.ts'
import { type Refused, refused } from './refusal.ts'
import type { Telegrams } from './task.ts'

/** Makes the text of a profile to begin with. `telegrams`: what it is to read; `target`: the folder that it is for. Refuses what cannot be one, in words. */
export async function draftFor(
	{ name, from, extends: parent, timezone }: Omit<DraftRequest, 'source'>,
	telegrams: Telegrams | undefined,
	library: Library,
	target: string | undefined,
): Promise<Draft | Refused> {
	const made = await draftOf(
		{
			name,
			from,
			...(parent !== undefined && { extends: parent }),
			...(timezone !== undefined && { timezone }),
			...(telegrams && { capture: captureOf(telegrams) }),
		},
		target === undefined ? library : { ...library, folders: [...library.folders.filter((folder) => folder !== target), target] },
	)
	return typeof made === 'string' ? refused('invalid', 'draft', sentence(made)) : made
}

/** The telegrams as a recording, which takes its keys along; it does not leave this thread. */
function captureOf({ header, lines, keys }: Telegrams) {
	const { encryption, authentication } = keys
	const testKeys = encryption && { encryption: hex(encryption), ...(authentication && { authentication: hex(authentication) }) }
	const made = header ?? headerOf(lines, 'the workbench of cii2mqtt')
	return { header: { ...made, ...(testKeys && { testKeys }) }, lines }
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
