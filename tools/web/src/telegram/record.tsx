import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { address, call } from '../api/client.ts'
import { number } from '../format.ts'
import { Failure } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { usePolling, useTask } from '../task.ts'
import { say } from '../words/words.ts'

const SECONDS = 60

/** Records a minute of the meter for a bug report: anonymized by the server, downloaded from there. */
export function Record({ meter }: { meter: string }) {
	const task = useTask()
	const id = useSignal<string | undefined>(undefined)
	const remaining = useSignal(0)
	const ready = useSignal(false)
	const failure = useSignal<unknown>(undefined)
	const begin = (): void => {
		ready.value = false
		failure.value = undefined
		void task.run(async () => {
			const path = `meters/${encodeURIComponent(meter)}/recording`
			const answer = await call<{ id: string }>(path, { method: 'POST', body: { seconds: SECONDS } })
			remaining.value = SECONDS
			id.value = answer.id
		})
	}
	usePolling(
		async (signal) => {
			if (id.value === undefined || ready.value) return false
			try {
				const answer = await call<{ remaining?: number } | undefined>(`recordings/${encodeURIComponent(id.value)}`, { signal })
				if (answer?.remaining === undefined) ready.value = true
				else remaining.value = answer.remaining
			} catch (reason) {
				if (signal.aborted) return false
				failure.value = reason
				id.value = undefined
			}
			return !ready.value && id.value !== undefined
		},
		1000,
		id.value,
	)
	const end = (): void => {
		const { value } = id
		id.value = undefined
		ready.value = false
		if (value !== undefined) void call(`recordings/${encodeURIComponent(value)}`, { method: 'DELETE' }).catch(() => undefined)
	}
	useEffect(() => end, [meter])
	const runs = id.value !== undefined && !ready.value
	return (
		<section class="card record">
			<h2>{say('rec.title')}</h2>
			<p class="faint small">{say('rec.lead')}</p>
			<div role="status">
				{runs && (
					<>
						<progress max={SECONDS} value={SECONDS - remaining.value} aria-label={say('rec.runs')} />
						<p class="small">{say('rec.remaining', { seconds: number(remaining.value, 0, 's') })}</p>
					</>
				)}
				{ready.value && id.value !== undefined && (
					<a class="button main" href={address(`recordings/${encodeURIComponent(id.value)}`)} download={`${meter}.capture.jsonl`}>
						<Icon name="download" size={20} />
						{say('rec.download')}
					</a>
				)}
			</div>
			<Failure error={failure.value ?? task.error.value} />
			<div class="actions">
				{runs || ready.value ? (
					<button type="button" class="quiet" onClick={end}>
						{say(runs ? 'form.cancel' : 'rec.delete')}
					</button>
				) : (
					<button type="button" disabled={task.busy.value} onClick={begin}>
						{say('rec.begin')}
					</button>
				)}
			</div>
		</section>
	)
}
