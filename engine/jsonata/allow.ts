import { nearest } from '../document/nearest.ts'
import { CLOCKS, FUNCTIONS, HIGHER_ORDER, type Language, LEFT_OUT, ONE_ARGUMENT, OPERATORS } from './language.ts'
import { children, isNode, list, type Node, nodesIn } from './node.ts'

/** A fault in an expression: what is wrong, where (character from 0), and what to do. */
export type ExpressionFault = { code: string; message: string; position: number; hint?: string }

/** Walks the AST and gives every use of something that the language does not admit. */
export function refused(ast: Node, language: Language): ExpressionFault[] {
	const walk = new Walk(language)
	walk.visit(ast, { variables: [], depth: 0, isRoot: true, isArgument: false })
	return walk.faults
}

/** Where a node stands. `isRoot`: names here are those of the language, not keys of what came before; `isArgument`: of a function that takes one. */
type Place = { variables: string[]; depth: number; isRoot: boolean; isArgument: boolean }

/** Types of nodes that are admitted as they are. */
const PLAIN = ['bind', 'block', 'condition', 'filter', 'name', 'number', 'path', 'string', 'value', 'wildcard']

class Walk {
	readonly faults: ExpressionFault[] = []
	readonly #language: Language
	readonly #functions: readonly string[]
	#nodes = 0
	#joins = 0
	#constructors = 0

	constructor(language: Language) {
		this.#language = language
		this.#functions = [...FUNCTIONS, ...language.functions]
	}

	visit(node: Node, place: Place): void {
		const { nodes, depth } = this.#language.size
		if (++this.#nodes === nodes + 1) this.#refuse(node, `the expression has more than ${nodes} parts`, this.#language.hints.size)
		if (this.#nodes > nodes) return
		if (place.depth > depth) this.#refuse(node, `the expression nests deeper than ${depth} levels`, 'write it flatter')
		else if (this.#admits(node, place)) this.#visitParts(node, place)
	}

	/** Looks at the node itself; false where what is inside need not be looked at any more. */
	#admits(node: Node, place: Place): boolean {
		const { type, value } = node
		switch (type) {
			case 'function':
				this.#call(node)
				break
			case 'lambda':
				// JSONata wraps a call in tail position into a thunk: a function that is not in the text.
				if (place.isArgument || node.thunk === true) break
				this.#refuse(node, 'a function may only stand as an argument', `use it inside ${HIGHER_ORDER.map((name) => `$${name}`).join(', ')}`)
				return false
			case 'variable':
				this.#variable(node, place)
				break
			case 'binary':
				this.#operator(node)
				break
			case 'unary':
				if (value === '{' || value === '[') this.#construct(node)
				break
			case 'regex':
				this.#refuse(node, 'regular expressions are not admitted', 'use $contains, $substringBefore, $substringAfter or $split with a text')
				return false
			default: {
				if (PLAIN.includes(String(type))) break
				const sign = type === 'parent' ? '% as the parent of a path' : String(value ?? type)
				this.#refuse(node, `${sign} is not admitted in expressions`, `${this.#language.hints.reference} lists what is`)
				return false
			}
		}
		for (const key of ['focus', 'index'])
			if (node[key] !== undefined) this.#refuse(node, 'binding a path step (@ and #) is not admitted', 'use $map')
		// a{b: c} groups by making an object as well.
		if (node.group !== undefined) this.#construct(node)
		return true
	}

	/** Visits all that a node holds: of a path, a call and a group, names are keys of what comes before. */
	#visitParts(node: Node, { variables, depth, isRoot }: Place): void {
		const { steps, group, procedure, arguments: args, ...others } = node
		const inner = { variables: [...variables, ...declared(node)], depth: depth + 1, isRoot: false, isArgument: false }
		if (node.type === 'path') this.#visitSteps(list(steps), { ...inner, isRoot })
		const isArgument = node.type === 'function' && isNode(procedure) && HIGHER_ORDER.includes(String(procedure.value))
		for (const argument of list(args)) this.visit(argument, { ...inner, isRoot, isArgument })
		// The name itself is looked at with its call, but not what follows it: `[…]` in $f[…](x).
		if (isNode(procedure) && procedure.type === 'variable') for (const child of children(procedure)) this.visit(child, inner)
		for (const child of children(others)) this.visit(child, { ...inner, isRoot: isRoot && node.type !== 'filter' && node.type !== 'path' })
		for (const child of nodesIn(group)) this.visit(child, inner)
	}

	#visitSteps(steps: Node[], place: Place): void {
		const { names } = this.#language
		const [first] = steps
		if (place.isRoot && names && first?.type === 'name' && typeof first.value === 'string' && !names.includes(first.value)) {
			const near = nearest(first.value, names)
			const hint = near ? `did you mean ${near}?` : `there are ${names.join(', ')}`
			this.#refuse(first, `unknown name ${first.value}`, hint, 'expression/unknown-name')
		}
		for (const [at, { stages, ...step }] of steps.entries()) {
			this.visit(step, { ...place, isRoot: place.isRoot && at === 0 })
			for (const stage of list(stages)) this.visit(stage, { ...place, isRoot: false })
		}
	}

