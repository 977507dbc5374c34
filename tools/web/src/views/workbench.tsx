import '../style/form.css'
import '../style/telegram.css'
import '../style/workbench.css'
import { effect, untracked } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Failure } from '../parts/form.tsx'
import { goTo, route } from '../router.ts'
import { say } from '../words/words.ts'
import { Bytes } from '../workbench/bytes.tsx'
import { Head } from '../workbench/head.tsx'
import { Panes } from '../workbench/panes.tsx'
import { addressOf, goWhere, opening, wantedBy } from '../workbench/place.ts'
import { Results } from '../workbench/results.tsx'
import { Editor, SaveNotes, StartDialog } from '../workbench/slots.tsx'
import { Source } from '../workbench/source.tsx'
import { answer, close, failure, name, source } from '../workbench/state.ts'

/** The workbench: a telegram, what became of it, and the profile, side by side: `#/workbench/PROFILE?…`. */
export function Workbench() {
	useEffect(follow, [])
	return (
		<div class="workbench">
			<Head />
			<Failure error={failure.value} />
			<SaveNotes />
			{opening.value && name.value === '' ? (
				<p class="lonely faint">{say('app.loading')}</p>
			) : name.value === '' && source.value === undefined && route.value.parts.length < 2 ? (
				<StartDialog />
			) : (
				<Parts />
			)}
		</div>
	)
}

/** Telegram, results and profile beside each other. */
function Parts() {
	const fault = answer.value?.fault
	return (
		<Panes
			telegram={
				<>
					<Source />
					{fault !== undefined && <p class="pane-fault">{fault}</p>}
					<Bytes />
				</>
			}
			results={<Results />}
			profile={name.value === '' ? <StartDialog /> : <Editor />}
		/>
	)
}

/** Shows what the address wants, and keeps the address equal to what is shown. */
function follow(): () => void {
	let written = ''
	let restoring = 0
	const write = (target: string): void => {
		if (restoring > 0 || failure.peek() !== undefined || route.peek().parts[0] !== 'workbench') return
		written = target
		if (target !== location.hash) goTo(target, { replace: true })
	}
	const restore = async (wanted: ReturnType<typeof wantedBy>): Promise<void> => {
		restoring++
		try {
			await goWhere(wanted)
		} finally {
			restoring--
		}
		write(addressOf())
	}
	const ends = [
		effect(() => {
			const { value: now } = route
			if (now.parts[0] === 'workbench' && location.hash !== written) untracked(() => void restore(wantedBy(now)))
		}),
		effect(() => write(addressOf())),
	]
	return () => {
		for (const end of ends) end()
		close()
	}
}
