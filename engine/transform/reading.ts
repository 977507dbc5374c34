import type { Field } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { FilledTelegram } from '../telegram/form.ts'
import { round15, scaledBy } from '../telegram/number.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { utcText } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import { type Expectations, implausible, type Totals } from './expect.ts'
import type { Evaluated, Expression, Plain } from './expression.ts'
import { type FormPlan, formPlanOf } from './form-plan.ts'
import {
	blank,
	type Check,
	COUNTER,
	checksOf,
	EXTRA,
	ISSUES,
	type Plan,
	planOf,
	QUALITY,
	type Step,
	simple,
	type Transform,
} from './plan.ts'
import { type Scope, scopeOf } from './scope.ts'
import { type ScopeContext, submetersShown } from './shown.ts'

export type Issue = { field: string; code: string; detail: string }

export type ReadingContext = ScopeContext & {
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
	/** A clock in milliseconds, for how long expressions take. */
	clock: () => number
}

/** Milliseconds for all expressions of a reading: the longest built-in profile takes 10 at its first telegram. */
const BUDGET = 250

/** A telegram's reading; without one (`reading` absent) no expression gave a value. Issues name the fields that were dropped. */
export type ReadingResult = { reading?: Reading; issues: Issue[]; totals?: Totals }

/**
 * Evaluates the transform on a telegram. A field whose expression fails, or gives what its kind does not admit, is left out and named;
 * the others stand. `power_net` is import − export of this telegram where the profile does not give it itself. A promise only where an expression is
 * left to the interpreter.
 */
export function readingOf(telegram: Telegram, transform: Transform, context: ReadingContext): ReadingResult | Promise<ReadingResult> {
	const plan = planOf(transform)
	const given: Given = { values: roomOf(plan), found: [], issues: [] }
	const form = telegram instanceof FilledTelegram ? formPlanOf(telegram.form, plan, context) : undefined
	let places = form && telegram instanceof FilledTelegram ? fill(given, telegram, form, context) : undefined
	if (places?.length === 0) return assemble(telegram, plan, given, context)
	const scope = scopeOf(telegram, context, plan.layouts)
	places ??= taken(given, scope, plan)
	const ended = evaluated(given, places, plan, scope, context)
	return ended instanceof Promise ? ended.then(() => assemble(telegram, plan, given, context)) : assemble(telegram, plan, given, context)
}

/** Room for a value of each step: a transform has a hundred, of which a telegram gives twenty, so it is used again. */
function roomOf(plan: Plan): (Plain | undefined)[] {
	const { room } = plan
	plan.room = undefined
	return room ?? new Array(plan.steps.length).fill(undefined)
}

/** What a transform gave: a value for each step of its plan, the places that have one, and what was wrong. */
type Given = { values: (Plain | undefined)[]; found: number[]; issues: Issue[] }

