import { useSignal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { Draft, ProfileEntry } from '../api/types.ts'
import { Failure, Field, Form } from '../parts/form.tsx'
import { href } from '../router.ts'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { begin, openDraft } from './file.ts'
import { freeName, judgeName, LONGEST_NAME } from './naming.ts'

/** A new profile with nothing in it but its name. */
export function FromEmpty({ profiles }: { profiles: ProfileEntry[] }) {
	const task = useTask()
	const name = useSignal(freeName('my-meter', profiles))
	const start = (): void =>
		void task.run(async () => {
			const draft = await call<Draft>('workbench/drafts', { method: 'POST', body: { name: name.value, from: 'empty' } })
			begin(name.value, draft.text, undefined)
			openDraft(name.value, undefined)
		})
	return (
		<Form onSubmit={start} class="bench-form">
			<NameField profiles={profiles} value={name.value} onInput={(next) => (name.value = next)} />
			<Failure error={task.error.value} />
			<Go busy={task.busy.value} waits={!isGood(name.value, profiles)}>
				{say('bench.begin.go')}
			</Go>
		</Form>
	)
}

/** Whether a profile may be begun with a name. */
export const isGood = (name: string, profiles: readonly ProfileEntry[]): boolean =>
	name !== '' && judgeName(name, profiles).fault === undefined

/** The name of a new profile: what is wrong with it, or what it means, is said while one types. */
export function NameField({ profiles, value, onInput }: { profiles: ProfileEntry[]; value: string; onInput(value: string): void }) {
	const { fault, note, taken } = judgeName(value, profiles)
	return (
		<div class="bench-name">
			<Field
				label={say('bench.name')}
				mono
				value={value}
				fault={fault}
				hint={note ?? say('bench.name.hint')}
				maxLength={LONGEST_NAME + 1}
				onInput={onInput}
			/>
			{taken && (
				<a class="button" href={href('workbench', value)}>
					{say('bench.name.open')}
				</a>
			)}
		</div>
	)
}

/** The button that goes on. */
export function Go({ busy, waits = false, children }: { busy: boolean; waits?: boolean; children: string }) {
	return (
		<div class="actions">
			<button type="submit" class="main" disabled={busy || waits} aria-busy={busy}>
				{busy ? say('form.busy') : children}
			</button>
		</div>
	)
}
