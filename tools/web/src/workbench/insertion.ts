import { endOf, type JsonNode, type JsonTree, nodeAt, type Path, startOf } from './json-path.ts'

/** Changes of a text by the places of the old one, and what is selected in the new one: the value that was written. */
export type Insertion = { changes: { from: number; to: number; insert: string }[]; select: { from: number; to: number } }

/** Writes a value into a text at a path, as the text is laid out: in the section that is there, or in one of its own. Nothing where the text has no object for it. */
export function insertion(tree: JsonTree, path: Path, value: unknown, unit: string): Insertion | undefined {
	const depth = stated(tree, path)
	const container = nodeAt(tree, path.slice(0, depth))
	const [name, ...inner] = path.slice(depth)
	if (container?.kind !== 'object' || container.isOpen || name === undefined) return undefined
	const before = [name, ...inner].map((key) => `${JSON.stringify(String(key))}: `).join('{ ')
	const text = written(value)
	const { from, to, comma, lead, end } = gap(tree.text, container, unit)
	const start = from + (comma === undefined ? 0 : 1) + lead.length + before.length
	const quote = text.startsWith('"') ? 1 : 0
	return {
		changes: [
			...(comma === undefined ? [] : [{ from: comma, to: comma, insert: ',' }]),
			{ from, to, insert: `${lead}${before}${text}${' }'.repeat(inner.length)}${end}` },
		],
		select: { from: start + quote, to: start + text.length - quote },
	}
}

/** Finds where another member of an object goes: behind the last, and behind the comment that stands beside it. `comma`: where one is missing. */
function gap(text: string, container: JsonNode, unit: string) {
	const last = container.members.at(-1)
	const spread = isSpread(text, container)
	if (!last) {
		const from = container.from + 1
		const inner = `\n${indentOf(text, container.from)}${unit}`
		return spread ? { from, to: from, lead: inner, end: '' } : { from, to: container.to - 1, lead: ' ', end: ' ' }
	}
	const at = last.comma === undefined ? endOf(last) : last.comma + 1
	const beside = spread ? (/^[ \t]*\/(?:\/[^\n]*|\*[^\n]*?\*\/)/.exec(text.slice(at))?.[0].length ?? 0) : 0
	const lead = spread ? `\n${indentOf(text, startOf(last))}` : ' '
	return { from: at + beside, to: at + beside, lead, end: '', ...(last.comma === undefined && { comma: at }) }
}

/** How many steps of a path lead through objects that the text has. */
function stated(tree: JsonTree, path: Path): number {
	let depth = 0
	while (depth < path.length - 1 && nodeAt(tree, path.slice(0, depth + 1))?.kind === 'object') depth++
	return depth
}

/** Gives the white space at the beginning of a position's line. */
export function indentOf(text: string, at: number): string {
	const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 1)
	return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** Writes a value in one line, with spaces as the profiles have them. */
export function written(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
	const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${written(inner)}`)
	return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** Tells how a text is indented: by a tab, or by so many spaces; two where no line is. */
export function indentUnitOf(text: string): string {
	const [indent] = /^[ \t]+(?=\S)/m.exec(text) ?? []
	if (indent === undefined) return '  '
	return indent.startsWith('\t') ? '\t' : ' '.repeat(Math.min(indent.length, 8))
}

/** Tells whether a list or object stands in several lines. */
export const isSpread = (text: string, { from, to }: JsonNode): boolean => text.slice(from, to).includes('\n')
