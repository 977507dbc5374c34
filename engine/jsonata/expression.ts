import jsonata from 'jsonata'
import { round15 } from '../bytes/round.ts'
import { type ExpressionFault, refused } from './allow.ts'
import { compileTree } from './compile.ts'
import type { Language } from './language.ts'
import type { Node } from './node.ts'

/** The values that an expression sees by name, and the functions that it may call. */
export type Input = { values: Record<string, unknown>; readonly functions: Record<string, (...args: never[]) => unknown> }

/** A result: plain data. */
export type Plain = number | string | boolean | Plain[] | { [key: string]: Plain }

/** A value, nothing, or the reason why there is no value; `endless` when the evaluation was stopped for its time. */
export type Evaluated = { value?: Plain } | { fault: string; endless: boolean }

/** An expression that is compiled. */
export type Expression = {
	/** Evaluates on these values: at once where it is compiled and nothing is wrong, else by the interpreter. Never throws. */
	evaluate(scope: Input): Evaluated | Promise<Evaluated>
	/** Names the part that is not compiled: the interpreter evaluates the whole, much slower. */
	uncovered?: string
	/** Where it is compiled, and nothing but keys of keys (`a.b`): those. It gives what stands there, if that is a plain value. */
	keys?: string[]
	/** The tree that it was parsed to. */
	ast: Node
}

/** Bounds of one evaluation: milliseconds, depth, length of a sequence. Only what never ends comes near. */
const GUARDS = { timeout: 100, stack: 200, sequence: 5000 }
/** JSONata's code for an evaluation that was stopped at its time limit. */
const TIMED_OUT = 'D1012'

let interpretAll = false

/** Leaves every expression that is compiled from now on to JSONata's own interpreter: the reference, when results are doubted. */
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
	const { result } = language

	async function interpret(scope: Input): Promise<Evaluated> {
		try {
			return evaluated(await interpreter.evaluate(scope.values, scope.functions), result)
		} catch (error) {
			return { fault: messageOf(error), endless: (error as { code?: string }).code === TIMED_OUT }
		}
	}

	const compiled = interpretAll ? { uncovered: 'CII_TRANSFORM=interpret' } : compileTree(ast, language.functions)
	if ('uncovered' in compiled) return { ast, evaluate: interpret, uncovered: compiled.uncovered }
	return {
		ast,
		...(compiled.keys && { keys: compiled.keys }),
		evaluate(scope) {
			try {
				return evaluated(compiled.run(scope.values, scope), result)
			} catch {
				// The interpreter says in its own words what is wrong, and does what is right but rare.
				return interpret(scope)
			}
		},
	}
}

const NOTHING: Evaluated = {}

function evaluated(result: unknown, bounds: Language['result']): Evaluated {
	if (result === undefined || result === null) return NOTHING
	// Nine of ten are these; `plain` says what is wrong with others.
	if (typeof result === 'number' && Number.isSafeInteger(result)) return { value: result }
	return { value: plain(result, { ...bounds }) }
}

/** Copies to plain data: finite numbers of 15 digits, texts, booleans, objects of these. Anything else is a fault. */
function plain(value: unknown, left: Language['result']): Plain {
	if (--left.parts < 0) throw new Error('the result has too many parts')
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new Error('the result is no finite number')
		if (Number.isInteger(value) && !Number.isSafeInteger(value))
			throw new Error('the result is an integer beyond 2^53: its last digits are lost')
		return Number.isInteger(value) ? value : round15(value)
	}
	if (typeof value === 'string') {
		if (value.length > left.text) throw new Error(`the result is a text of ${value.length} characters; ${left.text} are accepted`)
		return value
	}
	if (typeof value === 'boolean') return value
	if (Array.isArray(value) && !left.lists) throw new Error('the result is a list; one value is needed')
	if (Array.isArray(value)) return value.map((inner) => plain(inner, left))
	if (typeof value !== 'object' || value === null) throw new Error(`the result is a ${typeof value}`)
	const copy: { [key: string]: Plain } = {}
	for (const key of Object.keys(value)) {
		const inner = (value as Record<string, unknown>)[key]
		if (inner !== undefined && key !== '__proto__') copy[key] = plain(inner, left)
	}
	return copy
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
