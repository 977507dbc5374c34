import type { Reading } from '../../schema/types/reading.ts'
import type { Plain } from '../jsonata/expression.ts'
import { FilledTelegram } from '../telegram/form.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { sessionText, utcText } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import { type Expectations, type Issue, implausible, NO_TOTALS, type Totals } from './expect.ts'
import { type FormPlan, formPlanOf } from './form-plan.ts'
import { filledReading, formReadingOf, holds } from './form-reading.ts'
import { type Given, type GivenContext, givenOf, release } from './given.ts'
import { misfit, parseTime, submeterMisfit } from './misfit.ts'
import {
	blank,
	type Check,
	COUNTER,
	checksOf,
	difference,
	EXTRA,
	ISSUES,
	type Plan,
	planOf,
	QUALITY,
	type Step,
	type Transform,
} from './plan.ts'

export type ReadingContext = GivenContext & {
	/** The meter's name in the config. */
	meter: string
	/** The meter's id where it sends none. */
	id: string
	/** `name@version` of the profile. */
	profile: string
	/** Start of the process (ms since 1970), and count of this meter's readings in it. */
	session: number
	seq: number
	/** Milliseconds to add to every time that the meter gave: recordings that are shown as of today. */
	clockShift: number
	/** What the profile expects of fields, and the counters that the meter has shown before. */
	expect: Expectations
	totals?: Totals | undefined
}

/** A telegram's reading; without one (`reading` absent) no expression gave a value. Issues name the fields that were dropped. */
export type ReadingResult = { reading?: Reading; issues: Issue[]; totals?: Totals }

/**
 * Evaluates the transform on a telegram. A field whose expression fails, or gives what its kind does not admit, is left out and named;
 * the others stand. `power_net` is import − export of this telegram where the profile does not give it itself. A promise only where an expression is
 * left to the interpreter.
 */
export function readingOf(telegram: Telegram, transform: Transform, context: ReadingContext): ReadingResult | Promise<ReadingResult> {
	const plan = planOf(transform)
	const form = telegram instanceof FilledTelegram ? formPlanOf(telegram.form, plan, context) : undefined
	const usual = form?.reading && filledReading(telegram as FilledTelegram, form.reading, context)
	if (usual) return usual
	const given = givenOf(telegram, form, plan, context)
	return given instanceof Promise
		? given.then((later) => assemble(telegram, plan, later, context))
		: assemble(telegram, plan, given, context, form)
}

/** The reading of what a transform gave; the next ones of its form are filled in. */
function assemble(telegram: Telegram, plan: Plan, given: Given, context: ReadingContext, form?: FormPlan): ReadingResult {
	const result = assembled(telegram, plan, given, context)
	release(given, plan)
	if (form && form.reading !== null && result.reading && result.issues.length === 0 && !(form.reading && holds(form.reading, context)))
		form.reading = formReadingOf(result.reading, form, plan, context)
	return result
}

