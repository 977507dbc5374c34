import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** Columns that what is wrapped stands further in. */
const STEP = 2
/** Columns at most: a narrow pane has thirty. */
const MOST = 12

const decorations = new Map<number, Decoration>()

/** A line whose wrapped rest stands in by so many columns. */
function hanging(columns: number): Decoration {
	const known = decorations.get(columns)
	if (known) return known
	const style = `text-indent: -${columns}ch; padding-left: calc(0.35rem + ${columns}ch)`
	const made = Decoration.line({ attributes: { style } })
	decorations.set(columns, made)
	return made
}

function visibleLines(view: EditorView): DecorationSet {
	const builder = new RangeSetBuilder<Decoration>()
	const { doc, tabSize } = view.state
	for (const { from, to } of view.visibleRanges)
		for (let at = from; at <= to; ) {
			const line = doc.lineAt(at)
			const [indent = ''] = /^[ \t]*/.exec(line.text) ?? []
			const columns = [...indent].reduce((sum, sign) => sum + (sign === '\t' ? tabSize : 1), 0)
			builder.add(line.from, line.from, hanging(Math.min(columns, MOST) + STEP))
			at = line.to + 1
		}
	return builder.finish()
}

/** Lets what is wrapped stand further in than its line. */
export const hangingIndent: Extension = ViewPlugin.fromClass(
	class {
		shown: DecorationSet
		constructor(view: EditorView) {
			this.shown = visibleLines(view)
		}
		update({ docChanged, viewportChanged, view }: ViewUpdate): void {
			if (docChanged || viewportChanged) this.shown = visibleLines(view)
		}
	},
	{ decorations: ({ shown }) => shown },
)
