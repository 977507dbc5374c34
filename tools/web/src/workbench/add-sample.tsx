import { useSignal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { SamplesChanged } from '../api/types.ts'
import { Choice, Failure, Field, Form } from '../parts/form.tsx'
import { nameOf } from '../setup/flow.ts'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { answer, opened, source, text } from './state.ts'

/** Keeps the telegram shown, or all of its source, as a recording of the profile: what it gives now is what is expected from now on. */
export function AddSample({ onAdded }: { onAdded(added: SamplesChanged): void }) {
	const task = useTask()
	const isOpen = useSignal(false)
	const which = useSignal<'one' | 'all'>('one')
	const name = useSignal('')
	const { value: profile } = opened
	const { value: from } = source
	const shown = answer.value?.shown
	const count = answer.value?.telegrams?.length ?? 0
	if (!profile || !from || !shown || isOfProfile(profile.name)) return null
	const readings = answer.value?.telegrams?.filter(({ outcome }) => outcome === 'reading').length ?? 0
	const fault = faultOf(name.value, profile.samples)
	const add = (): void => {
		if (name.value === '' || fault !== undefined) return
		void task.run(async () => {
			const body = { source: from, text: text.value, ...(which.value === 'one' && { telegrams: [shown.n] }) }
			const path = `workbench/profiles/${encodeURIComponent(profile.name)}/samples/${encodeURIComponent(name.value)}`
			const added = await call<SamplesChanged>(path, { method: 'POST', body })
			isOpen.value = false
			onAdded(added)
		})
	}
	if (!isOpen.value)
		return (
			<div class="actions">
				<button
					type="button"
					onClick={() => {
						name.value = proposed(profile.name, profile.samples)
						isOpen.value = true
					}}
				>
					{say('bench.add')}
				</button>
			</div>
		)
	return (
		<Form onSubmit={add} class="bench-add">
			<p>{say('bench.add.lead')}</p>
			{count > 1 && (
				<Choice
					legend={say('bench.add.which')}
					name="which"
					value={which.value}
					onPick={(next) => (which.value = next)}
					options={[
						['one', say('bench.add.one', { n: shown.n + 1 })],
						['all', say('bench.add.every', { count })],
					]}
				/>
			)}
			<Field
				label={say('bench.add.name')}
				mono
				value={name.value}
				fault={fault}
				hint={say('bench.add.name.hint')}
				onInput={(next) => (name.value = next)}
			/>
			{(which.value === 'all' ? readings === 0 : !shown.reading) && <p class="hint">{say('bench.add.empty')}</p>}
			<Failure error={task.error.value} />
			<div class="actions">
				<button type="submit" class="main" disabled={task.busy.value || name.value === '' || fault !== undefined}>
					{say(task.busy.value ? 'form.busy' : 'bench.add.go')}
				</button>
				<button type="button" class="quiet" onClick={() => (isOpen.value = false)}>
					{say('form.cancel')}
				</button>
			</div>
		</Form>
	)
}

/** Whether the telegrams shown are a recording of this profile already. */
const isOfProfile = (profile: string): boolean => {
	const { value: from } = source
	return from !== undefined && 'sample' in from && from.profile === profile
}

function faultOf(name: string, taken: readonly string[]): string | undefined {
	if (name === '') return undefined
	if (!/^[A-Za-z0-9._-]+$/.test(name) || name.startsWith('.')) return say('bench.add.name.chars')
	return taken.includes(name) ? say('bench.add.name.taken') : undefined
}

function proposed(profile: string, taken: readonly string[]): string {
	const day = new Date().toISOString().slice(0, 10)
	const wanted = nameOf(`${profile}-${day}`)
	let count = 2
	let name = wanted
	while (taken.includes(name)) name = `${wanted}-${count++}`
	return name
}
