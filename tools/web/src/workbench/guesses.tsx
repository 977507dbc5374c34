import '../style/bench.css'
import { useSignal } from '@preact/signals'
import type { Guess } from '../api/types.ts'
import { Icon } from '../parts/icon.tsx'
import { say, sayIf } from '../words/words.ts'
import { pointRow } from './point.ts'
import { answer, answered, change, edit, made, name, pointed, text } from './state.ts'

/** Guesses of a group that are shown before somebody asks for more. */
const AT_FIRST = 6
const KINDS = ['link', 'sequence', 'scaler', 'field', 'time', 'timezone'] as const

/** What the telegrams suggest: each guess with its evidence, taken by one click, and taken back by another. */
export function Guesses() {
	const all = answer.value?.shown?.guesses ?? []
	const isStale = answered.value !== text.value
	if (name.value === '') return null
	if (all.length === 0) return <Undo />
	const rows = new Set(pointed.value.rows)
	const here = rows.size === 0 ? [] : all.filter((guess) => guess.rows?.some((row) => rows.has(row)))
	const groups = KINDS.map((kind) => ({ kind, guesses: all.filter((guess) => guess.kind === kind && !here.includes(guess)) }))
	return (
		<details class="bench-guesses bench-part" open>
			<summary>
				<h3>{say('bench.guesses')}</h3>
				<span class="tab-count">{all.length}</span>
			</summary>
			<Undo />
			{here.length > 0 && <Group title={say('bench.guesses.here')} guesses={here} isStale={isStale} />}
			{groups.map(({ kind, guesses }) =>
				guesses.length === 0 ? null : <Group key={kind} title={say(`bench.guesses.${kind}`)} guesses={guesses} isStale={isStale} />,
			)}
		</details>
	)
}

/** Takes the last click back, as Ctrl+Z in the editor does. */
export function Undo() {
	const { value: last } = made
	return (
		<div role="status">
			{last && last.after === text.value && (
				<p class="bench-undo">
					<span>
						<Icon name="check" size={18} />
						{say('bench.made', { title: last.title })}
					</span>
					<button
						type="button"
						class="quiet"
						onClick={() => {
							change(last.before, say('bench.undo'))
							made.value = undefined
						}}
					>
						{say('bench.undo')}
					</button>
				</p>
			)}
		</div>
	)
}

function Group({ title, guesses, isStale }: { title: string; guesses: Guess[]; isStale: boolean }) {
	const isOpen = useSignal(false)
	const shown = isOpen.value ? guesses : guesses.slice(0, AT_FIRST)
	return (
		<div class="bench-group">
			<h4>{title}</h4>
			<ul>
				{shown.map((guess) => (
					<One key={`${guess.kind} ${guess.title}`} guess={guess} isStale={isStale} />
				))}
			</ul>
			{guesses.length > shown.length && (
				<button type="button" class="quiet more" onClick={() => (isOpen.value = true)}>
					{say('bench.guesses.more', { count: guesses.length - shown.length })}
				</button>
			)}
		</div>
	)
}

function One({ guess, isStale }: { guess: Guess; isStale: boolean }) {
	const { title, reason, sure, rows = [], edits } = guess
	const words = titleOfGuess(guess)
	const point = (): void => {
		if (rows[0] !== undefined) pointRow(rows[0])
	}
	return (
		<li class="bench-guess">
			<div class="bench-guess-body">
				<p>
					{rows.length > 0 ? (
						<button type="button" class="quiet bench-link" onClick={point}>
							<strong>{words}</strong>
						</button>
					) : (
						<strong>{words}</strong>
					)}{' '}
					<span class={sure ? 'bench-mark is-active' : 'bench-mark'}>{say(sure ? 'bench.guess.sure' : 'bench.guess.assumed')}</span>
				</p>
				<Evidence reason={reason} />
			</div>
			<button
				type="button"
				aria-label={say('bench.guess.take.label', { title: words })}
				disabled={isStale}
				onClick={() => edit(edits, title)}
			>
				{say('bench.guess.take')}
			</button>
		</li>
	)
}

/** Why something is guessed: of a list, a line for each of its places. */
function Evidence({ reason }: { reason: string }) {
	const [first, ...places] = reason.split(/; (?=\d+: )/)
	return (
		<>
			<p class="hint">{first}</p>
			{places.length > 0 && (
				<ul class="hint bench-evidence">
					{places.map((place) => (
						<li key={place}>{place}</li>
					))}
				</ul>
			)}
		</>
	)
}

/** The words of each kind of guess: the first whose parts are all there. */
const WORDS: Record<Guess['kind'], string[]> = {
	scaler: ['scaler'],
	field: ['field', 'field.count', 'field.all'],
	sequence: ['sequence.place', 'sequence.like', 'sequence'],
	time: ['field'],
	timezone: ['timezone'],
	link: ['link', 'link.messages'],
}

/** Says a guess in the page's language where the page knows it, otherwise as the server says it. */
function titleOfGuess({ kind, title, params }: Guess): string {
	for (const word of params ? WORDS[kind] : []) {
		const said = sayIf(`bench.guess.${word}`, params)
		if (said !== undefined) return said
	}
	return title
}
