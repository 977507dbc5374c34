/** The keys and places down to a value. */
export type Path = readonly (string | number)[]

/** A value of a text that may be unfinished. `to` is behind it; `isOpen`: its closing sign is missing. */
export type JsonNode = { kind: 'object' | 'array' | 'string' | 'word'; from: number; to: number; isOpen: boolean; members: Member[] }

/** A key with its value, or a place of a list. What is not written yet is undefined. */
export type Member = { name: string | number; key?: JsonNode; colon?: number; value?: JsonNode; comma?: number }

/** A text as it was read; `root` is undefined while nothing stands there. */
export type JsonTree = { text: string; root: JsonNode | undefined; comments: { from: number; to: number }[] }

/** Levels that are read: whatever is deeper counts as one word. */
const DEPTH = 64
const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|$)|[{}[\]:,]|[^\s{}[\]:,"/]+|./gy

/** Reads JSON with comments as far as it goes: a text that somebody is writing is seldom whole. */
export function readTree(text: string): JsonTree {
	const tree: JsonTree = { text, root: undefined, comments: [] }
	const open: JsonNode[] = []
	TOKEN.lastIndex = 0
	for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
		const [token] = match
		const [from, to] = [match.index, match.index + token.length]
		const first = token[0] ?? ''
		if (/\s/.test(first)) continue
		if (token.startsWith('//') || token.startsWith('/*')) {
			tree.comments.push({ from, to })
			continue
		}
		const top = open.at(-1)
		const last = top?.members.at(-1)
		if (first === ':') {
			if (top?.kind === 'object' && last && last.colon === undefined && last.comma === undefined) last.colon = from
		} else if (first === ',') {
			if (top?.kind === 'array' && (!last || last.comma !== undefined)) top.members.push({ name: top.members.length, comma: from })
			else if (last && last.comma === undefined) last.comma = from
		} else if (first === '}' || first === ']') close(open, first === '}' ? 'object' : 'array', to)
		else {
			const node = nodeOf(token, from, to)
			add(tree, top, node)
			if (node.isOpen && node.kind !== 'string' && open.length < DEPTH) open.push(node)
		}
	}
	for (const node of open) node.to = text.length
	return tree
}

function nodeOf(token: string, from: number, to: number): JsonNode {
	if (token === '{' || token === '[') return { kind: token === '{' ? 'object' : 'array', from, to, isOpen: true, members: [] }
	const isString = token.startsWith('"')
	return { kind: isString ? 'string' : 'word', from, to, isOpen: isString && (token.length < 2 || !token.endsWith('"')), members: [] }
}

/** Closes the innermost of a kind, with all that is open in it; a sign that closes nothing is passed over. */
function close(open: JsonNode[], kind: JsonNode['kind'], to: number): void {
	const at = open.map((node) => node.kind).lastIndexOf(kind)
	if (at < 0) return
	const [closed, ...inner] = open.splice(at)
	for (const node of inner) Object.assign(node, { to: to - 1, isOpen: false })
	if (closed) Object.assign(closed, { to, isOpen: false })
}

function add(tree: JsonTree, top: JsonNode | undefined, node: JsonNode): void {
	if (!top) {
		tree.root ??= node
		return
	}
	if (top.kind === 'array') {
		top.members.push({ name: top.members.length, value: node })
		return
	}
	const last = top.members.at(-1)
	const isWaiting = last && last.colon !== undefined && last.value === undefined && last.comma === undefined
	if (isWaiting) last.value = node
	else if (node.kind === 'string' || node.kind === 'word') top.members.push({ name: stringOf(tree.text, node), key: node })
	else top.members.push({ name: '', value: node })
}

/** Gives what a string says, or a word as it stands; one that is unfinished as far as it goes. */
export function stringOf(text: string, { kind, from, to, isOpen }: JsonNode): string {
	if (kind !== 'string') return text.slice(from, to)
	const inner = text.slice(from + 1, isOpen ? to : to - 1)
	return unescaped(inner)
}

/** Gives the text of a part of a JSON string; the part itself where it ends in the middle of an escape. */
export function unescaped(inner: string): string {
	if (!inner.includes('\\')) return inner
	try {
		return String(JSON.parse(`"${inner}"`))
	} catch {
		return inner
	}
}

