import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { KeysGiven, ProfileEntry, SourceGiven, WorkbenchProfile } from '../api/types.ts'
import { allMeters, isOff, titleOf } from '../live.ts'
import { Field, Form, Secret } from '../parts/form.tsx'
import { say } from '../words/words.ts'
import { sourceOfFile } from './dropped.ts'
import { following } from './source-now.ts'
import { name, opened, setSource } from './state.ts'

/** Ways to choose telegrams: a running meter, a recording, or text and files of elsewhere. */
export function Chooser({ onChosen }: { onChosen(): void }) {
	const choose = (from: SourceGiven): void => {
		following.value = true
		setSource(from)
		onChosen()
	}
	return (
		<div class="chooser">
			<Meters onChoose={choose} />
			<Recordings onChoose={choose} />
			<Paste onChoose={choose} />
		</div>
	)
}

type Choose = { onChoose(from: SourceGiven): void }

function Meters({ onChoose }: Choose) {
	const running = allMeters().filter((meter) => !isOff(meter))
	if (running.length === 0) return null
	return (
		<section>
			<h3>{say('panes.meters')}</h3>
			<div class="chips">
				{running.map((meter) => (
					<button key={meter.name} type="button" class="chip" onClick={() => onChoose({ meter: meter.name })}>
						{titleOf(meter.name)}
					</button>
				))}
			</div>
		</section>
	)
}

/** The recordings of the profile that is open, or of another one. */
function Recordings({ onChoose }: Choose) {
	const id = useId()
	const profiles = useSignal<ProfileEntry[]>([])
	const of = useSignal(name.value)
	const samples = useSignal<string[]>(opened.value?.samples ?? [])
	useEffect(() => {
		const stop = new AbortController()
		call<{ profiles: ProfileEntry[] }>('profiles', { signal: stop.signal }).then(
			(list) => {
				profiles.value = list.profiles.filter((one) => one.samples)
			},
			() => undefined,
		)
		return () => stop.abort()
	}, [])
	useEffect(() => {
		if (of.value === '' || of.value === name.value) {
			samples.value = opened.value?.samples ?? []
			return undefined
		}
		const stop = new AbortController()
		call<WorkbenchProfile>(`workbench/profiles/${encodeURIComponent(of.value)}`, { signal: stop.signal }).then(
			(found) => {
				samples.value = found.samples
			},
			() => undefined,
		)
		return () => stop.abort()
	}, [of.value, opened.value])
	return (
		<section>
			<h3>
				<label for={id}>{say('panes.recordings')}</label>
			</h3>
			<select id={id} value={of.value} onChange={(event) => (of.value = event.currentTarget.value)}>
				{of.value === '' && <option value="">{say('panes.pick')}</option>}
				{name.value !== '' && !profiles.value.some((one) => one.name === name.value) && <option value={name.value}>{name.value}</option>}
				{profiles.value.map((one) => (
					<option key={one.name} value={one.name}>
						{one.title || one.name}
					</option>
				))}
			</select>
			{of.value !== '' && (
				<div class="chips">
					{samples.value.map((sample) => (
						<button key={sample} type="button" class="chip" onClick={() => onChoose({ profile: of.value, sample })}>
							{sample}
						</button>
					))}
					{samples.value.length === 0 && <p class="faint small">{say('panes.noRecordings')}</p>}
				</div>
			)}
		</section>
	)
}

/** Text of elsewhere, or a file; keys stay in the page's memory. */
function Paste({ onChoose }: Choose) {
	const id = useId()
	const text = useSignal('')
	const topic = useSignal('')
	const encryption = useSignal('')
	const authentication = useSignal('')
	const isJson = /^\s*[[{]/.test(text.value) && !/^\s*\{\s*"capture"/.test(text.value)
	const keys: KeysGiven = {
		...(encryption.value !== '' && { encryption: encryption.value.replace(/\s/g, '') }),
		...(authentication.value !== '' && { authentication: authentication.value.replace(/\s/g, '') }),
	}
	const given = (of: { text: string; name?: string }): SourceGiven => ({
		...of,
		...(isJson && topic.value !== '' && { topic: topic.value }),
		...(Object.keys(keys).length > 0 && { keys }),
	})
	return (
		<Form
			class="paste"
			onSubmit={() => {
				if (text.value.trim() !== '') onChoose(given({ text: hexOnly(text.value) }))
			}}
		>
			<h3>
				<label for={id}>{say('panes.paste')}</label>
			</h3>
			<textarea
				id={id}
				class="mono"
				rows={4}
				spellcheck={false}
				aria-describedby={`${id}-hint`}
				value={text.value}
				onInput={(event) => (text.value = event.currentTarget.value)}
			/>
			<p id={`${id}-hint`} class="hint">
				{say('panes.pasteHint')}
			</p>
			{isJson && <Field label={say('panes.topic')} value={topic.value} onInput={(value) => (topic.value = value)} mono />}
			<details class="own">
				<summary>{say('panes.keys')}</summary>
				<Secret
					label={say('panes.encryption')}
					hint={say('panes.keysHint')}
					value={encryption.value}
					onInput={(value) => (encryption.value = value)}
					mono
				/>
				<Secret label={say('panes.authentication')} value={authentication.value} onInput={(value) => (authentication.value = value)} mono />
			</details>
			<div class="actions">
				<button type="submit" class="main" disabled={text.value.trim() === ''}>
					{say('panes.show')}
				</button>
				<label class="button file">
					{say('panes.file')}
					<input
						type="file"
						class="hidden-text"
						onChange={(event) => {
							const file = event.currentTarget.files?.[0]
							if (file) void sourceOfFile(file).then((of) => onChoose(given(of)))
						}}
					/>
				</label>
			</div>
		</Form>
	)
}

/** Hex digits without what stands between them, so that an address has room for them; all else as it is. */
function hexOnly(text: string): string {
	const digits = text.replace(/[\s:,-]|0x/gi, '')
	return /^([\da-f]{2})+$/i.test(digits) ? digits : text
}
