import type { Evaluated, Plain } from '../jsonata/expression.ts'
import type { Budget } from '../jsonata/steps.ts'
import { SUSPENDED, type Suspensions } from '../jsonata/suspension.ts'
import { scaledBy } from '../telegram/number.ts'
import type { Register } from '../telegram/register.ts'
import { saysItself, submetersOf, uncounted } from '../telegram/submeter.ts'
import type { Telegram } from '../telegram/telegram.ts'
import type { Issue } from './expect.ts'
import type { FieldExpression } from './language.ts'
import { type Plan, type Step, simple, type Values } from './plan.ts'
import { type Scope, scopeOf } from './scope.ts'
import { hasWrongUnit, type ScopeContext, type SubmeterShown, shownValue, submetersShown, unscaled } from './shown.ts'

/** The values of the steps of a plan, and what was wrong. `strays`: codes of totals and tariffs that the profile takes for none. */
export type Filled = { values: Values; issues: Issue[]; strays: string[] }

/** `cpu`: milliseconds of processor time (steps.ts); `suspensions`: the fields whose expressions took too many steps in telegrams before. */
export type FillContext = ScopeContext & { cpu?: (() => number) | undefined; suspensions?: Suspensions | undefined }

/** Steps for all expressions of a reading: fifty times what the longest built-in profile takes, and less than 0.1 s. */
const ALL_STEPS = 2_000_000

/**
 * Fills the steps of a plan with what a telegram carries: a code's number goes straight into its fields, and only what asks for more is evaluated.
 * A promise only where an expression is left to the interpreter.
 */
export function fill(telegram: Telegram, plan: Plan, context: FillContext): Filled | Promise<Filled> {
	const filled: Filled = { values: plan.take(), issues: [], strays: [] }
	const { values } = filled
	const left = plan.always.slice()
	const { channel } = context
	const isChosen = hasKeys(channel)
	// Marks of an earlier telegram count for nothing, even if its reading was broken off.
	const round = ++plan.round
	for (const register of telegram.registers) {
		const { code, attribute } = register
		const slot = attribute === 2 ? plan.slotOf(code) : null
		if (!slot || (isChosen && (channel[slot.key] ?? code.obis?.b ?? 0) !== (code.obis?.b ?? 0))) continue
		if (slot.round === round) {
			// Which of several rows counts, only the whole view tells.
			for (const { at } of slot.steps) leave(values, left, at)
			continue
		}
		slot.round = round
		if (slot.isStray) filled.strays.push(slot.key)
		const value = plain(register, context)
		for (const { at, rank } of slot.steps) {
			if (value === undefined) leave(values, left, at)
			else if (left.length > 0 && left.includes(at)) continue
			else if (values[at] === undefined || rank < (plan.ranks[at] as number)) {
				plan.ranks[at] = rank
				values[at] = value
			}
		}
		for (const at of slot.dependents) if (!left.includes(at)) left.push(at)
	}
	if (plan.submeters >= 0) fillSubmeters(filled, telegram, plan, context)
	if (left.length === 0) return filled
	return evaluate(left, filled, plan.steps, telegram, context)
}

function hasKeys(object: object): boolean {
	for (const _key in object) return true
	return false
}

/** Leaves a step to its expression. */
function leave(values: Values, left: number[], at: number): void {
	if (!left.includes(at)) left.push(at)
	values[at] = undefined
}

/** A row's value where it is as it should be: scaled, in its code's unit, and nothing but a number, text or boolean. */
function plain(register: Register, context: ScopeContext): Plain | undefined {
	if (!register.isNumber) return simple(shownValue(register.value, context))
	const { raw, scaler } = register
	if (scaler === undefined || hasWrongUnit(register)) return undefined
	return simple(scaledBy(raw, scaler))
}

