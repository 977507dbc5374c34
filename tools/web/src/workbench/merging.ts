import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { syntaxHighlighting } from '@codemirror/language'
import { Chunk, goToNextChunk, goToPreviousChunk, MergeView } from '@codemirror/merge'
import { EditorState, type Extension, Text } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { colours } from './look.ts'

/** Words on the merge view. */
export type MergeWords = { theirs: string; mine: string; take: string; unchanged: string }

/** How the view looks, in the page's colours. */
const STYLE = `
:host { display: block }
.cm-mergeView { max-height: min(32rem, 60dvh); overflow: auto; border: 1px solid var(--strong-line); border-radius: 0.7rem; background: var(--paper) }
.cm-merge-revert { width: 2.25rem; background: var(--raised) }
.cm-merge-revert button { width: 2rem; min-height: 1.75rem; margin: 0 0.125rem; padding: 0; border: 1px solid var(--strong-line); border-radius: 0.4rem; background: var(--paper); color: var(--ink); font: inherit; cursor: pointer }
.cm-merge-revert button:focus-visible { outline: 2.5px solid var(--focus) }
`

const theme = EditorView.theme({
	'&': { fontSize: '0.8125rem', color: 'var(--ink)', backgroundColor: 'transparent' },
	'&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
	'.cm-gutters': { backgroundColor: 'var(--raised)', color: 'var(--faint)', borderRight: '1px solid var(--line)' },
	'.cm-content': { caretColor: 'var(--ink)' },
	'&.cm-merge-a .cm-changedLine, & .cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--export-soft) 40%, var(--paper))' },
	'&.cm-merge-b .cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--import-soft) 40%, var(--paper))' },
	'&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText': { background: 'none', fontWeight: '700', textDecoration: 'underline' },
	'.cm-collapsedLines': { color: 'var(--faint)', background: 'var(--raised)' },
})

/**
 * Shows two texts of a profile beside each other: theirs on the left, which stays, and ours on the right, which can be written in and takes single
 * changes over by the arrows between. `changed` gets ours after each change. Gives what ends it.
 */
export function showMerge(
	root: ShadowRoot,
	place: HTMLElement,
	theirs: string,
	mine: string,
	words: MergeWords,
	changed: (text: string) => void,
) {
	const sheet = new CSSStyleSheet()
	sheet.replaceSync(STYLE)
	root.adoptedStyleSheets = [sheet]
	const view = new MergeView({
		root,
		parent: place,
		a: { doc: theirs, extensions: [...common(words.theirs, words.unchanged), EditorState.readOnly.of(true)] },
		b: {
			doc: mine,
			extensions: [
				...common(words.mine, words.unchanged),
				history(),
				keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
				EditorView.updateListener.of((update) => {
					if (update.docChanged) changed(update.state.doc.toString())
				}),
			],
		},
		revertControls: 'a-to-b',
		renderRevertControl: () => {
			const button = document.createElement('button')
			button.type = 'button'
			button.textContent = '→'
			button.title = words.take
			button.setAttribute('aria-label', words.take)
			return button
		},
		collapseUnchanged: { margin: 3, minSize: 6 },
		gutter: true,
	})
	place.tabIndex = -1
	return () => view.destroy()
}

const common = (label: string, unchanged: string): Extension[] => [
	lineNumbers(),
	json(),
	syntaxHighlighting(colours),
	EditorState.phrases.of({ '$ unchanged lines': unchanged }),
	EditorView.contentAttributes.of({ 'aria-label': label }),
	EditorView.lineWrapping,
	keymap.of([
		{ key: 'Alt-ArrowDown', run: goToNextChunk },
		{ key: 'Alt-ArrowUp', run: goToPreviousChunk },
	]),
	theme,
]

/** Puts the changes of two people to one text together; undefined where both have changed the same lines, or lines beside each other. */
export function together(base: string, mine: string, theirs: string): string | undefined {
	const [old, ours, others] = [base, mine, theirs].map((text) => Text.of(text.split('\n'))) as [Text, Text, Text]
	const changes = [
		...Chunk.build(old, ours).map((chunk) => ({ chunk, from: ours, isMine: true })),
		...Chunk.build(old, others).map((chunk) => ({ chunk, from: others, isMine: false })),
	].sort((one, other) => one.chunk.fromA - other.chunk.fromA)
	let [at, last, lastIsMine] = [0, -1, true]
	let result = ''
	for (const { chunk, from, isMine } of changes) {
		if (chunk.fromA <= last && isMine !== lastIsMine) return undefined
		const until = Math.min(chunk.fromA, base.length)
		// A change at the very end has no line end before it in the old text.
		if (chunk.fromA > base.length && !result.endsWith('\n')) return undefined
		result += base.slice(at, until) + textOf(from, chunk.fromB, chunk.toB)
		at = Math.min(chunk.toA, base.length)
		last = chunk.toA
		lastIsMine = isMine
	}
	return result + base.slice(at)
}

/** Gives whole lines of a text, with their ends where they have one. */
const textOf = (text: Text, from: number, to: number): string => text.sliceString(from, Math.min(to, text.length))
