import type { OutputView } from '../api/flows.ts'

/** What most homes want, first; what only few know, last. */
const FIRST = ['home-assistant', 'values', 'influx']

/** Gives outputs in the order in which people look for them. */
export function byUse(outputs: OutputView[]): OutputView[] {
	const rank = ({ name }: OutputView) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
	return outputs.toSorted((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title))
}
