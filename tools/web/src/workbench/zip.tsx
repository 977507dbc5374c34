import { useSignal } from '@preact/signals'
import { address, Refused } from '../api/client.ts'
import type { ApiError } from '../api/types.ts'
import { Failure } from '../parts/form.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { opened, text } from './state.ts'

const STEPS = ['bench.zip.look', 'bench.zip.readme', 'bench.zip.unpack', 'bench.zip.check', 'bench.zip.propose'] as const

/** Gives the profile as a zip for a contribution, and says what to do with it. */
export function Zip() {
	const task = useTask()
	const isDone = useSignal(false)
	const download = (): void =>
		void task.run(async () => {
			const { name } = opened.value ?? { name: '' }
			save(await zipOf(name, text.value), `${name}.zip`)
			isDone.value = true
		})
	const none = (opened.value?.samples.length ?? 0) === 0
	return (
		<div class="bench-zip">
			<p>{say('bench.zip.lead')}</p>
			{none && <p class="hint">{say('bench.zip.none')}</p>}
			<ol class="bench-steps">
				{STEPS.map((step) => (
					<li key={step}>{say(step, { name: opened.value?.name ?? '' })}</li>
				))}
			</ol>
			<Failure error={task.error.value} />
			<div class="actions">
				<button type="button" disabled={task.busy.value} onClick={download}>
					{say(task.busy.value ? 'form.busy' : 'bench.zip.download')}
				</button>
				<span role="status" class="good">
					{isDone.value && say('bench.zip.done')}
				</span>
			</div>
		</div>
	)
}

async function zipOf(name: string, profile: string): Promise<Blob> {
	const response = await fetch(address(`workbench/profiles/${encodeURIComponent(name)}/zip`), {
		method: 'POST',
		credentials: 'same-origin',
		headers: { accept: 'application/zip', 'content-type': 'application/json' },
		body: JSON.stringify({ text: profile }),
		signal: AbortSignal.timeout(60_000),
	}).catch(() => {
		throw new Refused(0, { code: 'unreachable', message: 'The server does not answer.' })
	})
	if (response.ok) return response.blob()
	throw new Refused(response.status, errorOf(await response.json().catch(() => undefined), response))
}

function errorOf(body: unknown, { status, statusText }: Response): ApiError {
	const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
	const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : statusText
	const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : `http-${status}`
	const hint = typeof error === 'object' && error !== null && 'hint' in error ? { hint: String(error.hint) } : {}
	return { code, message, ...hint }
}

/** Has the browser save bytes as a file. */
function save(bytes: Blob, file: string): void {
	const link = document.createElement('a')
	link.href = URL.createObjectURL(bytes)
	link.download = file
	link.click()
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
