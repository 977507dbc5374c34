import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call, Refused } from '../api/client.ts'
import type { ConfigChange, OutputView } from '../api/flows.ts'
import { findingsOf } from '../failure.ts'
import { Failure, Form, Switch } from '../parts/form.tsx'
import { byUse } from '../settings/order.ts'
import { useTask } from '../task.ts'
import { say, sayIf } from '../words/words.ts'
import { brokerGiven, change, chosen, keys, name, needsBroker, newMeter, outputs, title, to, where } from './flow.ts'
import { Actions, Step } from './step.tsx'

/** Switches outputs on, shows what will be written, and takes it over. */
export function OutputsStep() {
	const task = useTask()
	const all = useSignal<OutputView[] | undefined>(undefined)
	useEffect(() => {
		call<{ outputs: OutputView[] }>('outputs').then(
			(answer) => {
				all.value = byUse(answer.outputs)
			},
			() => {
				all.value = []
			},
		)
	}, [])
	const save = (): void => {
		const meter = newMeter()
		if (!meter) return
		void task
			.run(async () => {
				change.value = await call<ConfigChange>('setup/meters', { method: 'POST', body: meter })
			})
			.then((done) => done && to('done'))
	}
	const toggle = (output: string, on: boolean): void => {
		const next = new Set(outputs.value)
		if (on) next.add(output)
		else next.delete(output)
		outputs.value = next
	}
	const error = task.error.value
	return (
		<Step title={say('outputs.title')} lead={say('outputs.lead')}>
			<Form onSubmit={save}>
				<div class="switches">
					{all.value?.map((one) => (
						<Switch
							key={one.name}
							label={sayIf(`outputs.${one.name}.title`) ?? one.title}
							hint={sayIf(`outputs.${one.name}`) ?? one.description}
							checked={one.enabled || outputs.value.has(one.name)}
							disabled={one.enabled}
							onChange={(on) => toggle(one.name, on)}
						/>
					))}
				</div>
				<Summary />
				<Failure error={error} />
				{findingsOf(error).map((finding) => (
					<p key={finding.message} class="hint fault">
						{finding.message} {finding.hint}
					</p>
				))}
				{error instanceof Refused && error.status === 409 && (
					<button type="button" onClick={() => to('name')}>
						{say('outputs.rename')}
					</button>
				)}
				<Actions next={say('outputs.save')} busy={task.busy.value} waits={newMeter() === undefined} />
			</Form>
		</Step>
	)
}

/** Shows what will be written, at a glance. */
function Summary() {
	const one = chosen.value
	if (!one) return null
	return (
		<dl class="facts tight summary">
			<div>
				<dt>{say('outputs.meter')}</dt>
				<dd>{title.value || name.value}</dd>
			</div>
			<div>
				<dt>{say('outputs.read')}</dt>
				<dd>{one.title}</dd>
			</div>
			<div>
				<dt>{say('outputs.topic')}</dt>
				<dd class="mono">{`cii/${name.value}/reading`}</dd>
			</div>
			{keys.value.encryption !== undefined && where.value !== 'mqtt' && (
				<div>
					<dt>{say('outputs.key')}</dt>
					<dd>{say('outputs.key.file')}</dd>
				</div>
			)}
			{needsBroker.value && (
				<div>
					<dt>{say('outputs.broker')}</dt>
					<dd>{brokerGiven()?.url ?? say('setup.broker.embedded')}</dd>
				</div>
			)}
		</dl>
	)
}
