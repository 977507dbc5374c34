import { fields } from '../../schema/types/fields.ts'
import type { Totals } from '../transform/totals.ts'

type Values = Record<string, unknown>
type Counted = { id?: string; at: number; time: string; values: Values }

/** The name of a sub-meter's counter in the memory: its id stands behind a blank. */
const SUBMETER = /^submeters\.(.+)\.(energy|volume)(?: (.*))?$/s

/**
 * Gives a state with the counters that an earlier process has read and this one has not yet: each with its time in `times`, so that it shows as old. `totals`: the memory of the
 * meter's counters; `isGiven` says whether the profile still gives a field. Nothing of another meter's is added, and no sum whose parts are known better.
 */
export function withRemembered(state: object, totals: Totals | undefined, isGiven: (name: string) => boolean): Values {
	const now: Values = { ...state }
	if (!totals || (now.id !== undefined && totals.id !== undefined && now.id !== totals.id)) return now
	const before: Values = {}
	const times: Record<string, string> = {}
	const submeters = new Map<string, Counted>()
	for (const [name, { value, time, at }] of Object.entries(totals.values)) {
		const [, channel, quantity, id] = SUBMETER.exec(name) ?? []
		if (channel !== undefined && quantity !== undefined)
			addTo(submeters, channel, { at, time, values: { [quantity]: value }, ...(id && { id }) })
		else if (name in fields && !(name in now) && isGiven(name) && !totals.sums?.[name]?.some((part) => part in now)) {
			before[name] = value
			times[name] = time
		}
	}
	const known = (now.submeters ?? {}) as Values
	const older: Values = {}
	for (const [channel, { id, time, values }] of submeters) {
		if (channel in known || !isGiven(`submeters.${channel}`)) continue
		older[channel] = { ...(id !== undefined && { id }), ...values, time }
		times[`submeters.${channel}`] = time
	}
	if (Object.keys(times).length === 0) return now
	return {
		...(totals.id !== undefined && { id: totals.id }),
		...before,
		...now,
		...(Object.keys(older).length > 0 && { submeters: { ...older, ...known } }),
		times: { ...times, ...(now.times as object | undefined) },
	}
}

/** Adds a counter to a sub-meter; of several that were on a channel the one that was read last stays. */
function addTo(submeters: Map<string, Counted>, channel: string, counted: Counted): void {
	const known = submeters.get(channel)
	if (!known || (known.id !== counted.id && known.at < counted.at)) submeters.set(channel, counted)
	else if (known.id === counted.id) {
		Object.assign(known.values, counted.values)
		if (counted.at > known.at) Object.assign(known, { at: counted.at, time: counted.time })
	}
}
