import { textOf } from './builtin.ts'
import type { Frame } from './code.ts'
import { GivesUp, isNumber, joined, same, shown } from './sequence.ts'
import { pay, payText } from './steps.ts'

/** Gives what an operator makes of the values of its two sides. */
type Operator = (one: unknown, two: unknown, frame: Frame) => unknown

/** Both sides are numbers, or one is missing. */
function numeric(sign: string, work: (one: number, two: number) => number): Operator {
	return (one, two) => {
		if (one !== undefined && !isNumber(one)) throw new GivesUp(`the left side of ${sign} is no number, but ${shown(one)}`)
		if (two !== undefined && !isNumber(two)) throw new GivesUp(`the right side of ${sign} is no number, but ${shown(two)}`)
		return one === undefined || two === undefined ? undefined : work(one, two)
	}
}

/** Both sides are numbers, or both texts, or one is missing. */
function ordered(sign: string, work: (one: number | string, two: number | string) => boolean): Operator {
	const comparable = (value: unknown) => value === undefined || typeof value === 'number' || typeof value === 'string'
	const wrong = (one: unknown, two: unknown, what: string) => new GivesUp(`${sign} compares ${shown(one)} with ${shown(two)}: ${what}`)
	return (one, two, frame) => {
		if (!comparable(one) || !comparable(two)) throw wrong(one, two, 'numbers or texts are needed')
		if (one === undefined || two === undefined) return undefined
		if (typeof one !== typeof two) throw wrong(one, two, 'one is a number, the other a text')
		if (typeof one === 'string') payText(frame, one.length)
		return work(one as number, two as number)
	}
}

/** Whether the sides are equal is asked only where both have a value. */
function compared(wanted: boolean): Operator {
	return (one, two, frame) => one !== undefined && two !== undefined && same(one, two, frame) === wanted
}

/** The operators by their sign, but for `and` and `or`, that do not always look at their second side. */
export const OPERATORS: Record<string, Operator> = {
	'+': numeric('+', (one, two) => one + two),
	'-': numeric('-', (one, two) => one - two),
	'*': numeric('*', (one, two) => one * two),
	'/': numeric('/', (one, two) => one / two),
	'%': numeric('%', (one, two) => one % two),
	'<': ordered('<', (one, two) => one < two),
	'<=': ordered('<=', (one, two) => one <= two),
	'>': ordered('>', (one, two) => one > two),
	'>=': ordered('>=', (one, two) => one >= two),
	'=': compared(true),
	'!=': compared(false),
	'&': (one, two, frame) => joined([textOf(one, frame), textOf(two, frame)], '', frame),
	in(one, two, frame) {
		if (one === undefined || two === undefined) return false
		if (!Array.isArray(two)) return one === two
		pay(frame, two.length >> 2)
		return two.some((item) => {
			if (typeof one === 'string' && typeof item === 'string' && item.length === one.length) payText(frame, one.length)
			return item === one
		})
	},
}
