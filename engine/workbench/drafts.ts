import type { Draft, DraftRequest } from '../../schema/types/api.ts'
import type { Library } from '../profile/library.ts'
import { type Refused, refused } from './refusal.ts'
import type { Telegrams } from './task.ts'

/** Makes the text of a profile to begin with. */
export function draftFor(_request: Omit<DraftRequest, 'source'>, _found: Telegrams | undefined, _library: Library): Draft | Refused {
	return refused('unavailable', 'draft', 'Drafts are not made here yet.')
}
