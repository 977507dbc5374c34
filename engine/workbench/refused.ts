import type { WorkbenchShown } from '../../schema/types/api.ts'
import type { Note } from '../bytes/cursor.ts'
import type { Decoded } from '../decode/decoder.ts'
import type { Stage } from '../explain/stages.ts'
import { REASONS } from '../telegram/reasons.ts'
import type { Heard } from './heard.ts'

type Place = NonNullable<NonNullable<WorkbenchShown['refused']>['at']>

/** Reasons that are told by a part of the ciphering, and the note of that part. */
const CIPHER: Record<string, RegExp> = {
	nokey: /^ciphertext|^content/,
	key: /^ciphertext/,
	tag: /^authentication tag/,
	suite: /^security control/,
}

/**
 * Says where in its bytes a telegram was refused, and notes what was not read behind that place: a part that is wrong, a value that does not fit, else
 * the end of what was read. Undefined where the bytes are right, and refused for what they say.
 */
export function markRefusal(stages: Stage[], heard: Heard, item: Decoded | undefined): Place | undefined {
	const { reason = 'unknown', detail } = heard
	const isRead = item !== undefined && 'telegram' in item
	if (!isRead)
		for (const stage of stages)
			if (stage.notes.length === 0) stage.notes.push(unread(stage, 0, detail ?? REASONS[reason as keyof typeof REASONS] ?? reason))
	const wrong = noteIn(stages, ({ text }) => /\bWRONG\b/.test(text))
	if (wrong) return wrong
	const refused = item && 'kind' in item && item.kind === 'rejected' ? item : undefined
	const value = refused?.place === undefined ? undefined : refused.read?.sequence[refused.place]
	const misfit = value && noteIn(stages, ({ of }) => of?.includes(value) === true)
	if (misfit) return misfit
	const pattern = CIPHER[reason]
	const part = pattern && noteIn(stages, ({ text, layer }) => layer === 'cipher' && pattern.test(text))
	if (part) return part
	return isRead ? undefined : endOf(stages, detail ?? reason)
}

/** The first note that fits, in the last stage that has one. */
function noteIn(stages: Stage[], fits: (note: Note) => boolean): Place | undefined {
	for (let stage = stages.length - 1; stage >= 0; stage--) {
		const found = stages[stage]?.notes.find(fits)
		if (found) return { stage, at: found.at, length: found.length }
	}
	return undefined
}

/** Where the reading of the last stage ended; what follows is noted as not read. */
function endOf(stages: Stage[], why: string): Place | undefined {
	const place = stages.length - 1
	const stage = stages[place]
	if (!stage) return undefined
	const end = stage.notes.reduce((most, { at, length }) => Math.max(most, at + length), 0)
	if (end < stage.bytes.length) {
		const note = unread(stage, end, why)
		stage.notes.push(note)
		return { stage: place, at: end, length: note.length }
	}
	const last = stage.notes.reduce<Note | undefined>((best, note) => (best && best.at > note.at ? best : note), undefined)
	return last && { stage: place, at: last.at, length: last.length }
}

const unread = ({ bytes }: Stage, at: number, why: string): Note => ({ at, length: bytes.length - at, text: `not read: ${why}` })
