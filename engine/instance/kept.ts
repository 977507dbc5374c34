import type { CurrentConfig } from '../config/current.ts'

/** Days of quarter-hours and of minutes that are kept unless the config says otherwise. */
const [DAYS, MINUTE_DAYS] = [800, 7]

/**
 * Says where a config's history stands and how much of it is kept; undefined where nothing is: without a state folder, for a reader, for a worker (its meters
 * may be another's at the next start), and where neither `history` nor a page asks for it.
 */
export function historyOf(config: CurrentConfig, isWorker: boolean): { file: string; days: number; minuteDays: number } | undefined {
	const { history, http } = config.loaded.config
	const file = config.stateFile('history.db')
	const isWanted = history === undefined ? http !== undefined : history !== false
	if (file === undefined || config.role === 'read' || isWorker || !isWanted) return undefined
	const { days = DAYS, minuteDays = MINUTE_DAYS } = typeof history === 'object' ? history : {}
	return { file, days, minuteDays }
}
