import { useSignal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { Keys, Probe } from '../api/flows.ts'
import { Failure, Form, Secret } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { ProblemNote } from '../parts/problems.tsx'
import { usePolling, useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { keyDigits, keys, move, probe } from './flow.ts'
import { Proposals, Unknown } from './listen.tsx'
import { Actions, Step } from './step.tsx'

/** Says what is wrong with the digits of a key; undefined where nothing is, or nothing was written. */
export function keyFault(digits: string): string | undefined {
	if (digits === '' || ((digits.length === 32 || digits.length === 64) && /^[0-9A-Fa-f]*$/.test(digits))) return undefined
	const strange = /[^0-9A-Fa-f]/.exec(digits)?.[0]
	if (strange !== undefined) return say('key.strange', { character: strange })
	return say('key.length', { count: digits.length })
}

/** How many digits are there, while one writes. */
export const keyHint = (digits: string): string => (digits === '' ? say('key.hint') : say('key.count', { count: digits.length }))

/** Asks for the keys, and tries them at once on what arrived. */
export function KeyStep() {
	const task = useTask()
	const encryption = useSignal(keys.value.encryption ?? '')
	const authentication = useSignal(keys.value.authentication ?? '')
	const checked = useSignal(false)
	const now = probe.value
	const isOpen = now?.state === 'reading' && keys.value.encryption !== undefined
	const wanted = new Set(now?.proposals.flatMap(({ keysWanted = [] }) => keysWanted) ?? [])
	const isListening = checked.value && !isOpen && now?.problem === undefined && (now?.state === 'listening' || now?.state === 'key-wanted')
	usePolling(
		async (signal) => {
			const { value: last } = probe
			if (!last || last.state === 'reading' || last.problem || !checked.value) return false
			probe.value = await call<Probe>(`setup/probes/${encodeURIComponent(last.id)}`, { signal })
			return true
		},
		700,
		`${checked.value} ${encryption.value} ${authentication.value}`,
	)
	const check = (): void => {
		if (isOpen) {
			move(1)
			return
		}
		const given: Keys = { encryption: encryption.value, ...(authentication.value && { authentication: authentication.value }) }
		if (encryption.value === '' || keyFault(encryption.value) !== undefined || keyFault(authentication.value) !== undefined) {
			checked.value = true
			return
		}
		void task.run(async () => {
			const { value: last } = probe
			if (!last) return
			probe.value = await call<Probe>(`setup/probes/${encodeURIComponent(last.id)}/keys`, { method: 'POST', body: given })
			keys.value = given
			checked.value = true
		})
	}
	const change = (which: { value: string }) => (text: string) => {
		which.value = keyDigits(text)
		checked.value = false
		keys.value = {}
		if (probe.value?.problem) {
			const { problem: _, ...rest } = probe.value
			probe.value = rest
		}
	}
	const faultOf = (digits: string) => (digits.length >= 32 || checked.value || /[^0-9A-Fa-f]/.test(digits) ? keyFault(digits) : undefined)
	return (
		<Step title={say('key.title')} lead={say('key.lead')}>
			<Form onSubmit={check}>
				<Secret
					label={say('key.encryption')}
					value={encryption.value}
					onInput={change(encryption)}
					hint={keyHint(encryption.value)}
					fault={faultOf(encryption.value) ?? (checked.value && encryption.value === '' ? say('key.needed') : undefined)}
					mono
				/>
				<Secret
					label={say(wanted.has('authentication') ? 'key.authentication' : 'key.authentication.optional')}
					value={authentication.value}
					onInput={change(authentication)}
					hint={authentication.value === '' ? say('key.authentication.hint') : keyHint(authentication.value)}
					fault={faultOf(authentication.value)}
					mono
				/>
				<Failure error={task.error.value} />
				<div role="status">
					{checked.value && now?.problem && (
						<div class="failure">
							<ProblemNote problem={now.problem} />
						</div>
					)}
					{isListening && keys.value.encryption !== undefined && <p class="faint">{say('key.waiting')}</p>}
					{isOpen && (
						<p class="good">
							<Icon name="check" size={20} />
							{say('key.right')}
						</p>
					)}
				</div>
				{now?.state === 'unknown' && keys.value.encryption !== undefined && <Unknown probe={now} />}
				{isOpen && now && <Proposals proposals={now.proposals} />}
				<p class="hint">{say('key.kept')}</p>
				<Actions next={say(isOpen ? 'setup.next' : 'key.check')} busy={task.busy.value} />
			</Form>
		</Step>
	)
}
