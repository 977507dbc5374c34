import type { Reading } from '../../schema/types/reading.ts'
import type { Plain } from '../jsonata/expression.ts'
import { numberIn } from '../telegram/number.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { derive } from './derive.ts'
import { type Expectations, type Issue, implausible } from './expect.ts'
import { type FillContext, type Filled, fill } from './fill.ts'
import { fitted, misfit, submeterMisfit } from './misfit.ts'
import { type Check, type Checks, PARTS, type Plan, planOf, type Step, type Transform } from './plan.ts'
import type { SubmeterShown } from './shown.ts'
import { heldAgainstArrival, isAdapted, type Times, type TimesContext, timeOf } from './times.ts'
import type { Rising } from './total.ts'
import { Counting, type Totals } from './totals.ts'

export type ReadingContext = FillContext &
	TimesContext & {
		/** The meter's name in the config. */
		meter: string
		/** The meter's id where it sends none. */
		id: string
		/** `name@version` of the profile. */
		profile: string
		/** Start of the process (ms since 1970), and count of this meter's readings in it. */
		session: number
		seq: number
		/** The profile's expectations of fields, and the counters that the meter has shown before. */
		expect: Expectations
		totals?: Totals | undefined
	}

/**
 * A telegram's reading; without one (`reading` absent) no expression gave a value. Issues name the fields that were dropped. `counting`: its counters,
 * which wait to be counted; `saysId`: the id is the telegram's own.
 */
export type ReadingResult = { reading?: Reading; issues: Issue[]; counting: Counting; saysId: boolean }

/**
 * Evaluates the transform on a telegram. A field whose expression fails, or gives what its kind does not admit, is left out and named;
 * the others stand. `power_net` is import − export of this telegram where the profile does not give it itself. A promise only where an expression is
 * left to the interpreter.
 */
export function readingOf(telegram: Telegram, transform: Transform, context: ReadingContext): ReadingResult | Promise<ReadingResult> {
	const plan = planOf(transform)
	const filled = fill(telegram, plan, context)
	return filled instanceof Promise
		? filled.then((later) => readFrom(later, plan, telegram, context))
		: readFrom(filled, plan, telegram, context)
}

/** The result of a telegram's values; their place is free for the next telegram. */
function readFrom(filled: Filled, plan: Plan, telegram: Telegram, context: ReadingContext): ReadingResult {
	const result = judged(filled, plan, telegram, context)
	plan.done(filled.values)
	return result
}

/** Judges the values one by one, and makes a reading of those that stand. */
function judged(filled: Filled, plan: Plan, telegram: Telegram, context: ReadingContext): ReadingResult {
	const { values, issues } = filled
	const { steps } = plan
	const { unproved } = context
	if (telegram.unread) issues.push(unreadIssue(telegram.unread, isAdapted(telegram)))
	unproved?.relate(filled, plan)
	const own = ownId(telegram, values[plan.id])
	const [id, saysId] = [own ?? context.id, own !== undefined]
	const checks = plan.checks(context.expect)
	const doubts: Issue[] = []
	const when = heldAgainstArrival(
		timeOf(telegram, values[plan.time], context, doubts),
		telegram.clock?.quality,
		checks.drift,
		context,
		doubts,
	)
	// A clock that was set leaps: where it cannot be right, the time of arrival counts.
	const moment = { at: context.received, time: when.time }
	const power = powerIn(values, plan, checks)
	unproved?.limit(filled, plan, checks.power)
	const explaining = unproved?.explaining(power, context.received)
	const counting = new Counting(context.totals, id === context.id ? undefined : id, moment, power, explaining)
	/** Values that stand. */
	let count = 0
	for (let at = 0; at < steps.length; at++) {
		if (values[at] === undefined || at === plan.id || at === plan.time) continue
		const step = steps[at] as Step
		const value = fitted(step.field, asNumber(values[at] as Plain, step, telegram))
		values[at] = value
		if (
			!stands(value, step, unproved ? (checks.unproved[at] as Check) : (checks.steps[at] as Check), at === plan.submeters, counting, issues)
		) {
			values[at] = undefined
			continue
		}
		count++
		if (step.kind === 'submeters') countSubmeters(value as Submeters, checks, counting, issues)
	}
	for (const derived of plan.derived) {
		const { at } = derived
		const value = derive(derived, filled, plan, counting)
		if (value === undefined) continue
		const { rising } = checks.steps[at] as Check
		const isSum = derived.kind === 'sum' && typeof value === 'number' && rising !== undefined
		if (isSum && !counts((steps[at] as Step).target, value, rising, counting, issues, true)) continue
		values[at] = value
		count++
	}
	unproved?.explained(!counting.hasWronged)
	if (count === 0) return { issues: inOrder(issues, steps), counting, saysId }
	issues.push(...doubts)
	const said = values[plan.id]
	if (said !== undefined && typeof said !== 'string' && typeof said !== 'number')
		issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
	if (issues.length > 1) inOrder(issues, steps)
	return { issues, counting, saysId, reading: made(id, when, count, filled, plan, telegram, context) }
}

/** The largest plausible power that a telegram tells, in W or var; undefined where it tells none. */
function powerIn(values: Filled['values'], { powers }: Plan, { steps }: Checks): number | undefined {
	let most: number | undefined
	for (const at of powers) {
		const value = values[at]
		if (typeof value !== 'number' || Math.abs(value) <= (most ?? -1)) continue
		const { rule } = steps[at] as Check
		if (value >= (rule?.min ?? -Infinity) && value <= (rule?.max ?? Infinity)) most = Math.abs(value)
	}
	return most
}

