import type { Plain } from '../jsonata/expression.ts'
import { difference, exactSum, isTariff, tariffIndex, total } from './derived.ts'
import type { Issue } from './expect.ts'
import type { Filled } from './fill.ts'
import type { Derived, Plan, Step, Values } from './plan.ts'
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
function sumOf(derived: Derived, filled: Filled, { steps }: Plan, counting: Counting): Plain | undefined {
	const { at, from } = derived
	const { values } = filled
	const { target } = steps[at] as Step
	const known = counting.sums?.[target]
	if (values[at] !== undefined) {
		if (known) counting.sums = without(counting.sums, target)
		return undefined
	}
	const isDoubted = isDoubtful(target, filled.issues, filled.strays)
	// The quick way: every telegram of a meter with tariffs comes here.
	const again = known && !isDoubted ? sumAgain(known, from, values, steps) : undefined
	if (again !== undefined) return again
	return known || !counting.knows(target) ? newSum(derived, filled, isDoubted, steps, counting) : undefined
}

/** Adds up tariffs that made no sum before, or others. */
function newSum({ at, from }: Derived, { values }: Filled, isDoubted: boolean, steps: Step[], counting: Counting): number | undefined {
	const present = from.filter((step) => values[step] !== undefined)
	if (present.length === 0) return undefined
	const nameOf = (step: number) => (steps[step] as Step).target
	const target = nameOf(at)
	const known = counting.sums?.[target]
	const names = present.map(nameOf)
	const parts = present.map((step) => values[step] as number)
	// Those that made a sum before make one again.
	if (!isDoubted && known?.length === names.length && known.every((name, place) => name === names[place])) return exactSum(parts)
	const isWhole = from.every((step) => values[step] !== undefined || !counting.knows(nameOf(step)))
	const sum = isWhole && !isDoubted ? total(names, parts) : undefined
	if (sum !== undefined) counting.sums = { ...counting.sums, [target]: names }
	// A tariff that the sum before did not have: that was not the whole.
	else if (known && names.some((name) => !known.includes(name))) counting.sums = { ...counting.sums, [target]: [] }
	return sum
}

/** Adds up whole numbers, where those that made a sum before are all there, and no others; undefined for others. */
function sumAgain(known: string[], from: number[], values: Values, steps: Step[]): number | undefined {
	let [count, sum] = [0, 0]
	for (const at of from) {
		const value = values[at]
		if (value === undefined) continue
		if (!Number.isSafeInteger(value) || known[count] !== steps[at]?.target) return undefined
		count++
		sum += value as number
	}
	return count > 0 && count === known.length && Number.isSafeInteger(sum) ? sum : undefined
}

/** Whether a tariff of a total, or the total, may have been sent that is not here: a line that could not be read may have been one. */
function isDoubtful(target: string, issues: Issue[], strays: string[]): boolean {
	for (const key of strays) if (isTariff(key, target)) return true
	for (const { field } of issues) if (field === target || field === 'telegram' || field.startsWith(`${target}_t`)) return true
	return false
}

function without(sums: Counting['sums'], target: string): Counting['sums'] {
	const rest = Object.fromEntries(Object.entries(sums ?? {}).filter(([name]) => name !== target))
	return Object.keys(rest).length > 0 ? rest : undefined
}
