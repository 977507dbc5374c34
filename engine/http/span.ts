import type { Step } from '../../schema/types/api.ts'
import type { HistoryQuery } from './site.ts'

/** Milliseconds of each step, and how many of them there are where no beginning is given. */
const STEPS: Record<Step, [length: number, usual: number]> = {
	minute: [60_000, 24 * 60],
	quarter: [900_000, 96],
	hour: [3_600_000, 7 * 24],
	day: [86_400_000, 31],
	month: [30 * 86_400_000, 12],
	year: [365 * 86_400_000, 5],
}
/** Bars of one answer: quarter-hours of 400 days; and of one that takes long to make and to send. */
const [MOST, MANY] = [40_000, 4000]
/** The times that calendars can be asked for. */
const [FIRST, LAST] = [Date.UTC(1990, 0, 1), Date.UTC(2200, 0, 1)]

/** Reads which span of a meter's history is asked for; or says what is wrong with it. */
export function spanOf(
	{ from, to, step = 'day' }: Partial<Record<'from' | 'to' | 'step', string | undefined>>,
	now = Date.now(),
): HistoryQuery | { code: string; message: string; hint: string } {
	if (!isStep(step)) return wrong(`"${step}" is no step.`, `It is one of ${Object.keys(STEPS).join(', ')}.`)
	const [length, usual] = STEPS[step]
	const end = timeOf(to) ?? now
	const begin = timeOf(from) ?? end - usual * length
	for (const [name, text, time] of [['from', from, begin] as const, ['to', to, end] as const])
		if (Number.isNaN(time) || time < FIRST || time > LAST)
			return wrong(`${name}=${text ?? ''} is no time.`, 'Write it as 2026-11-28T00:00:00Z, and + of an offset as %2B.')
	if (begin >= end) return wrong('from is not before to.', 'Exchange them.')
	if ((end - begin) / length > MOST) return wrong(`That are more than ${MOST} bars.`, 'Ask for a shorter span, or a longer step.')
	return { from: begin, to: end, step }
}

/** Tells a span with so many bars that one answer at a time is enough. */
export const isLong = ({ from, to, step }: HistoryQuery) => (to - from) / STEPS[step][0] > MANY

const wrong = (message: string, hint: string) => ({ code: 'span', message, hint })

const isStep = (text: string): text is Step => Object.hasOwn(STEPS, text)

/** ISO 8601: a date, or date and time, which is UTC where it names no offset. */
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/

function timeOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined
	const [, time, , , zone] = TIME.exec(text) ?? []
	if (!TIME.test(text)) return Number.NaN
	return Date.parse(time !== undefined && zone === undefined ? `${text}Z` : text)
}
