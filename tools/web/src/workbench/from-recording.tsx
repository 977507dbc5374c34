import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Draft, ProfileEntry, SourceGiven } from '../api/types.ts'
import { allMeters, titleOf } from '../live.ts'
import { Cards, Failure, Form, Secret } from '../parts/form.tsx'
import { keyDigits } from '../setup/flow.ts'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { begin, openDraft } from './file.ts'
import { Go, isGood, NameField } from './from-empty.tsx'
import { freeName } from './naming.ts'
import { Similar } from './similar.tsx'
import { source } from './state.ts'

/** Bytes of the longest file that is taken. */
const LARGEST = 1024 * 1024

type Props = { profiles: ProfileEntry[]; onExtend(name: string): void }

/** A profile of what a meter has sent: a profile that reads it already is offered first. */
export function FromRecording({ profiles, onExtend }: Props) {
	const task = useTask()
	const shown = source.value
	const picked = useSignal<string | undefined>(undefined)
	// Where there is nothing else, what is pasted is chosen already.
	const from = picked.value ?? (shown ? 'shown' : allMeters().length === 0 ? 'pasted' : '')
	const found = useRef<HTMLDivElement>(null)
	const pasted = useSignal<{ text: string; name?: string }>({ text: '' })
	const key = useSignal('')
	const name = useSignal(freeName('my-meter', profiles))
	const draft = useSignal<Draft | undefined>(undefined)
	const given = sourceOf(from, shown, pasted.value, key.value)
	const ask = (): Promise<Draft> =>
		call<Draft>('workbench/drafts', { method: 'POST', body: { name: name.value, from: 'recording', source: given } })
	const forget = (): void => {
		draft.value = undefined
		task.error.value = undefined
	}
	// Other telegrams are shown now.
	useEffect(forget, [shown])
	// What was found is seen without scrolling.
	useEffect(() => {
		if (draft.value) found.current?.scrollIntoView({ block: 'nearest' })
	}, [draft.value])
	const look = (): void =>
		void task.run(async () => {
			draft.value = await ask()
		})
	const start = (): void =>
		void task.run(async () => {
			const { text } = draft.value?.name === name.value ? draft.value : await ask()
			begin(name.value, text, given)
			openDraft(name.value, given)
		})
	return (
		<Form onSubmit={draft.value ? start : look} class="bench-form">
			<Cards
				legend={say('bench.from')}
				name="from"
				value={from}
				onPick={(next) => {
					picked.value = next
					forget()
				}}
				options={[
					...(shown ? [{ value: 'shown', label: say('bench.from.shown'), hint: nameOfSource(shown) }] : []),
					...allMeters().map((meter) => ({ value: `meter ${meter.name}`, label: titleOf(meter.name), hint: say('bench.from.meter') })),
					{ value: 'pasted', label: say('bench.from.pasted'), hint: say('bench.from.pasted.hint') },
				]}
			/>
			{from === 'pasted' && (
				<Pasted
					value={pasted.value}
					keyText={key.value}
					onInput={(next) => {
						pasted.value = next
						forget()
					}}
					onKey={(next) => {
						key.value = next
						forget()
					}}
				/>
			)}
			<Failure error={task.error.value} />
			{!draft.value && (
				<Go busy={task.busy.value} waits={!given}>
					{say('bench.look')}
				</Go>
			)}
			{draft.value && (
				<div ref={found} class="bench-form">
					<Similar draft={draft.value} given={given} onExtend={onExtend} />
					<Notes notes={draft.value.notes ?? []} />
					<NameField profiles={profiles} value={name.value} onInput={(next) => (name.value = next)} />
					<Go busy={task.busy.value} waits={!isGood(name.value, profiles)}>
						{say(draft.value.similar?.length ? 'bench.begin.nevertheless' : 'bench.begin.go')}
					</Go>
				</div>
			)}
		</Form>
	)
}

function sourceOf(
	from: string,
	shown: SourceGiven | undefined,
	{ text, name }: { text: string; name?: string },
	key: string,
): SourceGiven | undefined {
	if (from === 'shown') return shown
	if (from.startsWith('meter ')) return { meter: from.slice('meter '.length) }
	if (from !== 'pasted' || text.trim() === '') return undefined
	const digits = keyDigits(key)
	return { text, ...(name !== undefined && { name }), ...(digits !== '' && { keys: { encryption: digits } }) }
}

function nameOfSource(given: SourceGiven): string {
	if ('meter' in given) return titleOf(given.meter)
	if ('sample' in given) return `${given.profile}: ${given.sample}`
	return given.name ?? say('bench.from.pasted')
}

type PastedProps = {
	value: { text: string; name?: string }
	keyText: string
	onInput(value: { text: string; name?: string }): void
	onKey(key: string): void
}

/** Telegrams from a file or the clipboard, and the key that opens them. */
function Pasted({ value, keyText, onInput, onKey }: PastedProps) {
	const fault = useSignal<string | undefined>(undefined)
	const take = async (file: File | undefined): Promise<void> => {
		if (!file) return
		fault.value = file.size > LARGEST ? say('bench.file.large') : undefined
		if (fault.value === undefined) onInput({ text: await file.text(), name: file.name })
	}
	return (
		<>
			<div class="bench-file">
				<label class="button">
					{say('bench.file')}
					<input type="file" class="hidden-text" onChange={(event) => void take(event.currentTarget.files?.[0])} />
				</label>
				<span class={fault.value === undefined ? 'hint' : 'hint fault'} role="status">
					{fault.value ?? value.name ?? say('bench.file.hint')}
				</span>
			</div>
			<label class="field">
				<span class="field-label">{say('bench.paste')}</span>
				<textarea
					class="mono"
					rows={5}
					spellcheck={false}
					value={value.text.length > 20_000 ? '' : value.text}
					placeholder={value.text.length > 20_000 ? value.name : '7E A0 8B CE FF 03 13 …'}
					onInput={(event) => onInput({ text: event.currentTarget.value })}
				/>
			</label>
			<Secret label={say('bench.key')} hint={say('bench.key.hint')} mono value={keyText} onInput={onKey} />
		</>
	)
}

/** What the draft assumes. */
function Notes({ notes }: { notes: string[] }) {
	if (notes.length === 0) return null
	return (
		<section class="bench-notes" aria-label={say('bench.notes')}>
			<h3>{say('bench.notes')}</h3>
			<ul>
				{notes.map((note) => (
					<li key={note}>{note}</li>
				))}
			</ul>
		</section>
	)
}
