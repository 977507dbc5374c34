import { signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { say } from '../words/words.ts'
import { Outputs } from './outputs.tsx'
import { isMoved, pointedFrom, shown } from './point.ts'
import { Reading } from './reading.tsx'
import { Registers } from './registers.tsx'
import { Guesses, Samples, Sequence } from './slots.tsx'
import { answer, name, pointed } from './state.ts'

const TABS = ['values', 'reading', 'messages', 'samples'] as const
type Tab = (typeof TABS)[number]

const picked = signal<Tab>('values')
/** Whether somebody has chosen a tab since something else was pointed at. */
let isChosen = false
/** The profile of which something else than values may be picked. */
let pickedOf = ''

/** What became of the telegram: its values, the reading, messages, and how the recordings fare. */
export function Results() {
	useLayoutEffect(() => {
		const { rows, fields } = pointed.value
		// What is pointed at elsewhere is shown where it can be seen.
		if (isMoved()) isChosen = false
		if (!isChosen && pointedFrom() !== 'results' && rows.length + fields.length > 0 && picked.value !== 'reading')
			picked.value = rows.length > 0 ? 'values' : 'reading'
	}, [pointed.value])
	// Another profile begins with what its telegrams say.
	useEffect(() => {
		if (name.value !== '' && name.value !== pickedOf) picked.value = 'values'
		pickedOf = name.value
	}, [name.value])
	const top = useRef<HTMLDivElement>(null)
	const pick = (next: Tab): void => {
		isChosen = true
		picked.value = next
		top.current?.closest('.pane')?.scrollTo(0, 0)
	}
	const tabs = TABS.filter((tab) => tab !== 'samples' || name.value !== '')
	const tab = tabs.includes(picked.value) ? picked.value : 'values'
	const keys = (event: KeyboardEvent): void => {
		const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
		if (by === undefined) return
		event.preventDefault()
		const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab
		pick(next)
		document.getElementById(`results-${next}`)?.focus()
	}
	return (
		<div ref={top} class="results">
			<h2 class="hidden-text">{say('panes.results')}</h2>
			<div class="bench-tabs" role="tablist" aria-label={say('panes.results')} onKeyDown={keys}>
				{tabs.map((one) => (
					<button
						key={one}
						id={`results-${one}`}
						type="button"
						role="tab"
						aria-selected={one === tab}
						aria-controls="results-panel"
						tabIndex={one === tab ? 0 : -1}
						onClick={() => pick(one)}
					>
						{say(`panes.tab.${one}`)}
						<Count tab={one} />
					</button>
				))}
			</div>
			<div id="results-panel" role="tabpanel" aria-labelledby={`results-${tab}`}>
				{tab === 'values' && (
					<>
						<Guesses />
						<Sequence />
						<Registers />
					</>
				)}
				{tab === 'reading' && <Reading />}
				{tab === 'messages' && <Outputs />}
				{tab === 'samples' && <Samples />}
			</div>
		</div>
	)
}

/** How many there are of what a tab shows. */
function Count({ tab }: { tab: Tab }) {
	const now = shown.value
	const counts: Record<Tab, number | undefined> = {
		values: now?.rows.length,
		reading: now?.reading && now.fields.filter(({ value }) => value !== undefined).length,
		messages: now?.outputs?.reduce((sum, { messages }) => sum + messages.length, 0),
		samples: answer.value?.samples?.length,
	}
	const count = counts[tab]
	return count ? <span class="tab-count">{count}</span> : null
}
