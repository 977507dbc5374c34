import jsonata from 'jsonata'
import { round15 } from '../bytes/round.ts'
import { children, type ExpressionFault, type Language, type Node, refused, TELEGRAM } from './allow.ts'
import { compileTree } from './compile.ts'

/** What an expression sees: values by name, and functions. */
export type Input = { values: Record<string, unknown>; readonly functions: Record<string, (...args: never[]) => unknown> }

/** What an expression may give: a plain value. */
export type Plain = number | string | boolean | Plain[] | { [key: string]: Plain }

/** What evaluating gave: a value, nothing, or the reason why there is none; `endless` when it was stopped for its time. */
export type Evaluated = { value?: Plain } | { fault: string; endless: boolean }

export type Expression = {
	/** Evaluates on one telegram: at once where it is compiled and nothing is wrong, else by the interpreter. Never throws. */
	evaluate(scope: Input): Evaluated | Promise<Evaluated>
	/** What of it is not compiled, in words: the interpreter evaluates it whole, which takes some hundred times as long. */
	uncovered?: string
	/** Where it is compiled, and nothing but keys of keys (`obis.‹code›`): those. It gives what stands there, if that is a plain value. */
	keys?: string[]
	/** The OBIS codes that the expression names, short or full: `obis.‹code›`, `registers.‹code›`, `$obis("‹code›")`, `$lookup(obis, "‹code›")`. */
	codes: string[]
	/** Whether it may ask for more than single short codes: `registers`, `channels`, `$obis(…)`, or the whole of what it sees. */
	wide: boolean
	/** Where it looks at nothing but single short codes, and the times beside them: those codes. */
	needs?: string[]
	/** The paths into the payload that it names: `json.z.Pi` is ["z", "Pi"]; `*` is any key. */
	paths: string[][]
}

/** Bounds of one evaluation: milliseconds, depth, length of a sequence. Thirty lookups take 0.09 ms (facts/jsonata.md): only what never ends comes near. */
const GUARDS = { timeout: 100, stack: 200, sequence: 5000 }
/** JSONata's code for an evaluation that was stopped at its time limit. */
const TIMED_OUT = 'D1012'
/** Kinds of results: one plain value for a field; lists and longer texts for the messages of an output. */
type Bounds = { lists: boolean; text: number; parts: number }
const VALUE: Bounds = { lists: false, text: 1024, parts: 500 }
const MESSAGES: Bounds = { lists: true, text: 16_384, parts: 20_000 }

/** What is in use, by its text: a tree takes 16 kB, and profiles share most of their expressions. */
const inUse = new Map<string, WeakRef<Expression>>()
/** Texts that are kept before those are dropped whose expressions nobody uses any more. */
const MANY_TEXTS = 5000

let interpretAll = false

/** Leaves every expression that is compiled from now on to JSONata's own interpreter: the reference, when results are doubted. */
export function useInterpreter(): void {
	interpretAll = true
}

/** Compiles a JSONata expression, or says what is wrong with it: syntax, or a use that the allow-list does not admit. */
export function compile(text: string): Expression | ExpressionFault[] {
	const known = inUse.get(text)?.deref()
	if (known) return known
	const made = compileAnew(text)
	if (Array.isArray(made)) return made
	if (inUse.size >= MANY_TEXTS) for (const [old, reference] of inUse) if (!reference.deref()) inUse.delete(old)
	inUse.set(text, new WeakRef(made))
	return made
}

/** Compiles an expression that gives messages: its result may hold lists. */
export function compileMessages(text: string, language: Language): Expression | ExpressionFault[] {
	return compileAnew(text, language, MESSAGES)
}

