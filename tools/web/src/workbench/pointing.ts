import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { WorkbenchShown } from '../api/types.ts'
import { type JsonTree, memberAt, type Path, placeAt, startOf } from './json-path.ts'
import { treeOf } from './language.ts'
import type { Pointed } from './state.ts'

/** Tells the editor what somebody points at. */
export const point = StateEffect.define<{ pointed: Pointed; shown: WorkbenchShown | undefined }>()

/** Gives the fields and registers that the line of a position is about; nothing where it is about none. */
export function pointedAt(tree: JsonTree, at: number, shown: WorkbenchShown | undefined): Pointed | undefined {
	const { path } = placeAt(tree, at)
	const [section, name, third] = path
	if (section === 'transform' && typeof name === 'string' && name !== '') {
		const result = shown?.fields.find(({ target }) => target === name)
		return { fields: [name], rows: result?.rows ?? rowsOf(shown, name) }
	}
	if (section === 'extra' && typeof name === 'string' && name !== '')
		return { fields: [`extra.${name}`], rows: rowsOf(shown, `extra.${name}`) }
	if (section !== 'decoder' || third === undefined || third === '') return undefined
	const rows =
		name === 'registers'
			? (shown?.rows ?? []).flatMap(({ rule }, row) => (rule && rule.file === undefined && rule.path[2] === third ? [row] : []))
			: name === 'sequence' && typeof path[3] === 'number'
				? placesOf(shown, String(third), path[3])
				: []
	return rows.length === 0 ? undefined : { rows, fields: [...new Set(rows.flatMap((row) => shown?.rows[row]?.fields ?? []))] }
}

const rowsOf = (shown: WorkbenchShown | undefined, field: string): number[] =>
	(shown?.rows ?? []).flatMap(({ fields }, row) => (fields.includes(field) ? [row] : []))

function placesOf(shown: WorkbenchShown | undefined, key: string, place: number): number[] {
	const row = shown?.sequences?.find((one) => one.key === key)?.places[place]?.row
	return row === undefined ? [] : [row]
}

/** Gives the paths of the profile's own lines that say something of what is pointed at. */
export function pathsOf({ fields, rows }: Pointed, shown: WorkbenchShown | undefined): Path[] {
	const rules = rows.flatMap((row) => {
		const rule = shown?.rows[row]?.rule
		return rule && rule.file === undefined ? [rule.path] : []
	})
	const places = (shown?.sequences ?? []).flatMap(({ key, places: all }) =>
		all.flatMap(({ row }, place) => (row !== undefined && rows.includes(row) ? [['decoder', 'sequence', key, place]] : [])),
	)
	return [...fields.map((field) => ['transform', field]), ...rules, ...places]
}

const line = Decoration.line({ class: 'is-pointed' })

function marked(state: EditorState, { pointed, shown }: { pointed: Pointed; shown: WorkbenchShown | undefined }): DecorationSet {
	const tree = treeOf(state)
	const starts = pathsOf(pointed, shown).flatMap((path) => {
		const member = memberAt(tree, path)
		return member ? [state.doc.lineAt(Math.min(startOf(member), state.doc.length)).from] : []
	})
	return RangeSet.of(
		[...new Set(starts)].map((start) => line.range(start)),
		true,
	)
}

/** Marks the lines of what is pointed at. */
export const pointedLines: Extension = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(now, transaction) {
		const told = transaction.effects.find((effect) => effect.is(point))
		if (told) return marked(transaction.state, told.value)
		return transaction.docChanged ? now.map(transaction.changes) : now
	},
	provide: (field) => EditorView.decorations.from(field),
})
