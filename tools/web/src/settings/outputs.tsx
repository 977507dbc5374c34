import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { ConfigChange, OutputView } from '../api/flows.ts'
import { Failure, Switch } from '../parts/form.tsx'
import { useTask } from '../task.ts'
import { say, sayIf } from '../words/words.ts'
import { byUse } from './order.ts'
import { Undo, undoable } from './undo.tsx'

/** Switches for the conventions that readings are published by. */
export function OutputsSettings() {
	const task = useTask()
	const outputs = useSignal<OutputView[] | undefined>(undefined)
	const load = (): void =>
		void task.run(async () => {
			outputs.value = byUse((await call<{ outputs: OutputView[] }>('outputs')).outputs)
		})
	useEffect(load, [])
	const toggle = (name: string, enabled: boolean): void => {
		const set = (on: boolean) => {
			outputs.value = outputs.value?.map((one) => (one.name === name ? { ...one, enabled: on } : one))
		}
		set(enabled)
		void task
			.run(async () => undoable(await call<ConfigChange>(`outputs/${encodeURIComponent(name)}`, { method: 'PUT', body: { enabled } })))
			.then((well) => !well && set(!enabled))
	}
	return (
		<>
			<Undo onDone={load} />
			<section class="card">
				<h2>{say('outputs.title')}</h2>
				<p class="lead">{say('outputs.lead')}</p>
				<Failure error={task.error.value} />
				<div class="switches">
					{outputs.value?.map(({ name, title, description, enabled, status, errors = [] }) => (
						<Switch
							key={name}
							label={sayIf(`outputs.${name}.title`) ?? title}
							hint={sayIf(`outputs.${name}`) ?? description}
							checked={enabled}
							disabled={task.busy.value}
							onChange={(on) => toggle(name, on)}
						>
							{enabled && status !== undefined && status !== 'active' && <span class="hint fault">{status}</span>}
							{errors.map((finding) => (
								<span key={finding.message} class="hint fault">
									{`${finding.file}:${finding.line}: ${finding.message}`}
								</span>
							))}
						</Switch>
					))}
				</div>
			</section>
		</>
	)
}