	#call(node: Node): void {
		const { procedure } = node
		const { hints } = this.#language
		const reference = `${hints.reference} lists the functions`
		// a ?? b is parsed as $exists(a) without a position of its own.
		const at = isNode(procedure) ? procedure : node
		const name = isNode(procedure) && procedure.type === 'variable' ? String(procedure.value) : '(…)'
		if (this.#functions.includes(name)) {
			if (ONE_ARGUMENT.includes(name) && list(node.arguments).length > 1)
				this.#refuse(node, `$${name} takes one argument here`, hints.times)
		} else if (LEFT_OUT.includes(name))
			this.#refuse(at, `$${name} is not admitted in expressions`, CLOCKS.includes(name) ? hints.clock : reference)
		else {
			const near = nearest(name, this.#functions)
			this.#refuse(at, `unknown function $${name}`, near ? `did you mean $${near}?` : reference, 'expression/unknown-function')
		}
	}

	#variable(node: Node, { variables }: Place): void {
		const { value } = node
		if (typeof value !== 'string' || value === '' || value === '$' || variables.includes(value)) return
		if (this.#functions.includes(value)) this.#refuse(node, `$${value} is a function: call it, $${value}(…)`, 'add the parentheses')
		else {
			const hint = `names of values stand without $: ${(this.#language.names ?? []).slice(0, 3).join(', ')}`
			this.#refuse(node, `unknown variable $${value}`, hint, 'expression/unknown-variable')
		}
	}

	#operator(node: Node): void {
		const { joins } = this.#language.size
		if (node.value === '&' && ++this.#joins > joins) this.#refuse(node, `more than ${joins} texts are joined`, 'use $join([…])')
		if (typeof node.value === 'string' && !OPERATORS.includes(node.value))
			this.#refuse(node, `the operator ${node.value} is not admitted`, `admitted: ${OPERATORS.join(' ')}`)
	}

	#construct(node: Node): void {
		const { size, hints } = this.#language
		if (++this.#constructors > size.constructors) this.#refuse(node, `more than ${size.constructors} objects or lists are made`, hints.size)
	}

	#refuse(node: Node, message: string, hint: string, code = 'expression/refused'): void {
		this.faults.push({ code, message, position: startOf(node), hint })
	}
}

/** Where a node's own sign begins; JSONata tells where it ended. */
function startOf({ position, type, value }: Node): number {
	const length = String(value ?? '').length + (type === 'variable' ? 1 : 0)
	return Math.max(0, (position ?? 0) - length)
}

/** Names that a function's parameters or a block's assignments declare. */
function declared(node: Node): string[] {
	if (node.type === 'lambda') return list(node.arguments).map(({ value }) => String(value))
	if (node.type !== 'block') return []
	return list(node.expressions).flatMap(({ type, lhs }) => (type === 'bind' && isNode(lhs) ? [String(lhs.value)] : []))
}
