import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { batch, effect, type Signal, untracked } from '@preact/signals'
import type { Finding, WorkbenchWords } from '../api/types.ts'
import { language, say } from '../words/words.ts'
import { CodeEditor, type Told } from './code-editor.ts'
import type { Explanation } from './hover.ts'
import { PHRASES } from './phrases.ts'
import { pointedFrom, pointLine } from './point.ts'
import { sought } from './sought.ts'
import { answer, answered, ask, evaluated, name, pointed, setText, text } from './state.ts'

/** Milliseconds that the cursor rests until the expression at it is asked for. */
const REST = 120

/** What the editor draws on, and where it says what stands at the cursor. */
export type Around = { words: Signal<WorkbenchWords | undefined>; explained: Signal<Explanation | undefined> }

/** Shows the profile of the workbench in a shadow root, where styles that are made in JavaScript are admitted by the page's CSP. Gives what ends it. */
export function startEditing(root: ShadowRoot, place: HTMLElement, { words, explained }: Around): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined
	const told: Told = {
		text(next, expression) {
			clearTimeout(timer)
			batch(() => {
				evaluated.value = expression
				setText(withEnds(next))
			})
		},
		expression(expression) {
			clearTimeout(timer)
			timer = setTimeout(() => {
				evaluated.value = expression
				if (expression !== '') ask()
			}, REST)
		},
		pointed(next, isMoved) {
			if (next) pointLine(next, isMoved)
			else if (pointedFrom() === 'profile' && pointed.peek().fields.length + pointed.peek().rows.length > 0)
				pointLine({ rows: [], fields: [] })
		},
		explained(next) {
			explained.value = next
		},
	}
	place.style.height = '100%'
	const editor = new CodeEditor(place, root, {
		...{ text: plain(text.peek()), words: spoken(), known: () => words.peek(), told },
		loaded: () => arrived(words),
	})
	let shown = name.peek()
	const ends = [
		effect(() => {
			const { value: next } = text
			if (name.value === shown) editor.replace(plain(next))
			else {
				shown = name.value
				untracked(() => editor.open(plain(next), spoken()))
			}
		}),
		effect(() => {
			const { value: told } = answer
			const about = plain(answered.value)
			untracked(() => editor.hear(told, about, describe))
		}),
		effect(() => editor.point(pointed.value)),
		effect(() => {
			if (language.value) untracked(() => editor.speak(spoken()))
		}),
		effect(() => {
			const { value: wanted } = sought
			if (!wanted) return
			if ('path' in wanted) editor.seek(wanted.path)
			else editor.goTo(wanted.line, wanted.column, plain(answered.peek()))
			sought.value = undefined
		}),
	]
	return () => {
		clearTimeout(timer)
		for (const end of ends) end()
		editor.close()
	}
}

/** Resolves once a signal has a value. */
const arrived = (signal: Signal<unknown>): Promise<void> =>
	new Promise((resolve) => {
		const end = signal.subscribe((value) => {
			if (value === undefined) return
			resolve()
			queueMicrotask(() => end())
		})
	})

/** Line feeds alone, as CodeMirror has them. */
const plain = (given: string): string => given.replaceAll('\r\n', '\n')
/** The line ends that the text has. */
const withEnds = (given: string): string => (text.peek().includes('\r\n') ? given.replaceAll('\n', '\r\n') : given)

/** The words of CodeMirror in the page's language, and what screen readers say of the text. */
function spoken(): Extension {
	const phrases = Object.fromEntries(Object.entries(PHRASES).map(([phrase, key]) => [phrase, say(key)]))
	const label = say('editor.label', { name: name.peek() })
	return [
		EditorState.phrases.of(phrases),
		EditorView.contentAttributes.of({
			// What can be edited is focused without it; axe does not know that.
			tabindex: '0',
			'aria-label': label,
			'aria-description': say('editor.keys.short'),
			autocapitalize: 'off',
			autocorrect: 'off',
			spellcheck: 'false',
		}),
	]
}

function describe({ message, hint, file, line, column }: Finding): Node {
	const dom = document.createElement('div')
	const paragraphs = [file === '' ? message : `${file}:${line}:${column} ${message}`, ...(hint === undefined ? [] : [hint])].map(
		(words, at) => {
			const paragraph = document.createElement('div')
			paragraph.textContent = words
			if (at > 0) paragraph.className = 'finding-hint'
			return paragraph
		},
	)
	dom.append(...paragraphs)
	return dom
}
