import { indentUnit } from '@codemirror/language'
import { type EditorState, type Extension, Prec, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { Inherited } from '../api/types.ts'
import { say } from '../words/words.ts'
import { originOf } from './facts.ts'
import { type Ghost, ghostsOf, ghostText, isOpenAtFirst, originsOf, sectionText } from './ghosts.ts'
import { hear, heard } from './heard.ts'
import { insertion } from './insertion.ts'
import { treeOf } from './language.ts'

/** Shows the values of a group one by one, or in one line. */
const toggle = StateEffect.define<{ key: string; isOpen: boolean }>()

type Shown = { ghosts: DecorationSet; open: ReadonlyMap<string, boolean> }

const keyOf = ({ path, name }: Ghost): string => JSON.stringify([path, name])

/** What parents state, as lines that are none: grey, and a click makes one of them the profile's own. */
class Ghosts extends WidgetType {
	readonly #ghost: Ghost
	readonly #isOpen: boolean
	readonly #text: string

	constructor(ghost: Ghost, isOpen: boolean) {
		super()
		this.#ghost = ghost
		this.#isOpen = isOpen
		this.#text = JSON.stringify([ghost.entries, ghost.indent, ghost.path, ghost.name, isOpen])
	}

	override eq(other: Ghosts): boolean {
		return other.#text === this.#text
	}

	override get estimatedHeight(): number {
		return 21 * (1 + (this.#isOpen ? this.#ghost.entries.length : 0))
	}

	override ignoreEvent(): boolean {
		return true
	}

	toDOM(view: EditorView): HTMLElement {
		const { entries, indent, path, name } = this.#ghost
		const dom = document.createElement('div')
		dom.className = 'ghosts'
		dom.setAttribute('role', 'group')
		dom.setAttribute('aria-label', say('editor.inherited', { count: entries.length }))
		const only = entries.length === 1 && name === undefined
		if (!only) dom.append(this.#summary(view))
		if (this.#isOpen || only)
			for (const entry of entries)
				dom.append(this.#line(view, entry, path.length + (name === undefined ? 0 : 1), indent + (only ? '' : '  ')))
		return dom
	}

	#summary(view: EditorView): HTMLElement {
		const { entries, indent, name } = this.#ghost
		const head = name === undefined ? say('editor.inherited', { count: entries.length }) : `${JSON.stringify(name)}:`
		const text = this.#isOpen ? `${indent}▾ ${head}` : `${indent}▸ ${sectionText(this.#ghost)}`
		const dom = button(text, originsOf(entries, say('editor.default')))
		dom.setAttribute('aria-expanded', String(this.#isOpen))
		dom.addEventListener('click', () => view.dispatch({ effects: toggle.of({ key: keyOf(this.#ghost), isOpen: !this.#isOpen }) }))
		return dom
	}

	#line(view: EditorView, entry: Inherited, depth: number, indent: string): HTMLElement {
		const dom = button(indent + ghostText(entry, depth), originOf(entry) ?? say('editor.default'))
		dom.title = say('editor.copy')
		dom.addEventListener('click', () => copy(view, entry))
		return dom
	}
}

function button(text: string, origin: string): HTMLButtonElement {
	const dom = document.createElement('button')
	dom.type = 'button'
	const [left, right] = [document.createElement('span'), document.createElement('span')]
	left.className = 'ghost-text'
	left.textContent = text
	right.className = 'ghost-origin'
	right.textContent = origin
	dom.append(left, right)
	return dom
}

/** Makes an inherited value the profile's own, and selects it to be changed. */
function copy(view: EditorView, { path, value }: Inherited): void {
	const change = insertion(treeOf(view.state), path, value, view.state.facet(indentUnit))
	if (!change) return
	const { changes, select } = change
	view.dispatch({ changes, selection: { anchor: select.from, head: select.to }, scrollIntoView: true, userEvent: 'input.complete' })
	view.focus()
}

function ghostly(state: EditorState, open: Shown['open']): DecorationSet {
	const { inherited = [] } = state.field(heard) ?? {}
	const ranges = ghostsOf(treeOf(state), inherited, state.facet(indentUnit)).map((ghost) => {
		const isOpen = open.get(keyOf(ghost)) ?? isOpenAtFirst(ghost)
		return Decoration.widget({ widget: new Ghosts(ghost, isOpen), block: true, side: ghost.side }).range(ghost.at)
	})
	return RangeSet.of(ranges, true)
}

const field = StateField.define<Shown>({
	create: (state) => ({ ghosts: ghostly(state, new Map()), open: new Map() }),
	update({ ghosts, open }, { state, effects, docChanged, changes }) {
		const toggled = effects.filter((effect) => effect.is(toggle))
		const next = toggled.reduce((map, { value }) => new Map(map).set(value.key, value.isOpen), open)
		// Of a text that is no JSON at the moment nobody knows the parents: what was there stays.
		const isTold = effects.some((effect) => effect.is(hear) && (effect.value === undefined || effect.value.inherited !== undefined))
		if (toggled.length > 0 || isTold) return { ghosts: ghostly(state, next), open: next }
		return docChanged ? { ghosts: ghosts.map(changes), open } : { ghosts, open }
	},
	provide: (one) => EditorView.decorations.from(one, ({ ghosts }) => ghosts),
})

/** The merged parents' values, greyed in. */
export const inheritedValues: Extension = Prec.low(field)