/** Adds what is known of all telegrams of a form, and this telegram's numbers. Gives the places of the steps that have to be evaluated. */
function fill(
	{ values, found }: Given,
	telegram: FilledTelegram,
	{ given, submeters, settled, layout, others }: FormPlan,
	context: ReadingContext,
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
function evaluated(given: Given, places: number[], { steps }: Plan, scope: Scope, context: ReadingContext): Promise<void> | undefined {
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

/** The reading of the values that a transform gave. */
function assemble(telegram: Telegram, plan: Plan, given: Given, context: ReadingContext): ReadingResult {
	const result = assembled(telegram, plan, given, context)
	const { values, found } = given
	for (const at of found) values[at] = undefined
	for (const at of plan.nets) values[at] = undefined
	plan.room = values
	return result
}

function assembled(telegram: Telegram, plan: Plan, { values, found, issues }: Given, context: ReadingContext): ReadingResult {
	const { steps, id, time, nets, shapes } = plan
	const ownId = idOf(telegram, values[id], context)
	const before = context.totals?.id === ownId ? context.totals.values : NO_TOTALS
	// Copied when one changes, so that a reading that is rejected afterwards has changed nothing; its keys are there from the second reading on.
	let totals = before
	const checks = checksOf(plan, context.expect)
	let extra: Record<string, number | string | boolean> | undefined
	const kept: number[] = []

	function judge(at: number, value: Plain): void {
		const { target, kind, field } = steps[at] as Step
		const { rule, rising } = checks[at] as Check
		const problem =
			kind === 'field'
				? (misfit(field, value) ?? (rule && implausible(target, value, rule, before[target], context.received)))
				: // Our own are what they must be.
					kind === 'submeters' && at !== plan.submeters
					? submeterMisfit(value)
					: undefined
		if (problem) issues.push({ field: target, ...problem })
		if (problem || (kind === 'extra' && typeof value === 'object')) {
			values[at] = undefined
			return
		}
		if (kind === 'extra') {
			extra ??= {}
			extra[target.slice('extra.'.length)] = value as number | string | boolean
		}
		kept.push(at)
		if (kind === 'field' && rising && typeof value === 'number') count(target, value)
	}

	/** Counters that stand still have nothing new to keep, unless their rise is measured by the time that it takes: then they are judged each time. */
	function count(target: string, value: number): void {
		if (totals === before) totals = { ...before }
		totals[target] = { value, at: context.received }
	}

	for (const at of found) {
		if (at === id || at === time) continue
		const value = values[at] as Plain
		const { low, high, rising, timed } = checks[at] as Check
		if (typeof value === 'number' && value >= low && value <= high && !timed) {
			// Most are right.
			const { target } = steps[at] as Step
			const last = rising ? before[target] : undefined
			if (!rising || (last !== undefined && value >= last.value)) {
				kept.push(at)
				if (last !== undefined && value > last.value) count(target, value)
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
	if (kept.length === 0) return { issues }

	const when = timeOf(telegram, values[time], context, issues)
	const ownIdType = typeof values[id]
	if (ownIdType !== 'undefined' && ownIdType !== 'string' && ownIdType !== 'number')
		issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
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
	const counted = totals === context.totals?.values ? context.totals : { id: ownId, values: totals }
	return { issues, totals: counted, reading }
}

/** The meters of a process have one session. */
let lastSession = { session: 0, text: utcText(0) }

function sessionText(session: number): string {
	if (lastSession.session !== session) lastSession = { session, text: utcText(session) }
	return lastSession.text
}

const NO_TOTALS: Totals['values'] = {}

/** Import minus export, of one telegram only; 15 digits, so that 0.3 − 0.1 is 0.2. */
function difference(taken: Plain | undefined, given: Plain | undefined): number | undefined {
	if (typeof taken !== 'number' || typeof given !== 'number') return undefined
	const net = taken - given
	return Number.isInteger(net) ? net : round15(net)
}

/** Why an expression gave nothing, where a code that it names was kept from it. */
function withheldBy(expression: Expression, field: string, scope: Scope): Issue[] {
	return [...expression.codes, field].flatMap((code) => {
		const reason = scope.withheld.get(code)
		return reason ? [{ field, ...reason }] : []
	})
}

function misfit(field: Field | undefined, value: Plain): { code: string; detail: string } | undefined {
	if (!field) return { code: 'field', detail: 'the reading has no such field' }
	const type = field.kind === 'number' ? 'number' : 'string'
	if (typeof value !== type) return { code: 'type', detail: `${JSON.stringify(value)} is no ${field.kind}` }
	if (typeof value === 'number' && field.minimum !== undefined && value < field.minimum) {
		return { code: 'range', detail: `${value} ${field.unit} is below ${field.minimum}` }
	}
	if (field.kind === 'time' && parseTime(value) === undefined)
		return { code: 'type', detail: `${JSON.stringify(value)} is no time with an offset` }
	return undefined
}

/** What is wrong with sub-meters: {channel: {id, medium, volume, energy, time}}; undefined when nothing is. */
function submeterMisfit(value: Plain): { code: string; detail: string } | undefined {
	const detail = submeterFault(value)
	return detail === undefined ? undefined : { code: 'type', detail }
}

function submeterFault(value: Plain): string | undefined {
	if (typeof value !== 'object') return 'an object of channels is needed'
	const kinds: Record<string, string> = { id: 'string', medium: 'string', volume: 'number', energy: 'number', time: 'string' }
	for (const [channel, submeter] of Object.entries(value)) {
		if (typeof submeter !== 'object') return `channel ${channel} is no object`
		for (const [name, inner] of Object.entries(submeter)) {
			if (typeof inner !== kinds[name])
				return kinds[name] === undefined ? `channel ${channel}: no field ${name}` : `channel ${channel}: ${name} is no ${kinds[name]}`
			if (typeof inner === 'number' && inner < 0) return `channel ${channel}: ${name} is below 0`
		}
	}
	return undefined
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

/** Milliseconds since 1970 of ISO 8601 text with an offset; undefined for anything else (a time without offset means nothing). */
function parseTime(value: unknown): number | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined
	const instant = Date.parse(value)
	return Number.isNaN(instant) ? undefined : instant
}
