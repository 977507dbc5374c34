/** A node of jsonata's AST, as far as it is read here. */
export type Node = {
	type?: string
	value?: unknown
	position?: number
	[key: string]: unknown
}

/** Tells nodes (and groups, which have no type) from lists and plain values. */
export function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Gives the list of nodes that stands there; empty where there are none. */
export function list(value: unknown): Node[] {
	return Array.isArray(value) ? value.filter(isNode) : []
}

/** Gives every node in a value of the AST, not those below them. */
export function nodesIn(value: unknown): Node[] {
	if (Array.isArray(value)) return value.flatMap(nodesIn)
	if (!isNode(value)) return []
	return typeof value.type === 'string' ? [value] : Object.values(value).flatMap(nodesIn)
}

/** Gives every node directly inside a node, wherever jsonata keeps it. */
export function children(node: Node): Node[] {
	return Object.entries(node).flatMap(([key, value]) => (key === 'position' || key === 'value' ? [] : nodesIn(value)))
}
