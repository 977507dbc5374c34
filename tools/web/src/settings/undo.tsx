import { signal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { ConfigChange } from '../api/flows.ts'
import { Failure } from '../parts/form.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'

/** The last change of this page that can be taken back. */
const last = signal<ConfigChange | undefined>(undefined)

/** Remembers a change, and gives it. */
export function undoable(change: ConfigChange): ConfigChange {
	last.value = change
	return change
}

/** Offers to take the last change back. */
export function Undo({ onDone }: { onDone?: () => void }) {
	const task = useTask()
	const { value: change } = last
	if (!change) return null
	const undo = (): void => {
		void task
			.run(async () => {
				await call<ConfigChange>('config/undo', { method: 'POST', headers: { 'if-match': change.etag } })
				last.value = undefined
			})
			.then((well) => well && onDone?.())
	}
	return (
		<div class="notice undo">
			<span role="status">{change.applied ? say('set.changed') : say('set.changed.later')}</span>
			<Failure error={task.error.value} />
			<button type="button" class="quiet" disabled={task.busy.value} onClick={undo}>
				{say('set.undo')}
			</button>
		</div>
	)
}
