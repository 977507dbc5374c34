import { useEffect, useRef } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { ConfigChange } from '../api/flows.ts'
import { ago, powerParts } from '../format.ts'
import { clock, connection, meterOf } from '../live.ts'
import { Failure } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { Problems } from '../parts/problems.tsx'
import { href } from '../router.ts'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { change, name, restart, title, to } from './flow.ts'
import { directionClass, directionText, powerOf, ReadingFacts } from './reading.tsx'
import { Step } from './step.tsx'

/** Shows the first reading live; the whole can be taken back. */
export function DoneStep() {
	const task = useTask()
	const meter = meterOf(name.value).value
	const began = useRef(clock.value)
	const hasReading = meter?.lastReading !== undefined
	const seconds = Math.max(0, Math.round((clock.value - began.current) / 1000))
	useEffect(() => {
		began.current = clock.value
	}, [])
	const undo = (): void => {
		void task
			.run(async () => {
				const { etag = '*' } = change.value ?? {}
				await call<ConfigChange>('config/undo', { method: 'POST', headers: { 'if-match': etag } })
				change.value = undefined
			})
			.then((done) => done && to('name'))
	}
	return (
		<Step title={hasReading ? say('done.title', { name: title.value || name.value }) : say('done.waiting')}>
			<div role="status">
				{hasReading ? <First state={meter.state} received={meter.lastReading ?? ''} /> : <Waiting seconds={seconds} />}
			</div>
			{meter && meter.problems.length > 0 && <Problems problems={meter.problems} />}
			<Failure error={task.error.value} />
			<div class="actions spread">
				<a class="button main" href={hasReading ? href('meter', name.value) : href('now')}>
					{say(hasReading ? 'done.meter' : 'done.now')}
				</a>
				<button type="button" onClick={restart}>
					{say('done.another')}
				</button>
				<button type="button" class="quiet" disabled={task.busy.value || change.value === undefined} onClick={undo}>
					{say('done.undo')}
				</button>
			</div>
			<p class="hint">{say('done.kept')}</p>
		</Step>
	)
}

function Waiting({ seconds }: { seconds: number }) {
	return (
		<div class="progress is-listening">
			<div class="progress-head">
				<span class="pulse" aria-hidden="true" />
				<p class="progress-text">
					<strong>{connection.value === 'live' ? say('done.listening') : say('done.restarting')}</strong>
				</p>
				<span class="faint small seconds" aria-hidden="true">
					{seconds} s
				</span>
			</div>
		</div>
	)
}

function First({ state, received }: { state: Record<string, unknown>; received: string }) {
	const net = powerOf(state)
	const parts = net === undefined ? undefined : powerParts(net)
	return (
		<div class="first">
			{parts && net !== undefined && (
				<p class={`first-power ${directionClass(net)}`}>
					{net !== 0 && <Icon name={net < 0 ? 'up' : 'down'} size={40} />}
					<span class="first-digits">{parts.digits}</span>
					<span class="first-unit">{parts.unit}</span>
				</p>
			)}
			{net !== undefined && (
				<p class="faint">
					{directionText(net)} · {ago(received)}
				</p>
			)}
			<ReadingFacts
				reading={net === undefined ? state : Object.fromEntries(Object.entries(state).filter(([key]) => !key.startsWith('power')))}
			/>
		</div>
	)
}
