import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { RegisterRow, SequenceList } from '../api/types.ts'
import { Icon } from '../parts/icon.tsx'
import { say } from '../words/words.ts'
import { type Carried, carried, carry, over } from './carry.ts'
import { labelOf } from './known.ts'
import { type Code, fits, full, searched } from './placing.ts'
import { pointRow } from './point.ts'
import { valueText } from './shown.ts'
import { answer, pointed } from './state.ts'

type Props = {
	at: number
	place: SequenceList['places'][number]
	codes: Code[]
	onPut(at: number, what: Carried): void
	onClear(): void
	onMove(by: 1 | -1): void
	onGo(by: 1 | -1): void
}

/** One place of a list: what was sent there, what it stands for, and what became of it. */
export function Place(props: Props) {
	const { at, place, codes, onPut, onClear } = props
	const typed = useSignal<string | undefined>(undefined)
	const row = place.row === undefined ? undefined : answer.value?.shown?.rows[place.row]
	const isPointed = place.row !== undefined && pointed.value.rows.includes(place.row)
	const classes = ['bench-place', over.value === at && 'is-over', place.fits === false && 'is-misfit', isPointed && 'is-pointed']
	return (
		<li
			class={classes.filter(Boolean).join(' ')}
			data-place={at}
			onFocusIn={() => {
				if (place.row !== undefined) pointRow(place.row)
			}}
		>
			<span class="bench-place-n" aria-hidden="true">
				{at + 1}
			</span>
			<span class="bench-place-sent">
				<span class="mono">{place.value === undefined ? '–' : shortened(place.value)}</span>
				<span class="hint mono">{place.kind}</span>
			</span>
			{typed.value === undefined ? (
				<Slot {...props} onType={(first) => (typed.value = first)} />
			) : (
				<Search
					codes={codes}
					kind={place.kind}
					first={typed.value}
					label={say('bench.place.search', { place: at + 1 })}
					onPick={(code) => {
						typed.value = undefined
						onPut(at, { code: full(code.code), label: code.label })
						refocus(at)
					}}
					onClose={() => {
						typed.value = undefined
						refocus(at)
					}}
				/>
			)}
			{place.code !== undefined && typed.value === undefined && (
				<button
					type="button"
					class="quiet icon-only bench-clear"
					aria-label={say('bench.place.clear', { place: at + 1 })}
					onClick={onClear}
				>
					<Icon name="close" size={18} />
				</button>
			)}
			<Became row={row} place={place} />
		</li>
	)
}

