import { children, isNode, list, type Node } from '../jsonata/node.ts'

/** The parts of a telegram that an expression asks for. */
export type Uses = {
	/** The OBIS codes that it names, short or full: `obis.‹code›`, `registers.‹code›`, `$obis("‹code›")`, `$lookup(obis, "‹code›")`. */
	codes: string[]
	/** Whether it may ask for more than single short codes: `registers`, `channels`, `$obis(…)`, or the whole of what it sees. */
	wide: boolean
	/** Where it looks at nothing but single short codes, and the times beside them: those codes. */
	needs?: string[]
	/** Where it is the value of one short code, or else of the next (``obis.`16.7.0` ?? obis.`15.7.0` ``): those, in their order. */
	choices?: string[]
	/** The paths into the payload that it names: `json.z.Pi` is ["z", "Pi"]; `*` is any key. */
	paths: string[][]
}

/** Reads from an expression's AST which parts of a telegram it asks for. */
export function usesOf(ast: Node): Uses {
	const found: Found = { codes: [], wide: false, needs: [], paths: [], needsOnly: true }
	look(ast, found)
	const { needs, needsOnly, ...uses } = found
	const choices = choicesOf(ast)
	return { ...uses, ...(needsOnly && !uses.wide && { needs }), ...(choices && { choices }) }
}

/** The codes of ``obis.`a` ?? obis.`b` `` in their order; undefined for every other expression. `a ?? b` is read as `$exists(a) ? a : b`. */
function choicesOf(node: Node): string[] | undefined {
	const only = codeIn(node)
	if (only !== undefined) return [only]
	const { type, condition, then, else: other } = node
	if (type !== 'condition' || !isNode(condition) || !isNode(then) || !isNode(other)) return undefined
	const [asked, ...more] = list(condition.arguments)
	const isExists =
		condition.type === 'function' && isNode(condition.procedure) && condition.procedure.value === 'exists' && more.length === 0
	const first = codeIn(then)
	if (!isExists || first === undefined || !asked || codeIn(asked) !== first) return undefined
	const rest = choicesOf(other)
	return rest && [first, ...rest]
}

/** The code of ``obis.`code` `` and nothing more. */
function codeIn(node: Node): string | undefined {
	const [root, code, ...more] = list(node.steps)
	const isBare = [node, root, code].every((part) => part && Object.keys(part).every((key) => BARE.includes(key)))
	if (node.type !== 'path' || more.length > 0 || root?.value !== 'obis' || code?.type !== 'name' || !isBare) return undefined
	return String(code.value)
}

/** What a path of names has, and nothing that filters, sorts or groups. */
const BARE = ['type', 'steps', 'value', 'position']

/** `needsOnly`: so far, nothing but `needs` decides what the expression gives. */
type Found = Required<Omit<Uses, 'choices'>> & { needsOnly: boolean }

/** Nodes through which an expression may see all there is, and names that do. */
const WIDE = ['variable', 'wildcard', 'descendant', 'lambda']
const WIDE_NAMES = ['registers', 'channels']
/** Nodes of expressions that depend on nothing but the names in them. */
const PLAIN = ['path', 'name', 'number', 'string', 'value', 'condition', 'binary', 'unary']
/** Functions that depend on nothing but their arguments; `??` is written with the first. */
const PURE = ['exists', 'not', 'boolean', 'round', 'abs']

function look(node: Node, found: Found): void {
	const { type, value, procedure, predicate, group } = node
	const name = isNode(procedure) ? String(procedure.value) : undefined
	if (WIDE.includes(String(type)) || (type === 'name' && WIDE_NAMES.includes(String(value))) || name === 'obis') found.wide = true
	const isPlain = PLAIN.includes(String(type)) || (type === 'function' && PURE.includes(name ?? ''))
	if (!isPlain || predicate !== undefined || group !== undefined) found.needsOnly = false
	if (type === 'path') lookAtPath(list(node.steps), found)
	if (type === 'function') lookAtCall(name, list(node.arguments), found)
	for (const child of children(node)) if (child !== procedure) look(child, found)
}

function lookAtPath([first, ...rest]: Node[], found: Found): void {
	const root = first?.type === 'name' ? first.value : undefined
	const [second] = rest
	const code = second?.type === 'name' ? String(second.value) : undefined
	if ((root === 'obis' || root === 'times') && code !== undefined) found.needs.push(code)
	else found.needsOnly = false
	if ((root === 'obis' || root === 'registers') && code !== undefined) found.codes.push(code)
	// What a condition chooses is not to be had by its path alone.
	const isKey = ({ type, stages }: Node) => (type === 'name' || type === 'wildcard') && stages === undefined
	if (root === 'json' && rest.length > 0 && rest.every(isKey)) found.paths.push(rest.map(({ value }) => String(value)))
}

function lookAtCall(name: string | undefined, [first, second]: Node[], { codes }: Found): void {
	const code = name === 'obis' ? first : name === 'lookup' && isCodes(first) ? second : undefined
	if (code?.type === 'string') codes.push(String(code.value))
}

/** Whether a node is `obis` or `registers` itself. */
function isCodes(node: Node | undefined): boolean {
	const [only, ...rest] = list(node?.steps)
	return rest.length === 0 && (only?.value === 'obis' || only?.value === 'registers')
}
