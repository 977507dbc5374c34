import type { Reading } from '../../schema/types/reading.ts'
import type { Plain } from '../jsonata/expression.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import { type Expectations, type Issue, implausible } from './expect.ts'
import { type FillContext, type Filled, fill } from './fill.ts'
import { misfit, parseTime, submeterMisfit } from './misfit.ts'
import { type Check, COUNTER, difference, EXTRA, ISSUES, type Plan, planOf, QUALITY, type Step, type Transform } from './plan.ts'
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
		? filled.then((later) => new Draft(plan, later, telegram, context).finish())
		: new Draft(plan, filled, telegram, context).finish()
}

/** A reading in the making: its values are judged one by one, and those that are kept are put into their order. */
class Draft {
	private readonly plan: Plan
	private readonly filled: Filled
	private readonly telegram: Telegram
	private readonly context: ReadingContext
	private readonly id: string
	/** The steps whose values stand in the reading. */
	private readonly kept: number[] = []
	private readonly before: Counters
	/** The counters from now on: copied when one changes, so that a reading that is rejected afterwards has changed nothing. */
	private last: Counters['last']
	private since: Counters['since']

	constructor(plan: Plan, filled: Filled, telegram: Telegram, context: ReadingContext) {
		this.plan = plan
		this.filled = filled
		this.telegram = telegram
		this.context = context
		this.id = idOf(telegram, filled.values[plan.id], context)
		this.before = Counters.of(context.totals, this.id, plan)
		this.last = this.before.last
		this.since = this.before.since
	}

	/** Judges all values and gives the reading of those that stand. */
	finish(): ReadingResult {
		const { steps, id, time, nets } = this.plan
		const { found, values, issues } = this.filled
		const { totals, expect } = this.context
		const checks = this.plan.checks(expect)
		for (const at of found) {
			if (at === id || at === time) continue
			if (this.judge(at, values[at] as Plain, steps[at] as Step, checks[at] as Check)) this.kept.push(at)
			else values[at] = undefined
		}
		for (const at of nets) this.subtract(at, steps[at] as Step)
		if (this.kept.length === 0) return { issues: inOrder(issues, steps) }
		const when = timeOf(this.telegram, values[time], this.context, issues)
		const ownId = values[id]
		if (ownId !== undefined && typeof ownId !== 'string' && typeof ownId !== 'number')
			issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
		if (issues.length > 1) inOrder(issues, steps)
		const { last, since } = this.before
		const stood = this.last === last && this.since === since
		// Nothing to keep is nothing new to keep.
		const kept = !stood ? this.before.with(this.id, this.last, this.since) : totals?.id === this.id ? totals : this.before
		return { issues, totals: kept, reading: this.made(when) }
	}

	/** Says whether a value stands; why not, the issues say. Counts it. */
	private judge(at: number, value: Plain, { target, kind, field }: Step, { rule, low, high, rising, timed }: Check): boolean {
		const last = this.before.last[at]
		// Most are right.
		if (typeof value === 'number' && value >= low && value <= high && !timed && (!rising || (last !== undefined && value >= last))) {
			if (rising && value !== last) this.count(at, value, false)
			return true
		}
		const { received } = this.context
		const problem =
			kind === 'field'
				? (misfit(field, value) ?? (rule && implausible(target, value, rule, last, this.before.since[at], received)))
				: // Our own are what they must be.
					kind === 'submeters' && at !== this.plan.submeters
					? submeterMisfit(value)
					: undefined
		if (problem) this.filled.issues.push({ field: target, ...problem })
		if (problem || (kind === 'extra' && typeof value === 'object')) return false
		if (kind === 'field' && rising && typeof value === 'number') this.count(at, value, timed)
		return true
	}

	/** Counters that stand still have nothing new to keep, unless their rise is measured by the time that it takes: then they are judged each time. */
	private count(at: number, value: number, timed: boolean): void {
		if (this.last === this.before.last) this.last = this.last.slice()
		this.last[at] = value
		if (!timed) return
		if (this.since === this.before.since) this.since = this.since.slice()
		this.since[at] = this.context.received
	}

	private subtract(at: number, { net }: Step): void {
		const { values } = this.filled
		if (!net || values[at] !== undefined) return
		const value = difference(values[net[0]], values[net[1]])
		if (value === undefined) return
		values[at] = value
		this.kept.push(at)
	}

	private made({ time, time_source }: Pick<Reading, 'time' | 'time_source'>): Reading {
		const { steps, extras } = this.plan
		const { meter, received, session, seq, profile } = this.context
		const { clock, auth, invocationCounter } = this.telegram
		const { issues, values } = this.filled
		const quality = time_source === 'gateway' ? undefined : clock?.quality
		const extra = extras.length > 0 ? this.extraOf() : undefined
		const parts =
			(quality ? QUALITY : 0) | (invocationCounter === undefined ? 0 : COUNTER) | (extra ? EXTRA : 0) | (issues.length > 0 ? ISSUES : 0)
		const reading = this.plan.blank(this.kept, parts)
		reading.schema = 'cii.reading/1'
		reading.meter = meter
		reading.id = this.id
		reading.time = time
		reading.time_source = time_source
		if (quality) reading.time_quality = quality
		reading.received = utcText(received)
		reading.session = utcText(session)
		reading.seq = seq
		reading.auth = auth
		if (invocationCounter !== undefined) reading.invocation_counter = invocationCounter
		reading.profile = profile
		for (const at of this.kept) {
			const { target, kind } = steps[at] as Step
			if (kind !== 'extra') reading[target] = values[at]
		}
		if (extra) reading.extra = extra
		if (issues.length > 0) reading.issues = issues
		return reading
	}

	/** The extra values in the order of the plan; undefined for none. */
	private extraOf(): Reading['extra'] {
		const { steps, extras } = this.plan
		const present = extras.filter((at) => this.filled.values[at] !== undefined)
		if (present.length === 0) return undefined
		const named = present.map((at) => [(steps[at] as Step).target.slice('extra.'.length), this.filled.values[at]])
		return Object.fromEntries(named) as Reading['extra']
	}
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
