import { type EditorState, type Extension, RangeSet, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import { expressionsOf, type Written } from './expression.ts'
import { hear, heard } from './heard.ts'
import { treeOf } from './language.ts'
import { resultOf } from './result-text.ts'

/** What an expression gives on the telegram shown, behind its line. */
class Result extends WidgetType {
	readonly #text: string
	readonly #kind: 'value' | 'fault'

	constructor(text: string, kind: 'value' | 'fault') {
		super()
		this.#text = text
		this.#kind = kind
	}

	override eq(other: Result): boolean {
		return other.#text === this.#text && other.#kind === this.#kind
	}

	toDOM(): HTMLElement {
		const dom = document.createElement('span')
		dom.className = this.#kind === 'fault' ? 'result is-faulty' : 'result'
		const text = document.createElement('span')
		if (this.#kind === 'value') text.className = 'result-value'
		text.textContent = this.#text
		dom.append(this.#kind === 'value' ? '= ' : '✕ ', text)
		return dom
	}
}

/** Where the result of an expression stands: at the end of its line, or behind it where more follows there. */
export function resultPlace(text: string, { node }: Written): number {
	const rest = /^[^\n]*/.exec(text.slice(node.to))?.[0] ?? ''
	const isLast = /^\s*,?\s*(?:\}\s*,?\s*)?(?:\/\/.*|\/\*.*)?$/.test(rest)
	return node.to + (isLast ? rest.length : rest.startsWith(',') ? 1 : 0)
}

function results(state: EditorState): DecorationSet {
	const fields = new Map((state.field(heard)?.shown?.fields ?? []).map((result) => [result.target, result]))
	const tree = treeOf(state)
	const ranges = expressionsOf(tree).flatMap((written) => {
		const result = fields.get(written.target)
		const shown = result && result.own !== false ? resultOf(result) : undefined
		if (!shown) return []
		return Decoration.widget({ widget: new Result(shown.text, shown.kind), side: 1 }).range(resultPlace(tree.text, written))
	})
	return RangeSet.of(ranges, true)
}

/** The results of all expressions, in the text. */
export const inlineResults: Extension = StateField.define<DecorationSet>({
	create: results,
	update(now, transaction) {
		// Where the text cannot be used, what was there before moves with it.
		if (transaction.effects.some((effect) => effect.is(hear) && (effect.value === undefined || effect.value.inherited !== undefined)))
			return results(transaction.state)
		return transaction.docChanged ? now.map(transaction.changes) : now
	},
	provide: (field) => EditorView.decorations.from(field),
})
