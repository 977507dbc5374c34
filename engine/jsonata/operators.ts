import { type Builtin, builtin } from './builtin.ts'
import { type Code, charge } from './code.ts'
import { GivesUp, isNumber, MAX_SEQUENCE, same, sequence, truth } from './sequence.ts'

/** Both sides are numbers, or one is missing. */
function numeric(work: (one: number, two: number) => number) {
	return (left: Code, right: Code): Code =>
		(input, frame) => {
			const [one, two] = [left(input, frame), right(input, frame)]
			if ((one !== undefined && !isNumber(one)) || (two !== undefined && !isNumber(two))) throw new GivesUp('no number')
			return one === undefined || two === undefined ? undefined : work(one, two)
		}
}

/** Both sides are numbers, or both texts, or one is missing. */
function ordered(work: (one: number | string, two: number | string) => boolean) {
	const comparable = (value: unknown) => value === undefined || typeof value === 'number' || typeof value === 'string'
	return (left: Code, right: Code): Code =>
		(input, frame) => {
			const [one, two] = [left(input, frame), right(input, frame)]
			if (!comparable(one) || !comparable(two)) throw new GivesUp('neither number nor text')
			if (one === undefined || two === undefined) return undefined
			if (typeof one !== typeof two) throw new GivesUp('a number against a text')
			return work(one as number, two as number)
		}
}

const stringOf = builtin('string') as Builtin
const textOf = (value: unknown) => (typeof value === 'string' ? value : value === undefined ? '' : (stringOf([value], undefined) as string))

/** Makes the code of an operator from the code of its two sides, by its sign. */
export const OPERATORS: Record<string, (left: Code, right: Code) => Code> = {
	'+': numeric((one, two) => one + two),
	'-': numeric((one, two) => one - two),
	'*': numeric((one, two) => one * two),
	'/': numeric((one, two) => one / two),
	'%': numeric((one, two) => one % two),
	'<': ordered((one, two) => one < two),
	'<=': ordered((one, two) => one <= two),
	'>': ordered((one, two) => one > two),
	'>=': ordered((one, two) => one >= two),
	'=': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		charge(frame, one)
		return one !== undefined && two !== undefined && same(one, two)
	},
	'!=': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		charge(frame, one)
		return one !== undefined && two !== undefined && !same(one, two)
	},
	'&': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		return textOf(one) + textOf(two)
	},
	and: (left, right) => (input, frame) => truth(left(input, frame)) === true && truth(right(input, frame)) === true,
	or: (left, right) => (input, frame) => truth(left(input, frame)) === true || truth(right(input, frame)) === true,
	in: (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		if (one === undefined || two === undefined) return false
		charge(frame, two)
		return (Array.isArray(two) ? two : [two]).some((item) => item === one)
	},
	'..': (left, right) => (input, frame) => {
		const [one, two] = [left(input, frame), right(input, frame)]
		if ((one !== undefined && !Number.isInteger(one)) || (two !== undefined && !Number.isInteger(two))) throw new GivesUp('no integers')
		if (one === undefined || two === undefined || (one as number) > (two as number)) return undefined
		const size = (two as number) - (one as number) + 1
		if (size > MAX_SEQUENCE) throw new GivesUp('a sequence is too long')
		return sequence(...Array.from({ length: size }, (_, place) => (one as number) + place))
	},
}
