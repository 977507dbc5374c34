import type { Form } from '../telegram/form.ts'
import { type FormLayout, formLayout } from './by-form.ts'
import type { Expression, Plain } from './expression.ts'
import { type Plan, simple } from './plan.ts'
import type { ScopeContext } from './shown.ts'

/** What a transform gives for all telegrams of a form: known once, or a number of the telegram, or to be evaluated. */
export type FormPlan = {
	layout: FormLayout
	/** In the order of the codes: the steps that have this value, or the telegram's number at `place` (-1: none). */
	given: { steps: number[]; place: number; scaler: number; value: Plain }[]
	/** Steps that have to be evaluated for each telegram. */
	others: number[]
	/** The step that is `submeters` and nothing more; -1 for none. */
	submeters: number
}

/** The plan for a form; undefined where its telegrams have to be looked through. Made once for a form. */
export function formPlanOf(form: Form, plan: Plan, context: ScopeContext): FormPlan | undefined {
	const { layouts } = plan
	if (!layouts) return undefined
	const layout = formLayout(form, context, layouts.forms)
	if (!layout) return undefined
	const known = plan.forms.get(form)
	if (known?.layout === layout) return known
	const made = formPlan(plan, layout)
	plan.forms.set(form, made)
	return made
}

function formPlan(plan: Plan, layout: FormLayout): FormPlan {
	const numbers = new Map(layout.numbers.map((number) => [number.short, number]))
	const changing = new Set([...numbers.keys(), ...(layout.clock ? [layout.clock.short] : [])])
	const given: FormPlan['given'] = []
	const others: number[] = []
	for (const code of layout.codes) {
		const steps = plan.byCode.get(code)
		if (!steps) continue
		const number = numbers.get(code)
		const value = simple(layout.obis[code])
		if (number) given.push({ steps, place: number.place, scaler: number.scaler, value: 0 })
		else if (value === undefined || changing.has(code)) others.push(...steps)
		else given.push({ steps, place: -1, scaler: 0, value })
	}
	for (const at of plan.others) {
		const expression = plan.steps[at]?.expression
		if (!expression || at === plan.submeters) continue
		const fixed = isFixed(expression, layout, changing) ? expression.evaluate({ values: fixedValues(layout), functions: {} }) : undefined
		if (fixed === undefined || fixed instanceof Promise || 'fault' in fixed) others.push(at)
		else if (fixed.value !== undefined) given.push({ steps: [at], place: -1, scaler: 0, value: fixed.value })
	}
	return { layout, given, others, submeters: layout.submeters ? plan.submeters : -1 }
}

/** Whether an expression gives the same for every telegram of a form. */
function isFixed({ codes, sees }: Expression, { timed, submeters }: FormLayout, changing: Set<string>): boolean {
	if (!sees || codes.some((code) => changing.has(code))) return false
	return sees.every((name) => name === 'obis' || (name === 'times' && timed.length === 0) || (name === 'submeters' && !submeters))
}

const fixedValues = ({ obis }: FormLayout) => ({ obis, times: {} })