/** Sub-meters, where the profile takes them as they are. */
function fillSubmeters(filled: Filled, telegram: Telegram, plan: Plan, context: ScopeContext): void {
	if (!saysItself(telegram) && !telegram.registers.some(({ code }) => code.isSubmeter)) return
	const submeters = submetersShown(submetersOf(telegram), context)
	const { expression, target } = plan.steps[plan.submeters] as Step
	const result =
		submeters && isShort(submeters) ? { value: submeters as Plain } : expression?.evaluate({ values: { submeters }, functions: {} })
	if (!result || result instanceof Promise) return
	if ('fault' in result) filled.issues.push({ field: target, code: 'expression', detail: result.fault })
	else if (result.value !== undefined) filled.values[plan.submeters] = result.value
	else {
		const unknown = uncounted(telegram).at(-1)
		if (unknown !== undefined) filled.issues.push({ field: target, ...unscaled(unknown) })
	}
}

/** Whether sub-meters are far from the bounds that hold for the results of expressions: a dozen, with ids of a line. */
function isShort(submeters: Record<string, SubmeterShown>): boolean {
	let count = 0
	for (const channel in submeters) if (++count > 12 || (submeters[channel]?.id?.length ?? 0) > 128) return false
	return true
}

/** Evaluates those steps that need it, one after the other, within their budget. A promise where one is left to the interpreter. */
function evaluate(left: number[], filled: Filled, steps: Step[], telegram: Telegram, context: FillContext): Filled | Promise<Filled> {
	const scope = scopeOf(
		telegram,
		context,
		left.some((at) => steps[at]?.expression?.wide === true),
	)
	const { suspensions, cpu } = context
	const budget: Budget = { left: ALL_STEPS, cpu }
	// A fifth at most: one expression alone is stopped by its own bound before.
	const share = ALL_STEPS / Math.max(5, left.length)
	/** Fields that were stopped, and those that took more than their share: it is them, when nothing is left in the end. */
	const stopped: string[] = []
	const heavy: string[] = []

	function take(at: number, result: Evaluated, taken: number): void {
		const { expression, target } = steps[at] as Step
		const isHeavy = taken > share
		if (isHeavy) heavy.push(target)
		if ('fault' in result) {
			filled.issues.push(result.endless && !isHeavy ? tooLate(target) : faultOf(target, result))
			if (result.endless && isHeavy) stopped.push(target)
			return
		}
		if (suspensions?.any) suspensions.took(target, false)
		if (result.value !== undefined) filled.values[at] = result.value
		else if (scope.withheld.size > 0) filled.issues.push(...withheldBy(expression as FieldExpression, target, scope))
	}

	const tooLate = (field: string): Issue => {
		const detail = `the expressions of this telegram take more than ${ALL_STEPS} steps together: ${heavy.slice(0, 3).join(', ')} take most`
		return { field, code: 'budget', detail }
	}

	function from(first: number): Filled | Promise<Filled> {
		for (let next = first; next < left.length; next++) {
			const at = left[next] as number
			const { expression, target } = steps[at] as Step
			if (suspensions?.any && suspensions.skips(target)) {
				filled.issues.push({ field: target, code: 'suspended', detail: SUSPENDED })
				continue
			}
			if (budget.left <= 0) {
				filled.issues.push(tooLate(target))
				continue
			}
			const before = budget.left
			const result = (expression as FieldExpression).evaluate(scope, budget)
			if (result instanceof Promise)
				return result.then((later) => {
					take(at, later, 0)
					return from(next + 1)
				})
			take(at, result, before - budget.left)
		}
		if (suspensions) for (const field of budget.left > 0 ? stopped : heavy) suspensions.took(field, true)
		return filled
	}

	return from(0)
}

const faultOf = (field: string, { fault, endless }: { fault: string; endless: boolean }): Issue => ({
	field,
	code: endless ? 'budget' : 'expression',
	detail: fault,
})

/** Why an expression gave nothing, where a code that it names was kept from it. */
function withheldBy(expression: FieldExpression, field: string, { withheld }: Scope): Issue[] {
	return [...expression.codes, field].flatMap((code) => {
		const reason = withheld.get(code)
		return reason ? [{ field, ...reason }] : []
	})
}
