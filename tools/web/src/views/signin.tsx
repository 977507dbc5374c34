import '../style/form.css'
import '../style/signin.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call, Refused } from '../api/client.ts'
import type { MeterList, Session } from '../api/types.ts'
import { begin, mayChange, session } from '../live.ts'
import { AccountName, Failure, Form, Secret } from '../parts/form.tsx'
import { ProblemNote } from '../parts/problems.tsx'
import { go, route } from '../router.ts'
import { PasswordFields, passwordFaults, usePasswords } from '../settings/passwords.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'

const HEADER = /^token=([\w-]+)$/

/** Signs in by a password, or sets the first one by the one-time link of the log. */
export function SignIn() {
	const token = useRef(HEADER.exec(route.value.parts[0] ?? '')?.[1])
	// The link works once; it need not stay in the address and the browser's history.
	useEffect(() => {
		if (token.current !== undefined) go(['signin'], { replace: true })
	}, [])
	return (
		<div class="signin">
			<div class="card">
				<Mark />
				{token.current === undefined ? <Password /> : <FirstPassword token={token.current} />}
			</div>
		</div>
	)
}

function Mark() {
	return (
		<p class="signin-mark">
			<svg width="30" height="30" viewBox="0 0 34 34" aria-hidden="true">
				<path class="brand-import" d="M11 6v22m0 0-7-7m7 7 7-7" />
				<path class="brand-export" d="M23 28V6m0 0-7 7m7-7 7 7" />
			</svg>
			<span>cii2mqtt</span>
		</p>
	)
}

/** Goes on where one wanted to go; with nothing set up yet, to the beginning. */
async function enter(): Promise<void> {
	await begin()
	const place = route.value.parts[0] ?? 'signin'
	if (place !== 'signin' && !place.startsWith('token=')) return
	const { meters } = await call<MeterList>('meters')
	go([meters.length === 0 && mayChange() ? 'setup' : 'now'], { replace: true })
}

function Password() {
	const task = useTask()
	const password = useSignal('')
	const empty = useSignal(false)
	const { passwordSet = true } = session.value ?? {}
	if (!passwordSet)
		return (
			<>
				<h1>{say('sign.first')}</h1>
				<p>{say('sign.link')}</p>
				<pre class="sample">http://…/#token=…</pre>
				<p class="hint">{say('sign.link.hint')}</p>
			</>
		)
	const send = (): void => {
		empty.value = password.value === ''
		if (empty.value) return
		void task.run(async () => {
			await call<Session>('session', { method: 'POST', body: { password: password.value } })
			await enter()
		})
	}
	const wrong = task.error.value instanceof Refused && task.error.value.status === 401
	return (
		<Form onSubmit={send}>
			<h1>{say('sign.title')}</h1>
			<p class="faint">{say('sign.lead')}</p>
			<AccountName />
			<Secret
				label={say('sign.password')}
				value={password.value}
				onInput={(text) => {
					password.value = text
					empty.value = false
				}}
				autocomplete="current-password"
				fault={empty.value ? say('sign.empty') : undefined}
			/>
			{wrong ? (
				<div role="alert" class="failure">
					<ProblemNote problem={{ code: 'wrong', text: say('sign.wrong'), hint: say('sign.wrong.hint') }} />
				</div>
			) : (
				<Failure error={task.error.value} />
			)}
			<div class="actions">
				<button type="submit" class="main" disabled={task.busy.value}>
					{say(task.busy.value ? 'form.busy' : 'sign.in')}
				</button>
			</div>
		</Form>
	)
}

function FirstPassword({ token }: { token: string }) {
	const task = useTask()
	const passwords = usePasswords()
	const send = (): void => {
		passwords.tried.value = true
		if (passwordFaults(passwords).any) return
		void task.run(async () => {
			const { change, look } = passwords
			await call<Session>('passwords', {
				method: 'POST',
				body: { change: change.value, ...(look.value !== '' && { look: look.value }), token },
			})
			await enter()
		})
	}
	return (
		<Form onSubmit={send}>
			<h1>{say('sign.first')}</h1>
			<p class="faint">{say('sign.first.lead')}</p>
			<PasswordFields passwords={passwords} />
			<Failure error={task.error.value} />
			<div class="actions">
				<button type="submit" class="main" disabled={task.busy.value}>
					{say(task.busy.value ? 'form.busy' : 'sign.set')}
				</button>
			</div>
		</Form>
	)
}
