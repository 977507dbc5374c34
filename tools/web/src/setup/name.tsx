import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { names } from '../live.ts'
import { Field, Form } from '../parts/form.tsx'
import { say } from '../words/words.ts'
import { chosen, fuse, isNamed, move, name, nameOf, title } from './flow.ts'
import { Actions, Step } from './step.tsx'

/** Says what is wrong with a name for topics. */
function nameFault(text: string): string | undefined {
	if (text === '') return say('name.needed')
	if (!/^[A-Za-z0-9_-]{1,64}$/.test(text)) return say('name.letters')
	if (text === 'bridge' || text === 'raw') return say('name.reserved', { name: text })
	return names.value?.includes(text) ? say('name.taken', { name: text }) : undefined
}

/** Says what is wrong with the size of a fuse. */
export const fuseFault = (text: string): string | undefined =>
	text === '' || (Number(text) >= 1 && Number(text) <= 5000) ? undefined : say('name.fuse.fault')

/** Names the meter: for people, and for topics. */
export function NameStep() {
	const tried = useSignal(false)
	const open = useSignal(false)
	useEffect(() => {
		if (name.value === '') name.value = free(chosen.value?.name ?? 'house')
		if (title.value === '' && !names.value?.length) title.value = say('name.house')
	}, [])
	const fault = nameFault(name.value)
	const next = (): void => {
		tried.value = true
		if (fault !== undefined) open.value = true
		if (fault === undefined && fuseFault(fuse.value) === undefined) move(1)
	}
	const rename = (text: string): void => {
		title.value = text
		if (!isNamed.value) name.value = nameOf(text) || free(chosen.value?.name ?? 'meter')
	}
	return (
		<Step title={say('name.title')} lead={say('name.lead')}>
			<Form onSubmit={next}>
				<Field label={say('name.label')} value={title.value} onInput={rename} maxLength={80} placeholder={say('name.house')} />
				<Field
					label={say('name.fuse')}
					value={fuse.value}
					onInput={(text) => (fuse.value = text.trim().replace(',', '.'))}
					inputMode="numeric"
					hint={say('name.fuse.hint')}
					fault={tried.value ? fuseFault(fuse.value) : undefined}
				/>
				<details class="own" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
					<summary>{say('name.topic', { topic: `cii/${name.value || '…'}` })}</summary>
					<Field
						label={say('name.name')}
						value={name.value}
						onInput={(text) => {
							isNamed.value = true
							name.value = text.trim()
						}}
						hint={say('name.letters')}
						fault={tried.value || isNamed.value ? fault : undefined}
						maxLength={64}
						mono
					/>
				</details>
				<Actions next={say('setup.next')} />
			</Form>
		</Step>
	)
}

/** A name that no meter has. */
function free(wanted: string): string {
	const taken = new Set(names.value ?? [])
	let found = wanted
	for (let n = 2; taken.has(found); n++) found = `${wanted}-${n}`
	return found
}
