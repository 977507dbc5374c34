import '../style/bench.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { usePolling } from '../task.ts'
import { language, say } from '../words/words.ts'
import { look, settle, type Theirs, theirs } from './file.ts'
import { type Mount, Shadow } from './shadow.tsx'
import { name, opened, text } from './state.ts'

/** Milliseconds between two looks at the file while the page is seen. */
const PAUSE = 10_000

/** Notices that somebody else has saved this profile, shows how the texts differ, and lets one choose: theirs, mine, or something of both. */
export function Differences() {
	useLooks()
	const { value: other } = theirs
	return <div role="alert">{other && <Conflict key={other.etag} other={other} />}</div>
}

/** Looks at the file now and then, and when the page is come back to. */
function useLooks(): void {
	usePolling(
		async (signal) => {
			if (document.visibilityState === 'visible') await look(signal)
			return true
		},
		PAUSE,
		name.value,
	)
	useEffect(() => {
		const back = (): void => {
			if (document.visibilityState === 'visible') void look().catch(() => undefined)
		}
		addEventListener('focus', back)
		document.addEventListener('visibilitychange', back)
		return () => {
			removeEventListener('focus', back)
			document.removeEventListener('visibilitychange', back)
		}
	}, [])
}

function Conflict({ other }: { other: Theirs }) {
	const merged = useSignal(text.value)
	const both = useSignal<string | undefined>(undefined)
	const isShown = useSignal(false)
	const heading = useRef<HTMLHeadingElement>(null)
	const base = opened.value?.text
	const isMine = text.value !== base
	useEffect(() => heading.current?.focus(), [])
	useEffect(() => {
		if (base === undefined || base === other.text || !isMine) return
		void import('./merging.ts').then(({ together }) => {
			both.value = together(base, text.value, other.text)
		})
	}, [])
	return (
		<section class="bench-conflict" aria-label={say('bench.conflict')}>
			<h2 ref={heading} tabIndex={-1}>
				<Icon name="warning" size={20} />
				{say(other.etag === '' ? 'bench.conflict.gone' : 'bench.conflict')}
			</h2>
			<p>{say(isMine ? 'bench.conflict.lead' : 'bench.conflict.only')}</p>
			<div class="actions">
				{both.value !== undefined && (
					<button type="button" class="main" onClick={() => settle(both.value ?? text.value, say('bench.conflict.both'))}>
						{say('bench.conflict.both')}
					</button>
				)}
				<button type="button" class={isMine ? '' : 'main'} onClick={() => settle(other.text, say('bench.conflict.theirs'))}>
					{say('bench.conflict.theirs')}
				</button>
				<button type="button" onClick={() => settle(text.value, say('bench.conflict.mine'))}>
					{say('bench.conflict.mine')}
				</button>
				<button type="button" class="quiet" aria-expanded={isShown.value} onClick={() => (isShown.value = !isShown.value)}>
					{say('bench.conflict.show')}
				</button>
			</div>
			{isShown.value && (
				<>
					<div class="bench-merge-heads" aria-hidden="true">
						<span>{say('bench.conflict.left')}</span>
						<span>{say('bench.conflict.right')}</span>
					</div>
					<Texts other={other} onChange={(next) => (merged.value = next)} />
					<p class="hint">{say('bench.conflict.keys')}</p>
					<div class="actions">
						<button type="button" class="main" onClick={() => settle(merged.value, say('bench.conflict.merged'))}>
							{say('bench.conflict.merged')}
						</button>
					</div>
				</>
			)}
		</section>
	)
}

/** Both texts beside each other; the code for that is loaded when it is first needed. */
function Texts({ other, onChange }: { other: Theirs; onChange(text: string): void }) {
	const change = useRef(onChange)
	change.current = onChange
	const mount: Mount = (root, place) => {
		let end: (() => void) | undefined
		let isOver = false
		const words = {
			theirs: say('bench.conflict.left'),
			mine: say('bench.conflict.right'),
			take: say('bench.conflict.take'),
			unchanged: say('bench.conflict.unchanged'),
		}
		void import('./merging.ts').then(({ showMerge }) => {
			if (!isOver) end = showMerge(root, place, other.text, text.value, words, (next) => change.current(next))
		})
		return () => {
			isOver = true
			end?.()
		}
	}
	return <Shadow class="bench-merge" mount={mount} again={`${other.etag} ${language.value}`} />
}
