import '../style/editor.css'
import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { WorkbenchWords } from '../api/types.ts'
import { Failure } from '../parts/form.tsx'
import { say } from '../words/words.ts'
import { Found } from './found.tsx'
import type { Explanation } from './hover.ts'
import { evaluatedText } from './result-text.ts'
import { Shadow } from './shadow.tsx'
import { answer, answeredExpression, asking, evaluated } from './state.ts'

type Start = typeof import('./editing.ts').startEditing

/** The words of the server: they are the same until the page is loaded again, but for new profiles. */
let kept: WorkbenchWords | undefined

/** The profile as a text: what fits, what it gives, what parents say and what is wrong stand in it and below. */
export function Editor() {
	const start = useSignal<Start | undefined>(undefined)
	const words = useSignal<WorkbenchWords | undefined>(kept)
	const explained = useSignal<Explanation | undefined>(undefined)
	const failure = useSignal<unknown>(undefined)
	const load = (): void => {
		failure.value = undefined
		const failed = (reason: unknown): void => {
			failure.value = reason
		}
		import('./editing.ts').then(({ startEditing }) => {
			start.value = startEditing
		}, failed)
		call<WorkbenchWords>('workbench/words').then((found) => {
			kept = found
			words.value = found
		}, failed)
	}
	useEffect(load, [])
	const { value: begin } = start
	return (
		<div class="profile-editor">
			<div class="editor-frame">
				{begin ? (
					<Shadow class="editor-host" mount={(root, place) => begin(root, place, { words, explained })} />
				) : (
					<p class="faint editor-loading">{failure.value === undefined && say('app.loading')}</p>
				)}
				<AtCursor explained={explained} />
			</div>
			{failure.value !== undefined && (
				<div class="editor-failure">
					<Failure error={failure.value} />
					<button type="button" class="quiet" onClick={load}>
						{say('app.again')}
					</button>
				</div>
			)}
			<Found findings={answer.value?.findings ?? []} />
			<p class="faint small editor-keys">{say('editor.keys')}</p>
		</div>
	)
}

/** What stands at the cursor: the value of an expression on the telegram shown, or what a key means. */
function AtCursor({ explained }: { explained: Signal<Explanation | undefined> }) {
	const { value: about } = explained
	const result = evaluated.value === '' || evaluated.value !== answeredExpression.value ? undefined : answer.value?.evaluated
	const shown = result && evaluatedText(result)
	return (
		<div class="at-cursor">
			{evaluated.value !== '' && (
				<p class={asking.value ? 'at-value is-old' : 'at-value'}>
					<span class="mono at-expression">{evaluated.value}</span>
					{shown && <output class={shown.isFault ? 'mono is-faulty' : 'mono'}>{shown.text}</output>}
				</p>
			)}
			<p class={about?.isFault ? 'at-words is-faulty' : 'at-words'}>
				{about && (
					<>
						<span class="mono">{about.title}</span> {about.value !== undefined && <strong class="mono">{about.value}</strong>}{' '}
						{about.lines.join(' · ')}
					</>
				)}
			</p>
		</div>
	)
}
