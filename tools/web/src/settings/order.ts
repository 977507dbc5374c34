import type { OutputView } from '../api/flows.ts'

/** The outputs that most homes want come first, and those that only few know come last. */
const FIRST = ['home-assistant', 'values', 'influx']

/** Gives outputs in the order in which people look for them. */
export function byUse(outputs: OutputView[]): OutputView[] {
	const rank = ({ name }: OutputView) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
	return outputs.toSorted((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title))
}
