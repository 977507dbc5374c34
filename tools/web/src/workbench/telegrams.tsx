import { useEffect, useRef } from 'preact/hooks'
import type { WorkbenchTelegram } from '../api/types.ts'
import { number, span } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import { say, sayIf } from '../words/words.ts'
import { Compare } from './comparing.tsx'
import { showTelegram } from './source-now.ts'
import { answer } from './state.ts'
import { step } from './steps.ts'

/** Rows of a list that are shown at once, as many before as behind the telegram that is shown. */
const MOST = 200

/** Gives the part of a long list around one of it. */
function around(telegrams: WorkbenchTelegram[], n: number | undefined): WorkbenchTelegram[] {
	const here = telegrams.findIndex((one) => one.n === n)
	const from = Math.max(0, Math.min(here - MOST / 2, telegrams.length - MOST))
	return telegrams.slice(from, from + MOST)
}

/** The telegrams of the source, each with what became of it: one of them is shown. */
export function Telegrams() {
	const list = useRef<HTMLOListElement>(null)
	const { telegrams = [], shown, detected } = answer.value ?? {}
	const n = shown?.n
	useEffect(() => {
		const row = list.current?.querySelector<HTMLElement>('[aria-current]')
		if (row && list.current) list.current.scrollTop = row.offsetTop - list.current.clientHeight / 2 + row.clientHeight / 2
	}, [n, telegrams.length])
	useEffect(() => {
		const keys = (event: KeyboardEvent): void => {
			const by = { j: 1, k: -1 }[event.key]
			if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.composedPath()[0])) return
			event.preventDefault()
			step(by)
		}
		window.addEventListener('keydown', keys)
		return () => window.removeEventListener('keydown', keys)
	}, [])
	if (telegrams.length === 0 || (telegrams.length === 1 && detected === undefined)) return null
	const near = around(telegrams, n)
	return (
		<section class="telegram-nav" aria-label={say('panes.telegrams')}>
			{detected !== undefined && <p class="faint small">{detected}</p>}
			{telegrams.length > 1 && (
				<ol ref={list} onKeyDown={arrows}>
					{near.map((one) => (
						<Row key={one.id ?? one.n} one={one} isHere={one.n === n} />
					))}
				</ol>
			)}
			{telegrams.length > 1 && <Compare telegrams={near} />}
		</section>
	)
}

/** Buttons to the telegram before and behind the one that is shown, and its place. */
export function Stepper() {
	const { telegrams = [], shown } = answer.value ?? {}
	const n = shown?.n
	if (telegrams.length < 2) return null
	return (
		<div class="stepper">
			<button type="button" class="quiet icon-only" aria-label={say('panes.previous')} aria-keyshortcuts="k" onClick={() => step(-1)}>
				<Icon name="left" size={20} />
			</button>
			<span class="small" aria-live="polite">
				{n === undefined ? '' : say('panes.place', { n: n + 1, count: telegrams.length })}
			</span>
			<button type="button" class="quiet icon-only" aria-label={say('panes.next')} aria-keyshortcuts="j" onClick={() => step(1)}>
				<Icon name="right" size={20} />
			</button>
		</div>
	)
}

function arrows(event: KeyboardEvent): void {
	const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
	if (by === undefined) return
	event.preventDefault()
	step(by)
}

/** Tells whether keys go into a text, that of the editor in its shadow root included: letters are letters there. */
function isTyping(target: EventTarget | undefined): boolean {
	return (
		target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, dialog, .cm-editor') !== null)
	)
}

function Row({ one, isHere }: { one: WorkbenchTelegram; isHere: boolean }) {
	const { n, t, bytes, topic, outcome, reason, issues } = one
	return (
		<li>
			<button
				type="button"
				class="telegram-row"
				aria-current={isHere ? 'true' : undefined}
				tabIndex={isHere ? 0 : -1}
				onClick={() => showTelegram(one)}
			>
				<span class="faint row-n">{n + 1}</span>
				<span class={`outcome ${outcome}`}>
					{say(`tel.${outcome}`)}
					{reason !== undefined && <span class="row-reason">{sayIf(`reason.${reason}`) ?? reason}</span>}
				</span>
				<span class="faint small row-more">
					{[issues ? say('panes.issueCount', { count: issues }) : '', number(bytes, 0, 'B'), t < 1000 ? '' : `+${span(t / 1000)}`]
						.filter(Boolean)
						.join(' · ')}
				</span>
				{topic !== undefined && <span class="faint small row-topic">{topic}</span>}
			</button>
		</li>
	)
}
