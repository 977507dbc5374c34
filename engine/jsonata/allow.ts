import { nearest } from '../document/nearest.ts'

/** What is wrong with an expression, where (character from 0), and what to do. */
export type ExpressionFault = { code: string; message: string; position: number; hint?: string }

/**
 * The functions that expressions may call. Left out are those that read a clock or chance ($now, $millis, $random), run text ($eval),
 * build without bound ($pad, $reduce), take regular expressions, encode or format. profiles/README.md lists the same.
 */
export const FUNCTIONS = [
	...[
		'abs',
		'average',
		'boolean',
		'ceil',
		'contains',
		'count',
		'each',
		'exists',
		'filter',
		'floor',
		'fromMillis',
		'join',
		'keys',
		'length',
	],
	...['lookup', 'lowercase', 'map', 'max', 'merge', 'min', 'not', 'number', 'power', 'round', 'sift', 'split', 'sqrt', 'string'],
	...['substring', 'substringAfter', 'substringBefore', 'sum', 'toMillis', 'trim', 'type', 'uppercase'],
	...['bit', 'hex', 'localTime', 'obis', 'scale'],
]

/** What expressions of one kind of file may use, and how large one may be. */
export type Language = {
	/** The names that an expression sees; undefined: any. */
	roots: string[] | undefined
	functions: string[]
	nodes: number
	depth: number
	/** Each object or list can hold the one before many times over. */
	constructors: number
	/** Each `&` can double a text. */
	joins: number
}

/** Functions that take a function: the only place where one may stand, so that nothing can call itself. */
const HIGHER_ORDER = ['each', 'filter', 'map', 'sift']

/** Functions whose further arguments (pictures of times) are turned into regular expressions. */
export const ONE_ARGUMENT = ['fromMillis', 'toMillis']

const OPERATORS = ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in']

/** Profiles: the names of scope.ts. The longest expression of the built-in profiles has 18 parts; comparing objects three deep is still bounded. */
export const TELEGRAM: Language = {
	roots: ['obis', 'registers', 'times', 'channels', 'submeters', 'records', 'json', 'topic', 'id', 'time', 'received'],
	functions: FUNCTIONS,
	nodes: 400,
	depth: 24,
	constructors: 3,
	joins: 8,
}

/** A node of jsonata's AST, as far as it is read here. */
export type Node = {
	type?: string
	value?: unknown
	position?: number
	[key: string]: unknown
}

