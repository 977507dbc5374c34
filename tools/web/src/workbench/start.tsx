import '../style/form.css'
import '../style/bench.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { ProfileEntry } from '../api/types.ts'
import { when } from '../format.ts'
import { Cards, Failure } from '../parts/form.tsx'
import { href, route } from '../router.ts'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { NO_PROFILE } from './address.ts'
import { keptDrafts } from './drafts.ts'
import { FromEmpty } from './from-empty.tsx'
import { FromRecording } from './from-recording.tsx'
import { FromShipped } from './from-shipped.tsx'
import { failure, source } from './state.ts'

type Way = 'recording' | 'shipped' | 'empty'

/** How to come to a profile: open one's own, or begin a new one from telegrams, from a shipped one, or empty. */
export function Start() {
	const task = useTask()
	const profiles = useSignal<ProfileEntry[] | undefined>(undefined)
	const way = useSignal<Way | undefined>(undefined)
	const wanted = useSignal('')
	const load = (): void =>
		void task.run(async () => {
			profiles.value = (await call<{ profiles: ProfileEntry[] }>('profiles')).profiles
		})
	useEffect(load, [])
	const all = profiles.value
	const chosen = way.value ?? (source.value ? 'recording' : undefined)
	const [, opening = NO_PROFILE] = route.value.parts
	// A profile is on its way.
	if (opening !== NO_PROFILE && failure.value === undefined) return <p class="faint">{say('app.loading')}</p>
	return (
		<div class="bench-start">
			<Failure error={task.error.value} />
			{all && !source.value && <Own profiles={all} />}
			<section class="card bench-begin">
				<h2>{say('bench.begin')}</h2>
				<p class="lead">{say('bench.begin.lead')}</p>
				<Cards<Way>
					legend={say('bench.begin')}
					name="way"
					value={chosen}
					onPick={(next) => (way.value = next)}
					options={(['recording', 'shipped', 'empty'] as const).map((value) => ({
						value,
						label: say(`bench.begin.${value}`),
						hint: say(`bench.begin.${value}.hint`),
					}))}
				/>
				{all && chosen === 'recording' && (
					<FromRecording
						profiles={all}
						onExtend={(name) => {
							wanted.value = name
							way.value = 'shipped'
						}}
					/>
				)}
				{all && chosen === 'shipped' && <FromShipped profiles={all} wanted={wanted.value} />}
				{all && chosen === 'empty' && <FromEmpty profiles={all} />}
			</section>
			{/* With telegrams at hand, a new profile is what one comes for. */}
			{all && source.value && <Own profiles={all} />}
		</div>
	)
}

/** The visitor's own profiles, and drafts that are on no disk yet. */
function Own({ profiles }: { profiles: ProfileEntry[] }) {
	const own = profiles.filter(({ source: from }) => from === 'own')
	const known = new Set(own.map(({ name }) => name))
	const drafts = keptDrafts()
	const kept = new Map(drafts.map(({ name, at }) => [name, at]))
	const fresh = drafts.filter(({ name }) => !known.has(name))
	if (own.length + fresh.length === 0) return null
	return (
		<section class="card">
			<h2>{say('bench.own')}</h2>
			<ul class="bench-own">
				{own.map(({ name, title, status }) => (
					<li key={name}>
						<a class="bench-open" href={href('workbench', name)}>
							<span class="option-title">{title}</span>
							<span class="hint mono">{name}</span>
						</a>
						<span class="bench-marks">
							{status && <span class={`bench-mark is-${status}`}>{say(`bench.status.${status}`)}</span>}
							{kept.has(name) && <span class="bench-mark">{say('bench.draft', { time: when(kept.get(name) ?? 0) })}</span>}
						</span>
					</li>
				))}
				{fresh.map(({ name, at }) => (
					<li key={name}>
						<a class="bench-open" href={href('workbench', name)}>
							<span class="option-title mono">{name}</span>
						</a>
						<span class="bench-marks">
							<span class="bench-mark">{say('bench.draft', { time: when(at) })}</span>
						</span>
					</li>
				))}
			</ul>
		</section>
	)
}
