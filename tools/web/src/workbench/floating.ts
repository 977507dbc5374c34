import {
	autocompletion,
	type Completion,
	type CompletionContext,
	type CompletionResult,
	completionStatus,
	currentCompletions,
	moveCompletionSelection,
	pickedCompletion,
	snippet,
	startCompletion,
} from '@codemirror/autocomplete'
import { type Extension, Prec } from '@codemirror/state'
import { type EditorView, hoverTooltip, keymap, type Tooltip } from '@codemirror/view'
import type { Choice, Choices } from './choices.ts'
import { choicesAt } from './completion.ts'
import type { Known } from './facts.ts'
import { type Explanation, explanationAt } from './hover.ts'
import { endOf, placeAt, startOf } from './json-path.ts'
import { treeOf } from './language.ts'

/** Gives what is known now; nothing while the server's words are on their way. */
export type Ask = () => Known | undefined

/** What floats above the text: what can be written there, and what is known of what stands there. `loaded`: resolves once that is known. */
export const floating = (known: Ask, loaded: () => Promise<void>): Extension => [
	stepping,
	autocompletion({
		override: [
			async (context) => {
				if (!known()) await loaded()
				return source(context, known)
			},
		],
		// What fits is found at once: nothing to wait for.
		activateOnTypingDelay: 0,
		maxRenderedOptions: 60,
		icons: false,
		interactionDelay: 30,
		closeOnBlur: true,
	}),
	hoverTooltip((view, at) => explained(view, at, known), { hoverTime: 350, hideOnChange: true }),
]

/** Steps through the list; where it is being rebuilt, or has just opened, the key does not move the cursor away from it. */
const step = (isForward: boolean) => (view: EditorView) =>
	moveCompletionSelection(isForward)(view) || completionStatus(view.state) === 'pending' || currentCompletions(view.state).length > 0

const stepping = Prec.highest(
	keymap.of([
		{ key: 'ArrowDown', run: step(true) },
		{ key: 'ArrowUp', run: step(false) },
	]),
)

function source(context: CompletionContext, known: Ask): CompletionResult | null {
	const facts = known()
	if (!facts) return null
	const found = choicesAt(treeOf(context.state), context.pos, facts)
	if (!found) return null
	const isBegun = context.pos > found.typed
	const sign = context.state.sliceDoc(context.pos - 1, context.pos)
	// On its own the list opens where something is begun: by a letter, a quote, a point.
	if (!context.explicit && !isBegun && !/["`.$'(]/.test(sign)) return null
	// A number is written to its end: Enter behind it begins a line.
	if (!context.explicit && /(?:^|[\s:[,])-?\d[\d.]*$/.test(context.state.sliceDoc(Math.max(0, found.typed - 1), context.pos))) return null
	return {
		from: found.typed,
		options: found.choices.map((choice) => option(choice, known)),
		validFor: found.isWord ? /^\$?\w*$/ : /^[\w.*:-]*$/,
	}
}

function option(choice: Choice, known: Ask): Completion {
	const { label, kind, detail, info, rank = 0 } = choice
	return {
		label,
		type: kind,
		boost: rank * 20,
		...(detail !== undefined && { detail }),
		...(info !== undefined && info !== '' && { info }),
		apply: (view, completion, from, to) => apply(view, completion, choice, { from, to }, known),
	}
}

/** Writes a choice in the place of what stands there by now, with the comma that is missing before it. */
function apply(view: EditorView, completion: Completion, choice: Choice, typed: { from: number; to: number }, known: Ask): void {
	const tree = treeOf(view.state)
	const facts = known()
	const now: Choices | undefined = facts && choicesAt(tree, typed.to, facts)
	const fresh = now?.choices.find(({ label }) => label === choice.label) ?? choice
	const range = now ?? typed
	const { role, container } = placeAt(tree, typed.to)
	const before = role === 'key' ? container?.members.findLast((member) => startOf(member) < range.from) : undefined
	const comma = before && before.comma === undefined ? endOf(before) : undefined
	if (comma !== undefined) view.dispatch({ changes: { from: comma, insert: ',' }, userEvent: 'input.complete' })
	const by = comma === undefined ? 0 : 1
	const [from, to] = [range.from + by, range.to + by]
	if (fresh.template.includes('${')) snippet(fresh.template)(view, completion, from, to)
	else {
		const text = fresh.template.replace(/\\([{}])/g, '$1')
		const annotations = pickedCompletion.of(completion)
		view.dispatch({
			changes: { from, to, insert: text },
			selection: { anchor: from + text.length },
			userEvent: 'input.complete',
			annotations,
		})
	}
	if (fresh.again) setTimeout(() => startCompletion(view))
}

function explained(view: EditorView, at: number, known: Ask): Tooltip | null {
	const facts = known()
	const found = facts && explanationAt(treeOf(view.state), at, facts)
	return found ? { pos: found.from, end: found.to, above: true, create: () => ({ dom: bubble(found) }) } : null
}

function bubble({ title, value, lines }: Explanation): HTMLElement {
	const dom = document.createElement('div')
	dom.className = 'explanation'
	const head = document.createElement('div')
	const [name, shown] = [document.createElement('span'), document.createElement('span')]
	name.className = 'explanation-title'
	name.textContent = title
	shown.className = 'explanation-value'
	shown.textContent = value ?? ''
	head.append(name, ...(value === undefined ? [] : [shown]))
	dom.append(head)
	for (const line of lines) {
		const text = document.createElement('p')
		text.textContent = line
		dom.append(text)
	}
	return dom
}