function assembled(telegram: Telegram, plan: Plan, { values, found, issues }: Given, context: ReadingContext): ReadingResult {
	const { steps, id, time, nets, shapes } = plan
	const ownId = idOf(telegram, values[id], context)
	const before = context.totals?.id === ownId ? context.totals : NO_TOTALS
	// Copied when one changes, so that a reading that is rejected afterwards has changed nothing; its keys are there from the second reading on.
	let { values: totals, times } = before
	const checks = checksOf(plan, context.expect)
	const kept: number[] = []

	function judge(at: number, value: Plain): void {
		const { target, kind, field } = steps[at] as Step
		const { rule, rising, timed } = checks[at] as Check
		const problem =
			kind === 'field'
				? (misfit(field, value) ??
					(rule && implausible(target, value, rule, before.values[target], before.times[target], context.received)))
				: // Our own are what they must be.
					kind === 'submeters' && at !== plan.submeters
					? submeterMisfit(value)
					: undefined
		if (problem) issues.push({ field: target, ...problem })
		if (problem || (kind === 'extra' && typeof value === 'object')) {
			values[at] = undefined
			return
		}
		kept.push(at)
		if (kind === 'field' && rising && typeof value === 'number') count(target, value, timed)
	}

	/** Counters that stand still have nothing new to keep, unless their rise is measured by the time that it takes: then they are judged each time. */
	function count(target: string, value: number, timed: boolean): void {
		if (totals === before.values) totals = { ...totals }
		totals[target] = value
		if (timed) times = { ...times, [target]: context.received }
	}

	for (const at of found) {
		if (at === id || at === time) continue
		const value = values[at] as Plain
		const { low, high, rising, timed } = checks[at] as Check
		if (typeof value === 'number' && value >= low && value <= high && !timed) {
			// Most are right.
			const { target } = steps[at] as Step
			const last = rising ? before.values[target] : undefined
			if (!rising || (last !== undefined && value >= last)) {
				kept.push(at)
				if (last !== undefined && value > last) count(target, value, false)
				continue
			}
		}
		judge(at, value)
	}
	for (const at of nets) {
		if (values[at] !== undefined) continue
		const [taken, given] = (steps[at] as Step).net as [number, number]
		values[at] = difference(values[taken], values[given])
		if (values[at] !== undefined) kept.push(at)
	}
	if (kept.length === 0) return { issues: inOrder(issues, steps) }

	const when = timeOf(telegram, values[time], context, issues)
	const ownIdType = typeof values[id]
	if (ownIdType !== 'undefined' && ownIdType !== 'string' && ownIdType !== 'number')
		issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
	const extra = extraOf(plan, values)
	if (issues.length > 1) inOrder(issues, steps)
	const quality = when.time_source === 'gateway' ? undefined : telegram.clock?.quality
	const { invocationCounter } = telegram
	const parts =
		(quality ? QUALITY : 0) | (invocationCounter === undefined ? 0 : COUNTER) | (extra ? EXTRA : 0) | (issues.length > 0 ? ISSUES : 0)
	const reading = blank(shapes, steps, kept, parts)
	reading.schema = 'cii.reading/1'
	reading.meter = context.meter
	reading.id = ownId
	reading.time = when.time
	reading.time_source = when.time_source
	if (quality) reading.time_quality = quality
	reading.received = utcText(context.received)
	reading.session = sessionText(context.session)
	reading.seq = context.seq
	reading.auth = telegram.auth
	if (invocationCounter !== undefined) reading.invocation_counter = invocationCounter
	reading.profile = context.profile
	for (const at of kept) {
		const { target, kind } = steps[at] as Step
		if (kind !== 'extra') reading[target] = values[at]
	}
	if (extra) reading.extra = extra
	if (issues.length > 0) reading.issues = issues
	// Nothing to keep is nothing new to keep.
	const known = context.totals
	const counted = known && totals === known.values && times === known.times ? known : { id: ownId, values: totals, times }
	return { issues, totals: counted, reading }
}

/** The extra values in the order of the plan: in which they were found, depends on how the telegram was read. */
function extraOf({ steps, extras }: Plan, values: Given['values']): Reading['extra'] {
	let extra: NonNullable<Reading['extra']> | undefined
	for (const at of extras) {
		const value = values[at]
		if (value === undefined) continue
		extra ??= {}
		extra[(steps[at] as Step).target.slice('extra.'.length)] = value as number | string | boolean
	}
	return extra
}

/** Puts issues into the order of the steps. */
function inOrder(issues: Issue[], steps: Step[]): Issue[] {
	const place = ({ field }: Issue) => steps.findIndex(({ target }) => target === field)
	return issues.sort((one, other) => place(one) - place(other))
}

/** The profile's id, else the meter's, else the config's. */
function idOf({ meterId }: Telegram, id: Plain | undefined, context: ReadingContext): string {
	const own = typeof id === 'number' ? String(id) : id
	return (typeof own === 'string' && own) || meterId || context.id
}

/** The profile's `time`, else the meter's or the notification's clock, else when the bytes arrived. */
function timeOf(
	telegram: Telegram,
	given: Plain | undefined,
	context: ReadingContext,
	issues: Issue[],
): Pick<Reading, 'time' | 'time_source'> {
	const { timezone, clockShift } = context
	const own = given === undefined ? undefined : parseTime(given)
	// An adapter's message has the adapter's time.
	const source = telegram.application === 'json' ? 'telegram' : 'meter'
	if (own !== undefined) return { time: isoInstant(own + clockShift, timezone), time_source: source }
	if (given !== undefined)
		issues.push({
			field: 'time',
			code: 'type',
			detail: `${JSON.stringify(given)} is no time with an offset: $localTime reads one without`,
		})
	const decoded = telegram.clock && isoTime(telegram.clock, timezone, context.received)
	if (telegram.clock && decoded !== undefined) {
		const time = clockShift === 0 ? decoded : isoInstant(Date.parse(decoded) + clockShift, timezone)
		return { time, time_source: telegram.clock.source }
	}
	if (telegram.clock)
		issues.push({ field: 'time', code: 'timezone', detail: 'the meter sends local time, and the profile states no meter.timezone' })
	return { time: isoInstant(context.received, timezone), time_source: 'gateway' }
}
