import type { Plain } from '../jsonata/expression.ts'
import { difference, exactSum, isTariff, tariffIndex, total } from './derived.ts'
import type { Issue } from './expect.ts'
import type { Filled } from './fill.ts'
import type { Derived, Plan, Step } from './plan.ts'
import type { Counting } from './totals.ts'

/** Gives the value of a step that is made of others of the same telegram; undefined where it has one of its own, or cannot be made. */
export function derive(derived: Derived, filled: Filled, plan: Plan, counting: Counting): Plain | undefined {
	const { at, kind, from } = derived
	const { values } = filled
	if (kind === 'sum') return sumOf(derived, filled, plan, counting)
	if (values[at] !== undefined) return undefined
	const [one, two] = from
	return kind === 'difference' ? difference(values[one as number], values[two as number]) : tariffIndex(values[one as number])
}

/**
 * Adds up tariffs while all that the meter has shown are in this telegram, and nothing about them is doubted. A meter that sends the total itself,
 * in this telegram or in others, gets no sum.
 */
function sumOf({ at, from }: Derived, { values, issues, strays }: Filled, { steps }: Plan, counting: Counting): Plain | undefined {
	const nameOf = (step: number) => (steps[step] as Step).target
	const target = nameOf(at)
	const known = counting.sums?.[target]
	if (values[at] !== undefined) {
		if (known) counting.sums = without(counting.sums, target)
		return undefined
	}
	// The quick way: every telegram of a meter with tariffs comes here, and those of all others.
	let present: number[] | undefined
	for (const step of from) {
		if (values[step] === undefined) continue
		present ??= []
		present.push(step)
	}
	if (!present || (!known && counting.knows(target))) return undefined
	const names = present.map(nameOf)
	const isSame = known?.length === names.length && known.every((name, place) => name === names[place])
	const isWhole = isSame || from.every((step) => values[step] !== undefined || !counting.knows(nameOf(step)))
	// A line that could not be read may have been a tariff, or the total.
	const isDoubtful = ({ field }: Issue) => field === target || field === 'telegram' || isPart(field, target)
	const isDoubted = strays.some((key) => isTariff(key, target)) || issues.some(isDoubtful)
	const parts = present.map((step) => values[step] as number)
	// Those that made a sum before make one again.
	const sum = isWhole && !isDoubted ? (isSame ? exactSum(parts) : total(names, parts)) : undefined
	if (sum !== undefined && !isSame) counting.sums = { ...counting.sums, [target]: names }
	// A tariff that the sum before did not have: that was not the whole.
	else if (known && names.some((name) => !known.includes(name))) counting.sums = { ...counting.sums, [target]: [] }
	return sum
}

const isPart = (field: string, target: string) => field.startsWith(`${target}_t`)

function without(sums: Counting['sums'], target: string): Counting['sums'] {
	const rest = Object.fromEntries(Object.entries(sums ?? {}).filter(([name]) => name !== target))
	return Object.keys(rest).length > 0 ? rest : undefined
}
