import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { type Diagnostic, forEachDiagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { type ChangeDesc, Compartment, EditorState, type Extension, Text } from '@codemirror/state'
import {
	crosshairCursor,
	drawSelection,
	dropCursor,
	EditorView,
	highlightActiveLine,
	highlightActiveLineGutter,
	highlightSpecialChars,
	keymap,
	lineNumbers,
	rectangularSelection,
	type ViewUpdate,
} from '@codemirror/view'
import type { Finding, WorkbenchAnswer, WorkbenchShown, WorkbenchWords } from '../api/types.ts'
import { expressionAt, selectedExpression } from './expression.ts'
import { offsetAt, placed } from './findings.ts'
import { type Ask, floating } from './floating.ts'
import { hear, heard } from './heard.ts'
import { type Explanation, explanationAt } from './hover.ts'
import { inheritedValues } from './inherited.ts'
import { indentUnitOf } from './insertion.ts'
import { memberAt, type Path, placeAt, readTree, startOf } from './json-path.ts'
import { profileLanguage, treeOf } from './language.ts'
import { editorLook } from './look.ts'
import { point, pointedAt, pointedLines } from './pointing.ts'
import type { Pointed } from './state.ts'
import { inlineResults } from './values.ts'
import { hangingIndent } from './wrapped.ts'

/** What the editor tells: another text, the expression at the cursor ('' for none), what its line is about. */
export type Told = {
	text(text: string, expression: string): void
	expression(expression: string): void
	/** `isMoved`: the cursor came there; otherwise an answer tells more. */
	pointed(pointed: Pointed | undefined, isMoved: boolean): void
	explained(explanation: Explanation | undefined): void
}

/** Changes that are kept for an answer that is on its way. */
const MANY_CHANGES = 500

/** A text with all that helps to write a profile. Texts come and go with line feeds. */
export class CodeEditor {
	readonly view: EditorView
	readonly #known: Ask = () => {
		const words = this.#wordsNow()
		return words && { words, answer: this.answer }
	}
	readonly #wordsNow: () => WorkbenchWords | undefined
	readonly #told: Told
	readonly #loaded: () => Promise<void>
	readonly #words = new Compartment()
	/** Texts that were there before, the oldest first, each with the change that ended it. */
	#past: { before: Text; change: ChangeDesc }[] = []
	#shown: WorkbenchShown | undefined
	#expression = ''
	/** Whether the text is being replaced from outside. */
	#isGiven = false

	constructor(
		parent: HTMLElement,
		root: ShadowRoot,
		settings: { text: string; words: Extension; known: () => WorkbenchWords | undefined; loaded: () => Promise<void>; told: Told },
	) {
		this.#wordsNow = settings.known
		this.#told = settings.told
		this.#loaded = settings.loaded
		this.view = new EditorView({ parent, root, state: this.#state(settings.text, settings.words) })
	}

	/** What is known of the text: the last answer, completed where the text cannot be used at the moment. */
	get answer(): WorkbenchAnswer | undefined {
		return this.view.state.field(heard)
	}

	/** Shows another profile: what was undone is forgotten. */
	open(text: string, words: Extension): void {
		this.#past = []
		this.#shown = undefined
		this.#expression = ''
		this.view.setState(this.#state(text, words))
	}

	/** Takes a text that was changed elsewhere; it can be undone. */
	replace(text: string): void {
		const before = this.view.state.doc.toString()
		if (text === before) return
		const least = Math.min(before.length, text.length)
		let start = 0
		while (start < least && before[start] === text[start]) start++
		let end = 0
		while (end < least - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end++
		this.#isGiven = true
		try {
			const changes = { from: start, to: before.length - end, insert: text.slice(start, text.length - end) }
			this.view.dispatch({ changes, userEvent: 'input.given' })
		} finally {
			this.#isGiven = false
		}
	}

	/** Speaks other words. */
	speak(words: Extension): void {
		this.view.dispatch({ effects: this.#words.reconfigure(words) })
	}

	/** Shows what the server has answered about a text that may be older than this one. */
	hear(answer: WorkbenchAnswer | undefined, about: string, describe: (finding: Finding) => Node): void {
		const changes = this.#since(about)
		const map = (at: number, side: -1 | 1) =>
			Math.min(
				changes.reduce((place, change) => change.mapPos(place, side), at),
				this.view.state.doc.length,
			)
		const tree = changes.length === 0 ? treeOf(this.view.state) : readTree(about)
		const diagnostics = placed(tree, answer?.findings ?? []).map(({ finding, from, to }): Diagnostic => {
			const start = map(from, 1)
			return {
				from: start,
				to: Math.max(start, map(to, -1)),
				severity: finding.severity,
				message: finding.message,
				renderMessage: () => describe(finding),
			}
		})
		const { state } = this.view
		this.view.dispatch({ effects: hear.of(answer) }, setDiagnostics(state, diagnostics))
		this.#shown = this.answer?.shown
		this.#point(false)
		this.#explain()
	}

	/** Marks the lines of what somebody points at. */
	point(pointed: Pointed): void {
		this.view.dispatch({ effects: point.of({ pointed, shown: this.#shown }) })
	}

	/** Goes to a line and column, from 1, of the text of the last answer. */
	goTo(line: number, column: number, about: string): void {
		const at = this.#since(about).reduce((place, change) => change.mapPos(place, 1), offsetAt(about, line, column))
		this.#select(Math.min(at, this.view.state.doc.length))
	}

	/** Goes to what states a path, or the nearest that is there. */
	seek(path: Path): void {
		const tree = treeOf(this.view.state)
		for (let length = path.length; length > 0; length--) {
			const member = memberAt(tree, path.slice(0, length))
			if (member) {
				this.#select(startOf(member))
				return
			}
		}
	}

	/** Ends it. */
	close(): void {
		this.view.destroy()
	}

	#select(at: number): void {
		this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
		this.view.focus()
	}

	/** The changes since a text was there; those before are forgotten. */
	#since(about: string): ChangeDesc[] {
		const { doc } = this.view.state
		if (doc.length === about.length && doc.toString() === about) {
			this.#past = []
			return []
		}
		const at = this.#past.findLastIndex(({ before }) => before.length === about.length && before.toString() === about)
		if (at > 0) this.#past = this.#past.slice(at)
		return at < 0 ? [] : this.#past.map(({ change }) => change)
	}

	#updated(update: ViewUpdate): void {
		const { docChanged, selectionSet, focusChanged, startState, changes } = update
		if (docChanged) {
			if (this.#past.length >= MANY_CHANGES) this.#past.shift()
			this.#past.push({ before: startState.doc, change: changes.desc })
		}
		if (!docChanged && !selectionSet && !focusChanged) return
		const expression = this.#expressionNow()
		const isOther = expression !== this.#expression
		this.#expression = expression
		this.#explain()
		if (docChanged && !this.#isGiven) this.#told.text(update.state.doc.toString(), expression)
		else if (isOther) this.#told.expression(expression)
		if (!this.#isGiven) this.#point(selectionSet)
	}

	#point(isMoved: boolean): void {
		const { state, hasFocus } = this.view
		if (hasFocus) this.#told.pointed(pointedAt(treeOf(state), state.selection.main.head, this.#shown), isMoved)
	}

	#explain(): void {
		const { state } = this.view
		const known = this.#known()
		const at = state.selection.main.head
		this.#told.explained(this.#faultAt(at) ?? (known && explanationAt(treeOf(state), at, known)))
	}

	/** What is wrong at a position, with what to do. */
	#faultAt(at: number): Explanation | undefined {
		let found: Explanation | undefined
		forEachDiagnostic(this.view.state, ({ message, renderMessage }, from, to) => {
			if (at < from || at > to || found) return
			const hint = renderMessage?.(this.view).lastChild?.textContent ?? ''
			found = { from, to, title: '', lines: [...new Set([message, hint])], isFault: true }
		})
		return found
	}

	/** The expression at the cursor, or what of it is selected. */
	#expressionNow(): string {
		const { state } = this.view
		const { from, to, head } = state.selection.main
		const tree = treeOf(state)
		const written = expressionAt(placeAt(tree, head))
		return written ? selectedExpression(tree, written, from, to) : ''
	}

	#state(text: string, words: Extension): EditorState {
		const unit = indentUnitOf(text)
		return EditorState.create({
			doc: Text.of(text.split('\n')),
			extensions: [
				this.#words.of(words),
				indentUnit.of(unit),
				EditorState.tabSize.of(2),
				EditorState.allowMultipleSelections.of(true),
				lintGutter(),
				lineNumbers(),
				foldGutter({ openText: '▾', closedText: '▸' }),
				highlightActiveLineGutter(),
				highlightSpecialChars(),
				history(),
				drawSelection(),
				dropCursor(),
				rectangularSelection(),
				crosshairCursor(),
				indentOnInput(),
				bracketMatching(),
				closeBrackets(),
				EditorView.lineWrapping,
				hangingIndent,
				highlightActiveLine(),
				highlightSelectionMatches(),
				search({ top: true }),
				profileLanguage,
				heard,
				inlineResults,
				inheritedValues,
				pointedLines,
				floating(this.#known, this.#loaded),
				editorLook,
				keymap.of([
					...closeBracketsKeymap,
					...completionKeymap,
					...lintKeymap,
					...searchKeymap,
					...foldKeymap,
					...historyKeymap,
					indentWithTab,
					...defaultKeymap,
				]),
				EditorView.updateListener.of((update) => this.#updated(update)),
			],
		})
	}
}