/** Takes text of an adapter for the number that it is: templates quote numbers. The texts of meters are no numbers: those have units. */
function asNumber(value: Plain, { field }: Step, telegram: Telegram): Plain {
	return typeof value === 'string' && field?.kind === 'number' && isAdapted(telegram) ? (numberIn(value) ?? value) : value
}

function unreadIssue(lines: string[], isMessage: boolean): Issue {
	const shown = lines.slice(0, 3).join(' | ')
	if (isMessage) return { field: 'telegram', code: 'syntax', detail: `keys that stand twice in one object were left out: ${shown}` }
	return {
		field: 'telegram',
		code: 'syntax',
		detail: `${lines.length === 1 ? 'a line was' : `${lines.length} lines were`} left out that could not be read: ${shown}`,
	}
}

/** Whether a value stands; names what is wrong with it. Sub-meters of our own are what they must be. */
function stands(
	value: Plain,
	{ kind, field, target }: Step,
	{ rule, low, high, rising }: Check,
	isOwn: boolean,
	counting: Counting,
	issues: Issue[],
): boolean {
	// Most are right.
	if (!(typeof value === 'number' && value >= low && value <= high)) {
		const fieldProblem = kind === 'field' ? (misfit(field, value) ?? (rule && implausible(target, value, rule))) : undefined
		const problem = kind === 'submeters' && !isOwn ? submeterMisfit(value) : fieldProblem
		if (problem) issues.push({ field: target, ...problem })
		if (problem || (kind === 'extra' && typeof value === 'object')) return false
	}
	return !rising || typeof value !== 'number' || counts(target, value, rising, counting, issues)
}

/** Whether a counter's value stands; names what is wrong with it. */
function counts(name: string, value: number, rising: Rising, counting: Counting, issues: Issue[], isSum = false, time?: string): boolean {
	const problem = counting.judge(name, value, rising, isSum, time)
	if (!problem) return true
	// Behind a blank stands the sub-meter's id: another one on the channel counts on its own.
	issues.push({ field: name.split(' ', 1)[0] ?? name, ...problem })
	return problem.code === 'restarted'
}

type Submeters = Record<string, SubmeterShown>

/** Takes the counters that are withheld out of sub-meters. */
function countSubmeters(submeters: Submeters, checks: Checks, counting: Counting, issues: Issue[]): void {
	for (const channel in submeters) {
		const submeter = submeters[channel] as SubmeterShown
		if (submeter.id !== undefined) submeter.id = submeter.id.trim()
		for (const name of ['energy', 'volume'] as const) {
			const [value, rising] = [submeter[name], checks[name]]
			if (value === undefined || !rising) continue
			const counter = `submeters.${channel}.${name} ${submeter.id ?? ''}`
			if (!counts(counter, value, rising, counting, issues, false, submeter.time)) delete submeter[name]
		}
	}
}

function made(
	id: string,
	{ time, time_source, meter_time, time_quality: quality }: Times,
	count: number,
	{ values, issues }: Filled,
	plan: Plan,
	{ auth, invocationCounter }: Telegram,
	{ meter, received, session, seq, profile }: ReadingContext,
): Reading {
	const extra = plan.extras.length > 0 ? extraOf(values, plan) : undefined
	let parts = quality ? PARTS.time_quality : 0
	if (meter_time !== undefined) parts |= PARTS.meter_time
	if (invocationCounter !== undefined) parts |= PARTS.invocation_counter
	if (extra) parts |= PARTS.extra
	if (issues.length > 0) parts |= PARTS.issues
	const { places, template } = plan.shape(values, count, parts)
	const reading = { ...template }
	reading.schema = 'cii.reading/1'
	reading.meter = meter
	reading.id = id
	reading.time = time
	reading.time_source = time_source
	if (meter_time !== undefined) reading.meter_time = meter_time
	if (quality) reading.time_quality = quality
	reading.received = utcText(received)
	reading.session = utcText(session)
	reading.seq = seq
	reading.auth = auth
	if (invocationCounter !== undefined) reading.invocation_counter = invocationCounter
	reading.profile = profile
	for (const at of places) {
		const { target, kind } = plan.steps[at] as Step
		if (kind !== 'extra') reading[target] = values[at]
	}
	if (extra) reading.extra = extra
	if (issues.length > 0) reading.issues = issues
	return reading
}

/** The extra values in the order of the plan; undefined for none. */
function extraOf(values: Filled['values'], { steps, extras }: Plan): Reading['extra'] {
	const present = extras.filter((at) => values[at] !== undefined)
	if (present.length === 0) return undefined
	return Object.fromEntries(present.map((at) => [(steps[at] as Step).target.slice('extra.'.length), values[at]])) as Reading['extra']
}

/** Puts issues into the order of the steps. */
function inOrder(issues: Issue[], steps: Step[]): Issue[] {
	const place = ({ field }: Issue) => steps.findIndex(({ target }) => target === field)
	return issues.sort((one, other) => place(one) - place(other))
}

/** The profile's id, else the meter's; undefined where the telegram says none. */
function ownId({ meterId }: Telegram, id: Plain | undefined): string | undefined {
	const own = typeof id === 'number' ? String(id) : id
	return (typeof own === 'string' && own.trim()) || meterId || undefined
}
