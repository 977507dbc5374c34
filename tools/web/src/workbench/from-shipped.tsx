import { useSignal } from '@preact/signals'
import { applyEdits, modify, parse } from 'jsonc-parser'
import { call } from '../api/client.ts'
import type { Draft, ProfileEntry, WorkbenchProfile } from '../api/types.ts'
import { Cards, Choice, Failure, Field, Form } from '../parts/form.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { begin, openDraft } from './file.ts'
import { Go, isGood, NameField } from './from-empty.tsx'
import { freeName } from './naming.ts'

/** Profiles that are shown at a time. */
const SHOWN = 6

/** A profile that stands on a shipped one: it extends it, or begins as a copy. `wanted`: one that was chosen elsewhere. */
export function FromShipped({ profiles, wanted }: { profiles: ProfileEntry[]; wanted: string }) {
	const task = useTask()
	const search = useSignal('')
	const picked = useSignal(wanted)
	const how = useSignal<'extends' | 'copy'>('extends')
	const name = useSignal(wanted === '' ? '' : freeName(`${wanted}-mine`, profiles))
	const isNamed = useSignal(false)
	const found = profiles.filter((one) => matches(one, search.value))
	const shown = found.slice(0, SHOWN)
	const chosen = profiles.find((one) => one.name === picked.value)
	if (chosen && !shown.includes(chosen)) shown.unshift(chosen)
	const start = (): void => {
		if (!chosen) return
		void task.run(async () => {
			const original = await call<WorkbenchProfile>(`workbench/profiles/${encodeURIComponent(chosen.name)}`)
			const [sample] = original.samples
			const source = sample === undefined ? undefined : { profile: chosen.name, sample }
			begin(
				name.value,
				how.value === 'copy' ? copyOf(original, name.value, await schemaFor(name.value)) : await childOf(chosen, name.value),
				source,
			)
			openDraft(name.value, source)
		})
	}
	return (
		<Form onSubmit={start} class="bench-form">
			<Field
				label={say('bench.search')}
				type="search"
				value={search.value}
				placeholder={say('bench.search.example')}
				onInput={(next) => (search.value = next)}
			/>
			{shown.length === 0 && <p role="status">{say('bench.search.none')}</p>}
			<Cards
				legend={say('bench.begin.shipped')}
				name="shipped"
				value={picked.value}
				onPick={(next) => {
					picked.value = next
					if (!isNamed.value) name.value = freeName(`${next}-mine`, profiles)
				}}
				options={shown.map((one) => ({ value: one.name, label: one.title, hint: aboutOf(one) }))}
			/>
			{found.length > SHOWN && <p class="faint small">{say('bench.search.more', { count: found.length - SHOWN })}</p>}
			{chosen && (
				<>
					<Choice
						legend={say('bench.how')}
						name="how"
						value={how.value}
						onPick={(next) => (how.value = next)}
						options={[
							['extends', say('bench.how.extends')],
							['copy', say('bench.how.copy')],
						]}
					/>
					<p class="hint">{say(`bench.how.${how.value}.hint`)}</p>
					<NameField
						profiles={profiles}
						value={name.value}
						onInput={(next) => {
							name.value = next
							isNamed.value = true
						}}
					/>
				</>
			)}
			<Failure error={task.error.value} />
			<Go busy={task.busy.value} waits={!chosen || !isGood(name.value, profiles)}>
				{say('bench.begin.go')}
			</Go>
		</Form>
	)
}

const aboutOf = ({ name, operator, manufacturer, model, country }: ProfileEntry): string =>
	[name, operator, [manufacturer, model].filter(Boolean).join(' '), country].filter(Boolean).join(' · ')

/** Whether a profile has all the words of a search: in its names, its maker, its operator or its country. */
function matches(profile: ProfileEntry, search: string): boolean {
	const text = plain(`${aboutOf(profile)} ${profile.title}`)
	return plain(search)
		.split(/\s+/)
		.every((word) => text.includes(word))
}

const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

async function childOf(parent: ProfileEntry, name: string): Promise<string> {
	const body = { name, from: 'extends', extends: parent.name }
	return (await call<Draft>('workbench/drafts', { method: 'POST', body })).text
}

/** Gives the path of the schema, from where a profile of this name is saved. */
async function schemaFor(name: string): Promise<string | undefined> {
	const { text } = await call<Draft>('workbench/drafts', { method: 'POST', body: { name, from: 'empty' } })
	const empty: unknown = parse(text)
	return typeof empty === 'object' && empty !== null && '$schema' in empty ? String(empty.$schema) : undefined
}

/** The text of a profile under another name; the recordings of the first go on proving it. */
function copyOf({ name: from, text, samples }: WorkbenchProfile, name: string, schema: string | undefined): string {
	const format = { formattingOptions: { insertSpaces: true, tabSize: 2 } }
	const renamed = applyEdits(text, modify(text, ['profile'], name, format))
	const named = /"\$schema"/.test(renamed) ? applyEdits(renamed, modify(renamed, ['$schema'], schema, format)) : renamed
	if (samples.length === 0 || name === from || /"samples"\s*:/.test(named)) return named
	return applyEdits(named, modify(named, ['samples'], [from], format))
}