const refocus = (at: number): void =>
	void requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-place="${at}"] .bench-slot`)?.focus())

const shortened = (value: string): string => (value.length > 28 ? `${value.slice(0, 27)}…` : value)

/** The code of a place: a button that takes what is carried, opens the search, or is dragged elsewhere. */
function Slot({ at, place, onPut, onClear, onMove, onGo, onType }: Props & { onType(first: string): void }) {
	const { code } = place
	const label = code === undefined ? undefined : (labelOf(code) ?? code)
	const press = (event: KeyboardEvent): void => {
		const { key, altKey, ctrlKey, metaKey } = event
		if (ctrlKey || metaKey) return
		const by = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : undefined
		if (by !== undefined && altKey) onMove(by)
		else if (by !== undefined) onGo(by)
		else if ((key === 'Delete' || key === 'Backspace') && code !== undefined) onClear()
		else if (key === 'Escape') carried.value = undefined
		else if (key.length === 1 && key !== ' ' && !altKey) onType(key)
		else return
		event.preventDefault()
	}
	return (
		<button
			type="button"
			class={code === undefined ? 'bench-slot is-free' : 'bench-slot'}
			aria-label={say(code === undefined ? 'bench.place.free.label' : 'bench.place.label', {
				place: at + 1,
				kind: place.kind,
				code: `${label} ${code}`,
			})}
			aria-keyshortcuts="Delete Alt+ArrowUp Alt+ArrowDown"
			onKeyDown={press}
			onPointerDown={(event) => {
				if (code !== undefined) carry(event, { code, label: label ?? code, from: at }, onPut)
			}}
			onClick={() => {
				if (carried.value) onPut(at, carried.value)
				else onType('')
			}}
		>
			{code === undefined ? (
				<span>{say('bench.place.free')}</span>
			) : (
				<>
					<span class="bench-code-label">{label}</span> <span class="hint mono">{code}</span>
				</>
			)}
		</button>
	)
}

/** What became of a place: the field of the reading with its value, or why it cannot be. */
function Became({ row, place }: { row: RegisterRow | undefined; place: Props['place'] }) {
	if (place.fits === false)
		return <p class="bench-became hint fault">{say('bench.place.misfit', { entry: place.entry ?? '', kind: place.kind })}</p>
	const reading = answer.value?.shown?.reading
	const fields = row?.fields.filter((field) => reading?.[field] !== undefined) ?? []
	if (!row || !reading || fields.length === 0) return null
	return (
		<p class="bench-became hint">
			{fields.map((field) => (
				<span key={field}>
					<span class="mono">{field}</span> = {valueText(reading[field])}
				</span>
			))}
		</p>
	)
}

type SearchProps = { codes: Code[]; kind: string; first: string; label: string; onPick(code: Code): void; onClose(): void }

/** Codes that are found by typing: arrows choose, Enter takes, Escape leaves. Those that fit the place come first. */
function Search({ codes, kind, first, label, onPick, onClose }: SearchProps) {
	const id = useId()
	const typed = useSignal(first)
	const active = useSignal(0)
	const input = useRef<HTMLInputElement>(null)
	// Before the next key: a fast typist loses none.
	useLayoutEffect(() => input.current?.focus(), [])
	const all = searched(codes, typed.value)
	const found = [...all.filter((code) => fits(code, kind)), ...all.filter((code) => !fits(code, kind))].slice(0, 8)
	const press = (event: KeyboardEvent): void => {
		const { key } = event
		const { length } = found
		if (key === 'ArrowDown' && length > 0) active.value = (active.value + 1) % length
		else if (key === 'ArrowUp' && length > 0) active.value = (active.value + length - 1) % length
		else if (key === 'Enter') {
			const code = found[active.value]
			if (code) onPick(code)
		} else if (key === 'Escape') onClose()
		else return
		event.preventDefault()
		event.stopPropagation()
	}
	return (
		<div
			class="bench-search"
			onFocusOut={(event) => {
				if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) onClose()
			}}
		>
			<input
				ref={input}
				role="combobox"
				aria-label={label}
				aria-expanded="true"
				aria-controls={`${id}-list`}
				aria-activedescendant={found.length > 0 ? `${id}-${active.value}` : undefined}
				aria-autocomplete="list"
				autocomplete="off"
				spellcheck={false}
				value={typed.value}
				onInput={(event) => {
					typed.value = event.currentTarget.value
					active.value = 0
				}}
				onKeyDown={press}
			/>
			<div role="listbox" id={`${id}-list`} aria-label={label} tabIndex={-1}>
				{found.map((code, at) => (
					// The keys are those of the input, which keeps the focus.
					<button
						type="button"
						key={code.code}
						id={`${id}-${at}`}
						role="option"
						tabIndex={-1}
						aria-selected={at === active.value}
						class={fits(code, kind) ? 'quiet' : 'quiet is-unfit'}
						onPointerDown={(event) => event.preventDefault()}
						onClick={() => onPick(code)}
					>
						<span class="bench-code-label">{code.label}</span>
						<span class="hint mono">{code.code}</span>
						{!fits(code, kind) && <span class="hint">{say('bench.place.unfit')}</span>}
					</button>
				))}
				{found.length === 0 && <p class="hint">{say('bench.search.none')}</p>}
			</div>
		</div>
	)
}
