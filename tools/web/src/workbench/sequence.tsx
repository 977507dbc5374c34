import '../style/bench.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SequenceList } from '../api/types.ts'
import { Choice, Field } from '../parts/form.tsx'
import { say } from '../words/words.ts'
import { type Carried, carried, carry } from './carry.ts'
import { know, known } from './known.ts'
import { type Code, demandOf, fits, full, moved, placed, searched } from './placing.ts'
import { Place } from './sequence-place.tsx'
import { answer, change, name, text } from './state.ts'

/** Codes that are shown at a time. */
const SHOWN = 40

/** Lists of values without codes: what each place stands for, chosen by dragging a code onto it, or by keys. */
export function Sequence() {
	const key = useSignal<string | undefined>(undefined)
	const said = useSignal('')
	const isOpen = useSignal<boolean | undefined>(undefined)
	useEffect(know, [])
	const lists = answer.value?.shown?.sequences ?? []
	const list =
		lists.find((one) => one.key === key.value) ?? lists.find((one) => one.places.some(({ row }) => row !== undefined)) ?? lists[0]
	// Without a profile there is no text to write into.
	if (!list || name.value === '') return null
	const codes = known.value?.codes ?? []
	/** Puts a code where it fits, or says why it does not. */
	const put = (at: number, { code, label, from }: Carried): void => {
		carried.value = undefined
		const fault = from === at ? undefined : (misfit(list, at, codeOf(codes, code)) ?? backward(list, codes, at, from))
		said.value = fault ?? ''
		if (fault !== undefined || from === at) return
		const next = from === undefined ? placed(text.value, list, at, code) : moved(text.value, list, from, at)
		const title = say('bench.place.put', { place: at + 1, code: label })
		isOpen.value = true
		change(next, title)
		said.value = title
	}
	const clear = (at: number): void => {
		const title = say('bench.place.cleared', { place: at + 1 })
		change(placed(text.value, list, at, undefined), title)
		said.value = title
	}
	const { length } = list.places
	const named = list.places.filter(({ code }) => code !== undefined).length
	// A list that the profile names is in order, until something else comes.
	const isShown = isOpen.value ?? (named === 0 || list.places.some((place) => place.fits === false))
	return (
		<details
			class="bench-sequence bench-part"
			open={isShown}
			onToggle={(event) => {
				isOpen.value = event.currentTarget.open
			}}
		>
			<summary>
				<h3>{say('bench.sequence')}</h3>
				<span class="tab-count">{length}</span>
			</summary>
			<p class="hint">{say('bench.sequence.lead')}</p>
			{lists.length > 1 && (
				<Choice
					legend={say('bench.sequence.which')}
					name="sequence"
					value={list.key}
					onPick={(next) => (key.value = next)}
					options={lists.map((one) => [one.key, say('bench.sequence.list', { key: one.key })])}
				/>
			)}
			<p class={`bench-said${said.value === '' ? ' is-empty' : ''}`} role="status">
				{carried.value ? say('bench.carried', { code: carried.value.label }) : said.value || say('bench.sequence.count', { named, length })}
			</p>
			<div class="bench-sequence-body">
				<Palette list={list} codes={codes} onDrop={put} />
				<ol class="bench-places">
					{list.places.map((place, at) => (
						<Place
							// The place is what it is.
							key={`${list.key} ${at}`}
							at={at}
							place={place}
							codes={codes}
							onPut={put}
							onClear={() => clear(at)}
							onMove={(by) => {
								const { code } = place
								const to = at + by
								if (code === undefined || to < 0 || to >= length) return
								put(to, { code, label: code, from: at })
								requestAnimationFrame(() => focusPlace(to))
							}}
							onGo={(by) => focusPlace(at + by)}
						/>
					))}
				</ol>
			</div>
		</details>
	)
}

const codeOf = (codes: Code[], code: string): Code => codes.find((one) => full(one.code) === full(code)) ?? { code, label: code }

/** Says why a code does not fit a place; undefined where it does. */
function misfit({ places }: SequenceList, at: number, code: Code): string | undefined {
	const kind = places[at]?.kind ?? 'null'
	const demand = demandOf(code)
	if (demand === undefined || fits(code, kind)) return undefined
	return say('bench.misfit', { place: at + 1, kind, code: code.code, demand: say(`bench.demand.${demand}`) })
}

/** Says why the code that stands at the place cannot go where the other one comes from. */
function backward(list: SequenceList, codes: Code[], at: number, from: number | undefined): string | undefined {
	const back = list.places[at]?.code
	return from === undefined || back === undefined ? undefined : misfit(list, from, codeOf(codes, back))
}

function focusPlace(at: number): void {
	document.querySelector<HTMLElement>(`[data-place="${at}"] .bench-slot`)?.focus()
}

type PaletteProps = { list: SequenceList; codes: Code[]; onDrop(at: number, what: Carried): void }

/** The codes with their names, to be dragged or picked up. */
function Palette({ list, codes, onDrop }: PaletteProps) {
	const search = useSignal('')
	const used = new Map(list.places.flatMap(({ code }, at) => (code === undefined ? [] : [[full(code), at + 1]])))
	const found = searched(codes, search.value)
	return (
		<div class="bench-palette">
			<Field
				label={say('bench.codes')}
				type="search"
				value={search.value}
				placeholder={say('bench.codes.example')}
				onInput={(next) => (search.value = next)}
			/>
			<ul>
				{found.slice(0, SHOWN).map((code) => {
					const what = { code: full(code.code), label: code.label }
					const isCarried = carried.value?.code === what.code && carried.value.from === undefined
					const at = used.get(what.code)
					return (
						<li key={code.code}>
							<button
								type="button"
								class="quiet bench-code"
								aria-pressed={isCarried}
								onPointerDown={(event) => carry(event, what, onDrop)}
								onClick={() => (carried.value = isCarried ? undefined : what)}
							>
								<span class="bench-code-label">{code.label}</span>
								<span class="hint mono">{code.code}</span>
								{code.unit && <span class="hint">{code.unit}</span>}
								{at !== undefined && <span class="bench-mark">{say('bench.codes.used', { place: at })}</span>}
							</button>
						</li>
					)
				})}
			</ul>
			{found.length > SHOWN && <p class="hint">{say('bench.search.more', { count: found.length - SHOWN })}</p>}
		</div>
	)
}
