import { type Builtin, builtin } from './builtin.ts'
import { charge, type Frame } from './code.ts'
import { GivesUp, isNumber, same } from './sequence.ts'

/** Gives what an operator makes of the values of its two sides. */
type Operator = (one: unknown, two: unknown, frame: Frame) => unknown

/** Both sides are numbers, or one is missing. */
function numeric(work: (one: number, two: number) => number): Operator {
	return (one, two) => {
		if ((one !== undefined && !isNumber(one)) || (two !== undefined && !isNumber(two))) throw new GivesUp('no number')
		return one === undefined || two === undefined ? undefined : work(one, two)
	}
}

/** Both sides are numbers, or both texts, or one is missing. */
function ordered(work: (one: number | string, two: number | string) => boolean): Operator {
	const comparable = (value: unknown) => value === undefined || typeof value === 'number' || typeof value === 'string'
	return (one, two) => {
		if (!comparable(one) || !comparable(two)) throw new GivesUp('neither number nor text')
		if (one === undefined || two === undefined) return undefined
		if (typeof one !== typeof two) throw new GivesUp('a number against a text')
		return work(one as number, two as number)
	}
}

/** Whether the sides are equal is asked only where both have a value. */
function compared(wanted: boolean): Operator {
	return (one, two, frame) => {
		charge(frame, one)
		return one !== undefined && two !== undefined && same(one, two) === wanted
	}
}

const stringOf = builtin('string') as Builtin
const textOf = (value: unknown) => (typeof value === 'string' ? value : value === undefined ? '' : (stringOf([value], undefined) as string))

/** The operators by their sign, but for `and` and `or`, that do not always look at their second side. */
export const OPERATORS: Record<string, Operator> = {
	'+': numeric((one, two) => one + two),
	'-': numeric((one, two) => one - two),
	'*': numeric((one, two) => one * two),
	'/': numeric((one, two) => one / two),
	'%': numeric((one, two) => one % two),
	'<': ordered((one, two) => one < two),
	'<=': ordered((one, two) => one <= two),
	'>': ordered((one, two) => one > two),
	'>=': ordered((one, two) => one >= two),
	'=': compared(true),
	'!=': compared(false),
	'&': (one, two) => textOf(one) + textOf(two),
	in(one, two, frame) {
		if (one === undefined || two === undefined) return false
		charge(frame, two)
		return (Array.isArray(two) ? two : [two]).some((item) => item === one)
	},
}
