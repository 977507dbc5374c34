import type { Reading } from '../../schema/types/reading.ts'
import type { FilledTelegram } from '../telegram/form.ts'
import { scaledBy } from '../telegram/number.ts'
import { sessionText, utcText } from '../telegram/time-text.ts'
import { isoInstant, isoTime } from '../telegram/zone.ts'
import { NO_TOTALS } from './expect.ts'
import type { FormPlan } from './form-plan.ts'
import { type Literal, literalOf } from './literal.ts'
import { type Check, checksOf, difference, type Plan, type Step, simple } from './plan.ts'
import type { ReadingContext, ReadingResult } from './reading.ts'

/**
 * What the readings of a form have in common, and the numbers that are filled in. Measured on an encrypted E450's: half of the time of putting the same
 * reading together step by step.
 */
export type FormReading = {
	/** Its values in their order, with all that is the same in each; the rest waits for its value. */
	blank: unknown[]
	/** Makes a reading of its values. */
	make: Literal<unknown, Reading>
	/** Where the values stand that every reading has; `counter`: -1 where it has none. */
	at: { id: number; time: number; received: number; session: number; seq: number; auth: number; counter: number }
	numbers: FormNumber[]
	nets: { at: number; taken: number; given: number }[]
	/** The names of the numbers that only rise, and what makes totals of their values. */
	rising: string[]
	total: Literal<number, Record<string, number>>
	/** What it holds for. */
	context: Pick<ReadingContext, 'meter' | 'id' | 'profile' | 'expect'>
}

/**
 * A field, the reading's value at `at`, that is the telegram's number at `place`, or `value` (-1: no place); what is expected of it (`Check`), and its
 * place among those that rise (-1: it may fall).
 */
type FormNumber = Pick<Check, 'low' | 'high'> & { at: number; place: number; value: number; scaler: number; rising: number }

/** The reading of a telegram that is as usual; undefined where something is not, and has to be looked at. */
export function filledReading(telegram: FilledTelegram, form: FormReading, context: ReadingContext): ReadingResult | undefined {
	const { blank, at, numbers, nets, rising } = form
	const { clock, invocationCounter } = telegram
	const { timezone, received, clockShift } = context
	const ciphered = invocationCounter !== undefined
	if (!holds(form, context) || clockShift !== 0 || ciphered !== at.counter >= 0 || clock?.quality !== undefined) return undefined
	const time = clock ? isoTime(clock, timezone, received) : isoInstant(received, timezone)
	if (time === undefined) return undefined
	const id = blank[at.id] as string
	const { values: before, times } = context.totals?.id === id ? context.totals : NO_TOTALS
	const values = blank.slice()
	const risen: number[] = new Array(rising.length)
	let rose = false
	for (let next = 0; next < numbers.length; next++) {
		const { at: own, place, value, scaler, low, high, rising: rank } = numbers[next] as FormNumber
		const raw = place < 0 ? value : (telegram.numbers[place] as number)
		const number = scaler === 0 ? raw : simple(scaledBy(raw, scaler))
		if (typeof number !== 'number' || !(number >= low && number <= high)) return undefined
		if (rank >= 0) {
			const last = before[rising[rank] as string]
			if (last === undefined || number < last) return undefined
			if (number > last) rose = true
			risen[rank] = number
		}
		values[own] = number
	}
	for (const { at: net, taken, given } of nets) values[net] = difference(values[taken], values[given])
	values[at.time] = time
	values[at.received] = utcText(received)
	values[at.session] = sessionText(context.session)
	values[at.seq] = context.seq
	values[at.auth] = telegram.auth
	if (ciphered) values[at.counter] = invocationCounter
	const known = context.totals?.values === before ? context.totals : { id, values: before, times }
	const totals = rose ? { id, values: totalsOf(before, risen, form), times } : known
	return { issues: [], totals, reading: form.make(values) }
}

/** The last counters with these, which are all there were before, or some of them. */
function totalsOf(before: Record<string, number>, risen: number[], { rising, total }: FormReading): Record<string, number> {
	return Object.keys(before).length === rising.length ? total(risen) : { ...before, ...total(risen) }
}

/** Whether it is of this meter, as it is set now. */
export function holds({ context: own }: FormReading, { meter, id, profile, expect }: ReadingContext): boolean {
	return own.meter === meter && own.id === id && own.profile === profile && own.expect === expect
}

/**
 * What the readings of a form have in common, by one that was put together step by step and is right; null where they have to be put together so: a step
 * is evaluated for each telegram, a time or an extra value changes, a rise is measured by the time that it took;
 * undefined where the next may do, since this one's time is doubted.
 */
export function formReadingOf(
	reading: Reading,
	{ given, others, submeters, settled }: FormPlan,
	plan: Plan,
	context: ReadingContext,
): FormReading | null | undefined {
	if (reading.time_quality !== undefined) return undefined
	if (others.length > 0 || (submeters >= 0 && settled === undefined)) return null
	const checks = checksOf(plan, context.expect)
	const keys = Object.keys(reading)
	const numbers: FormNumber[] = []
	const counters: string[] = []
	for (const { at, place, scaler, value } of given) {
		const { target, kind } = plan.steps[at] as Step
		const { low, high, rising, timed } = checks[at] as Check
		if (kind === 'time') return null
		const changes = place >= 0 || (rising && typeof value === 'number')
		if (!changes) continue
		if (kind !== 'field' || timed || !(target in reading)) return null
		numbers.push({
			at: keys.indexOf(target),
			place,
			value: place < 0 ? (value as number) : 0,
			scaler: place < 0 ? 0 : scaler,
			low,
			high,
			rising: rising ? counters.push(target) - 1 : -1,
		})
	}
	const at = {
		id: keys.indexOf('id'),
		time: keys.indexOf('time'),
		received: keys.indexOf('received'),
		session: keys.indexOf('session'),
		seq: keys.indexOf('seq'),
		auth: keys.indexOf('auth'),
		counter: keys.indexOf('invocation_counter'),
	}
	const { meter, id, profile, expect } = context
	return {
		blank: Object.values(reading),
		make: literalOf(keys),
		at,
		numbers,
		nets: netsOf(plan, given, keys),
		rising: counters,
		total: literalOf(counters),
		context: { meter, id, profile, expect },
	}
}

function netsOf(plan: Plan, given: FormPlan['given'], keys: string[]): FormReading['nets'] {
	const own = new Set(given.map(({ at }) => at))
	return plan.nets.flatMap((place) => {
		const { target, net } = plan.steps[place] as Step
		const at = keys.indexOf(target)
		if (own.has(place) || !net || at < 0) return []
		const [taken, fed] = net.map((part) => keys.indexOf((plan.steps[part] as Step).target)) as [number, number]
		return [{ at, taken, given: fed }]
	})
}
