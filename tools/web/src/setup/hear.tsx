import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Heard, HeardAdapter } from '../api/flows.ts'
import { Cards, Failure, Form } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { ProblemNote } from '../parts/problems.tsx'
import { href } from '../router.ts'
import { usePolling, useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { brokerGiven, choice, chosen, heard, keyOf, move, name } from './flow.ts'
import { ReadingFacts } from './reading.tsx'
import { Actions, Step } from './step.tsx'

/** Listens at the broker for adapters of known kinds. */
export function HearStep() {
	const task = useTask()
	const round = useSignal(0)
	const begin = (): void => {
		const mqtt = brokerGiven()
		void task.run(async () => {
			heard.value = await call<Heard>('setup/heard', { method: 'POST', body: { seconds: 60, ...(mqtt && { mqtt }) } })
			round.value++
		})
	}
	useEffect(() => {
		if (!heard.value) begin()
	}, [])
	usePolling(
		async (signal) => {
			const now = heard.value
			if (now?.state !== 'listening') return false
			heard.value = await call<Heard>(`setup/heard/${encodeURIComponent(now.id)}`, { signal })
			return true
		},
		1000,
		round.value,
	)
	const now = heard.value
	const all = now?.heard ?? []
	const isOver = now?.state === 'ended' || now?.state === 'failed' || task.error.value !== undefined
	return (
		<Step title={say('setup.hear')} lead={say('setup.hear.lead', { broker: brokerText() })}>
			<Form onSubmit={() => chosen.value && move(1)}>
				<div class={`progress is-${all.length > 0 ? 'reading' : (now?.state ?? 'listening')}`}>
					<div class="progress-head">
						<span class={isOver || all.length > 0 ? 'pulse still' : 'pulse'} aria-hidden="true">
							{(isOver || all.length > 0) && <Icon name={all.length > 0 ? 'check' : 'warning'} size={20} />}
						</span>
						<p class="progress-text" role="status">
							<strong>
								{all.length > 0 ? say('setup.heard', { count: all.length }) : say(isOver ? 'setup.heard.none' : 'setup.hearing')}
							</strong>
						</p>
					</div>
				</div>
				<Failure error={task.error.value} />
				{now?.problem && (
					<div class="failure">
						<ProblemNote problem={now.problem} />
					</div>
				)}
				{all.length > 0 && <Adapters adapters={all} />}
				{isOver && all.length === 0 && <p class="faint">{say('setup.heard.none.hint')}</p>}
				<Actions next={all.length > 0 ? say('setup.next') : undefined}>
					{isOver && (
						<button type="button" class={all.length > 0 ? 'quiet' : ''} disabled={task.busy.value} onClick={begin}>
							{say('setup.again')}
						</button>
					)}
				</Actions>
			</Form>
		</Step>
	)
}

const brokerText = () => brokerGiven()?.url ?? say('setup.broker.own')

function Adapters({ adapters }: { adapters: HeardAdapter[] }) {
	return (
		<Cards
			legend={say('setup.found')}
			name="adapter"
			value={chosen.value && keyOf(chosen.value)}
			onPick={(value) => {
				choice.value = value
				name.value = ''
			}}
			options={adapters.map((one) => ({
				value: keyOf(one),
				label: one.device === undefined ? one.title : `${one.title} ${one.device}`,
				hint: `${one.topic} · ${say('setup.messages', { count: one.messages })}`,
				more:
					one === chosen.value ? (
						<>
							{one.reading && <ReadingFacts reading={one.reading} />}
							<a class="hint" href={href('kind', one.profile)} target="_blank" rel="noreferrer">
								{say('kind.more')}
							</a>
						</>
					) : undefined,
			}))}
		/>
	)
}
