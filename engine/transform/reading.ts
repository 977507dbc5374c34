import type { Reading } from '../../schema/types/reading.ts'
import type { Plain } from '../jsonata/expression.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import { type Expectations, type Issue, implausible } from './expect.ts'
import { type FillContext, type Filled, fill } from './fill.ts'
import { misfit, parseTime, submeterMisfit } from './misfit.ts'
import {
	blank,
	type Check,
	type Checks,
	COUNTER,
	difference,
	EXTRA,
	ISSUES,
	METER_TIME,
	type Plan,
	planOf,
	QUALITY,
	type Step,
	type Transform,
} from './plan.ts'
import type { SubmeterShown } from './shown.ts'
import { Counting, type Rising, type Totals } from './total.ts'

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
	/** Whether the telegram arrived just now, so that the meter's clock can be compared with the time of arrival: recordings are of any time. */
	live: boolean
}

/** A telegram's reading; without one (`reading` absent) no expression gave a value. Issues name the fields that were dropped; its counters wait to be counted. */
export type ReadingResult = { reading?: Reading; issues: Issue[]; counting: Counting }

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

type Times = Pick<Reading, 'time' | 'time_source' | 'meter_time'>

/** A reading in the making: its values are judged one by one, and those that are kept are put into their order. */
class Draft {
	private readonly plan: Plan
	private readonly filled: Filled
	private readonly telegram: Telegram
	private readonly context: ReadingContext
	private readonly id: string
	private readonly times: Times
	/** Issues with the time, that count where there is a reading. */
	private readonly doubts: Issue[] = []
	private readonly counting: Counting
	private readonly checks: Checks
	/** The steps whose values stand in the reading, and their values. */
	private readonly kept: number[] = []
	private readonly values: Plain[] = []

	constructor(plan: Plan, filled: Filled, telegram: Telegram, context: ReadingContext) {
		this.plan = plan
		this.filled = filled
		this.telegram = telegram
		this.context = context
		this.id = idOf(telegram, this.given(plan.id), context)
		this.checks = plan.checks(context.expect)
		this.times = this.timed(this.given(plan.time))
		this.counting = new Counting(context.totals, this.id, { at: context.received, time: this.times.meter_time ?? this.times.time })
	}

	/** Gives the profile's value for a step. */
	private given(step: number): Plain | undefined {
		const at = step < 0 ? -1 : this.filled.found.indexOf(step)
		return at < 0 ? undefined : this.filled.values[at]
	}

	/** Judges all values and gives the reading of those that stand. */
	finish(): ReadingResult {
		const { steps, id, time, nets } = this.plan
		const { found, values, issues } = this.filled
		const { steps: checks } = this.checks
		const { counting } = this
		for (let place = 0; place < found.length; place++) {
			const at = found[place] as number
			if (at !== id && at !== time) this.judge(at, values[place] as Plain, steps[at] as Step, checks[at] as Check)
		}
		for (const at of nets) this.subtract(at, steps[at] as Step)
		if (this.kept.length === 0) return { issues: inOrder(issues, steps), counting }
		issues.push(...this.doubts)
		const ownId = this.given(id)
		if (ownId !== undefined && typeof ownId !== 'string' && typeof ownId !== 'number')
			issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
		if (issues.length > 1) inOrder(issues, steps)
		return { issues, counting, reading: this.made() }
	}

	/** Keeps a value, or drops it and says why. */
	private judge(at: number, value: Plain, { target, kind, field }: Step, { rule, low, high, rising }: Check): void {
		// Most are right.
		if (typeof value === 'number' && value >= low && value <= high) {
			if (!rising || this.counts(target, value, rising)) this.keep(at, value)
			return
		}
		const problem =
			kind === 'field'
				? (misfit(field, value) ?? (rule && implausible(target, value, rule)))
				: // Our own are what they must be.
					kind === 'submeters' && at !== this.plan.submeters
					? submeterMisfit(value)
					: undefined
		if (problem) this.filled.issues.push({ field: target, ...problem })
		if (problem || (kind === 'extra' && typeof value === 'object')) return
		if (kind === 'field' && rising && typeof value === 'number' && !this.counts(target, value, rising)) return
		this.keep(at, kind === 'submeters' ? this.countedSubmeters(value as Record<string, SubmeterShown>) : value)
	}

