import jsonata from 'jsonata'
import { round15 } from '../bytes/round.ts'
import { type ExpressionFault, refused } from './allow.ts'
import { compileTree } from './compile.ts'
import type { Language } from './language.ts'
import type { Node } from './node.ts'
import { MAX_SEQUENCE } from './sequence.ts'
import { type Budget, Exhausted } from './steps.ts'

/** The values that an expression sees by name, and the functions that it may call. */
export type Input = { values: Record<string, unknown>; readonly functions: Record<string, (...args: never[]) => unknown> }

/** A result: plain data. */
export type Plain = number | string | boolean | Plain[] | { [key: string]: Plain }

/** A value, nothing, or the reason why there is no value; `endless` when the evaluation was stopped since it took too many steps. */
export type Evaluated = { value?: Plain } | { fault: string; endless: boolean }

/** An expression that is compiled. */
export type Expression = {
	/** Evaluates on these values, within the budget: without one, and with one, up to the steps of its language. Never throws. A promise only by JSONata's interpreter. */
	evaluate(scope: Input, budget?: Budget): Evaluated | Promise<Evaluated>
	/** Where it is nothing but keys of keys (`a.b`): those. It gives what stands there, if that is a plain value. */
	keys?: string[]
	/** The tree that it was parsed to. */
	ast: Node
}

let interpretAll = false

/**
 * Leaves every expression that is compiled from now on to JSONata's own interpreter: the reference, when results are doubted. It does not count what it walks
 * through, so nothing that runs for long may use it.
 */
export function useInterpreter(): void {
	interpretAll = true
}

/** Compiles a JSONata expression, or says what is wrong with it: syntax, or a use that the language does not admit. */
export function compile(text: string, language: Language): Expression | ExpressionFault[] {
	let interpreter: jsonata.Expression
	try {
		interpreter = jsonata(text, GUARDS)
	} catch (error) {
		return [syntaxFault(error, text)]
	}
	const ast: Node = { ...interpreter.ast() }
	const faults = refused(ast, language)
	if (faults.length > 0) return faults
	if (interpretAll)
		return { ast, evaluate: ({ values, functions }) => interpreted(interpreter.evaluate({ ...values }, functions), language) }
	const compiled = compileTree(ast, language.functions)
	if ('uncovered' in compiled) {
		const { position = 0 } = compiled.node
		return [{ code: 'expression/refused', message: `${compiled.uncovered} is not admitted`, position, hint: language.hints.reference }]
	}
	const { result, steps } = language
	return {
		ast,
		...(compiled.keys && { keys: compiled.keys }),
		evaluate(scope, budget = { left: steps }) {
			try {
				return evaluated(compiled.run(scope.values, scope, budget, steps), result, budget)
			} catch (error) {
				const endless = error instanceof Exhausted
				return { fault: endless ? `it takes more than ${steps} steps: ${language.hints.size}` : messageOf(error), endless }
			}
		},
	}
}

/** Bounds of the interpreter: milliseconds, depth, length of a sequence. */
const GUARDS = { timeout: 100, stack: 200, sequence: MAX_SEQUENCE }
/** JSONata's code for an evaluation that was stopped at its time limit. */
const TIMED_OUT = 'D1012'

async function interpreted(result: Promise<unknown>, language: Language): Promise<Evaluated> {
	try {
		return evaluated(await result, language.result, { left: Number.POSITIVE_INFINITY })
	} catch (error) {
		return { fault: messageOf(error), endless: (error as { code?: string }).code === TIMED_OUT }
	}
}

const NOTHING: Evaluated = {}

function evaluated(result: unknown, bounds: Language['result'], budget: Budget): Evaluated {
	if (result === undefined || result === null) return NOTHING
	// Nine of ten are these; `scalar` says what is wrong with others.
	if (typeof result === 'number' && Number.isSafeInteger(result)) return { value: result }
	if (typeof result !== 'object') return { value: scalar(result, bounds) }
	const { parts, texts } = bounds
	return { value: plain(result, { bounds, budget, parts, texts }) }
}

/** The parts and characters that a result may still have, and the budget that its keys are counted on. */
type Left = { bounds: Language['result']; budget: Budget; parts: number; texts: number }

/** Copies to plain data: finite numbers of 15 digits, texts, booleans, objects of these. Anything else is a fault. */
function plain(value: unknown, left: Left): Plain {
	if (--left.parts < 0) throw new Error('the result has too many parts')
	if (typeof value !== 'object' || value === null) return counted(scalar(value, left.bounds), left)
	if (Array.isArray(value)) {
		if (!left.bounds.lists) throw new Error('the result is a list; one value is needed')
		return value.map((inner) => plain(inner, left))
	}
	const copy: { [key: string]: Plain } = {}
	const keys = Object.keys(value)
	left.budget.left -= 4 * keys.length
	for (const key of keys) {
		const inner = (value as Record<string, unknown>)[key]
		if (inner !== undefined && key !== '__proto__') copy[counted(key, left)] = plain(inner, left)
	}
	return copy
}

function scalar(value: unknown, { text }: Language['result']): number | string | boolean {
	if (typeof value === 'boolean') return value
	if (typeof value === 'string') {
		if (value.length > text) throw new Error(`the result is a text of ${value.length} characters; ${text} are accepted`)
		return value
	}
	if (typeof value !== 'number') throw new Error(`the result is a ${typeof value}`)
	if (!Number.isFinite(value)) throw new Error('the result is no finite number')
	if (!Number.isInteger(value)) return round15(value)
	if (!Number.isSafeInteger(value)) throw new Error('the result is an integer beyond 2^53: its last digits are lost')
	return value
}

/** Counts the characters of a result's texts and keys. */
function counted<T>(value: T, left: Left): T {
	if (typeof value === 'string') left.texts -= value.length
	if (left.texts < 0) throw new Error('the texts of the result are too long together')
	return value
}

/** JSONata throws plain objects with code, position and token. */
function syntaxFault(error: unknown, text: string): ExpressionFault {
	const { position, code } = error as { position?: number; code?: string }
	const hint = code === undefined ? undefined : HINTS[code]
	// JSONata's position is where the token ended.
	const begin = Math.min(Math.max((position ?? 1) - 1, 0), text.length)
	return { code: 'expression/syntax', message: messageOf(error), position: begin, ...(hint !== undefined && { hint }) }
}

const HINTS: Record<string, string> = {
	S0201: 'something stands here that no operator connects with what comes before',
	S0202: 'a sign is missing here: a comma between arguments, or the closing bracket',
	S0203: 'a closing bracket is missing',
	S0204: 'this sign is no operator of JSONata; texts are compared with =, joined with &',
	S0105: 'codes with dots stand in backquotes: obis.`1.7.0`',
	S0207: 'the expression ends too early',
	S0213: 'codes with dots stand in backquotes: obis.`1.8.0`',
	S0211: 'codes with dots stand in backquotes: obis.`1.7.0`',
}

function messageOf(error: unknown): string {
	const { message, code } = error as { message?: string; code?: string }
	return message ?? code ?? String(error)
}