function compileAnew(text: string, language = TELEGRAM, bounds = VALUE): Expression | ExpressionFault[] {
	let interpreter: jsonata.Expression
	try {
		interpreter = jsonata(text, GUARDS)
	} catch (error) {
		return [syntaxFault(error, text)]
	}
	const ast = interpreter.ast() as Node
	const faults = refused(ast, language)
	if (faults.length > 0) return faults
	async function interpret(scope: Input): Promise<Evaluated> {
		try {
			return evaluated(await interpreter.evaluate(scope.values, scope.functions), bounds)
		} catch (error) {
			return { fault: messageOf(error), endless: (error as { code?: string }).code === TIMED_OUT }
		}
	}

	const compiled = interpretAll ? { uncovered: 'CII_TRANSFORM=interpret' } : compileTree(ast)
	if ('uncovered' in compiled) return { ...usesOf(ast), evaluate: interpret, uncovered: compiled.uncovered }
	return {
		...usesOf(ast),
		...(compiled.keys && { keys: compiled.keys }),
		evaluate(scope) {
			try {
				return evaluated(compiled.run(scope.values, scope), bounds)
			} catch {
				// What is wrong, the interpreter says in its own words; and what is right but rare, it does.
				return interpret(scope)
			}
		},
	}
}

const NOTHING: Evaluated = {}

function evaluated(result: unknown, bounds: Bounds): Evaluated {
	if (result === undefined || result === null) return NOTHING
	// Nine of ten are these; what is odd about others, `plain` says.
	if (typeof result === 'number' && Number.isSafeInteger(result)) return { value: result }
	return { value: plain(result, { ...bounds }) }
}

/** Copies to plain data: finite numbers of 15 digits, texts, booleans, objects of these. Anything else is a fault. */
function plain(value: unknown, left: Bounds): Plain {
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
	const fault: ExpressionFault = {
		code: 'expression/syntax',
		message: messageOf(error),
		// JSONata's position is where the token ended.
		position: Math.min(Math.max((position ?? 1) - 1, 0), text.length),
	}
	const hint = code === undefined ? undefined : HINTS[code]
	return hint === undefined ? fault : { ...fault, hint }
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

function usesOf(ast: Node): Pick<Expression, 'codes' | 'paths' | 'wide' | 'needs'> {
	const codes: string[] = []
	const needs: string[] = []
	let plain = true
	const paths: string[][] = []
	let wide = false
	const visit = (node: Node): void => {
		if (WIDE.has(String(node.type)) || (node.type === 'name' && WIDE_NAMES.has(String(node.value)))) wide = true
		if (node.type === 'path' && Array.isArray(node.steps)) {
			const [first, ...rest] = node.steps as Node[]
			const [second] = rest
			const root = first?.type === 'name' ? first.value : undefined
			if ((root === 'obis' || root === 'times') && second?.type === 'name') needs.push(String(second.value))
			else plain = false
			if ((root === 'obis' || root === 'registers') && second?.type === 'name') codes.push(String(second.value))
			if (root === 'json' && rest.length > 0 && rest.every(({ type }) => type === 'name' || type === 'wildcard'))
				paths.push(rest.map(({ value }) => String(value)))
		}
		const procedure = node.procedure as Node | undefined
		const known = PLAIN.has(String(node.type)) || (node.type === 'function' && PURE.has(String(procedure?.value)))
		if (!known || node.predicate !== undefined || node.group !== undefined) plain = false
		if (node.type === 'function' && Array.isArray(node.arguments)) {
			const [first, second] = node.arguments as Node[]
			const code = procedure?.value === 'obis' ? first : procedure?.value === 'lookup' && isCodes(first) ? second : undefined
			if (code?.type === 'string') codes.push(String(code.value))
		}
		if (procedure?.value === 'obis') wide = true
		for (const child of children(node)) if (child !== procedure) visit(child)
	}
	visit(ast)
	return { codes, paths, wide, ...(plain && !wide && { needs }) }
}

/** Nodes of expressions that depend on nothing but what they name. */
const PLAIN = new Set(['path', 'name', 'number', 'string', 'value', 'condition', 'binary', 'unary'])
/** Functions that do as well; `??` is written with the first. */
const PURE = new Set(['exists', 'not', 'boolean', 'round', 'abs'])

const WIDE = new Set(['variable', 'wildcard', 'descendant', 'lambda'])
const WIDE_NAMES = new Set(['registers', 'channels'])

/** Whether a node is `obis` or `registers` itself. */
function isCodes(node: Node | undefined): boolean {
	const [only, ...rest] = node?.type === 'path' && Array.isArray(node.steps) ? (node.steps as Node[]) : []
	return rest.length === 0 && (only?.value === 'obis' || only?.value === 'registers')
}