	/** Whether a counter's value stands; names what is wrong with it. */
	private counts(name: string, value: number, rising: Rising): boolean {
		const problem = this.counting.judge(name, value, rising)
		// Behind a blank stands the sub-meter's id: another one on the channel counts on its own.
		if (problem) this.filled.issues.push({ field: name.split(' ', 1)[0] ?? name, ...problem })
		return !problem || problem.code === 'restarted'
	}

	/** Sub-meters without the counters that are withheld. */
	private countedSubmeters(submeters: Record<string, SubmeterShown>): Plain {
		const { energy: energyRule, volume: volumeRule } = this.checks
		for (const channel in submeters) {
			const submeter = submeters[channel] as SubmeterShown
			const { energy, volume, id = '' } = submeter
			const name = `submeters.${channel}`
			if (energyRule && energy !== undefined && !this.counts(`${name}.energy ${id}`, energy, energyRule)) delete submeter.energy
			if (volumeRule && volume !== undefined && !this.counts(`${name}.volume ${id}`, volume, volumeRule)) delete submeter.volume
		}
		return submeters as Plain
	}

	private keep(at: number, value: Plain): void {
		this.kept.push(at)
		this.values.push(value)
	}

	private subtract(at: number, { net }: Step): void {
		if (!net || this.kept.includes(at)) return
		const [taken, fed] = [this.kept.indexOf(net[0]), this.kept.indexOf(net[1])]
		const value = taken < 0 || fed < 0 ? undefined : difference(this.values[taken], this.values[fed])
		if (value !== undefined) this.keep(at, value)
	}

	/** The reading's times: where the meter's clock is too far from the time of arrival, that one. */
	private timed(given: Plain | undefined): Times {
		const { context, telegram, doubts, checks } = this
		const when = timeOf(telegram, given, context, doubts)
		if (!context.live || when.time_source === 'gateway' || checks.drift === Infinity) return when
		const off = Date.parse(when.time) - context.received
		if (Math.abs(off) <= checks.drift) return when
		const detail = `the meter's clock says ${when.time}, ${shownTime(Math.abs(off))} ${off > 0 ? 'after' : 'before'} the telegram arrived: the time of arrival stands instead ("time" in "expect" is the limit)`
		doubts.push({ field: 'time', code: 'clock', detail })
		return { time: isoInstant(context.received, context.timezone), time_source: 'gateway', meter_time: when.time }
	}

	private made(): Reading {
		const { time, time_source, meter_time } = this.times
		const { steps, shapes, extras } = this.plan
		const { meter, received, session, seq, profile } = this.context
		const { clock, auth, invocationCounter } = this.telegram
		const { issues } = this.filled
		const quality = time_source === 'gateway' && meter_time === undefined ? undefined : clock?.quality
		const extra = extras.length > 0 ? this.extraOf() : undefined
		const parts =
			(quality ? QUALITY : 0) |
			(meter_time === undefined ? 0 : METER_TIME) |
			(invocationCounter === undefined ? 0 : COUNTER) |
			(extra ? EXTRA : 0) |
			(issues.length > 0 ? ISSUES : 0)
		const reading = blank(shapes, steps, this.kept, parts)
		reading.schema = 'cii.reading/1'
		reading.meter = meter
		reading.id = this.id
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
		for (let place = 0; place < this.kept.length; place++) {
			const { target, kind } = steps[this.kept[place] as number] as Step
			if (kind !== 'extra') reading[target] = this.values[place]
		}
		if (extra) reading.extra = extra
		if (issues.length > 0) reading.issues = issues
		return reading
	}

	/** The extra values in the order of the plan. */
	private extraOf(): Reading['extra'] {
		let extra: NonNullable<Reading['extra']> | undefined
		for (const at of this.plan.extras) {
			const place = this.kept.indexOf(at)
			if (place < 0) continue
			extra ??= {}
			extra[(this.plan.steps[at] as Step).target.slice('extra.'.length)] = this.values[place] as number | string | boolean
		}
		return extra
	}
}

/** Shows a length of time (ms) in its largest unit. */
function shownTime(time: number): string {
	const [size, unit] = (
		[
			[86_400_000, 'days'],
			[3_600_000, 'hours'],
			[60_000, 'minutes'],
		] as const
	).find(([least]) => time >= 2 * least) ?? [1000, 'seconds']
	return `${Math.round(time / size)} ${unit}`
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
function timeOf(telegram: Telegram, given: Plain | undefined, context: ReadingContext, issues: Issue[]): Times {
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
