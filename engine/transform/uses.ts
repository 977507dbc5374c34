import { children, isNode, list, type Node } from '../jsonata/node.ts'

/** The parts of a telegram that an expression asks for. */
export type Uses = {
	/** The OBIS codes that it names, short or full: `obis.‹code›`, `registers.‹code›`, `$obis("‹code›")`, `$lookup(obis, "‹code›")`. */
	codes: string[]
	/** Whether it may ask for more than single short codes: `registers`, `channels`, `$obis(…)`, or the whole of what it sees. */
	wide: boolean
	/** The paths into the payload that it names: `json.z.Pi` is ["z", "Pi"]; `*` is any key. */
	paths: string[][]
}

/** Reads from an expression's AST which parts of a telegram it asks for. */
export function usesOf(ast: Node): Uses {
	const uses: Uses = { codes: [], wide: false, paths: [] }
	look(ast, uses)
	return uses
}

/** Nodes through which an expression may see all there is. */
const WIDE = ['variable', 'wildcard', 'descendant', 'lambda']
const WIDE_NAMES = ['registers', 'channels']

function look(node: Node, uses: Uses): void {
	const { type, value, procedure } = node
	if (WIDE.includes(String(type)) || (type === 'name' && WIDE_NAMES.includes(String(value)))) uses.wide = true
	if (type === 'path') lookAtPath(list(node.steps), uses)
	if (type === 'function' && isNode(procedure)) lookAtCall(String(procedure.value), list(node.arguments), uses)
	for (const child of children(node)) if (child !== procedure) look(child, uses)
}

function lookAtPath([first, ...rest]: Node[], { codes, paths }: Uses): void {
	const root = first?.type === 'name' ? first.value : undefined
	const [second] = rest
	if ((root === 'obis' || root === 'registers') && second?.type === 'name') codes.push(String(second.value))
	if (root === 'json' && rest.length > 0 && rest.every(({ type }) => type === 'name' || type === 'wildcard'))
		paths.push(rest.map(({ value }) => String(value)))
}

function lookAtCall(name: string, [first, second]: Node[], uses: Uses): void {
	if (name === 'obis') uses.wide = true
	const code = name === 'obis' ? first : name === 'lookup' && isCodes(first) ? second : undefined
	if (code?.type === 'string') uses.codes.push(String(code.value))
}

/** Whether a node is `obis` or `registers` itself. */
function isCodes(node: Node | undefined): boolean {
	const [only, ...rest] = list(node?.steps)
	return rest.length === 0 && (only?.value === 'obis' || only?.value === 'registers')
}
