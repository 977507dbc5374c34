import type { Evaluated, Plain } from '../jsonata/expression.ts'
import { FilledTelegram } from '../telegram/form.ts'
import { scaledBy } from '../telegram/number.ts'
import type { Telegram } from '../telegram/telegram.ts'
import type { Issue } from './expect.ts'
import type { FormPlan } from './form-plan.ts'
import type { FieldExpression } from './language.ts'
import { type Plan, type Step, simple } from './plan.ts'
import { type Scope, scopeOf } from './scope.ts'
import { type ScopeContext, submetersShown } from './shown.ts'

/** What a transform gave: a value for each step of its plan, the places that have one, and what was wrong. */
export type Given = { values: (Plain | undefined)[]; found: number[]; issues: Issue[] }

/** `clock`: in milliseconds, for how long expressions take. */
export type GivenContext = ScopeContext & { clock: () => number }

/**
 * What a transform gives of a telegram; `form`: what is known of it by its form. `release` takes it back. A promise only where an expression is left to the
 * interpreter.
 */
export function givenOf(telegram: Telegram, form: FormPlan | undefined, plan: Plan, context: GivenContext): Given | Promise<Given> {
	const given: Given = { values: roomOf(plan), found: [], issues: [] }
	let places = form && telegram instanceof FilledTelegram ? fill(given, telegram, form, context) : undefined
	if (places?.length === 0) return given
	const scope = scopeOf(telegram, context, plan.layouts)
	places ??= taken(given, scope, plan)
	const ended = evaluated(given, places, plan, scope, context)
	return ended instanceof Promise ? ended.then(() => given) : given
}

/** Takes back what was given, once a reading is made of it: its room is the next telegram's. */
export function release({ values, found }: Given, plan: Plan): void {
	for (const at of found) values[at] = undefined
	for (const at of plan.nets) values[at] = undefined
	plan.room = values
}

/** Milliseconds for all expressions of a reading: the longest built-in profile takes 10 at its first telegram. */
const BUDGET = 250

/** Room for a value of each step: a transform has a hundred, of which a telegram gives twenty, so it is used again. */
function roomOf(plan: Plan): (Plain | undefined)[] {
	const { room } = plan
	plan.room = undefined
	return room ?? new Array(plan.steps.length).fill(undefined)
}

/** Adds what is known of all telegrams of a form, and this telegram's numbers. Gives the places of the steps that have to be evaluated. */
function fill(
	{ values, found }: Given,
	telegram: FilledTelegram,
	{ given, submeters, settled, layout, others }: FormPlan,
	context: GivenContext,
): number[] {
	let places = others
	for (const { at, place, scaler, value } of given) {
		const number = place < 0 ? 0 : (telegram.numbers[place] as number)
		const own = place < 0 ? value : scaler === 0 ? number : simple(scaledBy(number, scaler))
		if (own === undefined) {
			places = [...places, at]
			continue
		}
		values[at] = own
		found.push(at)
	}
	if (submeters >= 0 && layout.submeters) {
		values[submeters] = settled ?? (submetersShown(layout.submeters, context) as Plain)
		found.push(submeters)
	}
	return places
}

/** Adds the steps that are a code's value and nothing more, unless a code was withheld: the field names the reason. Gives the places of the others. */
function taken({ values, found }: Given, scope: Scope, { steps, others, byCode }: Plan): number[] {
	if (scope.withheld.size > 0) return [...steps.keys()]
	let places = others
	const obis = scope.values.obis as Record<string, unknown>
	for (const code of scope.codes) {
		const at = byCode.get(code)
		if (!at) continue
		const value = simple(obis[code])
		if (value === undefined) places = [...places, ...at]
		else
			for (const place of at) {
				values[place] = value
				found.push(place)
			}
	}
	return places
}

/** Evaluates the steps at these places. A promise where one is left to the interpreter. */
function evaluated(given: Given, places: number[], { steps }: Plan, scope: Scope, context: GivenContext): Promise<void> | undefined {
	const { values, found, issues } = given
	let started: number | undefined

	function keep(at: number, result: Evaluated): void {
		const { expression, target } = steps[at] as Step
		if ('fault' in result) issues.push({ field: target, code: result.endless ? 'budget' : 'expression', detail: result.fault })
		else if (result.value !== undefined) {
			values[at] = result.value
			found.push(at)
		} else if (scope.withheld.size > 0 && expression) issues.push(...withheldBy(expression, target, scope))
	}

	function evaluateFrom(first: number): Promise<void> | undefined {
		for (let next = first; next < places.length; next++) {
			const at = places[next] as number
			// What is compiled is quick; a hundred that are as slow as is admitted are not.
			if (next % 8 === 7) {
				started ??= context.clock()
				if (context.clock() - started > BUDGET) return giveUp(next)
			}
			const result = (steps[at] as Step).expression?.evaluate(scope)
			if (result instanceof Promise) {
				started ??= context.clock()
				const since = started
				return result.then((later) => {
					keep(at, later)
					return context.clock() - since > BUDGET ? giveUp(next + 1) : evaluateFrom(next + 1)
				})
			}
			if (result !== undefined) keep(at, result)
		}
		return undefined
	}

	function giveUp(first: number): undefined {
		for (const at of places.slice(first)) {
			const { target, expression } = steps[at] as Step
			if (expression) issues.push({ field: target, code: 'budget', detail: `the expressions before it took ${BUDGET} ms` })
		}
	}

	return evaluateFrom(0)
}

/** Why an expression gave nothing, where a code that it names was kept from it. */
function withheldBy(expression: FieldExpression, field: string, scope: Scope): Issue[] {
	return [...expression.codes, field].flatMap((code) => {
		const reason = scope.withheld.get(code)
		return reason ? [{ field, ...reason }] : []
	})
}
