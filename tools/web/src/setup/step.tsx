import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { say } from '../words/words.ts'
import { move, moved, step, steps } from './flow.ts'

/** A step: its heading gets the focus when it is gone to, so that a screen reader says where one is. */
export function Step({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }) {
	const heading = useRef<HTMLHeadingElement>(null)
	const seen = useRef(moved.value)
	useEffect(() => {
		if (moved.value > 0 || seen.current > 0) heading.current?.focus({ preventScroll: true })
		if (moved.value > 0) window.scrollTo(0, 0)
	}, [])
	return (
		<section class="step card">
			<h2 ref={heading} tabIndex={-1}>
				{title}
			</h2>
			{lead && <p class="lead">{lead}</p>}
			{children}
		</section>
	)
}

type ActionsProps = { next?: string | undefined; busy?: boolean; waits?: boolean; children?: ComponentChildren }

/** The way back and on, and what else one may do. `next` of a step that cannot go on yet is left away, or `waits`. */
export function Actions({ next, busy = false, waits = false, children }: ActionsProps) {
	const isFirst = steps.value.indexOf(step.value) <= 0
	return (
		<div class="actions">
			{!isFirst && (
				<button type="button" class="quiet way-back" onClick={() => move(-1)}>
					{say('setup.back')}
				</button>
			)}
			{children}
			{next !== undefined && (
				<button type="submit" class="main" disabled={busy || waits} aria-busy={busy}>
					{busy ? say('form.busy') : next}
				</button>
			)}
		</div>
	)
}
