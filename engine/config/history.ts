import type { Config } from '../../schema/types/config.ts'

/** How long history is kept, in days. */
export type HistoryDays = { days: number; minuteDays: number }

/**
 * Tells whether a config wants history, and for how long: undefined where it does not. `folder`: the folder of the state; a config that asks for history and has none
 * gets the sentence that says so.
 */
export function historyOf({ history, http }: Config, folder: string | undefined): HistoryDays | string | undefined {
	if (history === false || (history === undefined && !http)) return undefined
	if (folder === undefined)
		return history === undefined ? undefined : 'no history is kept: it needs a folder. Give the config a "stateDir", "state" for example'
	const { days = 800, minuteDays = 7 } = typeof history === 'object' ? history : {}
	return { days, minuteDays }
}
