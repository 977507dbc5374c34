import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The colours of the text: the page's own, so that dark and light follow it. */
/** The colours of JSON, in those of the page. */
export const colours = HighlightStyle.define([
	{ tag: tags.propertyName, color: 'var(--ink)', fontWeight: '600' },
	{ tag: tags.string, color: 'var(--export)' },
	{ tag: [tags.number, tags.atom], color: 'var(--import)' },
	{ tag: tags.special(tags.variableName), color: 'var(--import)' },
	{ tag: tags.keyword, color: 'var(--warning)' },
	{ tag: tags.variableName, color: 'var(--ink)' },
	{ tag: [tags.punctuation, tags.brace, tags.squareBracket, tags.operator], color: 'var(--faint)' },
	{ tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
	{ tag: tags.invalid, color: 'var(--bad)' },
])

const WAVE = {
	backgroundImage: 'none',
	textDecorationLine: 'underline',
	textDecorationStyle: 'wavy',
	textDecorationThickness: '1.5px',
	textUnderlineOffset: '3px',
}
const BOX = {
	border: '1px solid var(--line)',
	borderRadius: '0.6rem',
	backgroundColor: 'var(--paper)',
	color: 'var(--ink)',
	boxShadow: '0 6px 24px rgb(0 0 0 / 16%)',
}

/** Pictures in CodeMirror's own style are data addresses, which the page's CSP forbids: signs of text stand for them. */
const look = EditorView.theme({
	'&': { height: '100%', backgroundColor: 'transparent', color: 'var(--ink)', fontSize: '0.8125rem' },
	'&.cm-focused': { outline: 'none' },
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
	'.cm-content': { minWidth: '0', caretColor: 'var(--ink)', padding: '0.4rem 0 3rem' },
	'.cm-line': { padding: '0 0.75rem 0 0.35rem' },
	'.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
	'.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { background: 'var(--import-soft)' },
	'.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--warning-soft)', outline: '1px solid var(--strong-line)' },
	'.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'var(--import-soft)' },
	'.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--raised) 55%, transparent)' },
	'.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint)', border: 'none' },
	'.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
	'.cm-lineNumbers .cm-gutterElement': { padding: '0 0.15rem 0 0.5rem', minWidth: '1.6rem' },
	'.cm-foldGutter .cm-gutterElement': { padding: '0 0.2rem', cursor: 'pointer' },
	'.cm-foldPlaceholder': { border: '1px solid var(--line)', backgroundColor: 'var(--raised)', color: 'var(--faint)', padding: '0 0.35rem' },
	'&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--strong-line)', borderRadius: '2px' },
	'&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--bad)', borderRadius: '2px' },
	'.cm-line.is-pointed': { backgroundColor: 'color-mix(in srgb, var(--export-soft) 70%, var(--paper))' },
	'.cm-specialChar': { color: 'var(--bad)' },
	// Findings.
	'.cm-lintRange-error': { ...WAVE, textDecorationColor: 'var(--bad)' },
	'.cm-lintRange-warning': { ...WAVE, textDecorationColor: 'var(--warning)' },
	'.cm-lintRange-active': { backgroundColor: 'var(--warning-soft)' },
	'.cm-lintPoint:after': { display: 'none' },
	'.cm-gutter-lint': { width: '0.9rem' },
	'.cm-gutter-lint .cm-gutterElement': { padding: '0' },
	'.cm-lint-marker': { width: '0.9rem', height: '100%', display: 'grid', placeItems: 'center' },
	'.cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info': { content: 'normal' },
	'.cm-lint-marker:before': { content: '""', width: '0.5rem', height: '0.5rem', borderRadius: '50%', backgroundColor: 'var(--bad)' },
	'.cm-lint-marker-warning:before': { borderRadius: '1px', backgroundColor: 'var(--warning)' },
	'.cm-diagnostic': { padding: '0.5rem 0.75rem', border: 'none', maxWidth: '32rem', whiteSpace: 'pre-wrap' },
	'.cm-diagnostic-error, .cm-diagnostic-warning': { borderLeft: 'none' },
	'.finding-hint': { color: 'var(--faint)' },
	// What floats above the text.
	'.cm-tooltip': { ...BOX, fontFamily: 'var(--font)', fontSize: '0.875rem', lineHeight: '1.4', overflow: 'hidden' },
	'.cm-tooltip.cm-tooltip-autocomplete > ul': {
		fontFamily: 'var(--mono)',
		fontSize: '0.8125rem',
		maxHeight: '17rem',
		minWidth: '14rem',
		maxWidth: 'min(34rem, 92vw)',
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.25rem 0.6rem', lineHeight: '1.5', display: 'flex', gap: '0.75rem' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': {
		background: 'var(--raised)',
		color: 'var(--ink)',
		boxShadow: 'inset 3px 0 0 var(--import)',
	},
	'.cm-completionLabel': { flex: 'none' },
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
	'.cm-completionDetail': {
		fontStyle: 'normal',
		fontFamily: 'var(--font)',
		color: 'var(--faint)',
		marginLeft: 'auto',
		overflow: 'hidden',
		textOverflow: 'ellipsis',
	},
	'.cm-tooltip.cm-completionInfo': { ...BOX, padding: '0.5rem 0.75rem', maxWidth: '22rem', overflowWrap: 'anywhere' },
	'.explanation': { padding: '0.55rem 0.8rem', maxWidth: '30rem', overflowWrap: 'anywhere' },
	'.explanation-title': { fontFamily: 'var(--mono)', fontSize: '0.8125rem', fontWeight: '600' },
	'.explanation-value': { marginLeft: '0.75rem', fontWeight: '600', color: 'var(--export)' },
	'.explanation p': { margin: '0.2rem 0 0', color: 'var(--faint)' },
	'.cm-panels': { backgroundColor: 'var(--paper)', color: 'var(--ink)', fontFamily: 'var(--font)' },
	'.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
	'.cm-panel.cm-search': { padding: '0.5rem 2.4rem 0.5rem 0.75rem', fontSize: '0.875rem' },
	'.cm-panel.cm-search label': { fontSize: '0.875rem', display: 'inline-flex', alignItems: 'center', gap: '0.25rem', minHeight: '1.75rem' },
	'.cm-panel.cm-search [name=close]': {
		color: 'var(--ink)',
		width: '2rem',
		height: '2rem',
		fontSize: '1.25rem',
		top: '0.25rem',
		right: '0.25rem',
	},
	'.cm-textfield': {
		border: '1px solid var(--strong-line)',
		borderRadius: '0.4rem',
		backgroundColor: 'var(--paper)',
		color: 'var(--ink)',
		fontSize: '0.875rem',
		padding: '0.25rem 0.5rem',
	},
	'.cm-button': {
		backgroundImage: 'none',
		backgroundColor: 'var(--raised)',
		color: 'var(--ink)',
		border: '1px solid var(--line)',
		borderRadius: '0.4rem',
		fontSize: '0.875rem',
		padding: '0.25rem 0.6rem',
	},
	'button:focus-visible, input:focus-visible': { outline: '2.5px solid var(--focus)', outlineOffset: '1px' },
	// What the server says of a line.
	'.result': { marginLeft: '1.25rem', color: 'var(--faint)', whiteSpace: 'pre', userSelect: 'none' },
	'.result-value': { color: 'var(--export)', fontWeight: '600' },
	'.result.is-faulty': { color: 'var(--bad)' },
	'.result.is-old': { opacity: '0.6' },
	// What parents state.
	'.ghosts': { overflow: 'hidden', color: 'var(--faint)', padding: '0 0.75rem 0 0.35rem', userSelect: 'none' },
	'.ghosts button': {
		display: 'flex',
		gap: '0.75rem',
		alignItems: 'baseline',
		width: '100%',
		minHeight: '1.6em',
		padding: '0',
		border: 'none',
		borderRadius: '0.25rem',
		background: 'none',
		color: 'inherit',
		font: 'inherit',
		textAlign: 'left',
		cursor: 'pointer',
	},
	'.ghosts button:hover': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
	'.ghost-text': { minWidth: '0', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre' },
	'.ghost-origin': { marginLeft: 'auto', flex: 'none', fontFamily: 'var(--font)', fontSize: '0.75rem' },
})

/** How the editor looks. */
export const editorLook = [look, syntaxHighlighting(colours)]
