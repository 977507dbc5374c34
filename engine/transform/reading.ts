import type { Reading } from '../../schema/types/reading.ts'
import type { Plain } from '../jsonata/expression.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import { type Expectations, type Issue, implausible } from './expect.ts'
import { type FillContext, type Filled, fill } from './fill.ts'
import { misfit, parseTime, submeterMisfit } from './misfit.ts'
import { type Check, difference, PARTS, type Plan, planOf, type Step, type Transform } from './plan.ts'
import { Counters, type Totals } from './totals.ts'

export type ReadingContext = FillContext & {
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
	/** The profile's expectations of fields, and the counters that the meter has shown before. */
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
	const filled = fill(telegram, plan, context)
	return filled instanceof Promise
		? filled.then((later) => judged(later, plan, telegram, context))
		: judged(filled, plan, telegram, context)
}

/** Judges the values one by one, and makes a reading of those that stand. */
function judged(filled: Filled, plan: Plan, telegram: Telegram, context: ReadingContext): ReadingResult {
	const { values, issues } = filled
	const { steps } = plan
	const { totals, received } = context
	const id = idOf(telegram, values[plan.id], context)
	const before = Counters.of(totals, id, plan)
	// Copied when one changes, so that a reading that is rejected afterwards has changed nothing.
	let { last, since } = before
	const checks = plan.checks(context.expect)
	const kept: number[] = []
	for (const at of filled.found) {
		if (at === plan.id || at === plan.time) continue
		const value = values[at] as Plain
		const { rule, low, high, rising, timed } = checks[at] as Check
		const known = before.last[at]
		// Most are right.
		const isRight =
			typeof value === 'number' && value >= low && value <= high && !timed && (!rising || (known !== undefined && value >= known))
		if (!isRight) {
			const { kind, target, field } = steps[at] as Step
			const problem =
				kind === 'field'
					? (misfit(field, value) ?? (rule && implausible(target, value, rule, known, before.since[at], received)))
					: // Our own are what they must be.
						kind === 'submeters' && at !== plan.submeters
						? submeterMisfit(value)
						: undefined
			if (problem) issues.push({ field: target, ...problem })
			if (problem || (kind === 'extra' && typeof value === 'object')) {
				values[at] = undefined
				continue
			}
		}
		kept.push(at)
		// Counters that stand still are nothing new, unless their rise is measured by the time that it takes: then they are judged each time.
		if (!rising || typeof value !== 'number' || (value === known && !timed)) continue
		if (last === before.last) last = last.slice()
		last[at] = value
		if (timed) {
			if (since === before.since) since = since.slice()
			since[at] = received
		}
	}
	for (const { at, taken, given } of plan.nets) {
		const net = values[at] === undefined ? difference(values[taken], values[given]) : undefined
		if (net === undefined) continue
		values[at] = net
		kept.push(at)
	}
	if (kept.length === 0) return { issues: inOrder(issues, steps) }
	const when = timeOf(telegram, values[plan.time], context, issues)
	if (!['undefined', 'string', 'number'].includes(typeof values[plan.id]))
		issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
	if (issues.length > 1) inOrder(issues, steps)
	const isNew = last !== before.last || since !== before.since
	const counted = isNew ? before.with(id, last, since) : totals?.id === id ? totals : before
	return { issues, totals: counted, reading: made(id, when, kept, filled, plan, telegram, context) }
}

function made(
	id: string,
	{ time, time_source }: Pick<Reading, 'time' | 'time_source'>,
	kept: number[],
	{ values, issues }: Filled,
	plan: Plan,
	{ clock, auth, invocationCounter }: Telegram,
	{ meter, received, session, seq, profile }: ReadingContext,
): Reading {
	const quality = time_source === 'gateway' ? undefined : clock?.quality
	const extra = plan.extras.length > 0 ? extraOf(values, plan) : undefined
	let parts = quality ? PARTS.time_quality : 0
	if (invocationCounter !== undefined) parts |= PARTS.invocation_counter
	if (extra) parts |= PARTS.extra
	if (issues.length > 0) parts |= PARTS.issues
	const reading = plan.blank(kept, parts)
	reading.schema = 'cii.reading/1'
	reading.meter = meter
	reading.id = id
	reading.time = time
	reading.time_source = time_source
	if (quality) reading.time_quality = quality
	reading.received = utcText(received)
	reading.session = utcText(session)
	reading.seq = seq
	reading.auth = auth
	if (invocationCounter !== undefined) reading.invocation_counter = invocationCounter
	reading.profile = profile
	for (const at of kept) {
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
