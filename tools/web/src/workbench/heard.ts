import { StateEffect, StateField } from '@codemirror/state'
import type { WorkbenchAnswer } from '../api/types.ts'

/** Tells the editor what the server has answered last; undefined: nothing that holds. */
export const hear = StateEffect.define<WorkbenchAnswer | undefined>()

/** The answer, and whether the text is another by now. */
export const heard = StateField.define<{ answer: WorkbenchAnswer | undefined; isOld: boolean }>({
	create: () => ({ answer: undefined, isOld: false }),
	update(now, { effects, docChanged }) {
		const told = effects.find((effect) => effect.is(hear))
		if (told) return { answer: told.value, isOld: false }
		return docChanged && !now.isOld ? { ...now, isOld: true } : now
	},
})
