import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { BrokerAnswer, BrokerFound } from '../api/flows.ts'
import { Cards, Failure, Field, Form, Secret } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { ProblemNote } from '../parts/problems.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { type BrokerChoice, broker, brokerGiven, brokerHere, isBrokerPicked, move, where } from './flow.ts'
import { Actions, Step } from './step.tsx'

const isAddress = (text: string) => /^(mqtts?|wss?):\/\/[^\s/@]+/.test(text)

/** Chooses the broker and tests it with its real answer before going on. */
export function BrokerStep() {
	const task = useTask()
	const answer = useSignal<BrokerAnswer | undefined>(undefined)
	const tried = useSignal(false)
	const { value: chosen } = broker
	const now: BrokerChoice = where.value === 'mqtt' && chosen.kind === 'embedded' ? { ...chosen, kind: 'other' } : chosen
	const { url: here, wantsPassword = false } = brokerHere.value ?? {}
	useEffect(suggest, [])
	const set = (part: Partial<BrokerChoice>): void => {
		broker.value = { ...broker.value, ...part }
		answer.value = undefined
		isBrokerPicked.value = true
	}
	const fault = now.kind === 'other' && !isAddress(now.url) ? say('broker.url.fault') : undefined
	const isSecureless =
		now.kind === 'other' && now.password !== '' && /^(mqtt|ws):/.test(now.url) && !/\/\/(localhost|127\.|\[::1\])/.test(now.url)
	const next = (): void => {
		tried.value = true
		if (fault !== undefined) return
		if (answer.value?.ok) {
			move(1)
			return
		}
		void task.run(async () => {
			answer.value = await call<BrokerAnswer>('setup/broker', { method: 'POST', body: { mqtt: brokerGiven() } })
			// A broker of our own has nothing to show but that its port is free.
			if (answer.value.ok && now.kind === 'embedded') move(1)
		})
	}
	const { value: told } = answer
	return (
		<Step
			title={say(where.value === 'mqtt' ? 'broker.title.adapter' : 'broker.title')}
			lead={say(where.value === 'mqtt' ? 'broker.lead.adapter' : 'broker.lead')}
		>
			<Form onSubmit={next}>
				<Cards
					legend={say('broker.title')}
					name="broker"
					value={now.kind}
					onPick={(kind) => set({ kind })}
					options={[
						// An adapter must have somewhere to publish to before it can be heard.
						...(where.value === 'mqtt'
							? []
							: [{ value: 'embedded' as const, label: say('broker.embedded'), hint: say('broker.embedded.hint') }]),
						...(here === undefined
							? []
							: [
									{
										value: 'here' as const,
										label: say('broker.here'),
										hint: say(wantsPassword ? 'broker.here.password' : 'broker.here.hint', { url: here }),
									},
								]),
						{ value: 'other' as const, label: say('broker.other'), hint: say('broker.other.hint') },
					]}
				/>
				{now.kind === 'other' && (
					<Field
						label={say('broker.url')}
						value={now.url}
						onInput={(url) => set({ url: url.trim() })}
						placeholder="mqtt://192.168.1.10:1883"
						inputMode="url"
						fault={tried.value ? fault : undefined}
					/>
				)}
				{(now.kind === 'other' || (now.kind === 'here' && wantsPassword)) && (
					<div class="pair">
						<Field
							label={say('broker.user')}
							value={now.username}
							onInput={(username) => set({ username })}
							hint={now.kind === 'other' ? say('broker.user.hint') : undefined}
						/>
						<Secret
							label={say('broker.password')}
							value={now.password}
							onInput={(password) => set({ password })}
							hint={isSecureless ? say('broker.clear') : undefined}
						/>
					</div>
				)}
				<Failure error={task.error.value} />
				<div role="status">
					{told?.ok && (
						<p class="good">
							<Icon name="check" size={20} />
							{told.protocol === undefined
								? say('broker.ok')
								: say('broker.ok.protocol', { protocol: told.protocol === 5 ? '5' : '3.1.1' })}
						</p>
					)}
					{told && !told.ok && (
						<div class="failure">
							<ProblemNote problem={told.problem ?? { code: 'broker-test', text: told.text }} />
						</div>
					)}
				</div>
				<Actions
					next={say(now.kind === 'embedded' || told?.ok ? 'setup.next' : told ? 'broker.again' : 'broker.test')}
					busy={task.busy.value}
				>
					{told && !told.ok && now.kind !== 'embedded' && where.value !== 'mqtt' && (
						<button type="button" class="quiet" onClick={() => move(1)}>
							{say('broker.anyway')}
						</button>
					)}
				</Actions>
			</Form>
		</Step>
	)
}

/** Asks once whether a broker answers on the server's machine, and chooses it where nothing was chosen by hand. */
function suggest(): void {
	if (brokerHere.value) return
	call<BrokerFound>('setup/broker').then(
		(found) => {
			brokerHere.value = found
			if (found.url !== undefined && !isBrokerPicked.value) broker.value = { ...broker.value, kind: 'here' }
		},
		() => undefined,
	)
}
