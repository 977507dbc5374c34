import { StateEffect, StateField } from '@codemirror/state'
import type { WorkbenchAnswer } from '../api/types.ts'

/** Tells the editor what the server has answered last; undefined: nothing that holds. */
export const hear = StateEffect.define<WorkbenchAnswer | undefined>()

/** The last answer; of one about a text that cannot be used at the moment, the parents' values and the results of the one before stay. */
export const heard = StateField.define<WorkbenchAnswer | undefined>({
	create: () => undefined,
	update(now, { effects }) {
		const told = effects.find((effect) => effect.is(hear))
		return told ? told.value && kept(told.value, now) : now
	},
})

/** Completes an answer about a text that cannot be used by what is known of the one before. */
export function kept(answer: WorkbenchAnswer, before: WorkbenchAnswer | undefined): WorkbenchAnswer {
	if (!before || answer.inherited !== undefined) return answer
	const { inherited, shown } = before
	const isSame = shown !== undefined && answer.shown?.n === shown.n && answer.telegrams?.length === before.telegrams?.length
	return { ...answer, ...(inherited && { inherited }), ...(isSame && { shown }) }
}
