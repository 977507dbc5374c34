import { type Field, fields } from '../../schema/types/fields.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { isoInstant } from '../telegram/clock.ts'
import { round15 } from '../telegram/number.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { type Expectations, implausible, type Totals, totalsAfter } from './expect.ts'
import type { Evaluated, Expression, Plain } from './expression.ts'
import { type Scope, type ScopeContext, scopeOf } from './scope.ts'

/** A profile's transform, compiled: target → expression, in the profile's order. */
export type Transform = Map<string, Expression>

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
	totals?: Totals
	/** Milliseconds that the evaluation of this reading has taken so far. */
	elapsed: () => number
}

/** Milliseconds for all expressions of a reading: the longest built-in profile takes 10 at its first telegram. */
const BUDGET = 250

/** A telegram's reading; without one (`reading` absent) no expression gave a value. Issues name the fields that were dropped. */
export type ReadingResult = { reading?: Reading; issues: Issue[]; totals?: Totals }

/**
 * Evaluates the transform on a telegram. A field whose expression fails, or gives what its kind does not admit, is left out and named;
 * the others stand. `power_net` is import − export of this telegram where the profile does not give it itself.
 */
export function readingOf(telegram: Telegram, transform: Transform, context: ReadingContext): ReadingResult | Promise<ReadingResult> {
	const scope = scopeOf(telegram, context)
	const issues: Issue[] = []
	const values: Record<string, Plain> = {}
	const expressions = transform.entries()

	/** Evaluates what is left of the transform; a promise only where one of the expressions is. */
	function evaluateRest(): ReadingResult | Promise<ReadingResult> {
		for (const [target, expression] of expressions) {
			const result = expression.evaluate(scope)
			if (result instanceof Promise)
				return result.then((later) => {
					take(target, expression, later)
					return context.elapsed() > BUDGET ? giveUp() : evaluateRest()
				})
			take(target, expression, result)
		}
		return assemble(telegram, scope, values, issues, context)
	}

	function take(target: string, expression: Expression, result: Evaluated): void {
		if ('fault' in result) issues.push({ field: target, code: result.endless ? 'budget' : 'expression', detail: result.fault })
		else if (result.value !== undefined) values[target] = result.value
		else if (scope.withheld.size > 0) issues.push(...withheldBy(expression, target, scope))
	}

	function giveUp(): ReadingResult {
		for (const [target] of expressions)
			issues.push({ field: target, code: 'budget', detail: `the expressions before it took ${BUDGET} ms` })
		return assemble(telegram, scope, values, issues, context)
	}

	return evaluateRest()
}

/** The reading of the values that a transform gave. */
function assemble(
	telegram: Telegram,
	scope: Scope,
	values: Record<string, Plain>,
	issues: Issue[],
	context: ReadingContext,
): ReadingResult {
	const ownId = idOf(telegram, values, context)
	const before = context.totals?.id === ownId ? context.totals.values : {}
	const harmonized: Record<string, Plain> = {}
	const extra: Record<string, number | string | boolean> = {}
	for (const [target, value] of Object.entries(values)) {
		if (target === 'id' || target === 'time') continue
		if (target.startsWith('extra.') && typeof value !== 'object') extra[target.slice('extra.'.length)] = value
		else if (target === 'submeters') {
			const problem = submeterMisfit(value)
			if (problem) issues.push({ field: target, code: 'type', detail: problem })
			else harmonized[target] = value
		} else {
			const problem =
				misfit(Object.hasOwn(fields, target) ? fields[target] : undefined, value) ??
				implausible(target, value, context.expect, before[target], context.received)
			if (problem) issues.push({ field: target, ...problem })
			else harmonized[target] = value
		}
	}
	addNet(harmonized)
	if (Object.keys(harmonized).length === 0 && Object.keys(extra).length === 0) return { issues }

	const head = headOf(telegram, scope, values, context, issues)
	const ordered: Record<string, Plain> = {}
	for (const name of [...Object.keys(fields), 'submeters']) if (harmonized[name] !== undefined) ordered[name] = harmonized[name]
	return {
		issues,
		totals: totalsAfter(context.totals, ownId, harmonized, context.expect, context.received),
		reading: {
			...head,
			...ordered,
			...(Object.keys(extra).length > 0 && { extra }),
			...(issues.length > 0 && { issues }),
		},
	}
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
function submeterMisfit(value: Plain): string | undefined {
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

/** Import minus export, of one telegram only; 15 digits, so that 0.3 − 0.1 is 0.2. */
function addNet(values: Record<string, Plain>): void {
	for (const phase of ['', '_l1', '_l2', '_l3']) {
		const [taken, given] = [values[`power_import${phase}`], values[`power_export${phase}`]]
		if (values[`power_net${phase}`] === undefined && typeof taken === 'number' && typeof given === 'number') {
			values[`power_net${phase}`] = round15(taken - given)
		}
	}
}

/** The profile's id, else the meter's, else the config's. */
function idOf({ meterId }: Telegram, { id }: Record<string, Plain>, context: ReadingContext): string {
	const own = typeof id === 'number' ? String(id) : id
	return (typeof own === 'string' && own) || meterId || context.id
}

function headOf(telegram: Telegram, scope: Scope, values: Record<string, Plain>, context: ReadingContext, issues: Issue[]) {
	const { id } = values
	if (id !== undefined && typeof id !== 'string' && typeof id !== 'number')
		issues.push({ field: 'id', code: 'type', detail: 'the expression gives no text' })
	const time = timeOf(telegram, scope, values, context, issues)
	return {
		schema: 'cii.reading/1' as const,
		meter: context.meter,
		id: idOf(telegram, values, context),
		...time,
		...(time.time_source !== 'gateway' && telegram.clock?.quality && { time_quality: telegram.clock.quality }),
		received: new Date(context.received).toISOString(),
		session: new Date(context.session).toISOString(),
		seq: context.seq,
		auth: telegram.auth,
		...(telegram.invocationCounter !== undefined && { invocation_counter: telegram.invocationCounter }),
		profile: context.profile,
	}
}

/** The profile's `time`, else the meter's or the notification's clock, else when the bytes arrived. */
function timeOf(
	telegram: Telegram,
	scope: Scope,
	values: Record<string, Plain>,
	context: ReadingContext,
	issues: Issue[],
): Pick<Reading, 'time' | 'time_source'> {
	const { timezone, clockShift } = context
	const own = parseTime(values.time)
	// An adapter's message has the adapter's time.
	const source = telegram.application === 'json' ? 'telegram' : 'meter'
	if (own !== undefined) return { time: isoInstant(own + clockShift, timezone), time_source: source }
	if (values.time !== undefined)
		issues.push({
			field: 'time',
			code: 'type',
			detail: `${JSON.stringify(values.time)} is no time with an offset: $localTime reads one without`,
		})
	const decoded = parseTime(scope.values.time)
	if (telegram.clock && decoded !== undefined) {
		const time = clockShift === 0 ? String(scope.values.time) : isoInstant(decoded + clockShift, timezone)
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
