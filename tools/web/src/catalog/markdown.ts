import { parse, postprocess, preprocess } from 'micromark'
import { gfmTable } from 'micromark-extension-gfm-table'

/** A part of a text that people wrote in Markdown: an element of a short list, or text. HTML in it stays text. */
export type Node = { tag: Tag; children: Node[]; href?: string; source?: string; id?: string } | string
export type Tag =
	| 'h1'
	| 'h2'
	| 'h3'
	| 'p'
	| 'ul'
	| 'ol'
	| 'li'
	| 'em'
	| 'strong'
	| 'code'
	| 'pre'
	| 'a'
	| 'img'
	| 'blockquote'
	| 'hr'
	| 'br'
	| Cells
type Cells = 'table' | 'thead' | 'tbody' | 'tr' | 'th' | 'td'
type Element = Exclude<Node, string>

/** Tokens of the parser that become an element. */
const ELEMENTS: Record<string, Tag> = {
	paragraph: 'p',
	listUnordered: 'ul',
	listOrdered: 'ol',
	emphasis: 'em',
	strong: 'strong',
	codeText: 'code',
	codeFenced: 'pre',
	codeIndented: 'pre',
	blockQuote: 'blockquote',
	thematicBreak: 'hr',
	hardBreakTrailing: 'br',
	hardBreakEscape: 'br',
	link: 'a',
	image: 'img',
	table: 'table',
	tableHead: 'thead',
	tableBody: 'tbody',
	tableRow: 'tr',
	tableHeader: 'th',
	tableData: 'td',
}
/** Tokens whose characters are text. */
const TEXTS = new Set([
	'data',
	'codeTextData',
	'codeFlowValue',
	'characterEscapeValue',
	'htmlTextData',
	'autolinkProtocol',
	'autolinkEmail',
])
/** Tokens of which nothing is shown, whatever is in them: comments and elements of HTML among them. */
const HIDDEN = new Set(['htmlFlow', 'definition', 'codeFencedFence', 'tableDelimiterRow', 'resource'])
/** Levels of elements in each other: what is deeper stands where the last of them does. */
const MAX_DEPTH = 30
/** Marks of quotes and lists that begin a line, more than anybody writes: the parser would take seconds for thousands of them. */
const MANY_MARKS = /^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){30})(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

/** Reads Markdown with tables into a tree. Link targets are as they were written: who shows them decides which may be followed. */
export function markdown(text: string): Node[] {
	const events = postprocess(
		parse({ extensions: [gfmTable()] })
			.document()
			.write(preprocess()(text.replace(MANY_MARKS, '$1'), 'utf8', true)),
	)
	const root: Element = { tag: 'blockquote', children: [] }
	const open: Element[] = [root]
	const anchors = new Map<string, number>()
	let hidden = 0
	const top = (): Element => open.at(-1) ?? root
	const begin = (element: Element): void => {
		const isDeep = open.length > MAX_DEPTH
		if (!isDeep) top().children.push(element)
		open.push(isDeep ? { ...element, children: top().children } : element)
	}
	for (const [way, token, context] of events) {
		const { type } = token
		const slice = (): string => context.sliceSerialize(token)
		if (type === 'resourceDestinationString' && way === 'enter') take(top(), slice())
		if (HIDDEN.has(type)) hidden += way === 'enter' ? 1 : -1
		if (hidden > 0) continue
		const tag = ELEMENTS[type]
		if (type === 'listItemPrefix' && way === 'enter') {
			if (top().tag === 'li') open.pop()
			begin({ tag: 'li', children: [] })
		} else if (way === 'exit') {
			if (/^list(Un)?[oO]rdered$/.test(type) && top().tag === 'li') open.pop()
			if (tag !== undefined || /^(atx|setext)Heading$/.test(type)) close(open, anchors)
		} else if (tag !== undefined) begin({ tag, children: [] })
		else if (type === 'atxHeading' || type === 'setextHeading') begin({ tag: headingOf(slice()), children: [] })
		else if (type === 'autolinkProtocol') top().children.push({ tag: 'a', children: [slice()], href: slice() })
		else if (type === 'characterReferenceValue') top().children.push(ENTITIES[slice()] ?? `&${slice()};`)
		else if (type === 'lineEnding') lineEnding(top())
		else if (TEXTS.has(type)) top().children.push(slice())
	}
	return finished(root.children)
}

function close(open: Element[], anchors: Map<string, number>): void {
	const done = open.pop()
	if (!done) return
	if (/^h\d$/.test(done.tag)) {
		const anchor = anchorOf(textOf(done.children))
		const count = anchors.get(anchor) ?? 0
		anchors.set(anchor, count + 1)
		done.id = count === 0 ? anchor : `${anchor}-${count}`
	}
	// The last line of a block of code ends like the others.
	if (done.tag === 'pre') done.children = [textOf(done.children).replace(/^\n|\n$/g, '')]
}

function headingOf(text: string): Tag {
	const [marks = ''] = /^#+/.exec(text) ?? []
	return marks.length <= 1 ? 'h1' : marks.length === 2 ? 'h2' : 'h3'
}

function take(element: Element, target: string): void {
	if (element.tag === 'img') element.source = target
	else if (element.tag === 'a') element.href = target
}

const LINES = new Set<Tag>(['p', 'pre', 'em', 'strong', 'a', 'td', 'th', 'code', 'h2'])
function lineEnding(element: Element): void {
	if (LINES.has(element.tag)) element.children.push(element.tag === 'pre' ? '\n' : ' ')
}

/** Joins texts that the parser has cut, and makes links of the addresses in them. */
function finished(nodes: Node[], inLink = false): Node[] {
	const joined: Node[] = []
	for (const node of nodes) {
		const last = joined.at(-1)
		if (typeof node === 'string' && typeof last === 'string') joined[joined.length - 1] = last + node
		else joined.push(node)
	}
	return joined.flatMap((node): Node[] => {
		if (typeof node === 'string') return inLink ? [node] : linked(node)
		const isPlain = node.tag === 'code' || node.tag === 'pre'
		return [{ ...node, children: isPlain ? [textOf(node.children)] : finished(node.children, inLink || node.tag === 'a') }]
	})
}

/** Addresses that stand in a text as they are become links. */
function linked(text: string): Node[] {
	return text
		.split(/(https?:\/\/[^\s<>()]+[^\s<>().,;:])/)
		.filter((part) => part !== '')
		.map((part) => (/^https?:\/\//.test(part) ? { tag: 'a' as const, children: [part], href: part } : part))
}

/** Gives the text of nodes, without what it is in. */
export const textOf = (nodes: Node[]): string => nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('')

/** Gives the anchor of a heading, as the pages of repositories make it: `A meter that must be asked` → `a-meter-that-must-be-asked`. */
export const anchorOf = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replace(/\s/g, '-')
