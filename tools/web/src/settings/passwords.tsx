import { type Signal, useSignal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { Session } from '../api/types.ts'
import { begin, session, signOut } from '../live.ts'
import { AccountName, Failure, Form, Secret, Switch } from '../parts/form.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'

/** The two passwords as they are written: for changes, and for looking only. */
export type Passwords = { change: Signal<string>; look: Signal<string>; tried: Signal<boolean> }

/** The shortest password that the server takes. */
const LEAST = 8

/** Makes the state of a password form. */
export const usePasswords = (): Passwords => ({ change: useSignal(''), look: useSignal(''), tried: useSignal(false) })

/** Says what is wrong with the passwords. */
export function passwordFaults({ change, look }: Passwords): { change?: string; look?: string; any: boolean } {
	const short = change.value.length < LEAST
	const lookFault =
		look.value !== '' && look.value.length < LEAST
			? say('pass.short')
			: look.value !== '' && look.value === change.value
				? say('pass.same')
				: undefined
	return {
		...(short && { change: say('pass.short') }),
		...(lookFault !== undefined && { look: lookFault }),
		any: short || lookFault !== undefined,
	}
}

/** The inputs for both passwords. `lookSet`: there is one for looking already. */
export function PasswordFields({ passwords, lookSet = false }: { passwords: Passwords; lookSet?: boolean }) {
	const faults = passwords.tried.value ? passwordFaults(passwords) : undefined
	return (
		<>
			<AccountName />
			<Secret
				label={say('pass.change')}
				value={passwords.change.value}
				onInput={(text) => (passwords.change.value = text)}
				autocomplete="new-password"
				hint={say('pass.change.hint')}
				fault={faults?.change}
			/>
			<Secret
				label={say('pass.look')}
				value={passwords.look.value}
				onInput={(text) => (passwords.look.value = text)}
				autocomplete="new-password"
				hint={say(lookSet ? 'pass.look.keep' : 'pass.look.hint')}
				fault={faults?.look}
			/>
		</>
	)
}

/** Sets new passwords, and signs out. */
export function Access() {
	const task = useTask()
	const passwords = usePasswords()
	const done = useSignal(false)
	const isRemoved = useSignal(false)
	const { needed = false, passwordSet = false, lookSet = false, kept = true } = session.value ?? {}
	const save = (): void => {
		passwords.tried.value = true
		done.value = false
		if (passwordFaults(passwords).any) return
		void task
			.run(async () => {
				const look = passwords.look.value !== '' ? { look: passwords.look.value } : isRemoved.value ? { look: null } : {}
				await call<Session>('passwords', { method: 'POST', body: { change: passwords.change.value, ...look } })
			})
			.then((well) => {
				if (!well) return
				done.value = true
				passwords.change.value = passwords.look.value = ''
				passwords.tried.value = isRemoved.value = false
				void begin()
			})
	}
	return (
		<>
			<section class="card">
				<h2>{say('pass.title')}</h2>
				<p class="lead">{say(passwordSet ? 'pass.set' : 'pass.unset')}</p>
				<Form onSubmit={save}>
					<PasswordFields passwords={passwords} lookSet={lookSet} />
					{lookSet && passwords.look.value === '' && (
						<Switch label={say('pass.look.remove')} checked={isRemoved.value} onChange={(on) => (isRemoved.value = on)} />
					)}
					{!kept && <p class="hint">{say('pass.unkept')}</p>}
					<Failure error={task.error.value} />
					<div class="actions">
						<button type="submit" class="main" disabled={task.busy.value}>
							{say(task.busy.value ? 'form.busy' : 'pass.save')}
						</button>
						<span role="status" class="good">
							{done.value && say('pass.saved')}
						</span>
					</div>
				</Form>
			</section>
			{needed && (
				<section class="card">
					<h2>{say('pass.out')}</h2>
					<p class="lead">{say('pass.out.lead')}</p>
					<button type="button" onClick={() => void signOut()}>
						{say('pass.out')}
					</button>
				</section>
			)}
		</>
	)
}
