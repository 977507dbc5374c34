import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser'
import type { TextEdit } from '../../schema/types/api.ts'
import { isObject, type Json } from '../document/merge.ts'

/** Applies edits to a text; they come from its end to its beginning, so that the places before stay. */
export function edited(text: string, edits: readonly TextEdit[]): string {
	return edits.reduce((now, { offset, length, text: put }) => now.slice(0, offset) + put + now.slice(offset + length), text)
}

/** A value to be set at a path of a document. */
export type Change = { path: readonly (string | number)[]; value: unknown }

/** The order in which a profile has its sections. */
const ORDER = [
	...['$schema', 'profile', 'version', 'title', 'description', 'extends', 'meter', 'interval', 'transport', 'decoder'],
	...['samples', 'expect', 'transform', 'extra'],
]
/** What fits in one line is written in one. */
const WIDTH = 100

/** The text of a profile with its tree, to be changed where it stands: comments and the way it is written stay. */
export class Written {
	readonly text: string
	readonly #tree: Node
	readonly #unit: string
	readonly #end: string

	private constructor(text: string, tree: Node) {
		this.text = text
		this.#tree = tree
		this.#unit = /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
		this.#end = text.includes('\r\n') ? '\r\n' : '\n'
	}

	/** Reads a text; undefined for one that is no object of JSON with comments. */
	static read(text: string): Written | undefined {
		const errors: ParseError[] = []
		const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
		return errors.length > 0 || tree?.type !== 'object' ? undefined : new Written(text, tree)
	}

	/** Gives the edits that make these changes, from the end of the text to its beginning; what is missing on the way is made. */
	edits(changes: readonly Change[]): TextEdit[] {
		const added = new Map<Node, Json>()
		const edits: TextEdit[] = []
		for (const { path, value } of changes) {
			const [node, depth] = this.#deepest(path)
			if (depth === path.length || node.type !== 'object')
				edits.push({ offset: node.offset, length: node.length, text: this.#value(nested(path.slice(depth), value), this.#indent(node)) })
			else added.set(node, joined(added.get(node) ?? {}, nested(path.slice(depth), value) as Json))
		}
		for (const [node, json] of added) edits.push(...this.#insert(node, json))
		return edits.sort((one, other) => other.offset - one.offset)
	}

	/** The deepest value on a path that is there, and how many steps lead to it. */
	#deepest(path: readonly (string | number)[]): [node: Node, depth: number] {
		for (let depth = path.length; depth > 0; depth--) {
			const node = findNodeAtLocation(this.#tree, path.slice(0, depth))
			if (node) return [node, depth]
		}
		return [this.#tree, 0]
	}

	#insert(object: Node, json: Json): TextEdit[] {
		const properties = object.children ?? []
		if (properties.length === 0) return this.#fill(object, json)
		const groups = new Map<Node, [string, unknown][]>()
		const entries = Object.entries(json)
		if (object === this.#tree) entries.sort(([one], [other]) => rank(one) - rank(other))
		for (const entry of entries) {
			const anchor = object === this.#tree ? before(properties, entry[0]) : (properties.at(-1) as Node)
			groups.set(anchor, [...(groups.get(anchor) ?? []), entry])
		}
		return [...groups].flatMap(([anchor, entries]) => this.#after(anchor, entries, object, anchor === properties.at(-1)))
	}

	/** Fills an object that has nothing yet. */
	#fill(object: Node, json: Json): TextEdit[] {
		const inner = this.text.slice(object.offset + 1, object.offset + object.length - 1)
		if (inner.trim() === '')
			return [{ offset: object.offset, length: object.length, text: this.#value(json, this.#indent(object), object === this.#tree) }]
		const indent = this.#indent(object) + this.#unit
		const entries = Object.entries(json).map(([key, value]) => `${this.#end}${indent}${JSON.stringify(key)}: ${this.#value(value, indent)}`)
		return [{ offset: object.offset + 1, length: 0, text: entries.join(',') }]
	}

	/** Writes entries behind a property: below it, and behind the comment in its line, or in the same line where all stands in one. */
	#after(anchor: Node, entries: [string, unknown][], object: Node, isLast: boolean): TextEdit[] {
		const end = anchor.offset + anchor.length
		const isLines = this.text.slice(object.offset, anchor.offset).includes('\n')
		const indent = isLines ? this.#indent(anchor) : this.#indent(object) + this.#unit
		const texts = entries.map(([key, value]) => `${JSON.stringify(key)}: ${this.#value(value, indent)}`)
		if (!isLines) return [{ offset: end, length: 0, text: texts.map((text) => `, ${text}`).join('') }]
		const rows = texts.map((text) => `${this.#end}${indent}${text}`)
		const [rest = '', comma] = /^(?:[ \t]*(,))?[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(this.text.slice(end)) ?? []
		if (rest === '' || (comma === undefined && !isLast)) return [{ offset: end, length: 0, text: rows.map((row) => `,${row}`).join('') }]
		if (comma !== undefined) return [{ offset: end + rest.length, length: 0, text: rows.map((row) => `${row},`).join('') }]
		return [
			{ offset: end + rest.length, length: 0, text: rows.join(',') },
			{ offset: end, length: 0, text: ',' },
		]
	}

	/** The blanks before the line in which a value stands. */
	#indent({ offset }: Node): string {
		const start = this.text.lastIndexOf('\n', offset - 1) + 1
		return /^[ \t]*/.exec(this.text.slice(start, offset))?.[0] ?? ''
	}

	#value(value: unknown, indent: string, isWide = false): string {
		const plain = compact(value)
		const isNested = typeof value === 'object' && value !== null
		if (!isNested || (!isWide && plain.length <= WIDTH)) return plain
		const deeper = indent + this.#unit
		const rows = Array.isArray(value)
			? value.map((item) => deeper + this.#value(item, deeper))
			: Object.entries(value).map(([key, inner]) => `${deeper}${JSON.stringify(key)}: ${this.#value(inner, deeper)}`)
		const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
		return `${open}${this.#end}${rows.join(`,${this.#end}`)}${this.#end}${indent}${close}`
	}
}

/** The place of a section in the order; what is not known comes last. */
const rank = (key: string) => (ORDER.indexOf(key) + 1 || ORDER.length) - 1

/** The property behind which a section belongs: the last of those that come before it. */
function before(properties: readonly Node[], key: string): Node {
	const found = properties.findLast((property) => rank(String(property.children?.[0]?.value)) < rank(key))
	return found ?? (properties.at(-1) as Node)
}

const nested = (path: readonly (string | number)[], value: unknown): unknown =>
	path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)

/** Two objects in one. */
function joined(one: Json, other: Json): Json {
	const common = Object.keys(other).filter((key) => isObject(one[key]) && isObject(other[key]))
	return { ...one, ...other, ...Object.fromEntries(common.map((key) => [key, joined(one[key] as Json, other[key] as Json)])) }
}

/** Writes a value in one line, with blanks as people set them. */
function compact(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`
	if (typeof value !== 'object' || value === null) return JSON.stringify(value)
	const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${compact(inner)}`)
	return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
