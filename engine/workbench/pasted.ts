import type { SourceGiven } from '../../schema/types/api.ts'
import { keysFrom } from '../config/given-keys.ts'
import { pastedLines } from '../explain/pasted.ts'
import { testKeys } from '../pipeline/replay.ts'
import { visible } from '../text/visible.ts'
import { because, type Refused, refused } from './refusal.ts'
import type { Telegrams } from './task.ts'

/** Lines of the longest recording that is looked at. */
const MAX_LINES = 20_000

/** Reads what a person has pasted, or opened from a file, with the keys that open it. Refuses an empty text, one that is too long, and keys of a wrong form. */
export function telegramsIn({
	text,
	name = 'the text',
	topic = '',
	keys: given = {},
}: Extract<SourceGiven, { text: string }>): Telegrams | Refused {
	const keys = keysFrom(given)
	if ('code' in keys) return because('invalid', keys)
	if (text.trim() === '')
		return refused('invalid', 'source-empty', 'There is no telegram in it.', {
			hint: 'Paste hex digits, base64, text, JSON or a recording.',
		})
	try {
		const { header, lines } = pastedLines(new TextEncoder().encode(text), visible(name, 100), topic)
		if (lines.length > MAX_LINES)
			return refused('invalid', 'source-long', `It has ${lines.length} lines: ${MAX_LINES} are looked at.`, {
				hint: 'Cut it: some telegrams show all.',
			})
		const isPrivate = Object.keys(keys).length > 0
		return header ? { header, lines, keys: { ...testKeys({ header, lines }), ...keys }, isPrivate } : { lines, keys, isPrivate }
	} catch (error) {
		return refused('invalid', 'source-recording', visible(`${(error as Error).message}.`))
	}
}