/** Finds the member of a path: the last of that name, as the later one wins. Undefined where it is not stated, and for the whole. */
export function memberAt(tree: JsonTree, path: Path): Member | undefined {
	let node = tree.root
	let member: Member | undefined
	for (const name of path) {
		member = node?.members.findLast((one) => one.name === name)
		if (!member) return undefined
		node = member.value
	}
	return member
}

/** Finds the value of a path. */
export const nodeAt = (tree: JsonTree, path: Path): JsonNode | undefined => (path.length === 0 ? tree.root : memberAt(tree, path)?.value)

/**
 * Where a position stands: `path` is the member's (with a key: of the object that it stands in, and the key's name behind), `role` what belongs there.
 * `token` is what stands there already; `container` what it stands in.
 */
export type Place = { role: 'key' | 'value' | 'none'; path: Path; token?: JsonNode; container?: JsonNode; member?: Member }

/** Tells what a position of a text is: a key, a value, or neither (a comment). */
export function placeAt(tree: JsonTree, at: number): Place {
	if (tree.comments.some((comment) => isWithin(tree.text, comment, at))) return { role: 'none', path: [] }
	const path: (string | number)[] = []
	let [container, owner] = [tree.root, undefined as Member | undefined]
	while (container) {
		if (container.kind === 'string' || container.kind === 'word')
			return { role: 'value', path, token: container, ...(owner && { member: owner }) }
		const inside: Member | undefined = container.members.find(
			({ value }) => value && value.members !== undefined && isBracket(value) && at > value.from && (at < value.to || value.isOpen),
		)
		if (!inside) break
		path.push(inside.name)
		owner = inside
		container = inside.value
	}
	if (!container) return { role: 'value', path: [] }
	if (at <= container.from || (at >= container.to && !container.isOpen)) return { role: 'none', path: [] }
	return within(container, path, at)
}

/** Whether a position is in a comment: the end of its line belongs to it, what is behind a closed one does not. */
function isWithin(text: string, { from, to }: { from: number; to: number }, at: number): boolean {
	const isClosed = text.startsWith('/*', from) && to - from >= 4 && text.startsWith('*/', to - 2)
	return at > from && (at < to || (at === to && !isClosed))
}

const isBracket = ({ kind }: JsonNode) => kind === 'object' || kind === 'array'
const touches = (node: JsonNode | undefined, at: number): node is JsonNode => node !== undefined && node.from <= at && at <= node.to

function within(container: JsonNode, path: Path, at: number): Place {
	const { members } = container
	for (const member of members) {
		if (touches(member.key, at)) return { role: 'key', path: [...path, member.name], token: member.key, container, member }
		const { value } = member
		if (value && !isBracket(value) && touches(value, at))
			return { role: 'value', path: [...path, member.name], token: value, container, member }
	}
	const before = members.findLast((member) => (member.key ?? member.value)?.from !== undefined && startOf(member) < at)
	if (container.kind === 'array') {
		const name = members.filter((member) => member.comma !== undefined && member.comma < at).length
		return { role: 'value', path: [...path, name], container }
	}
	const isValue =
		before?.colon !== undefined &&
		before.colon < at &&
		(!before.value || before.value.from >= at) &&
		!(before.comma !== undefined && before.comma < at)
	if (isValue) return { role: 'value', path: [...path, before.name], container, member: before }
	// Behind a member without a comma nothing fits but a comma; people begin to write nevertheless.
	return { role: 'key', path: [...path, ''], container }
}

/** Where a member begins. */
export const startOf = (member: Member): number => (member.key ?? member.value)?.from ?? member.comma ?? 0
/** Where a member ends, without its comma. */
export const endOf = (member: Member): number =>
	member.value?.to ?? (member.colon === undefined ? undefined : member.colon + 1) ?? member.key?.to ?? member.comma ?? 0

/** Finds the innermost list or object around a position. */
export function containerAt(tree: JsonTree, at: number): JsonNode | undefined {
	let found: JsonNode | undefined
	let node = tree.root
	while (node && isBracket(node) && at > node.from && (at < node.to || node.isOpen)) {
		found = node
		node = node.members.find(({ value }) => value && at > value.from && at < value.to)?.value
	}
	return found
}

/** Walks through all members, the outer ones first. */
export function* membersOf(node: JsonNode | undefined, path: Path = []): Generator<{ member: Member; path: Path }> {
	for (const member of node?.members ?? []) {
		const inner = [...path, member.name]
		yield { member, path: inner }
		yield* membersOf(member.value, inner)
	}
}
