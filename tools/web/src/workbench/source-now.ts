import { batch, signal } from '@preact/signals'
import type { WorkbenchTelegram } from '../api/types.ts'
import { setSource, show, source } from './state.ts'

/** Whether the newest telegram of a running meter is shown as it comes. */
export const following = signal(true)

/** Gives the id of the newest telegram in a list. */
export const newest = (telegrams: readonly WorkbenchTelegram[]): string | undefined =>
	telegrams.reduce<WorkbenchTelegram | undefined>((last, one) => (last === undefined || one.t >= last.t ? one : last), undefined)?.id

/** Shows a telegram of the list: by its id, where newer ones move the list. */
export function showTelegram({ n, id }: Pick<WorkbenchTelegram, 'n' | 'id'>): void {
	const { value: from } = source
	if (!from || !('meter' in from)) {
		show(n)
		return
	}
	batch(() => {
		following.value = false
		setSource({ meter: from.meter, ...(id !== undefined && { id }) }, id === undefined ? n : undefined)
	})
}
