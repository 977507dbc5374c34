import type { Finding } from '../api/types.ts'
import { type JsonTree, memberAt, placeAt } from './json-path.ts'

/** A finding with its place in the text; one of a parent stands at `extends`. */
export type Placed = { finding: Finding; from: number; to: number; isParents: boolean }

/** Gives the offset of a line and column, both from 1, within the text. */
export function offsetAt(text: string, line: number, column: number): number {
	let start = 0
	for (let n = 1; n < line; n++) {
		const end = text.indexOf('\n', start)
		if (end < 0) return text.length
		start = end + 1
	}
	const end = text.indexOf('\n', start)
	return Math.min(start + column - 1, end < 0 ? text.length : end)
}

/** Gives the places of findings in the text that they are about: each as long as the word that it begins at. */
export function placed(tree: JsonTree, findings: readonly Finding[]): Placed[] {
	return findings.map((finding) => {
		if (finding.file !== '') return { finding, ...parents(tree), isParents: true }
		const from = offsetAt(tree.text, finding.line, finding.column)
		return { finding, ...wordFrom(tree, from), isParents: false }
	})
}

/** Where the name of the parent stands; the first character where there is none. */
function parents(tree: JsonTree): { from: number; to: number } {
	const member = memberAt(tree, ['extends'])
	const node = member?.value ?? member?.key
	return node ? { from: node.from, to: node.to } : { from: 0, to: Math.min(1, tree.text.length) }
}

function wordFrom(tree: JsonTree, from: number): { from: number; to: number } {
	const { text } = tree
	const { token } = placeAt(tree, from)
	if (token && token.from === from) return { from, to: token.to }
	// Within an expression: a code, a function or a name.
	const [word = ''] = /^(?:`[^`"\n]*`|\$?\w+|\S)/.exec(text.slice(from, from + 200)) ?? []
	if (word !== '') return { from, to: from + word.length }
	return from > 0 && text[from - 1] !== '\n' ? { from: from - 1, to: from } : { from, to: Math.min(from + 1, text.length) }
}
