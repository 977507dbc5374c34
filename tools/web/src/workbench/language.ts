import { foldService, indentService, StreamLanguage, type StringStream } from '@codemirror/language'
import type { EditorState, Text } from '@codemirror/state'
import { indentOf, isSpread } from './insertion.ts'
import { containerAt, type JsonNode, type JsonTree, membersOf, readTree } from './json-path.ts'

/** What the reader of lines knows: the open lists and objects (the outer ones), how many more are open, and what it is within. */
type State = {
	open: { isObject: boolean; key: string }[]
	deeper: number
	isValue: boolean
	isComment: boolean
	isExpression: boolean
}

/** Lists and objects whose keys are known. */
const DEPTH = 8

/** JSON with comments; the texts in `transform` are expressions. */
const language = StreamLanguage.define<State>({
	name: 'profile',
	startState: () => ({ open: [], deeper: 0, isValue: false, isComment: false, isExpression: false }),
	copyState: ({ open, ...state }) => ({ ...state, open: open.map((one) => ({ ...one })) }),
	token(stream, state) {
		if (stream.sol()) state.isExpression = false
		if (state.isComment) return comment(stream, state)
		if (state.isExpression) return expression(stream, state)
		if (stream.eatSpace()) return null
		return json(stream, state)
	},
	languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } }, closeBrackets: { brackets: ['{', '[', '"', '`'] } },
})

function comment(stream: StringStream, state: State): string {
	if (stream.match(/^.*?\*\//)) state.isComment = false
	else stream.skipToEnd()
	return 'comment'
}

function json(stream: StringStream, state: State): string | null {
	if (stream.match('//')) {
		stream.skipToEnd()
		return 'comment'
	}
	if (stream.match('/*')) {
		state.isComment = true
		return comment(stream, state)
	}
	const sign = stream.peek() ?? ''
	const top = state.deeper > 0 ? undefined : state.open.at(-1)
	if (sign === '"') return text(stream, state, top)
	stream.next()
	if (sign === '{' || sign === '[') {
		if (state.open.length < DEPTH) state.open.push({ isObject: sign === '{', key: '' })
		else state.deeper++
		state.isValue = sign === '['
		return sign === '{' ? 'brace' : 'squareBracket'
	}
	if (sign === '}' || sign === ']') {
		if (state.deeper > 0) state.deeper--
		else state.open.pop()
		state.isValue = true
		return sign === '}' ? 'brace' : 'squareBracket'
	}
	if (sign === ':' || sign === ',') {
		state.isValue = sign === ':' || top?.isObject === false
		return 'punctuation'
	}
	stream.match(/^[^\s{}[\]:,"/]+/)
	return /^(true|false|null)$/.test(stream.current()) ? 'atom' : /^-?\d/.test(stream.current()) ? 'number' : 'invalid'
}

function text(stream: StringStream, state: State, top: State['open'][number] | undefined): string {
	const isKey = top?.isObject === true && !state.isValue
	const isExpression =
		!isKey && state.open.length === 2 && state.deeper === 0 && state.open[0]?.key === 'transform' && top?.isObject === true
	if (isExpression) {
		stream.next()
		state.isExpression = true
		return 'string'
	}
	const [whole = ''] = (stream.match(/^"(?:[^"\\]|\\.)*"?/) as RegExpMatchArray | null) ?? []
	if (!isKey || !top) return 'string'
	top.key = whole.slice(1, -1)
	return 'propertyName'
}

const OPERATORS = /^(?:and|or|in|true|false|null|function)\b/

function expression(stream: StringStream, state: State): string | null {
	if (stream.eatSpace()) return null
	if (stream.eat('"')) {
		state.isExpression = false
		return 'string'
	}
	if (stream.match(/^`[^`"]*`?/)) return 'variableName.special'
	if (stream.match(/^\\"(?:[^"\\]|\\[^"])*(?:\\")?/) || stream.match(/^'[^'"]*'?/)) return 'string'
	if (stream.match(/^\$\w*/)) return 'keyword'
	if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return 'number'
	if (stream.match(OPERATORS)) return 'atom'
	if (stream.match(/^\w+/)) return 'variableName'
	stream.next()
	return 'operator'
}

const trees = new WeakMap<Text, JsonTree>()

/** Gives the tree of a state's text; read once for each text. */
export function treeOf({ doc }: EditorState): JsonTree {
	const tree = trees.get(doc) ?? readTree(doc.toString())
	trees.set(doc, tree)
	return tree
}

/** What is folded from a line: the last list or object that begins there and ends in another line. */
const folding = foldService.of((state, from, to) => {
	const { root, text: whole } = treeOf(state)
	const all = root && root.from >= from && root.from <= to ? [root] : []
	const begun = [...all, ...inLine(root, from, to)].filter((node) => isSpread(whole, node) && !node.isOpen)
	const last = begun.at(-1)
	return last ? { from: last.from + 1, to: last.to - 1 } : null
})

const inLine = (root: JsonNode | undefined, from: number, to: number): JsonNode[] =>
	[...membersOf(root)].flatMap(({ member: { value } }) =>
		value && value.members.length > 0 && value.from >= from && value.from <= to ? [value] : [],
	)

/** A line begins one step further in than the line of the bracket around it. */
const indenting = indentService.of((context, at) => {
	const tree = treeOf(context.state)
	const around = containerAt(tree, at)
	if (!around) return 0
	const base = columns(indentOf(tree.text, around.from), context.state.tabSize)
	const line = tree.text.slice(at, at + 200).split('\n', 1)[0] ?? ''
	return /^\s*[}\]]/.test(line) ? base : base + context.unit
})

const columns = (indent: string, tab: number): number => [...indent].reduce((sum, sign) => sum + (sign === '\t' ? tab : 1), 0)

/** The language of profiles: its colours, folds and indents. */
export const profileLanguage = [language, folding, indenting]
