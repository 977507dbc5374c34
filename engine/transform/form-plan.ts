import type { Plain } from '../jsonata/expression.ts'
import type { Form } from '../telegram/form.ts'
import { isSettled } from '../telegram/zone.ts'
import { type FormLayout, formLayout } from './by-form.ts'
import type { FormReading } from './form-reading.ts'
import { type Plan, simple } from './plan.ts'
import { type ScopeContext, submetersShown } from './shown.ts'

/** What a transform gives for all telegrams of a form: known once, or a number of the telegram, or to be evaluated. */
export type FormPlan = {
	layout: FormLayout
	/** In the order of the codes: steps that have this value, or the telegram's number at `place` (-1: none). */
	given: { at: number; place: number; scaler: number; value: Plain }[]
	/** Steps that have to be evaluated for each telegram. */
	others: number[]
	/** The step that is `submeters` and nothing more; -1 for none. */
	submeters: number
	/** Its value, where that does not depend on when the telegram arrived. */
	settled: Plain | undefined
	/** What its readings have in common, once one was made; null where each is put together. */
	reading: FormReading | null | undefined
}

/** The plan for a form; undefined where its telegrams have to be looked through. Made once for a form. */
export function formPlanOf(form: Form, plan: Plan, context: ScopeContext): FormPlan | undefined {
	// A property of the form: to look it up by the form takes longer than to fill it.
	const kept = form.kept instanceof Kept ? form.kept : undefined
	if (kept?.plan === plan && kept.channel === context.channel && kept.timezone === context.timezone) return kept.made
	const layout = plan.layouts && formLayout(form, context, plan.layouts.forms)
	const made = layout && formPlan(plan, layout, context)
	form.kept = new Kept(plan, context, made)
	return made
}

/** A plan, and what it holds for. */
class Kept {
	readonly plan: Plan
	readonly channel: ScopeContext['channel']
	readonly timezone: ScopeContext['timezone']
	readonly made: FormPlan | undefined

	constructor(plan: Plan, { channel, timezone }: ScopeContext, made: FormPlan | undefined) {
		this.plan = plan
		this.channel = channel
		this.timezone = timezone
		this.made = made
	}
}

function formPlan(plan: Plan, layout: FormLayout, context: ScopeContext): FormPlan {
	const numbers = new Map(layout.numbers.map((number) => [number.short, number]))
	const changing = new Set([...numbers.keys(), ...(layout.clock ? [layout.clock.short] : [])])
	const given: FormPlan['given'] = []
	const others: number[] = []
	for (const code of layout.codes) {
		const steps = plan.byCode.get(code)
		if (!steps) continue
		const number = numbers.get(code)
		const value = simple(layout.obis[code])
		const { place, scaler } = number ?? { place: -1, scaler: 0 }
		if (!number && (value === undefined || changing.has(code))) others.push(...steps)
		else for (const at of steps) given.push({ at, place, scaler, value: value ?? 0 })
	}
	for (const at of plan.others) {
		if (plan.steps[at]?.expression && at !== plan.submeters) others.push(at)
	}
	const { submeters } = layout
	const isSure = submeters && Object.values(submeters).every(({ time }) => !time || isSettled(time, context.timezone))
	const settled = isSure ? (submetersShown(submeters, context) as Plain) : undefined
	return { layout, given, others, submeters: submeters ? plan.submeters : -1, settled, reading: undefined }
}