/** Walks the AST and gives every use of something that the language does not admit. */
export function refused(ast: Node, language: Language = TELEGRAM): ExpressionFault[] {
	const faults: ExpressionFault[] = []
	let nodes = 0
	let joins = 0
	let constructors = 0

	/** `root`: a name here is one of the scope's; inside paths and predicates it is a key of what came before. */
	function visit(node: Node, names: string[], depth: number, lambdaAllowed: boolean, root: boolean): void {
		const position = startOf(node)
		const fault = (message: string, hint: string, code = 'expression/refused') => faults.push({ code, message, position, hint })
		if (++nodes === language.nodes + 1) fault(`the expression has more than ${language.nodes} parts`, 'split it into several fields')
		if (nodes > language.nodes) return
		if (depth > language.depth) return void fault(`the expression nests deeper than ${language.depth} levels`, 'write it flatter')

		switch (node.type) {
			case 'function':
				visitCall(node, names, depth, root)
				return
			case 'lambda':
				// JSONata wraps a call in tail position into a thunk: a function that nobody wrote.
				if (!lambdaAllowed && node.thunk !== true)
					return void fault(
						'a function may only stand as an argument',
						`use it inside ${HIGHER_ORDER.map((name) => `$${name}`).join(', ')}`,
					)
				break
			case 'variable':
				if (typeof node.value === 'string' && node.value !== '' && node.value !== '$' && !names.includes(node.value)) {
					if (language.functions.includes(node.value))
						fault(`$${node.value} is a function: call it, $${node.value}(…)`, 'add the parentheses')
					else
						fault(
							`unknown variable $${node.value}`,
							`names of values stand without $: ${(language.roots ?? []).slice(0, 3).join(', ')}`,
							'expression/unknown-variable',
						)
				}
				break
			case 'binary':
				if (node.value === '&' && ++joins > language.joins) fault(`more than ${language.joins} texts are joined`, 'use $join([…])')
				if (typeof node.value === 'string' && !OPERATORS.includes(node.value))
					fault(`the operator ${node.value} is not admitted`, `admitted: ${OPERATORS.join(' ')}`)
				break
			case 'unary':
				if ((node.value === '{' || node.value === '[') && ++constructors > language.constructors) {
					fault(`more than ${language.constructors} objects or lists are made`, 'split it into several fields')
				}
				break
			case 'regex':
				fault('regular expressions are not admitted', 'use $contains, $substringBefore, $substringAfter or $split with a text')
				return
			case 'bind':
			case 'block':
			case 'condition':
			case 'filter':
			case 'name':
			case 'number':
			case 'path':
			case 'string':
			case 'value':
			case 'wildcard':
				break
			default:
				fault(
					`${node.type === 'parent' ? '% as the parent of a path' : String(node.value ?? node.type)} is not admitted in expressions`,
					'profiles/README.md lists what is',
				)
				return
		}
		for (const key of ['focus', 'index']) if (node[key] !== undefined) fault('binding a path step (@ and #) is not admitted', 'use $map')
		// a{b: c} groups by making an object as well.
		if (node.group !== undefined && ++constructors > language.constructors)
			fault(`more than ${language.constructors} objects or lists are made`, 'split it into several fields')
		const inner = node.type === 'lambda' || node.type === 'block' ? [...names, ...declared(node)] : names
		if (node.type === 'path') visitPath(node, inner, depth, root)
		else for (const child of children(node)) visit(child, inner, depth + 1, false, root && node.type !== 'filter')
	}

	function visitPath(node: Node, names: string[], depth: number, root: boolean): void {
		const steps = Array.isArray(node.steps) ? node.steps.filter(isNode) : []
		const [first] = steps
		if (root && language.roots && first?.type === 'name' && typeof first.value === 'string' && !language.roots.includes(first.value)) {
			const near = nearest(first.value, language.roots)
			const hint = near ? `did you mean ${near}?` : `there are ${language.roots.join(', ')}`
			faults.push({ code: 'expression/unknown-name', message: `unknown name ${first.value}`, position: startOf(first), hint })
		}
		for (const [place, step] of steps.entries()) {
			visit(
				step.type === 'name'
					? { type: 'name', value: step.value, position: step.position ?? 0, focus: step.focus, index: step.index }
					: step,
				names,
				depth + 1,
				false,
				root && place === 0,
			)
			for (const stage of Array.isArray(step.stages) ? step.stages.filter(isNode) : []) visit(stage, names, depth + 1, false, false)
		}
		for (const child of nodesIn(node.group)) visit(child, names, depth + 1, false, false)
	}

	function visitCall(node: Node, names: string[], depth: number, root: boolean): void {
		const name = isNode(node.procedure) && node.procedure.type === 'variable' ? String(node.procedure.value) : undefined
		const args = Array.isArray(node.arguments) ? node.arguments.filter(isNode) : []
		// a ?? b is parsed as $exists(a) without a position of its own.
		if (name === undefined || !language.functions.includes(name)) {
			const near = nearest(name ?? '', language.functions)
			const known = JSONATA_ONLY.includes(name ?? '')
			faults.push({
				code: known ? 'expression/refused' : 'expression/unknown-function',
				message: known ? `$${name} is not admitted in profiles` : `unknown function $${name ?? '(…)'}`,
				position: isNode(node.procedure) ? startOf(node.procedure) : startOf(node),
				hint: CLOCKS.includes(name ?? '')
					? '"received" is when the bytes arrived'
					: near === undefined || known
						? 'profiles/README.md lists the functions'
						: `did you mean $${near}?`,
			})
		}
		if (name !== undefined && ONE_ARGUMENT.includes(name) && args.length > 1) {
			faults.push({
				code: 'expression/refused',
				message: `$${name} takes one argument here`,
				position: startOf(node),
				hint: 'times are ISO 8601; $localTime reads local ones',
			})
		}
		for (const argument of args) visit(argument, names, depth + 1, HIGHER_ORDER.includes(name ?? ''), root)
	}

	visit(ast, [], 0, false, true)
	return faults
}

/** Where a node's own sign begins; JSONata tells where it ended. */
function startOf({ position, type, value }: Node): number {
	const length = String(value ?? '').length + (type === 'variable' ? 1 : 0)
	return Math.max(0, (position ?? 0) - length)
}

const CLOCKS = ['now', 'millis']

/** Functions of JSONata that exist, but not here: their names deserve another answer than a typing error. */
const JSONATA_ONLY = [
	...['now', 'millis', 'random', 'eval', 'pad', 'reduce', 'match', 'replace', 'append', 'assert', 'base64decode', 'base64encode', 'clone'],
	...[
		'decodeUrl',
		'decodeUrlComponent',
		'distinct',
		'encodeUrl',
		'encodeUrlComponent',
		'error',
		'formatBase',
		'formatInteger',
		'formatNumber',
	],
	...['parseInteger', 'reverse', 'shuffle', 'single', 'sort', 'spread', 'zip'],
]

/** Names that a function's parameters or a block's assignments declare. */
function declared(node: Node): string[] {
	if (node.type === 'lambda')
		return (Array.isArray(node.arguments) ? node.arguments.filter(isNode) : []).map((argument) => String(argument.value))
	return (Array.isArray(node.expressions) ? node.expressions.filter(isNode) : [])
		.filter((expression) => expression.type === 'bind' && isNode(expression.lhs))
		.map((expression) => String(isNode(expression.lhs) ? expression.lhs.value : ''))
}

/** Every node inside a node, wherever jsonata keeps it. */
export function children(node: Node): Node[] {
	return Object.entries(node).flatMap(([key, value]) => (key === 'position' || key === 'value' ? [] : nodesIn(value)))
}

function nodesIn(value: unknown): Node[] {
	if (Array.isArray(value)) return value.flatMap(nodesIn)
	if (!isNode(value)) return []
	return typeof value.type === 'string' ? [value] : Object.values(value).flatMap(nodesIn)
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}
