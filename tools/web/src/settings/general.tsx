import { useSignal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { ProcessAnswer } from '../api/flows.ts'
import { number, when } from '../format.ts'
import { broker, connection, mayChange, session } from '../live.ts'
import { Choice } from '../parts/form.tsx'
import { usePolling } from '../task.ts'
import { setTheme, type Theme, theme } from '../theme.ts'
import { LANGUAGES, type Language, language, say, speak } from '../words/words.ts'

/** How the page looks and speaks in this browser, and what runs. */
export function General() {
	return (
		<>
			<section class="card">
				<h2>{say('set.page')}</h2>
				<div class="field">
					<span class="field-label">{say('app.theme')}</span>
					<Choice<Theme>
						legend={say('app.theme')}
						name="theme"
						value={theme.value}
						onPick={setTheme}
						options={[
							['system', say('app.theme.system')],
							['light', say('app.theme.light')],
							['dark', say('app.theme.dark')],
						]}
					/>
				</div>
				<label class="field">
					<span class="field-label">{say('app.language')}</span>
					<select value={language.value} onChange={(event) => void speak(event.currentTarget.value as Language, { chosen: true })}>
						{Object.entries(LANGUAGES).map(([tag, name]) => (
							<option key={tag} value={tag} lang={tag}>
								{name}
							</option>
						))}
					</select>
				</label>
				<p class="hint">{say('set.page.hint')}</p>
			</section>
			<Process />
		</>
	)
}

function Process() {
	const answer = useSignal<ProcessAnswer['process'] | undefined>(undefined)
	usePolling(
		async (signal) => {
			if (!mayChange() && session.value?.rights !== 'look') return false
			answer.value = (await call<ProcessAnswer>('diagnostics', { signal })).process
			return true
		},
		5000,
		'process',
	)
	const { value: now } = answer
	const { connected = false, url, embedded } = broker.value ?? {}
	return (
		<section class="card">
			<h2>{say('set.process')}</h2>
			<dl class="facts">
				<div>
					<dt>{say('set.version')}</dt>
					<dd>{session.value?.version ?? '–'}</dd>
				</div>
				{now && (
					<>
						<div>
							<dt>{say('set.since')}</dt>
							<dd>{when(now.since)}</dd>
						</div>
						<div>
							<dt>{say('set.memory')}</dt>
							<dd>{number(now.memory / 1_048_576, 0, 'MB')}</dd>
						</div>
						{now.cpu !== undefined && (
							<div>
								<dt>{say('set.cpu')}</dt>
								<dd>{number(now.cpu * 100, 1, '%')}</dd>
							</div>
						)}
					</>
				)}
				<div>
					<dt>{say('set.broker')}</dt>
					<dd>
						<span class={`badge ${connected ? 'online' : 'silent'}`}>
							{connection.value === 'live' ? say(connected ? 'set.connected' : 'set.away') : '–'}
						</span>
						<br />
						<span class="faint small">{embedded ? say('setup.broker.embedded') : url}</span>
					</dd>
				</div>
			</dl>
		</section>
	)
}
